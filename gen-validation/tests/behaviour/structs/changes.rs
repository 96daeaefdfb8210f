//! What may not become of values.

use serde_json::{Value, json};

use super::{Group, group};
use crate::cases::Case;

pub(super) fn immutable() -> Group {
    let types = r#"
DERIVE
pub struct Immutable {
    #[kgen(immutable)]
    pub a: Option<i32>,
    #[kgen(immutable)]
    pub b: String,
    #[kgen(each(immutable))]
    pub c: BTreeMap<String, i32>,
    #[kgen(list = map(key = "name"), each(subfield("size", immutable)))]
    pub d: Vec<Named>,
    #[kgen(monotonic)]
    pub e: Option<i32>,
    #[kgen(monotonic)]
    pub f: i64,
    pub g: Option<Fixed>,
}
DERIVE
#[kgen(immutable)]
pub struct Fixed { pub a: Option<i32> }"#;
    let update = |old: Value, new: Value, wanted: &[&str]| Case::update("Immutable", old, new, wanted);
    group(
        types,
        vec![
            Case::create("Immutable", json!({"a": 1, "b": "x", "c": {"a": 1}, "e": 1}), &[]),
            update(json!({"a": 1}), json!({"a": 1, "f": 1}), &[]),
            update(
                json!({"a": 1}),
                json!({"a": 2}),
                &["a: Invalid value: null: field is immutable"],
            ),
            update(
                json!({"a": 1}),
                json!({}),
                &["a: Invalid value: null: field is immutable"],
            ),
            update(
                json!({}),
                json!({"a": 2}),
                &["a: Invalid value: null: field is immutable"],
            ),
            update(
                json!({"b": "x"}),
                json!({"b": "y"}),
                &["b: Invalid value: null: field is immutable"],
            ),
            update(json!({"c": {"a": 1}}), json!({"c": {"a": 1, "b": 1}}), &[]),
            update(
                json!({"c": {"a": 1}}),
                json!({"c": {"a": 2}}),
                &["c[a]: Invalid value: null: field is immutable"],
            ),
            update(
                json!({"d": [{"name": "a"}]}),
                json!({"d": [{"name": "b", "size": 1}, {"name": "a", "kind": "B"}]}),
                &[],
            ),
            update(
                json!({"d": [{"name": "a"}]}),
                json!({"d": [{"name": "b"}, {"name": "a", "size": 1}]}),
                &["d[1].size: Invalid value: null: field is immutable"],
            ),
            update(json!({"e": 1}), json!({"e": 2, "f": 3}), &[]),
            update(json!({"e": 1}), json!({}), &[]),
            update(
                json!({"e": 2}),
                json!({"e": 1}),
                &["e: Invalid value: 1: may not be decreased from 2"],
            ),
            update(
                json!({"f": 2}),
                json!({"f": -1}),
                &["f: Invalid value: -1: may not be decreased from 2"],
            ),
            update(
                json!({"g": {"a": 1}}),
                json!({"g": {"a": 2}}),
                &["g: Invalid value: null: field is immutable"],
            ),
            update(json!({}), json!({"g": {"a": 2}}), &[]),
        ],
    )
}

pub(super) fn updates() -> Group {
    let types = r#"
DERIVE
pub struct Updates {
    #[kgen(update(no_set))]
    pub a: Option<i32>,
    #[kgen(optional, update(no_unset))]
    pub b: String,
    #[kgen(update(no_modify))]
    pub c: Option<i32>,
    #[kgen(list = map(key = "name"), each(subfield("size", update(no_modify))))]
    pub d: Vec<Named>,
    #[kgen(optional, update(no_set, no_unset))]
    pub e: Vec<i32>,
}"#;
    let update = |old: Value, new: Value, wanted: &[&str]| Case::update("Updates", old, new, wanted);
    group(
        types,
        vec![
            Case::create("Updates", json!({"a": 1, "b": "x", "c": 1}), &[]),
            update(
                json!({}),
                json!({"a": 1}),
                &["a: Invalid value: null: field cannot be set once created"],
            ),
            update(json!({"a": 1}), json!({"a": 2}), &[]),
            update(json!({"a": 1}), json!({}), &[]),
            update(
                json!({"b": "x"}),
                json!({}),
                &["b: Invalid value: null: field cannot be cleared once set"],
            ),
            update(json!({}), json!({"b": "x"}), &[]),
            update(
                json!({"c": 1}),
                json!({"c": 2}),
                &["c: Invalid value: null: field cannot be modified once set"],
            ),
            update(json!({"c": 1}), json!({}), &[]),
            update(json!({}), json!({"c": 1}), &[]),
            update(
                json!({"d": [{"name": "a", "size": 1}]}),
                json!({"d": [{"name": "a", "size": 2}]}),
                &["d[0].size: Invalid value: null: field cannot be modified once set"],
            ),
            update(
                json!({"e": [1]}),
                json!({}),
                &["e: Invalid value: null: field cannot be cleared once set"],
            ),
            update(
                json!({}),
                json!({"e": [1]}),
                &["e: Invalid value: null: field cannot be set once created"],
            ),
        ],
    )
}
