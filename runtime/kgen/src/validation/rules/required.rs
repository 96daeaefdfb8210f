//! `+k8s:required`: a value is given.

use crate::validation::{Error, Errors, Path};

/// The value is set.
pub fn required(errors: &mut Errors, path: &Path<'_>, is_set: bool) {
    if !is_set {
        errors.push_with(|| Error::required(path, ""));
    }
}
