//! The schema of an enum of named strings.

use kgen_model::Literal;
use kgen_model::facts::{Facts, RuleKind};
use kgen_model::model::{EnumDef, EnumVariant, Exclusion};

use crate::schema::{JsonType, Schema};

/// Legal values stand in the order of declaration. An open enum accepts any string, so its values are only named in its
/// description.
pub(super) fn schema(enum_: &EnumDef, facts: &Facts) -> Schema {
    let mut schema = Schema::of_type(JsonType::String);
    let is_closed = facts.rule_kinds().any(|rule| matches!(rule, RuleKind::Enum(_)));
    if enum_.other.is_none() {
        schema.limits.enum_ = values(enum_).map(Literal::from).collect();
    } else if !is_closed {
        let known = values(enum_)
            .map(|value| format!("`{value}`"))
            .collect::<Vec<_>>()
            .join(", ");
        let text = facts.description.as_deref().unwrap_or_default().trim_end();
        let gap = if text.is_empty() { "" } else { "\n\n" };
        schema.about.description = Some(format!("{text}{gap}Known values: {known}."));
    }
    schema
}

/// The values that are legal; none if the enum is open.
pub(super) fn closed_values(enum_: &EnumDef) -> Vec<Literal> {
    let is_closed = enum_.other.is_none();
    values(enum_).filter(|_| is_closed).map(Literal::from).collect()
}

/// The values that are legal, at least with some feature gates.
fn values(enum_: &EnumDef) -> impl Iterator<Item = &str> {
    enum_
        .variants
        .iter()
        .filter(|variant| is_legal(variant))
        .map(|variant| variant.wire.as_str())
}

fn is_legal(variant: &EnumVariant) -> bool {
    match &variant.excluded {
        Some(Exclusion::Always) => false,
        Some(Exclusion::IfEnabled(_) | Exclusion::IfDisabled(_)) | None => true,
    }
}
