//! JSON patches and JSON merge patches.

use kgen_apiserver::patch::{MAX_COPIED_BYTES, MAX_OPERATIONS, PatchError, json_patch, merge_patch};
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn operations_do_what_they_say() {
    let cases = [
        (
            json!({"a": 1}),
            json!([{"op": "add", "path": "/b", "value": 2}]),
            json!({"a": 1, "b": 2}),
        ),
        (
            json!({"a": 1}),
            json!([{"op": "add", "path": "/a", "value": null}]),
            json!({"a": null}),
        ),
        (
            json!({"a": [1, 3]}),
            json!([{"op": "add", "path": "/a/1", "value": 2}]),
            json!({"a": [1, 2, 3]}),
        ),
        (
            json!({"a": [1]}),
            json!([{"op": "add", "path": "/a/-", "value": 2}]),
            json!({"a": [1, 2]}),
        ),
        (
            json!({"a": [1]}),
            json!([{"op": "add", "path": "/a/1", "value": 2}]),
            json!({"a": [1, 2]}),
        ),
        (
            json!({"a": [1, 2]}),
            json!([{"op": "remove", "path": "/a/0"}]),
            json!({"a": [2]}),
        ),
        (
            json!({"a": [1, 2]}),
            json!([{"op": "remove", "path": "/a/-1"}]),
            json!({"a": [1]}),
        ),
        (
            json!({"a": 1, "b": 2}),
            json!([{"op": "remove", "path": "/a"}]),
            json!({"b": 2}),
        ),
        (
            json!({"a": 1}),
            json!([{"op": "replace", "path": "/a", "value": {"b": 1}}]),
            json!({"a": {"b": 1}}),
        ),
        (
            json!({"a": 1}),
            json!([{"op": "replace", "path": "", "value": {"b": 1}}]),
            json!({"b": 1}),
        ),
        // Kubernetes lets a missing member be replaced.
        (
            json!({}),
            json!([{"op": "replace", "path": "/a", "value": 1}]),
            json!({"a": 1}),
        ),
        (
            json!({"a": {"b": 1}}),
            json!([{"op": "move", "from": "/a/b", "path": "/c"}]),
            json!({"a": {}, "c": 1}),
        ),
        (
            json!({"a": [1, 2]}),
            json!([{"op": "move", "from": "/a/0", "path": "/a/1"}]),
            json!({"a": [2, 1]}),
        ),
        (
            json!({"a": {"b": 1}}),
            json!([{"op": "copy", "from": "/a", "path": "/c"}]),
            json!({"a": {"b": 1}, "c": {"b": 1}}),
        ),
        (
            json!({"a/b": 1, "c~d": 2}),
            json!([{"op": "remove", "path": "/a~1b"}, {"op": "remove", "path": "/c~0d"}]),
            json!({}),
        ),
        (
            json!({"a": 1}),
            json!([{"op": "test", "path": "/a", "value": 1}]),
            json!({"a": 1}),
        ),
        (
            json!({"a": 1}),
            json!([{"op": "test", "path": "/b", "value": null}]),
            json!({"a": 1}),
        ),
        (
            json!({"a": 1}),
            json!([{"op": "test", "path": "", "value": {"a": 1}}]),
            json!({"a": 1}),
        ),
        (json!({"a": 1}), json!([]), json!({"a": 1})),
        (json!({"": 1}), json!([{"op": "remove", "path": "/"}]), json!({})),
    ];
    for (document, patch, want) in cases {
        assert_eq!(json_patch(document, &patch), Ok(want), "{patch}");
    }
}

