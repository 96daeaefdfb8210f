//! Random objects of the schemas of definitions, and what they may not lose.

use std::fs;
use std::path::Path;

use kgen_emit::rust::path;
use kgen_model::Model;
use kgen_tests::files_below;
use proptest::strategy::{Strategy, ValueTree};
use proptest::string::string_regex;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};

/// How many objects of each kind are tried.
const COUNT: usize = 24;

/// An object of a kind.
pub(crate) struct Object {
    /// The path of its type.
    pub(crate) path: String,
    /// The schema that it follows.
    pub(crate) schema: Value,
    pub(crate) value: Value,
}

/// Objects of all kinds of a model whose definitions lie below a folder.
pub(crate) fn of(krate: &Path, model: &Model) -> Vec<Object> {
    let read = |file: &std::path::PathBuf| {
        let text = fs::read_to_string(krate.join("crds").join(file)).expect("definitions were written");
        serde_saphyr::from_str::<Value>(&text).expect("definitions are YAML")
    };
    let definitions: Vec<Value> = files_below(&krate.join("crds")).iter().map(read).collect();
    let mut random = Random::new();
    let mut objects = Vec::new();
    for resource in &model.resources {
        let version = model.version(resource.version);
        let definition = definitions.iter().find(|definition| {
            definition["spec"]["group"] == version.group && definition["spec"]["names"]["kind"] == resource.kind
        });
        let versions = definition.and_then(|definition| definition["spec"]["versions"].as_array());
        let found = versions
            .into_iter()
            .flatten()
            .find(|found| found["name"] == version.version);
        let schema = found.expect("each kind has a definition")["schema"]["openAPIV3Schema"].clone();
        for index in 0..COUNT {
            // From few members to nearly all.
            random.likely = index as u32 * 100 / COUNT as u32;
            let mut value = random.value(&schema, 0);
            value["apiVersion"] = version.api_version().into();
            value["kind"] = resource.kind.clone().into();
            value["metadata"] = json!({"name": "one", "labels": {"a": "b"}});
            objects.push(Object {
                path: path(model.ty(resource.ty)),
                schema: schema.clone(),
                value,
            });
        }
    }
    objects
}

struct Random {
    runner: TestRunner,
    /// How many of hundred optional members are there.
    likely: u32,
}

impl Random {
    fn new() -> Self {
        let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        Self {
            runner: TestRunner::new_with_rng(Config::default(), random),
            likely: 50,
        }
    }

    fn below(&mut self, bound: u64) -> u64 {
        let number = (0..bound.max(1))
            .new_tree(&mut self.runner)
            .expect("a range has numbers");
        number.current()
    }

    fn is_there(&mut self) -> bool {
        self.below(100) < u64::from(self.likely)
    }

    fn value(&mut self, schema: &Value, depth: usize) -> Value {
        if let Some(values) = schema["enum"].as_array() {
            return values[self.below(values.len() as u64) as usize].clone();
        }
        if schema["x-kubernetes-int-or-string"] == true {
            // Quantities are strings wherever they are written.
            return if schema["pattern"].is_string() || self.below(2) == 0 {
                "50".into()
            } else {
                50.into()
            };
        }
        match schema["type"].as_str() {
            Some("object") => self.object(schema, depth),
            Some("array") => self.array(schema, depth),
            Some("string") => self.string(schema),
            Some("integer") => self.integer(schema).into(),
            Some("number") => json!(0.5),
            Some("boolean") => (self.below(2) == 0).into(),
            Some(_) | None => json!({"any": [1, "thing", null]}),
        }
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Value {
        let required = schema["required"].as_array().map(Vec::as_slice).unwrap_or_default();
        let mut object = Map::new();
        if schema["x-kubernetes-embedded-resource"] == true {
            return json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"b": "c"}});
        }
        for (name, member) in schema["properties"].as_object().into_iter().flatten() {
            let is_required = required.iter().any(|wanted| wanted == name);
            if is_required || (depth < 12 && self.is_there()) {
                object.insert(name.clone(), self.value(member, depth + 1));
            }
        }
        if schema["additionalProperties"].is_object() {
            for key in ["a", "b.example.com/c"] {
                object.insert(key.to_owned(), self.value(&schema["additionalProperties"], depth + 1));
            }
        }
        if schema["x-kubernetes-preserve-unknown-fields"] == true {
            object.insert("unheardOf".to_owned(), json!([{"x": 1}]));
        }
        object.into()
    }

    fn array(&mut self, schema: &Value, depth: usize) -> Value {
        let least = schema["minItems"].as_u64().unwrap_or(0);
        let most = schema["maxItems"].as_u64().unwrap_or(u64::MAX).min(least + 2);
        let count = least + self.below(most - least + 1);
        (0..count).map(|_| self.value(&schema["items"], depth + 1)).collect()
    }

    fn string(&mut self, schema: &Value) -> Value {
        match schema["format"].as_str() {
            Some("date-time") => return "2024-02-29T12:30:00Z".into(),
            Some("byte") => return "c2VhbA==".into(),
            _ => {}
        }
        let pattern = schema["pattern"].as_str().unwrap_or("^[a-z \"\\\\é]{1,9}$");
        let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
        let pattern = pattern.strip_suffix('$').unwrap_or(pattern);
        let made = string_regex(pattern)
            .ok()
            .and_then(|texts| texts.new_tree(&mut self.runner).ok());
        made.map_or_else(|| "text".into(), |text| text.current().into())
    }

    fn integer(&mut self, schema: &Value) -> i64 {
        let (low, high) = match schema["format"].as_str() {
            Some("int32") => (i64::from(i32::MIN), i64::from(i32::MAX)),
            _ => (i64::MIN, i64::MAX),
        };
        let low = schema["minimum"].as_i64().unwrap_or(low);
        let high = schema["maximum"].as_i64().unwrap_or(high);
        match self.below(3) {
            0 => low,
            1 => high,
            _ => low.max(0).min(high),
        }
    }
}

/// What is not the same. Defaults may come.
pub(crate) fn differences(schema: &Value, before: &Value, after: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare(schema, before, after, "", &mut found);
    found
}

fn compare(schema: &Value, before: &Value, after: &Value, path: &str, found: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            let of = |name: &str| {
                schema["properties"]
                    .get(name)
                    .unwrap_or(&schema["additionalProperties"])
            };
            for (name, value) in before {
                let path = format!("{path}.{name}");
                match after.get(name) {
                    Some(after) => compare(of(name), value, after, &path, found),
                    None => found.push(format!("{path} is lost: {value}")),
                }
            }
            for (name, value) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
                if of(name)["default"] != *value {
                    found.push(format!("{path}.{name} is new: {value}"));
                }
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                compare(&schema["items"], before, after, &format!("{path}[{index}]"), found);
            }
        }
        _ if before == after => {}
        _ => found.push(format!("{path}: {before} became {after}")),
    }
}
