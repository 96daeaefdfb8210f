//! Keywords of schemas for what is said.

use kgen_model::facts::{IntOrString, SchemaFacts};
use kgen_model::{Literal, RuleKind};

use crate::schema::{AdditionalProperties, Bound, JsonType, Limits, Schema, merge};
use crate::structural::builtin;

/// How the place departs from what the type says.
pub(super) fn shape(facts: &SchemaFacts) -> Schema {
    let SchemaFacts {
        type_,
        format,
        schemaless: _, // Takes away, and adds nothing.
        nullable,
        int_or_string,
        embedded_resource,
        preserve_unknown_fields,
        additional_properties,
    } = facts;
    let mut over = match int_or_string {
        Some(IntOrString::Spelled) => builtin::int_or_string(),
        Some(IntOrString::Bare) => builtin::bare_int_or_string(),
        None => Schema::default(),
    };
    over.additional_properties = additional_properties.map(AdditionalProperties::Allowed);
    over.type_ = type_
        .as_deref()
        .and_then(JsonType::named)
        .or(embedded_resource.then_some(JsonType::Object));
    over.format.clone_from(format);
    over.nullable = *nullable;
    over.kubernetes.embedded_resource = *embedded_resource;
    over.kubernetes.preserve_unknown_fields = *preserve_unknown_fields;
    over
}

pub(super) fn limits(rule: &RuleKind) -> Limits {
    let mut limits = Limits::default();
    match rule {
        RuleKind::Minimum { value, exclusive } => {
            limits.minimum = Some(Bound {
                value: *value,
                exclusive: *exclusive,
            })
        }
        RuleKind::Maximum { value, exclusive } => {
            limits.maximum = Some(Bound {
                value: *value,
                exclusive: *exclusive,
            })
        }
        RuleKind::MultipleOf(of) => limits.multiple_of = Some(*of),
        RuleKind::MinLength(count) => limits.min_length = Some(*count),
        RuleKind::MaxLength(count) => limits.max_length = Some(*count),
        RuleKind::Pattern(pattern) => limits.pattern = Some(pattern.clone()),
        RuleKind::MinItems(count) => limits.min_items = Some(*count),
        RuleKind::MaxItems(count) => limits.max_items = Some(*count),
        RuleKind::UniqueItems => limits.unique_items = true,
        RuleKind::MinProperties(count) => limits.min_properties = Some(*count),
        RuleKind::MaxProperties(count) => limits.max_properties = Some(*count),
        RuleKind::Enum(values) => limits.enum_.clone_from(values),
        RuleKind::FieldsRequired(members) => limits.required.clone_from(members),
        _ => {}
    }
    limits
}

/// None of these values is legal.
pub(super) fn forbid(over: &mut Schema, illegal: Vec<Literal>) {
    let limits = Limits {
        enum_: illegal,
        ..Limits::default()
    };
    add(over, |schema| {
        schema.logic.not = Some(Box::new(Schema {
            limits,
            ..Schema::default()
        }))
    });
}

/// Adds keywords of one rule, which both hold if the place says the same keyword twice. Rules in CEL stay in order.
pub(super) fn add(over: &mut Schema, set: impl FnOnce(&mut Schema)) {
    let mut one = Schema::default();
    set(&mut one);
    *over = merge(std::mem::take(over), one);
}
