//! Plans by value, and files as goldens.

use kgen_emit::{File, Generator, Layout, Support};
use kgen_model::model::{Column, Deprecation, FieldLayout, Scale, Scope, UnionRepr};
use kgen_model::{Builtin, Facts, ListType, Literal, RuleKind, Shape, TypeRef};

use super::{Crd, plan};
use crate::testing::{
    Build, Change, I32, STRING, cel, field, list, map, maximum, minimum, named, option, rules, string_enum, union,
};

/// A kind that uses most of what a definition can say.
fn order() -> Build {
    let mut build = Build::default();
    let line = build.strukt(
        "Line",
        [
            field("sku", STRING).docs("What."),
            field("count", I32).facts(rules([minimum(1)])),
        ],
    );
    let method = build.add("PaymentMethod", Shape::Enum(string_enum(&["Invoice", "Credit-Card"])));
    let git = build.strukt("Git", [field("url", STRING)]);
    let variants = [("Git", Some(named(git))), ("Manual", None)];
    let source = build.add(
        "Source",
        union(UnionRepr::Discriminated { tag: "type".to_owned() }, &variants),
    );
    let common = build.strukt("Common", [field("note", option(STRING)).docs("Anything else.")]);

    let each = Facts {
        subfields: vec![("sku".to_owned(), rules([RuleKind::MaxLength(63)]))],
        ..Facts::default()
    };
    let lines = Facts {
        description: Some("What was ordered.\n\nAt least one.".to_owned()),
        list: Some(ListType::Map(vec!["sku".to_owned()])),
        each: Some(Box::new(each)),
        ..rules([RuleKind::MinItems(1), RuleKind::MaxItems(500)])
    };
    let labels = Facts {
        each_key: Some(Box::new(rules([RuleKind::Format("k8s-label-key".to_owned())]))),
        ..rules([RuleKind::MaxProperties(16)])
    };
    let customer = [RuleKind::Immutable, RuleKind::Format("k8s-short-name".to_owned())];
    let spec = build.strukt(
        "OrderSpec",
        [
            field("customer", STRING)
                .facts(rules(customer))
                .docs("Who ordered. Never changes."),
            field("lines", list(named(line))).facts(lines),
            field("replicas", I32)
                .facts(rules([minimum(0), maximum(9)]))
                .default(Literal::Int(1)),
            field("labels", option(map(STRING))).facts(labels),
            field("payment", named(method)).default(Literal::from("Invoice")),
            field("budget", option(TypeRef::Builtin(Builtin::Quantity))),
            field("source", option(named(source))),
            field("", named(common)).layout(FieldLayout::Flattened),
        ],
    );
    build.ty(spec).facts = rules([cel("self.lines.size() > 0")]);
    let status = build.strukt("OrderStatus", [field("replicas", option(I32))]);
    build.kind(
        "v1",
        [
            field("spec", named(spec)).docs("What is wanted."),
            field("status", option(named(status))),
        ],
    );
    let ty = build.model.resources[0].ty;
    build.ty(ty).facts.description = Some("An order of one customer.".to_owned());
    build
}

fn with_all_facts() -> Build {
    let mut build = order();
    let resource = &mut build.model.resources[0];
    resource.short_names = vec!["ord".to_owned()];
    resource.categories = vec!["all".to_owned()];
    resource.subresources.status = true;
    resource.subresources.scale = Some(Scale {
        spec_path: ".spec.replicas".to_owned(),
        status_path: ".status.replicas".to_owned(),
        selector_path: None,
    });
    let column = |name: &str, path: &str, type_: &str, priority| Column {
        name: name.to_owned(),
        path: path.to_owned(),
        type_: type_.to_owned(),
        format: None,
        description: None,
        priority,
    };
    resource.columns = vec![
        column("Customer", ".spec.customer", "string", 0),
        column("Age", ".metadata.creationTimestamp", "date", 1),
    ];
    resource.selectable = vec![".spec.customer".to_owned()];
    resource.annotations = [("example.com/team".to_owned(), "shop".to_owned())].into();
    resource.deprecation = Some(Deprecation {
        warning: Some("use v2".to_owned()),
    });
    build
}

/// An older version of a kind that has the storage version `v1`.
fn two_versions() -> Build {
    let mut build = Build::default();
    build.kind("v1beta1", [field("spec", map(STRING))]);
    build.kind("v1", [field("spec", map(STRING))]);
    for (index, module) in ["v1beta1", "v1"].into_iter().enumerate() {
        let ty = build.model.resources[index].ty;
        build.ty(ty).module = vec!["crate".to_owned(), module.to_owned()];
    }
    build
}

