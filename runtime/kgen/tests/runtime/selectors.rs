//! Selectors by labels and by fields.

use std::borrow::Cow;
use std::collections::BTreeMap;

use kgen::k8s;
use kgen::selector::{FieldSelector, LabelSelector};
use kgen::serde_json::{self, json};
use proptest::prelude::*;

fn labels(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect()
}

#[test]
fn label_selectors_are_read_and_written() {
    for (text, written) in [
        ("", ""),
        ("x=a,y=b,z=c", "x=a,y=b,z=c"),
        ("z=c,x==a", "x=a,z=c"),
        (" x != a , y = b ", "x!=a,y=b"),
        ("x=", "x="),
        ("x=,z= ", "x=,z="),
        ("!x", "!x"),
        ("! x", "!x"),
        ("x", "x"),
        ("x,!y", "x,!y"),
        ("x>1,z<5", "x>1,z<5"),
        ("x in (b,a)", "x in (a,b)"),
        ("x in (a)", "x=a"),
        ("x in ()", "x="),
        ("x in (a,)", "x in (,a)"),
        ("x notin (a,,b)", "x notin (,a,b)"),
        ("in in (in)", "in=in"),
        ("notin", "notin"),
        ("x=notin", "x=notin"),
        ("a.example.com/b=c", "a.example.com/b=c"),
    ] {
        let selector: LabelSelector = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(selector.to_string(), written, "{text}");
        assert_eq!(written.parse(), Ok(selector), "{text}");
    }
}

