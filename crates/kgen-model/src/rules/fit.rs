//! Rules that do not fit the value they are about.

use crate::facts::{Number, UpdateConstraint};
use crate::names::closest;
use crate::{Diagnostic, Literal, Model, Report, Rule, RuleKind};

use super::FORMATS;
use super::kind::Kind;
use super::pattern;
use super::place::Place;

pub(super) fn check(model: &Model, place: &Place<'_>, report: &mut Report) {
    let kind = Kind::of(model, place);
    for rule in &place.facts.rules {
        report.extend(misfit(rule, kind, place));
        report.extend(wrong_constants(rule, kind, place));
        report.extend(bad_text(rule, place));
    }
}

fn misfit(rule: &Rule, kind: Kind, place: &Place<'_>) -> Option<Diagnostic> {
    let wanted = wanted(&rule.kind)?;
    if kind == Kind::Any || wanted.contains(&kind) {
        return None;
    }
    let (word, name, noun) = (rule.kind.word(), &place.name, kind.noun());
    let wanted = wanted
        .iter()
        .filter(|kind| **kind != Kind::IntOrString)
        .map(|kind| kind.noun());
    let help = format!("`{word}` is about {}", wanted.collect::<Vec<_>>().join(" or "));
    let message = format!("`{word}` does not fit `{name}`, which is {noun}");
    Some(Diagnostic::error("rule-does-not-fit", rule.span, message).help(help))
}

/// What a rule is about, or `None` if it is about anything.
fn wanted(rule: &RuleKind) -> Option<&'static [Kind]> {
    use Kind::{IntOrString, Integer, List, Map, Number, Object, String};
    match rule {
        RuleKind::Minimum { .. } | RuleKind::Maximum { .. } | RuleKind::MultipleOf(_) => {
            Some(&[Integer, Number, IntOrString])
        }
        RuleKind::Monotonic => Some(&[Integer, Number]),
        RuleKind::MinLength(_) | RuleKind::MaxLength(_) | RuleKind::MaxBytes(_) | RuleKind::Pattern(_) => {
            Some(&[String, IntOrString])
        }
        RuleKind::Format(name) if is_of_kubernetes(name) => Some(&[String, IntOrString]),
        RuleKind::MinItems(_)
        | RuleKind::MaxItems(_)
        | RuleKind::UniqueItems
        | RuleKind::Unique(_)
        | RuleKind::CustomUnique => Some(&[List]),
        RuleKind::Update(constraints) if constraints.iter().any(is_about_elements) => Some(&[List, Map]),
        RuleKind::MinProperties(_) | RuleKind::MaxProperties(_) => Some(&[Map, Object]),
        RuleKind::AtMostOneOf(_) | RuleKind::ExactlyOneOf(_) | RuleKind::AtLeastOneOf(_) => Some(&[Object]),
        RuleKind::FieldsRequired(_) => Some(&[Map, Object]),
        _ => None,
    }
}

/// Constants that the value can never equal, and bounds that it can never meet exactly.
fn wrong_constants(rule: &Rule, kind: Kind, place: &Place<'_>) -> Vec<Diagnostic> {
    let error = |value: &Literal| {
        let (word, name) = (rule.kind.word(), &place.name);
        let message = format!(
            "`{value}` of `{word}` is {}, but `{name}` is {}",
            value.noun(),
            kind.noun()
        );
        Diagnostic::error("constant-does-not-fit", rule.span, message).help(format!("write {} instead", kind.noun()))
    };
    match &rule.kind {
        RuleKind::Enum(values) => {
            let is_legal =
                |value: &&Literal| kind.holds(value) || place.facts.schema.nullable && **value == Literal::Null;
            values.iter().filter(|value| !is_legal(value)).map(error).collect()
        }
        RuleKind::Neq(value) => (!kind.holds(value)).then(|| error(value)).into_iter().collect(),
        RuleKind::Minimum {
            value: Number::Float(value),
            ..
        }
        | RuleKind::Maximum {
            value: Number::Float(value),
            ..
        }
        | RuleKind::MultipleOf(Number::Float(value))
            if kind == Kind::Integer =>
        {
            vec![error(&Literal::Float(*value))]
        }
        _ => Vec::new(),
    }
}

/// Patterns and formats that a server does not know.
fn bad_text(rule: &Rule, place: &Place<'_>) -> Option<Diagnostic> {
    match &rule.kind {
        RuleKind::Pattern(text) => {
            let fault = pattern::fault(text)?;
            let message = format!(
                "the pattern of `{}` is no regular expression for a server: {fault}",
                place.name
            );
            let help = "servers read Go's syntax (RE2), which has no lookaround and no backreferences";
            Some(Diagnostic::error("bad-pattern", rule.span, message).help(help))
        }
        RuleKind::Format(name) if is_of_kubernetes(name) && !FORMATS.contains(&name.as_str()) => {
            let diagnostic = Diagnostic::error("unknown-format", rule.span, format!("there is no format `{name}`"));
            Some(match closest(name, FORMATS) {
                Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
                None => diagnostic.help(format!("the formats of Kubernetes are {}", FORMATS.join(", "))),
            })
        }
        _ => None,
    }
}

fn is_about_elements(constraint: &UpdateConstraint) -> bool {
    matches!(constraint, UpdateConstraint::NoAddItem | UpdateConstraint::NoRemoveItem)
}

/// Whether a format is one of Kubernetes, or means to be.
fn is_of_kubernetes(name: &str) -> bool {
    name.starts_with("k8s-")
}
