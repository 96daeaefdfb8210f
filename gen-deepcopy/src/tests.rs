//! Plans by value, files as goldens, and what is refused.

use std::fs;

use kgen_emit::{Generator, Layout};
use kgen_model::{Model, Report, Sources};

use super::{Body, DeepCopy, How, plan};

/// The model of a crate that consists of one file.
fn model(text: &str) -> Model {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let root = folder.path().join("lib.rs");
    let version = "kgen::version! { group = \"shop.example.com\", version = \"v1\", allow_float }\n";
    fs::write(&root, format!("{version}{text}")).expect("the file can be written");
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

/// The files of all modules, one behind the other.
fn files(text: &str) -> String {
    let (model, layout) = (model(text), Layout::default());
    let files = DeepCopy
        .parts(&model)
        .into_iter()
        .flat_map(|part| DeepCopy.generate(&model, &layout, part));
    let show = |file: kgen_emit::File| {
        assert_eq!(file.problem, None);
        format!("// {}\n{}", file.path.display(), file.text)
    };
    files.map(show).collect::<Vec<_>>().join("\n")
}

/// How the fields of the first struct are copied.
fn hows(text: &str) -> Vec<How> {
    let model = model(text);
    match &plan(&model, model.modules()[0]).impls[0].body {
        Body::Struct(fields) => fields.iter().map(|field| field.how).collect(),
        other => panic!("no struct: {other:?}"),
    }
}

/// Which types of a text find something to keep in an old value.
fn reusing(text: &str) -> Vec<String> {
    let model = model(text);
    let plan = plan(&model, model.modules()[0]);
    plan.impls
        .iter()
        .filter(|plan| plan.reuses)
        .map(|plan| plan.ty.name.clone())
        .collect()
}

fn found(text: &str) -> Vec<(&'static str, String)> {
    let mut report = Report::default();
    DeepCopy.check(&model(text), &mut report);
    report
        .diagnostics()
        .iter()
        .map(|found| (found.code, found.message.clone()))
        .collect()
}

#[test]
fn the_leaf_of_a_type_decides() {
    let values = "
        #[derive(kgen::Api)]
        struct A { pub a: i32, pub b: Option<bool>, pub c: [f64; 2], pub d: Option<kgen::k8s::Duration> }";
    assert_eq!(hows(&values.replace("struct", "pub struct")), [How::Value; 4]);
    let deep = "
        #[derive(kgen::Api)]
        pub struct A {
            pub a: String, pub b: Option<Vec<i32>>, pub c: Box<i32>, pub d: B, pub e: [B; 2], pub f: Option<B>,
            pub g: std::collections::BTreeMap<String, Option<i32>>, pub h: serde_json::Value,
            pub i: kgen::k8s::Quantity, pub j: Vec<kgen::k8s::Condition>, pub k: kgen::k8s_openapi::api::core::v1::PodSpec,
        }
        #[derive(kgen::Api)]
        pub struct B {}";
    assert_eq!(hows(deep), [How::DeepCopy; 11]);
    let foreign = "
        use kgen::k8s_openapi::api::networking::v1::IngressBackend;
        #[derive(kgen::Api)]
        pub struct A {
            pub a: IngressBackend, pub b: Vec<Option<IngressBackend>>, pub c: Vec<kgen::k8s::Duration>,
            pub d: kube::core::DynamicObject,
        }";
    assert_eq!(hows(foreign), [How::Clone; 4]);
}

#[test]
fn what_is_left_out_is_copied_as_rust_does() {
    let text = "
        #[derive(kgen::Api)]
        pub struct A {
            pub a: Cloned, pub b: Copied, pub c: Option<Copied>, pub d: Vec<Copied>, pub e: ByHand,
            #[kgen(skip)] pub f: std::rc::Rc<str>,
        }
        #[derive(Clone, kgen::Api)] #[kgen(generate(deepcopy = false))] pub struct Cloned {}
        #[derive(Clone, Copy, kgen::Api)] #[kgen(generate(deepcopy = false))] pub struct Copied {}
        #[derive(kgen::Api)] #[kgen(generate(deepcopy = false))] pub struct ByHand {}
        impl kgen::DeepCopy for ByHand { fn deep_copy(&self) -> Self { Self {} } }";
    assert_eq!(
        hows(text),
        [
            How::Clone,
            How::Value,
            How::Value,
            How::Clone,
            How::DeepCopy,
            How::Opaque
        ]
    );
    assert_eq!(reusing(text), ["A"]);
    assert_eq!(found(text), []);
}

#[test]
fn only_what_holds_buffers_is_copied_into() {
    let text = "
        #[derive(kgen::Api)] pub struct Numbers { pub a: i32, pub b: Option<Flags>, pub c: kgen::k8s::Time }
        #[derive(kgen::Api)] pub struct Flags { pub a: bool, pub b: [Phase; 2] }
        #[derive(kgen::Api)] pub enum Phase { On, Off }
        #[derive(kgen::Api)] pub enum Open { On, #[kgen(other)] Other(String) }
        #[derive(kgen::Api)] pub struct Port(pub u16);
        #[derive(kgen::Api)] pub struct Name(pub String);
        #[derive(kgen::Api)] pub enum Bound { Port(Port), Flags(Flags) }
        #[derive(kgen::Api)] pub enum Reach { Port(Port), Name(Name) }
        #[derive(kgen::Api)] pub struct Node { pub next: Option<Box<Node>> }
        #[derive(kgen::Api)] pub struct Endless { pub next: Option<Endless> }
        #[derive(kgen::Api)] pub struct Cached { #[kgen(skip)] pub cache: std::sync::Arc<str> }";
    assert_eq!(reusing(text), ["Open", "Name", "Reach", "Node", "Cached"]);
}

#[test]
fn structs() {
    insta::assert_snapshot!(files(
        "
        #[derive(kgen::Api)]
        pub struct Order {
            pub customer: String,
            pub replicas: i32,
            pub r#type: Option<String>,
            pub backend: kgen::k8s_openapi::api::networking::v1::IngressBackend,
            #[kgen(flatten)] pub contact: Contact,
            #[kgen(skip)] pub cache: u32,
        }
        #[derive(kgen::Api)] pub struct Contact { pub phone: Option<i64> }
        #[derive(kgen::Api)] pub struct Nothing {}
        #[derive(kgen::Api)] pub struct Name(pub String);
        #[derive(kgen::Api)] pub struct Port(pub u16);
        "
    ));
}

#[test]
fn enums() {
    insta::assert_snapshot!(files(
        "
        #[derive(Clone, kgen::Api)] pub enum Phase { Pending, Done }
        #[derive(Clone, kgen::Api)] pub enum Open { Pending, #[kgen(other)] Other(String) }
        #[derive(kgen::Api)] #[kgen(discriminator = \"type\")] pub enum Shipment { Parcel(Box<Phase>), Grams(i64), PickUp }
        #[derive(kgen::Api)] pub enum Source { Git(String) }
        #[derive(kgen::Api)] pub enum Number { One(u32) }
        #[derive(kgen::Api)] pub enum Keyword { Crate(String), Type(kgen::k8s_openapi::api::core::v1::Pod) }
        "
    ));
}

#[test]
fn generic_types_and_modules() {
    insta::assert_snapshot!(files(
        "
        #[derive(kgen::Api)] pub struct Order { pub a: r#move::Page<Order>, pub b: r#move::Page<String> }
        pub mod r#move {
            #[derive(kgen::Api)] pub struct Page<T> { pub items: Vec<T> }
        }
        "
    ));
}

