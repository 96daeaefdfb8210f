//! `+k8s:zeroOrOneOfMember`: at most one of some fields is set.

use super::{quoted_names, set_names};
use crate::validation::{Error, Errors, Operation, Path};

/// At most one member is set. The error stands at the parent of the members.
///
/// `old` says which members of the stored value were set; on update nothing is checked if the same ones are.
pub fn zero_or_one_of<const N: usize>(
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
    if set.iter().filter(|is_set| **is_set).count() > 1 {
        errors.push_with(|| {
            let detail = format!("must specify at most one of: {}", quoted_names(members));
            Error::invalid(path, set_names(members, &set), detail).with_origin("zeroOrOneOf")
        });
    }
}
