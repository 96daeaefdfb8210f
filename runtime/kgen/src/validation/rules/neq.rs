//! `+k8s:neq`: a value is not a certain one.

use crate::validation::{Error, Errors, Path, Scalar};

/// The value is another one than `disallowed`.
pub fn neq<T: Scalar>(errors: &mut Errors, path: &Path<'_>, value: T, disallowed: T) {
    if value == disallowed {
        errors.push_with(|| {
            let detail = format!("must not be equal to {}", disallowed.show());
            Error::invalid(path, value.bad_value(), detail).with_origin("neq")
        });
    }
}
