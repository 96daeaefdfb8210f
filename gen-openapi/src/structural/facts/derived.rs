//! Rules without a keyword, in CEL.

use kgen_model::facts::UpdateConstraint;
use kgen_model::{Facts, Rule, RuleKind, Shape, TypeRef};

use super::keywords::add;
use crate::schema::Schema;
use crate::structural::demand::{Condition, Demand, Subject};
use crate::structural::{SchemaOf, enums, formats, imposed, size};

impl SchemaOf<'_> {
    /// A rule without a keyword, in CEL.
    pub(super) fn derive(
        &self,
        over: &mut Schema,
        (ty, declared): (&TypeRef, Option<&Facts>),
        facts: &Facts,
        said: &Rule,
    ) {
        if !self.writes_cel() {
            return;
        }
        if let RuleKind::MaxBytes(count) = &said.kind {
            // As many characters at most: servers estimate by them what the rule costs.
            let most = &mut over.limits.max_length;
            *most = Some((*most).unwrap_or(*count).min(*count));
        }
        let subject = Subject {
            old: Some("oldSelf".to_owned()),
            declared,
            ..Subject::itself(self.model, ty)
        };
        let kinds = match &said.kind {
            // The struct that holds the value says the others.
            RuleKind::Update(constraints) => {
                let is_here =
                    |one: &&UpdateConstraint| !matches!(one, UpdateConstraint::NoSet | UpdateConstraint::NoUnset);
                let here: Vec<_> = constraints.iter().filter(is_here).collect();
                here.into_iter().map(|one| RuleKind::Update(vec![*one])).collect()
            }
            kind => vec![kind.clone()],
        };
        for kind in kinds {
            let conditions = subject.conditions(facts, &kind);
            let demand = |condition| Demand {
                span: said.span,
                word: said.kind.word(),
                condition,
            };
            let demands: Vec<Demand> = match conditions {
                Some(conditions) => conditions.into_iter().map(|one| demand(Some(of_field(one)))).collect(),
                None => vec![demand(None)],
            };
            demands
                .into_iter()
                .for_each(|demand| over.kubernetes.derive(imposed::of_demand(demand)));
        }
    }

    pub(super) fn add_format(&self, over: &mut Schema, ty: &TypeRef, facts: &Facts, rule: &Rule, name: &str) {
        let form = formats::known(name).filter(|_| self.writes_cel());
        let is_unknown = self.writes_cel() && formats::is_of_kubernetes(name);
        if form.map_or(!is_unknown, |form| form.is_served) {
            add(over, |schema| schema.format = Some(name.to_owned()));
        }
        let Some(form) = form else { return };
        add(over, |schema| schema.limits.pattern = Some(form.pattern.to_owned()));
        let said = over.limits.max_length;
        over.limits.max_length = [said, form.max_length].into_iter().flatten().min();
        for condition in Subject::itself(self.model, ty).rest_of_format(facts, name) {
            let demand = Demand {
                span: rule.span,
                word: rule.kind.word(),
                condition: Some(condition),
            };
            over.kubernetes.derive(imposed::of_demand(demand));
        }
    }

    /// What holds on updates only, where no struct sees the old value too: of elements, and of types wherever they stand.
    /// Servers do not evaluate it for elements that are new.
    pub(in super::super) fn add_later(&self, over: &mut Schema, ty: &TypeRef, facts: &Facts) {
        let later = facts.rule_kinds().filter_map(|rule| match rule {
            RuleKind::OnUpdate(later) if self.writes_cel() => Some(&**later),
            _ => None,
        });
        for later in later {
            let equality = size::of_equality(self.model, ty, Some(facts.into()));
            let unless_same = |condition: Condition| {
                condition.within(
                    |holds| format!("self == oldSelf || {holds}"),
                    |work| work.saturating_add(equality),
                )
            };
            let subject = Subject {
                declared: Some(facts),
                is_limited: false,
                ..Subject::itself(self.model, ty)
            };
            for demand in subject.demands(&imposed::values_only(later)) {
                let condition = demand.condition.map(unless_same);
                over.kubernetes
                    .derive(imposed::of_demand(Demand { condition, ..demand }));
            }
        }
    }

    /// Rules about keys, and about single elements of a list, stand with the map or list.
    pub(super) fn add_far_rules(&self, over: &mut Schema, ty: &TypeRef, facts: &Facts) {
        let far = Facts {
            rules: facts
                .rules
                .iter()
                .filter(|rule| is_limit_of_size(&rule.kind))
                .cloned()
                .collect(),
            each_key: facts.each_key.clone(),
            items: facts.items.clone(),
            list: facts.list.clone(),
            ..Facts::default()
        };
        if far.each_key.is_none() && far.items.is_empty() {
            return;
        }
        let subject = Subject {
            old: Some("oldSelf".to_owned()),
            ..Subject::itself(self.model, ty)
        };
        let demands = subject.far_demands(&far).into_iter();
        demands.for_each(|demand| over.kubernetes.derive(imposed::of_demand(demand)));
    }

    /// What the type of a map's keys says of each of them: the names of an enum, the rules of newtypes.
    pub(in super::super) fn key_type_rules(
        &self,
        map: &TypeRef,
        key: &TypeRef,
        facts: Option<&Facts>,
    ) -> Vec<imposed::Imposed> {
        let mut said = Facts::default();
        let mut ty = key;
        while let (true, TypeRef::Named(id)) = (self.writes_cel(), ty) {
            let def = self.model.ty(*id);
            said.rules.extend(def.facts.rules.iter().cloned());
            match &def.shape {
                Shape::Newtype(inner) => ty = inner,
                Shape::Enum(enum_) => {
                    let kind = RuleKind::Enum(enums::closed_values(enum_));
                    said.rules.push(Rule { kind, span: def.span });
                    break;
                }
                Shape::Struct(_) | Shape::Union(_) => break,
            }
        }
        let nothing = Facts::default();
        let demands = Subject::itself(self.model, map).of_keys(key, facts.unwrap_or(&nothing), &said);
        demands.into_iter().map(imposed::of_demand).collect()
    }
}

/// The messages of rules about the old value speak of the field.
fn of_field(condition: Condition) -> Condition {
    let speaks_of_field = |message: &str| {
        ["is ", "cannot ", "may not be "]
            .iter()
            .any(|word| message.starts_with(word))
    };
    condition.says(|message| match speaks_of_field(message) {
        true => format!("field {message}"),
        false => message.to_owned(),
    })
}

fn is_limit_of_size(rule: &RuleKind) -> bool {
    matches!(rule, RuleKind::MaxItems(_) | RuleKind::MaxProperties(_))
}
