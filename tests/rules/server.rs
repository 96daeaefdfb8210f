//! What an API server does with an object and the schema of its definition: keywords, the types of lists, rules in CEL,
//! and that nothing is said about what did not change.

use jsonschema::Draft;
use serde_json::{Value, json};

use crate::engine;

/// What is wrong with an object that is made, or that replaces another one.
pub(crate) fn faults(schema: &Value, new: &Value, old: Option<&Value>) -> Vec<String> {
    let [new, old] = [Some(new), old].map(|value| value.map(|value| completed(schema, value)));
    let new = new.unwrap_or_default();
    if old.as_ref() == Some(&new) {
        return Vec::new();
    }
    let mut readable = schema.clone();
    rewrite(&mut readable);
    let validator = jsonschema::options()
        .with_draft(Draft::Draft7)
        .should_validate_formats(true)
        .build(&readable)
        .expect("the schema is one");
    let errors = validator.iter_errors(&new);
    let errors = errors.filter(|error| !is_unchanged(schema, &new, old.as_ref(), error.instance_path().as_str()));
    let mut faults: Vec<String> = errors.map(|error| error.to_string()).collect();
    lists(schema, &new, old.as_ref(), &mut faults);
    // Servers evaluate rules only where the rest is right.
    if faults.is_empty() {
        engine::evaluate(schema, &new, old.as_ref(), &mut faults);
    }
    faults
}

/// The object as Rust writes it: absent members that are always written are there, with their default or empty.
fn completed(schema: &Value, value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: serde_json::Map<String, Value> = members
                .iter()
                .map(|(name, member)| (name.clone(), completed(engine::below(schema, name), member)))
                .collect();
            let required = schema["required"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str);
            for name in required {
                let schema = engine::below(schema, name);
                members.entry(name).or_insert_with(|| completed(schema, &empty(schema)));
            }
            for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
                if let Some(default) = schema.get("default") {
                    members.entry(name).or_insert_with(|| default.clone());
                }
            }
            Value::Object(members)
        }
        Value::Array(items) => items.iter().map(|item| completed(&schema["items"], item)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// The value of an empty field in Rust.
fn empty(schema: &Value) -> Value {
    match (schema["enum"].get(0), schema["type"].as_str()) {
        (Some(first), Some("string")) => first.clone(),
        (_, Some("boolean")) => json!(false),
        (_, Some("integer" | "number")) => json!(0),
        (_, Some("string")) => json!(""),
        (_, Some("array")) => json!([]),
        (_, Some("object")) => json!({}),
        _ => json!(0),
    }
}

/// Whether a value on the way is known to be as before: servers say nothing about it then.
fn is_unchanged(mut schema: &Value, new: &Value, old: Option<&Value>, pointer: &str) -> bool {
    let (mut new, mut old) = (new, old);
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        match new {
            Value::Array(items) => {
                let item = step
                    .parse()
                    .ok()
                    .and_then(|at: usize| items.get(at))
                    .unwrap_or(&Value::Null);
                let key = identity(schema, item);
                let is_map = schema["x-kubernetes-list-type"] == "map";
                let old_items = old.and_then(Value::as_array).filter(|_| is_map);
                old = old_items.and_then(|old| old.iter().find(|other| identity(schema, other) == key));
                (schema, new) = (&schema["items"], item);
            }
            value => {
                old = old.and_then(|old| old.get(&step));
                (schema, new) = (engine::below(schema, &step), &value[&step]);
            }
        }
        if old == Some(new) {
            return true;
        }
    }
    false
}

/// `nullable` as JSON schema says it, and bounds that are exclusive by a flag.
fn rewrite(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.values_mut().for_each(rewrite);
            if members.get("nullable") == Some(&json!(true))
                && let Some(ty) = members.get("type").cloned()
            {
                members.insert("type".to_owned(), json!([ty, "null"]));
            }
            for (bound, flag) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
                if members.get(flag) == Some(&json!(true))
                    && let Some(value) = members.remove(bound)
                {
                    members.insert(flag.to_owned(), value);
                }
            }
            if members.get("x-kubernetes-embedded-resource").is_some() {
                members.remove("type");
            }
        }
        Value::Array(items) => items.iter_mut().for_each(rewrite),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The identity of elements.
fn lists(schema: &Value, value: &Value, old: Option<&Value>, faults: &mut Vec<String>) {
    if old == Some(value) {
        return;
    }
    match value {
        Value::Array(items) => {
            let identities: Vec<Value> = items.iter().filter_map(|item| identity(schema, item)).collect();
            for (at, identity) in identities.iter().enumerate() {
                if identities[..at].contains(identity) {
                    faults.push(format!("{identity} is there twice"));
                }
            }
            items
                .iter()
                .for_each(|item| lists(&schema["items"], item, None, faults));
        }
        Value::Object(members) => {
            for (name, member) in members {
                let old = old.and_then(|old| old.get(name));
                lists(engine::below(schema, name), member, old, faults);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// By what an element of a list is told apart: by itself, or by its keys.
pub(crate) fn identity(schema: &Value, item: &Value) -> Option<Value> {
    match schema["x-kubernetes-list-type"].as_str()? {
        "set" => Some(item.clone()),
        "map" => {
            let keys = schema["x-kubernetes-list-map-keys"].as_array()?;
            Some(
                keys.iter()
                    .filter_map(Value::as_str)
                    .map(|key| item[key].clone())
                    .collect(),
            )
        }
        _ => None,
    }
}
