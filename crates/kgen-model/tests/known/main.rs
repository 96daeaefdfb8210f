//! What the model knows of Kubernetes' own types, held against what Kubernetes publishes. The published document is no
//! part of the project: `KGEN_CORPUS` names the folder that holds `kubernetes/swagger.json`.

mod published;
mod schema;

use std::io::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use kgen_model::facts::Number;
use kgen_model::known::{self, Known};
use kgen_model::model::{Origin, SerdeOwner, UnionRepr};
use kgen_model::{Builtin, Facts, Field, Literal, Presence, RuleKind, Shape, TypeDef, TypeId, TypeRef};
use serde_json::Value;

const META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1";
const CORE: &str = "io.k8s.api.core.v1";

/// The published document, or `None` after saying so past the test harness, which hides what passing tests print.
fn published_document() -> Option<Value> {
    let corpus = env::var_os("KGEN_CORPUS").map_or_else(|| in_crate("../../../shared/corpus"), PathBuf::from);
    let path = corpus.join("kubernetes/swagger.json");
    let Ok(text) = fs::read_to_string(&path) else {
        let warning = format!(
            "NOT COMPARED with Kubernetes: there is no {}; set KGEN_CORPUS\n",
            path.display()
        );
        std::io::stderr()
            .write_all(warning.as_bytes())
            .expect("stderr takes text");
        return None;
    };
    Some(serde_json::from_str(&text).expect("the published document is JSON"))
}

fn in_crate(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A definition with the names that its ids stand for.
fn define(name: &str) -> (TypeDef, Vec<&'static str>) {
    let mut references = Vec::new();
    let ty = known::definition(name, &mut |reference| {
        references.push(reference);
        TypeId(u32::try_from(references.len() - 1).expect("few references"))
    });
    (ty.unwrap_or_else(|| panic!("`{name}` cannot be read")), references)
}

fn fields(ty: &TypeDef) -> &[Field] {
    match &ty.shape {
        Shape::Struct(fields) => fields,
        other => panic!("`{}` is {other:?}", ty.name),
    }
}

fn field<'a>(ty: &'a TypeDef, wire: &str) -> &'a Field {
    fields(ty)
        .iter()
        .find(|field| field.wire == wire)
        .unwrap_or_else(|| panic!("`{}` has no `{wire}`", ty.name))
}

fn optional(ty: TypeRef) -> TypeRef {
    TypeRef::Option(Box::new(ty))
}

fn words(facts: &Facts) -> Vec<String> {
    facts.rule_kinds().map(|rule| format!("{rule:?}")).collect()
}

#[test]
fn the_table_is_what_kubernetes_publishes() {
    let Some(document) = published_document() else { return };
    let path = in_crate("src/known/kubernetes.txt");
    let table = published::table(&document);
    if env::var_os("KGEN_UPDATE").is_some() {
        fs::write(&path, &table).expect("the table can be written");
    }
    let written = fs::read_to_string(&path).expect("the table can be read");
    let difference = table
        .lines()
        .zip(written.lines())
        .find(|(published, ours)| published != ours);
    assert_eq!(difference, None, "run with KGEN_UPDATE=1 after reading what changed");
    assert_eq!(table.len(), written.len());
}

#[test]
fn every_definition_says_what_kubernetes_publishes() {
    let Some(document) = published_document() else { return };
    let published = document["definitions"].as_object().expect("definitions");
    let unpublished: Vec<&str> = known::definitions()
        .filter(|name| !published.contains_key(*name))
        .collect();
    assert_eq!(unpublished, [""; 0]);
    for name in published.keys() {
        let (ty, references) = define(name);
        assert_eq!(
            schema::of(&ty, &references),
            schema::expected(name, &published[name]),
            "`{name}`"
        );
    }
}

#[test]
fn every_reference_leads_to_a_definition() {
    for name in known::definitions() {
        let (ty, references) = define(name);
        assert_eq!(ty.schema_name, name);
        assert_eq!(
            (ty.origin, ty.serde, ty.version),
            (Origin::Kubernetes, SerdeOwner::Own, None),
            "`{name}`"
        );
        for reference in references {
            assert_eq!(
                known::named(reference),
                Some(Known::Definition(reference)),
                "in `{name}`"
            );
        }
    }
}

