//! Rules that code checks, and the definition does not hold: CEL cannot say them, or servers would refuse what it says.

use std::collections::BTreeSet;

use kgen_model::rules::{Place, places};
use kgen_model::{Diagnostic, Facts, Model, Report, Resource, RuleKind, Shape, TypeDef, TypeId};

use super::cases::is_limit;
use crate::structural::{LeftOut, Reach, SchemaOf, Why};

/// Tells of the rules that the definition of a kind does not hold. `told` are those of other kinds.
pub(super) fn check(model: &Model, resource: &Resource, told: &mut BTreeSet<LeftOut>, report: &mut Report) {
    let reach = Reach::of(model, resource.ty);
    let types: Vec<TypeId> = reach.iter().chain([resource.ty]).collect();
    if !types.iter().any(|id| derives(model.ty(*id))) {
        return;
    }
    let left_out: BTreeSet<LeftOut> = SchemaOf::inline(model).left_out(resource.ty).into_iter().collect();
    // Where something is wrong, that is what a person mends first.
    let is_wrong = |one: &LeftOut| report.diagnostics().iter().any(|found| found.span == Some(one.span));
    let left_out = left_out.into_iter().filter(|one| !is_wrong(one));
    let new: Vec<LeftOut> = left_out.filter(|one| told.insert(*one)).collect();
    if new.is_empty() {
        return;
    }
    let places: Vec<Place<'_>> = types.iter().flat_map(|id| places(model, *id)).collect();
    report.extend(new.iter().map(|one| diagnostic(one, &places)));
}

fn diagnostic(left_out: &LeftOut, places: &[Place<'_>]) -> Diagnostic {
    let LeftOut { span, word, why } = *left_out;
    let is_it = |place: &&Place<'_>| place.facts.rules.iter().any(|rule| rule.span == span);
    let of = places.iter().find(is_it).map(|place| format!(" of `{}`", place.name));
    let (reason, help) = match why {
        Why::Unsayable => ("CEL cannot say it here", "only Rust code checks it"),
        Why::TooDear => (
            "servers could not afford it",
            "limit what it looks at (`max_length`, `max_items`), and the lists and maps around it (`max_items`, `max_properties`)",
        ),
        Why::Unordered => (
            "nobody knows which element of the list it was",
            "give the list's elements an identity: `list = map(key = \"..\")`",
        ),
    };
    let message = format!(
        "the definition does not hold `{word}`{}: {reason}",
        of.unwrap_or_default()
    );
    Diagnostic::warning("rule-not-in-crd", span, message).help(help)
}

/// Whether a type says anything that no keyword does. Definitions never do, and a schema of all that lies below a kind is
/// dear.
fn derives(def: &TypeDef) -> bool {
    let of_parts = match &def.shape {
        Shape::Struct(fields) => fields.iter().any(|field| says_more(&field.facts)),
        Shape::Union(union) => union.variants.iter().any(|variant| says_more(&variant.facts)),
        Shape::Newtype(_) | Shape::Enum(_) => false,
    };
    of_parts || says_more(&def.facts)
}

fn says_more(facts: &Facts) -> bool {
    let nested = facts.each.as_deref().into_iter();
    let members = facts.subfields.iter().map(|(_, facts)| facts);
    facts.each_key.is_some()
        || !facts.items.is_empty()
        || facts
            .rule_kinds()
            .any(|rule| !is_limit(rule) && !matches!(rule, RuleKind::Cel(_)))
        || nested.chain(members).any(says_more)
}
