//! `+k8s:unionDiscriminator`: the member that is set is the one that a field names.

use crate::validation::text::Quoted;
use crate::validation::{Error, Errors, Operation, Path};

/// A union whose members are chosen by the value of a field.
#[derive(Clone, Copy, Debug)]
pub struct Discriminated<'a, const N: usize> {
    /// The name of the field that chooses.
    pub discriminator: &'a str,
    /// The members: the name of the field, and the value that chooses it.
    pub members: &'a [(&'a str, &'a str); N],
}

/// The member that the discriminator names is set, and no other. Errors stand at the members.
///
/// A value that names no member is no error here. `value` and `set` say what is chosen and which members are set, `old`
/// the same of the stored value; on update nothing is checked if neither changed.
pub fn discriminated_union<const N: usize>(
    errors: &mut Errors,
    path: &Path<'_>,
    operation: &Operation<'_>,
    union: &Discriminated<'_, N>,
    (value, set): (&str, [bool; N]),
    old: Option<(&str, [bool; N])>,
) {
    if operation.unchanged(&(value, set), old.as_ref()) {
        return;
    }
    for ((member, chosen_by), is_set) in union.members.iter().zip(set) {
        let is_chosen = value == *chosen_by;
        if is_set != is_chosen {
            let rule = if is_set {
                "may only be specified"
            } else {
                "must be specified"
            };
            errors.push_with(|| {
                let detail = format!("{rule} when `{}` is {}", union.discriminator, Quoted(chosen_by));
                Error::invalid(&path.child(member), "", detail).with_origin("union")
            });
        }
    }
}
