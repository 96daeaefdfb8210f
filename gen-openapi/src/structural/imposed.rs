//! Rules that fields impose on the struct that holds them, as CEL: only the struct sees which of its fields are set.

mod modes;
mod unions;

use kgen_model::analysis::Member;
use kgen_model::facts::{CelRule, Facts, Rule, RuleKind, UpdateConstraint};
use kgen_model::model::{FieldLayout, Presence};
use kgen_model::{Field, Model, TypeRef};

use self::modes::modes;
use self::unions::{union_member, unions, zero_or_one_member};
use super::cel::{self, HowMany};
use super::demand::{Condition, Demand, Subject};
use super::facts::is_about_change;
use super::size::{self, Said};
use crate::schema::Derived;

/// A rule, or that CEL has none, and what is known of it.
pub(super) type Imposed = (Option<CelRule>, Derived);

/// The rules of all fields: what each says of itself, then what unions and modes say of several.
pub(super) fn rules(model: &Model, fields: &[Field]) -> Vec<Imposed> {
    let members: Vec<Imposing<'_>> = fields
        .iter()
        .filter_map(|field| Imposing::field(model, field))
        .collect();
    let of_each = members.iter().flat_map(Imposing::rules);
    let of_unions = unions(&members, union_member, HowMany::One);
    let of_groups = unions(&members, zero_or_one_member, HowMany::OneOrNone);
    of_each
        .chain(of_unions)
        .chain(of_groups)
        .chain(modes(&members))
        .collect()
}

/// The rules that facts about one member, said from outside, impose on the object that holds it.
pub(super) fn of_subfield(model: &Model, member: &Member<'_>, facts: &Facts) -> Vec<Imposed> {
    let Member {
        wire,
        ty,
        presence,
        facts: declared,
    } = *member;
    Imposing::new(model, wire, ty, presence, facts)
        .map(|member| Imposing { declared, ..member }.rules())
        .unwrap_or_default()
}

/// A rule that follows from one that a person wrote.
pub(super) fn derived(from: &Rule, holds: impl Into<String>, message: impl Into<String>) -> Imposed {
    derived_with(from, Condition::new(holds.into(), message, 0))
}

fn derived_with(from: &Rule, condition: Condition) -> Imposed {
    of_demand(Demand {
        span: from.span,
        word: from.kind.word(),
        condition: Some(condition),
    })
}

/// A demand as a rule of its place.
pub(super) fn of_demand(demand: Demand) -> Imposed {
    let Demand { span, word, condition } = demand;
    let origin = Derived {
        text: condition.as_ref().map(|condition| condition.holds.clone()),
        work: condition.as_ref().map_or(0, |condition| condition.work),
        span,
        word,
    };
    let rule = condition.map(|condition| cel::rule(condition.holds, condition.message));
    (rule, origin)
}

/// A member with its name in CEL.
struct Imposing<'f> {
    model: &'f Model,
    name: String,
    wire: &'f str,
    ty: &'f TypeRef,
    presence: Presence,
    facts: &'f Facts,
    /// What the field itself says of the value, if the facts are said from outside or hold at times.
    declared: Option<&'f Facts>,
}

impl<'f> Imposing<'f> {
    fn field(model: &'f Model, field: &'f Field) -> Option<Self> {
        let is_member = field.layout == FieldLayout::Member;
        let imposing = || Self::new(model, &field.wire, &field.ty, field.presence, &field.facts);
        let imposing = is_member.then(imposing).flatten()?;
        Some(Self {
            declared: Some(&field.facts),
            ..imposing
        })
    }

    fn new(model: &'f Model, wire: &'f str, ty: &'f TypeRef, presence: Presence, facts: &'f Facts) -> Option<Self> {
        Some(Self {
            model,
            name: cel::field_name(wire)?,
            wire,
            ty,
            presence,
            facts,
            declared: None,
        })
    }

    /// Whether `self.x` needs no `has`.
    fn is_always_set(&self) -> bool {
        matches!(self.presence, Presence::Required | Presence::Defaulted)
    }

    fn is_optional(&self) -> bool {
        !self.is_always_set()
    }

