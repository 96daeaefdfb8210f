//! What is decided, by value.

use kgen_emit::Layout;
use kgen_emit::rust::{Type, Value};

use crate::codec::{
    Assemble, EmptyPlan, EnumPlan, Line, Part, PartsPlan, Read, ShapePlan, Slot, StructPlan, Test, TypePlan, UnionPlan,
    Write, plan,
};
use crate::testing::model;

/// The plans of all types in a file.
fn plans(text: &str) -> Vec<TypePlan> {
    let model = model(text);
    plan(&model, &Layout::default(), model.modules()[0]).types
}

fn of(text: &str, name: &str) -> TypePlan {
    let found = plans(text).into_iter().find(|plan| plan.subject.name == name);
    found.unwrap_or_else(|| panic!("`{name}` gets nothing"))
}

fn strukt(text: &str, name: &str) -> StructPlan {
    match of(text, name).shape {
        Some(ShapePlan::Struct(plan)) => plan,
        other => panic!("no struct: {other:?}"),
    }
}

fn union(text: &str) -> UnionPlan {
    match plans(text).swap_remove(0).shape {
        Some(ShapePlan::Union(plan)) => plan,
        other => panic!("no union: {other:?}"),
    }
}

fn parts(text: &str, name: &str) -> PartsPlan {
    strukt(text, name).parts.expect("it is assembled from parts")
}

fn writes(text: &str, name: &str) -> Vec<String> {
    let shown = |line: Line| match line.write {
        Write::Always(wire) => format!("{wire} always"),
        Write::Option(wire) => format!("{wire} if it is there"),
        Write::Filled(wire) => format!("{wire} unless it is empty"),
        Write::Flattened => format!("{} flattened", line.field),
        Write::FlattenedOption => format!("{} flattened if it is there", line.field),
        Write::Others => format!("{} as other members", line.field),
    };
    strukt(text, name).lines.into_iter().map(shown).collect()
}

fn path(path: &str) -> Type {
    Type::Path {
        path: path.to_owned(),
        args: Vec::new(),
    }
}

#[test]
fn presence_decides_what_is_written() {
    let text = "#[derive(Default, kgen::Api)] pub struct A {
        pub a: i32,
        #[kgen(optional)] pub b: i32,
        #[kgen(default = 1)] pub c: i32,
        pub d: Option<i32>,
        #[kgen(default = 1)] pub e: Option<i32>,
        #[kgen(required)] pub f: Option<i32>,
        #[kgen(skip)] pub g: usize,
    }";
    let wanted = [
        "a always",
        "b unless it is empty",
        "c always",
        "d if it is there",
        "e if it is there",
        "f always",
    ];
    assert_eq!(writes(text, "A"), wanted);
}

#[test]
fn empty_values_are_written_where_absent_means_something_else() {
    let typed = "#[derive(Default, kgen::Api)] pub struct A { #[kgen(optional)] pub a: Port }
        #[derive(Default, kgen::Api)] #[kgen(default = 80)] pub struct Port(pub i32);";
    assert_eq!(writes(typed, "A"), ["a always"]);
    let by_hand = "#[derive(kgen::Api)] pub struct A { #[kgen(optional)] pub a: i32 }
        impl Default for A { fn default() -> Self { Self { a: 1 } } }";
    assert_eq!(writes(by_hand, "A"), ["a always"]);
}

#[test]
fn flattened_fields_have_the_numbers_of_their_own() {
    let text = "
        #[derive(Default, kgen::Api)] pub struct A { pub a: i32, #[kgen(flatten)] pub b: B, pub f: Option<i32> }
        #[derive(Default, kgen::Api)] pub struct B { pub c: i32, #[kgen(skip)] pub x: i32, #[kgen(flatten)] pub d: D }
        #[derive(Default, kgen::Api)] pub struct D { pub e: i32 }";
    let plan = strukt(text, "A");
    assert_eq!(plan.names, ["a", "c", "e", "f"]);
    let arms: Vec<_> = plan
        .arms
        .into_iter()
        .map(|arm| (arm.numbers, arm.field, arm.read))
        .collect();
    let wanted = [
        (0..1, "a".to_owned(), Read::Plain),
        (1..3, "b".to_owned(), Read::Flattened),
        (3..4, "f".to_owned(), Read::Option),
    ];
    assert_eq!(arms, wanted);
}

