//! Plans by value, files as goldens, and what is refused.

use kgen_emit::Layout;
use kgen_model::Report;

use super::plan::{Body, How, plan};
use super::{check, file};
use crate::testing::model;

fn golden(text: &str) -> String {
    let model = model(text);
    let file = file(&model, &Layout::default(), model.modules()[0]).expect("something is merged");
    assert_eq!(file.problem, None);
    file.text
}

/// How the fields of the first struct are merged.
fn hows(text: &str) -> Vec<String> {
    let model = model(text);
    match &plan(&model, model.modules()[0])[0].body {
        Body::Fields(fields) => fields.iter().map(|field| shown(&field.how)).collect(),
        other => panic!("no fields: {other:?}"),
    }
}

fn shown(how: &How<'_>) -> String {
    match how {
        How::ListMap { keys, item } => {
            let keys: Vec<String> = keys.iter().map(|steps| steps.join(".")).collect();
            format!("map by {} of {}", keys.join(" and "), shown(item))
        }
        How::MapGranular(value) => format!("granular {}", shown(value)),
        other => format!("{other:?}"),
    }
}

fn found(text: &str) -> Vec<String> {
    let mut report = Report::default();
    check(&model(text), &mut report);
    report
        .diagnostics()
        .iter()
        .map(|found| format!("{}: {}", found.code, found.message))
        .collect()
}

#[test]
fn types_decide_how_values_merge() {
    let text = "
        use std::collections::{BTreeMap, HashMap};
        use kgen::k8s::{Duration, Quantity, Time};
        use kgen::k8s_openapi::apimachinery::pkg::apis::meta::v1::{ObjectMeta, Patch};
        #[derive(kgen::Api)]
        pub struct A {
            pub a: i32, pub b: Option<i64>, pub c: f64, pub d: String, pub e: Option<Box<A>>, pub f: Time, pub g: ObjectMeta,
            pub h: serde_json::Value, pub i: Quantity,
            pub j: u16, pub k: Option<f32>, pub l: [i32; 2], pub m: HashMap<String, i32>, pub n: Duration,
            pub o: Patch, pub p: Box<Vec<i32>>, pub q: kube::core::DynamicObject, #[kgen(skip)] pub r: usize,
            pub s: Vec<i32>, pub t: BTreeMap<String, i32>, pub u: Option<BTreeMap<String, Vec<i32>>>,
            pub v: BTreeMap<String, u8>,
        }";
    let mut wanted = vec!["Merge"; 9];
    wanted.extend(["Replace"; 9]);
    wanted.extend([
        "ListAtomic",
        "granular Merge",
        "granular ListAtomic",
        "granular Replace",
    ]);
    assert_eq!(hows(text), wanted);
}

#[test]
fn facts_decide_how_lists_and_maps_merge() {
    let text = "
        use std::collections::BTreeMap;
        #[derive(kgen::Api)]
        pub struct A {
            #[kgen(list = atomic)] pub a: Vec<B>,
            #[kgen(list = set)] pub b: Option<Vec<String>>,
            #[kgen(list = map(key = \"name\", key = \"portNumber\"))] pub c: Vec<B>,
            #[kgen(map = atomic)] pub d: BTreeMap<String, String>,
            #[kgen(map = granular)] pub e: BTreeMap<String, B>,
            #[kgen(map = atomic)] pub f: Option<B>,
            #[kgen(each(list = set))] pub g: BTreeMap<String, Vec<i32>>,
            #[kgen(patch_strategy = \"merge\", patch_merge_key = \"name\", list = map(key = \"name\", key = \"portNumber\"))]
            pub h: Vec<B>,
            #[kgen(patch_strategy = \"merge\")] pub i: Vec<i32>,
            #[kgen(patch_strategy = \"merge,retainKeys\", list = atomic)] pub j: Vec<i32>,
            #[kgen(patch_strategy = \"replace\", list = set)] pub k: Vec<i32>,
            pub l: Set,
        }
        #[derive(kgen::Api)] pub struct B { pub name: String, pub port_number: i32 }
        #[derive(kgen::Api)] #[kgen(list = set)] pub struct Set(pub Vec<i32>);";
    let wanted = [
        "ListAtomic",
        "ListSet",
        "map by name and port_number of Merge",
        "MapAtomic",
        "granular Merge",
        "Replace",
        "granular ListSet",
        "map by name of Merge",
        "ListSet",
        "ListAtomic",
        "ListSet",
        "Merge",
    ];
    assert_eq!(hows(text), wanted);
}

