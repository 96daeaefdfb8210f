//! What is said at one place as a schema, which is then merged onto what the type says.

mod derived;
mod keywords;

use kgen_model::analysis::{Zero, member};
use kgen_model::{Facts, Literal, Rule, RuleKind, TypeRef};

use self::keywords::{add, forbid, limits, shape};
use super::{SchemaOf, imposed, replaces_type};
use crate::schema::{About, AdditionalProperties, Kubernetes, Schema, limit};

impl SchemaOf<'_> {
    /// The facts of one place, and of the places below that it speaks of.
    pub(super) fn overlay(&self, ty: &TypeRef, facts: &Facts) -> Schema {
        self.overlay_beside(ty, facts, None)
    }

    /// The same beside what is said where the value is declared, which tells how large it can be.
    fn overlay_beside(&self, ty: &TypeRef, facts: &Facts, declared: Option<&Facts>) -> Schema {
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
            rules,
            each,
            each_key: _, // Nor have keys.
            subfields,
            items: _, // Elements by key have no schema of their own.
            extensions,
            places: _,
        } = facts;
        let mut over = shape(schema);
        over.about = About {
            description: description.clone(),
            title: title.clone(),
            external_docs: external_docs.clone(),
            example: example.clone(),
            default: default.clone(),
        };
        over.stands_alone = replaces_type(schema);
        over.kubernetes.list_type.clone_from(list);
        over.kubernetes.map_type = *map;
        if !self.writes_cel() {
            // The schema of a CRD has no place for these.
            over.kubernetes.patch_strategy.clone_from(&patch.strategy);
            over.kubernetes.patch_merge_key.clone_from(&patch.merge_key);
            over.extensions.clone_from(extensions);
        }
        for rule in rules {
            self.add_rule(&mut over, (ty, declared), facts, rule);
        }
        self.require_more_than_zero(&mut over, ty, facts);
        if let Some(each) = each {
            self.add_each(
                &mut over,
                ty,
                each,
                declared.and_then(|declared| declared.each.as_deref()),
            );
        }
        if self.writes_cel() {
            self.add_far_rules(&mut over, ty, facts);
        }
        for (wire, facts) in subfields {
            self.add_subfield(&mut over, ty, wire, facts);
        }
        over
    }

    /// A plain value that is marked `required` is not empty.
    fn require_more_than_zero(&self, over: &mut Schema, ty: &TypeRef, facts: &Facts) {
        let is_required = facts.rule_kinds().any(|rule| *rule == RuleKind::Required);
        let Some(zero) = self.model.forbidden_zero(ty, facts).filter(|_| is_required) else {
            return;
        };
        let at_least_one = |count: &mut Option<u64>| *count = Some((*count).unwrap_or_default().max(1));
        match zero {
            Zero::Text => at_least_one(&mut over.limits.min_length),
            Zero::List => at_least_one(&mut over.limits.min_items),
            Zero::Map => at_least_one(&mut over.limits.min_properties),
            Zero::False => add(over, |schema| schema.limits.enum_ = vec![Literal::Bool(true)]),
            Zero::Int | Zero::Float => forbid(over, vec![Literal::Int(0)]),
        }
    }

    /// Facts about a member of the type. One that the type does not have was refused.
    fn add_subfield(&self, over: &mut Schema, ty: &TypeRef, wire: &str, facts: &Facts) {
        let Some(member) = member(self.model, ty, wire) else {
            return;
        };
        let below = self.overlay_beside(member.ty, facts, member.facts);
        add(over, |schema| schema.properties.extend([(wire.to_owned(), below)]));
        if facts.rule_kinds().any(|rule| *rule == RuleKind::Required) {
            over.require(wire);
        }
        if self.writes_cel() {
            let rules = imposed::of_subfield(self.model, &member, facts);
            rules.into_iter().for_each(|rule| over.kubernetes.derive(rule));
        }
    }

    fn add_each(&self, over: &mut Schema, ty: &TypeRef, each: &Facts, declared: Option<&Facts>) {
        match self.model.wire_type(ty) {
            TypeRef::List(inner) | TypeRef::Array(inner, _) => {
                let mut items = self.overlay_beside(inner, each, declared);
                self.add_later(&mut items, inner, each);
                over.items = Some(Box::new(items));
            }
            TypeRef::Map { kind: _, key: _, value } => {
                let mut values = self.overlay_beside(value, each, declared);
                self.add_later(&mut values, value, each);
                over.additional_properties = Some(AdditionalProperties::Each(Box::new(values)));
            }
            TypeRef::Bool
            | TypeRef::Int(_)
            | TypeRef::Float(_)
            | TypeRef::String
            | TypeRef::Builtin(_)
            | TypeRef::Named(_)
            | TypeRef::Option(_)
            | TypeRef::Boxed(_) => {}
        }
    }

    fn add_rule(&self, over: &mut Schema, of: (&TypeRef, Option<&Facts>), facts: &Facts, said: &Rule) {
        let (ty, rule) = (of.0, &said.kind);
        match rule {
            RuleKind::Minimum { .. }
            | RuleKind::Maximum { .. }
            | RuleKind::MultipleOf(_)
            | RuleKind::MinLength(_)
            | RuleKind::MaxLength(_)
            | RuleKind::Pattern(_)
            | RuleKind::MinItems(_)
            | RuleKind::MaxItems(_)
            | RuleKind::UniqueItems
            | RuleKind::MinProperties(_)
            | RuleKind::MaxProperties(_)
            | RuleKind::Enum(_)
            | RuleKind::FieldsRequired(_) => limit(over, limits(rule)),
            RuleKind::Format(name) => self.add_format(over, ty, facts, said, name),
            RuleKind::AllOf(cases) => over.logic.all_of.extend(self.cases(ty, cases)),
            RuleKind::AnyOf(cases) => add(over, |schema| schema.logic.any_of = self.cases(ty, cases)),
            RuleKind::OneOf(cases) => add(over, |schema| schema.logic.one_of = self.cases(ty, cases)),
            RuleKind::Not(case) => add(over, |schema| schema.logic.not = Some(Box::new(self.case(ty, case)))),
            RuleKind::Cel(rule) => over.kubernetes.validations.push(rule.clone()),
            RuleKind::OnUpdate(later) => self.add_on_update(over, of, later),
            RuleKind::MaxBytes(_)
            | RuleKind::Immutable
            | RuleKind::Neq(_)
            | RuleKind::Monotonic
            | RuleKind::Update(_)
            | RuleKind::Unique(_)
            | RuleKind::AtMostOneOf(_)
            | RuleKind::ExactlyOneOf(_)
            | RuleKind::AtLeastOneOf(_) => self.derive(over, of, facts, said),
            // The struct that holds the field says these.
            RuleKind::Required
            | RuleKind::Forbidden
            | RuleKind::UnionMember(_)
            | RuleKind::UnionDiscriminator(_)
            | RuleKind::ZeroOrOneOfMember(_)
            | RuleKind::ModeDiscriminator(_)
            | RuleKind::IfMode { .. }
            | RuleKind::DependentRequired(_)
            | RuleKind::DependentForbidden(_) => {}
            // Code checks these, and so do not schemas.
            RuleKind::ValidateWith(_)
            | RuleKind::Opaque
            | RuleKind::CustomUnique
            | RuleKind::IfFeature { .. }
            | RuleKind::Maturity { .. } => {}
        }
    }

    /// Cases hold nothing but limits: a structural schema has no CEL rules there.
    fn cases(&self, ty: &TypeRef, cases: &[Facts]) -> Vec<Schema> {
        cases.iter().map(|case| self.case(ty, case)).collect()
    }

    fn case(&self, ty: &TypeRef, case: &Facts) -> Schema {
        let mut schema = self.overlay(ty, case);
        schema.visit_mut(&mut |schema| schema.kubernetes = Kubernetes::default());
        let illegal: Vec<Literal> = case.rule_kinds().filter_map(unequal).cloned().collect();
        if !illegal.is_empty() {
            forbid(&mut schema, illegal);
        }
        schema
    }

    /// A CEL rule that names `oldSelf` holds on updates only, as do the rules about changes.
    fn add_on_update(&self, over: &mut Schema, of: (&TypeRef, Option<&Facts>), later: &Facts) {
        for rule in later.rules.iter().filter(|rule| is_about_change(&rule.kind)) {
            self.add_rule(over, of, later, rule);
        }
    }
}

fn unequal(rule: &RuleKind) -> Option<&Literal> {
    match rule {
        RuleKind::Neq(value) => Some(value),
        _ => None,
    }
}

/// Whether a rule compares with the old value.
pub(super) fn is_about_change(rule: &RuleKind) -> bool {
    match rule {
        RuleKind::Cel(rule) => rule.rule.contains("oldSelf"),
        RuleKind::Immutable | RuleKind::Monotonic | RuleKind::Update(_) => true,
        _ => false,
    }
}
