//! Errors as text: kinds, paths, values in the notation of Go, and several at once.

use kgen::k8s_openapi::apimachinery::pkg::apis::meta::v1::StatusCause;
use kgen::serde_json::{self, Value};
use kgen::validation::{BadValue, Error, ErrorKind, Errors, Level, Path};

use crate::types::Port;

#[test]
fn values_look_as_in_go() {
    let number = |value: f64| BadValue::from(value).to_string();
    for (value, wanted) in [
        (0.0, "0"),
        (-0.0, "-0"),
        (-1.5, "-1.5"),
        (0.1, "0.1"),
        (100_000.0, "100000"),
        (1_000_000.0, "1e+06"),
        (12_345_678.9, "1.23456789e+07"),
        (1e21, "1e+21"),
        (0.0001, "0.0001"),
        (0.00001, "1e-05"),
        (1.5e-7, "1.5e-07"),
        (f64::MAX, "1.7976931348623157e+308"),
        (5e-324, "5e-324"),
        (9_007_199_254_740_993.0, "9.007199254740992e+15"),
    ] {
        assert_eq!(number(value), wanted);
    }
    for (value, wanted) in [
        ("", r#""""#),
        ("a\"b\\c'", r#""a\"b\\c'""#),
        ("\x07\x08\x0c\n\r\t\x0b", r#""\a\b\f\n\r\t\v""#),
        ("\0\x1f\x7f", r#""\x00\x1f\x7f""#),
        ("é中文😀<&>\u{fffd}", "\"é中文😀<&>\u{fffd}\""),
        ("\u{301}a\u{301}", "\"\u{301}a\u{301}\""),
        (
            "\u{ad}\u{200b}\u{2028}\u{feff}\u{a0}",
            r#""\u00ad\u200b\u2028\ufeff\u00a0""#,
        ),
        ("\u{378}\u{e000}\u{600}", r#""\u0378\ue000\u0600""#),
        ("\u{e0001}\u{10ffff}", r#""\U000e0001\U0010ffff""#),
    ] {
        assert_eq!(BadValue::from(value).to_string(), wanted);
    }
}

#[test]
fn any_value_looks_as_go_writes_json() {
    for (value, wanted) in [
        ("null", "null"),
        ("true", "true"),
        ("-3", "-3"),
        ("\"a<b\"", "\"a<b\""),
        (
            r#"{"a":"<&>","b":["\u2028\"\\\n\u0001\b"]}"#,
            r#"{"a":"\u003c\u0026\u003e","b":["\u2028\"\\\n\u0001\b"]}"#,
        ),
        ("[0.5,3.0,1e21,1e-7,0.000001]", "[0.5,3,1e+21,1e-7,0.000001]"),
    ] {
        let value: Value = serde_json::from_str(value).expect("JSON");
        assert_eq!(BadValue::of(&value).to_string(), wanted);
    }
}

#[test]
fn members_keep_the_order_of_the_struct() {
    assert_eq!(
        BadValue::of(&Port::new("a", 1)).to_string(),
        r#"{"name":"a","container":1}"#
    );
}

#[test]
fn every_kind_has_its_words() {
    let spec = Path::ROOT.child("spec");
    let path = spec.child("x");
    for (error, reason, text) in [
        (
            Error::required(&path, ""),
            "FieldValueRequired",
            "spec.x: Required value",
        ),
        (
            Error::required(&path, "why"),
            "FieldValueRequired",
            "spec.x: Required value: why",
        ),
        (
            Error::not_found(&path, "v"),
            "FieldValueNotFound",
            "spec.x: Not found: \"v\"",
        ),
        (
            Error::duplicate(&path, "v"),
            "FieldValueDuplicate",
            "spec.x: Duplicate value: \"v\"",
        ),
        (
            Error::invalid(&path, BadValue::null(), "why"),
            "FieldValueInvalid",
            "spec.x: Invalid value: null: why",
        ),
        (
            Error::invalid(&path, BadValue::Omitted, "why"),
            "FieldValueInvalid",
            "spec.x: Invalid value: why",
        ),
        (
            Error::type_invalid(&path, 3_i64, "why"),
            "FieldValueTypeInvalid",
            "spec.x: Invalid value: 3: why",
        ),
        (
            Error::not_supported(&path, "v", &["b", "a\""]),
            "FieldValueNotSupported",
            "spec.x: Unsupported value: \"v\": supported values: \"b\", \"a\\\"\"",
        ),
        (
            Error::not_supported::<&str>(&path, "v", &[]),
            "FieldValueNotSupported",
            "spec.x: Unsupported value: \"v\"",
        ),
        (
            Error::forbidden(&path, "why"),
            "FieldValueForbidden",
            "spec.x: Forbidden: why",
        ),
        (
            Error::too_long(&path, 2),
            "FieldValueTooLong",
            "spec.x: Too long: may not be more than 2 bytes",
        ),
        (
            Error::too_long(&path, 1),
            "FieldValueTooLong",
            "spec.x: Too long: may not be more than 1 byte",
        ),
        (
            Error::too_long_characters(&path, 1),
            "FieldValueTooLong",
            "spec.x: Too long: may not be more than 1 character",
        ),
        (
            Error::too_short(&path, "", 1),
            "FieldValueTooShort",
            "spec.x: Too short: must be at least 1 character",
        ),
        (
            Error::too_short(&path, "", 2),
            "FieldValueTooShort",
            "spec.x: Too short: must be at least 2 characters",
        ),
        (
            Error::too_many(&path, 3, 1),
            "FieldValueTooMany",
            "spec.x: Too many: 3: must have at most 1 item",
        ),
        (
            Error::too_few(&path, 0, 2),
            "FieldValueTooFew",
            "spec.x: Too few: 0: must have at least 2 items",
        ),
        (
            Error::internal(&path, "why"),
            "InternalError",
            "spec.x: Internal error: why",
        ),
    ] {
        assert_eq!((error.kind.reason(), error.to_string().as_str()), (reason, text));
    }
}

#[test]
fn paths_look_as_in_go() {
    let root = Path::ROOT;
    let (spec, list) = (root.child("spec"), root.index(3));
    assert_eq!(root.to_string(), "<nil>");
    assert_eq!(spec.to_string(), "spec");
    assert_eq!(
        spec.child("a").index(0).child("b").key("k.x/y").to_string(),
        "spec.a[0].b[k.x/y]"
    );
    assert_eq!(list.child("a").to_string(), "[3].a");
    assert_eq!(root.key("k").index(1).to_string(), "[k][1]");
    assert!(root.is_root() && !spec.is_root());
}

#[test]
fn one_error_stands_alone_and_several_in_brackets() {
    let path = Path::ROOT.child("x");
    let mut errors = Errors::new();
    assert_eq!(errors.to_string(), "");
    errors.push(Error::required(&path, ""));
    assert_eq!(errors.to_string(), "x: Required value");
    // The same message is told once, whatever else differs.
    errors.push(Error::required(&path, "").with_origin("other"));
    assert_eq!((errors.len(), errors.to_string().as_str()), (2, "x: Required value"));
    errors.push(Error::forbidden(&path, ""));
    assert_eq!(errors.to_string(), "[x: Required value, x: Forbidden]");
}

#[test]
fn causes_are_what_a_status_lists() {
    let errors: Errors = [Error::invalid(&Path::ROOT.child("x"), 3_i64, "why")]
        .into_iter()
        .collect();
    let wanted = StatusCause {
        field: Some("x".to_owned()),
        message: Some("Invalid value: 3: why".to_owned()),
        reason: Some("FieldValueInvalid".to_owned()),
    };
    assert_eq!(errors.causes().collect::<Vec<_>>(), [wanted]);
}

#[test]
fn marks_reach_back_to_where_they_were_asked_to() {
    let path = Path::ROOT.child("x");
    let mut errors = Errors::new();
    errors.push(Error::invalid(&path, "", "a"));
    errors.push(Error::invalid(&path, "", "b"));
    errors.mark_from(1, Level::Alpha);
    errors.set_origin_from(1, "rule");
    errors.prefix_detail_from(1, "more ");
    let found: Vec<_> = errors
        .iter()
        .map(|error| (error.level, error.origin, error.detail.as_str()))
        .collect();
    assert_eq!(found, [(Level::Stable, "", "a"), (Level::Alpha, "rule", "more b")]);
}

#[test]
fn only_mature_rules_are_enforced() {
    let path = Path::ROOT.child("x");
    let mut errors = Errors::new();
    for (level, detail) in [
        (Level::Stable, "stable"),
        (Level::Beta, "beta"),
        (Level::Alpha, "alpha"),
    ] {
        errors.push(Error {
            level,
            ..Error::invalid(&path, "", detail)
        });
    }
    errors.push(Error {
        level: Level::Alpha,
        ..Error::internal(&path, "internal")
    });
    let enforced = |beta| {
        errors
            .clone()
            .enforced(beta)
            .into_iter()
            .map(|error| error.detail)
            .collect::<Vec<_>>()
    };
    assert_eq!(enforced(false), ["stable", "internal"]);
    assert_eq!(enforced(true), ["stable", "beta", "internal"]);
}

#[test]
fn counting_makes_nothing() {
    let mut errors = Errors::counting();
    errors.push_with(|| unreachable!("only counted"));
    errors.push(Error::required(&Path::ROOT, ""));
    errors.mark_from(0, Level::Alpha);
    assert_eq!((errors.len(), errors.iter().count()), (2, 0));
    assert_eq!(errors.into_result().map_err(|errors| errors.len()), Err(2));
    assert_eq!(Errors::new().into_result(), Ok(()));
    assert_eq!(ErrorKind::TypeInvalid.to_string(), "Invalid value");
}
