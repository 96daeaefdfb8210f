//! Whether two JSON values are the same object.

use kgen::k8s::Duration;
use serde_json::{Map, Value};

use super::defaulting::{defaulted, member};

/// What is not the same in an object and in what became of it by decoding and encoding.
///
/// Legal are only these differences, by the schema of the place:
/// - A member comes if the schema has a default for it, which it then holds.
/// - A member goes if it is void: null, `false`, 0, `""`, `[]` or an object of void members; or its default.
/// - A number is written as 2 or as 2.0, and a duration as 1h or as 1h0m0s.
pub(crate) fn differences(schema: &Value, before: &Value, after: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare(schema, before, after, String::new(), &mut found);
    found
}

fn compare(schema: &Value, before: &Value, after: &Value, path: String, found: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => compare_members(schema, before, after, &path, found),
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                compare(below(schema, "items"), before, after, format!("{path}[{index}]"), found);
            }
        }
        (Value::Number(before), Value::Number(after)) if before.as_f64() == after.as_f64() => {}
        (Value::String(before), Value::String(after)) if is_same_duration(before, after) => {}
        (before, after) if before == after => {}
        _ => found.push(format!("{path}: {before} became {after}")),
    }
}

fn compare_members(
    schema: &Value,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    path: &str,
    found: &mut Vec<String>,
) {
    for (name, value) in before {
        let schema = member(schema, name).unwrap_or(&Value::Null);
        let path = format!("{path}.{name}");
        match after.get(name) {
            Some(after) => compare(schema, value, after, path, found),
            None if is_void(schema, value) => {}
            None => found.push(format!("{path}: {value} is lost")),
        }
    }
    for (name, value) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
        let default = member(schema, name).filter(|schema| schema.get("default").is_some());
        let default = default.map(|schema| defaulted(schema, &schema["default"]));
        if default.is_none_or(|default| {
            !differences(member(schema, name).unwrap_or(&Value::Null), &default, value).is_empty()
        }) {
            found.push(format!("{path}.{name}: {value} is made up"));
        }
    }
}

/// Whether a member may be left out.
fn is_void(schema: &Value, value: &Value) -> bool {
    if let Some(default) = schema.get("default") {
        return value.is_null() || differences(schema, &defaulted(schema, default), value).is_empty();
    }
    match value {
        Value::Null => true,
        Value::Bool(value) => !value,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members
            .iter()
            .all(|(name, value)| is_void(member(schema, name).unwrap_or(&Value::Null), value)),
    }
}

fn below<'a>(schema: &'a Value, keyword: &str) -> &'a Value {
    schema.get(keyword).unwrap_or(&Value::Null)
}

fn is_same_duration(before: &str, after: &str) -> bool {
    let duration = |text: &str| text.parse::<Duration>().ok();
    duration(before).is_some_and(|before| Some(before) == duration(after))
}
