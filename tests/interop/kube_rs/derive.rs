//! A kind as kube's derive makes it, beside the same kind as kgen makes it.

use kube::{CustomResource, Resource};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use wardle::v1alpha1 as generated;

/// What a flunder shall be.
#[derive(Clone, Debug, Default, PartialEq, CustomResource, Serialize, Deserialize)]
#[kube(
    group = "wardle.example.com",
    version = "v1alpha1",
    kind = "Flunder",
    namespaced,
    status = "FlunderStatus"
)]
#[kube(schema = "disabled", derive = "PartialEq")]
#[serde(rename_all = "camelCase")]
struct FlunderSpec {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    reference: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reference_type: Option<ReferenceType>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
enum ReferenceType {
    Flunder,
    Fischer,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct FlunderStatus {}

fn objects() -> Vec<Value> {
    let header = |mut object: Value| {
        object["apiVersion"] = json!("wardle.example.com/v1alpha1");
        object["kind"] = json!("Flunder");
        object
    };
    let objects = [
        json!({"metadata": {"name": "a"}, "spec": {"reference": "b"}}),
        json!({"metadata": {"name": "a", "labels": {"x": "y"}}, "spec": {"reference": "b", "referenceType": "Fischer"}}),
        json!({"metadata": {"name": "a", "namespace": "n"}, "spec": {"referenceType": "Flunder"}, "status": {}}),
    ];
    objects.into_iter().map(header).collect()
}

/// Members come in the same order as well, so the texts are compared.
#[test]
fn objects_are_written_alike() {
    for json in objects() {
        let derived: Flunder = serde_json::from_value(json.clone()).expect("the derived type reads it");
        let generated: generated::Flunder = serde_json::from_value(json.clone()).expect("the generated type reads it");
        let [derived, generated] = [serde_json::to_string(&derived), serde_json::to_string(&generated)]
            .map(|text| text.expect("objects can be written"));
        assert_eq!(derived, generated);
        let again: Value = serde_json::from_str(&generated).expect("what is written can be read");
        assert_eq!(again, json);
    }
}

#[test]
fn resources_are_alike() {
    let derived = [
        Flunder::group(&()),
        Flunder::version(&()),
        Flunder::kind(&()),
        Flunder::plural(&()),
        Flunder::api_version(&()),
    ];
    type Generated = generated::Flunder;
    let generated = [
        Generated::group(&()),
        Generated::version(&()),
        Generated::kind(&()),
        Generated::plural(&()),
        Generated::api_version(&()),
    ];
    assert_eq!(derived, generated);
    assert_eq!(Flunder::url_path(&(), Some("n")), Generated::url_path(&(), Some("n")));
}

/// Where the two differ: the generated type reads what the API server leaves out, and refuses other kinds.
#[test]
fn generated_types_read_more_and_check_more() {
    let bare = json!({"apiVersion": "wardle.example.com/v1alpha1", "kind": "Flunder", "metadata": {"name": "a"}});
    assert!(serde_json::from_value::<Flunder>(bare.clone()).is_err());
    assert!(serde_json::from_value::<generated::Flunder>(bare).is_ok());
    let mut other = objects().remove(0);
    other["kind"] = json!("Fischer");
    assert!(serde_json::from_value::<Flunder>(other.clone()).is_ok());
    assert!(serde_json::from_value::<generated::Flunder>(other).is_err());
}