fn files(build: &Build, kube: Support) -> Vec<File> {
    let layout = Layout {
        kube,
        ..Layout::default()
    };
    let files: Vec<File> = Crd
        .parts(&build.model)
        .into_iter()
        .flat_map(|part| Crd.generate(&build.model, &layout, part))
        .collect();
    assert!(files.iter().all(|file| file.problem.is_none()), "{files:?}");
    files
}

fn text(files: &[File], path: &str) -> String {
    let file = files.iter().find(|file| file.path.to_str() == Some(path));
    file.map(|file| file.text.clone()).unwrap_or_default()
}

#[test]
fn a_kind_with_everything() {
    let files = files(&with_all_facts(), Support::Off);
    assert_eq!(files.len(), 1);
    insta::assert_snapshot!(text(&files, "crds/shop.example.com_orders.yaml"));
}

#[test]
fn versions_stand_in_the_order_of_their_names() {
    let mut build = two_versions();
    build.kind("v10", [field("spec", map(STRING))]);
    let plans = plan(&build.model);
    let versions: Vec<_> = plans[0]
        .versions
        .iter()
        .map(|version| (version.name, version.storage))
        .collect();
    assert_eq!(versions, [("v1", false), ("v10", true), ("v1beta1", false)]);
    assert_eq!(plans[0].storage_module, ["crate", "v10"]);
}

#[test]
fn versions_share_names_and_metadata() {
    let mut build = two_versions();
    build.model.resources[0].short_names = vec!["old".to_owned(), "ord".to_owned()];
    build.model.resources[1].short_names = vec!["ord".to_owned()];
    build.model.resources[0].annotations = [("a".to_owned(), "1".to_owned())].into();
    build.model.resources[1].annotations = [("b".to_owned(), "2".to_owned())].into();
    let plans = plan(&build.model);
    assert_eq!(plans[0].names.short_names, ["ord", "old"]);
    assert_eq!(plans[0].annotations, [("a", "1"), ("b", "2")].into());
    assert_eq!(
        (plans[0].name.as_str(), plans[0].scope),
        ("orders.shop.example.com", Scope::Namespaced)
    );
}

#[test]
fn what_is_switched_off_is_left_out() {
    let mut build = two_versions();
    build.model.resources[0].in_crd = false;
    assert_eq!(plan(&build.model)[0].versions.len(), 1);
    build.model.versions[1].generate.insert("crd".to_owned(), false);
    assert!(plan(&build.model).is_empty());
}

#[test]
fn the_body_of_a_subresource_is_no_definition() {
    let mut build = two_versions();
    for resource in &mut build.model.resources {
        resource.subresources.is = Some("/scale".to_owned());
    }
    assert!(plan(&build.model).is_empty());
}

#[test]
fn a_version_that_is_not_served_is_not_served_for_any_kind() {
    let mut build = two_versions();
    build.model.versions[0].served = false;
    build.model.versions[0].deprecation = Some(Deprecation::default());
    let plans = plan(&build.model);
    let old = &plans[0].versions[1];
    assert_eq!(
        (old.name, old.served, old.deprecation.is_some()),
        ("v1beta1", false, true)
    );
}

#[test]
fn metadata_is_an_object_that_nobody_has_to_require() {
    let mut build = two_versions();
    let name = Facts {
        subfields: vec![("name".to_owned(), rules([RuleKind::MaxLength(9)]))],
        ..Facts::default()
    };
    let ty = build.model.resources[1].ty;
    build.fields(ty)[0].facts = Facts {
        description: Some("Not wanted.".to_owned()),
        ..name
    };
    let plans = plan(&build.model);
    let schema = serde_json::to_value(&plans[0].versions[0].schema).unwrap_or_default();
    let wanted = serde_json::json!({"type": "object", "properties": {"name": {"type": "string", "maxLength": 9}}});
    assert_eq!(schema["properties"]["metadata"], wanted);
    assert_eq!(schema["required"], serde_json::json!(["spec"]));
    assert!(schema["properties"]["apiVersion"]["description"].is_string());
}

#[test]
fn kube_finds_the_definition_with_the_storage_version() {
    let files = files(&two_versions(), Support::Feature);
    let paths: Vec<_> = files.iter().filter_map(|file| file.path.to_str()).collect();
    assert_eq!(
        paths,
        [
            "crds/shop.example.com_orders.yaml",
            "src/generated/v1/orders.shop.example.com.json",
            "src/generated/v1/crd.rs",
            "src/generated/v1beta1/crd.rs",
        ]
    );
    insta::assert_snapshot!(format!("{}\n{}", text(&files, paths[2]), text(&files, paths[3])));
}

#[test]
fn without_kube_there_is_no_rust() {
    assert_eq!(files(&two_versions(), Support::Off).len(), 1);
}
