//! Unions and modes of fields: whether their parts are all there and know each other.

use std::collections::BTreeMap;

use crate::facts::UnionMember;
use crate::names::closest;
use crate::{Diagnostic, Field, Model, Presence, Report, RuleKind, Shape, Span, TypeId, TypeRef};

pub(super) fn check(model: &Model, id: TypeId, report: &mut Report) {
    let Some(fields) = model.ty(id).fields() else { return };
    check_unions(model, fields, report);
    check_modes(model, fields, report);
}

/// One union of the fields of a struct.
#[derive(Default)]
struct Union<'m> {
    members: Vec<(&'m Field, &'m UnionMember, Span)>,
    discriminator: Option<(&'m Field, Span)>,
}

fn check_unions(model: &Model, fields: &[Field], report: &mut Report) {
    let mut unions = BTreeMap::<Option<&str>, Union<'_>>::new();
    for field in fields {
        for rule in &field.facts.rules {
            match &rule.kind {
                RuleKind::UnionMember(member) => {
                    let union = unions.entry(member.union.as_deref()).or_default();
                    union.members.push((field, member, rule.span));
                }
                RuleKind::UnionDiscriminator(union) => {
                    unions.entry(union.as_deref()).or_default().discriminator = Some((field, rule.span));
                }
                _ => {}
            }
        }
    }
    for union in unions.values() {
        report.extend(incomplete(union));
        for (field, member, span) in &union.members {
            report.extend(always_set(field, *span));
            if let Some((discriminator, _)) = union.discriminator {
                let value = member.name.as_deref().unwrap_or(&field.wire);
                report.extend(
                    unknown_value(model, discriminator, value, *span).map(|found| match found {
                        (error, Some(meant)) => error.help(format!("did you mean `union_member(name = {meant:?})`?")),
                        (error, None) => error.help("name the value that stands for it: `union_member(name = \"..\")`"),
                    }),
                );
            }
        }
    }
}

fn incomplete(union: &Union<'_>) -> Option<Diagnostic> {
    let error =
        |span, message: String, help: &str| Some(Diagnostic::error("incomplete-union", span, message).help(help));
    match (union.members.as_slice(), union.discriminator) {
        ([], Some((field, span))) => {
            let message = format!("`{}` chooses between members of a union that has none", field.wire);
            error(span, message, "mark the members with `union_member`")
        }
        ([(field, _, span)], None) => {
            let message = format!(
                "`{}` is the only member of its union, so that it has to be set",
                field.wire
            );
            error(*span, message, "mark the other members too, or make it required")
        }
        _ => None,
    }
}

fn always_set(field: &Field, span: Span) -> Option<Diagnostic> {
    (field.presence != Presence::Optional).then(|| {
        let message = format!("`{}` is a member of a union, but it is always there", field.wire);
        Diagnostic::error("contradictory-rules", span, message).help("make it an `Option`, without a default")
    })
}

/// A value that the discriminator's type does not have, with the one that it may have meant.
fn unknown_value(
    model: &Model,
    discriminator: &Field,
    value: &str,
    span: Span,
) -> Option<(Diagnostic, Option<String>)> {
    let TypeRef::Named(id) = model.wire_type(&discriminator.ty) else {
        return None;
    };
    let Shape::Enum(enum_) = &model.ty(*id).shape else {
        return None;
    };
    let mut values = enum_.variants.iter().map(|variant| variant.wire.as_str());
    if enum_.other.is_some() || values.clone().any(|known| known == value) {
        return None;
    }
    let message = format!("`{value}` is no value of `{}`", discriminator.wire);
    let error = Diagnostic::error("unknown-discriminator-value", span, message);
    Some((error, closest(value, values.by_ref()).map(str::to_owned)))
}

fn check_modes(model: &Model, fields: &[Field], report: &mut Report) {
    for field in fields {
        for rule in &field.facts.rules {
            let RuleKind::IfMode { modality, mode, .. } = &rule.kind else {
                continue;
            };
            match discriminator(fields, modality.as_deref()) {
                Some(discriminator) => {
                    report.extend(
                        unknown_value(model, discriminator, mode, rule.span).map(|found| match found {
                            (error, Some(meant)) => error.help(format!("did you mean `{meant}`?")),
                            (error, None) => error.help("name one of its values"),
                        }),
                    );
                }
                None => {
                    let message = format!(
                        "`{}` depends on a mode, but no field of its struct says which it is",
                        field.wire
                    );
                    let help = "mark the field that says so with `mode_discriminator`";
                    report.push(Diagnostic::error("incomplete-union", rule.span, message).help(help));
                }
            }
        }
    }
}

fn discriminator<'m>(fields: &'m [Field], modality: Option<&str>) -> Option<&'m Field> {
    let is_it = |rule: &RuleKind| matches!(rule, RuleKind::ModeDiscriminator(of) if of.as_deref() == modality);
    fields.iter().find(|field| field.facts.rule_kinds().any(is_it))
}
