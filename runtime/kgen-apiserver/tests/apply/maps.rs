//! Fields of structs and members of maps.

use serde_json::json;

use crate::things::Store;

#[test]
fn an_applied_field_is_owned() {
    Store::new()
        .apply("a", json!({"n": 1}))
        .has(json!({"n": 1}))
        .owned(&[r#"a Apply {"f:n":{}}"#]);
}

#[test]
fn a_field_not_applied_any_more_is_removed() {
    Store::new()
        .apply("a", json!({"n": 1, "text": "x"}))
        .apply("a", json!({"n": 1}))
        .has(json!({"n": 1}))
        .owned(&[r#"a Apply {"f:n":{}}"#]);
}

#[test]
fn a_shared_field_stays_until_the_last_owner_goes() {
    Store::new()
        .apply("a", json!({"n": 1, "text": "x"}))
        .apply("b", json!({"n": 1}))
        .apply("a", json!({"text": "x"}))
        .has(json!({"n": 1, "text": "x"}))
        .apply("b", json!({}))
        .has(json!({"text": "x"}));
}

#[test]
fn a_field_that_an_updater_set_stays() {
    Store::new()
        .apply("a", json!({"n": 1}))
        .update("u", json!({"n": 1, "text": "x"}))
        .apply("a", json!({"n": 1}))
        .has(json!({"n": 1, "text": "x"}))
        .owned(&[r#"a Apply {"f:n":{}}"#, r#"u Update {"f:text":{}}"#]);
}

#[test]
fn a_field_given_up_to_an_updater_stays() {
    Store::new()
        .apply("a", json!({"n": 1}))
        .update("u", json!({"n": 2}))
        .apply("a", json!({}))
        .has(json!({"n": 2}))
        .owned(&[r#"u Update {"f:n":{}}"#]);
}

#[test]
fn an_empty_apply_gives_everything_up() {
    Store::new()
        .apply("a", json!({"n": 1, "texts": {"k": "v"}}))
        .apply("a", json!({}))
        .has(json!(null))
        .owned(&[]);
}

#[test]
fn members_of_a_map_have_owners_of_their_own() {
    Store::new()
        .apply("a", json!({"texts": {"k": "a"}}))
        .apply("b", json!({"texts": {"l": "b"}}))
        .has(json!({"texts": {"k": "a", "l": "b"}}))
        .apply("a", json!({"texts": {}}))
        .has(json!({"texts": {"l": "b"}}));
}

#[test]
fn structs_within_maps_are_merged() {
    Store::new()
        .apply("a", json!({"structs": {"k": {"a": "1"}}}))
        .apply("b", json!({"structs": {"k": {"b": "2"}}}))
        .has(json!({"structs": {"k": {"a": "1", "b": "2"}}}))
        .owned(&[
            r#"a Apply {"f:structs":{"f:k":{".":{},"f:a":{}}}}"#,
            r#"b Apply {"f:structs":{"f:k":{".":{},"f:b":{}}}}"#,
        ]);
}

#[test]
fn an_atomic_map_is_one_value() {
    Store::new()
        .apply("a", json!({"whole": {"red": 1, "green": 2}}))
        .apply("a", json!({"whole": {"red": 3}}))
        .has(json!({"whole": {"red": 3}}))
        .owned(&[r#"a Apply {"f:whole":{}}"#]);
}

#[test]
fn maps_without_a_schema_are_merged_and_lists_replaced() {
    Store::new()
        .apply("a", json!({"free": {"map": {"k": 1}, "list": [1, 2]}}))
        .apply("a", json!({"free": {"map": {"l": 2}, "list": [3]}}))
        .has(json!({"free": {"map": {"l": 2}, "list": [3]}}))
        .owned(&[r#"a Apply {"f:free":{"f:list":{},"f:map":{".":{},"f:l":{}}}}"#]);
}

#[test]
fn null_and_empty_are_kept_apart() {
    Store::new()
        .apply("a", json!({"texts": {}, "struct": null}))
        .has(json!({"texts": {}, "struct": null}))
        .owned(&[r#"a Apply {"f:struct":{},"f:texts":{}}"#]);
}

#[test]
fn an_empty_map_takes_nothing_away() {
    Store::new()
        .apply("a", json!({"texts": {"k": "v"}}))
        .apply("b", json!({"texts": {}}))
        .has(json!({"texts": {"k": "v"}}));
}

#[test]
fn a_value_of_either_form_may_change_its_form() {
    Store::new()
        .apply("a", json!({"size": 1}))
        .apply("a", json!({"size": "10%"}))
        .has(json!({"size": "10%"}))
        .owned(&[r#"a Apply {"f:size":{}}"#]);
}

#[test]
fn an_embedded_resource_has_metadata() {
    Store::new()
        .apply("a", json!({"template": {"metadata": {"finalizers": ["x"]}}}))
        .apply("b", json!({"template": {"metadata": {"finalizers": ["y"]}}}))
        .has(json!({"template": {"metadata": {"finalizers": ["x", "y"]}}}));
}
