//! `+k8s:minimum`: a lower bound.

use crate::validation::{Error, Errors, Number, Path};

/// The value is at least the bound.
pub fn minimum<N: Number>(errors: &mut Errors, path: &Path<'_>, value: N, bound: N) {
    if value < bound {
        errors.push_with(|| {
            let detail = format!("must be greater than or equal to {}", bound.show());
            Error::invalid(path, value.bad_value(), detail).with_origin("minimum")
        });
    }
}
