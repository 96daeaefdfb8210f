//! `+k8s:maxLength`: a text is not too long.

use crate::validation::{Error, Errors, Path};

/// A text has at most `max` characters.
pub fn max_length(errors: &mut Errors, path: &Path<'_>, value: &str, max: usize) {
    // Characters have one to four bytes, so most texts need no counting.
    if value.len() > max && value.chars().nth(max).is_some() {
        errors.push_with(|| Error::too_long_characters(path, max).with_origin("maxLength"));
    }
}
