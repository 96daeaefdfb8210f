//! Plans by value, files as goldens, and what is refused.

use kgen_emit::{Generator, Layout};
use kgen_model::Report;

use super::{Body, Defaults, plan};
use crate::testing::model;

/// The files of all modules, one behind the other.
fn files(text: &str) -> String {
    let (model, layout) = (model(text), Layout::default());
    let files = Defaults
        .parts(&model)
        .into_iter()
        .flat_map(|part| Defaults.generate(&model, &layout, part));
    let show = |file: kgen_emit::File| {
        assert_eq!(file.problem, None);
        format!("// {}\n{}", file.path.display(), file.text)
    };
    files.map(show).collect::<Vec<_>>().join("\n")
}

/// The types that have a `set_defaults`, each with what it sets.
fn planned(text: &str) -> Vec<(String, Vec<String>)> {
    let model = model(text);
    let plan = plan(&model, model.modules()[0]);
    let sets = |body: &Body<'_>| match body {
        Body::Fields(fields) => fields.iter().map(|field| field.name.to_owned()).collect(),
        Body::Variants(variants) => variants
            .iter()
            .filter(|variant| variant.below)
            .map(|variant| variant.name.to_owned())
            .collect(),
    };
    plan.impls
        .iter()
        .map(|plan| (plan.ty.name.clone(), sets(&plan.body)))
        .collect()
}

fn sets(name: &str, parts: &[&str]) -> (String, Vec<String>) {
    (name.to_owned(), parts.iter().map(|part| (*part).to_owned()).collect())
}

fn found(text: &str) -> Vec<(&'static str, String)> {
    let mut report = Report::default();
    Defaults.check(&model(text), &mut report);
    report
        .diagnostics()
        .iter()
        .map(|found| (found.code, found.message.clone()))
        .collect()
}

#[test]
fn only_optional_values_are_set() {
    let text = "
        #[derive(Default, kgen::Api)]
        pub struct A {
            #[kgen(default = 1)] pub plain: i32,
            #[kgen(default = 1)] pub option: Option<i32>,
            #[kgen(default = null)] pub null: Option<i32>,
            #[kgen(skip)] pub skipped: Option<i32>,
            pub none: Option<i32>,
            pub of_type: Option<Port>,
        }
        #[derive(Default, kgen::Api)] #[kgen(default = 80)] pub struct Port(pub i32);
        #[derive(Default, kgen::Api)] pub struct B { #[kgen(default = 1)] pub plain: i32 }";
    assert_eq!(planned(text), [sets("A", &["option", "of_type"])]);
}

#[test]
fn defaults_are_found_below_containers() {
    let text = "
        use std::collections::{BTreeMap, HashMap};
        #[derive(kgen::Api)] pub struct Top {
            pub a: Leaf, pub b: Option<Leaf>, pub c: Vec<Option<Leaf>>, pub d: BTreeMap<String, Box<Leaf>>,
            pub e: HashMap<String, Vec<Leaf>>, pub f: Wrapped, pub g: Either, #[kgen(flatten)] pub h: Flat, pub i: [Leaf; 2],
            pub none: Vec<Plain>,
        }
        #[derive(kgen::Api)] pub struct Leaf { #[kgen(default = 1)] pub a: Option<i32> }
        #[derive(kgen::Api)] pub struct Wrapped(pub Leaf);
        #[derive(kgen::Api)] pub enum Either { Leaf(Leaf), Plain(Plain) }
        #[derive(kgen::Api)] pub struct Flat { pub leaf: Leaf }
        #[derive(kgen::Api)] pub struct Plain { pub a: Option<i32> }";
    let wanted = [
        sets("Top", &["a", "b", "c", "d", "e", "f", "g", "h", "i"]),
        sets("Leaf", &["a"]),
        sets("Wrapped", &["0"]),
        sets("Either", &["Leaf"]),
        sets("Flat", &["leaf"]),
    ];
    assert_eq!(planned(text), wanted);
}

#[test]
fn types_that_hold_one_another_are_looked_through() {
    let text = "
        #[derive(kgen::Api)] pub struct A { pub b: Option<Box<B>> }
        #[derive(kgen::Api)] pub struct B { pub a: Vec<A>, pub c: Vec<C> }
        #[derive(kgen::Api)] pub struct C { pub c: Vec<C>, #[kgen(default = 1)] pub leaf: Option<i32> }
        #[derive(kgen::Api)] pub struct Bare { pub bare: Vec<Bare> }";
    assert_eq!(
        planned(text),
        [sets("A", &["b"]), sets("B", &["a", "c"]), sets("C", &["c", "leaf"])]
    );
}

#[test]
fn what_is_switched_off_or_written_by_hand_is_left_out() {
    let text = "
        #[derive(kgen::Api)] pub struct A { pub off: Off, pub by_hand: ByHand }
        #[derive(kgen::Api)] #[kgen(generate(defaults = false))] pub struct Off { #[kgen(default = 1)] pub a: Option<i32> }
        #[derive(kgen::Api)] pub struct ByHand {}
        impl kgen::Defaults for ByHand { fn set_defaults(&mut self) {} }";
    assert_eq!(planned(text), [sets("A", &["by_hand"])]);
    assert_eq!(planned("#[derive(kgen::Api)] pub struct A { pub a: Option<i32> }"), []);
}

