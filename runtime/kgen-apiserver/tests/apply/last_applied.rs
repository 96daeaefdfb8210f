//! Objects that kubectl managed on the client's side before.

use kgen_apiserver::apply::LAST_APPLIED_ANNOTATION;
use serde_json::{Value, json};

use crate::things::{Store, refusal, thing};

/// An object that `kubectl apply` made, whose annotation is part of it.
fn applied_by_client(applied: Value, live: Value) -> Store {
    let mut object = thing(live);
    object["metadata"]["annotations"] = json!({LAST_APPLIED_ANNOTATION: thing(applied).to_string()});
    Store::new().update_object("kubectl-client-side-apply", object)
}

fn annotation(store: &Store) -> Value {
    let text = store.live["metadata"]["annotations"][LAST_APPLIED_ANNOTATION]
        .as_str()
        .expect("the annotation is there");
    assert!(text.ends_with('\n'));
    serde_json::from_str(text).expect("the annotation is JSON")
}

#[test]
fn kubectl_takes_over_what_it_applied() {
    let store = applied_by_client(json!({"n": 1}), json!({"n": 1, "text": "x"}));
    let store = store
        .apply("kubectl", json!({"n": 2}))
        .has(json!({"n": 2, "text": "x"}));
    assert_eq!(annotation(&store), thing(json!({"n": 2})));
}

#[test]
fn what_changed_since_is_a_conflict() {
    let mut store = applied_by_client(json!({"n": 1}), json!({"n": 5, "text": "x"}));
    assert_eq!(
        refusal(&mut store, "kubectl", json!({"n": 2, "text": "y"})),
        "Apply failed with 2 conflicts: conflicts with \"kubectl-client-side-apply\" using example.com/v1:\n\
         - .spec.n\n- .spec.text"
    );
}

#[test]
fn only_what_remains_is_reported() {
    let mut store = applied_by_client(json!({"n": 1}), json!({"n": 1, "text": "x"}));
    assert_eq!(
        refusal(&mut store, "kubectl", json!({"n": 2, "text": "y"})),
        "Apply failed with 1 conflict: conflict with \"kubectl-client-side-apply\" using example.com/v1: .spec.text"
    );
}

#[test]
fn other_appliers_do_not_take_part() {
    let mut store = applied_by_client(json!({"n": 1}), json!({"n": 1}));
    assert!(refusal(&mut store, "someone", json!({"n": 2})).starts_with("Apply failed with 1 conflict"));
}

#[test]
fn an_annotation_of_another_version_says_nothing() {
    let mut object = thing(json!({"n": 1}));
    let mut applied = thing(json!({"n": 1}));
    applied["apiVersion"] = "example.com/v2".into();
    object["metadata"]["annotations"] = json!({LAST_APPLIED_ANNOTATION: applied.to_string()});
    let mut store = Store::new().update_object("kubectl-client-side-apply", object);
    assert!(refusal(&mut store, "kubectl", json!({"n": 2})).starts_with("Apply failed with 1 conflict"));
}

#[test]
fn an_annotation_that_is_no_json_says_nothing() {
    let mut object = thing(json!({"n": 1}));
    object["metadata"]["annotations"] = json!({LAST_APPLIED_ANNOTATION: "{"});
    let mut store = Store::new().update_object("kubectl-client-side-apply", object);
    assert!(refusal(&mut store, "kubectl", json!({"n": 2})).starts_with("Apply failed with 1 conflict"));
}

#[test]
fn no_annotation_is_made_where_none_was() {
    let store = Store::new().apply("kubectl", json!({"n": 1}));
    assert_eq!(store.live["metadata"].get("annotations"), None);
}

#[test]
fn a_configuration_too_large_for_annotations_takes_the_annotation_away() {
    let store = applied_by_client(json!({"n": 1}), json!({"n": 1}));
    let store = store.apply("kubectl", json!({"n": 2, "text": "x".repeat(300_000)}));
    assert_eq!(store.live["metadata"]["annotations"], json!({}));
}
