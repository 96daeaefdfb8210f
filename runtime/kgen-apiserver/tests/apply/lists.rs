//! Items of lists.

use serde_json::json;

use crate::things::{Store, refusal};

#[test]
fn an_atomic_list_is_one_value() {
    Store::new()
        .apply("a", json!({"atomic": ["x", "y"]}))
        .apply("a", json!({"atomic": ["y"]}))
        .has(json!({"atomic": ["y"]}))
        .owned(&[r#"a Apply {"f:atomic":{}}"#]);
}

#[test]
fn sets_are_united() {
    Store::new()
        .apply("a", json!({"set": ["x", "y"]}))
        .apply("b", json!({"set": ["y", "z"]}))
        .has(json!({"set": ["x", "y", "z"]}))
        .owned(&[
            r#"a Apply {"f:set":{"v:\"x\"":{},"v:\"y\"":{}}}"#,
            r#"b Apply {"f:set":{"v:\"y\"":{},"v:\"z\"":{}}}"#,
        ]);
}

#[test]
fn a_member_of_a_set_goes_with_its_last_owner() {
    Store::new()
        .apply("a", json!({"set": ["x", "y"]}))
        .apply("b", json!({"set": ["y"]}))
        .apply("a", json!({"set": []}))
        .has(json!({"set": ["y"]}));
}

#[test]
fn the_order_of_the_configuration_wins_among_its_items() {
    Store::new()
        .update("u", json!({"set": ["a", "b", "c", "d"]}))
        .apply("a", json!({"set": ["d", "b"]}))
        .has(json!({"set": ["a", "c", "d", "b"]}));
}

#[test]
fn new_items_stand_after_those_before_them() {
    Store::new()
        .update("u", json!({"set": ["a", "c"]}))
        .apply("a", json!({"set": ["a", "b", "c"]}))
        .has(json!({"set": ["a", "b", "c"]}));
}

#[test]
fn items_are_merged_by_their_keys() {
    Store::new()
        .apply("a", json!({"ports": [{"port": 80, "protocol": "TCP", "name": "web"}]}))
        .apply("b", json!({"ports": [{"port": 80, "protocol": "TCP", "tags": ["x"]}]}))
        .has(json!({"ports": [{"port": 80, "protocol": "TCP", "name": "web", "tags": ["x"]}]}))
        .apply("a", json!({"ports": []}))
        .has(json!({"ports": [{"port": 80, "protocol": "TCP", "tags": ["x"]}]}));
}

#[test]
fn a_missing_key_has_its_default() {
    Store::new()
        .apply("a", json!({"ports": [{"port": 80, "name": "web"}]}))
        .apply("b", json!({"ports": [{"port": 80, "protocol": "TCP"}]}))
        .has(json!({"ports": [{"port": 80, "protocol": "TCP", "name": "web"}]}))
        .owned(&[
            r#"a Apply {"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:name":{},"f:port":{}}}}"#,
            r#"b Apply {"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{},"f:protocol":{}}}}"#,
        ]);
}

/// The list itself is a field of whom the item's field belonged to, and `null`, as in Kubernetes: decoding the object
/// takes that for absent.
#[test]
fn an_item_that_another_completed_goes_with_its_owner() {
    Store::new()
        .apply("a", json!({"ports": [{"port": 80}]}))
        .update("u", json!({"ports": [{"port": 80, "name": "web"}]}))
        .apply("a", json!({}))
        .has(json!({"ports": null}));
}

#[test]
fn an_applied_list_may_not_name_an_item_twice() {
    let message = refusal(&mut Store::new(), "a", json!({"set": ["x", "x"]}));
    assert_eq!(
        message,
        "failed to create typed patch object (ns/t; example.com/v1, Kind=Thing): \
         .spec.set: duplicate entries for key [=\"x\"]"
    );
    let message = refusal(
        &mut Store::new(),
        "a",
        json!({"ports": [{"port": 80}, {"port": 80, "protocol": "TCP"}]}),
    );
    assert!(
        message.ends_with(".spec.ports: duplicate entries for key [port=80,protocol=\"TCP\"]"),
        "{message}"
    );
}

#[test]
fn duplicates_in_the_store_stay_where_nobody_touches_them() {
    Store::new()
        .update("u", json!({"set": ["x", "x"]}))
        .apply("a", json!({"set": ["y"]}))
        .has(json!({"set": ["x", "x", "y"]}));
}

#[test]
fn duplicates_in_the_store_become_one_when_they_are_applied() {
    Store::new()
        .update("u", json!({"set": ["x", "y", "x"]}))
        .force("a", json!({"set": ["x"]}))
        .has(json!({"set": ["x", "y"]}))
        .owned(&[
            r#"a Apply {"f:set":{"v:\"x\"":{}}}"#,
            r#"u Update {".":{},"f:set":{".":{},"v:\"y\"":{}}}"#,
        ]);
}

#[test]
fn an_item_without_any_key_is_refused() {
    let message = refusal(&mut Store::new(), "a", json!({"ports": [5]}));
    assert!(message.ends_with(".spec.ports: element 0: associative list with keys may not have non-map elements"));
}
