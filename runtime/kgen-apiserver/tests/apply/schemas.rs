//! Schemas that changed since managers wrote.

use serde_json::json;

use crate::things::{SCHEMA, Store, main_endpoint, object_type};

fn changed(from: &str, to: &str) -> kgen_apiserver::apply::FieldManager {
    assert!(SCHEMA.contains(from));
    main_endpoint(&object_type(&SCHEMA.replace(from, to)))
}

#[test]
fn who_owned_parts_owns_the_whole_of_what_became_atomic() {
    let atomic = "texts: {type: object, x-kubernetes-map-type: atomic, additionalProperties: {type: string}}";
    Store::new()
        .apply("a", json!({"texts": {"k": "v"}}))
        .through(changed(
            "texts: {type: object, additionalProperties: {type: string}}",
            atomic,
        ))
        .apply("b", json!({"n": 1}))
        .owned(&[r#"a Apply {"f:texts":{}}"#, r#"b Apply {"f:n":{}}"#]);
}

#[test]
fn lists_may_become_atomic() {
    Store::new()
        .apply("a", json!({"set": ["x", "y"]}))
        .through(changed(
            "x-kubernetes-list-type: set, items: {type: string}}\n      ports",
            "items: {type: string}}\n      ports",
        ))
        .apply("b", json!({"n": 1}))
        .owned(&[r#"a Apply {"f:set":{}}"#, r#"b Apply {"f:n":{}}"#]);
}

/// As in Kubernetes: nobody owned the parts, so that nobody gives them up.
#[test]
fn who_owned_the_whole_applies_its_parts() {
    Store::new()
        .apply("a", json!({"atomic": ["x", "y"]}))
        .through(changed(
            "atomic: {type: array,",
            "atomic: {type: array, x-kubernetes-list-type: set,",
        ))
        .apply("a", json!({"atomic": ["x"]}))
        .has(json!({"atomic": ["x", "y"]}))
        .owned(&[r#"a Apply {"f:atomic":{"v:\"x\"":{}}}"#]);
}
