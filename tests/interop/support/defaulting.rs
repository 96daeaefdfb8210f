//! Defaulting as an API server does it with the schema of a custom resource.

use serde_json::Value;

/// Puts the defaults of a schema into a value.
///
/// A member that is absent, or null where null is not legal, gets the default of its schema. What has no default is not
/// made up, also if something below it has one. Defaults are defaulted themselves.
pub(crate) fn set_defaults(schema: &Value, value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, schema) in properties(schema) {
                let is_null = members.get(name).is_some_and(|value| is_wrong_null(schema, value));
                match schema.get("default") {
                    Some(default) if is_null || !members.contains_key(name) => {
                        members.insert(name.clone(), default.clone());
                    }
                    _ if is_null => {
                        members.remove(name);
                    }
                    _ => {}
                }
            }
            for (name, value) in members.iter_mut() {
                if let Some(schema) = member(schema, name) {
                    set_defaults(schema, value);
                }
            }
        }
        Value::Array(items) => {
            let schema = schema.get("items").unwrap_or(&Value::Null);
            for item in items {
                if let Some(default) = schema.get("default").filter(|_| is_wrong_null(schema, item)) {
                    *item = default.clone();
                }
                set_defaults(schema, item);
            }
        }
        _ => {}
    }
}

/// The value with the defaults of a schema.
pub(crate) fn defaulted(schema: &Value, value: &Value) -> Value {
    let mut value = value.clone();
    set_defaults(schema, &mut value);
    value
}

/// The schema of a member, among those that are named and else that of all others.
pub(crate) fn member<'a>(schema: &'a Value, name: &str) -> Option<&'a Value> {
    let named = schema.get("properties").and_then(|properties| properties.get(name));
    named.or_else(|| schema.get("additionalProperties").filter(|others| others.is_object()))
}

pub(crate) fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

fn is_wrong_null(schema: &Value, value: &Value) -> bool {
    value.is_null() && schema["nullable"] != true && schema["x-kubernetes-preserve-unknown-fields"] != true
}