#[test]
fn values() {
    insta::assert_snapshot!(files(
        "
        use std::collections::BTreeMap;
        use kgen::k8s::{IntOrString, Quantity};
        #[derive(Default, kgen::Api)]
        pub struct Order {
            #[kgen(default = 5)] pub priority: Option<i32>,
            #[kgen(default = -1.5)] pub factor: Option<f64>,
            #[kgen(default = Size::Small)] pub size: Option<Size>,
            #[kgen(default = \"brown\")] pub color: Option<String>,
            #[kgen(default = \"\")] pub note: Option<String>,
            #[kgen(default = [])] pub tags: Option<Vec<String>>,
            #[kgen(default = [\"a\"])] pub names: Option<Vec<String>>,
            #[kgen(default = json!({\"a\": \"b\"}))] pub labels: Option<BTreeMap<String, String>>,
            #[kgen(default = json!({}))] pub retry: Option<Retry>,
            #[kgen(default = json!({\"limit\": 5}))] pub other_retry: Option<Box<Retry>>,
            #[kgen(default = json!({}))] pub plain: Option<Plain>,
            #[kgen(default = json!({\"a\": [1]}))] pub anything: Option<serde_json::Value>,
            #[kgen(default = \"1Gi\")] pub memory: Option<Quantity>,
            #[kgen(default = 80)] pub port: Option<IntOrString>,
        }
        #[derive(Default, kgen::Api)] pub enum Size { #[default] Small }
        #[derive(Default, kgen::Api)] pub struct Retry {
            #[kgen(default = 3)] pub limit: i32, #[kgen(default = true)] pub jitter: Option<bool>,
        }
        #[derive(Default, kgen::Api)] pub struct Plain { pub a: i32 }
        "
    ));
}

#[test]
fn functions_run_first() {
    insta::assert_snapshot!(files(
        "
        #[derive(kgen::Api)] #[kgen(default_with = order)] pub struct Order { pub lines: Vec<Line> }
        pub fn order(order: &mut Order) {}
        #[derive(kgen::Api)] #[kgen(default_with = Line::complete)] pub struct Line { #[kgen(default = 1)] pub r#move: Option<i32> }
        impl Line { pub fn complete(&mut self) {} }
        #[derive(kgen::Api)] #[kgen(default_with = r#type::phase)] pub enum Phase { On, Off }
        pub mod r#type { pub fn phase(phase: &mut super::Phase) {} }
        "
    ));
}

#[test]
fn members_of_fields() {
    insta::assert_snapshot!(files(
        "
        use kgen::k8s::SecretKeySelector;
        #[derive(kgen::Api)]
        pub struct Order {
            #[kgen(subfield(\"optional\", default = false))] pub secret: SecretKeySelector,
            #[kgen(subfield(\"note\", default = \"-\"), subfield(\"count\", default = 2))] pub r#type: Option<Box<Line>>,
            #[kgen(default = json!({}), subfield(\"note\", default = \"+\"))] pub last: Option<Line>,
        }
        #[derive(Default, kgen::Api)] pub struct Line { #[kgen(default = 1)] pub count: Option<i32>, pub note: Option<String> }
        "
    ));
}

#[test]
fn unions() {
    insta::assert_snapshot!(files(
        "
        #[derive(kgen::Api)] pub struct Leaf { #[kgen(default = 1)] pub a: Option<i32> }
        #[derive(kgen::Api)] pub struct Plain {}
        #[derive(kgen::Api)] #[kgen(discriminator = \"type\")] pub enum Some { Type(Box<Leaf>), Plain(Plain), None }
        #[derive(kgen::Api)] pub enum All { One(Leaf), Many(Vec<Leaf>) }
        #[derive(kgen::Api)] pub enum Only { Leaf(Leaf) }
        #[derive(kgen::Api)] #[kgen(default_with = own)] pub enum Own { Plain(Plain) }
        pub fn own(own: &mut Own) {}
        "
    ));
}

#[test]
fn values_that_do_not_fit_are_refused() {
    let text = "#[derive(kgen::Api)] pub struct A { #[kgen(default = \"x\")] pub a: Option<i32> }";
    assert_eq!(found(text)[0].0, "default-type");
}

#[test]
fn functions_that_nothing_calls_are_told() {
    let text = "
        #[derive(kgen::Api)] #[kgen(generate(defaults = false), default_with = off)] pub struct Off {}
        pub fn off(off: &mut Off) {}
        #[derive(kgen::Api)] #[kgen(default_with = by_hand)] pub struct ByHand {}
        pub fn by_hand(by_hand: &mut ByHand) {}
        impl kgen::Defaults for ByHand { fn set_defaults(&mut self) {} }";
    let message = |name, why| format!("the `default_with` of `{name}` is never called: {why}");
    let off = message("Off", "the generator `defaults` is switched off here");
    let by_hand = message("ByHand", "`Defaults` is implemented by hand");
    assert_eq!(
        found(text),
        [("contradicting-markers", off), ("contradicting-markers", by_hand)]
    );
}

#[test]
fn defaults_of_members_fit_them() {
    let text = "
        #[derive(kgen::Api)] pub struct A { #[kgen(subfield(\"b\", default = 1))] pub a: B }
        #[derive(kgen::Api)] pub struct B { pub b: Option<String> }";
    let message = "the default of `b` in `a` must be a string, not an integer".to_owned();
    assert_eq!(found(text), [("default-type", message)]);
}

#[test]
fn defaults_that_nothing_sets_are_told() {
    let text = "
        #[derive(kgen::Api)]
        pub struct A {
            #[kgen(each(default = 1))] pub a: Vec<i32>,
            #[kgen(each(minimum = 1))] pub b: Vec<i32>,
            #[kgen(subfield(\"plain\", default = 1))] pub c: B,
            #[kgen(subfield(\"plain\", minimum = 1))] pub d: B,
        }
        #[derive(kgen::Api)] pub struct B { pub plain: i32 }";
    let codes: Vec<_> = found(text).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["nested-default"; 2]);
}
