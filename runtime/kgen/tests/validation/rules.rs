//! Every rule about one value: what passes, what does not, and the words.

use kgen::validation::rules::{self, Exclusion};
use kgen::validation::{Errors, Operation, Path};

use crate::assert_finds;

type Rule = Box<dyn Fn(&mut Errors, &Path<'_>)>;

/// A rule with its values put in.
fn rule(check: impl Fn(&mut Errors, &Path<'_>) + 'static) -> Rule {
    Box::new(check)
}

#[track_caller]
fn assert_valid(rules: Vec<Rule>) {
    for (index, rule) in rules.into_iter().enumerate() {
        let found = crate::found(rule);
        assert!(found.is_empty(), "case {index}: {found:?}");
    }
}

#[test]
fn bounds() {
    assert_valid(vec![
        rule(|e, p| rules::minimum(e, p, 1, 1)),
        rule(|e, p| rules::minimum(e, p, i64::MIN, i64::MIN)),
        rule(|e, p| rules::minimum(e, p, u64::MAX, 1)),
        rule(|e, p| rules::minimum(e, p, 0.5, 0.5)),
        rule(|e, p| rules::maximum(e, p, 1_u8, 1)),
        rule(|e, p| rules::maximum(e, p, i64::MAX, i64::MAX)),
        rule(|e, p| rules::maximum(e, p, -0.0, 0.0)),
    ]);
    let wanted = "spec.x: Invalid value: 0: must be greater than or equal to 1";
    assert_finds(&[("minimum", wanted)], |e, p| rules::minimum(e, p, 0, 1));
    let wanted = "spec.x: Invalid value: -9223372036854775808: must be greater than or equal to 9223372036854775807";
    assert_finds(&[("minimum", wanted)], |e, p| rules::minimum(e, p, i64::MIN, i64::MAX));
    let wanted = "spec.x: Invalid value: 18446744073709551615: must be less than or equal to 0";
    assert_finds(&[("maximum", wanted)], |e, p| rules::maximum(e, p, u64::MAX, 0));
    let wanted = "spec.x: Invalid value: 0.25: must be greater than or equal to 1e+06";
    assert_finds(&[("minimum", wanted)], |e, p| rules::minimum(e, p, 0.25, 1e6));
    let wanted = "spec.x: Invalid value: 0.1: must be less than or equal to 0";
    assert_finds(&[("maximum", wanted)], |e, p| rules::maximum(e, p, 0.1_f32, 0.0));
}

#[test]
fn bounds_of_schemas() {
    assert_valid(vec![
        rule(|e, p| rules::exclusive_minimum(e, p, 2, 1)),
        rule(|e, p| rules::exclusive_maximum(e, p, 0.9, 1.0)),
        rule(|e, p| rules::multiple_of(e, p, 0, 5)),
        rule(|e, p| rules::multiple_of(e, p, -10, 5)),
        rule(|e, p| rules::multiple_of(e, p, 0.3, 0.1)),
        rule(|e, p| rules::multiple_of(e, p, 4.0, 2.0)),
        rule(|e, p| rules::multiple_of(e, p, i8::MIN, -1)),
    ]);
    let wanted = "spec.x: Invalid value: 1: spec.x in body should be greater than 1";
    assert_finds(&[("", wanted)], |e, p| rules::exclusive_minimum(e, p, 1, 1));
    let wanted = "spec.x: Invalid value: 1.5: spec.x in body should be less than 1";
    assert_finds(&[("", wanted)], |e, p| rules::exclusive_maximum(e, p, 1.5, 1.0));
    let wanted = "spec.x: Invalid value: 7: spec.x in body should be a multiple of 5";
    assert_finds(&[("", wanted)], |e, p| rules::multiple_of(e, p, 7, 5));
    let wanted = "spec.x: Invalid value: 0.35: spec.x in body should be a multiple of 0.1";
    assert_finds(&[("", wanted)], |e, p| rules::multiple_of(e, p, 0.35, 0.1));
    let wanted = "<nil>: Invalid value: 7:  in body should be a multiple of 5";
    assert_finds(&[("", wanted)], |e, _| rules::multiple_of(e, &Path::ROOT, 7, 5));
}

#[test]
fn lengths() {
    assert_valid(vec![
        rule(|e, p| rules::min_length(e, p, "", 0)),
        rule(|e, p| rules::min_length(e, p, "日本", 2)),
        rule(|e, p| rules::min_length(e, p, "😀😀", 2)),
        rule(|e, p| rules::max_length(e, p, "", 0)),
        rule(|e, p| rules::max_length(e, p, "日本語", 3)),
        rule(|e, p| rules::max_length(e, p, "😀", 1)),
        rule(|e, p| rules::max_bytes(e, p, "日", 3)),
    ]);
    let wanted = "spec.x: Too short: must be at least 1 character";
    assert_finds(&[("minLength", wanted)], |e, p| rules::min_length(e, p, "", 1));
    let wanted = "spec.x: Too short: must be at least 2 characters";
    assert_finds(&[("minLength", wanted)], |e, p| rules::min_length(e, p, "日", 2));
    let wanted = "spec.x: Too long: may not be more than 1 character";
    assert_finds(&[("maxLength", wanted)], |e, p| rules::max_length(e, p, "日本", 1));
    let wanted = "spec.x: Too long: may not be more than 0 characters";
    assert_finds(&[("maxLength", wanted)], |e, p| rules::max_length(e, p, "a", 0));
    let wanted = "spec.x: Too long: may not be more than 2 bytes";
    assert_finds(&[("maxBytes", wanted)], |e, p| rules::max_bytes(e, p, "日", 2));
    let wanted = "spec.x: Too long: may not be more than 1 byte";
    assert_finds(&[("maxBytes", wanted)], |e, p| rules::max_bytes(e, p, "aa", 1));
}

#[test]
fn counts() {
    assert_valid(vec![
        rule(|e, p| rules::min_items(e, p, 0, 0)),
        rule(|e, p| rules::min_items(e, p, 2, 2)),
        rule(|e, p| rules::max_items(e, p, 2, 2)),
        rule(|e, p| rules::min_properties(e, p, 1, 1)),
        rule(|e, p| rules::max_properties(e, p, 0, 0)),
    ]);
    let wanted = "spec.x: Too few: 0: must have at least 1 item";
    assert_finds(&[("minItems", wanted)], |e, p| rules::min_items(e, p, 0, 1));
    let wanted = "spec.x: Too many: 3: must have at most 2 items";
    assert_finds(&[("maxItems", wanted)], |e, p| rules::max_items(e, p, 3, 2));
    let wanted = "spec.x: Too few: 1: must have at least 2 items";
    assert_finds(&[("minProperties", wanted)], |e, p| rules::min_properties(e, p, 1, 2));
    let wanted = "spec.x: Too many: 2: must have at most 1 item";
    assert_finds(&[("maxProperties", wanted)], |e, p| rules::max_properties(e, p, 2, 1));
}

#[test]
fn presence() {
    assert_valid(vec![
        rule(|e, p| rules::required(e, p, true)),
        rule(|e, p| rules::forbidden(e, p, false)),
        rule(|e, p| rules::fields_required(e, p, &[("a", true)])),
    ]);
    assert_finds(&[("", "spec.x: Required value")], |e, p| rules::required(e, p, false));
    assert_finds(&[("", "spec.x: Forbidden")], |e, p| rules::forbidden(e, p, true));
    let wanted = [("", "spec.x.a: Required value"), ("", "spec.x.c: Required value")];
    let fields = [("a", false), ("b", true), ("c", false)];
    assert_finds(&wanted, |e, p| rules::fields_required(e, p, &fields));
}

#[test]
fn enums() {
    assert_valid(vec![
        rule(|e, p| rules::enum_values(e, p, "B", &["B", "A"])),
        rule(|e, p| rules::enum_values(e, p, "", &[""])),
        rule(|e, p| rules::enum_scalars(e, p, 2, &[1, 2])),
        rule(|e, p| rules::enum_scalars(e, p, true, &[true])),
    ]);
    // Sorted, whatever the order of declaration.
    let wanted = r#"spec.x: Unsupported value: "b": supported values: "A", "B", "a\"""#;
    assert_finds(&[("", wanted)], |e, p| {
        rules::enum_values(e, p, "b", &["a\"", "B", "A"])
    });
    let wanted = r#"spec.x: Unsupported value: """#;
    assert_finds(&[("", wanted)], |e, p| rules::enum_values(e, p, "", &[]));
    // As they are declared.
    let wanted = r#"spec.x: Unsupported value: 3: supported values: "2", "1""#;
    assert_finds(&[("", wanted)], |e, p| rules::enum_scalars(e, p, 3, &[2, 1]));
    let wanted = r#"spec.x: Unsupported value: 1.5: supported values: "0.5", "1000000""#;
    assert_finds(&[("", wanted)], |e, p| rules::enum_scalars(e, p, 1.5, &[0.5, 1e6]));
}

#[test]
fn values_of_enums_that_options_take_away() {
    const VALUES: [&str; 3] = ["C", "B", "A"];
    const EXCLUSIONS: [Exclusion<'_>; 2] = [
        Exclusion {
            value: "B",
            option: "NoB",
            when: true,
        },
        Exclusion {
            value: "C",
            option: "WithC",
            when: false,
        },
    ];
    let check = |options: &'static [(&'static str, bool); 2], value: &'static str| {
        move |e: &mut Errors, p: &Path<'_>| {
            let operation = Operation::create().options(options);
            rules::enum_values_except(e, p, &operation, value, &VALUES, &EXCLUSIONS);
        }
    };
    const ALL: &[(&str, bool); 2] = &[("NoB", false), ("WithC", true)];
    const ONE: &[(&str, bool); 2] = &[("NoB", true), ("WithC", false)];
    assert_valid(vec![
        rule(check(ALL, "A")),
        rule(check(ALL, "B")),
        rule(check(ALL, "C")),
        rule(check(ONE, "A")),
    ]);
    let wanted = r#"spec.x: Unsupported value: "B": supported values: "A""#;
    assert_finds(&[("", wanted)], check(ONE, "B"));
    let wanted = r#"spec.x: Unsupported value: "x": supported values: "A", "B", "C""#;
    assert_finds(&[("", wanted)], check(ALL, "x"));
    const NONE: &[(&str, bool); 2] = &[("WithC", false), ("Other", false)];
    let wanted = r#"spec.x: Internal error: undefined validation option "NoB""#;
    assert_finds(&[("", wanted)], check(NONE, "A"));
}

