//! Random values of a schema.

use kgen_testing::Choices;
use serde_json::{Map, Value, json};

use super::shape::{Member, Shape, is_int_or_string, is_quantity};

/// Letters of random texts.
const LETTERS: &[char] = &['a', 'Z', '0', ' ', '-', '"', '\\', '\n', 'é', '漢', '🦀'];

impl Shape {
    /// A random object of a kind.
    pub(crate) fn object(&self, api_version: &str, kind: &str, choices: &mut Choices<'_>) -> Value {
        let mut object = self.value(choices);
        object["apiVersion"] = api_version.into();
        object["kind"] = kind.into();
        object
    }

    /// A random value that the schema accepts once defaults are set.
    fn value(&self, choices: &mut Choices<'_>) -> Value {
        if self.schema["nullable"] == true && choices.is_likely(2) {
            return Value::Null;
        }
        let value = choices.retry(|choices| self.attempt(choices), |value| self.accepts(value));
        value.unwrap_or_else(|| panic!("no value of {} was found: {:#}", self.path, self.schema))
    }

    /// A value that keeps to all keywords but those of logic.
    fn attempt(&self, choices: &mut Choices<'_>) -> Value {
        if let Some(values) = self.schema["enum"].as_array() {
            return choices.pick(values).clone();
        }
        match self.schema["type"].as_str() {
            Some("string") => self.string(choices),
            Some("integer") => integer(&self.schema, choices).into(),
            Some("number") => self.number(choices),
            Some("boolean") => choices.is_likely(4).into(),
            Some("array") => self.array(choices),
            Some("object") if self.schema["x-kubernetes-embedded-resource"] == true => embedded(choices),
            Some("object") => self.members(choices),
            _ if is_quantity(&self.schema) => self.string(choices),
            _ if is_int_or_string(&self.schema) && choices.is_likely(4) => choices.below(70000).into(),
            _ if is_int_or_string(&self.schema) => self.string(choices),
            _ => anything(choices, 2),
        }
    }

    fn string(&self, choices: &mut Choices<'_>) -> Value {
        if let Some(strings) = &self.strings {
            return choices.pick(strings).as_str().into();
        }
        let least = self.limit("minLength").unwrap_or(0);
        let most = self.limit("maxLength").unwrap_or(usize::MAX).min(least + 8);
        let length = least + choices.below(most - least + 1);
        let letters: String = (0..length).map(|_| choices.pick(LETTERS)).collect();
        letters.into()
    }

    /// A number that has few digits in base 2, so that it is exact in every width.
    fn number(&self, choices: &mut Choices<'_>) -> Value {
        let bound = |keyword: &str| self.schema[keyword].as_f64().map(|bound| bound * 4.0);
        let quarters = json!({
            "minimum": bound("minimum").map_or(-4000, |least| least.ceil() as i64),
            "maximum": bound("maximum").map_or(4000, |most| most.floor() as i64),
            "exclusiveMinimum": self.schema["exclusiveMinimum"],
            "exclusiveMaximum": self.schema["exclusiveMaximum"],
        });
        match integer(&quarters, choices) {
            quarters if quarters % 4 == 0 => (quarters / 4).into(),
            quarters => (quarters as f64 / 4.0).into(),
        }
    }

    fn array(&self, choices: &mut Choices<'_>) -> Value {
        let least = self.limit("minItems").unwrap_or(0);
        let most = self.limit("maxItems").unwrap_or(usize::MAX).min(least + 3);
        let length = least + choices.below(most - least + 1);
        let Some(shape) = &self.items else {
            return json!([]);
        };
        let mut items: Vec<Value> = (0..length).map(|_| shape.value(choices)).collect();
        let keys = self.schema["x-kubernetes-list-map-keys"].as_array();
        let key = |item: &Value| match keys {
            Some(keys) => keys
                .iter()
                .filter_map(Value::as_str)
                .map(|key| item[key].clone())
                .collect(),
            None => item.clone(),
        };
        if ["set", "map"]
            .iter()
            .any(|unique| self.schema["x-kubernetes-list-type"] == *unique)
        {
            let mut seen: Vec<Value> = Vec::new();
            items.retain(|item| {
                let is_new = !seen.contains(&key(item));
                seen.push(key(item));
                is_new
            });
        }
        items.into()
    }

