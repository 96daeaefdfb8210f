//! `exclusiveMinimum`: a lower bound that is out of reach.

use super::in_body;
use crate::validation::{Error, Errors, Number, Path};

/// The value is greater than the bound.
pub fn exclusive_minimum<N: Number>(errors: &mut Errors, path: &Path<'_>, value: N, bound: N) {
    if value <= bound {
        errors.push_with(|| {
            let detail = format!("{} should be greater than {}", in_body(path), bound.show());
            Error::invalid(path, value.bad_value(), detail)
        });
    }
}
