//! Members that rules name: whether they are there, and whether the rule can hold for them.

use crate::names::closest;
use crate::{Diagnostic, Model, Presence, Report, Rule, RuleKind, Span, TypeRef};

use super::place::{Place, Scope};
use crate::analysis::{Member, members};

pub(super) fn check(model: &Model, place: &Place<'_>, report: &mut Report) {
    let mut own = place.ty.as_ref().and_then(|ty| members(model, ty));
    if let (Some(own), true) = (&mut own, is_kind(model, place)) {
        own.extend(["apiVersion", "kind"].map(of_every_object));
    }
    if let Some(own) = &own {
        for (index, (name, _)) in place.facts.subfields.iter().enumerate() {
            let span = place.at_nth("subfield", index);
            report.extend(unknown(own, name, "subfield", &place.name, span));
        }
    }
    report.extend(bad_merge_key(model, place));
    let owner = TypeRef::Named(place.owner);
    for rule in &place.facts.rules {
        let word = rule.kind.word();
        match (&rule.kind, &own) {
            (RuleKind::FieldsRequired(names), Some(own)) => {
                report.extend(
                    names
                        .iter()
                        .filter_map(|name| unknown(own, name, word, &place.name, rule.span)),
                );
            }
            (
                RuleKind::AtMostOneOf(names) | RuleKind::ExactlyOneOf(names) | RuleKind::AtLeastOneOf(names),
                Some(own),
            ) => {
                report.extend(
                    names
                        .iter()
                        .filter_map(|name| unknown(own, name, word, &place.name, rule.span)),
                );
                report.extend(names.iter().filter_map(|name| required(own, name, word, rule.span)));
            }
            (RuleKind::DependentRequired(name) | RuleKind::DependentForbidden(name), _)
                if !place.inside.declaration =>
            {
                let siblings = members(model, &owner).unwrap_or_default();
                report.extend(unknown(&siblings, name, word, &model.ty(place.owner).name, rule.span));
            }
            (RuleKind::Forbidden, _) if place.inside.scope == Scope::All => {
                report.extend(forbidden(model, place, rule))
            }
            _ => {}
        }
    }
}

fn is_kind(model: &Model, place: &Place<'_>) -> bool {
    match &place.ty {
        Some(TypeRef::Named(id)) => model.resource_of(*id).is_some(),
        _ => false,
    }
}

/// What a kind has without saying so.
fn of_every_object(wire: &'static str) -> Member<'static> {
    Member {
        wire,
        ty: &TypeRef::String,
        presence: Presence::Required,
        facts: None,
    }
}

/// The key by which strategic merge patches match elements.
fn bad_merge_key(model: &Model, place: &Place<'_>) -> Option<Diagnostic> {
    let key = place.facts.patch.merge_key.as_deref()?;
    let element = match model.wire_type(place.ty.as_ref()?) {
        TypeRef::List(inner) | TypeRef::Array(inner, _) => members(model, inner)?,
        _ => return None,
    };
    unknown(
        &element,
        key,
        "patch_merge_key",
        &format!("{}[*]", place.name),
        place.at("patch_merge_key"),
    )
}

fn unknown(members: &[Member<'_>], name: &str, word: &str, owner: &str, span: Span) -> Option<Diagnostic> {
    if members.iter().any(|member| member.wire == name) {
        return None;
    }
    let message = format!("`{word}` names `{name}`, which `{owner}` does not have");
    let diagnostic = Diagnostic::error("unknown-member", span, message);
    Some(match closest(name, members.iter().map(|member| member.wire)) {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => diagnostic.help("members are named as in JSON"),
    })
}

/// A choice between members is none if one of them is always there.
fn required(members: &[Member<'_>], name: &str, word: &str, span: Span) -> Option<Diagnostic> {
    let member = members.iter().find(|member| member.wire == name)?;
    let why = match member.presence {
        Presence::Required => "is required",
        Presence::Defaulted => "has a default",
        Presence::Optional => return None,
    };
    let message = format!("`{word}` chooses among members, but `{name}` {why} and so is always there");
    Some(Diagnostic::error("contradictory-rules", span, message).help(format!("make `{name}` an `Option`")))
}

fn forbidden(model: &Model, place: &Place<'_>, rule: &Rule) -> Option<Diagnostic> {
    let owner = TypeRef::Named(place.owner);
    let presence = members(model, &owner)?
        .into_iter()
        .find(|member| member.wire == place.name)?
        .presence;
    (presence != Presence::Optional).then(|| {
        let message = format!("`{}` is forbidden, but it is always there", place.name);
        Diagnostic::error("contradictory-rules", rule.span, message).help("make it an `Option`")
    })
}
