//! Defaults that a field imposes on the members of its type, such as `subfield("optional", default = false)`.

use kgen_emit::rust::{Misfit, Value, path};
use kgen_model::analysis::unboxed;
use kgen_model::model::FieldLayout;
use kgen_model::{Field, Literal, Model, TypeRef};

/// A member that is set where it has no value.
#[derive(Clone, Debug, PartialEq)]
pub struct Imposed<'m> {
    /// The path of the type that has the member.
    pub owner: String,
    /// The member's Rust name, without `r#`.
    pub member: &'m str,
    /// The value that is set.
    pub value: Value,
}

/// Why nothing can be set.
pub(super) enum Refusal {
    /// The default is no value of the member.
    Misfit(Misfit),
    /// There is no optional member of this name, or not directly in the field's type.
    OutOfReach,
}

/// What a field imposes, by the wire names of the members.
pub(super) fn imposed<'m>(model: &'m Model, field: &'m Field) -> Vec<(&'m str, Result<Imposed<'m>, Refusal>)> {
    let defaults = field
        .facts
        .subfields
        .iter()
        .filter_map(|(wire, facts)| Some((wire.as_str(), facts.default.as_ref()?)));
    defaults
        .map(|(wire, default)| (wire, of_member(model, field, wire, default)))
        .collect()
}

fn of_member<'m>(model: &'m Model, field: &'m Field, wire: &str, default: &Literal) -> Result<Imposed<'m>, Refusal> {
    let TypeRef::Named(id) = unboxed(field.ty.without_option()) else {
        return Err(Refusal::OutOfReach);
    };
    let ty = model.ty(*id);
    let is_member =
        |member: &&Field| member.layout == FieldLayout::Member && member.wire == wire && member.ty.is_option();
    let member = ty.fields().unwrap_or_default().iter().find(is_member);
    let member = member.ok_or(Refusal::OutOfReach)?;
    let value = Value::of(model, member.ty.without_option(), default).map_err(Refusal::Misfit)?;
    Ok(Imposed {
        owner: path(ty),
        member: &member.name,
        value,
    })
}
