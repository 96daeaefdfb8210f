//! What is demanded of the parts of a value: elements, keys, members.

use kgen_model::analysis::member;
use kgen_model::facts::ItemFacts;
use kgen_model::{Facts, RuleKind, TypeRef};

use super::super::{cel, size};
use super::{Condition, Demand, Subject, map};

impl<'m> Subject<'m> {
    pub(super) fn each(&self, facts: &Facts, each: &Facts) -> Vec<Demand> {
        let (value, variable) = (&self.value, self.variable());
        let (inner, expression) = match self.wire() {
            TypeRef::List(inner) | TypeRef::Array(inner, _) => (inner, variable.to_owned()),
            TypeRef::Map {
                kind: _,
                key: _,
                value: inner,
            } => (inner, format!("{value}[{variable}]")),
            _ => return Vec::new(),
        };
        let element = Subject {
            model: self.model,
            ty: inner,
            value: expression,
            old: None,
            declared: self.declared.and_then(|declared| declared.each.as_deref()),
            depth: self.depth + 1,
            is_key: false,
            is_limited: false,
        };
        let count = size::of_list(self.model, self.ty, self.said(facts));
        let within = |condition: Condition| {
            condition.within(
                |holds| format!("{value}.all({variable}, {holds})"),
                |work| count.saturating_mul(work.saturating_add(4)),
            )
        };
        map(element.demands(each), within)
    }

    pub(super) fn keys(&self, facts: &Facts, keys: &Facts) -> Vec<Demand> {
        let TypeRef::Map { key, .. } = self.wire() else {
            return Vec::new();
        };
        self.of_keys(key, facts, keys)
    }

    /// The same for a map with keys of another type than its declaration says.
    pub(in crate::structural) fn of_keys(&self, key: &TypeRef, facts: &Facts, keys: &Facts) -> Vec<Demand> {
        let subject = Subject {
            model: self.model,
            ty: key,
            value: "key".to_owned(),
            old: None,
            declared: self.declared.and_then(|declared| declared.each_key.as_deref()),
            depth: self.depth,
            is_key: true,
            is_limited: false,
        };
        let count = size::of_list(self.model, self.ty, self.said(facts));
        let within = |condition: Condition| {
            let condition = condition.says(|message| format!("each key {message}"));
            condition.within(
                |holds| format!("{}.all(key, {holds})", self.value),
                |work| count.saturating_mul(work.saturating_add(4)),
            )
        };
        map(subject.demands(keys), within)
    }

    pub(super) fn subfield(&self, wire: &str, said: &Facts) -> Vec<Demand> {
        let Some((member, name)) = member(self.model, self.ty, wire).zip(cel::field_name(wire)) else {
            return Vec::new();
        };
        let value = format!("{}.{name}", self.value);
        let inner = Subject {
            model: self.model,
            ty: member.ty,
            value: value.clone(),
            old: None,
            declared: member.facts,
            depth: self.depth,
            is_key: false,
            is_limited: false,
        };
        let presence = said.rules.iter().filter_map(|rule| {
            let holds = match rule.kind {
                RuleKind::Required => inner.is_set(said),
                RuleKind::Forbidden => format!("!has({value})"),
                _ => return None,
            };
            let verb = if rule.kind == RuleKind::Required {
                "must"
            } else {
                "may not"
            };
            let condition = Some(Condition::new(holds, format!("{verb} have {wire}"), 0));
            Some(Demand {
                span: rule.span,
                word: rule.kind.word(),
                condition,
            })
        });
        let guarded = |condition: Condition| {
            let condition = if member.is_always_set() {
                condition
            } else {
                condition.within(|holds| format!("(!has({value}) || {holds})"), |work| work)
            };
            condition.says(|message| format!("{message} in {wire}"))
        };
        presence.chain(map(inner.demands(said), guarded)).collect()
    }

    /// That a member is set as `required` wants it: a plain one must not be empty.
    pub(in crate::structural) fn is_set(&self, facts: &Facts) -> String {
        let value = &self.value;
        match self.model.forbidden_zero(self.ty, facts) {
            Some(zero) => format!("has({value}) && {}", cel::is_not_zero(zero, value)),
            None => format!("has({value})"),
        }
    }

    /// What holds for the element with given keys. Of change it speaks if the list as a whole has an old value.
    pub(super) fn item(&self, facts: &Facts, item: &ItemFacts) -> Vec<Demand> {
        let (TypeRef::List(element) | TypeRef::Array(element, _)) = self.wire() else {
            return Vec::new();
        };
        let is_it = |variable: &str| {
            let keys = item.keys.iter().map(|(key, value)| {
                let (name, member) = (cel::field_name(key)?, member(self.model, element, key)?);
                let equals = format!("{variable}.{name} == {}", cel::literal(value)?);
                let has = format!("has({variable}.{name}) && {equals}");
                Some(if member.is_always_set() { equals } else { has })
            });
            keys.collect::<Option<Vec<_>>>().map(|keys| keys.join(" && "))
        };
        let variable = self.variable();
        let Some((new, before)) = is_it(variable).zip(is_it("before")) else {
            return Vec::new();
        };
        let count = size::of_list(self.model, self.ty, self.said(facts));
        let subject = Subject {
            model: self.model,
            ty: element,
            value: variable.to_owned(),
            old: self.old.as_ref().map(|_| "before".to_owned()),
            declared: self.declared.and_then(|declared| declared.each.as_deref()),
            depth: self.depth + 1,
            is_key: false,
            is_limited: false,
        };
        let keys: Vec<String> = item.keys.iter().map(|(key, value)| format!("{key} {value}")).collect();
        let within = |condition: Condition| {
            let old = self.old.as_ref().filter(|_| condition.holds.contains("before"));
            let looks = if old.is_some() {
                count.saturating_mul(count)
            } else {
                count
            };
            let condition = condition.says(|message| format!("the item with {} {message}", keys.join(" and ")));
            condition.within(
                |holds| match old {
                    Some(old) => format!(
                        "{}.all({variable}, !({new}) || {old}.all(before, !({before}) || {holds}))",
                        self.value
                    ),
                    None => format!("{}.all({variable}, !({new}) || {holds})", self.value),
                },
                |work| looks.saturating_mul(work.saturating_add(12)),
            )
        };
        map(subject.demands(&item.facts), within)
    }
}
