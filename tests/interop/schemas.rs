//! Generated schemas, as a JSON Schema library of others understands them.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::defaulting::defaulted;
use crate::support::documents::Document;
use crate::support::mutation::{Mutation, mutations};
use crate::support::shape::Shape;
use crate::support::{Documents, Example, each_kind, for_all};

/// What code writes is valid once a server has put in the defaults.
fn schemas_accept_what_code_writes<T: Example>() {
    let documents = Documents::of::<T>();
    let shape = Shape::of(&documents.complete);
    let schemas = documents.all();
    for_all(|choices| {
        let json = shape.object(T::API_VERSION, T::KIND, choices);
        let mut object = T::read(&json)?;
        let as_is = defaulted(&documents.crd, &object.written());
        object.fill_in();
        for written in [as_is, object.written()] {
            for Document { name, validator, .. } in &schemas {
                let errors: Vec<String> = validator.iter_errors(&written).map(described).collect();
                prop_assert!(errors.is_empty(), "{name}: {}\n{written:#}", errors.join("\n"));
            }
        }
        Ok(())
    });
}
each_kind! { schemas_accept_what_code_writes }

fn described(error: jsonschema::ValidationError<'_>) -> String {
    format!("{}: {error}", error.instance_path())
}

/// A value that breaks one keyword anywhere is refused.
fn schemas_refuse_what_breaks_a_keyword<T: Example>() {
    let documents = Documents::of::<T>();
    let shape = Shape::of(&documents.complete);
    let schemas = documents.all();
    for_all(|choices| {
        let json = shape.object(T::API_VERSION, T::KIND, choices);
        let object = defaulted(&documents.crd, &T::read(&json)?.written());
        for Document {
            name,
            schema,
            validator,
        } in &schemas
        {
            let mutations = mutations(schema, &object);
            for _ in 0..4 {
                let mutation = choices.pick(&mutations);
                let Mutation { keyword, path, .. } = mutation;
                let broken = mutation.broken(schema, &object);
                prop_assert!(
                    !validator.is_valid(&broken),
                    "{name}: {path} breaks {keyword}\n{broken:#}"
                );
            }
        }
        Ok(())
    });
}
each_kind! { schemas_refuse_what_breaks_a_keyword }

/// What the types say in Rust and in markers is a keyword that refuses what it should.
#[test]
fn rules_of_a_robot_refuse_what_they_should() {
    let documents = Documents::of::<fleet::v1::Robot>();
    let robot = json!({
        "apiVersion": "fleet.example.com/v1", "kind": "Robot", "metadata": {"name": "r2"},
        "spec": {
            "chassis": "a", "site": "b", "asset_id": null,
            "drive": {}, "network": {}, "power": {}, "tools": {"carries": "Nothing"},
        },
        "status": {"phase": "Idle"},
    });
    for Document { name, validator, .. } in documents.all() {
        let keywords = |robot: &Value| -> Vec<String> {
            let keyword = |error: jsonschema::ValidationError<'_>| error.kind().keyword().to_owned();
            validator.iter_errors(robot).map(keyword).collect()
        };
        assert_eq!(keywords(&robot), [""; 0], "{name}");
        for (place, wrong, keyword) in wrong_parts_of_a_robot() {
            let (owner, member) = place.rsplit_once('/').expect("places have owners");
            let mut robot = robot.clone();
            robot.pointer_mut(owner).expect("the owner is there")[member] = wrong.clone();
            assert_eq!(keywords(&robot), [keyword], "{name}: {place} is {wrong}");
        }
    }
}

/// Places, wrong values for them, and the keywords that refuse these.
fn wrong_parts_of_a_robot() -> Vec<(&'static str, Value, &'static str)> {
    vec![
        ("/spec/site", json!(1), "type"),
        ("/spec/asset_id", json!(1), "anyOf"),
        ("/spec/assetId", json!(-1), "minimum"),
        ("/spec/callSign", json!("Ab"), "minLength"),
        ("/spec/callSign", json!("abc"), "pattern"),
        ("/spec/docks", json!(["a1"]), "pattern"),
        (
            "/spec/docks",
            json!(["A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9"]),
            "maxItems",
        ),
        ("/spec/docks", json!(["A12345"]), "maxLength"),
        ("/spec/drive/wheels", json!(3), "multipleOf"),
        ("/spec/drive/wheels", json!(10), "maximum"),
        ("/spec/drive/gear", json!(-4), "minimum"),
        ("/spec/drive/steeringOffset", json!(0.5), "type"),
        ("/spec/drive/encoderTicks", json!(1000), "enum"),
        ("/spec/drive/torque", json!(0), "exclusiveMinimum"),
        ("/spec/drive/gain", json!(2.51), "maximum"),
        ("/spec/drive/mixing", json!([[1.0, 0.0]]), "minItems"),
        ("/spec/drive/gears", json!(4), "additionalProperties"),
        ("/spec/home", json!({"x": 1}), "required"),
        ("/spec/network/proxies", json!({}), "minProperties"),
        (
            "/spec/network/proxies",
            json!({"a": "b:c", "d": "b:c", "e": "b:c", "f": "b:c"}),
            "maxProperties",
        ),
        ("/spec/network/proxies", json!({"MQTT": "no URI"}), "format"),
        ("/spec/network/address", json!("10.0.0.1"), "not"),
        ("/spec/network/address", json!("10.0.0"), "anyOf"),
        ("/spec/network/peers", json!({}), "required"),
        ("/spec/power/charging", json!("Inductive"), "enum"),
        ("/spec/power/low", json!(101), "maximum"),
        ("/spec/tags", json!([""]), "minLength"),
        ("/spec/tools/carries", json!("Tote"), "oneOf"),
        ("/spec/tools/front", json!({}), "oneOf"),
        ("/spec/type", json!("Stolen"), "enum"),
        ("/status/lastSeen", json!("yesterday"), "format"),
        (
            "/status/location",
            json!({"x": 0, "y": 0, "heading": 360}),
            "exclusiveMaximum",
        ),
        ("/status/voltage", json!(49), "multipleOf"),
        ("/status/visits", json!({"A1": -1}), "minimum"),
    ]
}
