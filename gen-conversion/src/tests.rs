//! Plans by value, and what is refused.

use std::fs;

use kgen_emit::Generator;
use kgen_model::{Model, Report, Sources};

use crate::{Body, Conversion, Fill, How, ImplPlan, Outcome, Side, StructPlan, plan};

/// The model of a crate with a stored version and an old one, by the fields of their specs and by further types.
fn model((hub, hub_types): (&str, &str), (old, old_types): (&str, &str)) -> Model {
    let version = |name: &str, storage: &str, fields: &str, types: &str| {
        format!(
            "pub mod {name} {{ kgen::version! {{ group = \"shop.example.com\", version = \"{name}\" {storage} }}
             #[derive(Clone, Debug, Default, kgen::Api)] #[kgen(kind, cluster)]
             pub struct Order {{ pub metadata: kgen::k8s::ObjectMeta, pub spec: Spec }}
             #[derive(Default, kgen::Api)] pub struct Spec {{ {fields} }} {types} }}\n"
        )
    };
    let text = version("v1", ", storage", hub, hub_types) + &version("v1beta1", "", old, old_types);
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let root = folder.path().join("lib.rs");
    fs::write(&root, text).expect("the file can be written");
    let input = kgen_source::Input {
        root,
        module_path: vec!["crate".to_owned()],
        skip: Vec::new(),
    };
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let model = kgen_model::resolve(&kgen_source::load(&input, &mut sources, &mut report), &mut report);
    assert!(!report.has_errors(), "{report:?}");
    model
}

fn found(hub: &str, old: &str) -> Vec<(&'static str, String)> {
    let mut report = Report::default();
    Conversion.check(&model((hub, ""), (old, "")), &mut report);
    let diagnostics = report.diagnostics().iter();
    diagnostics.map(|found| (found.code, found.message.clone())).collect()
}

/// The implementations of the old version's module.
fn impls(model: &Model) -> Vec<ImplPlan> {
    let mut report = Report::default();
    Conversion.check(model, &mut report);
    assert_eq!(report.diagnostics(), []);
    plan(model, model.modules()[1]).impls
}

/// The conversion of the spec in one direction.
fn spec(model: &Model, side: Side) -> StructPlan {
    let is_wanted = |plan: &ImplPlan| plan.side == side && model.ty(plan.source).name == "Spec";
    match impls(model).into_iter().find(is_wanted).map(|plan| plan.body) {
        Some(Body::Struct(body)) => body,
        other => panic!("no struct: {other:?}"),
    }
}

/// How the fields of the spec are converted to the hub.
fn hows(hub: &str, old: &str) -> Vec<How> {
    let plan = spec(&model((hub, ""), (old, "")), Side::ToHub);
    let hows = plan.fields.into_iter().map(|(name, fill)| match fill {
        Fill::Source { how, .. } => how,
        other => panic!("{name}: {other:?}"),
    });
    hows.collect()
}

fn some(how: How) -> Box<How> {
    Box::new(how)
}

#[test]
fn the_same_types_are_moved() {
    let fields = "pub a: String, pub b: Option<Vec<i32>>, pub c: kgen::k8s::Condition, pub d: Box<bool>";
    assert_eq!(hows(fields, fields), [How::Move, How::Move, How::Move, How::Move]);
}

#[test]
fn containers_of_what_the_trait_converts_are_converted_by_the_trait() {
    let hub = "pub a: Vec<i64>, pub b: Option<Box<i64>>, pub c: std::collections::BTreeMap<String, Vec<i64>>";
    assert_eq!(
        hows(hub, &hub.replace("i64", "i32")),
        [How::Convert, How::Convert, How::Convert]
    );
}

#[test]
fn boxes_and_options_come_and_go() {
    assert_eq!(
        hows("pub a: Box<String>", "pub a: String"),
        [How::Boxed(some(How::Move))]
    );
    assert_eq!(
        hows("pub a: i64", "pub a: Box<i32>"),
        [How::Unboxed(some(How::Convert))]
    );
    let optional = "#[kgen(optional)] pub a: String";
    assert_eq!(hows("pub a: Option<String>", optional), [How::Filled(some(How::Move))]);
    assert_eq!(
        hows(optional, "pub a: Option<String>"),
        [How::OrDefault(some(How::Move))]
    );
}

