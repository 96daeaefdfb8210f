//! `multipleOf`: a value is a whole multiple.

use super::in_body;
use crate::validation::{Error, Errors, Number, Path};

/// The value is a whole multiple of the factor, which is positive.
pub fn multiple_of<N: Number>(errors: &mut Errors, path: &Path<'_>, value: N, factor: N) {
    if !value.is_multiple_of(factor) {
        errors.push_with(|| {
            let detail = format!("{} should be a multiple of {}", in_body(path), factor.show());
            Error::invalid(path, value.bad_value(), detail)
        });
    }
}
