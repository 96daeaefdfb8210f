//! `+k8s:minProperties`: a map is not too small.

use crate::validation::{Error, Errors, Path};

/// A map has at least `min` entries.
pub fn min_properties(errors: &mut Errors, path: &Path<'_>, count: usize, min: usize) {
    if count < min {
        errors.push_with(|| Error::too_few(path, count, min).with_origin("minProperties"));
    }
}
