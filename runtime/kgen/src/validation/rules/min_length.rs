//! `+k8s:minLength`: a text is not too short.

use crate::validation::{Error, Errors, Path};

/// A text has at least `min` characters.
pub fn min_length(errors: &mut Errors, path: &Path<'_>, value: &str, min: usize) {
    // Characters have one to four bytes, so most texts need no counting.
    if value.len().div_ceil(4) < min && value.chars().take(min).count() < min {
        errors.push_with(|| Error::too_short(path, value, min).with_origin("minLength"));
    }
}
