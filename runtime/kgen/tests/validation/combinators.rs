//! Schemas that are combined.

use kgen::validation::{Errors, Path, rules};

use crate::assert_finds;

/// A branch that asks for fields.
fn fields(fields: &'static [(&'static str, bool)]) -> impl Fn(&mut Errors) {
    move |errors| rules::fields_required(errors, &Path::ROOT.child("spec").child("x"), fields)
}

#[test]
fn at_least_one_branch() {
    let (good, bad, worse) = (
        fields(&[]),
        fields(&[("a", false)]),
        fields(&[("b", false), ("c", false)]),
    );
    assert_finds(&[], |e, p| rules::any_of(e, p, &[]));
    assert_finds(&[], |e, p| rules::any_of(e, p, &[&bad, &good]));
    assert_finds(&[], |e, p| rules::any_of(e, p, &[&good, &good]));
    let wanted = [
        (
            "",
            r#"<nil>: Invalid value: "": "spec.x" must validate at least one schema (anyOf)"#,
        ),
        ("", "spec.x.b: Required value"),
        ("", "spec.x.c: Required value"),
    ];
    assert_finds(&wanted, |e, p| rules::any_of(e, p, &[&worse, &bad]));
}

#[test]
fn exactly_one_branch() {
    let (good, bad, other) = (fields(&[]), fields(&[("a", false)]), fields(&[("b", false)]));
    assert_finds(&[], |e, p| rules::one_of(e, p, &[]));
    assert_finds(&[], |e, p| rules::one_of(e, p, &[&bad, &good]));
    let wanted = [
        (
            "",
            r#"<nil>: Invalid value: "": "spec.x" must validate one and only one schema (oneOf). Found none valid"#,
        ),
        ("", "spec.x.a: Required value"),
    ];
    assert_finds(&wanted, |e, p| rules::one_of(e, p, &[&bad, &other]));
    let text = r#"must validate one and only one schema (oneOf). Found 2 valid alternatives"#;
    let wanted = format!(r#"<nil>: Invalid value: "": "spec.x" {text}"#);
    assert_finds(&[("", &wanted)], |e, p| rules::one_of(e, p, &[&good, &bad, &good]));
}

#[test]
fn every_branch() {
    let (good, bad) = (fields(&[]), fields(&[("a", false)]));
    assert_finds(&[], |e, p| rules::all_of(e, p, &[]));
    assert_finds(&[], |e, p| rules::all_of(e, p, &[&good, &good]));
    let text = r#"<nil>: Invalid value: "": "spec.x" must validate all the schemas (allOf)"#;
    let wanted = [("", "spec.x.a: Required value"), ("", text)];
    assert_finds(&wanted, |e, p| rules::all_of(e, p, &[&good, &bad]));
    let none = format!("{text}. None validated");
    assert_finds(&[("", "spec.x.a: Required value"), ("", &none)], |e, p| {
        rules::all_of(e, p, &[&bad])
    });
}

#[test]
fn no_branch() {
    assert_finds(&[], |e, p| rules::not(e, p, &fields(&[("a", false)])));
    let wanted = [(
        "",
        r#"<nil>: Invalid value: "": "spec.x" must not validate the schema (not)"#,
    )];
    assert_finds(&wanted, |e, p| rules::not(e, p, &fields(&[])));
    let wanted = [("", r#"<nil>: Invalid value: "": "" must not validate the schema (not)"#)];
    assert_finds(&wanted, |e, _| rules::not(e, &Path::ROOT, &fields(&[])));
}

#[test]
fn branches_nest() {
    let path = Path::ROOT.child("spec");
    let bad = |errors: &mut Errors| rules::required(errors, &path, false);
    let inner = |errors: &mut Errors| rules::one_of(errors, &path, &[&bad, &|errors| rules::not(errors, &path, &bad)]);
    assert_finds(&[], |e, _| rules::any_of(e, &path, &[&bad, &inner]));
}