#[test]
fn none_becomes_the_default_of_the_plain_field() {
    let [hub, old] = ["#[kgen(default = 5)] pub a: i32", "pub a: Option<i32>"];
    let five = || kgen_emit::rust::Value::Int(5);
    assert_eq!(hows(hub, old), [How::Or(some(How::Move), five())]);
    assert_eq!(hows(old, hub), [How::Some(some(How::Move))]);
    let same = "#[kgen(default = 5)] pub a: Option<i32>";
    assert_eq!(hows(hub, same), [How::Or(some(How::Move), five())]);
    let [boxed, old] = [hub, old].map(|field| field.replace("i32", "Box<i32>"));
    let value = kgen_emit::rust::Value::Boxed(Box::new(five()));
    assert_eq!(hows(&boxed, &old), [How::Or(some(How::Move), value)]);
}

#[test]
fn absent_says_something_only_where_a_field_is_optional_or_has_the_same_default() {
    let message = "`a` cannot be converted: the types differ".to_owned();
    for (hub, old) in [
        ("pub a: Option<String>", "pub a: String"),
        (
            "#[kgen(default = \"y\")] pub a: Option<String>",
            "#[kgen(default = \"x\")] pub a: String",
        ),
        (
            "#[kgen(default = \"y\")] pub a: Option<String>",
            "#[kgen(optional)] pub a: String",
        ),
    ] {
        assert_eq!(found(hub, old), [("unconvertible-field", message.clone())]);
    }
}

#[test]
fn what_is_added_has_its_default() {
    let model = model(
        (
            "#[kgen(added, default = 5)] pub a: i32, #[kgen(added)] pub b: Option<i32>",
            "",
        ),
        ("", ""),
    );
    let fields = spec(&model, Side::ToHub).fields;
    let values: Vec<_> = fields.into_iter().map(|(_, fill)| fill).collect();
    let wanted = [kgen_emit::rust::Value::Int(5), kgen_emit::rust::Value::None].map(Fill::Value);
    assert_eq!(values, wanted);
    assert_eq!(spec(&model, Side::FromHub), StructPlan::default());
}

#[test]
fn a_move_belongs_to_the_innermost_pair_of_both_ends() {
    let hub = (
        "#[kgen(added, optional)] pub a: A",
        "#[derive(Default, kgen::Api)] pub struct A { pub b: Option<i32> }",
    );
    let model = model(hub, ("#[kgen(moved = \".spec.a.b\")] pub b: Option<i32>", ""));
    let plan = spec(&model, Side::ToHub);
    assert_eq!((plan.taken.len(), plan.placed.len()), (1, 1));
    assert_eq!(plan.placed[0].to.0, [("a".to_owned(), false), ("b".to_owned(), true)]);
    assert!(spec(&model, Side::FromHub).changes_source());
}

#[test]
fn an_open_enum_has_a_place_for_each_name() {
    let hub = "#[derive(Clone, Default, kgen::Api)] pub enum A { #[default] X, #[kgen(other)] Other(String) }";
    let old = "#[derive(Clone, Default, kgen::Api)] pub enum A { #[default] X, Y }";
    let model = model(("pub a: A", hub), ("pub a: A", old));
    let outcomes = impls(&model).into_iter().filter_map(|plan| match plan.body {
        Body::Variants(arms) => Some(arms.into_iter().map(|arm| arm.to).collect::<Vec<_>>()),
        _ => None,
    });
    let x = || Outcome::Variant("X".to_owned(), None);
    let wanted = [
        vec![x(), Outcome::Named("Other".to_owned(), "Y".to_owned())],
        vec![x(), Outcome::FromText],
    ];
    assert_eq!(outcomes.collect::<Vec<_>>(), wanted);
}

#[test]
fn types_of_a_person_are_left_alone() {
    let types = "#[derive(Default, kgen::Api)] pub struct A { pub b: i32 }
        impl kgen::conversion::ConvertFrom<super::v1::A> for A {}";
    let model = model(
        ("pub a: A", "#[derive(Default, kgen::Api)] pub struct A { pub c: bool }"),
        ("pub a: A", types),
    );
    let names: Vec<_> = impls(&model)
        .iter()
        .map(|plan| model.ty(plan.source).name.clone())
        .collect();
    assert_eq!(names, ["Order", "Spec", "Order", "Spec"]);
}

#[test]
fn a_field_is_told_once() {
    let message = |field| format!("`{field}` of `v1beta1::Spec` has no counterpart in `v1::Spec`");
    assert_eq!(found("pub a: i32", "pub b: i32"), [("unmapped-field", message("b"))]);
    assert_eq!(found("", "pub b: i32"), [("unmapped-field", message("b"))]);
    let message = "`a` of `v1::Spec` has no counterpart in `v1beta1::Spec`".to_owned();
    assert_eq!(found("pub a: i32", ""), [("unmapped-field", message)]);
}
