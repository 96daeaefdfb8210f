//! Types, values and what does not fit, by small texts.

mod misfits;

use std::fs;

use kgen_model::{Model, Report, Sources};
use quote::quote;

use super::{Cost, Type, Value};
use crate::Imports;

const TYPES: &str = "
    use std::collections::{BTreeMap, HashMap};
    use kgen::k8s::{ByteString, Condition, Duration, IntOrString, MicroTime, ObjectMeta, Quantity, RawExtension, Time};
    use kgen::k8s_openapi::api::core::v1::{EnvVar, Pod};
    #[derive(Default, kgen::Api)] pub struct Retry { #[kgen(default = 3)] pub limit: i32, pub mode: Option<String> }
    #[derive(Default, kgen::Api)] pub struct Plain { pub r#type: i32, pub b: i32 }
    #[derive(kgen::Api)] pub struct Bare { pub a: Size, pub b: Option<i32>, pub c: String, pub d: Retry, #[kgen(default = 2)] pub e: i32 }
    #[derive(Default, kgen::Api)] pub struct Outer { pub x: i32, #[kgen(flatten)] pub plain: Plain }
    #[derive(Clone, kgen::Api)] pub enum Size { Small, #[kgen(name = \"LARGE\")] Large }
    #[derive(Clone, kgen::Api)] pub enum Phase { Done, #[kgen(other)] Other(String) }
    #[derive(kgen::Api)] pub enum Source { Git(Plain), Http(String) }
    #[derive(kgen::Api)] #[kgen(discriminator = \"type\")] pub enum Tagged { Git(Plain), Here }
    #[derive(kgen::Api, Serialize, Deserialize)] #[serde(untagged)] pub enum Untagged { Git(Plain) }
    #[derive(Default, kgen::Api)] pub struct Sku(pub String);
    #[derive(Default, kgen::Api)] pub struct Page<T> { pub items: Vec<T> }
";

