//! `required` within a branch of a schema: some fields are there.

use crate::validation::{Error, Errors, Path};

/// All of these fields are set. The errors stand at the fields that are not.
pub fn fields_required(errors: &mut Errors, path: &Path<'_>, fields: &[(&str, bool)]) {
    for (name, is_set) in fields {
        if !is_set {
            errors.push_with(|| Error::required(&path.child(name), ""));
        }
    }
}
