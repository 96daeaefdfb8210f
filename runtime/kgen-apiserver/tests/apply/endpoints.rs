//! What an endpoint takes and what it refuses.

use jiff::Timestamp;
use kgen_apiserver::apply::{ApplyError, FieldSet, PathElement};
use serde_json::{Value, json};

use crate::things::{API_VERSION, Store, TYPE, main_endpoint, thing};

#[test]
fn another_kind_is_refused() {
    let mut object = thing(json!({}));
    object["kind"] = "Other".into();
    let error = Store::new()
        .try_apply_object("a", &object, false)
        .expect_err("another kind");
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        (400, "invalid object type: example.com/v1, Kind=Other")
    );
}

#[test]
fn a_kind_of_the_core_group_is_spelled_with_its_empty_group() {
    let error = Store::new().try_apply_object("a", &json!({"apiVersion": "v1", "kind": "Pod"}), false);
    assert_eq!(
        error.expect_err("another kind").to_string(),
        "invalid object type: /v1, Kind=Pod"
    );
}

#[test]
fn managed_fields_cannot_be_applied() {
    let mut object = thing(json!({}));
    object["metadata"]["managedFields"] = json!([]);
    let error = Store::new()
        .try_apply_object("a", &object, false)
        .expect_err("managed fields");
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        (400, "metadata.managedFields must be nil")
    );
}

#[test]
fn unknown_fields_are_refused() {
    let error = Store::new()
        .try_apply("a", json!({"nope": 1, "n": "x"}), false)
        .expect_err("an unknown field");
    assert_eq!(error.code(), 400);
    assert_eq!(
        error.to_string(),
        "failed to create typed patch object (ns/t; example.com/v1, Kind=Thing): errors:\n  \
         .spec.n: expected numeric (int or float), got string\n  .spec.nope: field not declared in schema"
    );
}

#[test]
fn broken_managed_fields_in_the_store_are_no_fault_of_the_client() {
    let mut live = thing(json!({}));
    live["metadata"]["managedFields"] = json!([{"manager": "x"}]);
    let error = main_endpoint(&TYPE).apply(live, &thing(json!({})), "a", false, Timestamp::UNIX_EPOCH);
    assert!(
        matches!(&error, Err(error @ ApplyError::InvalidManagedFields(_)) if error.code() == 500),
        "{error:?}"
    );
}

#[test]
fn names_and_what_the_server_sets_are_owned_by_nobody() {
    let mut object = thing(json!({}));
    object["metadata"]["labels"] = json!({"k": "v"});
    object["metadata"]["generation"] = json!(1);
    let mut store = Store::new();
    store
        .try_apply_object("a", &object, false)
        .expect("nothing stands against it");
    let managed = store.managed();
    let fields = managed.applied_by("a", "").expect("an applier");
    assert_eq!(fields.to_json(), r#"{"f:metadata":{"f:labels":{"f:k":{}}}}"#);
}

#[test]
fn a_status_is_applied_through_its_subresource() {
    let field = |name: &str| FieldSet::of([vec![PathElement::field(name)]]);
    let status = main_endpoint(&TYPE)
        .with_subresource("status")
        .with_reset_fields(API_VERSION, field("spec"));
    let main = main_endpoint(&TYPE).with_reset_fields(API_VERSION, field("status"));
    let object = |n: i64, ready: bool| {
        let mut object = thing(json!({"n": n}));
        object["status"] = json!({"ready": ready});
        object
    };
    let mut store = Store::new().through(main);
    store.try_apply_object("a", &object(1, true), false).expect("the first");
    let mut store = store.through(status);
    store
        .try_apply_object("a", &object(2, false), true)
        .expect("through the subresource");
    let managed = store.managed();
    assert_eq!(
        managed.applied_by("a", "").map(FieldSet::to_json).as_deref(),
        Some(r#"{"f:spec":{"f:n":{}}}"#)
    );
    let through_status = managed.applied_by("a", "status").map(FieldSet::to_json);
    assert_eq!(through_status.as_deref(), Some(r#"{"f:status":{"f:ready":{}}}"#));
}

#[test]
fn a_subresource_cannot_replace_managers() {
    let store = Store::new().update("u", json!({"n": 1}));
    let mut object = store.live.clone();
    object["metadata"]["managedFields"] = json!([]);
    let store = store
        .through(main_endpoint(&TYPE).with_subresource("status"))
        .update_object("v", object);
    store.owned(&[r#"u Update {".":{},"f:n":{}}"#]);
}

#[test]
fn an_empty_list_forgets_all_managers() {
    for reset in [json!([]), json!([{}])] {
        let store = Store::new().update("u", json!({"n": 1}));
        let mut object = store.live.clone();
        object["metadata"]["managedFields"] = reset;
        store.update_object("v", object).owned(&[]);
    }
}

#[test]
fn managers_stay_if_the_client_does_not_know_them() {
    let store = Store::new().update("u", json!({"n": 1}));
    for given in [Value::Null, json!([{"manager": "x"}]), json!("text")] {
        let mut object = store.live.clone();
        object["metadata"]["managedFields"] = given;
        let store = Store::new().update("u", json!({"n": 1})).update_object("v", object);
        store.owned(&[r#"u Update {".":{},"f:n":{}}"#]);
    }
}

#[test]
fn managers_may_be_replaced() {
    let store = Store::new().update("u", json!({"n": 1}));
    let mut object = store.live.clone();
    object["metadata"]["managedFields"][0]["manager"] = "renamed".into();
    store
        .update_object("v", object)
        .owned(&[r#"renamed Update {".":{},"f:n":{}}"#]);
}

#[test]
fn an_update_without_changes_leaves_the_time() {
    let store = Store::new().update("u", json!({"n": 1}));
    let before = store.live.clone();
    let same = before.clone();
    assert_eq!(store.update_object("u", same).live, before);
}

#[test]
fn an_apply_without_changes_leaves_the_time() {
    let store = Store::new().apply("a", json!({"n": 1}));
    let before = store.live.clone();
    assert_eq!(store.apply("a", json!({"n": 1})).live, before);
}

#[test]
fn s118_what_nobody_tracked_belongs_to_who_was_before() {
    let mut live = thing(json!({"n": 1}));
    live["metadata"]["uid"] = "uid-1".into();
    let mut store = Store::new();
    store.live = live;
    let store = store.update("u", json!({"n": 2}));
    assert!(store.managed().is_empty(), "objects without managers stay so");
    store.apply("a", json!({"text": "x"})).owned(&[
        r#"a Apply {"f:text":{}}"#,
        r#"before-first-apply Update {".":{},"f:n":{}}"#,
    ]);
}

#[test]
fn s118_no_more_than_ten_updaters_are_remembered() {
    let mut store = Store::new();
    for index in 0..14 {
        let texts: serde_json::Map<String, Value> =
            (0..=index).map(|index| (format!("k{index}"), json!("v"))).collect();
        store = store.update(&format!("u{index:02}"), json!({"texts": texts}));
    }
    let owners = store.owners();
    assert_eq!(owners.len(), 10);
    assert_eq!(
        owners[0],
        r#"ancient-changes Update {".":{},"f:texts":{".":{},"f:k0":{},"f:k1":{},"f:k2":{},"f:k3":{},"f:k4":{}}}"#
    );
    assert!(owners[9].starts_with("u13"));
}
