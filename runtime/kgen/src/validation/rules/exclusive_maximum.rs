//! `exclusiveMaximum`: an upper bound that is out of reach.

use super::in_body;
use crate::validation::{Error, Errors, Number, Path};

/// The value is less than the bound.
pub fn exclusive_maximum<N: Number>(errors: &mut Errors, path: &Path<'_>, value: N, bound: N) {
    if value >= bound {
        errors.push_with(|| {
            let detail = format!("{} should be less than {}", in_body(path), bound.show());
            Error::invalid(path, value.bad_value(), detail)
        });
    }
}
