//! Modes: what holds of a field in some of them only.

use std::collections::BTreeMap;

use kgen_model::Literal;
use kgen_model::facts::{Facts, Rule, RuleKind};

use super::{Imposed, Imposing, derived, equals, of_demand};
use crate::structural::demand::Demand;

/// What holds in some modes only, and that a field with modes is not set in others.
pub(super) fn modes(fields: &[Imposing<'_>]) -> Vec<Imposed> {
    fields
        .iter()
        .flat_map(|field| {
            by_modality(field)
                .into_iter()
                .flat_map(|(modality, modes)| match mode_discriminator(fields, modality) {
                    Some(discriminator) => mode_rules(discriminator, field, &modes),
                    None => Vec::new(),
                })
        })
        .collect()
}

/// A rule that speaks of one mode, the mode, and what holds then.
type Mode<'f> = (&'f Rule, &'f str, &'f Facts);

fn by_modality<'f>(field: &Imposing<'f>) -> BTreeMap<Option<&'f str>, Vec<Mode<'f>>> {
    let mut modalities = BTreeMap::<_, Vec<_>>::new();
    for rule in &field.facts.rules {
        if let RuleKind::IfMode { modality, mode, facts } = &rule.kind {
            modalities
                .entry(modality.as_deref())
                .or_default()
                .push((rule, mode.as_str(), facts.as_ref()));
        }
    }
    modalities
}

fn mode_discriminator<'a, 'f>(fields: &'a [Imposing<'f>], modality: Option<&str>) -> Option<&'a Imposing<'f>> {
    let is_discriminator = |rule: &RuleKind| match rule {
        RuleKind::ModeDiscriminator(of) => of.as_deref() == modality,
        _ => false,
    };
    fields
        .iter()
        .find(|field| field.facts.rule_kinds().any(is_discriminator))
}

fn mode_rules(discriminator: &Imposing<'_>, field: &Imposing<'_>, modes: &[Mode<'_>]) -> Vec<Imposed> {
    let (name, wire, tag) = (&field.name, field.wire, discriminator.wire);
    let any_mode = modes
        .iter()
        .map(|(_, mode, _)| equals(discriminator, mode))
        .collect::<Vec<_>>()
        .join(" || ");
    let known = Literal::List(modes.iter().map(|(_, mode, _)| Literal::from(*mode)).collect());
    let lone = modes.first().map(|(rule, ..)| {
        derived(
            rule,
            format!("{any_mode} || !has(self.{name})"),
            format!("field {wire} may only be set if {tag} is one of {known}"),
        )
    });
    let in_modes = modes
        .iter()
        .flat_map(|(_, mode, facts)| in_mode(discriminator, field, mode, facts));
    lone.into_iter().chain(in_modes).collect()
}

/// What holds of a field in one mode.
fn in_mode(discriminator: &Imposing<'_>, field: &Imposing<'_>, mode: &str, facts: &Facts) -> Vec<Imposed> {
    let (name, wire, tag) = (&field.name, field.wire, discriminator.wire);
    let is_mode = equals(discriminator, mode);
    let value = field.of("self");
    let presence = facts.rules.iter().filter_map(|rule| {
        let (holds, verb) = match rule.kind {
            RuleKind::Required => (value.is_set(facts), "must"),
            RuleKind::Forbidden => (format!("!has(self.{name})"), "may not"),
            _ => return None,
        };
        let message = format!("field {wire} {verb} be set if {tag} is {mode:?}");
        Some(derived(rule, format!("!({is_mode}) || {holds}"), message))
    });
    let values = value.demands(facts).into_iter().map(|demand| {
        of_demand(Demand {
            condition: demand.condition.map(|condition| {
                let condition = condition.within(
                    |holds| format!("!({is_mode}) || !has(self.{name}) || {holds}"),
                    |work| work,
                );
                condition.says(|message| format!("field {wire} {message} if {tag} is {mode:?}"))
            }),
            ..demand
        })
    });
    presence.chain(values).collect()
}
