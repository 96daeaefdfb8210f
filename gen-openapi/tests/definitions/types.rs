//! What the types are called, and which of them are one.

use kgen_model::TypeId;
use kgen_model::model::{Declaration, Model};
use kgen_source::crd::CrdOptions;

use crate::common::Run;
use crate::with_spec;

/// The names of the types that are made, in their order.
fn names(model: &Model) -> Vec<&str> {
    let made = model
        .source_types()
        .filter(|(_, ty)| ty.declaration == Declaration::Generated);
    made.map(|(_, ty)| ty.name.as_str()).collect()
}

fn of(properties: &str) -> Run {
    let run = Run::of(&with_spec(properties), &CrdOptions::default());
    assert_eq!(run.errors(), Vec::<String>::new());
    run
}

const LINE: &str = "type: object, properties: {sku: {type: string}, count: {type: integer, format: int32}}";

#[test]
fn a_type_is_called_after_its_holder_and_the_property() {
    let run = of(&format!(
        "{{lines: {{type: array, items: {{{LINE}}}}}, payment: {{type: object, properties: {{method: {{type: string, enum: [Card, Invoice]}}}}}}}}"
    ));
    assert_eq!(
        names(&run.model),
        [
            "Order",
            "OrderSpec",
            "OrderSpecLine",
            "OrderSpecPayment",
            "OrderSpecPaymentMethod"
        ]
    );
}

#[test]
fn equal_types_are_one() {
    let run = of(&format!(
        "{{lines: {{type: array, items: {{{LINE}}}}}, best: {{{LINE}, description: The best.}}, parts: {{type: object, properties: {{best: {{{LINE}}}}}}}}}"
    ));
    assert_eq!(
        names(&run.model),
        ["Order", "OrderSpec", "OrderSpecBest", "OrderSpecParts"]
    );
}

#[test]
fn names_stay_when_the_schema_grows_elsewhere() {
    let line = format!("lines: {{type: array, items: {{{LINE}}}}}");
    let before = of(&format!("{{{line}}}"));
    let after = of(&format!(
        "{{{line}, line: {{type: object, properties: {{x: {{type: string}}}}}}, other: {{type: object, properties: {{lines: {{type: array, items: {{{LINE}}}}}}}}}}}"
    ));
    let has = |run: &Run, name: &str| names(&run.model).contains(&name);
    assert!(has(&before, "OrderSpecLine"));
    // Of two properties of one struct that would give one name, the one that says it has it.
    assert!(has(&after, "OrderSpecLine") && has(&after, "OrderSpecLines"));
    let grown = of(&format!(
        "{{{}, other: {{type: object, properties: {{lines: {{type: array, items: {{type: object, properties: {{x: {{type: string}}}}}}}}}}}}}}",
        line.replace("sku", "number")
    ));
    assert!(has(&grown, "OrderSpecLine") && has(&grown, "OrderSpecOtherLine"));
}

#[test]
fn what_kinds_share_is_called_after_the_property() {
    let one = with_spec(&format!("{{lines: {{type: array, items: {{{LINE}}}}}}}"));
    let two = one.replace("Order", "Invoice").replace("orders", "invoices");
    let run = Run::of(&format!("{one}---\n{two}"), &CrdOptions::default());
    assert_eq!(names(&run.model), ["Invoice", "Order", "Spec", "SpecLine"]);
}

#[test]
fn the_order_of_a_document_makes_no_difference() {
    let two = [format!("a: {{{LINE}}}"), format!("b: {{{LINE}}}")];
    let one = of(&format!("{{{}, {}}}", two[0], two[1]));
    let other = of(&format!("{{{}, {}}}", two[1], two[0]));
    assert_eq!(names(&one.model), names(&other.model));
}

#[test]
fn types_are_renamed_and_mapped_by_hand() {
    let types = [("OrderSpecLine", "Line"), ("OrderSpecEnv", "kgen::k8s::EnvVar")];
    let options = CrdOptions {
        types: types.map(|(from, to)| (from.to_owned(), to.to_owned())).into(),
        ..CrdOptions::default()
    };
    let env = "env: {type: object, properties: {deep: {type: object, properties: {x: {type: string}}}}}";
    let text = with_spec(&format!("{{lines: {{type: array, items: {{{LINE}}}}}, {env}}}"));
    let run = Run::of(&text, &options);
    assert_eq!(run.errors(), Vec::<String>::new());
    assert_eq!(names(&run.model), ["Order", "OrderSpec", "Line"]);
    assert!(
        run.model
            .types()
            .any(|(_, ty)| ty.schema_name == "io.k8s.api.core.v1.EnvVar")
    );
}

#[test]
fn structs_have_a_default_where_all_fields_have_one() {
    let run = of(
        "{a: {type: object, properties: {b: {type: string, enum: [x]}}, required: [b]}, c: {type: object, properties: {b: {type: string, enum: [x]}}}}",
    );
    let has_default = |name: &str| {
        run.model
            .source_types()
            .any(|(id, ty): (TypeId, _)| ty.name == name && run.model.type_has_default(id))
    };
    assert!(!has_default("OrderSpecA") && has_default("OrderSpecC") && has_default("Order"));
}

#[test]
fn modules_follow_groups_and_versions() {
    let one = with_spec("{a: {type: string}}");
    let other = one.replace("shop.example.com", "shop.example.org");
    let run = Run::of(&format!("{one}---\n{other}"), &CrdOptions::default());
    let modules: Vec<String> = run.model.modules().iter().map(|path| path.join("::")).collect();
    assert_eq!(modules, ["crate::shop::v1", "crate::shop_example_org::v1"]);
}
