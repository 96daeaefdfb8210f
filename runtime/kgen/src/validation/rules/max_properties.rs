//! `+k8s:maxProperties`: a map is not too large.

use crate::validation::{Error, Errors, Path};

/// A map has at most `max` entries.
pub fn max_properties(errors: &mut Errors, path: &Path<'_>, count: usize, max: usize) {
    if count > max {
        errors.push_with(|| Error::too_many(path, count, max).with_origin("maxProperties"));
    }
}
