//! What is refused.

use crate::testing::found;

fn assert_found(text: &str, wanted: &[&str]) {
    assert_eq!(found(text), wanted, "{text}");
}

fn flattened(field: &str, types: &str, wanted: &str) {
    let text = format!("#[derive(Default, kgen::Api)] pub struct A {{ #[kgen(flatten)] pub x: {field} }} {types}");
    assert_found(&text, &[&format!("flattened-type: `x` cannot be flattened: {wanted}")]);
}

#[test]
fn what_has_no_known_members_is_not_flattened() {
    flattened(
        "Option<std::collections::BTreeMap<String, String>>",
        "",
        "a map has no members that are known",
    );
    flattened(
        "N",
        "#[derive(Default, kgen::Api)] pub struct N(pub B); #[derive(Default, kgen::Api)] pub struct B { pub b: i32 }",
        "`N` is a newtype",
    );
    flattened(
        "B",
        "#[derive(Default, kgen::Api, Serialize, Deserialize)] pub struct B { pub b: i32 }",
        "kgen does not write serde for `B`",
    );
    flattened("kgen::k8s::EnvVar", "", "kgen does not write serde for `EnvVar`");
    flattened(
        "B",
        "#[derive(Default, kgen::Api)] #[kgen(generate(types = false))] pub struct B { pub b: i32 }",
        "`B` has `types` switched off",
    );
}

#[test]
fn an_optional_struct_is_not_flattened_but_an_optional_union_is() {
    let strukt = "#[derive(Default, kgen::Api)] pub struct B { pub b: i32 }";
    flattened("Option<Box<B>>", strukt, "nothing tells whether `B` is there");
    assert_found(
        "#[derive(Default, kgen::Api)] pub struct A { #[kgen(flatten)] pub x: Option<U> } #[derive(kgen::Api)] pub enum U { X(i32) }",
        &[],
    );
}

#[test]
fn a_kind_flattens_no_api_version() {
    let text = "#[derive(Clone, Debug, Default, kgen::Api)] #[kgen(kind, cluster)]
        pub struct A { pub metadata: kgen::k8s::ObjectMeta, #[kgen(flatten)] pub x: B }
        #[derive(Default, kgen::Api)] pub struct B { pub api_version: String }";
    assert_found(
        text,
        &["duplicate-name: `x` brings the member `apiVersion`, which every kind has already"],
    );
}

#[test]
fn a_kind_does_not_write_its_own_serde() {
    let text = "#[derive(Clone, Debug, kgen::Api, Serialize, Deserialize)] #[kgen(kind, cluster)]
        pub struct A { pub metadata: kgen::k8s::ObjectMeta }";
    assert_found(
        text,
        &["kind-with-own-serde: `A` derives serde itself, which writes no apiVersion and kind"],
    );
}

#[test]
fn types_lack_traits() {
    let kind = "#[derive(kgen::Api)] #[kgen(kind, cluster)] pub struct A { pub metadata: kgen::k8s::ObjectMeta }";
    assert_found(
        kind,
        &["missing-derive: the kind `A` lacks `Clone` and `Debug`, which kube's clients and caches need"],
    );
    let names = "#[derive(kgen::Api)] pub enum E { A }";
    assert_found(
        names,
        &["missing-derive: `E` is found by its name and copied, so it has to be `Clone`"],
    );
}

#[test]
fn serde_reads_no_long_arrays() {
    let text = "#[derive(kgen::Api)] pub struct A { pub a: [i32; 32], pub b: Option<Vec<[i32; 33]>> }";
    assert_found(
        text,
        &["unsupported-type: an array of 33 elements is longer than serde can read"],
    );
}

fn optional(ty: &str, types: &str, wanted: &str) {
    let text = format!("#[derive(Default, kgen::Api)] pub struct A {{ #[kgen(optional)] pub x: {ty} }} {types}");
    assert_found(
        &text,
        &[&format!(
            "optional-without-empty: `x` is left out when it is empty, but {wanted}"
        )],
    );
}

#[test]
fn a_field_without_empty_value_is_not_left_out() {
    optional("kgen::k8s::Time", "", "`Time` has no empty value");
    optional("kgen::k8s::Condition", "", "`Condition` has no empty value");
    optional(
        "kgen::k8s_openapi::api::networking::v1::IngressBackend",
        "",
        "`IngressBackend` has no empty value",
    );
    optional("[i32; 2]", "", "an array has no empty value");
    optional(
        "Box<B>",
        "#[derive(kgen::Api)] pub struct B { pub b: i32 }",
        "`B` has no `Default`",
    );
    optional(
        "E",
        "#[derive(Clone, kgen::Api)] pub enum E { X }",
        "`E` has no `Default`",
    );
}

#[test]
fn nor_one_that_holds_a_field_without_empty_value() {
    let types = "#[derive(Default, kgen::Api)] pub struct B { pub c: C }
        #[derive(Default, kgen::Api)] pub struct C { pub t: [i32; 2] }";
    optional("B", types, "an array has no empty value");
    let types = "#[derive(Default, kgen::Api)] pub struct B { #[kgen(default = json!([{}]))] pub c: Vec<C> }
        #[derive(Default, kgen::Api)] pub struct C { pub x: i32 }";
    optional(
        "B",
        types,
        "the default of `c` in `B` cannot be compared: `C` has no `PartialEq`",
    );
    let types = "#[derive(kgen::Api)] pub struct B { pub x: i32 }
        impl Default for B { fn default() -> Self { Self { x: 1 } } }";
    optional("B", types, "`B` has no `PartialEq`");
    let types = "#[derive(Default, kgen::Api, Serialize, Deserialize)] pub struct B { pub x: i32 }";
    optional("B", types, "`B` has no `PartialEq`");
}

#[test]
fn a_person_says_when_a_type_is_empty() {
    let text = "#[derive(Default, kgen::Api)] pub struct A { #[kgen(optional)] pub x: B }
        #[derive(kgen::Api)] pub struct B { pub t: [i32; 2] }
        impl kgen::codec::Empty for B { fn is_empty(&self) -> bool { false } }";
    assert_found(text, &[]);
}

#[test]
fn recursive_types_are_looked_at_once() {
    let text = "#[derive(Default, kgen::Api)] pub struct A { #[kgen(optional)] pub x: B }
        #[derive(Default, kgen::Api)] pub struct B { pub c: Option<Box<B>>, #[kgen(optional)] pub d: Vec<B> }";
    assert_found(text, &[]);
}