    fn members(&self, choices: &mut Choices<'_>) -> Value {
        let case = Case::choose(self, choices);
        let mut object = Map::new();
        // Wherever the choices end, it is not always the last members that are missing.
        let start = choices.below(self.members.len().max(1));
        for member in self.members.iter().cycle().skip(start).take(self.members.len()) {
            if case.has(member, choices) {
                let value = case
                    .value(&member.name, choices)
                    .unwrap_or_else(|| member.shape.value(choices));
                object.insert(member.name.clone(), value);
            }
        }
        if let Some(values) = &self.values {
            let least = self.limit("minProperties").unwrap_or(0);
            let most = self.limit("maxProperties").unwrap_or(usize::MAX).min(least + 2);
            for _ in 0..least + choices.below(most - least + 1) {
                let key = choices.pick(self.keys);
                object.insert((*key).to_owned(), values.value(choices));
            }
        }
        object.into()
    }

    fn limit(&self, keyword: &str) -> Option<usize> {
        self.schema[keyword].as_u64().map(|limit| limit as usize)
    }
}

/// One case of `oneOf`, as unions have it.
struct Case<'a> {
    case: &'a Value,
    /// The members that some case requires.
    of_cases: Vec<&'a str>,
}

impl<'a> Case<'a> {
    fn choose(shape: &'a Shape, choices: &mut Choices<'_>) -> Self {
        let cases = shape.schema["oneOf"].as_array().map(Vec::as_slice).unwrap_or_default();
        let is_of_case = |name: &&str| {
            let is_required = |member: &Member| member.name == **name && member.is_required;
            !shape.members.iter().any(is_required)
        };
        Self {
            case: if cases.is_empty() {
                &Value::Null
            } else {
                choices.pick(cases)
            },
            of_cases: cases.iter().flat_map(required).filter(is_of_case).collect(),
        }
    }

    fn has(&self, member: &Member, choices: &mut Choices<'_>) -> bool {
        let name = member.name.as_str();
        if self.of_cases.contains(&name) {
            return required(self.case).any(|wanted| wanted == name);
        }
        member.is_required || choices.is_likely(4)
    }

    /// The value that the case wants.
    fn value(&self, name: &str, choices: &mut Choices<'_>) -> Option<Value> {
        let values = self.case["properties"][name]["enum"].as_array()?;
        Some(choices.pick(values).clone())
    }
}

fn required(schema: &Value) -> impl Iterator<Item = &str> {
    schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

/// An integer near a number that the schema names.
fn integer(schema: &Value, choices: &mut Choices<'_>) -> i64 {
    let (narrow, wide) = ((i32::MIN.into(), i32::MAX.into()), (i64::MIN, i64::MAX));
    let (lowest, highest) = if schema["format"] == "int32" { narrow } else { wide };
    let excludes = |keyword: &str| i64::from(schema[keyword] == true);
    let least = schema["minimum"]
        .as_i64()
        .map_or(lowest, |least| least + excludes("exclusiveMinimum"));
    let most = schema["maximum"]
        .as_i64()
        .map_or(highest, |most| most - excludes("exclusiveMaximum"));

    let mut landmarks = vec![0.clamp(least, most), least, most];
    numbers(schema, &mut landmarks);
    let near = choices
        .pick(&landmarks)
        .saturating_add(choices.below(16) as i64)
        .clamp(least, most);
    match schema["multipleOf"].as_i64() {
        Some(factor) if near - near.rem_euclid(factor) >= least => near - near.rem_euclid(factor),
        Some(factor) => near - near.rem_euclid(factor) + factor,
        None => near,
    }
}

/// The numbers of a schema and of those that it combines.
fn numbers(schema: &Value, found: &mut Vec<i64>) {
    match schema {
        Value::Number(number) => found.extend(number.as_i64()),
        Value::Array(schemas) => schemas.iter().for_each(|schema| numbers(schema, found)),
        Value::Object(keywords) => keywords.values().for_each(|schema| numbers(schema, found)),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// Some JSON that is not null.
fn anything(choices: &mut Choices<'_>, depth: usize) -> Value {
    match choices.below(if depth == 0 { 4 } else { 6 }) {
        0 => choices.below(100).into(),
        1 => (choices.below(100) as f64 / 4.0).into(),
        2 => choices.is_likely(4).into(),
        3 => json!("text"),
        4 => (0..choices.below(3)).map(|_| anything(choices, depth - 1)).collect(),
        _ => json!({"a": anything(choices, depth - 1), "b": null}),
    }
}

/// An object of whatever kind.
fn embedded(choices: &mut Choices<'_>) -> Value {
    json!({
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "embedded"},
        "data": anything(choices, 1),
    })
}
