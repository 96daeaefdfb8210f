//! Cases of schema logic. A structural schema has nothing but limits there: everything that says what a value is made of,
//! and all of CEL, stands outside.

use kgen_model::rules::{Kind, Place, Scope};
use kgen_model::{Diagnostic, Facts, Model, Report, RuleKind};

pub(super) fn check(model: &Model, place: &Place<'_>, report: &mut Report) {
    if place.inside.scope != Scope::Case {
        return;
    }
    let error = |span, word: &str| {
        let message = format!("`{word}` cannot stand in a case");
        let help =
            "a case holds limits such as `minimum`, `pattern` or `fields_required`: move the rest beside the cases";
        Diagnostic::error("not-in-case", span, message).help(help)
    };
    for rule in place.facts.rules.iter().filter(|rule| !is_legal(&rule.kind)) {
        report.push(error(rule.span, rule.kind.word()));
    }
    let is_of_both = place
        .ty
        .as_ref()
        .is_some_and(|ty| Kind::of_type(model, ty) == Kind::IntOrString);
    let said = said(place.facts).into_iter();
    // Which of both it is, is a case that every reader knows.
    let said = said.filter(|word| *word != "schema" || !is_of_both);
    report.extend(said.map(|word| error(place.at(word), word)));
    if place.facts.each.is_some() && Kind::of(model, place) == Kind::Map {
        report.push(error(place.at("each"), "each"));
    }
}

/// `neq` becomes `not` with an `enum` there.
fn is_legal(rule: &RuleKind) -> bool {
    is_limit(rule) || matches!(rule, RuleKind::Neq(_))
}

/// What of the facts is no limit.
fn said(facts: &Facts) -> Vec<&'static str> {
    let Facts {
        description,
        title,
        external_docs,
        example,
        default,
        schema,
        list,
        map,
        patch,
        rules: _,
        each: _,
        each_key,
        subfields: _,
        items,
        extensions,
        places: _,
    } = facts;
    let words = [
        (description.is_some(), "description"),
        (title.is_some(), "title"),
        (external_docs.is_some(), "external_docs"),
        (example.is_some(), "example"),
        (default.is_some(), "default"),
        (schema.type_.is_some() || schema.format.is_some(), "schema"),
        (schema.schemaless, "schemaless"),
        (schema.nullable, "nullable"),
        (schema.int_or_string.is_some(), "int_or_string"),
        (schema.embedded_resource, "embedded_resource"),
        (schema.preserve_unknown_fields, "preserve_unknown_fields"),
        (schema.additional_properties.is_some(), "additional_properties"),
        (list.is_some(), "list"),
        (map.is_some(), "map"),
        (patch.strategy.is_some(), "patch_strategy"),
        (patch.merge_key.is_some(), "patch_merge_key"),
        (each_key.is_some(), "each_key"),
        (!items.is_empty(), "item"),
        (!extensions.is_empty(), "extension"),
    ];
    words
        .into_iter()
        .filter(|(is_said, _)| *is_said)
        .map(|(_, word)| word)
        .collect()
}

/// Whether a rule is a keyword that says which values are legal.
pub(super) fn is_limit(rule: &RuleKind) -> bool {
    matches!(
        rule,
        RuleKind::Minimum { .. }
            | RuleKind::Maximum { .. }
            | RuleKind::MultipleOf(_)
            | RuleKind::MinLength(_)
            | RuleKind::MaxLength(_)
            | RuleKind::Pattern(_)
            | RuleKind::Format(_)
            | RuleKind::MinItems(_)
            | RuleKind::MaxItems(_)
            | RuleKind::UniqueItems
            | RuleKind::MinProperties(_)
            | RuleKind::MaxProperties(_)
            | RuleKind::Enum(_)
            | RuleKind::Required
            | RuleKind::FieldsRequired(_)
            | RuleKind::AllOf(_)
            | RuleKind::AnyOf(_)
            | RuleKind::OneOf(_)
            | RuleKind::Not(_)
    )
}
