//! Rules about several values, and about changes.

use serde_json::{Value, json};

use crate::cases::Case;

/// Types with the cases for them.
pub(crate) struct Group {
    pub types: String,
    pub cases: Vec<Case>,
}

const SHARED: &str = r#"
DERIVE
pub struct Named {
    pub name: String,
    #[kgen(optional)]
    pub kind: Kind,
    #[kgen(optional)]
    pub size: i32,
}

DERIVE
pub struct Pair {
    pub name: String,
    pub port: i32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, kgen::Api)]
pub enum Kind {
    #[default]
    A,
    B,
    C,
}

pub fn even(value: &i32, _old: Option<&i32>, _operation: &Operation<'_>, path: &Path<'_>, errors: &mut Errors) {
    if value % 2 != 0 {
        errors.push(Error::invalid(path, i64::from(*value), "must be even"));
    }
}
"#;

pub(crate) fn groups() -> Vec<Group> {
    vec![
        group(SHARED, Vec::new()),
        presence(),
        filled(),
        enums(),
        unions(),
        modes(),
        dependents(),
        choices(),
        immutable(),
        updates(),
        updates_of_elements(),
        correlation(),
        short_circuit(),
        items(),
        opaque(),
        features(),
        logic(),
        functions(),
    ]
}

fn group(types: &str, cases: Vec<Case>) -> Group {
    let types = types.replace("DERIVE", "#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]");
    Group { types, cases }
}

/// What `required` asks of plain values: that they are not empty. Where nothing is said they may be.
fn filled() -> Group {
    let types = r#"
DERIVE
pub struct Filled {
    pub free: String,
    #[kgen(required)]
    pub text: String,
    #[kgen(required, min_length = 2)]
    pub long: Word,
    #[kgen(required)]
    pub count: i32,
    #[kgen(required)]
    pub size: f64,
    #[kgen(required)]
    pub on: bool,
    #[kgen(required)]
    pub list: Vec<String>,
    #[kgen(required)]
    pub map: Box<BTreeMap<String, String>>,
    #[kgen(required, default = "x")]
    pub written: String,
    #[kgen(each(required))]
    pub texts: Vec<String>,
    #[kgen(on_update(required))]
    pub later: String,
}
DERIVE
pub struct Word(pub String);"#;
    let object = |fields: &[(&str, Value)]| {
        let mut object = json!({
            "text": "a", "long": "ab", "count": 1, "size": 0.5, "on": true, "list": [""], "map": {"": ""}, "texts": ["a"],
            "later": "a"
        });
        for (name, value) in fields {
            object[*name] = value.clone();
        }
        object
    };
    let create = |name: &str, value: Value, wanted: &[&str]| Case::create("Filled", object(&[(name, value)]), wanted);
    group(
        types,
        vec![
            Case::create("Filled", object(&[]), &[]),
            create("text", json!(""), &["text: Required value"]),
            create("long", json!(""), &["long: Required value"]),
            create("long", json!("a"), &["long: Too short: must be at least 2 characters"]),
            create("count", json!(0), &["count: Required value"]),
            create("size", json!(0), &["size: Required value"]),
            create("on", json!(false), &["on: Required value"]),
            create("list", json!([]), &["list: Required value"]),
            create("map", json!({}), &["map: Required value"]),
            create("written", json!(""), &[]),
            create("texts", json!(["a", ""]), &["texts[1]: Required value"]),
            create("later", json!(""), &[]),
            Case::update(
                "Filled",
                object(&[]),
                object(&[("later", json!(""))]),
                &["later: Required value"],
            ),
            Case::update(
                "Filled",
                object(&[("text", json!(""))]),
                object(&[("text", json!("")), ("count", json!(0))]),
                &["count: Required value"],
            ),
        ],
    )
}

fn presence() -> Group {
    let types = r#"
DERIVE
pub struct Presence {
    #[kgen(required)]
    pub a: Option<i32>,
    #[kgen(optional, minimum = 3, max_length = 1)]
    pub either: IntOrString,
    #[kgen(optional, min_length = 2)]
    pub name: String,
    #[kgen(optional, minimum = 2)]
    pub count: i32,
    #[kgen(default = 5, minimum = 2)]
    pub port: Option<i32>,
    #[kgen(subfield("name", required, min_length = 2))]
    pub key: ConfigMapKeySelector,
    #[kgen(subfield("kind", required), subfield("size", forbidden))]
    pub named: Option<Named>,
}"#;
    let object = |fields: &[(&str, Value)]| {
        let mut object = json!({"a": 1, "port": 2, "key": {"key": "", "name": "ab"}});
        for (name, value) in fields {
            object[*name] = value.clone();
        }
        object
    };
    let create = |name: &str, value: Value, wanted: &[&str]| Case::create("Presence", object(&[(name, value)]), wanted);
    group(
        types,
        vec![
            Case::create("Presence", object(&[]), &[]),
            create("a", json!(null), &["a: Required value"]),
            Case::update(
                "Presence",
                object(&[("a", json!(null))]),
                object(&[("a", json!(null))]),
                &[],
            ),
            Case::update(
                "Presence",
                object(&[]),
                object(&[("a", json!(null))]),
                &["a: Required value"],
            ),
            create("name", json!(""), &[]),
            create("name", json!("a"), &["name: Too short: must be at least 2 characters"]),
            create("count", json!(0), &[]),
            create(
                "count",
                json!(1),
                &["count: Invalid value: 1: must be greater than or equal to 2"],
            ),
            create(
                "either",
                json!("ab"),
                &["either: Too long: may not be more than 1 character"],
            ),
            create("port", json!(null), &["port: Required value"]),
            create(
                "key",
                json!({"key": "a", "name": "a"}),
                &["key.name: Too short: must be at least 2 characters"],
            ),
            create("named", json!({"name": "", "kind": "B"}), &[]),
            create(
                "named",
                json!({"name": "", "size": 3}),
                &["named.kind: Required value", "named.size: Forbidden"],
            ),
        ],
    )
}

