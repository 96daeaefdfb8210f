//! What rules demand of the elements of a list, and of changes.

use kgen_model::analysis::member;
use kgen_model::facts::UpdateConstraint;
use kgen_model::{Facts, ListType, RuleKind, TypeRef};

use super::super::cel;
use super::super::size::{self, Said};
use super::{Condition, Subject, plain_work};

impl<'m> Subject<'m> {
    /// That no two elements are the same.
    pub(super) fn unique(&self, facts: &Facts, by: &ListType) -> Option<Vec<Condition>> {
        let (TypeRef::List(element) | TypeRef::Array(element, _)) = self.wire() else {
            return None;
        };
        let [x, y] = self.variables();
        let (same, work) = match by {
            ListType::Atomic => return Some(Vec::new()),
            ListType::Set => (
                format!("{x} == {y}"),
                size::of_equality(self.model, element, self.said(facts).each()),
            ),
            ListType::Map(keys) => self.same_keys(element, keys)?,
        };
        let holds = format!("{value}.all({x}, {value}.exists_one({y}, {same}))", value = self.value);
        let count = size::of_list(self.model, self.ty, self.said(facts));
        let work = count
            .saturating_mul(count)
            .saturating_mul(work.saturating_add(plain_work(&same) + 3));
        Some(vec![Condition::new(holds, "items must be unique", work)])
    }

    /// That two elements have the same keys, and what that costs.
    pub(super) fn same_keys(&self, element: &TypeRef, keys: &[String]) -> Option<(String, u64)> {
        let [x, y] = self.variables();
        let mut texts = Vec::new();
        let mut work = 0_u64;
        for key in keys {
            let (name, member) = (cel::field_name(key)?, member(self.model, element, key)?);
            work = work.saturating_add(size::of_equality(self.model, member.ty, member.facts.map(Said::from)));
            texts.push(if member.is_always_set() {
                format!("{x}.{name} == {y}.{name}")
            } else {
                format!("(has({x}.{name}) ? has({y}.{name}) && {x}.{name} == {y}.{name} : !has({y}.{name}))")
            });
        }
        Some((texts.join(" && "), work))
    }

    /// What a change may not be.
    pub(super) fn change(&self, facts: &Facts, rule: &RuleKind) -> Option<Vec<Condition>> {
        let (value, old) = (self.value.as_str(), self.old.as_deref()?);
        let equal = || size::of_equality(self.model, self.ty, Some(self.said(facts)));
        match rule {
            RuleKind::Immutable => Some(vec![Condition::new(
                format!("{value} == {old}"),
                "is immutable",
                equal(),
            )]),
            RuleKind::Monotonic => Some(vec![Condition::new(
                format!("{value} >= {old}"),
                "may not be decreased",
                0,
            )]),
            RuleKind::Update(constraints) => constraints
                .iter()
                .map(|constraint| match constraint {
                    UpdateConstraint::NoModify => Some(Condition::new(
                        format!("{value} == {old}"),
                        "cannot be modified once set",
                        equal(),
                    )),
                    UpdateConstraint::NoAddItem => self.kept(facts, value, old, "items may not be added"),
                    UpdateConstraint::NoRemoveItem => self.kept(facts, old, value, "items may not be removed"),
                    // The struct that holds the value says these.
                    UpdateConstraint::NoSet | UpdateConstraint::NoUnset => None,
                })
                .collect(),
            _ => None,
        }
    }

    /// That all elements or keys of `these` are among `those`.
    pub(super) fn kept(&self, facts: &Facts, these: &str, those: &str, message: &str) -> Option<Condition> {
        let [x, y] = self.variables();
        match (self.wire(), facts.identity()) {
            (TypeRef::Map { .. }, _) => {
                let work = size::of_list(self.model, self.ty, self.said(facts)).saturating_mul(4);
                Some(Condition::new(
                    format!("{these}.all({x}, {x} in {those})"),
                    message,
                    work,
                ))
            }
            (TypeRef::List(element) | TypeRef::Array(element, _), by) => {
                let (is_there, work) = match by {
                    Some(ListType::Map(keys)) => {
                        let (same, work) = self.same_keys(element, keys)?;
                        (format!("{those}.exists({y}, {same})"), work + plain_work(&same) + 3)
                    }
                    // Servers count the elements that are looked through, not what is in them.
                    _ => (format!("{x} in {those}"), 1),
                };
                let count = size::of_list(self.model, self.ty, self.said(facts));
                let work = count.saturating_mul(count).saturating_mul(work);
                Some(Condition::new(format!("{these}.all({x}, {is_there})"), message, work))
            }
            _ => None,
        }
    }
}
