//! `+k8s:maxItems`: a list is not too long.

use crate::validation::{Error, Errors, Path};

/// A list has at most `max` items.
pub fn max_items(errors: &mut Errors, path: &Path<'_>, count: usize, max: usize) {
    if count > max {
        errors.push_with(|| Error::too_many(path, count, max).with_origin("maxItems"));
    }
}
