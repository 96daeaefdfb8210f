//! Refuses rules that code cannot check, and tells of functions that nothing calls.

use kgen_model::analysis::Capability;
use kgen_model::model::FieldLayout;
use kgen_model::{Diagnostic, Facts, ListType, Model, Report, RuleKind, Shape, Span, TypeDef, TypeRef};

pub(super) fn check(model: &Model, report: &mut Report) {
    for (_, ty) in model.source_types() {
        if !ty.is_validated_by_kgen() {
            report.extend(never_called(ty));
            continue;
        }
        report.extend(nameless(ty));
        match &ty.shape {
            Shape::Struct(fields) => {
                for field in fields.iter().filter(|field| field.layout != FieldLayout::Skipped) {
                    let place = Place {
                        model,
                        name: &field.name,
                        span: field.span,
                    };
                    place.check(&field.ty, &field.facts, report);
                }
            }
            Shape::Newtype(inner) => {
                let place = Place {
                    model,
                    name: &ty.name,
                    span: ty.span,
                };
                place.check(inner, &ty.facts, report);
            }
            Shape::Union(union) => {
                for variant in &union.variants {
                    let place = Place {
                        model,
                        name: &variant.name,
                        span: variant.span,
                    };
                    if let Some(ty) = &variant.ty {
                        place.check(ty, &variant.facts, report);
                    }
                }
            }
            Shape::Enum(_) => {}
        }
    }
}

/// Functions that would run where validation is not generated.
fn never_called(ty: &TypeDef) -> Option<Diagnostic> {
    let rule = ty
        .facts
        .rules
        .iter()
        .find(|rule| matches!(rule.kind, RuleKind::ValidateWith(_)))?;
    let (why, help) = if ty.is_by_hand("Validate") {
        (
            "`Validate` is implemented by hand",
            "call the function there, or remove the implementation",
        )
    } else if !ty.can(Capability::Validation) {
        (
            "the generator `validation` is switched off here",
            "remove `validate_with`, or `generate(validation = false)`",
        )
    } else {
        return None;
    };
    let message = format!("the `validate_with` of `{}` is never called: {why}", ty.name);
    Some(Diagnostic::warning("contradicting-markers", rule.span, message).help(help))
}

/// Values of an enum are told by their names, which types with their own serde keep to themselves.
fn nameless(ty: &TypeDef) -> Option<Diagnostic> {
    let Shape::Enum(def) = &ty.shape else { return None };
    let excluded = def.variants.iter().find(|variant| variant.excluded.is_some())?;
    (!ty.is_generated()).then(|| {
        let message = format!(
            "nothing in Rust refuses the excluded `{}`: `{}` has its own serde",
            excluded.name, ty.name
        );
        Diagnostic::warning("rule-not-in-code", excluded.span, message)
            .help("derive `kgen::Api` without serde's derives, or implement `Validate` by hand")
    })
}

/// A value with facts.
#[derive(Clone, Copy)]
struct Place<'a> {
    model: &'a Model,
    name: &'a str,
    span: Span,
}

impl Place<'_> {
    /// Rules that compare values need values that can be compared.
    fn check(self, ty: &TypeRef, facts: &Facts, report: &mut Report) {
        if self.model.is_comparable(ty) {
            return;
        }
        let rule = facts.rules.iter().find(|rule| compares(&rule.kind));
        let marker = |word| facts.places.of(word);
        let (word, span) = match rule {
            Some(rule) => (word(&rule.kind), rule.span),
            None if facts.checked_identity() == Some(&ListType::Set) => ("list", marker("list").unwrap_or(self.span)),
            None if !facts.items.is_empty() => ("item", marker("item").unwrap_or(self.span)),
            None => return,
        };
        let message = format!(
            "nothing in Rust checks `{word}` of `{}`: its values have no `PartialEq`",
            self.name
        );
        let help = "derive `PartialEq` for the types that it holds";
        report.push(Diagnostic::warning("not-comparable", span, message).help(help));
    }
}

fn compares(rule: &RuleKind) -> bool {
    matches!(
        rule,
        RuleKind::Immutable | RuleKind::Update(_) | RuleKind::Unique(ListType::Set) | RuleKind::UniqueItems
    )
}

fn word(rule: &RuleKind) -> &'static str {
    match rule {
        RuleKind::Immutable => "immutable",
        RuleKind::Update(_) => "update",
        RuleKind::Unique(_) => "unique",
        _ => "unique_items",
    }
}
