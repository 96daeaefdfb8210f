//! Walking a value along its schema.

use serde_json::Value;

use super::defaulting::member;

/// Visits a value and all values below it of which the schema says something, outer ones first, with their paths.
pub(crate) fn walk(schema: &Value, value: &mut Value, visit: &mut impl FnMut(&Value, &mut Value, &str)) {
    step(schema, value, String::new(), visit);
}

fn step(schema: &Value, value: &mut Value, path: String, visit: &mut impl FnMut(&Value, &mut Value, &str)) {
    visit(schema, value, &path);
    match value {
        Value::Object(members) => {
            for (name, value) in members.iter_mut() {
                if let Some(schema) = member(schema, name) {
                    let path = if path.is_empty() {
                        name.clone()
                    } else {
                        format!("{path}.{name}")
                    };
                    step(schema, value, path, visit);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                step(
                    schema.get("items").unwrap_or(&Value::Null),
                    item,
                    format!("{path}[{index}]"),
                    visit,
                );
            }
        }
        _ => {}
    }
}
