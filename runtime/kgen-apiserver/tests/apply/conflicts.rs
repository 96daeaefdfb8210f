//! Fields that two want differently.

use kgen_apiserver::apply::ApplyError;
use serde_json::json;

use crate::things::{Store, refusal};

#[test]
fn another_applier_is_named() {
    let mut store = Store::new().apply("a", json!({"n": 1}));
    assert_eq!(
        refusal(&mut store, "b", json!({"n": 2})),
        r#"Apply failed with 1 conflict: conflict with "a": .spec.n"#
    );
    store.has(json!({"n": 1})).owned(&[r#"a Apply {"f:n":{}}"#]);
}

#[test]
fn an_updater_is_named_with_its_version() {
    let mut store = Store::new().update("u", json!({"texts": {"k": "v"}}));
    assert_eq!(
        refusal(&mut store, "b", json!({"texts": {"k": "w"}})),
        r#"Apply failed with 1 conflict: conflict with "u" using example.com/v1: .spec.texts.k"#
    );
}

#[test]
fn several_are_listed_by_manager() {
    let mut store = Store::new()
        .apply("b", json!({"n": 1, "ports": [{"port": 80, "name": "web"}]}))
        .apply("a", json!({"text": "x"}));
    assert_eq!(
        refusal(
            &mut store,
            "c",
            json!({"n": 2, "text": "y", "ports": [{"port": 80, "name": "www"}]})
        ),
        "Apply failed with 3 conflicts: conflicts with \"a\":\n- .spec.text\nconflicts with \"b\":\n- .spec.n\n\
         - .spec.ports[port=80,protocol=\"TCP\"].name"
    );
}

#[test]
fn the_status_has_a_cause_for_each() {
    let mut store = Store::new().apply("a", json!({"n": 1}));
    let error = store.try_apply("b", json!({"n": 2}), false).expect_err("a conflict");
    assert_eq!((error.code(), error.reason()), (409, "Conflict"));
    let causes = error.causes();
    let cause = causes.first().expect("a cause");
    assert_eq!(
        (cause.reason, cause.message.as_str(), cause.field.as_str()),
        ("FieldManagerConflict", "conflict with \"a\"", ".spec.n")
    );
}

#[test]
fn the_same_value_is_shared() {
    Store::new()
        .apply("a", json!({"n": 1}))
        .apply("b", json!({"n": 1}))
        .owned(&[r#"b Apply {"f:n":{}}"#, r#"a Apply {"f:n":{}}"#]);
}

#[test]
fn numbers_are_the_same_if_they_count_the_same() {
    Store::new()
        .apply("a", json!({"n": 1}))
        .apply("b", json!({"n": 1.0}))
        .has(json!({"n": 1.0}));
}

#[test]
fn force_takes_a_field_over() {
    Store::new()
        .apply("a", json!({"n": 1, "text": "x"}))
        .force("b", json!({"n": 2}))
        .has(json!({"n": 2, "text": "x"}))
        .owned(&[r#"a Apply {"f:text":{}}"#, r#"b Apply {"f:n":{}}"#]);
}

#[test]
fn a_manager_who_loses_everything_is_forgotten() {
    Store::new()
        .apply("a", json!({"n": 1}))
        .force("b", json!({"n": 2}))
        .owned(&[r#"b Apply {"f:n":{}}"#]);
}

#[test]
fn an_update_takes_without_asking() {
    Store::new()
        .apply("a", json!({"n": 1, "text": "x"}))
        .update("u", json!({"n": 2, "text": "x"}))
        .owned(&[r#"a Apply {"f:text":{}}"#, r#"u Update {"f:n":{}}"#]);
}

#[test]
fn removal_is_no_conflict() {
    Store::new()
        .apply("a", json!({"n": 1}))
        .update("u", json!({}))
        .has(json!(null))
        .owned(&[]);
}

#[test]
fn an_atomic_list_conflicts_as_a_whole() {
    let mut store = Store::new().apply("a", json!({"atomic": ["x"]}));
    let error = store.try_apply("b", json!({"atomic": ["x", "y"]}), false);
    assert!(
        matches!(&error, Err(ApplyError::Conflicts(conflicts)) if conflicts.iter().count() == 1),
        "{error:?}"
    );
}

#[test]
fn large_numbers_are_spelled_as_in_go() {
    let mut store = Store::new().apply("a", json!({"ports": [{"port": 1_000_000, "name": "x"}]}));
    let message = refusal(&mut store, "b", json!({"ports": [{"port": 1_000_000, "name": "y"}]}));
    assert!(
        message.ends_with(".spec.ports[port=1e+06,protocol=\"TCP\"].name"),
        "{message}"
    );
}