#[test]
fn unequal() {
    assert_valid(vec![
        rule(|e, p| rules::neq(e, p, "a", "b")),
        rule(|e, p| rules::neq(e, p, 1, 2)),
        rule(|e, p| rules::neq(e, p, true, false)),
    ]);
    let wanted = r#"spec.x: Invalid value: "a\"": must not be equal to "a\"""#;
    assert_finds(&[("neq", wanted)], |e, p| rules::neq(e, p, "a\"", "a\""));
    let wanted = "spec.x: Invalid value: -1: must not be equal to -1";
    assert_finds(&[("neq", wanted)], |e, p| rules::neq(e, p, -1, -1));
    let wanted = "spec.x: Invalid value: true: must not be equal to true";
    assert_finds(&[("neq", wanted)], |e, p| rules::neq(e, p, true, true));
}

#[test]
fn nothing_holds() {
    let wanted = r#"spec.x: Invalid value: ["a"]: forced failure: why"#;
    assert_finds(&[("validateFalse", wanted)], |e, p| {
        rules::validate_false(e, p, &["a"], "why")
    });
    let wanted = "spec.x: Invalid value: null: forced failure: why";
    assert_finds(&[("validateFalse", wanted)], |e, p| {
        rules::validate_false(e, p, &None::<i32>, "why")
    });
}
