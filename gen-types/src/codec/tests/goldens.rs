//! Whole files.

use insta::assert_snapshot;

use crate::testing::file;

const RETRY: &str = "
    #[derive(Debug, Default, PartialEq, kgen::Api)]
    pub struct Retry {
        #[kgen(default = 3)] pub limit: u32,
        #[kgen(optional)] pub seconds: f64,
        #[kgen(default = \"linear\")] pub mode: String,
    }";

#[test]
fn structs() {
    let text = "
        #[derive(Default, kgen::Api)]
        pub struct Spec {
            pub customer: String,
            #[kgen(default = 1)] pub replicas: i32,
            #[kgen(optional)] pub labels: std::collections::BTreeMap<String, String>,
            #[kgen(optional)] pub retry: Retry,
            #[kgen(flatten)] pub contact: Contact,
            #[kgen(flatten)] pub one: One,
            pub priority: Option<i32>,
            #[kgen(required)] pub hurry: Option<bool>,
            pub r#type: Option<String>,
        }
        #[derive(Default, kgen::Api)] pub struct Contact { pub email: String, pub phone: Option<String> }
        #[derive(Default, kgen::Api)] pub struct One { pub only: String }
        #[derive(Default, kgen::Api)] pub struct Nothing {}";
    assert_snapshot!(file(&format!("{text}{RETRY}"), "serde.rs"));
}

#[test]
fn kinds() {
    let text = "
        use kgen::k8s::ObjectMeta;
        #[derive(Clone, Debug, Default, kgen::Api)] #[kgen(kind, namespaced)] pub struct Order { pub metadata: ObjectMeta }
        #[derive(Clone, Debug, kgen::Api)] #[kgen(kind, cluster)] pub struct Parcel { pub metadata: ObjectMeta, pub x: i32 }";
    assert_snapshot!(file(text, "serde.rs"));
}

#[test]
fn assembled_structs() {
    let text = "
        #[derive(kgen::Api)]
        pub struct Line {
            pub sku: String,
            #[kgen(default = 1)] pub count: u16,
            #[kgen(default = \"piece\")] pub unit: String,
            pub carrier: Carrier,
            pub note: Option<String>,
            pub retry: Retry,
            #[kgen(flatten)] pub source: Source,
            #[kgen(flatten)] pub extra: Option<Box<Extra>>,
            #[kgen(flatten)] pub handling: Box<m::Handling>,
            #[kgen(flatten)] pub contact: Contact,
            #[kgen(skip)] pub cache: usize,
        }
        #[derive(Default, kgen::Api)] pub struct Contact { #[kgen(default = \"x\")] pub email: String }
        #[derive(Clone, kgen::Api)] pub enum Carrier { Post }
        #[derive(kgen::Api)] pub enum Source { Git(String) }
        #[derive(kgen::Api)] #[kgen(discriminator = \"extra\")] pub enum Extra { Some(String) }
        pub mod m { #[derive(kgen::Api)] pub struct Handling { #[kgen(required)] pub hurry: Option<bool> } }";
    assert_snapshot!(file(&format!("{text}{RETRY}"), "serde.rs"));
}

#[test]
fn enums_and_newtypes() {
    let text = "
        #[derive(Clone, kgen::Api)] pub enum Size { Small, #[kgen(name = \"LARGE\")] Large }
        #[derive(Clone, kgen::Api)] pub enum Phase { Pending, #[kgen(other)] Other(String) }
        #[derive(kgen::Api)] pub struct Name(pub String);
        #[derive(kgen::Api)] pub struct Names(pub Vec<Name>);";
    assert_snapshot!(file(text, "serde.rs"));
}

#[test]
fn unions() {
    let text = "
        #[derive(kgen::Api)] pub enum Source { Git(i32), Out(i32), Type(i32) }
        #[derive(kgen::Api)] pub enum Only { Git(i32) }
        #[derive(kgen::Api)] #[kgen(discriminator = \"type\")] pub enum Shipment { PickUp, Parcel(Box<i32>), Pallet(i32) }
        #[derive(kgen::Api)] #[kgen(discriminator = \"type\")] pub enum OnlyTagged { Git(i32) }
        #[derive(kgen::Api)] #[kgen(discriminator = \"type\")] pub enum Tags { A, B }";
    assert_snapshot!(file(text, "serde.rs"));
}

#[test]
fn emptiness() {
    let text = "
        #[derive(Default, kgen::Api)] pub struct Holder { #[kgen(optional)] pub spec: Spec, #[kgen(optional)] pub by_hand: ByHand }
        #[derive(Default, kgen::Api)] pub struct Spec {
            pub a: i32, pub b: Option<i32>, pub c: Name, pub d: Size, pub e: Nothing, pub f: Local,
            #[kgen(default = true)] pub g: bool, #[kgen(default = false)] pub h: bool, #[kgen(default = \"\")] pub i: String,
            #[kgen(default = \"x\")] pub j: Box<Name>, #[kgen(default = 2)] pub k: Box<i32>, #[kgen(default = \"Small\")] pub l: Size,
            #[kgen(default = [])] pub m: Vec<i32>, #[kgen(default = [1])] pub n: Vec<i32>, #[kgen(default = \"1\")] pub o: kgen::k8s::Quantity,
        }
        #[derive(Default, kgen::Api)] pub struct Nothing {}
        #[derive(Default, kgen::Api)] pub struct Name(pub String);
        #[derive(Clone, Default, kgen::Api)] pub enum Size { #[default] Small, Large }
        #[derive(Default, kgen::Api)] #[kgen(discriminator = \"type\")] pub enum Local { #[default] Here, There(i32) }
        #[derive(PartialEq, kgen::Api)] pub struct ByHand { #[kgen(default = 1)] pub a: i32 }
        impl Default for ByHand { fn default() -> Self { Self { a: 2 } } }";
    let text = file(text, "serde.rs");
    let impls = text
        .split("#[automatically_derived]\n")
        .filter(|item| item.starts_with("impl Empty"));
    assert_snapshot!(
        impls
            .map(|item| item.split("\nimpl_serde").next().unwrap_or_default())
            .collect::<String>()
    );
}

