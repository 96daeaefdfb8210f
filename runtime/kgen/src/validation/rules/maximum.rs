//! `+k8s:maximum`: an upper bound.

use crate::validation::{Error, Errors, Number, Path};

/// The value is at most the bound.
pub fn maximum<N: Number>(errors: &mut Errors, path: &Path<'_>, value: N, bound: N) {
    if value > bound {
        errors.push_with(|| {
            let detail = format!("must be less than or equal to {}", bound.show());
            Error::invalid(path, value.bad_value(), detail).with_origin("maximum")
        });
    }
}