    /// The member of an object, which is `self` or `oldSelf`.
    fn of(&self, object: &str) -> Subject<'f> {
        Subject {
            model: self.model,
            ty: self.ty,
            value: format!("{object}.{}", self.name),
            old: None,
            declared: self.declared,
            depth: 0,
            is_key: false,
            is_limited: false,
        }
    }

    fn rules(&self) -> Vec<Imposed> {
        self.facts.rules.iter().flat_map(|rule| self.rules_of(rule)).collect()
    }

    fn rules_of(&self, rule: &Rule) -> Vec<Imposed> {
        let (name, wire) = (&self.name, self.wire);
        let one = |holds: String, message: String| vec![derived(rule, holds, message)];
        match &rule.kind {
            RuleKind::Immutable if self.presence != Presence::Required => one(
                format!("has(self.{name}) == has(oldSelf.{name})"),
                format!("field {wire} is immutable"),
            ),
            RuleKind::Forbidden => one(format!("!has(self.{name})"), format!("field {wire} may not be set")),
            RuleKind::Update(constraints) => constraints
                .iter()
                .filter_map(|constraint| self.update(*constraint))
                .map(|(holds, message)| derived(rule, holds, message))
                .collect(),
            RuleKind::DependentRequired(sibling) => cel::field_name(sibling)
                .map(|other| format!("!has(self.{name}) || has(self.{other})"))
                .map(|holds| derived(rule, holds, format!("field {sibling} must be set when {wire} is set")))
                .into_iter()
                .collect(),
            RuleKind::DependentForbidden(sibling) => cel::field_name(sibling)
                .map(|other| format!("!has(self.{name}) || !has(self.{other})"))
                .map(|holds| {
                    derived(
                        rule,
                        holds,
                        format!("field {sibling} may not be set when {wire} is set"),
                    )
                })
                .into_iter()
                .collect(),
            RuleKind::OnUpdate(later) => self.on_update(later),
            _ => Vec::new(),
        }
    }

    /// What holds on updates only: a rule that names `oldSelf` is not evaluated for new objects. What did not change is
    /// not looked at, as in code.
    fn on_update(&self, later: &Facts) -> Vec<Imposed> {
        let (name, wire) = (&self.name, self.wire);
        let [new, old] = ["self", "oldSelf"].map(|object| self.of(object));
        let presence = later.rules.iter().filter_map(|rule| {
            let (holds, verb) = match rule.kind {
                RuleKind::Required => (format!("({}) || !({})", new.is_set(later), old.is_set(later)), "must"),
                RuleKind::Forbidden => (
                    format!("!has(self.{name}) || (has(oldSelf.{name}) && self.{name} == oldSelf.{name})"),
                    "may not",
                ),
                _ => return None,
            };
            Some(derived(rule, holds, format!("field {wire} {verb} be set on updates")))
        });
        let same = format!("(has(oldSelf.{name}) && self.{name} == oldSelf.{name})");
        let said = Said {
            here: Some(self.facts),
            there: self.declared,
        };
        let equality = size::of_equality(self.model, self.ty, Some(said));
        let values = values_only(later);
        let values = new.demands(&values).into_iter().map(|demand| {
            of_demand(Demand {
                condition: demand.condition.map(|condition| {
                    let condition = condition.within(
                        |holds| match self.is_always_set() {
                            true => format!("{same} || {holds}"),
                            false => format!("!has(self.{name}) || {same} || {holds}"),
                        },
                        |work| work.saturating_add(equality),
                    );
                    condition.says(|message| format!("field {wire} {message} on updates"))
                }),
                ..demand
            })
        });
        presence.chain(values).collect()
    }

    fn update(&self, constraint: UpdateConstraint) -> Option<(String, String)> {
        let (name, wire) = (&self.name, self.wire);
        match constraint {
            UpdateConstraint::NoSet => Some((
                format!("has(oldSelf.{name}) || !has(self.{name})"),
                format!("field {wire} cannot be set once created"),
            )),
            UpdateConstraint::NoUnset => Some((
                format!("!has(oldSelf.{name}) || has(self.{name})"),
                format!("field {wire} cannot be cleared once set"),
            )),
            // What is not there has no items. Between two lists or maps the rule stands with the value.
            UpdateConstraint::NoAddItem => self.is_optional().then(|| {
                (
                    format!("has(oldSelf.{name}) || !has(self.{name}) || size(self.{name}) == 0"),
                    format!("items may not be added to {wire}"),
                )
            }),
            UpdateConstraint::NoRemoveItem => self.is_optional().then(|| {
                (
                    format!("has(self.{name}) || !has(oldSelf.{name}) || size(oldSelf.{name}) == 0"),
                    format!("items may not be removed from {wire}"),
                )
            }),
            // It is about the value, and stands with it.
            UpdateConstraint::NoModify => None,
        }
    }
}

/// Facts without what is about a change, which stands with the value.
pub(super) fn values_only(facts: &Facts) -> Facts {
    let mut values = facts.clone();
    values.rules.retain(|rule| !is_about_change(&rule.kind));
    values
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
