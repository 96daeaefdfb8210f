//! Plans by value, and what is refused.

use kgen_emit::Generator;
use kgen_model::analysis::SetTest;
use kgen_model::facts::UpdateConstraint;
use kgen_model::{Model, Report};

use super::{Argument, Call, Correlation, Key, KeyForm, Member, Plan, Step, TextOf, Validation, Via, plan};
use crate::testing::model;

fn planned(model: &Model) -> Plan<'_> {
    plan(model, model.modules()[0])
}

/// What is done with the only field of the first type.
fn of_field(text: &str, check: impl FnOnce(&[Step<'_>])) {
    let text = format!("#[derive(Clone, Default, PartialEq, kgen::Api)] pub struct A {{ {text} }}");
    let model = model(&format!(
        "{text} #[derive(PartialEq, kgen::Api)] pub struct Line {{ pub name: String }}"
    ));
    let plan = planned(&model);
    match plan.impls[0].steps.as_slice() {
        [Step::Member(Member { steps, .. })] => check(steps),
        other => panic!("{other:#?}"),
    }
}

fn call<'m>(function: &'static str, arguments: impl IntoIterator<Item = Argument<'m>>) -> Step<'m> {
    let arguments = arguments.into_iter().collect();
    Step::Call(Call { function, arguments })
}

fn found(text: &str) -> Vec<(&'static str, String)> {
    let mut report = Report::default();
    Validation.check(&model(text), &mut report);
    let found = report.diagnostics().iter();
    found.map(|found| (found.code, found.message.clone())).collect()
}

#[test]
fn rules_have_the_order_of_their_tags() {
    of_field("#[kgen(minimum = 1, neq = 3, maximum = 5)] pub a: i32", |steps| {
        let wanted = [
            call("rules::maximum", [Argument::Copy, Argument::Int(5)]),
            call("rules::minimum", [Argument::Copy, Argument::Int(1)]),
            call("rules::neq", [Argument::Copy, Argument::Int(3)]),
        ];
        assert_eq!(steps, wanted);
    });
}

#[test]
fn rules_that_end_a_place_come_first() {
    of_field(
        "#[kgen(each(minimum = 1), max_items = 5)] pub a: Option<Vec<i32>>",
        |steps| {
            let each = call("rules::minimum", [Argument::Copy, Argument::Int(1)]);
            let some = vec![
                call("rules::max_items", [Argument::Len, Argument::Count(5)]),
                Step::Gate,
                Step::Elements {
                    by: Correlation::None,
                    steps: vec![each],
                },
            ];
            let option = Step::Option { some, required: false };
            assert_eq!(steps, [Step::Cohort(vec![option])]);
        },
    );
}

#[test]
fn a_plain_field_that_is_empty_is_not_looked_at() {
    of_field("#[kgen(optional, min_length = 2)] pub a: String", |steps| {
        let length = call(
            "rules::min_length",
            [Argument::Text(TextOf::String), Argument::Count(2)],
        );
        let wanted = Step::IfSet {
            test: SetTest::Filled,
            steps: vec![length],
        };
        assert_eq!(steps, [wanted]);
    });
}

#[test]
fn an_option_that_is_required_or_has_a_default_must_be_set() {
    for markers in ["required", "default = 3"] {
        of_field(&format!("#[kgen({markers})] pub a: Option<i32>"), |steps| {
            let some = Vec::new();
            assert_eq!(steps, [Step::Option { some, required: true }]);
        });
    }
}

#[test]
fn changes_are_looked_at_where_there_was_something() {
    of_field("#[kgen(immutable)] pub a: Option<i32>", |steps| {
        let immutable = call("rules::immutable", [Argument::Operation]);
        assert_eq!(steps, [Step::IfReplaced(vec![immutable])]);
    });
    of_field("#[kgen(update(no_set))] pub a: Option<i32>", |steps| {
        let arguments = [
            Argument::Operation,
            Argument::Constraints(vec![UpdateConstraint::NoSet]),
            Argument::IsSet(SetTest::Some),
            Argument::WasSet(SetTest::Some),
        ];
        assert_eq!(steps, [call("rules::update", arguments)]);
    });
}

#[test]
fn elements_are_told_apart_by_their_keys() {
    of_field("#[kgen(list = map(key = \"name\"))] pub a: Vec<Line>", |steps| {
        let key = Key {
            way: vec!["name"],
            is_option: false,
            form: KeyForm::Text(Vec::new()),
        };
        let unique = call("rules::unique_map", [Argument::List, Argument::KeyOf(vec![key])]);
        assert_eq!(steps, [unique]);
    });
}

#[test]
fn rules_reach_into_newtypes() {
    let model = model("#[derive(PartialEq, kgen::Api)] #[kgen(max_length = 3)] pub struct A(pub String);");
    let length = call(
        "rules::max_length",
        [Argument::Text(TextOf::String), Argument::Count(3)],
    );
    let inner = Step::Inner {
        via: vec![Via::Newtype("0")],
        steps: vec![length],
    };
    assert_eq!(planned(&model).impls[0].steps, [inner]);
}

#[test]
fn types_with_nothing_to_validate_get_nothing() {
    let text = "
        #[derive(kgen::Api)] pub struct A { pub b: B, pub c: Option<Box<C>> }
        #[derive(kgen::Api)] pub struct B { #[kgen(cel(\"self != ''\"))] pub a: String }
        #[derive(kgen::Api)] pub struct C { pub a: Option<Box<A>>, #[kgen(opaque)] pub d: D }
        #[derive(kgen::Api)] pub struct D { #[kgen(minimum = 1)] pub a: i32 }
        #[derive(kgen::Api)] #[kgen(generate(validation = false))] pub struct Off { #[kgen(minimum = 1)] pub a: i32 }";
    let model = model(text);
    let names: Vec<&str> = planned(&model).impls.iter().map(|plan| plan.ty.name.as_str()).collect();
    assert_eq!(names, ["D"]);
}

#[test]
fn rules_that_compare_need_what_can_be_compared() {
    let text = "#[derive(kgen::Api)] pub struct A { #[kgen(immutable)] pub line: Line }
        #[derive(kgen::Api)] pub struct Line { pub a: i32 }";
    let message = "nothing in Rust checks `immutable` of `line`: its values have no `PartialEq`".to_owned();
    assert_eq!(found(text), [("not-comparable", message)]);
    assert_eq!(planned(&model(text)).impls[0].steps, []);
}

#[test]
fn functions_that_nothing_calls_are_told() {
    let text = "#[derive(kgen::Api)] #[kgen(generate(validation = false), validate_with = off)] pub struct Off {}
        pub fn off() {}";
    let why = "the generator `validation` is switched off here";
    let message = format!("the `validate_with` of `Off` is never called: {why}");
    assert_eq!(found(text), [("contradicting-markers", message)]);
}
