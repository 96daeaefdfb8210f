//! `+k8s:unionMember`: exactly one of some fields is set.

use super::{quoted_names, set_names};
use crate::validation::{Error, Errors, Operation, Path};

/// Exactly one member is set. The error stands at the parent of the members.
///
/// `old` says which members of the stored value were set; on update nothing is checked if the same ones are.
pub fn union<const N: usize>(
    errors: &mut Errors,
    path: &Path<'_>,
    operation: &Operation<'_>,
    members: &[&str; N],
    set: [bool; N],
    old: Option<[bool; N]>,
) {
    if operation.unchanged(&set, old.as_ref()) {
        return;
    }
    match set.iter().filter(|is_set| **is_set).count() {
        0 => errors.push_with(|| {
            let detail = format!("must specify one of: {}", quoted_names(members));
            Error::invalid(path, "", detail).with_origin("union")
        }),
        1 => {}
        _ => errors.push_with(|| {
            let detail = format!("must specify exactly one of: {}", quoted_names(members));
            Error::invalid(path, set_names(members, &set), detail).with_origin("union")
        }),
    }
}
