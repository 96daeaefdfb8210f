//! Values that break one keyword of a schema.

use serde_json::{Map, Value, json};

use super::walk::walk;

/// What to put into a value so that one thing is wrong in it.
pub(crate) struct Mutation {
    /// The keyword that is broken.
    pub(crate) keyword: &'static str,
    /// Where.
    pub(crate) path: String,
    /// What stands there then.
    wrong: Value,
}

impl Mutation {
    /// The value with what is wrong.
    pub(crate) fn broken(&self, schema: &Value, value: &Value) -> Value {
        let mut broken = value.clone();
        walk(schema, &mut broken, &mut |_, value, place| {
            if place == self.path {
                value.clone_from(&self.wrong);
            }
        });
        broken
    }

    /// Whether a value still has what is wrong.
    pub(crate) fn is_in(&self, schema: &Value, value: &Value) -> bool {
        let mut is_there = false;
        walk(schema, &mut value.clone(), &mut |_, value, place| {
            is_there |= place == self.path && is_same(value, &self.wrong);
        });
        is_there
    }
}

/// Whether values are equal; 1 and 1.0 are.
fn is_same(left: &Value, right: &Value) -> bool {
    left == right || left.is_number() && left.as_f64() == right.as_f64()
}

/// All mutations of a valid value.
pub(crate) fn mutations(schema: &Value, value: &Value) -> Vec<Mutation> {
    everywhere(schema, value, wrong_values)
}

/// All mutations of a valid value that only a server refuses, since JSON Schema does not know the keyword.
pub(crate) fn mutations_for_servers(schema: &Value, value: &Value) -> Vec<Mutation> {
    everywhere(schema, value, wrong_for_servers)
}

fn everywhere(
    schema: &Value,
    value: &Value,
    wrong_values: impl Fn(&Value, &Value) -> Vec<(&'static str, Value)>,
) -> Vec<Mutation> {
    let mut mutations = Vec::new();
    walk(schema, &mut value.clone(), &mut |schema, value, path| {
        let mutation = |(keyword, wrong)| Mutation {
            keyword,
            path: path.to_owned(),
            wrong,
        };
        mutations.extend(wrong_values(schema, value).into_iter().map(mutation));
    });
    mutations
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

fn wrong_for_servers(schema: &Value, value: &Value) -> Vec<(&'static str, Value)> {
    match value {
        Value::String(_) => {
            let format = schema["format"].as_str();
            let is_of_servers = format.is_some_and(|format| format == "mac" || format.starts_with("k8s-"));
            is_of_servers.then(|| ("format", json!("§"))).into_iter().collect()
        }
        Value::Array(items) => {
            let is_unique = ["set", "map"]
                .iter()
                .any(|unique| schema["x-kubernetes-list-type"] == *unique);
            let twice = items
                .first()
                .filter(|_| is_unique)
                .map(|first| [items, &[first.clone()][..]].concat());
            twice
                .map(|twice| ("x-kubernetes-list-type", json!(twice)))
                .into_iter()
                .collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => Vec::new(),
    }
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
    if let (true, Some(item)) = (schema["uniqueItems"] == true, items.first()) {
        wrong.push(("uniqueItems", json!([items, &[item.clone()][..]].concat())));
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
