//! One case for each thing that is refused, and its like that is not.

mod cel;
mod kinds;
mod lists;
mod rules;
mod shapes;

use std::collections::BTreeSet;

use kgen_model::facts::{CelRule, ItemFacts, Patch, UnionMember, UpdateConstraint};
use kgen_model::model::{Column, Deprecation, FieldLayout, Int, Scale, UnionRepr};
use kgen_model::{
    Builtin, Facts, Field, ListType, Literal, MapType, Report, RuleKind, Severity, Shape, TypeId, TypeRef,
};

use crate::testing::{
    Build, Change, I32, STRING, cel, field, found, list, map, maximum, minimum, named, option, rules, string_enum,
    union,
};

fn report(build: &Build) -> Report {
    let mut report = Report::default();
    kgen_model::rules::check(&build.model, &BTreeSet::new(), &mut report);
    super::check(&build.model, &mut report);
    report.sort();
    report
}

fn findings(build: &Build) -> Vec<(&'static str, u32)> {
    found(report(build).diagnostics())
}

fn codes(build: &Build) -> Vec<&'static str> {
    findings(build).into_iter().map(|(code, _)| code).collect()
}

fn help(build: &Build) -> String {
    report(build)
        .diagnostics()
        .iter()
        .filter_map(|diagnostic| diagnostic.help.clone())
        .collect()
}

/// What is wrong with a spec of these fields.
fn of_spec(fields: impl IntoIterator<Item = Field>) -> Vec<(&'static str, u32)> {
    let mut build = Build::default();
    build.spec(fields);
    findings(&build)
}

fn of_facts(ty: TypeRef, facts: Facts) -> Vec<(&'static str, u32)> {
    of_spec([field("a", ty).facts(facts)])
}

fn each(facts: Facts) -> Facts {
    Facts {
        each: Some(Box::new(facts)),
        ..Facts::default()
    }
}

fn preserved() -> Facts {
    let mut facts = Facts::default();
    facts.schema.preserve_unknown_fields = true;
    facts
}

fn schemaless() -> Facts {
    let mut facts = preserved();
    facts.schema.schemaless = true;
    facts
}

/// A spec with a list of lines that have these members.
fn lines(members: impl IntoIterator<Item = Field>, facts: Facts) -> Vec<(&'static str, u32)> {
    let mut build = Build::default();
    let line = build.strukt("Line", members);
    build.spec([field("lines", list(named(line))).facts(facts)]);
    findings(&build)
}

fn by(key: &str) -> Facts {
    Facts {
        list: Some(ListType::Map(vec![key.to_owned()])),
        ..Facts::default()
    }
}