#[test]
fn generic_types() {
    let text = "
        #[derive(Default, kgen::Api)] pub struct Order { pub pages: Page<Line>, pub boxed: Wrapper<Line> }
        #[derive(Default, kgen::Api)] pub struct Page<T> { pub items: Vec<T>, pub first: T }
        #[derive(Default, kgen::Api)] pub struct Wrapper<T>(pub T);
        #[derive(Default, kgen::Api)] pub struct Line { #[kgen(default = 1)] pub count: i32 }";
    assert_snapshot!(file(text, "serde.rs"));
}

#[test]
fn names_that_mean_something_else() {
    let text = "
        #[derive(Default, kgen::Api)] pub struct Result { pub r#fn: Option<Reader>, pub out: r#type::Text }
        #[derive(kgen::Api)] pub struct Reader { pub line: Vec<LineParts>, #[kgen(flatten)] pub out: Option<Out> }
        #[derive(kgen::Api)] pub struct Line { pub x: i32 }
        #[derive(Default, kgen::Api)] pub struct LineParts { pub x: i32 }
        #[derive(kgen::Api)] pub enum Out { Self_(i32), Crate(i32) }
        pub mod r#type { #[derive(Default, kgen::Api)] pub struct Text { pub text: String } }";
    assert_snapshot!(file(text, "serde.rs"));
}

#[test]
fn deprecated_parts() {
    let text = |attribute: &str, field: &str, variant: &str| {
        format!("
            #[derive(Default, kgen::Api)] {attribute} pub struct A {{ {field} pub a: i32 }}
            #[derive(Clone, Default, kgen::Api)] pub enum E {{ {variant} X, #[default] Y }}
            pub mod m {{ #[derive(Default, kgen::Api)] pub struct B {{ #[kgen(default = super::E::X)] pub e: super::E }} }}")
    };
    let expects = |text: &str, name: &str| file(text, name).contains("\n#![expect(deprecated, reason = ");
    let (none, mark) = ("", "#[deprecated]");
    assert!(!expects(&text(none, none, none), "serde.rs"));
    assert!(expects(&text(mark, none, none), "serde.rs"));
    assert!(expects(&text(none, mark, none), "serde.rs"));
    assert!(expects(&text(none, none, mark), "serde.rs"));
    assert!(!expects(&text(mark, mark, none), "m/serde.rs"));
    assert!(expects(&text(none, none, mark), "m/serde.rs"));
}
