//! `+k8s:minItems`: a list is not too short.

use crate::validation::{Error, Errors, Path};

/// A list has at least `min` items.
pub fn min_items(errors: &mut Errors, path: &Path<'_>, count: usize, min: usize) {
    if count < min {
        errors.push_with(|| Error::too_few(path, count, min).with_origin("minItems"));
    }
}
