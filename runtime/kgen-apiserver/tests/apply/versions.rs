//! Managers who wrote in other versions.

use std::sync::Arc;

use jiff::Timestamp;
use kgen_apiserver::apply::{ApplyError, ConvertError, FieldManager, ObjectType, Versions};
use serde_json::{Value, json};

use crate::things::{TYPE, thing};

/// The text of v1 is called `other` in v2, and cannot be "bad" there.
struct Two {
    v2: ObjectType,
    serves_v2: bool,
}

impl Versions for Two {
    fn object_type(&self, api_version: &str) -> Option<&ObjectType> {
        match api_version {
            "example.com/v1" => Some(&TYPE),
            "example.com/v2" if self.serves_v2 => Some(&self.v2),
            _ => None,
        }
    }

    fn convert(&self, object: &Value, api_version: &str) -> Result<Value, ConvertError> {
        let (from, to) = match api_version {
            "example.com/v1" => ("other", "text"),
            "example.com/v2" => ("text", "other"),
            _ => return Err(ConvertError::UnknownVersion),
        };
        let mut object = object.clone();
        object["apiVersion"] = api_version.into();
        let Some(spec) = object["spec"].as_object_mut() else {
            return Ok(object);
        };
        match spec.remove(from) {
            Some(text) if text == "bad" => return Err(ConvertError::Failed("a bad text".to_owned())),
            Some(text) => drop(spec.insert(to.to_owned(), text)),
            None => {}
        }
        Ok(object)
    }
}

fn two(serves_v2: bool) -> Arc<Two> {
    let v2 =
        "{type: object, properties: {spec: {type: object, properties: {n: {type: integer}, other: {type: string}}}}}";
    Arc::new(Two {
        v2: crate::things::object_type(v2),
        serves_v2,
    })
}

fn endpoint(version: &str, versions: Arc<Two>) -> FieldManager {
    FieldManager::new(format!("example.com/{version}"), "Thing", versions)
}

fn in_v2(spec: Value) -> Value {
    let mut object = thing(spec);
    object["apiVersion"] = "example.com/v2".into();
    object
}

/// An object of v1 whose text was applied in v2.
fn applied_in_v2(text: &str) -> Value {
    let now = Timestamp::UNIX_EPOCH;
    let written = endpoint("v2", two(true)).apply(Value::Null, &in_v2(json!({"other": text})), "a", false, now);
    let managed = written.expect("nothing stands against it").managed.to_value();
    let mut live = thing(json!({"text": text}));
    live["metadata"]["managedFields"] = managed;
    live
}

#[test]
fn fields_are_compared_in_the_version_they_were_written_in() {
    let endpoint = endpoint("v1", two(true));
    let error = endpoint.apply(
        applied_in_v2("x"),
        &thing(json!({"text": "y"})),
        "b",
        false,
        Timestamp::UNIX_EPOCH,
    );
    assert_eq!(
        error.expect_err("a conflict").to_string(),
        "Apply failed with 1 conflict: conflict with \"a\": .spec.other"
    );
}

#[test]
fn what_was_applied_in_another_version_is_removed_all_the_same() {
    let endpoint = endpoint("v1", two(true));
    let written = endpoint.apply(
        applied_in_v2("x"),
        &thing(json!({"n": 1})),
        "a",
        false,
        Timestamp::UNIX_EPOCH,
    );
    assert_eq!(
        written.expect("nothing stands against it").object["spec"],
        json!({"n": 1})
    );
}

#[test]
fn who_wrote_in_a_version_that_is_gone_is_forgotten() {
    let endpoint = endpoint("v1", two(false));
    let written = endpoint.apply(
        applied_in_v2("x"),
        &thing(json!({"text": "y"})),
        "b",
        false,
        Timestamp::UNIX_EPOCH,
    );
    let managed = written.expect("nobody stands against it").managed;
    assert!(managed.applied_by("a", "").is_none() && managed.applied_by("b", "").is_some());
}

#[test]
fn a_conversion_that_fails_refuses_an_apply_and_leaves_the_managers_of_an_update() {
    let endpoint = endpoint("v1", two(true));
    let live = applied_in_v2("x");
    let error = endpoint.apply(
        live.clone(),
        &thing(json!({"text": "bad"})),
        "b",
        true,
        Timestamp::UNIX_EPOCH,
    );
    assert_eq!(
        error,
        Err(ApplyError::Conversion(
            "failed to convert new object: a bad text".to_owned()
        ))
    );
    let written = endpoint.update(&live, thing(json!({"text": "bad"})), "b", Timestamp::UNIX_EPOCH);
    assert_eq!(written.managed.to_value(), live["metadata"]["managedFields"]);
}