fn model(text: &str) -> Model {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let root = folder.path().join("lib.rs");
    let version = "kgen::version! { group = \"shop.example.com\", version = \"v1\", allow_float }\n";
    fs::write(&root, format!("{version}{TYPES}{text}")).expect("the file can be written");
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

/// The model of a field with a default.
fn field(ty: &str, default: &str) -> Model {
    model(&format!(
        "#[derive(kgen::Api)] pub struct A {{ #[kgen(default = {default})] pub a: {ty} }}"
    ))
}

fn value(ty: &str, default: &str) -> Value {
    let model = field(ty, default);
    let found = model
        .types
        .iter()
        .find(|ty| ty.name == "A")
        .and_then(|ty| ty.fields()?.first());
    let field = found.expect("the struct is there");
    let default = model.default_of(field).expect("the field has a default");
    Value::of(&model, &field.ty, default).unwrap_or_else(|misfit| panic!("{misfit:?}"))
}

/// A default as code.
fn code(ty: &str, default: &str) -> String {
    let value = value(ty, default).tokens(&mut Imports::new());
    let text = crate::format::format(quote! { const A: A = #value; }).expect("values are Rust");
    let text = text
        .trim_start_matches("const A: A = ")
        .trim_end()
        .trim_end_matches(';');
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn types_are_written_by_their_paths() {
    let text = "pub mod r#type { #[derive(kgen::Api)] pub struct B {} }
        #[derive(kgen::Api)] pub struct A {
            pub a: Option<Box<Page<Plain>>>, pub b: HashMap<String, [i32; 2]>, pub c: ObjectMeta, pub d: Pod, pub e: serde_json::Value,
            pub f: r#type::B,
        }";
    let model = model(text);
    let ty = model
        .types
        .iter()
        .find(|ty| ty.name == "A")
        .expect("the struct is there");
    let mut imports = Imports::new();
    let types = ty
        .fields()
        .unwrap_or_default()
        .iter()
        .map(|field| Type::of(&model, &field.ty).tokens(&mut imports).to_string());
    let wanted = [
        "Option < Box < Page < Plain > > >",
        "HashMap < String , [i32 ; 2] >",
        "ObjectMeta",
        "Pod",
        "Value",
        "B",
    ];
    assert_eq!(types.collect::<Vec<_>>(), wanted);
    let wanted = [
        "crate::Page",
        "crate::Plain",
        "crate::r#type::B",
        "kgen::k8s::ObjectMeta",
        "kgen::k8s_openapi::api::core::v1::Pod",
        "kgen::serde_json::Value",
        "std::collections::HashMap",
    ];
    let paths: Vec<_> = imports.paths().filter(|path| path.contains("::")).collect();
    assert_eq!(paths, wanted);
}

#[test]
fn scalars() {
    for (ty, default, wanted) in [
        ("bool", "true", "true"),
        ("i8", "-128", "-128"),
        ("u64", "18446744073709551615", "18446744073709551615"),
        ("f64", "1", "1.0"),
        ("f64", "-1e300", "-1e300"),
        ("f32", "0.1", "0.1"),
        ("String", "\"x\"", "\"x\".to_owned()"),
        ("String", "\"\"", "String::new()"),
        ("Quantity", "\"1Gi\"", "Quantity(\"1Gi\".to_owned())"),
        ("Quantity", "1", "Quantity(\"1\".to_owned())"),
        ("IntOrString", "80", "IntOrString::Int(80)"),
        ("IntOrString", "\"http\"", "IntOrString::String(\"http\".to_owned())"),
        ("Duration", "\"1s\"", "Duration::from_nanos(1000000000)"),
        ("Time", "\"1970-01-01T00:00:01Z\"", "Time(Timestamp::constant(1, 0))"),
        (
            "MicroTime",
            "\"1970-01-01T00:00:00.5Z\"",
            "MicroTime(Timestamp::constant(0, 500000000))",
        ),
    ] {
        assert_eq!(code(ty, default), wanted, "{ty}");
    }
}

#[test]
fn containers() {
    for (ty, default, wanted) in [
        ("Option<i32>", "1", "Some(1)"),
        ("Box<i32>", "1", "Box::new(1)"),
        ("Vec<i32>", "[]", "Vec::new()"),
        ("Vec<Sku>", "[\"a\"]", "Vec::from([Sku(\"a\".to_owned())])"),
        ("[i32; 2]", "[1, 2]", "[1, 2]"),
        ("BTreeMap<String, i32>", "json!({})", "BTreeMap::new()"),
        (
            "HashMap<Sku, i32>",
            "json!({\"a\": 1})",
            "HashMap::from([(Sku(\"a\".to_owned()), 1)])",
        ),
    ] {
        assert_eq!(code(ty, default), wanted, "{ty}");
    }
}

#[test]
fn any_json_keeps_its_numbers() {
    let json = "json!({\"a\": [null, -1, 3000000000, 18446744073709551615, 1.5]})";
    let wanted = "json!({ \"a\" : [null, - 1, 3000000000_i64, 18446744073709551615_u64, 1.5] })";
    assert_eq!(code("serde_json::Value", json), wanted);
    assert_eq!(
        code("RawExtension", "json!({\"a\": 1})"),
        "RawExtension(json!({ \"a\" : 1 }))"
    );
    assert_eq!(code("Vec<serde_json::Value>", "[null]"), "Vec::from([Value::Null])");
}

#[test]
fn enums() {
    for (ty, default, wanted) in [
        ("Size", "Size::Large", "Size::Large"),
        ("Size", "\"LARGE\"", "Size::Large"),
        ("Phase", "\"odd\"", "Phase::Other(\"odd\".to_owned())"),
        ("Source", "json!({\"http\": \"x\"})", "Source::Http(\"x\".to_owned())"),
        (
            "Tagged",
            "json!({\"type\": \"Git\", \"git\": {}})",
            "Tagged::Git(Plain::default())",
        ),
        ("Tagged", "json!({\"type\": \"Here\"})", "Tagged::Here"),
    ] {
        assert_eq!(code(ty, default), wanted, "{ty}");
    }
}

#[test]
fn structs_hold_what_absent_members_mean() {
    for (ty, default, wanted) in [
        ("Retry", "json!({})", "Retry::start()"),
        ("Retry", "json!({\"limit\": 5})", "Retry { limit: 5, ..Retry::start() }"),
        (
            "Retry",
            "json!({\"limit\": 5, \"mode\": \"x\"})",
            "Retry { limit: 5, mode: Some(\"x\".to_owned()), }",
        ),
        ("Plain", "json!({})", "Plain::default()"),
        (
            "Plain",
            "json!({\"type\": 1})",
            "Plain { r#type: 1, ..Plain::default() }",
        ),
        (
            "Outer",
            "json!({\"b\": 1})",
            "Outer { plain: Plain { b: 1, ..Plain::default() }, ..Outer::default() }",
        ),
        ("Page<i32>", "json!({})", "Page::default()"),
        (
            "EnvVar",
            "json!({\"name\": \"a\"})",
            "EnvVar { name: \"a\".to_owned(), ..EnvVar::default() }",
        ),
        (
            "Bare",
            "json!({\"a\": \"Small\"})",
            "Bare { a: Size::Small, b: None, c: Default::default(), d: Retry::start(), e: 2, }",
        ),
    ] {
        assert_eq!(code(ty, default), wanted, "{ty}");
    }
}

#[test]
fn values_have_a_cost() {
    for (ty, default, wanted) in [
        ("i32", "0", Cost::Constant),
        ("Size", "Size::Small", Cost::Constant),
        ("IntOrString", "1", Cost::Constant),
        ("[i32; 1]", "[1]", Cost::Constant),
        ("String", "\"\"", Cost::Default),
        ("Vec<i32>", "[]", Cost::Default),
        ("Plain", "json!({})", Cost::Default),
        ("Retry", "json!({})", Cost::Function),
        ("Box<Retry>", "json!({})", Cost::Built),
        ("String", "\"x\"", Cost::Built),
        ("Sku", "\"\"", Cost::Built),
        ("Vec<i32>", "[1]", Cost::Built),
        ("Retry", "json!({\"limit\": 5})", Cost::Built),
    ] {
        assert_eq!(value(ty, default).cost(), wanted, "{ty}");
    }
}

#[test]
fn a_type_may_have_the_default() {
    let text = "#[derive(kgen::Api)] pub struct A { pub a: Option<Port>, #[kgen(default = 1)] pub b: Port }
        #[derive(kgen::Api)] #[kgen(default = 80)] pub struct Port(pub i32);";
    let model = model(text);
    let fields = model
        .types
        .iter()
        .find(|ty| ty.name == "A")
        .and_then(|ty| ty.fields())
        .unwrap_or_default();
    let defaults: Vec<_> = fields.iter().map(|field| model.default_of(field).cloned()).collect();
    assert_eq!(defaults, [80, 1].map(|value| Some(kgen_model::Literal::Int(value))));
}