fn enums() -> Group {
    let types = r#"
#[derive(Clone, Debug, PartialEq, kgen::Api)]
pub enum Phase {
    Done,
    #[kgen(excluded)]
    Gone,
    #[kgen(excluded_if(disabled = "Late"))]
    Late,
    #[kgen(excluded_if(enabled = "Never"))]
    Ever,
    #[kgen(other)]
    Other(String),
}
#[derive(Clone, Debug, PartialEq, kgen::Api)]
pub enum Open {
    B,
    A,
    #[kgen(other)]
    Other(String),
}
#[derive(Clone, Debug, PartialEq, kgen::Api)]
#[kgen(closed)]
pub enum Closed {
    B,
    A,
    #[kgen(other)]
    Other(String),
}
DERIVE
pub struct Enums { pub phase: Option<Phase>, pub open: Vec<Open>, pub closed: Vec<Closed> }"#;
    let phase = |value: &str, wanted: &[&str]| Case::create("Enums", json!({"phase": value}), wanted);
    let both = |case: Case, late: bool, never: bool| case.with("Late", late).with("Never", never);
    group(
        types,
        vec![
            Case::create("Enums", json!({"open": ["A", "C"], "closed": ["A", "B"]}), &[]),
            Case::create(
                "Enums",
                json!({"open": ["A", "C"], "closed": ["A", "C"]}),
                &["closed[1]: Unsupported value: \"C\": supported values: \"A\", \"B\""],
            ),
            both(phase("Done", &[]), true, false),
            both(phase("Late", &[]), true, false),
            both(
                phase(
                    "Gone",
                    &["phase: Unsupported value: \"Gone\": supported values: \"Done\", \"Ever\", \"Late\""],
                ),
                true,
                false,
            ),
            both(
                phase(
                    "Late",
                    &["phase: Unsupported value: \"Late\": supported values: \"Done\", \"Ever\""],
                ),
                false,
                false,
            ),
            both(
                phase(
                    "Ever",
                    &["phase: Unsupported value: \"Ever\": supported values: \"Done\", \"Late\""],
                ),
                true,
                true,
            ),
            both(
                phase(
                    "New",
                    &["phase: Unsupported value: \"New\": supported values: \"Done\""],
                ),
                false,
                true,
            ),
            phase("Done", &["phase: Internal error: undefined validation option \"Late\""]),
        ],
    )
}

fn unions() -> Group {
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

fn modes() -> Group {
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

fn dependents() -> Group {
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

fn choices() -> Group {
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

fn immutable() -> Group {
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

fn updates() -> Group {
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

fn updates_of_elements() -> Group {
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

/// Which old element a new one is compared with.
fn correlation() -> Group {
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

fn short_circuit() -> Group {
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

fn items() -> Group {
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

fn opaque() -> Group {
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

fn features() -> Group {
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

fn logic() -> Group {
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

fn functions() -> Group {
    let types = r#"
DERIVE
#[kgen(validate_with = of_type)]
pub struct Functions {
    #[kgen(validate_with = of_text, max_length = 2)]
    pub errors: Option<String>,
    #[kgen(validate_with = of_list)]
    pub path: Vec<i32>,
    #[kgen(each(validate_with = of_text))]
    pub old: Vec<String>,
    #[kgen(validate_with = Named::check)]
    pub operation: Option<Box<Named>>,
}
impl Named {
    pub fn check(&self, old: Option<&Self>, _operation: &Operation<'_>, path: &Path<'_>, errors: &mut Errors) {
        if old.is_some_and(|old| old.size > self.size) {
            errors.push(Error::forbidden(path, "shrinks"));
        }
    }
}
pub fn of_type(_value: &Functions, old: Option<&Functions>, _operation: &Operation<'_>, path: &Path<'_>, errors: &mut Errors) {
    if old.is_some_and(|old| old.path.is_empty()) {
        errors.push(Error::forbidden(path, "was empty"));
    }
}
pub fn of_text(value: &str, old: Option<&str>, _operation: &Operation<'_>, path: &Path<'_>, errors: &mut Errors) {
    if value == "x" {
        errors.push(Error::invalid(path, value, format!("was {old:?}")));
    }
}
pub fn of_list(value: &[i32], old: Option<&[i32]>, operation: &Operation<'_>, path: &Path<'_>, errors: &mut Errors) {
    if operation.is_update() && value.len() < old.map_or(0, <[i32]>::len) {
        errors.push(Error::forbidden(path, "shrinks"));
    }
}"#;
    let update = |old: Value, new: Value, wanted: &[&str]| Case::update("Functions", old, new, wanted);
    group(
        types,
        vec![
            Case::create(
                "Functions",
                json!({"errors": "x"}),
                &["errors: Invalid value: \"x\": was None"],
            ),
            update(
                json!({"path": [1], "errors": "y"}),
                json!({"path": [1], "errors": "x"}),
                &["errors: Invalid value: \"x\": was Some(\"y\")"],
            ),
            update(json!({}), json!({}), &["<nil>: Forbidden: was empty"]),
            update(
                json!({"path": [1, 2]}),
                json!({"path": [2]}),
                &["path: Forbidden: shrinks"],
            ),
            Case::create(
                "Functions",
                json!({"old": ["x"]}),
                &["old[0]: Invalid value: \"x\": was None"],
            ),
            update(
                json!({"path": [1], "operation": {"name": "", "size": 2}}),
                json!({"path": [1], "operation": {"name": "", "size": 1}}),
                &["operation: Forbidden: shrinks"],
            ),
        ],
    )
}
