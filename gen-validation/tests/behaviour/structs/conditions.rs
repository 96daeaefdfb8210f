//! When rules are checked at all.

use serde_json::json;

use super::{Group, group};
use crate::cases::Case;

pub(super) fn short_circuit() -> Group {
    let types = r#"
DERIVE
pub struct Short {
    #[kgen(list = set, max_items = 2, each(minimum = 2))]
    pub a: Option<Vec<i32>>,
    #[kgen(max_properties = 1, each(minimum = 2))]
    pub b: BTreeMap<String, i32>,
    #[kgen(immutable, minimum = 2)]
    pub c: i32,
    #[kgen(immutable, list = set, max_items = 1)]
    pub d: Vec<i32>,
    #[kgen(subfield("at", max_items = 1))]
    pub e: Option<Inner>,
}
DERIVE
pub struct Inner {
    #[kgen(each(minimum = 2))]
    pub at: Vec<i32>,
}"#;
    let small = |path: &str| format!("{path}: Invalid value: 1: must be greater than or equal to 2");
    let (a, e, e1) = (small("a[0]"), small("e.at[0]"), small("e.at[1]"));
    group(
        types,
        vec![
            Case::create("Short", json!({"c": 2, "a": [1, 2]}), &[&a]),
            Case::create(
                "Short",
                json!({"c": 2, "a": [1, 1, 1]}),
                &["a: Too many: 3: must have at most 2 items"],
            ),
            Case::create(
                "Short",
                json!({"c": 2, "b": {"a": 1, "b": 1}}),
                &["b: Too many: 2: must have at most 1 item"],
            ),
            Case::update(
                "Short",
                json!({"c": 2}),
                json!({"c": 1}),
                &["c: Invalid value: null: field is immutable"],
            ),
            Case::update(
                "Short",
                json!({"c": 2}),
                json!({"c": 2, "d": [1, 1]}),
                &[
                    "d: Invalid value: null: field is immutable",
                    "d: Too many: 2: must have at most 1 item",
                ],
            ),
            Case::create(
                "Short",
                json!({"c": 2, "e": {"at": [1, 1]}}),
                &["e.at: Too many: 2: must have at most 1 item", &e, &e1],
            ),
        ],
    )
}

pub(super) fn opaque() -> Group {
    let types = r#"
DERIVE
pub struct Opaque {
    #[kgen(opaque)]
    pub a: Checked,
    pub b: Checked,
    #[kgen(each(opaque))]
    pub c: Vec<Checked>,
    #[kgen(list = set, custom_unique)]
    pub d: Vec<i32>,
}
DERIVE
pub struct Checked { #[kgen(minimum = 2)] pub at: Option<i32> }"#;
    let small = "b.at: Invalid value: 1: must be greater than or equal to 2";
    group(
        types,
        vec![
            Case::create(
                "Opaque",
                json!({"a": {"at": 1}, "b": {"at": 1}, "c": [{"at": 1}]}),
                &[small],
            ),
            Case::create("Opaque", json!({"d": [1, 1]}), &[]),
        ],
    )
}

pub(super) fn features() -> Group {
    let types = r#"
DERIVE
pub struct Features {
    #[kgen(if_enabled("A", required), if_disabled("A", forbidden))]
    pub a: Option<i32>,
    #[kgen(alpha(required, minimum = 2), beta(minimum = 3))]
    pub b: Option<i32>,
    #[kgen(if_enabled("A", list = set, max_items = 1), each(minimum = 1))]
    pub c: Vec<i32>,
}"#;
    group(
        types,
        vec![
            Case::create("Features", json!({"a": 1, "b": 3}), &[]).with("A", true),
            Case::create("Features", json!({"b": 3}), &["a: Required value"]).with("A", true),
            Case::create("Features", json!({"a": 1, "b": 3}), &["a: Forbidden"]).with("A", false),
            Case::create("Features", json!({"b": 3}), &[]).with("A", false),
            Case::create("Features", json!({}), &["b: Required value (alpha)"]).with("A", false),
            Case::create(
                "Features",
                json!({"b": 1}),
                &[
                    "b: Invalid value: 1: must be greater than or equal to 2 (alpha)",
                    "b: Invalid value: 1: must be greater than or equal to 3 (beta)",
                ],
            )
            .with("A", false),
            Case::create(
                "Features",
                json!({"a": 1, "b": 3, "c": [0, 1]}),
                &["c: Too many: 2: must have at most 1 item"],
            )
            .with("A", true),
        ],
    )
}

pub(super) fn logic() -> Group {
    let types = r#"
DERIVE
pub struct Logic {
    #[kgen(any_of(case(maximum = 2), case(minimum = 5)))]
    pub any: i32,
    #[kgen(one_of(case(min_length = 2), case(pattern = "^a")))]
    pub one: Option<String>,
    #[kgen(not(enum_values = ["x"]))]
    pub not: String,
}
DERIVE
#[kgen(one_of(case(fields_required("a")), case(fields_required("b"))))]
pub struct Members { pub a: Option<i32>, pub b: Option<i32> }"#;
    group(
        types,
        vec![
            Case::create("Logic", json!({"any": 2, "one": "a", "not": "y"}), &[]),
            Case::create("Logic", json!({"any": 5, "one": "bc", "not": "y"}), &[]),
            Case::create(
                "Logic",
                json!({"any": 3, "one": "ab", "not": "x"}),
                &[
                    "<nil>: Invalid value: \"\": \"any\" must validate at least one schema (anyOf)",
                    "any: Invalid value: 3: must be less than or equal to 2",
                    "<nil>: Invalid value: \"\": \"one\" must validate one and only one schema (oneOf). Found 2 valid alternatives",
                    "<nil>: Invalid value: \"\": \"not\" must not validate the schema (not)",
                ],
            ),
            Case::create("Members", json!({"a": 1}), &[]),
            Case::create(
                "Members",
                json!({"a": 1, "b": 1}),
                &[
                    "<nil>: Invalid value: \"\": \"\" must validate one and only one schema (oneOf). Found 2 valid alternatives",
                ],
            ),
        ],
    )
}
