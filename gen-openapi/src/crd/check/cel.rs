//! CEL rules: their form, the members that they name, and whether they may look at the old value.

use std::collections::BTreeMap;

use kgen_model::analysis::members;
use kgen_model::facts::CelRule;
use kgen_model::names::closest;
use kgen_model::rules::{Kind, Place, Scope};
use kgen_model::{Diagnostic, Facts, Model, Report, Rule, RuleKind, Span, TypeId, TypeRef};

use super::expression::{Step, Token, names_old_self, read, ways};
use super::path;
use crate::structural::{cel_field_name, embedded_metadata, is_cel_reserved, is_object_meta};

/// The reasons that a rule may give.
const REASONS: [&str; 4] = [
    "FieldValueDuplicate",
    "FieldValueForbidden",
    "FieldValueInvalid",
    "FieldValueRequired",
];

/// `unordered` are the types in lists whose elements have no identity.
pub(super) fn check(model: &Model, place: &Place<'_>, unordered: &BTreeMap<TypeId, Span>, report: &mut Report) {
    for rule in &place.facts.rules {
        if let RuleKind::Cel(cel) = &rule.kind {
            check_rule(model, place, cel, rule.span, report);
        }
    }
    if place.inside.scope == Scope::All {
        let list = if place.inside.unordered {
            Some(place.span)
        } else {
            unordered.get(&place.owner).copied()
        };
        if let Some(list) = list {
            check_old_self(place.facts, list, report);
        }
    }
}

fn check_rule(model: &Model, place: &Place<'_>, cel: &CelRule, span: Span, report: &mut Report) {
    report.extend(bad_words(model, place, cel, span));
    let texts = std::iter::once(&cel.rule).chain(&cel.message_expression);
    for text in texts {
        let tokens = match read(text) {
            Ok(tokens) => tokens,
            Err(fault) => {
                let message = format!("the CEL expression `{text}` cannot be read: {fault}");
                report.push(Diagnostic::error("cel-syntax", span, message).help("servers would refuse the definition"));
                continue;
            }
        };
        let optional_old = cel.optional_old_self == Some(true);
        for variable in ["self", "oldSelf"]
            .into_iter()
            .filter(|name| *name == "self" || !optional_old)
        {
            for way in ways(&tokens, variable) {
                report.extend(bad_way(model, place, variable, &way, span));
            }
        }
        if text == &cel.rule
            && !["self", "oldSelf"]
                .iter()
                .any(|name| tokens.contains(&Token::Name(name)))
        {
            let message = format!("the CEL rule `{text}` says nothing about `{}`", place.name);
            let help = "name the value: it is `self`";
            report.push(Diagnostic::warning("bad-cel-rule", span, message).help(help));
        }
        if text == &cel.rule && cel.optional_old_self.is_some() && !names_old_self(&tokens) {
            let message = format!(
                "`optional_old_self` stands beside a rule about `{}` without `oldSelf`",
                place.name
            );
            report
                .push(Diagnostic::error("bad-cel-rule", span, message).help("take it away, or compare with `oldSelf`"));
        }
    }
}

/// What stands beside the expression.
fn bad_words(model: &Model, place: &Place<'_>, cel: &CelRule, span: Span) -> Vec<Diagnostic> {
    let error = |message: String, help: &str| Diagnostic::error("bad-cel-rule", span, message).help(help);
    let mut found = Vec::new();
    match &cel.message {
        Some(message) if message.trim().is_empty() => {
            found.push(error(
                "the message of a CEL rule is empty".to_owned(),
                "say what must hold, or leave it away",
            ));
        }
        Some(message) if message.contains(['\n', '\r']) => {
            found.push(error(
                "the message of a CEL rule has a line break".to_owned(),
                "say it in one line",
            ));
        }
        None if cel.rule.trim().contains(['\n', '\r']) => {
            found.push(error(
                "a CEL rule of several lines has no message".to_owned(),
                "add `message = \"..\"`",
            ));
        }
        Some(_) | None => {}
    }
    if let Some(reason) = cel.reason.as_deref().filter(|reason| !REASONS.contains(reason)) {
        let message = format!("`{reason}` is no reason that a CEL rule can give");
        let help = match closest(reason, REASONS) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("write one of {}", REASONS.join(", ")),
        };
        found.push(error(message, &help));
    }
    if let Some(path) = &cel.field_path {
        found.extend(
            bad_field_path(model, place, path)
                .map(|message| error(message, "write a path to a member, such as `.spec.x`")),
        );
    }
    found
}

fn bad_field_path(model: &Model, place: &Place<'_>, path: &str) -> Option<String> {
    let ty = place.ty.as_ref()?;
    let is_path = path.starts_with('.') && !path.contains("[0") && !path.ends_with('.');
    let has_members = !Kind::of(model, place).is_scalar();
    if !is_path || !has_members {
        return Some(format!(
            "the field path `{path}` of a CEL rule about `{}` leads nowhere",
            place.name
        ));
    }
    let fault = path::walk(model, ty, path).err()?;
    Some(format!(
        "the field path `{path}` of a CEL rule leads nowhere: {}",
        fault.message
    ))
}

