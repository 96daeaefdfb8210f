//! What serde's attributes say on types that derive serde themselves. It is read, never asked for again.

use super::constants::{assigned, says};
use crate::draft::{DraftField, DraftType};
use crate::expr::Expr;
use crate::model::{FieldLayout, Presence, TypeRef, UnionRepr};
use crate::names::Case;

/// What serde's attributes say about a field.
pub(super) struct SerdeField {
    pub(super) wire: String,
    pub(super) presence: Presence,
    pub(super) layout: FieldLayout,
    /// Custom functions read or write it: its Rust type does not tell its schema.
    pub(super) custom: bool,
}

/// Reads the attributes of a field and of its struct.
pub(super) fn field(ty: &DraftType, field: &DraftField, resolved: &TypeRef) -> SerdeField {
    let case = assigned(&ty.serde, "rename_all").and_then(|style| Case::parse(&style));
    let cased = || case.map_or_else(|| field.name.clone(), |case| case.of_field(&field.name));
    let defaulted = says(&field.serde, "default") || says(&ty.serde, "default");
    let layout = if says(&field.serde, "flatten") {
        FieldLayout::Flattened
    } else {
        FieldLayout::Member
    };
    SerdeField {
        wire: assigned(&field.serde, "rename").unwrap_or_else(cased),
        presence: if resolved.is_option() || defaulted {
            Presence::Optional
        } else {
            Presence::Required
        },
        layout,
        custom: ["with", "serialize_with", "deserialize_with"]
            .iter()
            .any(|name| says(&field.serde, name)),
    }
}

/// Whether serde neither reads nor writes the field.
pub(super) fn skips(field: &DraftField) -> bool {
    says(&field.serde, "skip") || says(&field.serde, "skip_deserializing") && says(&field.serde, "skip_serializing")
}

/// Whether an enum's attributes turn its unit variants into objects.
pub(super) fn tagged(serde: &[Expr]) -> bool {
    ["tag", "untagged"].iter().any(|name| says(serde, name))
}

/// How serde writes a data-carrying enum.
pub(super) fn union_repr(serde: &[Expr]) -> UnionRepr {
    match (assigned(serde, "tag"), assigned(serde, "content")) {
        (Some(tag), Some(content)) => UnionRepr::Adjacent { tag, content },
        (Some(tag), None) => UnionRepr::Internal { tag },
        (None, _) if says(serde, "untagged") => UnionRepr::Untagged,
        (None, _) => UnionRepr::External,
    }
}