#[test]
fn what_is_no_label_selector_says_why() {
    for (text, message) in [
        ("x=a==b", "found '==', expected: ',' or 'end of string'"),
        ("!x=a", "found '=', expected: ',' or 'end of string'"),
        ("x=a,", "found '', expected: identifier after ','"),
        ("x=a,,y", "found ',', expected: identifier after ','"),
        (",x", "found ',', expected: !, identifier, or 'end of string'"),
        (
            "x a",
            "unable to parse requirement: found 'a', expected: in, notin, =, ==, !=, gt, lt",
        ),
        ("x in a", "unable to parse requirement: found 'a' expected: '('"),
        ("x in (a", "unable to parse requirement: found '', expected: ',' or ')'"),
        ("!", "unable to parse requirement: found '', expected: identifier"),
        (
            "x<a",
            r#"unable to parse requirement: values[0]: Invalid value: "a": for 'Gt', 'Lt' operators, the value must be an integer"#,
        ),
    ] {
        let error = text.parse::<LabelSelector>().expect_err(text);
        assert_eq!(error.to_string(), message, "{text}");
    }
    for text in ["a$=b", "x=a||y=b", "a=$", "a/b/c", "x in ($)"] {
        let error = text.parse::<LabelSelector>().expect_err(text).to_string();
        assert!(
            error.starts_with("unable to parse requirement: ") && error.contains("Invalid value"),
            "{error}"
        );
    }
    let error = "a$=b".parse::<LabelSelector>().expect_err("no label").to_string();
    assert!(
        error.starts_with(r#"unable to parse requirement: <nil>: Invalid value: "a$": name part must"#),
        "{error}"
    );
    let error = "a=$".parse::<LabelSelector>().expect_err("no value").to_string();
    assert!(
        error.contains(r#"values[0][a]: Invalid value: "$": a valid label must be"#),
        "{error}"
    );
}

#[test]
fn label_selectors_select() {
    let have = labels(&[("x", "a"), ("n", "5")]);
    for (text, wanted) in [
        ("", true),
        ("x", true),
        ("y", false),
        ("!y", true),
        ("!x", false),
        ("x=a", true),
        ("x=b", false),
        ("y=", false),
        ("x!=b", true),
        ("y!=b", true),
        ("x in (a,b)", true),
        ("y in (a)", false),
        ("x notin (b)", true),
        ("y notin (b)", true),
        ("x notin (a,b)", false),
        ("n>4", true),
        ("n>5", false),
        ("n<6", true),
        ("x<6", false),
        ("y<6", false),
        ("x=a,n=5", true),
        ("x=a,n=6", false),
        ("x,x!=a", false),
    ] {
        let selector: LabelSelector = text.parse().expect(text);
        assert_eq!(selector.matches(Some(&have)), wanted, "{text}");
    }
    assert!("!x".parse::<LabelSelector>().expect("a selector").matches(None));
    assert!(!"x".parse::<LabelSelector>().expect("a selector").matches(None));
}

#[test]
fn selectors_of_objects_select_alike() {
    let read = |value| {
        let selector: k8s::LabelSelector = serde_json::from_value(value).expect("a selector");
        LabelSelector::try_from(&selector).map(|selector| selector.to_string())
    };
    let expressions = json!([
        {"key": "t", "operator": "In", "values": ["b", "a"]}, {"key": "u", "operator": "NotIn", "values": ["c"]},
        {"key": "v", "operator": "Exists"}, {"key": "w", "operator": "DoesNotExist"},
    ]);
    let selector = read(json!({"matchLabels": {"x": "y"}, "matchExpressions": expressions}));
    assert_eq!(selector.as_deref(), Ok("t in (a,b),u!=c,v,!w,x=y"));
    assert_eq!(read(json!({})).as_deref(), Ok(""));

    let fault = |expression| {
        read(json!({"matchExpressions": [expression]}))
            .expect_err("no selector")
            .to_string()
    };
    assert_eq!(
        fault(json!({"key": "a", "operator": "Gt", "values": ["1"]})),
        r#""Gt" is not a valid label selector operator"#
    );
    assert_eq!(
        fault(json!({"key": "a", "operator": "In"})),
        "values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty"
    );
}

#[test]
fn field_selectors_are_read_and_written() {
    for (text, written) in [
        ("", ""),
        ("metadata.name=a", "metadata.name=a"),
        ("a==b,c!=d", "a=b,c!=d"),
        ("a=b,,c=d,", "a=b,c=d"),
        (r"a=b\,c", r"a=b\,c"),
        (r"a=\=\\", r"a=\=\\"),
        ("a=", "a="),
    ] {
        let selector: FieldSelector = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(selector.to_string(), written, "{text}");
    }
    for (text, message) in [
        ("a", "invalid selector: 'a'; can't understand 'a'"),
        ("a=b,c", "invalid selector: 'a=b,c'; can't understand 'c'"),
        ("a=b=c", "invalid field selector: unescaped character in value: ="),
        (r"a=\b", r"invalid field selector: invalid escape sequence: \b"),
        (r"a=\", r"invalid field selector: invalid escape sequence: \"),
    ] {
        assert_eq!(text.parse::<FieldSelector>().expect_err(text).to_string(), message);
    }
}

#[test]
fn field_selectors_select() {
    let selector = |text: &str| text.parse::<FieldSelector>().expect(text);
    let value = |field: &str| Cow::Borrowed(if field == "a" { "1" } else { "" });
    assert!(selector("a=1,b!=1,b=").matches(value));
    assert!(!selector("a=1,b=1").matches(value));
    assert!(!selector("a!=1").matches(value));
    assert_eq!(selector("a!=1,a=2").required("a"), Some("2"));
    assert_eq!(selector("a!=1").required("a"), None);
}

proptest! {
    #[test]
    fn what_is_written_is_read(value in ".*") {
        let text = format!("a={}", value.replace('\\', r"\\").replace(',', r"\,").replace('=', r"\="));
        let selector: FieldSelector = text.parse().expect("escaped text");
        prop_assert_eq!(selector.required("a"), Some(value.as_str()));
        prop_assert_eq!(selector.to_string().parse(), Ok(selector));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[a-c,=!<>() in\\\\]{0,20}") {
        if let Ok(selector) = text.parse::<LabelSelector>() {
            prop_assert_eq!(selector.to_string().parse(), Ok(selector));
        }
        if let Ok(selector) = text.parse::<FieldSelector>() {
            prop_assert_eq!(selector.to_string().parse(), Ok(selector));
        }
    }
}
