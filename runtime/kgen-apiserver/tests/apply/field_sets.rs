//! `fieldsV1` and what one counts with it.

use kgen_apiserver::apply::{FieldSet, PathElement};
use proptest::prelude::*;
use serde_json::{Value, json};

fn set(json: &str) -> FieldSet {
    FieldSet::from_json(json).expect("a field set")
}

#[test]
fn the_text_is_that_of_kubernetes() {
    let texts = [
        "{}",
        r#"{"f:a":{}}"#,
        r#"{"f:a":{".":{},"f:b":{}}}"#,
        r#"{"f:a":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:name":{}}}}"#,
        // Numbers by what they count, not by their text.
        r#"{"f:a":{"k:{\"port\":80}":{},"k:{\"port\":443}":{}}}"#,
        r#"{"f:a":{"v:1":{},"v:1.5":{},"v:\"x\"":{},"v:true":{}}}"#,
        r#"{"f:a":{"f:z":{},"k:{\"k\":\"v\"}":{},"v:\"x\"":{},"i:0":{},"i:10":{}}}"#,
        r#"{"f:<a>":{"v:\"\\u003cb\\u003e\"":{}}}"#,
        r#"{"f:a/b.c:d":{}}"#,
    ];
    for text in texts {
        assert_eq!(set(text).to_json(), text);
    }
}

#[test]
fn what_is_written_otherwise_is_read_all_the_same() {
    let cases = [
        (r#"{"f:b":{},"f:a":{}}"#, r#"{"f:a":{},"f:b":{}}"#),
        (r#"{"f:a":{".":{}}}"#, r#"{"f:a":{}}"#),
        (r#"{"f:a":null}"#, r#"{"f:a":{}}"#),
        (r#"{"f:a":{},"f:a":{"f:b":{}}}"#, r#"{"f:a":{".":{},"f:b":{}}}"#),
        // What a newer writer may have meant is left out.
        (r#"{"f:a":{},"x:new":{"f:b":{}}}"#, r#"{"f:a":{}}"#),
        (r#"{"f:a":{"v:1.0":{}}}"#, r#"{"f:a":{"v:1":{}}}"#),
        (r#"{"k:{\"b\":1,\"a\":2}":{}}"#, r#"{"k:{\"a\":2,\"b\":1}":{}}"#),
    ];
    for (text, want) in cases {
        assert_eq!(set(text).to_json(), want);
    }
}

#[test]
fn what_is_no_set_is_refused() {
    for text in [
        "",
        "[]",
        "1",
        r#"{"f:a":1}"#,
        r#"{"a":{}}"#,
        r#"{"fa":{}}"#,
        r#"{"v:x":{}}"#,
        r#"{"k:1":{}}"#,
        "{} {}",
    ] {
        assert!(FieldSet::from_json(text).is_err(), "{text}");
    }
    assert!(FieldSet::from_json(r#"{"i:x":{}}"#).is_err());
}

#[test]
fn a_set_may_not_be_nested_without_end() {
    let mut value = json!({});
    for _ in 0..10_000 {
        value = Value::Object([("f:a".to_owned(), value)].into_iter().collect());
    }
    assert!(FieldSet::from_value(&value).is_err());
    // Dropping a value nests as well.
    while let Some(next) = value.get_mut("f:a").map(Value::take) {
        value = next;
    }
}

#[test]
fn an_element_is_spelled_in_messages() {
    let cases = [
        (PathElement::field("a"), ".a"),
        (PathElement::key([("b", json!(2)), ("a", json!("x"))]), "[a=\"x\",b=2]"),
        (PathElement::value(&json!("x")), "[=\"x\"]"),
        (PathElement::value(&json!(true)), "[=true]"),
        (PathElement::value(&json!(1.5)), "[=1.5]"),
        (
            PathElement::value(&json!("a\u{7}\u{200b}é\"\\\n")),
            "[=\"a\\a\\u200bé\\\"\\\\\\n\"]",
        ),
        (PathElement::Index(3), "[3]"),
    ];
    for (element, want) in cases {
        assert_eq!(element.to_string(), want);
    }
}

#[test]
fn a_parent_is_not_its_child() {
    let (parent, child) = (set(r#"{"f:a":{}}"#), set(r#"{"f:a":{"f:b":{}}}"#));
    assert_eq!(parent.difference(&child), parent);
    assert_eq!(child.difference(&parent), child);
    assert!(child.recursive_difference(&parent).is_empty());
    assert!(child.intersection(&parent).is_empty());
    assert_eq!(child.union(&parent).to_json(), r#"{"f:a":{".":{},"f:b":{}}}"#);
}

#[test]
fn leaves_have_nothing_below_them() {
    assert_eq!(
        set(r#"{"f:a":{".":{},"f:b":{}},"f:c":{}}"#).leaves().to_json(),
        r#"{"f:a":{"f:b":{}},"f:c":{}}"#
    );
}

fn elements() -> impl Strategy<Value = PathElement> {
    let literals = || {
        prop_oneof![
            "[a-c<\"é]{0,2}".prop_map(Value::from),
            any::<bool>().prop_map(Value::from),
            (-3..3_i64).prop_map(Value::from),
            Just(json!(2.5)),
            Just(json!(1e30)),
            Just(json!(i64::MAX)),
        ]
    };
    prop_oneof![
        3 => "[a-c.:<\"é]{0,2}".prop_map(|name| PathElement::field(&name)),
        1 => prop::collection::btree_map("[a-b]", literals(), 1..3)
            .prop_map(|fields| PathElement::key(fields.iter().map(|(name, value)| (name.as_str(), value.clone())))),
        1 => literals().prop_map(|value| PathElement::value(&value)),
        1 => (0..3_i64).prop_map(PathElement::Index),
    ]
}

fn sets() -> impl Strategy<Value = FieldSet> {
    prop::collection::vec(prop::collection::vec(elements(), 1..4), 0..8).prop_map(FieldSet::of)
}

proptest! {
    #[test]
    fn what_is_written_can_be_read(set in sets()) {
        prop_assert_eq!(&FieldSet::from_json(&set.to_json()).expect("its own text"), &set);
        let value = serde_json::to_value(&set).expect("a set is JSON");
        prop_assert_eq!(&FieldSet::from_value(&value).expect("its own value"), &set);
    }

    #[test]
    fn members_are_what_was_inserted(paths in prop::collection::vec(prop::collection::vec(elements(), 1..4), 0..8)) {
        let set = FieldSet::of(paths.clone());
        prop_assert!(paths.iter().all(|path| set.has(path)));
        let mut paths = paths;
        paths.sort();
        paths.dedup();
        let mut members = set.paths();
        members.sort();
        prop_assert_eq!(set.len(), members.len());
        prop_assert_eq!(members, paths);
    }

    #[test]
    fn the_algebra_is_that_of_sets_of_paths(a in sets(), b in sets()) {
        let both = |keep: &dyn Fn(bool, bool) -> bool| {
            let paths = a.paths().into_iter().chain(b.paths());
            FieldSet::of(paths.filter(|path| keep(a.has(path), b.has(path))))
        };
        prop_assert_eq!(a.union(&b), both(&|a, b| a || b));
        prop_assert_eq!(a.intersection(&b), both(&|a, b| a && b));
        prop_assert_eq!(a.difference(&b), both(&|a, b| a && !b));
        prop_assert_eq!(a.union(&b), b.union(&a));
        let below = |path: &[PathElement]| (1..=path.len()).any(|end| b.has(&path[..end]));
        prop_assert_eq!(a.recursive_difference(&b), FieldSet::of(a.paths().into_iter().filter(|path| !below(path))));
    }
}
