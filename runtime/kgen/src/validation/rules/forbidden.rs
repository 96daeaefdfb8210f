//! `+k8s:forbidden`: a value is not given.

use crate::validation::{Error, Errors, Path};

/// The value is not set. Also what a mode without a rule for a field asks of it (`+k8s:ifMode`).
pub fn forbidden(errors: &mut Errors, path: &Path<'_>, is_set: bool) {
    if is_set {
        errors.push_with(|| Error::forbidden(path, ""));
    }
}
