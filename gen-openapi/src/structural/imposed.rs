//! Rules that fields impose on the struct that holds them, as CEL: only the struct sees which of its fields are set.

use std::collections::BTreeMap;

use kgen_model::Field;
use kgen_model::facts::{CelRule, Facts, RuleKind, UnionMember, UpdateConstraint};
use kgen_model::model::{FieldLayout, Presence};
use kgen_model::{Literal, Model, TypeRef};

use super::cel::{self, HowMany};
use super::members::Member;

/// The rules of all fields: what each says of itself, then what unions and modes say of several.
pub(super) fn rules(model: &Model, fields: &[Field]) -> Vec<CelRule> {
    let members: Vec<Imposing<'_>> = fields
        .iter()
        .filter_map(|field| Imposing::field(model, field))
        .collect();
    let of_each = members.iter().flat_map(Imposing::rules);
    let unions = unions(&members, union_member, HowMany::One);
    let groups = self::unions(&members, zero_or_one_member, HowMany::OneOrNone);
    of_each.chain(unions).chain(groups).chain(modes(&members)).collect()
}

/// The rules that facts about one member, said from outside, impose on the object that holds it.
pub(super) fn of_subfield(model: &Model, member: &Member<'_>, facts: &Facts) -> Vec<CelRule> {
    let Member {
        wire,
        ty,
        presence,
        facts: _,
    } = *member;
    Imposing::new(model, wire, ty, presence, facts)
        .map(|member| member.rules())
        .unwrap_or_default()
}

/// A member with its name in CEL.
struct Imposing<'f> {
    model: &'f Model,
    name: String,
    wire: &'f str,
    ty: &'f TypeRef,
    presence: Presence,
    facts: &'f Facts,
}

impl<'f> Imposing<'f> {
    fn field(model: &'f Model, field: &'f Field) -> Option<Self> {
        let is_member = field.layout == FieldLayout::Member;
        is_member
            .then(|| Self::new(model, &field.wire, &field.ty, field.presence, &field.facts))
            .flatten()
    }

    fn new(model: &'f Model, wire: &'f str, ty: &'f TypeRef, presence: Presence, facts: &'f Facts) -> Option<Self> {
        Some(Self {
            model,
            name: cel::field_name(wire)?,
            wire,
            ty,
            presence,
            facts,
        })
    }

    /// Whether `self.x` needs no `has`.
    fn is_always_set(&self) -> bool {
        matches!(self.presence, Presence::Required | Presence::Defaulted)
    }

    fn is_optional(&self) -> bool {
        !self.is_always_set()
    }

    /// That the member is set as `required` wants it: a plain one must not be empty.
    fn is_set(&self, facts: &Facts) -> String {
        let name = &self.name;
        match self.model.forbidden_zero(self.ty, facts) {
            Some(zero) => format!(
                "has(self.{name}) && {}",
                cel::is_not_zero(zero, &format!("self.{name}"))
            ),
            None => format!("has(self.{name})"),
        }
    }

    fn rules(&self) -> Vec<CelRule> {
        self.facts.rule_kinds().flat_map(|rule| self.rules_of(rule)).collect()
    }

    fn rules_of(&self, rule: &RuleKind) -> Vec<CelRule> {
        let (name, wire) = (&self.name, self.wire);
        match rule {
            RuleKind::Immutable if self.presence != Presence::Required => {
                vec![cel::rule(
                    format!("has(self.{name}) == has(oldSelf.{name})"),
                    format!("field {wire} is immutable"),
                )]
            }
            RuleKind::Forbidden => vec![cel::rule(
                format!("!has(self.{name})"),
                format!("field {wire} may not be set"),
            )],
            RuleKind::Update(constraints) => constraints
                .iter()
                .filter_map(|constraint| self.update(*constraint))
                .collect(),
            RuleKind::DependentRequired(sibling) => cel::field_name(sibling)
                .map(|other| format!("!has(self.{name}) || has(self.{other})"))
                .map(|holds| cel::rule(holds, format!("field {sibling} must be set when {wire} is set")))
                .into_iter()
                .collect(),
            RuleKind::DependentForbidden(sibling) => cel::field_name(sibling)
                .map(|other| format!("!has(self.{name}) || !has(self.{other})"))
                .map(|holds| cel::rule(holds, format!("field {sibling} may not be set when {wire} is set")))
                .into_iter()
                .collect(),
            _ => Vec::new(),
        }
    }

    fn update(&self, constraint: UpdateConstraint) -> Option<CelRule> {
        let (name, wire) = (&self.name, self.wire);
        match constraint {
            UpdateConstraint::NoSet => Some(cel::rule(
                format!("has(oldSelf.{name}) || !has(self.{name})"),
                format!("field {wire} cannot be set once created"),
            )),
            UpdateConstraint::NoUnset => Some(cel::rule(
                format!("!has(oldSelf.{name}) || has(self.{name})"),
                format!("field {wire} cannot be cleared once set"),
            )),
            // What is not there has no items. Between two lists or maps the rule stands with the value.
            UpdateConstraint::NoAddItem => self.is_optional().then(|| {
                cel::rule(
                    format!("has(oldSelf.{name}) || !has(self.{name}) || size(self.{name}) == 0"),
                    format!("items may not be added to {wire}"),
                )
            }),
            UpdateConstraint::NoRemoveItem => self.is_optional().then(|| {
                cel::rule(
                    format!("has(self.{name}) || !has(oldSelf.{name}) || size(oldSelf.{name}) == 0"),
                    format!("items may not be removed from {wire}"),
                )
            }),
            // It is about the value, and stands with it.
            UpdateConstraint::NoModify => None,
        }
    }
}