#[test]
fn a_struct_starts_with_declared_defaults() {
    let text = "
        #[derive(Default, kgen::Api)] pub struct A { #[kgen(default = 1)] pub a: i32, pub b: Box<B>, pub c: Option<B>, pub d: i32 }
        #[derive(Default, kgen::Api)] pub struct B { #[kgen(default = \"x\")] pub a: String }
        #[derive(Default, kgen::Api)] pub struct C { pub a: i32, pub b: Vec<B> }";
    let start = strukt(text, "A").start.expect("a field has a default");
    let started = Value::Boxed(Box::new(Value::start("crate::B".to_owned())));
    assert_eq!(
        start.fields,
        [("a".to_owned(), Value::Int(1)), ("b".to_owned(), started)]
    );
    assert!(start.has_rest);
    assert!(!strukt(text, "B").start.expect("the field has a default").has_rest);
    assert_eq!(strukt(text, "C").start, None);
}

#[test]
fn a_newtype_starts_as_what_it_holds() {
    let text = "
        #[derive(Default, kgen::Api)] pub struct A { pub a: N }
        #[derive(Default, kgen::Api)] pub struct N(pub B);
        #[derive(Default, kgen::Api)] pub struct B { #[kgen(default = 1)] pub a: i32 }";
    let start = strukt(text, "A").start.expect("a type has a start");
    let content = Box::new(Value::start("crate::B".to_owned()));
    let ty = "crate::N".to_owned();
    assert_eq!(start.fields, [("a".to_owned(), Value::Newtype { ty, content })]);
}

#[test]
fn parts_say_how_absent_fields_are_made() {
    let text = "#[derive(kgen::Api)] pub struct A {
            pub a: i32, #[kgen(default = 1)] pub b: i32, pub c: E, pub d: Option<E>, #[kgen(skip)] pub e: usize, pub f: S,
        }
        #[derive(Clone, kgen::Api)] pub enum E { X }
        #[derive(Default, kgen::Api)] pub struct S { #[kgen(default = 1)] pub a: i32 }";
    let plan = parts(text, "A");
    let assembled: Vec<_> = plan.parts.into_iter().map(|part| part.assemble).collect();
    let wanted = [
        Assemble::OrDefault,
        Assemble::Or(Value::Int(1)),
        Assemble::Required("c".to_owned()),
        Assemble::Given,
        Assemble::Skipped,
        Assemble::Or(Value::start("crate::S".to_owned())),
    ];
    assert_eq!((assembled.as_slice(), plan.start), (wanted.as_slice(), None));
}

#[test]
fn parts_hold_the_parts_of_what_is_flattened() {
    let text = "
        #[derive(kgen::Api)] pub struct A {
            #[kgen(flatten)] pub u: U, #[kgen(flatten)] pub o: Option<Box<V>>, #[kgen(flatten)] pub p: m::P,
            #[kgen(flatten)] pub d: Box<D>,
        }
        #[derive(kgen::Api)] pub enum U { X(i32) }
        #[derive(kgen::Api)] pub enum V { Y(i32) }
        #[derive(Default, kgen::Api)] pub struct D { pub d: i32 }
        pub mod m { #[derive(kgen::Api)] pub struct P { pub z: i32 } }";
    let part = |field: &str, slot, assemble, boxes| Part {
        field: field.to_owned(),
        slot,
        assemble,
        boxes,
    };
    let wanted = [
        part("u", Slot::Union(path("crate::U")), Assemble::Parts, 0),
        part("o", Slot::Union(path("crate::V")), Assemble::PartsOption, 1),
        part(
            "p",
            Slot::Parts("crate::generated::m::serde::PParts".to_owned()),
            Assemble::Parts,
            0,
        ),
        part("d", Slot::Itself(path("crate::D")), Assemble::Given, 1),
    ];
    assert_eq!(parts(text, "A").parts, wanted);
}

