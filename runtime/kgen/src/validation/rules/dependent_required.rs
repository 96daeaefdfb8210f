//! `+k8s:dependentRequired`: one field requires another.

use super::Presence;
use crate::validation::{Error, Errors, Operation, Path};

/// If the field `trigger` is set, the field `dependent` beside it is set too. The error stands at the latter.
///
/// On update nothing is checked if neither was set or unset; `old` says which were set before.
pub fn dependent_required(
    errors: &mut Errors,
    path: &Path<'_>,
    operation: &Operation<'_>,
    [(trigger, trigger_set), (dependent, dependent_set)]: Presence<'_>,
    old: Option<[bool; 2]>,
) {
    if operation.unchanged(&[trigger_set, dependent_set], old.as_ref()) {
        return;
    }
    if trigger_set && !dependent_set {
        errors.push_with(|| {
            Error::required(&path.child(dependent), format!("must be set when {trigger} is set"))
                .with_origin("dependentRequired")
        });
    }
}
