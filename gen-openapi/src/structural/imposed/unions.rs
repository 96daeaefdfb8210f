//! Unions: how many of their members are set, and by which of them a discriminator is believed.

use std::collections::BTreeMap;

use kgen_model::facts::{Rule, RuleKind, UnionMember};

use super::{Imposed, Imposing, derived, equals};
use crate::structural::cel::{self, HowMany};

/// The rules of each union, by its name.
pub(super) fn unions<'f>(
    fields: &[Imposing<'f>],
    membership: fn(&RuleKind) -> Option<&UnionMember>,
    how_many: HowMany,
) -> Vec<Imposed> {
    let mut unions = BTreeMap::<Option<&str>, Vec<(&Imposing<'f>, &Rule, &UnionMember)>>::new();
    for field in fields {
        for rule in &field.facts.rules {
            if let Some(member) = membership(&rule.kind) {
                unions
                    .entry(member.union.as_deref())
                    .or_default()
                    .push((field, rule, member));
            }
        }
    }
    let rules = unions
        .into_iter()
        .flat_map(|(union, members)| match discriminator(fields, union, how_many) {
            Some(discriminator) => members
                .iter()
                .map(|(field, rule, member)| tied(discriminator, field, rule, member))
                .collect(),
            None => {
                let names: Vec<String> = members.iter().map(|(field, ..)| field.wire.to_owned()).collect();
                let counted = cel::count_set_of("self", how_many, &names);
                let first = members.first().map(|(_, rule, _)| *rule);
                let counted = counted
                    .zip(first)
                    .map(|((holds, message), rule)| derived(rule, holds, message));
                Vec::from_iter(counted)
            }
        });
    rules.collect()
}

pub(super) fn union_member(rule: &RuleKind) -> Option<&UnionMember> {
    match rule {
        RuleKind::UnionMember(member) => Some(member),
        _ => None,
    }
}

pub(super) fn zero_or_one_member(rule: &RuleKind) -> Option<&UnionMember> {
    match rule {
        RuleKind::ZeroOrOneOfMember(member) => Some(member),
        _ => None,
    }
}

fn discriminator<'a, 'f>(
    fields: &'a [Imposing<'f>],
    union: Option<&str>,
    how_many: HowMany,
) -> Option<&'a Imposing<'f>> {
    let is_discriminator = |rule: &RuleKind| match rule {
        RuleKind::UnionDiscriminator(of) => of.as_deref() == union,
        _ => false,
    };
    fields
        .iter()
        .filter(|_| how_many == HowMany::One)
        .find(|field| field.facts.rule_kinds().any(is_discriminator))
}

/// A member is set if, and only if, the discriminator names it.
fn tied(discriminator: &Imposing<'_>, field: &Imposing<'_>, rule: &Rule, member: &UnionMember) -> Imposed {
    let value = member.name.as_deref().unwrap_or(field.wire);
    let named = equals(discriminator, value);
    let (tag, wire) = (discriminator.wire, field.wire);
    derived(
        rule,
        format!("{named} ? has(self.{name}) : !has(self.{name})", name = field.name),
        format!("field {wire} must be set if {tag} is {value:?}, and may not be set otherwise"),
    )
}