#[test]
fn parts_start_with_the_defaults_of_what_is_flattened() {
    let text = "
        #[derive(kgen::Api)] pub struct A { #[kgen(flatten)] pub b: B, pub x: i32 }
        #[derive(kgen::Api)] pub struct B { #[kgen(flatten)] pub c: C }
        #[derive(Default, kgen::Api)] pub struct C { #[kgen(default = 1)] pub d: i32 }";
    let start = parts(text, "A").start.expect("what is flattened has a start");
    let value = Value::start("crate::generated::serde::BParts".to_owned());
    assert_eq!((start.fields, start.has_rest), (vec![("b".to_owned(), value)], true));
    assert!(!parts(text, "B").start.expect("it flattens a start").has_rest);
}

#[test]
fn what_flattens_a_union_is_assembled_in_spite_of_its_default() {
    let text = "
        #[derive(Default, kgen::Api)] pub struct A { #[kgen(flatten)] pub b: B }
        #[derive(Default, kgen::Api)] pub struct B { #[kgen(default = 1)] pub x: i32, #[kgen(flatten)] pub u: Option<U> }
        #[derive(kgen::Api)] pub enum U { Y(i32) }";
    for name in ["A", "B"] {
        let plan = strukt(text, name);
        assert!(plan.parts.is_some() && plan.start.is_none(), "{plan:?}");
    }
}

#[test]
fn enums_of_names() {
    let text = "#[derive(Clone, kgen::Api)] pub enum E { A, #[kgen(name = \"b\")] B, #[kgen(other)] C(String) }";
    let plan = EnumPlan {
        variants: [("A", "A"), ("B", "b")]
            .map(|(name, wire)| (name.to_owned(), wire.to_owned()))
            .into(),
        other: Some("C".to_owned()),
    };
    assert_eq!(of(text, "E").shape, Some(ShapePlan::Enum(plan)));
}

#[test]
fn tags_of_members_come_first() {
    let text = "#[derive(kgen::Api)] #[kgen(discriminator = \"type\")] pub enum U { A, B(i32), Out(i32) }";
    let plan = union(text);
    assert_eq!(plan.fields, ["type", "b", "out"]);
    assert_eq!(plan.tags, ["B", "Out", "A"]);
    let has_data: Vec<_> = plan.variants.iter().map(|variant| variant.has_data).collect();
    assert_eq!(has_data, [false, true, true]);
}

#[test]
fn without_a_discriminator_there_are_no_tags() {
    let plan = union("#[derive(kgen::Api)] pub enum U { GitRepo(i32), Http(i32) }");
    assert_eq!(
        (plan.fields.as_slice(), plan.tags.as_slice()),
        (["gitRepo", "http"].map(str::to_owned).as_slice(), [].as_slice())
    );
}

#[test]
fn types_tell_when_they_are_empty_only_if_asked() {
    let text = "
        #[derive(Default, kgen::Api)] pub struct A { #[kgen(optional)] pub b: Box<B>, pub c: C, #[kgen(optional)] pub d: Vec<C> }
        #[derive(Default, kgen::Api)] pub struct B { pub n: N, #[kgen(default = 3)] pub x: i32, pub c: Option<C>, #[kgen(skip)] pub y: i32 }
        #[derive(Default, kgen::Api)] pub struct C { pub x: i32 }
        #[derive(Default, kgen::Api)] pub struct N(pub E);
        #[derive(Clone, Default, kgen::Api)] pub enum E { X, #[default] Y }";
    let empty: Vec<_> = plans(text)
        .into_iter()
        .map(|plan| (plan.subject.name, plan.empty))
        .collect();
    let tests = [("n", Test::Trait), ("x", Test::Is(Value::Int(3))), ("c", Test::Method)];
    let fields = tests.map(|(field, test)| crate::codec::EmptyField {
        field: field.to_owned(),
        test,
    });
    let wanted = [
        ("A".to_owned(), None),
        ("B".to_owned(), Some(EmptyPlan::Fields(fields.into()))),
        ("C".to_owned(), None),
        ("N".to_owned(), Some(EmptyPlan::Newtype(Test::Trait))),
        ("E".to_owned(), Some(EmptyPlan::Variant("Y".to_owned()))),
    ];
    assert_eq!(empty, wanted);
}