#[test]
fn keys_are_found_below_newtypes_boxes_and_flattened_fields() {
    let text = "
        use kgen::k8s::{Condition, ContainerPort};
        #[derive(kgen::Api)]
        pub struct A {
            #[kgen(list = map(key = \"x\", key = \"z\"))] pub a: Vec<Box<B>>,
            #[kgen(list = map(key = \"type\"))] pub b: Vec<Condition>,
            #[kgen(list = map(key = \"containerPort\"))] pub c: Vec<ContainerPort>,
        }
        #[derive(kgen::Api)] pub struct B(pub C);
        #[derive(kgen::Api)] pub struct C { #[kgen(name = \"x\")] pub y: String, #[kgen(flatten)] pub d: D }
        #[derive(kgen::Api)] pub struct D { pub z: i32 }";
    let wanted = [
        "map by 0.y and 0.d.z of Merge",
        "map by type_ of Merge",
        "map by container_port of Merge",
    ];
    assert_eq!(hows(text), wanted);
}

#[test]
fn structs() {
    insta::assert_snapshot!(golden(
        "
        use std::collections::BTreeMap;
        #[derive(kgen::Api)]
        pub struct Order {
            pub r#type: String,
            #[kgen(list = map(key = \"sku\", key = \"count\"))] pub lines: Option<Vec<Line>>,
            #[kgen(list = set)] pub hosts: Vec<String>,
            pub tags: Vec<String>,
            pub labels: BTreeMap<String, String>,
            #[kgen(map = atomic)] pub options: BTreeMap<String, String>,
            pub lists: BTreeMap<String, Vec<i32>>,
            pub ports: BTreeMap<String, u16>,
            #[kgen(each(list = map(key = \"sku\")))] pub by_shelf: BTreeMap<String, Vec<Line>>,
            pub nested: BTreeMap<String, BTreeMap<String, i32>>,
            pub port: u16,
            pub limit: Option<u16>,
        }
        #[derive(kgen::Api)] pub struct Line { pub sku: Sku, pub count: i32 }
        #[derive(PartialEq, kgen::Api)] pub struct Sku(pub String);
        #[derive(kgen::Api)] #[kgen(list = set)] pub struct Names(pub Vec<Sku>);
        #[derive(kgen::Api)] pub struct Limit(pub Option<u16>);
        #[derive(kgen::Api)] #[kgen(map = atomic)] pub struct Whole { pub a: i32 }
        #[derive(kgen::Api)] pub struct Empty {}
        #[derive(kgen::Api)] pub struct Page<T> { pub items: Vec<T> }
        #[derive(kgen::Api)] pub struct Pages { pub lines: Page<Line> }
        "
    ));
}

#[test]
fn enums() {
    insta::assert_snapshot!(golden(
        "
        #[derive(kgen::Api)] pub enum Phase { Pending, #[kgen(other)] Other(String) }
        #[derive(kgen::Api)] #[kgen(discriminator = \"type\")] pub enum Shipment { Parcel(Box<Phase>), Port(u16), PickUp }
        #[derive(kgen::Api)] pub enum Source { Git(String) }
        #[derive(kgen::Api)] pub enum Labels { Labels(std::collections::BTreeMap<String, String>), Names(Vec<i32>) }
        #[derive(kgen::Api)] pub enum Ports { One(u16), Many(Vec<u16>) }
        "
    ));
}

#[test]
fn an_implementation_by_hand_wins() {
    let text = "
        #[derive(kgen::Api)] pub struct Order { pub name: String }
        impl kgen::k8s::DeepMerge for Order { fn merge_from(&mut self, other: Self) { self.name = other.name; } }
        #[derive(kgen::Api)] #[kgen(generate(types = false))] pub struct Line { pub name: String }";
    let model = model(text);
    assert_eq!(file(&model, &Layout::default(), model.modules()[0]), None);
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let text = "
        #[derive(kgen::Api)] pub struct A {
            #[kgen(list = set)] pub a: Vec<Option<B>>,
            #[kgen(list = map(key = \"b\"))] pub b: Vec<C>,
            #[kgen(each(list = set))] pub c: std::collections::BTreeMap<D, Vec<D>>,
        }
        #[derive(kgen::Api)] pub struct B(pub String);
        #[derive(kgen::Api)] pub struct C { pub b: B }
        #[derive(PartialEq, kgen::Api)] pub struct D(pub String);";
    let wanted = [
        "missing-derive: `B` is the element of a set, but it is not `PartialEq`",
        "missing-derive: `B` is a key of a list, but it is not `PartialEq`",
        "missing-derive: `D` is the key of a map, but it is not `Ord`",
    ];
    assert_eq!(found(text), wanted);
}
