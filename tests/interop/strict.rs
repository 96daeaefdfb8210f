//! Strict decoding of the examples.

use kgen::codec::{Finding, from_slice_strict};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::support::defaulting::properties;
use crate::support::shape::Shape;
use crate::support::walk::walk;
use crate::support::{Documents, Example, derives_serde, each_kind, for_all};

/// What is found in a text.
fn findings<T: DeserializeOwned>(json: &str) -> Vec<String> {
    let (_, findings) = from_slice_strict::<T>(json.as_bytes()).unwrap_or_else(|error| panic!("{error}: {json}"));
    findings.iter().map(ToString::to_string).collect()
}

#[test]
fn fields_of_a_flunder() {
    let found = findings::<wardle::v1alpha1::Flunder>(
        r#"{
            "apiVersion": "wardle.example.com/v1alpha1", "kind": "Flunder", "kind": "Flunder", "Kind": "Flunder",
            "metadata": {"name": "a", "nam": "b", "labels": {"a": "b", "a": "c"}},
            "spec": {"reference": "a", "reference": "b", "referenceTipe": "Fischer"},
            "status": {"anything": {"unknown": 1, "unknown": 2}}
        }"#,
    );
    let unknown =
        ["Kind", "metadata.nam", "spec.referenceTipe", "status.anything"].map(|path| format!("unknown field {path:?}"));
    let duplicate = ["kind", "metadata.labels.a", "spec.reference"].map(|path| format!("duplicate field {path:?}"));
    assert_eq!(found, [&unknown[..], &duplicate[..]].concat());
}

#[test]
fn fields_below_lists_of_a_route() {
    let found = findings::<gateway::v1::HttpRoute>(
        r#"{"spec": {"parentRefs": [{"name": "a"}, {"name": "b", "sectionname": "c"}], "rules": [
            {"matches": [{"path": {"value": "/", "value": "/a"}, "headers": [{"name": "a", "value": "b", "typ": "Exact"}]}]},
            {"backendRefs": [{"name": "a", "weigth": 1, "filters": [{"type": "RequestMirror", "type": "RequestMirror"}]}]}
        ]}}"#,
    );
    assert_eq!(
        found,
        [
            r#"unknown field "spec.parentRefs[1].sectionname""#,
            r#"unknown field "spec.rules[0].matches[0].headers[0].typ""#,
            r#"unknown field "spec.rules[1].backendRefs[0].weigth""#,
            r#"duplicate field "spec.rules[0].matches[0].path.value""#,
            r#"duplicate field "spec.rules[1].backendRefs[0].filters[0].type""#,
        ]
    );
}

/// Unions, flattened members, maps, types of Kubernetes, and what is not looked at.
#[test]
fn fields_of_all_shapes() {
    let found = findings::<fleet::v1::Robot>(
        r#"{"spec": {"chassis": "a", "site": "b", "asset_id": null,
            "tools": {"carries": "Tote", "tote": {"edges": [1, 2, 3], "egdes": []}, "box": {}, "front": {"cover": {"lid": 1}}},
            "network": {"environment": [{"name": "a", "valeu": "b"}], "proxies": {"MQTT": "a", "MQTT": "b"}},
            "maker": {"a": 1, "a": 2, "any": {}}},
          "status": {"location": {"x": 1, "y": 2, "z": 3}, "conditions": []}}"#,
    );
    assert_eq!(
        found,
        [
            r#"unknown field "spec.tools.tote.egdes""#,
            r#"unknown field "spec.tools.box""#,
            r#"unknown field "spec.tools.front.cover.lid""#,
            r#"unknown field "spec.network.environment[0].valeu""#,
            r#"unknown field "status.location.z""#,
            r#"duplicate field "spec.network.proxies.MQTT""#,
            r#"duplicate field "spec.maker.a""#,
        ]
    );
}

/// Nothing is found in what is valid, and members that nobody knows are found wherever they are; they change nothing.
fn unknown_members_are_found<T: Example>() {
    let schema = Documents::of::<T>().complete;
    let shape = Shape::of(&schema);
    for_all(|choices| {
        let json = shape.object(T::API_VERSION, T::KIND, choices);
        let (object, found) = strictly::<T>(&json)?;
        prop_assert_eq!(found, []);

        let (mut with_unknown, mut added) = (json, Vec::new());
        walk(&schema, &mut with_unknown, &mut |schema, value, path| {
            let Value::Object(members) = value else { return };
            if properties(schema).next().is_some() && !derives_serde(path) && choices.is_likely(2) {
                members.insert("nobodyKnows".to_owned(), json!({"this": [1]}));
                added.push(Finding::Unknown(
                    format!("{path}.nobodyKnows").trim_start_matches('.').to_owned(),
                ));
            }
        });
        let (same, mut found) = strictly::<T>(&with_unknown)?;
        prop_assert_eq!(same, object);
        found.sort();
        added.sort();
        prop_assert_eq!(found, added);
        Ok(())
    });
}
each_kind! { unknown_members_are_found }

fn strictly<T: Example>(json: &Value) -> Result<(T, Vec<Finding>), TestCaseError> {
    let text = serde_json::to_vec(json).expect("values can be written");
    from_slice_strict(&text).map_err(|error| TestCaseError::fail(format!("{error}\n{json:#}")))
}