#[test]
fn defaults_by_hand_are_compared() {
    let text = "
        #[derive(Default, kgen::Api)] pub struct A { #[kgen(optional)] pub b: B, #[kgen(optional)] pub c: C, #[kgen(optional)] pub e: E }
        #[derive(PartialEq, kgen::Api)] pub struct B { #[kgen(default = 3)] pub x: i32 }
        #[derive(PartialEq, kgen::Api)] pub struct C { pub x: i32 }
        #[derive(Clone, PartialEq, kgen::Api)] pub enum E { X }
        impl Default for B { fn default() -> Self { Self { x: 1 } } }
        impl Default for C { fn default() -> Self { Self { x: 1 } } }
        impl Default for E { fn default() -> Self { Self::X } }";
    assert_eq!(of(text, "B").empty, Some(EmptyPlan::Start));
    assert_eq!(of(text, "C").empty, Some(EmptyPlan::Default));
    assert_eq!(of(text, "E").empty, Some(EmptyPlan::Default));
}

#[test]
fn types_with_serde_of_their_own_get_none() {
    let text = "
        #[derive(Default, kgen::Api)] pub struct A { #[kgen(optional)] pub b: B, pub c: C }
        #[derive(Default, PartialEq, kgen::Api, Serialize, Deserialize)] pub struct B { pub x: i32 }
        #[derive(Default, kgen::Api, Serialize, Deserialize)] pub struct C { pub x: i32 }";
    let plan = of(text, "B");
    assert_eq!((plan.shape, plan.empty), (None, Some(EmptyPlan::Default)));
    assert_eq!(plans(text).len(), 2);
}

#[test]
fn instances_of_generic_types_have_names() {
    let text = "
        #[derive(Default, kgen::Api)] pub struct A { pub b: P<B>, pub s: P<String> }
        #[derive(Default, kgen::Api)] pub struct P<T> { pub x: Vec<T> }
        #[derive(Default, kgen::Api)] pub struct B {}";
    let subject = of(text, "PB").subject;
    assert_eq!(
        (subject.path.as_str(), subject.args),
        ("crate::P", vec![path("crate::B")])
    );
    assert_eq!(of(text, "PString").subject.args, [path("std::string::String")]);
}

#[test]
fn a_derived_default_wants_one_of_the_argument() {
    let text = "
        #[derive(Default, kgen::Api)] pub struct A { pub b: Option<P<E>>, pub s: P<String> }
        #[derive(Default, kgen::Api)] pub struct P<T> { pub x: Vec<T> }
        #[derive(Clone, kgen::Api)] pub enum E { X }";
    assert!(strukt(text, "PE").parts.is_some());
    assert!(strukt(text, "PString").parts.is_none());
}

#[test]
fn what_is_switched_off_gets_nothing() {
    let text = "#[derive(Default, kgen::Api)] #[kgen(generate(types = false))] pub struct A { pub a: i32 }";
    assert_eq!(plans(text), []);
}

#[test]
fn a_flattened_map_keeps_the_other_members() {
    let text = "#[derive(Default, kgen::Api)] pub struct A {
        pub a: i32, #[kgen(flatten)] pub b: std::collections::BTreeMap<String, String> }";
    let plan = strukt(text, "A");
    assert_eq!((plan.others.as_deref(), plan.names), (Some("b"), vec!["a".to_owned()]));
    assert_eq!(plan.lines[1].write, Write::Others);
}
