//! Scenarios of writes, with what the field manager of Kubernetes makes of them: see `upstream/main.go`.
//!
//! `KGEN_APPLY_SCENARIOS` names another file of scenarios.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use kgen_apiserver::apply::{
    ApplyError, ConvertError, FieldManager, FieldSet, ManagedFields, ObjectType, PathElement, Schema, Versions, Written,
};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Scenario {
    name: String,
    #[serde(default)]
    deduced: bool,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    op: String,
    #[serde(default = "first_version")]
    version: String,
    #[serde(default)]
    subresource: String,
    manager: String,
    #[serde(default)]
    force: bool,
    #[serde(default)]
    changed: bool,
    object: Value,
    want: Outcome,
}

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(default)]
struct Outcome {
    object: Option<Value>,
    error: String,
    causes: Vec<Cause>,
}

#[derive(Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Cause {
    message: String,
    field: String,
}

fn first_version() -> String {
    "v1".to_owned()
}

/// Two versions that differ in one name: `spec.old` of v1 is `spec.new` of v2.
struct Things {
    v1: ObjectType,
    v2: ObjectType,
}

impl Versions for Things {
    fn object_type(&self, api_version: &str) -> Option<&ObjectType> {
        match api_version {
            "example.com/v1" => Some(&self.v1),
            "example.com/v2" => Some(&self.v2),
            _ => None,
        }
    }

    fn convert(&self, object: &Value, api_version: &str) -> Result<Value, ConvertError> {
        let (from, to) = match api_version {
            "example.com/v1" => ("new", "old"),
            "example.com/v2" => ("old", "new"),
            _ => return Err(ConvertError::UnknownVersion),
        };
        let mut object = object.clone();
        object["apiVersion"] = api_version.into();
        if let Some(spec) = object.get_mut("spec").and_then(Value::as_object_mut)
            && let Some(value) = spec.remove(from)
        {
            spec.insert(to.to_owned(), value);
        }
        Ok(object)
    }
}

impl Things {
    fn deduced() -> Arc<Self> {
        Arc::new(Self {
            v1: ObjectType::deduced(),
            v2: ObjectType::deduced(),
        })
    }

    fn declared(file: &str) -> Arc<Self> {
        let document = fs::read_to_string(upstream(file)).expect("the types are part of the tests");
        let document: Value = serde_json::from_str(&document).expect("the types are JSON");
        let schema = Arc::new(Schema::from_openapi(&document).expect("the types are a schema"));
        let of = |version: &str| ObjectType::of_kind(&schema, version, "Thing").expect("the kind is there");
        Arc::new(Self {
            v1: of("example.com/v1"),
            v2: of("example.com/v2"),
        })
    }
}

fn upstream(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/upstream").join(file)
}

fn manager(things: &Arc<Things>, step: &Step) -> FieldManager {
    let reset: &[&str] = if step.subresource == "status" {
        &["spec", "metadata"]
    } else {
        &["status"]
    };
    let reset = FieldSet::of(reset.iter().map(|name| vec![PathElement::field(name)]));
    let versions: Arc<dyn Versions> = Arc::clone(things) as _;
    FieldManager::new(format!("example.com/{}", step.version), "Thing", versions)
        .with_subresource(&step.subresource)
        .with_reset_fields("example.com/v1", reset.clone())
        .with_reset_fields("example.com/v2", reset)
}

fn take(things: &Arc<Things>, live: &Value, step: &Step, now: Timestamp) -> Result<Written, ApplyError> {
    let manager = manager(things, step);
    let live = match live {
        Value::Null => Value::Null,
        live => things
            .convert(live, &format!("example.com/{}", step.version))
            .expect("a version of the scenario"),
    };
    if step.op == "apply" {
        return manager.apply(live, &step.object, &step.manager, step.force, now);
    }
    let mut new = step.object.clone();
    if !live.is_null() {
        new["metadata"]["uid"] = "uid-1".into();
    }
    Ok(manager.update(&live, new, &step.manager, now))
}

/// The object as the other side shows it.
fn shown(written: &Written, v1: &Value) -> Value {
    let mut shown = v1.clone();
    if let Some(metadata) = shown["metadata"].as_object_mut() {
        metadata.remove("managedFields");
    }
    let mut managers: Vec<String> = written
        .managed
        .iter()
        .map(|(id, entry)| {
            let time = if entry.time.is_some() { "some" } else { "none" };
            let (operation, fields) = (id.operation.as_str(), entry.fields.to_json());
            [
                &id.manager,
                operation,
                &entry.api_version,
                &id.subresource,
                time,
                &fields,
            ]
            .join(" | ")
        })
        .collect();
    managers.sort();
    shown["managers"] = json!(managers);
    shown
}