fn union_member(rule: &RuleKind) -> Option<&UnionMember> {
    match rule {
        RuleKind::UnionMember(member) => Some(member),
        _ => None,
    }
}

fn zero_or_one_member(rule: &RuleKind) -> Option<&UnionMember> {
    match rule {
        RuleKind::ZeroOrOneOfMember(member) => Some(member),
        _ => None,
    }
}

/// The rules of each union, by its name.
fn unions<'f>(
    fields: &[Imposing<'f>],
    membership: fn(&RuleKind) -> Option<&UnionMember>,
    how_many: HowMany,
) -> Vec<CelRule> {
    let mut unions = BTreeMap::<Option<&str>, Vec<(&Imposing<'f>, &UnionMember)>>::new();
    for field in fields {
        for member in field.facts.rule_kinds().filter_map(membership) {
            unions.entry(member.union.as_deref()).or_default().push((field, member));
        }
    }
    let rules = unions
        .into_iter()
        .flat_map(|(union, members)| match discriminator(fields, union, how_many) {
            Some(discriminator) => members
                .iter()
                .map(|(field, member)| tied(discriminator, field, member))
                .collect(),
            None => {
                let names: Vec<String> = members.iter().map(|(field, _)| field.wire.to_owned()).collect();
                Vec::from_iter(cel::count_set(how_many, &names))
            }
        });
    rules.collect()
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
fn tied(discriminator: &Imposing<'_>, field: &Imposing<'_>, member: &UnionMember) -> CelRule {
    let value = member.name.as_deref().unwrap_or(field.wire);
    let named = equals(discriminator, value);
    let (tag, wire) = (discriminator.wire, field.wire);
    cel::rule(
        format!("{named} ? has(self.{name}) : !has(self.{name})", name = field.name),
        format!("field {wire} must be set if {tag} is {value:?}, and may not be set otherwise"),
    )
}

/// That a discriminator has a value, as an expression in parentheses where it needs them.
fn equals(discriminator: &Imposing<'_>, value: &str) -> String {
    let name = &discriminator.name;
    let constant = match discriminator.ty.without_option() {
        TypeRef::Bool => value.to_owned(),
        _ => cel::string(value),
    };
    if discriminator.is_always_set() {
        format!("self.{name} == {constant}")
    } else {
        format!("(has(self.{name}) && self.{name} == {constant})")
    }
}

/// What holds in some modes only, and that a field with modes is not set in others.
fn modes(fields: &[Imposing<'_>]) -> Vec<CelRule> {
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

fn by_modality<'f>(field: &Imposing<'f>) -> BTreeMap<Option<&'f str>, Vec<(&'f str, &'f Facts)>> {
    let mut modalities = BTreeMap::<_, Vec<_>>::new();
    for rule in field.facts.rule_kinds() {
        if let RuleKind::IfMode { modality, mode, facts } = rule {
            modalities
                .entry(modality.as_deref())
                .or_default()
                .push((mode.as_str(), facts.as_ref()));
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

fn mode_rules(discriminator: &Imposing<'_>, field: &Imposing<'_>, modes: &[(&str, &Facts)]) -> Vec<CelRule> {
    let (name, wire, tag) = (&field.name, field.wire, discriminator.wire);
    let any_mode = modes
        .iter()
        .map(|(mode, _)| equals(discriminator, mode))
        .collect::<Vec<_>>()
        .join(" || ");
    let known = Literal::List(modes.iter().map(|(mode, _)| Literal::from(*mode)).collect());
    let lone = cel::rule(
        format!("{any_mode} || !has(self.{name})"),
        format!("field {wire} may only be set if {tag} is one of {known}"),
    );
    let in_modes = modes.iter().flat_map(|(mode, facts)| {
        let is_mode = equals(discriminator, mode);
        let presence = facts.rule_kinds().filter_map(|rule| match rule {
            RuleKind::Required => Some((field.is_set(facts), "must")),
            RuleKind::Forbidden => Some((format!("!has(self.{name})"), "may not")),
            _ => None,
        });
        let presence = presence.map(|(holds, verb)| {
            cel::rule(
                format!("!({is_mode}) || {holds}"),
                format!("field {wire} {verb} be set if {tag} is {mode:?}"),
            )
        });
        let conditions = cel::conditions(facts, &format!("self.{name}"))
            .into_iter()
            .map(|condition| {
                let holds = condition.holds;
                cel::rule(
                    format!("!({is_mode}) || !has(self.{name}) || {holds}"),
                    format!("field {wire} {} if {tag} is {mode:?}", condition.message),
                )
            });
        presence.chain(conditions).collect::<Vec<_>>()
    });
    std::iter::once(lone).chain(in_modes).collect()
}