#[test]
fn operations_that_cannot_be_done_refuse_the_patch() {
    let document = json!({"a": {"b": [1]}, "text": "x"});
    let cases = [
        (
            json!({"op": "add", "path": "/x/y", "value": 1}),
            "add operation does not apply: doc is missing path: \"/x/y\": missing value",
        ),
        (
            json!({"op": "add", "path": "/text/y", "value": 1}),
            "add operation does not apply: doc is missing path: \"/text/y\": missing value",
        ),
        (
            json!({"op": "add", "path": "", "value": 1}),
            "add operation does not apply: doc is missing path: \"\": missing value",
        ),
        (
            json!({"op": "add", "path": "/a/b/2", "value": 1}),
            "error in add for path: '/a/b/2': Unable to access invalid index: 2: invalid index referenced",
        ),
        (
            json!({"op": "add", "path": "/a/b/x", "value": 1}),
            "error in add for path: '/a/b/x': value was not a proper array index: 'x'",
        ),
        (
            json!({"op": "remove", "path": "/x"}),
            "error in remove for path: '/x': Unable to remove nonexistent key: x: missing value",
        ),
        (
            json!({"op": "remove", "path": "/a/b/-2"}),
            "error in remove for path: '/a/b/-2': Unable to access invalid index: -2: invalid index referenced",
        ),
        (
            json!({"op": "replace", "path": "/a/b/1", "value": 1}),
            "replace operation does not apply: doc is missing key: /a/b/1: missing value",
        ),
        (
            json!({"op": "replace", "path": "", "value": 1}),
            "replace operation value must be object or array",
        ),
        (
            json!({"op": "test", "path": "/text", "value": "y"}),
            "testing value /text failed: test failed",
        ),
        (
            json!({"op": "test", "path": "/text"}),
            "testing value /text failed: test failed",
        ),
        (
            json!({"op": "move", "path": "/a"}),
            "operation missing from field: missing value",
        ),
        (
            json!({"op": "move", "from": "/a", "path": "/a/c"}),
            "move operation does not apply: doc is missing path: \"/a/c\": missing value",
        ),
        (json!({"op": "add"}), "operation missing path field: missing value"),
        (json!({"op": "add", "path": 1}), "operation has a path that is no text"),
        (json!({"op": "grow", "path": "/a"}), "Unexpected kind: grow"),
        (json!({"path": "/a"}), "Unexpected kind: unknown"),
    ];
    for (operation, want) in cases {
        let error = json_patch(document.clone(), &json!([operation])).expect_err("the operation cannot be done");
        assert_eq!(error, PatchError::Failed(want.to_owned()), "{operation}");
        assert_eq!((error.code(), error.reason()), (422, "Invalid"));
    }
}

#[test]
fn what_is_no_patch_is_a_bad_request() {
    for patch in [json!({}), json!("x"), json!([1]), json!(null)] {
        let error = json_patch(json!({}), &patch).expect_err("no patch");
        assert_eq!((error.code(), error.reason()), (400, "BadRequest"), "{patch}");
    }
}

#[test]
fn too_many_operations_are_too_large() {
    let operation = json!({"op": "test", "path": "", "value": {}});
    assert!(json_patch(json!({}), &Value::Array(vec![operation.clone(); MAX_OPERATIONS])).is_ok());
    let error = json_patch(json!({}), &Value::Array(vec![operation; MAX_OPERATIONS + 1])).expect_err("too many");
    assert_eq!(error.code(), 413);
    assert_eq!(
        error.to_string(),
        "The allowed maximum operations in a JSON patch is 10000, got 10001"
    );
}

#[test]
fn copies_cannot_grow_without_end() {
    let copy = json!({"op": "copy", "from": "/a", "path": "/a/-"});
    let document = json!({"a": ["x".repeat(1000)]});
    let error = json_patch(document, &Value::Array(vec![copy; 40])).expect_err("it doubles every time");
    assert!(
        matches!(&error, PatchError::Failed(why) if why.ends_with(&format!("limit {MAX_COPIED_BYTES}"))),
        "{error:?}"
    );
}

