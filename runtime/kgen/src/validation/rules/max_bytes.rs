//! `+k8s:maxBytes`: a text is not too long in bytes.

use crate::validation::{Error, Errors, Path};

/// A text has at most `max` bytes.
pub fn max_bytes(errors: &mut Errors, path: &Path<'_>, value: &str, max: usize) {
    if value.len() > max {
        errors.push_with(|| Error::too_long(path, max).with_origin("maxBytes"));
    }
}
