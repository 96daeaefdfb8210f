//! Values that break one keyword of a schema.

use serde_json::{Map, Value, json};

use super::walk::walk;

/// A value in which one thing is wrong.
pub(crate) struct Mutation {
    /// The keyword that is broken.
    pub(crate) keyword: &'static str,
    /// Where.
    pub(crate) path: String,
    /// The whole value.
    pub(crate) broken: Value,
}

/// All mutations of a valid value.
pub(crate) fn mutations(schema: &Value, value: &Value) -> Vec<Mutation> {
    let mut places = Vec::new();
    walk(schema, &mut value.clone(), &mut |schema, value, path| {
        let wrong = wrong_values(schema, value);
        places.extend(
            wrong
                .into_iter()
                .map(|(keyword, wrong)| (keyword, path.to_owned(), wrong)),
        );
    });
    let mutation = |(keyword, path, wrong): (&'static str, String, Value)| {
        let mut broken = value.clone();
        walk(schema, &mut broken, &mut |_, value, place| {
            if place == path {
                *value = wrong.clone();
            }
        });
        Mutation { keyword, path, broken }
    };
    places.into_iter().map(mutation).collect()
}

/// Values that the schema of one place refuses, with the keyword that each breaks.
fn wrong_values(schema: &Value, value: &Value) -> Vec<(&'static str, Value)> {
    let mut wrong = Vec::new();
    let keyword = |keyword| schema.get(keyword).filter(|value| !value.is_null());
    if keyword("type").is_some() {
        wrong.push(("type", if value.is_array() { json!({}) } else { json!([]) }));
    }
    if keyword("enum").is_some() {
        wrong.push(("enum", json!("none of these")));
    }
    if let Some(least) = keyword("minimum") {
        wrong.push(("minimum", below(least, 1.0)));
        wrong.extend((schema["exclusiveMinimum"] == true).then(|| ("exclusiveMinimum", least.clone())));
    }
    if let Some(most) = keyword("maximum") {
        wrong.push(("maximum", below(most, -1.0)));
        wrong.extend((schema["exclusiveMaximum"] == true).then(|| ("exclusiveMaximum", most.clone())));
    }
    if let Some(factor) = keyword("multipleOf").and_then(Value::as_i64) {
        wrong.extend(value.as_i64().map(|value| ("multipleOf", json!(value + factor / 2))));
    }
    match value {
        Value::String(_) => wrong.extend(wrong_texts(schema)),
        Value::Array(items) => wrong.extend(wrong_lists(schema, items)),
        Value::Object(members) => wrong.extend(wrong_objects(schema, members)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    wrong
}

/// `by` less, as an integer where that is what it was.
fn below(number: &Value, by: f64) -> Value {
    match number.as_i64() {
        Some(number) => json!(number - by as i64),
        None => json!(number.as_f64().unwrap_or_default() - by),
    }
}

fn wrong_texts(schema: &Value) -> Vec<(&'static str, Value)> {
    let mut wrong = Vec::new();
    if let Some(least @ 1..) = schema["minLength"].as_u64() {
        wrong.push(("minLength", json!("a".repeat(least as usize - 1))));
    }
    if let Some(most) = schema["maxLength"].as_u64() {
        wrong.push(("maxLength", json!("a".repeat(most as usize + 1))));
    }
    if schema.get("pattern").is_some() {
        wrong.push(("pattern", json!("\u{0}")));
    }
    if ["date-time", "uri", "byte"]
        .iter()
        .any(|format| schema["format"] == *format)
    {
        wrong.push(("format", json!("§")));
    }
    wrong
}

fn wrong_lists(schema: &Value, items: &[Value]) -> Vec<(&'static str, Value)> {
    let mut wrong = Vec::new();
    if let Some(least @ 1..) = schema["minItems"].as_u64() {
        wrong.push(("minItems", json!(items[..least as usize - 1])));
    }
    if let (Some(most), Some(item)) = (schema["maxItems"].as_u64(), items.first()) {
        wrong.push(("maxItems", json!(vec![item; most as usize + 1])));
    }
    wrong
}

fn wrong_objects(schema: &Value, members: &Map<String, Value>) -> Vec<(&'static str, Value)> {
    let mut wrong = Vec::new();
    for name in schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        let mut fewer = members.clone();
        fewer.remove(name);
        wrong.push(("required", json!(fewer)));
    }
    let is_map = schema.get("additionalProperties").is_some();
    if let (Some(least @ 1..), true) = (schema["minProperties"].as_u64(), is_map) {
        let fewer: Map<_, _> = members.clone().into_iter().take(least as usize - 1).collect();
        wrong.push(("minProperties", json!(fewer)));
    }
    if let (Some(most), true, Some(value)) = (schema["maxProperties"].as_u64(), is_map, members.values().next()) {
        let more = (0..=most).map(|number| (number.to_string(), value.clone()));
        wrong.push(("maxProperties", Value::Object(more.collect())));
    }
    if schema.get("properties").is_some() && !is_map && schema["x-kubernetes-preserve-unknown-fields"] != true {
        let mut more = members.clone();
        more.insert("unknownMember".to_owned(), json!(1));
        wrong.push(("properties", json!(more)));
    }
    wrong
}