#[test]
fn every_line_of_the_overlay_adds_to_something() {
    let mut package = "";
    let mut ty = None;
    for line in include_str!("../../src/known/overlay.txt").lines() {
        let name = line.split_whitespace().next().unwrap_or_default();
        if let Some(name) = line.strip_prefix("package ") {
            package = name;
        } else if line.starts_with(' ') {
            field(ty.as_ref().expect("a definition stands above its fields"), name);
        } else if !line.is_empty() && !line.starts_with('#') {
            ty = Some(define(&format!("{package}.{name}")).0);
        }
    }
}

#[test]
fn a_condition_has_the_rules_of_its_markers() {
    let (ty, _) = define(&format!("{META}.Condition"));
    assert_eq!(ty.module.join("::"), "k8s_openapi::apimachinery::pkg::apis::meta::v1");
    assert_eq!(
        ty.traits,
        ["Clone", "Debug", "PartialEq", "DeepMerge"],
        "a time has no default"
    );
    let time = field(&ty, "lastTransitionTime");
    assert_eq!(
        (&time.ty, time.presence),
        (&TypeRef::Builtin(Builtin::Time), Presence::Required)
    );
    let generation = field(&ty, "observedGeneration");
    assert_eq!(
        (generation.name.as_str(), generation.presence),
        ("observed_generation", Presence::Optional)
    );
    let not_negative = RuleKind::Minimum {
        value: Number::Int(0),
        exclusive: false,
    };
    assert_eq!(generation.facts.rule_kinds().collect::<Vec<_>>(), [&not_negative]);
    let message = field(&ty, "message");
    assert_eq!(
        message.facts.rule_kinds().collect::<Vec<_>>(),
        [&RuleKind::MaxLength(32768)]
    );
    let reason = [
        "MinLength(1)",
        "MaxLength(1024)",
        r#"Pattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")"#,
    ];
    assert_eq!(words(&field(&ty, "reason").facts), reason);
    let statuses = ["True", "False", "Unknown"].map(Literal::from).to_vec();
    assert_eq!(
        field(&ty, "status").facts.rule_kinds().collect::<Vec<_>>(),
        [&RuleKind::Enum(statuses)]
    );
    let type_ = field(&ty, "type");
    assert_eq!((type_.name.as_str(), type_.facts.rules.len()), ("type_", 2));
    assert!(fields(&ty).iter().all(|field| field.facts.description.is_some()));
}

#[test]
fn an_object_holds_its_metadata_and_a_template_may_lack_it() {
    let (pod, _) = define(&format!("{CORE}.Pod"));
    assert!(matches!(field(&pod, "metadata").ty, TypeRef::Named(_)));
    assert_eq!(field(&pod, "metadata").presence, Presence::Optional);
    assert_eq!(field(&pod, "kind").ty, optional(TypeRef::String));
    let (template, _) = define(&format!("{CORE}.PodTemplateSpec"));
    assert!(matches!(field(&template, "metadata").ty, TypeRef::Option(_)));
}

#[test]
fn a_list_is_an_instance_of_the_generic_one() {
    let (list, references) = define(&format!("{CORE}.PodList"));
    assert_eq!(
        (list.module.join("::").as_str(), list.name.as_str()),
        ("k8s_openapi", "List")
    );
    let [TypeRef::Named(item)] = list.args.as_slice() else {
        panic!("{:?}", list.args)
    };
    assert_eq!(references[item.0 as usize], format!("{CORE}.Pod"));
}

#[test]
fn defaults_are_those_of_the_markers_alone() {
    let (port, _) = define(&format!("{CORE}.ContainerPort"));
    let protocol = field(&port, "protocol");
    assert_eq!(
        (protocol.presence, &protocol.facts.default),
        (Presence::Defaulted, &Some(Literal::from("TCP")))
    );
    assert_eq!(protocol.ty, optional(TypeRef::String));
    let (reference, _) = define(&format!("{CORE}.LocalObjectReference"));
    let name = field(&reference, "name");
    assert_eq!(
        (&name.ty, &name.facts.default),
        (&TypeRef::String, &Some(Literal::from("")))
    );
    let (spec, _) = define(&format!("{CORE}.PodSpec"));
    assert!(fields(&spec).iter().all(|field| field.facts.default.is_none()));
}