#[test]
fn deprecated_parts_are_expected() {
    insta::assert_snapshot!(files(
        "
        #[derive(kgen::Api)] pub struct Order { #[deprecated] pub old: i32 }
        "
    ));
}

#[test]
fn transparent_structs_have_a_field() {
    let text = "#[derive(serde::Serialize, kgen::Api)] #[serde(transparent)] pub struct Name { pub text: String }";
    assert_eq!(hows(text), [How::DeepCopy]);
}

#[test]
fn what_is_switched_off_has_no_file() {
    assert_eq!(
        files("#[derive(kgen::Api)] #[kgen(generate(deepcopy = false))] pub struct Order {}"),
        ""
    );
}

#[test]
fn an_implementation_by_hand_wins() {
    let text = "
        #[derive(kgen::Api)] pub struct Order { pub name: String }
        impl kgen::DeepCopy for Order { fn deep_copy(&self) -> Self { todo!() } }";
    assert_eq!((files(text).as_str(), found(text)), ("", Vec::new()));
}

#[test]
fn what_cannot_be_copied_is_refused() {
    let text = "
        #[derive(kgen::Api)] pub struct A { pub a: Option<Vec<B>> }
        #[derive(kgen::Api)] #[kgen(generate(deepcopy = false))] pub struct B {}";
    let message = "`B` is to have no deep copy and is not `Clone` either".to_owned();
    assert_eq!(found(text), [("missing-derive", message)]);
}

#[test]
fn keys_that_cannot_be_looked_up_are_refused() {
    let text = "
        use std::collections::{BTreeMap, HashMap};
        #[derive(kgen::Api)] pub struct A { pub a: Vec<BTreeMap<B, i32>>, pub b: BTreeMap<String, HashMap<B, i32>> }
        #[derive(Clone, kgen::Api)] pub struct B(pub String);";
    let message = |missing: &str| format!("`B` is the key of a map, but it is not {missing}");
    let wanted = ["`Ord`", "`Eq` and not `Hash`"].map(|missing| ("missing-derive", message(missing)));
    assert_eq!(found(text), wanted);
}
