//! What does not fit, and what is said of it.

use kgen_model::Report;

use super::{field, model};
use crate::rust::check_defaults;

/// What is wrong with a default.
fn wrong(ty: &str, default: &str) -> String {
    let mut report = Report::default();
    check_defaults(&field(ty, default), &mut report);
    let found = report.diagnostics().iter();
    found
        .map(|found| {
            format!(
                "{}: {} ({})",
                found.code,
                found.message,
                found.help.as_deref().unwrap_or_default()
            )
        })
        .collect()
}

#[test]
fn constants_of_other_types_do_not_fit() {
    for (ty, default, wanted) in [
        ("i32", "\"x\"", "must be an integer, not a string"),
        ("i32", "1.0", "must be an integer, not a number"),
        ("u8", "256", "must be between 0 and 255, the bounds of `u8`"),
        ("bool", "1", "must be a bool, not an integer"),
        ("String", "1", "must be a string, not an integer"),
        ("Vec<i32>", "1", "must be a list, not an integer"),
        ("[i32; 2]", "[1]", "must have 2 items, not 1"),
        (
            "Time",
            "\"today\"",
            "must be a point in time, such as `2026-01-02T03:04:05Z`",
        ),
        ("IntOrString", "1.5", "must be an integer or a string, not a number"),
        ("Plain", "[]", "must be an object, not a list"),
        ("Tagged", "json!({})", "must have the member `type`"),
        (
            "Tagged",
            "json!({\"type\": \"Git\"})",
            "must have the member `git` and no other",
        ),
        (
            "Tagged",
            "json!({\"type\": \"Here\", \"git\": {}})",
            "must have no member beside `type`",
        ),
        ("Source", "json!({})", "must have exactly one member"),
    ] {
        let found = wrong(ty, default);
        assert!(
            found.starts_with(&format!("default-type: the default of `a` {wanted} (")),
            "{ty}: {found}"
        );
    }
}

#[test]
fn what_does_not_fit_is_named_by_its_place() {
    let found = wrong("Vec<Plain>", "json!([{}, {\"b\": \"x\"}])");
    assert!(
        found.starts_with("default-type: `[1].b` in the default of `a` must be an integer, not a string"),
        "{found}"
    );
    let found = wrong("BTreeMap<Size, i32>", "json!({\"Huge\": 1})");
    assert!(
        found.starts_with("default-type: `Huge` in the default of `a` is `Huge`, which is no value of `Size`"),
        "{found}"
    );
}

#[test]
fn unknown_names_get_a_proposal() {
    for (ty, default, wanted) in [
        (
            "Size",
            "\"Smal\"",
            "is `Smal`, which is no value of `Size` (did you mean `Small`?)",
        ),
        (
            "Size",
            "\"x\"",
            "is `x`, which is no value of `Size` (the values are `Small`, `LARGE`)",
        ),
        (
            "Retry",
            "json!({\"limti\": 1})",
            "has a member `limti`, which `Retry` has not (did you mean `limit`?)",
        ),
        (
            "Source",
            "json!({\"gti\": {}})",
            "has a member `gti`, which `Source` has not (did you mean `git`?)",
        ),
    ] {
        assert_eq!(wrong(ty, default), format!("default-type: the default of `a` {wanted}"));
    }
    let found = wrong("Tagged", "json!({\"type\": \"Gti\"})");
    assert_eq!(
        found,
        "default-type: `type` in the default of `a` is `Gti`, which is no `type` of `Tagged` (did you mean `Git`?)"
    );
}

#[test]
fn some_values_cannot_be_written_down() {
    let own = "(set it in a function of your own: `#[kgen(default_with = path)]` on the struct)";
    for (ty, default, wanted) in [
        ("ByteString", "\"eA==\"", format!("is a `ByteString`, which generated code cannot write down {own}")),
        ("Untagged", "json!({})", format!("is a `Untagged`, which generated code cannot write down {own}")),
        ("Pod", "json!({})", format!("is a `Pod`, which generated code cannot write down {own}")),
        (
            "Condition",
            "json!({})",
            "must have a member `lastTransitionTime`, since `Condition` has no `Default` (add `lastTransitionTime`, or derive `Default`)".to_owned(),
        ),
        (
            "Bare",
            "json!({})",
            "must have a member `a`, since `Bare` has no `Default` (add `a`, or derive `Default`)".to_owned(),
        ),
    ] {
        assert_eq!(wrong(ty, default), format!("inexpressible-default: the default of `a` {wanted}"));
    }
}

#[test]
fn defaults_have_an_end() {
    let found = |text: &str| {
        let mut report = Report::default();
        check_defaults(&model(text), &mut report);
        report
            .diagnostics()
            .iter()
            .map(|found| found.message.clone())
            .collect::<Vec<_>>()
    };
    let never =
        |name: &str| format!("the default of `{name}` never ends: it holds a value in which the same field is absent");
    let list = "#[derive(Default, kgen::Api)] pub struct A { #[kgen(default = json!([{}]))] pub a: Vec<A> }";
    assert_eq!(found(list), [never("a")]);
    let circle = "#[derive(kgen::Api)] pub struct A { #[kgen(default = json!({}))] pub a: Option<Box<B>> }
        #[derive(kgen::Api)] pub struct B { #[kgen(default = json!([{\"x\": {}}]))] pub b: Vec<C> }
        #[derive(kgen::Api)] pub struct C { pub x: A }";
    assert_eq!(found(circle), [never("a"), never("b")]);
    let given = "#[derive(Default, kgen::Api)] pub struct A { #[kgen(default = json!([{\"a\": []}]))] pub a: Vec<A> }";
    assert_eq!(found(given), [""; 0]);
}

#[test]
fn what_is_flattened_has_no_default() {
    let text = "#[derive(kgen::Api)] pub struct A { #[kgen(flatten, default = json!({}))] pub a: Plain }";
    let mut report = Report::default();
    check_defaults(&model(text), &mut report);
    assert_eq!(
        report.diagnostics()[0].message,
        "`a` is flattened, so it is never absent as a whole"
    );
}