#[test]
fn a_schema_or_something_else_is_a_union_of_which_the_schema_says_nothing() {
    let (ty, references) = define("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool");
    let Shape::Union(union) = &ty.shape else {
        panic!("{:?}", ty.shape)
    };
    assert_eq!(union.repr, UnionRepr::Untagged);
    assert!(ty.facts.schema.schemaless);
    assert_eq!(
        references,
        ["io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"]
    );
}

#[test]
fn paths_stand_for_definitions_and_builtins() {
    let lookup = |path: &str| known::lookup(&path.split("::").collect::<Vec<_>>());
    let object_meta = Some(Known::Definition("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"));
    let builtin = |builtin| Some(Known::Builtin(builtin));
    let cases = [
        (
            "k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta",
            object_meta,
        ),
        ("kgen::k8s::ObjectMeta", object_meta),
        (
            "kgen::k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta",
            object_meta,
        ),
        ("kube::core::ObjectMeta", object_meta),
        ("kube::api::ObjectMeta", object_meta),
        ("kube_core::metadata::ObjectMeta", object_meta),
        (
            "k8s_openapi::api::core::v1::PodSpec",
            Some(Known::Definition("io.k8s.api.core.v1.PodSpec")),
        ),
        (
            "k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1::APIService",
            Some(Known::Definition(
                "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIService",
            )),
        ),
        (
            "k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::JSON",
            builtin(Builtin::Json),
        ),
        (
            "k8s_openapi::apimachinery::pkg::api::resource::Quantity",
            builtin(Builtin::Quantity),
        ),
        (
            "k8s_openapi::apimachinery::pkg::runtime::RawExtension",
            builtin(Builtin::RawExtension),
        ),
        ("k8s_openapi::ByteString", builtin(Builtin::ByteString)),
        ("kgen::k8s::ByteString", builtin(Builtin::ByteString)),
        ("kgen::k8s::Time", builtin(Builtin::Time)),
        ("kube::core::Duration", builtin(Builtin::Duration)),
        ("kube::core::DynamicObject", builtin(Builtin::EmbeddedObject)),
        ("serde_json::Value", builtin(Builtin::Json)),
        ("kgen::serde_json::Value", builtin(Builtin::Json)),
        ("k8s_openapi::api::core::v1::PodList", None),
        ("k8s_openapi::List", None),
        ("k8s_openapi", None),
        ("kgen::k8s::Pod", None),
        ("crate::v1::Order", None),
    ];
    for (path, wanted) in cases {
        assert_eq!(lookup(path), wanted, "`{path}`");
    }
}

#[test]
fn every_rust_path_leads_back() {
    for name in known::definitions() {
        let path = known::rust_path(name);
        let borrowed: Vec<&str> = path.iter().map(String::as_str).collect();
        let is_list = path == ["k8s_openapi", "List"];
        assert_eq!(
            known::lookup(&borrowed),
            known::named(name).filter(|_| !is_list),
            "`{name}`"
        );
    }
}

#[test]
fn short_names_are_those_of_the_runtime() {
    // Traits, modules, an error and the generic list: nothing that a field can be of.
    const OTHERS: [&str; 10] = [
        "ClusterResourceScope",
        "DeepMerge",
        "InvalidDuration",
        "List",
        "ListableResource",
        "Metadata",
        "NamespaceResourceScope",
        "Resource",
        "ResourceScope",
        "merge_strategies",
    ];
    let path = in_crate("../../runtime/kgen/src/k8s.rs");
    let text = fs::read_to_string(path).expect("the runtime lies in the same workspace");
    let leaves = text
        .split("pub use ")
        .skip(1)
        .filter_map(|rest| rest.split_once(';'))
        .flat_map(|(path, _)| {
            let (_, leaves) = path.rsplit_once("::").unwrap_or(("", path));
            let leaves = path
                .split_once('{')
                .map_or(leaves, |(_, leaves)| leaves.trim_end_matches('}'));
            leaves.split(',').map(str::trim).filter(|leaf| !leaf.is_empty())
        });
    let mut exported: Vec<&str> = leaves.filter(|leaf| !OTHERS.contains(leaf)).collect();
    let mut known: Vec<&str> = known::names().collect();
    exported.sort_unstable();
    known.sort_unstable();
    assert_eq!(known, exported);
    for name in known {
        assert!(known::lookup(&["kgen", "k8s", name]).is_some(), "`{name}`");
    }
}
