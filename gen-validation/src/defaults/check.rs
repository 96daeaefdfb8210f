//! Refuses defaults that are no values, and warns of what would silently do nothing.

use kgen_emit::rust::check_defaults;
use kgen_model::{Diagnostic, Facts, Model, Report, RuleKind, Shape, Span, TypeDef};

use super::NAME;

pub(super) fn check(model: &Model, report: &mut Report) {
    check_defaults(model, report);
    for (_, ty) in model.source_types() {
        never_called(ty).into_iter().for_each(|warning| report.push(warning));
        for (facts, span) in places(ty) {
            if has_nested(facts) {
                report.push(only_in_schema(span));
            }
        }
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

/// Everything that is said about the type and its parts, with its place.
fn places(ty: &TypeDef) -> Vec<(&Facts, Span)> {
    let mut places = vec![(&ty.facts, ty.span)];
    match &ty.shape {
        Shape::Struct(fields) => places.extend(fields.iter().map(|field| (&field.facts, field.span))),
        Shape::Union(union) => places.extend(union.variants.iter().map(|variant| (&variant.facts, variant.span))),
        Shape::Newtype(_) | Shape::Enum(_) => {}
    }
    places
}

/// Whether a default is said of something below this place.
fn has_nested(facts: &Facts) -> bool {
    let says = |facts: &Facts| facts.default.is_some() || has_nested(facts);
    let below = facts.each.iter().chain(&facts.each_key).map(|facts| &**facts);
    let members = facts.subfields.iter().map(|(_, facts)| facts);
    let items = facts.items.iter().map(|item| &item.facts);
    let mut inner = below
        .chain(members)
        .chain(items)
        .chain(facts.rule_kinds().flat_map(inner));
    inner.any(says)
}

/// What a rule says of the values that it is about.
fn inner(rule: &RuleKind) -> &[Facts] {
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