/// Runs a scenario and returns what differs.
fn differences(scenario: &Scenario) -> Vec<String> {
    static DEDUCED: LazyLock<Arc<Things>> = LazyLock::new(Things::deduced);
    static FIRST: LazyLock<Arc<Things>> = LazyLock::new(|| Things::declared("types.json"));
    static CHANGED: LazyLock<Arc<Things>> = LazyLock::new(|| Things::declared("types-changed.json"));
    let mut live = Value::Null;
    let mut differences = Vec::new();
    for (index, step) in scenario.steps.iter().enumerate() {
        // On the other side all steps are done within a second.
        let now = Timestamp::from_second(1_700_000_000).expect("a time of this century");
        let things = match (scenario.deduced, step.changed) {
            (true, _) => &*DEDUCED,
            (false, false) => &*FIRST,
            (false, true) => &*CHANGED,
        };
        let got = match take(things, &live, step, now) {
            Ok(written) => {
                let object = written.clone().into_object();
                live = things.convert(&object, "example.com/v1").expect("v1 is a version");
                live["metadata"]["uid"] = "uid-1".into();
                Outcome {
                    object: Some(shown(&written, &live)),
                    ..Outcome::default()
                }
            }
            Err(error) => {
                let causes = error.causes().into_iter();
                let mut causes: Vec<Cause> = causes
                    .map(|cause| Cause {
                        message: cause.message,
                        field: cause.field,
                    })
                    .collect();
                causes.sort();
                Outcome {
                    error: error.to_string(),
                    causes,
                    ..Outcome::default()
                }
            }
        };
        if !is_same(&got, &step.want) {
            differences.push(format!("{} step {index}\n{}", scenario.name, told(&got, &step.want)));
            return differences;
        }
        let encoded = ManagedFields::decode(&live["metadata"]["managedFields"]).expect("what was written");
        assert_eq!(
            encoded.to_value(),
            ManagedFields::decode(&encoded.to_value())
                .expect("read again")
                .to_value()
        );
    }
    differences
}

fn is_same(got: &Outcome, want: &Outcome) -> bool {
    // What is wrong with a value is told in Go's words there and in words of JSON here.
    const OF_TYPES: &str = "failed to create typed patch object (ns/t; example.com/v1, Kind=Thing): ";
    if want.error.starts_with(OF_TYPES) {
        return got.error.starts_with(OF_TYPES);
    }
    got.error == want.error
        && got.causes == want.causes
        && match (&got.object, &want.object) {
            (Some(got), Some(want)) => same_value(got, want),
            (got, want) => got.is_none() && want.is_none(),
        }
}

/// Both outcomes, without the managers that they agree upon.
fn told(got: &Outcome, want: &Outcome) -> String {
    let line = |outcome: &Outcome, other: &Outcome| {
        let managers = |outcome: &Outcome| {
            let object = outcome.object.as_ref();
            object.map_or_else(Vec::new, |object| {
                object["managers"].as_array().cloned().unwrap_or_default()
            })
        };
        let (own, others) = (managers(outcome), managers(other));
        let own: Vec<String> = own
            .iter()
            .filter(|one| !others.contains(one))
            .map(Value::to_string)
            .collect();
        let mut object = outcome.object.clone().unwrap_or_default();
        object.as_object_mut().map(|object| object.remove("managers"));
        format!(
            "{}\n    {object}\n    {} {:?}",
            own.join("\n    "),
            outcome.error,
            outcome.causes
        )
    };
    format!("got {}\nwant {}", line(got, want), line(want, got))
}

/// Numbers are the same if they count the same.
fn same_value(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same_value(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(name, value)| right.get(name).is_some_and(|other| same_value(value, other)))
        }
        (Value::Number(left), Value::Number(right)) => left.as_f64() == right.as_f64(),
        (left, right) => left == right,
    }
}

#[test]
fn writes_have_the_outcome_they_have_in_kubernetes() {
    let file = std::env::var_os("KGEN_APPLY_SCENARIOS").map_or_else(|| upstream("scenarios.jsonl"), PathBuf::from);
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let scenarios: Vec<Scenario> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("a scenario"))
        .collect();
    let differences: Vec<String> = scenarios.iter().flat_map(differences).collect();
    for difference in differences.iter().take(3) {
        eprintln!("{difference}");
    }
    assert!(
        !scenarios.is_empty() && differences.is_empty(),
        "{} of {} differ",
        differences.len(),
        scenarios.len()
    );
}
