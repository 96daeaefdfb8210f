//! Which members may, must and must not stand together.

use serde_json::{Value, json};

use super::{Group, group};
use crate::cases::Case;

pub(super) fn unions() -> Group {
    let types = r#"
DERIVE
pub struct Unions {
    #[kgen(optional, union_member)]
    pub a: String,
    #[kgen(union_member)]
    pub b: Option<i32>,
    #[kgen(zero_or_one_of_member)]
    pub c: Option<i32>,
    #[kgen(optional, zero_or_one_of_member)]
    pub d: Vec<i32>,
    #[kgen(union_discriminator(union = "of"))]
    pub kind: Option<Kind>,
    #[kgen(union_member(union = "of", name = "A"))]
    pub e: Option<i32>,
    #[kgen(optional, union_member(union = "of", name = "B"))]
    pub f: i32,
}"#;
    let errors = ["<nil>: Invalid value: \"\": must specify one of: `a`, `b`"];
    let both = ["<nil>: Invalid value: \"{a, b}\": must specify exactly one of: `a`, `b`"];
    let group_error = ["<nil>: Invalid value: \"{c, d}\": must specify at most one of: `c`, `d`"];
    group(
        types,
        vec![
            Case::create("Unions", json!({"a": "x"}), &[]),
            Case::create("Unions", json!({"b": 0}), &[]),
            Case::create("Unions", json!({}), &errors),
            Case::create("Unions", json!({"a": "x", "b": 0}), &both),
            Case::update("Unions", json!({}), json!({"c": 1}), &[]),
            Case::update("Unions", json!({"a": "x"}), json!({"c": 1}), &errors),
            Case::update("Unions", json!({"a": "x", "b": 1}), json!({"a": "y", "b": 0}), &[]),
            Case::create("Unions", json!({"b": 0, "c": 1, "d": [1]}), &group_error),
            Case::create("Unions", json!({"b": 0, "kind": "A", "e": 1}), &[]),
            Case::create("Unions", json!({"b": 0, "kind": "C"}), &[]),
            Case::create(
                "Unions",
                json!({"b": 0, "e": 1}),
                &["e: Invalid value: \"\": may only be specified when `kind` is \"A\""],
            ),
            Case::create(
                "Unions",
                json!({"b": 0, "kind": "B", "e": 1}),
                &[
                    "e: Invalid value: \"\": may only be specified when `kind` is \"A\"",
                    "f: Invalid value: \"\": must be specified when `kind` is \"B\"",
                ],
            ),
            Case::update(
                "Unions",
                json!({"b": 0, "kind": "B"}),
                json!({"b": 1, "kind": "B"}),
                &[],
            ),
        ],
    )
}

pub(super) fn modes() -> Group {
    let types = r#"
DERIVE
pub struct Modes {
    #[kgen(mode_discriminator)]
    pub mode: Option<Kind>,
    #[kgen(if_mode("A", required, minimum = 2), if_mode("B", forbidden))]
    pub count: Option<i32>,
    #[kgen(mode_discriminator(modality = "on"))]
    pub on: bool,
    #[kgen(optional, if_mode("true", modality = "on", max_length = 2))]
    pub text: String,
}"#;
    let create = |new: Value, wanted: &[&str]| Case::create("Modes", new, wanted);
    group(
        types,
        vec![
            create(json!({"mode": "A", "count": 2}), &[]),
            create(
                json!({"mode": "A", "count": 1}),
                &["count: Invalid value: 1: must be greater than or equal to 2"],
            ),
            create(json!({"mode": "A"}), &["count: Required value"]),
            create(json!({"mode": "B", "count": 2}), &["count: Forbidden"]),
            create(json!({"mode": "C", "count": 2}), &["count: Forbidden"]),
            create(json!({"mode": "C"}), &[]),
            create(json!({"count": 2}), &["count: Forbidden"]),
            create(json!({"on": true, "text": "ab"}), &[]),
            create(
                json!({"on": true, "text": "abc"}),
                &["text: Too long: may not be more than 2 characters"],
            ),
            create(json!({"text": "ab"}), &["text: Forbidden"]),
            Case::update("Modes", json!({"mode": "A"}), json!({"mode": "A", "on": true}), &[]),
            Case::update(
                "Modes",
                json!({"mode": "C"}),
                json!({"mode": "A"}),
                &["count: Required value"],
            ),
        ],
    )
}

pub(super) fn dependents() -> Group {
    let types = r#"
DERIVE
pub struct Dependents {
    #[kgen(dependent_required("b"), dependent_forbidden("c"))]
    pub a: Option<i32>,
    #[kgen(optional)]
    pub b: String,
    pub c: Option<i32>,
}"#;
    let required = "b: Required value: must be set when a is set";
    let forbidden = "c: Forbidden: may not be set when a is set";
    group(
        types,
        vec![
            Case::create("Dependents", json!({"c": 1}), &[]),
            Case::create("Dependents", json!({"a": 1, "b": "x"}), &[]),
            Case::create("Dependents", json!({"a": 1}), &[required]),
            Case::create("Dependents", json!({"a": 1, "c": 1}), &[forbidden, required]),
            Case::update("Dependents", json!({"a": 1}), json!({"a": 2}), &[]),
            Case::update("Dependents", json!({"a": 1, "b": "x"}), json!({"a": 2}), &[required]),
        ],
    )
}

pub(super) fn choices() -> Group {
    let types = r#"
DERIVE
#[kgen(at_most_one_of("a", "b"), exactly_one_of("c", "d"), at_least_one_of("e", "f"), min_properties = 2, max_properties = 3)]
pub struct Choices {
    pub a: Option<i32>,
    pub b: Option<i32>,
    pub c: Option<i32>,
    pub d: Option<i32>,
    pub e: Option<i32>,
    pub f: Option<i32>,
}"#;
    group(
        types,
        vec![
            Case::create("Choices", json!({"c": 1, "e": 1}), &[]),
            Case::create("Choices", json!({"a": 1, "c": 1, "f": 1}), &[]),
            Case::create(
                "Choices",
                json!({"a": 1, "b": 1, "e": 1}),
                &[
                    "<nil>: Invalid value: \"\": must specify one of: `c`, `d`",
                    "<nil>: Invalid value: \"{a, b}\": must specify at most one of: `a`, `b`",
                ],
            ),
            Case::create(
                "Choices",
                json!({"a": 1, "c": 1, "e": 1, "f": 1}),
                &["<nil>: Too many: 4: must have at most 3 items"],
            ),
        ],
    )
}