/// A member on the way that is not there. What has no known members is believed.
fn bad_way(model: &Model, place: &Place<'_>, variable: &str, way: &[Step<'_>], span: Span) -> Option<Diagnostic> {
    let mut ty = place.ty.clone()?;
    let mut so_far = variable.to_owned();
    for step in way {
        let wire = model.wire_type(&ty).clone();
        ty = match (step, &wire) {
            (Step::Element, TypeRef::List(inner) | TypeRef::Array(inner, _)) => inner.as_ref().clone(),
            (Step::Element | Step::Member(_), TypeRef::Map { value, .. }) => value.as_ref().clone(),
            (Step::Member(name), TypeRef::Named(_)) => {
                let is_kind = place.inside.declaration && so_far == variable && is_kind(model, &wire);
                match member(model, place, &wire, name, is_kind) {
                    Found::Type(ty) => ty,
                    Found::Unknown => return None,
                    Found::Nothing(help) => {
                        let message = format!("the CEL expression names `{so_far}.{name}`, which is not there");
                        return Some(Diagnostic::error("cel-unknown-field", span, message).help(help));
                    }
                }
            }
            (Step::Member(name), TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float(_) | TypeRef::String) => {
                let message = format!(
                    "the CEL expression names `{so_far}.{name}`, but `{so_far}` is {}",
                    Kind::of_type(model, &wire).noun()
                );
                return Some(
                    Diagnostic::error("cel-unknown-field", span, message)
                        .help("members of objects can be named, and no others"),
                );
            }
            _ => return None,
        };
        match step {
            Step::Member(name) => so_far = format!("{so_far}.{name}"),
            Step::Element => so_far.push_str("[..]"),
        }
    }
    None
}

fn is_kind(model: &Model, ty: &TypeRef) -> bool {
    matches!(ty, TypeRef::Named(id) if model.resource_of(*id).is_some())
}

/// What a name leads to.
enum Found {
    Type(TypeRef),
    /// The members are not known.
    Unknown,
    /// Nothing, with help.
    Nothing(String),
}

fn member(model: &Model, place: &Place<'_>, ty: &TypeRef, name: &str, is_kind: bool) -> Found {
    if let TypeRef::Named(id) = ty
        && is_object_meta(model.ty(*id))
    {
        return metadata_member(model, place, name);
    }
    if is_kind && (name == "apiVersion" || name == "kind") {
        return Found::Type(TypeRef::String);
    }
    let Some(members) = members(model, ty) else {
        return Found::Unknown;
    };
    let spelled = |wire: &str| cel_field_name(wire).unwrap_or_default();
    if let Some(member) = members.iter().find(|member| spelled(member.wire) == name) {
        return Found::Type(member.ty.clone());
    }
    if is_cel_reserved(name) && members.iter().any(|member| member.wire == name) {
        return Found::Nothing(format!("`{name}` is a word of CEL: write `__{name}__`"));
    }
    let names: Vec<String> = members.iter().map(|member| spelled(member.wire)).collect();
    Found::Nothing(match closest(name, names.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "members are named as in JSON".to_owned(),
    })
}

/// Of the object's own metadata, rules see the name only; of that in a template, what its schema holds.
fn metadata_member(model: &Model, place: &Place<'_>, name: &str) -> Found {
    let string = |found: bool, help: &str| {
        if found {
            Found::Type(TypeRef::String)
        } else {
            Found::Nothing(help.to_owned())
        }
    };
    if model.resource_of(place.owner).is_some() {
        let found = name == "name" || name == "generateName";
        return string(found, "of its metadata, rules see `name` and `generateName` only");
    }
    let schema = embedded_metadata();
    let spelled = |wire: &String| cel_field_name(wire).is_some_and(|spelled| spelled == name);
    match schema.properties.iter().find(|(wire, _)| spelled(wire)) {
        Some((_, schema)) if schema.type_ == Some(crate::schema::JsonType::String) => Found::Type(TypeRef::String),
        Some(_) => Found::Unknown,
        None => Found::Nothing(
            "a template's metadata has labels, annotations, finalizers, name and `__namespace__`".to_owned(),
        ),
    }
}

/// No rule may compare with the old value where nobody knows which one that is.
fn check_old_self(facts: &Facts, list: Span, report: &mut Report) {
    for rule in facts.rules.iter().filter(|rule| compares(rule)) {
        let message = format!(
            "`{}` compares with the old value, but nobody knows which element of the list it was",
            rule.kind.word()
        );
        let help = "give the list's elements an identity: `list = map(key = \"..\")`";
        report.push(
            Diagnostic::error("old-value-in-list", rule.span, message)
                .related(list, "in this list")
                .help(help),
        );
    }
}

fn compares(rule: &Rule) -> bool {
    match &rule.kind {
        RuleKind::Cel(cel) => read(&cel.rule).is_ok_and(|tokens| names_old_self(&tokens)),
        RuleKind::Immutable | RuleKind::Monotonic | RuleKind::Update(_) => true,
        RuleKind::OnUpdate(facts) => facts.rules.iter().any(compares),
        _ => false,
    }
}
