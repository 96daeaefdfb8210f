//! Refuses defaults that are no values, and warns of what would silently do nothing.

use kgen_emit::rust::check_defaults;
use kgen_model::{Diagnostic, Facts, Field, Model, Report, RuleKind, Shape, Span, TypeDef};

use super::NAME;
use super::imposed::{Refusal, imposed};

pub(super) fn check(model: &Model, report: &mut Report) {
    check_defaults(model, report);
    for (_, ty) in model.source_types() {
        let mut found: Vec<Diagnostic> = never_called(ty).into_iter().collect();
        if says_below(&ty.facts) {
            found.push(only_in_schema(ty.span));
        }
        match &ty.shape {
            Shape::Struct(fields) => found.extend(fields.iter().flat_map(|field| of_field(model, field))),
            Shape::Union(union) => {
                let variants = union.variants.iter().filter(|variant| says_below(&variant.facts));
                found.extend(variants.map(|variant| only_in_schema(variant.span)));
            }
            Shape::Newtype(_) | Shape::Enum(_) => {}
        }
        found.into_iter().for_each(|diagnostic| report.push(diagnostic));
    }
}

/// A function that nothing calls.
fn never_called(ty: &TypeDef) -> Option<Diagnostic> {
    ty.default_with.as_ref()?;
    let (why, help) = if ty.by_hand.iter().any(|name| name == "Defaults") {
        (
            "`Defaults` is implemented by hand",
            "call the function there, or remove the implementation",
        )
    } else if !ty.generates(NAME) {
        (
            "the generator `defaults` is switched off here",
            "remove `default_with`, or `generate(defaults = false)`",
        )
    } else {
        return None;
    };
    let message = format!("the `default_with` of `{}` is never called: {why}", ty.name);
    Some(Diagnostic::warning("contradicting-markers", ty.span, message).help(help))
}

/// Defaults inside of scopes. Those of direct members can be set, if there are such members.
fn of_field(model: &Model, field: &Field) -> Vec<Diagnostic> {
    let refusals = imposed(model, field).into_iter();
    let mut found: Vec<Diagnostic> = refusals
        .filter_map(|(wire, imposed)| Some(refused(field, wire, imposed.err()?)))
        .collect();
    let facts = &field.facts;
    let is_below_members = facts.subfields.iter().any(|(_, facts)| says_below(facts));
    if is_below_members || others(facts).any(says) {
        found.push(only_in_schema(field.span));
    }
    found
}

fn refused(field: &Field, wire: &str, refusal: Refusal) -> Diagnostic {
    match refusal {
        Refusal::OutOfReach => only_in_schema(field.span),
        Refusal::Misfit(misfit) => {
            let message = format!("the default of `{wire}` in `{}` {}", field.name, misfit.problem);
            let diagnostic = Diagnostic::error(misfit.code, field.span, message);
            misfit.help.into_iter().fold(diagnostic, Diagnostic::help)
        }
    }
}

/// Whether a default is said here or below.
fn says(facts: &Facts) -> bool {
    facts.default.is_some() || says_below(facts)
}

fn says_below(facts: &Facts) -> bool {
    facts.subfields.iter().any(|(_, facts)| says(facts)) || others(facts).any(says)
}

/// What is said of anything below this place but its members.
fn others(facts: &Facts) -> impl Iterator<Item = &Facts> {
    let elements = facts.each.iter().chain(&facts.each_key).map(|facts| &**facts);
    let items = facts.items.iter().map(|item| &item.facts);
    elements.chain(items).chain(facts.rule_kinds().flat_map(of_rule))
}

/// What a rule says of the values that it is about.
fn of_rule(rule: &RuleKind) -> &[Facts] {
    match rule {
        RuleKind::OnUpdate(facts) | RuleKind::Not(facts) => std::slice::from_ref(facts),
        RuleKind::IfMode { facts, .. } | RuleKind::IfFeature { facts, .. } | RuleKind::Maturity { facts, .. } => {
            std::slice::from_ref(facts)
        }
        RuleKind::AllOf(cases) | RuleKind::AnyOf(cases) | RuleKind::OneOf(cases) => cases,
        _ => &[],
    }
}

fn only_in_schema(span: Span) -> Diagnostic {
    let message = "a default inside of a scope stands in schemas, but nothing in Rust sets it";
    Diagnostic::warning("nested-default", span, message)
        .help("give it to the field itself, or set it in a function of your own: `default_with = path`")
}