#[test]
fn documents_cannot_be_nested_without_end() {
    let copy = json!({"op": "copy", "from": "/a", "path": "/a/a"});
    let error = json_patch(json!({"a": {}}), &Value::Array(vec![copy; 20]));
    assert!(error.is_ok(), "each replaces the last");
    let nest = json!([{"op": "copy", "from": "/a", "path": "/b/a"}, {"op": "copy", "from": "/b", "path": "/a"}]);
    let nest: Vec<Value> = nest
        .as_array()
        .expect("a list")
        .iter()
        .cycle()
        .take(400)
        .cloned()
        .collect();
    let error = json_patch(json!({"a": {}, "b": {}}), &Value::Array(nest)).expect_err("too deep");
    assert!(
        matches!(&error, PatchError::Failed(why) if why.ends_with("nested too deeply")),
        "{error:?}"
    );
}

#[test]
fn what_is_nested_too_deeply_is_refused() {
    let mut deep = json!({});
    for _ in 0..1000 {
        deep = Value::Object([("a".to_owned(), deep)].into_iter().collect());
    }
    let refused = Err(PatchError::Malformed("nested too deeply".to_owned()));
    assert_eq!(merge_patch(json!({}), deep.clone()), refused);
    assert_eq!(json_patch(deep, &json!([])), refused);
}

#[test]
fn merge_patches_merge() {
    let cases = [
        (json!({"a": "b"}), json!({"a": "c"}), json!({"a": "c"})),
        (json!({"a": "b"}), json!({"b": "c"}), json!({"a": "b", "b": "c"})),
        (json!({"a": "b"}), json!({"a": null}), json!({})),
        (json!({"a": "b"}), json!({"c": null}), json!({"a": "b"})),
        (json!({"a": ["b"]}), json!({"a": "c"}), json!({"a": "c"})),
        (json!({"a": "c"}), json!({"a": ["b"]}), json!({"a": ["b"]})),
        (
            json!({"a": {"b": "c"}}),
            json!({"a": {"b": "d", "c": null}}),
            json!({"a": {"b": "d"}}),
        ),
        (json!({"a": [{"b": "c"}]}), json!({"a": [1]}), json!({"a": [1]})),
        (json!({"e": null}), json!({"a": 1}), json!({"e": null, "a": 1})),
        (json!({}), json!({"a": {"bb": {"ccc": null}}}), json!({"a": {"bb": {}}})),
        (json!(null), json!({"a": {"b": null}}), json!({"a": {}})),
        (
            json!({"a": {"b": 1}}),
            json!({"a": [{"b": null}]}),
            json!({"a": [{"b": null}]}),
        ),
        (
            json!({"a": 1}),
            json!({"a": [{"b": null}, null]}),
            json!({"a": [{}, null]}),
        ),
    ];
    for (document, patch, want) in cases {
        assert_eq!(merge_patch(document, patch.clone()), Ok(want), "{patch}");
    }
    for patch in [json!(null), json!([1]), json!("x")] {
        assert_eq!(
            merge_patch(json!({}), patch),
            Err(PatchError::Malformed("Invalid JSON Patch".to_owned()))
        );
    }
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0..3_i64).prop_map(Value::from)
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("[ab]", inner, 0..3).prop_map(|members| json!(members)),
        ]
    })
}

fn operations() -> impl Strategy<Value = Value> {
    let path = || "(/[ab01-]){0,3}";
    let op = prop_oneof![
        Just("add"),
        Just("remove"),
        Just("replace"),
        Just("move"),
        Just("copy"),
        Just("test")
    ];
    (op, path(), path(), values())
        .prop_map(|(op, path, from, value)| json!({"op": op, "path": path, "from": from, "value": value}))
}

proptest! {
    #[test]
    fn no_patch_panics(document in values(), operations in prop::collection::vec(operations(), 0..6)) {
        let _outcome = json_patch(document, &Value::Array(operations));
    }

    #[test]
    fn merging_twice_is_merging_once(document in values(), patch in values()) {
        if let Ok(once) = merge_patch(document, patch.clone()) {
            prop_assert_eq!(merge_patch(once.clone(), patch), Ok(once));
        }
    }
}
