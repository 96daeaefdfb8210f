//! Whether a constant satisfies a schema, as a server will ask of every default. Patterns and CEL rules need engines and
//! are left to the server, as are alternatives.

use kgen_model::Literal;
use kgen_model::facts::Number;

use crate::schema::{AdditionalProperties, JsonType, Limits, Schema};

/// Why a constant does not satisfy a schema, in words.
pub(super) fn fault(value: &Literal, schema: &Schema) -> Option<String> {
    if *value == Literal::Null {
        return (!schema.nullable && schema.type_.is_some()).then(|| "it is null".to_owned());
    }
    type_fault(value, schema)
        .or_else(|| limit_fault(value, &schema.limits))
        .or_else(|| {
            schema
                .logic
                .all_of
                .iter()
                .find_map(|branch| limit_fault(value, &branch.limits))
        })
        .or_else(|| part_fault(value, schema))
}

fn type_fault(value: &Literal, schema: &Schema) -> Option<String> {
    let is_legal = match (schema.type_, value) {
        (None, Literal::Int(_) | Literal::String(_)) => true,
        (None, _) => !schema.kubernetes.int_or_string,
        (Some(JsonType::Boolean), Literal::Bool(_))
        | (Some(JsonType::Number), Literal::Int(_) | Literal::Float(_))
        | (Some(JsonType::String), Literal::String(_))
        | (Some(JsonType::Array), Literal::List(_))
        | (Some(JsonType::Object), Literal::Object(_)) => true,
        (Some(JsonType::Integer), Literal::Int(value)) => return width_fault(*value, schema.format.as_deref()),
        (Some(_), _) => false,
    };
    let wanted = schema.type_.map_or("integer or string", JsonType::name);
    (!is_legal).then(|| format!("it is {}, not of type {wanted}", value.noun()))
}

fn width_fault(value: i128, format: Option<&str>) -> Option<String> {
    let fits = match format {
        Some("int32") => i32::try_from(value).is_ok(),
        Some("int64") => i64::try_from(value).is_ok(),
        _ => true,
    };
    (!fits).then(|| format!("it does not fit the format {}", format.unwrap_or_default()))
}

fn limit_fault(value: &Literal, limits: &Limits) -> Option<String> {
    if !limits.enum_.is_empty() && !limits.enum_.contains(value) {
        let known = limits
            .enum_
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(", ");
        return Some(format!("it is none of {known}"));
    }
    match value {
        Literal::Int(value) => number_fault(Number::Int(*value), limits),
        Literal::Float(value) => number_fault(Number::Float(*value), limits),
        Literal::String(text) => count_fault(text.chars().count(), limits.min_length, limits.max_length, "characters"),
        Literal::List(items) => count_fault(items.len(), limits.min_items, limits.max_items, "items"),
        Literal::Object(members) => {
            let absent = limits.required.iter().find(|name| !members.contains_key(*name));
            let absent = absent.map(|name| format!("`{name}` is required in it"));
            absent.or_else(|| count_fault(members.len(), limits.min_properties, limits.max_properties, "members"))
        }
        Literal::Null | Literal::Bool(_) => None,
    }
}

fn number_fault(value: Number, limits: &Limits) -> Option<String> {
    let value = float(value);
    let low = limits
        .minimum
        .filter(|bound| value < float(bound.value) || (bound.exclusive && value <= float(bound.value)));
    let high = limits
        .maximum
        .filter(|bound| value > float(bound.value) || (bound.exclusive && value >= float(bound.value)));
    let below = low.map(|bound| format!("it is below the minimum {}", float(bound.value)));
    let above = high.map(|bound| format!("it is above the maximum {}", float(bound.value)));
    let multiple = limits
        .multiple_of
        .map(float)
        .filter(|of| *of != 0.0 && value % of != 0.0);
    below
        .or(above)
        .or_else(|| multiple.map(|of| format!("it is no multiple of {of}")))
}

fn count_fault(count: usize, least: Option<u64>, most: Option<u64>, noun: &str) -> Option<String> {
    let count = count as u64;
    let few = least
        .filter(|least| count < *least)
        .map(|least| format!("it has fewer than {least} {noun}"));
    few.or_else(|| {
        most.filter(|most| count > *most)
            .map(|most| format!("it has more than {most} {noun}"))
    })
}

/// What is wrong with an element or member.
fn part_fault(value: &Literal, schema: &Schema) -> Option<String> {
    match value {
        Literal::List(items) => {
            let below = schema.items.as_deref()?;
            items
                .iter()
                .enumerate()
                .find_map(|(at, item)| Some(format!("in element {at}, {}", fault(item, below)?)))
        }
        Literal::Object(members) => members.iter().find_map(|(name, value)| {
            let below = match (schema.properties.get(name), &schema.additional_properties) {
                (Some(below), _) => below,
                (None, Some(AdditionalProperties::Each(below))) => below,
                (None, Some(AdditionalProperties::Allowed(true))) => return None,
                (None, _) if schema.kubernetes.preserve_unknown_fields => return None,
                (None, _) => return Some(format!("it has a member `{name}` that is not known")),
            };
            Some(format!("in `{name}`, {}", fault(value, below)?))
        }),
        Literal::Null | Literal::Bool(_) | Literal::Int(_) | Literal::Float(_) | Literal::String(_) => None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "numbers are compared, not computed with")]
fn float(number: Number) -> f64 {
    match number {
        Number::Int(value) => value as f64,
        Number::Float(value) => value,
    }
}
