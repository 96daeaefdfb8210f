//! Elements of lists: with which old one each is compared, and single ones by their keys.

use serde_json::{Value, json};

use super::{Group, group};
use crate::cases::Case;

/// Which old element a new one is compared with.
pub(super) fn correlation() -> Group {
    let types = r#"
DERIVE
pub struct Correlated {
    #[kgen(list = atomic, each(minimum = 2))]
    pub atomic: Vec<i32>,
    #[kgen(list = set, each(minimum = 2))]
    pub set: Vec<i32>,
    #[kgen(list = map(key = "name"))]
    pub map: Vec<Sized>,
    #[kgen(list = map(key = "name", key = "kind"))]
    pub maps: Option<Vec<Sized>>,
    pub plain: Vec<Sized>,
    #[kgen(each_key(max_length = 1))]
    pub keys: BTreeMap<String, i32>,
}
DERIVE
pub struct Sized {
    pub name: String,
    #[kgen(default = Kind::B)]
    pub kind: Kind,
    #[kgen(minimum = 2)]
    pub size: Option<i32>,
}"#;
    let update = |old: Value, new: Value, wanted: &[&str]| Case::update("Correlated", old, new, wanted);
    let small = "Invalid value: 1: must be greater than or equal to 2";
    let at = |path: &str| format!("{path}: {small}");
    let [first, second, named, two, plain] =
        ["atomic[0]", "atomic[1]", "map[1].size", "maps[0].size", "plain[0].size"].map(at);
    group(
        types,
        vec![
            update(json!({"atomic": [1]}), json!({"atomic": [1, 2]}), &[&first]),
            update(json!({"atomic": [2]}), json!({"atomic": [1, 1]}), &[&first, &second]),
            update(json!({"set": [1]}), json!({"set": [2, 1]}), &[]),
            update(
                json!({"map": [{"name": "a", "size": 1}]}),
                json!({"map": [{"name": "b"}, {"name": "a", "size": 1}]}),
                &[],
            ),
            update(
                json!({"map": [{"name": "a", "size": 1}]}),
                json!({"map": [{"name": "b"}, {"name": "c", "size": 1}]}),
                &[&named],
            ),
            update(
                json!({"map": [{"name": "a", "size": 1, "kind": "A"}]}),
                json!({"map": [{"name": "a", "size": 1, "kind": "B"}]}),
                &[],
            ),
            update(
                json!({"maps": [{"name": "a", "size": 1, "kind": "A"}]}),
                json!({"maps": [{"name": "a", "size": 1, "kind": "B"}]}),
                &[&two],
            ),
            update(
                json!({"plain": [{"name": "a", "size": 1}]}),
                json!({"plain": [{"name": "a", "size": 1}, {"name": "b"}]}),
                &[&plain],
            ),
            update(json!({"keys": {"ab": 1}}), json!({"keys": {"ab": 2, "c": 1}}), &[]),
            update(
                json!({"keys": {"ab": 1}}),
                json!({"keys": {"bc": 1}}),
                &["keys: Too long: may not be more than 1 character"],
            ),
        ],
    )
}

pub(super) fn updates_of_elements() -> Group {
    let types = r#"
DERIVE
pub struct Elements {
    #[kgen(list = set, update(no_add_item))]
    pub a: Option<Vec<String>>,
    #[kgen(list = map(key = "name"), update(no_remove_item))]
    pub b: Vec<Named>,
    #[kgen(update(no_add_item, no_remove_item))]
    pub c: BTreeMap<String, i32>,
    #[kgen(update(no_add_item))]
    pub d: Option<BTreeMap<String, i32>>,
}"#;
    let update = |old: Value, new: Value, wanted: &[&str]| Case::update("Elements", old, new, wanted);
    group(
        types,
        vec![
            update(json!({"a": ["x", "y"]}), json!({"a": ["y"]}), &[]),
            update(
                json!({"a": ["x"]}),
                json!({"a": ["y", "x"]}),
                &["a[0]: Forbidden: item may not be added"],
            ),
            update(
                json!({}),
                json!({"a": ["y"]}),
                &["a[0]: Forbidden: item may not be added"],
            ),
            update(
                json!({"b": [{"name": "x"}]}),
                json!({"b": [{"name": "y"}, {"name": "x", "size": 1}]}),
                &[],
            ),
            update(
                json!({"b": [{"name": "x"}]}),
                json!({"b": [{"name": "y"}]}),
                &["b: Forbidden: item may not be removed"],
            ),
            update(
                json!({"c": {"x": 1}}),
                json!({"c": {"y": 1}}),
                &[
                    "c[y]: Forbidden: item may not be added",
                    "c[x]: Forbidden: item may not be removed",
                ],
            ),
            update(
                json!({"d": {"x": 1}}),
                json!({"d": {"x": 1, "y": 1}}),
                &["d[y]: Forbidden: item may not be added"],
            ),
            Case::create("Elements", json!({"a": ["x"], "b": [{"name": "x"}]}), &[]),
        ],
    )
}

pub(super) fn items() -> Group {
    let types = r#"
DERIVE
pub struct Items {
    #[kgen(list = map(key = "name"), item(name = "a", immutable), item(name = "b", subfield("size", minimum = 2)))]
    pub of: Vec<Named>,
    #[kgen(list = atomic, unique = map(key = "kind", key = "size"), item(kind = "B", size = 1, subfield("name", max_length = 1)))]
    pub by: Vec<Named>,
}"#;
    group(
        types,
        vec![
            Case::create("Items", json!({"of": [{"name": "a"}, {"name": "b", "size": 2}]}), &[]),
            Case::create(
                "Items",
                json!({"of": [{"name": "a"}, {"name": "b", "size": 1}]}),
                &["of[1].size: Invalid value: 1: must be greater than or equal to 2"],
            ),
            Case::update(
                "Items",
                json!({"of": [{"name": "a"}]}),
                json!({"of": [{"name": "c"}, {"name": "a"}]}),
                &[],
            ),
            Case::update(
                "Items",
                json!({"of": [{"name": "a"}]}),
                json!({"of": [{"name": "a", "size": 1}]}),
                &["of[0]: Invalid value: null: field is immutable"],
            ),
            Case::create(
                "Items",
                json!({"by": [{"name": "ab"}, {"name": "ab", "kind": "B", "size": 1}]}),
                &["by[1].name: Too long: may not be more than 1 character"],
            ),
        ],
    )
}
