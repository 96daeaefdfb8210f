//! Ownership through the subresource `scale`.

use kgen_apiserver::apply::{ManagedFields, PathElement, ReplicasPaths};
use serde_json::{Value, json};

fn paths() -> ReplicasPaths {
    let path = |name: &str| Some(vec![PathElement::field("spec"), PathElement::field(name)]);
    ReplicasPaths::from([
        ("example.com/v1".to_owned(), path("size")),
        ("example.com/v2".to_owned(), path("count")),
        ("example.com/v3".to_owned(), None),
    ])
}

fn entry(manager: &str, operation: &str, version: &str, fields: Value) -> Value {
    json!({
        "manager": manager,
        "operation": operation,
        "apiVersion": version,
        "fieldsType": "FieldsV1",
        "fieldsV1": fields,
    })
}

fn managed(entries: Value) -> ManagedFields {
    ManagedFields::decode(&entries).expect("managed fields")
}

fn replicas() -> Value {
    json!({"f:spec": {"f:replicas": {}}})
}

#[test]
fn owners_of_the_replicas_own_those_of_the_scale() {
    let parent = managed(json!([
        entry(
            "a",
            "Apply",
            "example.com/v1",
            json!({"f:spec": {"f:size": {}, "f:text": {}}})
        ),
        entry("b", "Apply", "example.com/v2", json!({"f:spec": {"f:size": {}}})),
        entry("u", "Update", "example.com/v2", json!({"f:spec": {"f:count": {}}})),
        entry("x", "Update", "example.com/v9", json!({"f:spec": {"f:size": {}}})),
    ]));
    let want = managed(json!([
        entry("a", "Apply", "autoscaling/v1", replicas()),
        entry("u", "Update", "autoscaling/v1", replicas()),
    ]));
    assert_eq!(parent.to_scale(&paths()), want);
}

#[test]
fn a_scale_that_is_written_takes_the_replicas() {
    let parent = managed(json!([
        entry(
            "a",
            "Apply",
            "example.com/v1",
            json!({"f:spec": {"f:size": {}, "f:text": {}}})
        ),
        entry("b", "Apply", "example.com/v2", json!({"f:spec": {"f:count": {}}})),
    ]));
    let mut by_scale = entry("kubectl", "Update", "autoscaling/v1", replicas());
    by_scale["subresource"] = "scale".into();
    let mut want = entry("kubectl", "Update", "example.com/v1", json!({"f:spec": {"f:size": {}}}));
    want["subresource"] = "scale".into();
    let want = managed(json!([
        entry("a", "Apply", "example.com/v1", json!({"f:spec": {"f:text": {}}})),
        want
    ]));
    assert_eq!(
        parent.with_scale(&managed(json!([by_scale])), "example.com/v1", &paths()),
        want
    );
}

#[test]
fn who_keeps_the_replicas_keeps_its_version() {
    let parent = managed(json!([
        entry("a", "Apply", "example.com/v2", json!({"f:spec": {"f:count": {}}})),
        entry("u", "Update", "example.com/v3", json!({"f:spec": {"f:text": {}}})),
        entry("x", "Update", "example.com/v9", json!({"f:spec": {"f:size": {}}})),
    ]));
    let want = managed(json!([
        entry("a", "Apply", "example.com/v2", json!({"f:spec": {"f:count": {}}})),
        entry("u", "Update", "example.com/v3", json!({"f:spec": {"f:text": {}}})),
    ]));
    assert_eq!(
        parent.with_scale(&parent.to_scale(&paths()), "example.com/v1", &paths()),
        want
    );
}
