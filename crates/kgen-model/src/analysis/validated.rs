//! Which types have anything to validate in code, in them or below them.

use std::collections::BTreeSet;

use super::Capability;
use crate::facts::{Facts, ListType, Rule, RuleKind};
use crate::model::{EnumDef, Exclusion, Field, FieldLayout, Model, Origin, Presence, Shape, TypeDef, TypeId, TypeRef};

/// The types that have a `Validate`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validated(BTreeSet<TypeId>);

impl Validated {
    /// Those of a model. Types may hold one another in circles, so that one is looked at until no other changes it.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let mut validated = Self::default();
        loop {
            let more: Vec<TypeId> = model
                .source_types()
                .filter(|(id, ty)| !validated.0.contains(id) && validated.now_has(model, ty))
                .map(|(id, _)| id)
                .collect();
            if more.is_empty() {
                return validated;
            }
            validated.0.extend(more);
        }
    }

    /// Whether values of this type, looked at as a whole, have anything to validate.
    #[must_use]
    pub fn has(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Named(id) => self.0.contains(id),
            TypeRef::Option(inner) | TypeRef::Boxed(inner) | TypeRef::List(inner) | TypeRef::Array(inner, _) => {
                self.has(inner)
            }
            TypeRef::Map { kind: _, key, value } => self.has(value) || self.has(key),
            TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float(_) | TypeRef::String | TypeRef::Builtin(_) => false,
        }
    }

    /// Whether the type is one by what is known so far.
    fn now_has(&self, model: &Model, ty: &TypeDef) -> bool {
        if !ty.is_validated_by_kgen() {
            return ty.has_trait("Validate");
        }
        let below = |ty: &TypeRef, facts: &Facts| !facts.is_opaque() && self.has(ty);
        let own = match &ty.shape {
            Shape::Struct(fields) => fields
                .iter()
                .filter(|field| field.layout != FieldLayout::Skipped)
                .any(|field| model.must_be_set(field) || field.facts.are_checked() || below(&field.ty, &field.facts)),
            Shape::Newtype(inner) => below(inner, &ty.facts),
            Shape::Enum(def) => def.is_limited(),
            Shape::Union(union) => union.variants.iter().any(|variant| {
                let is_below = |ty: &TypeRef| variant.facts.are_checked() || below(ty, &variant.facts);
                variant.ty.as_ref().is_some_and(is_below)
            }),
        };
        own || ty.facts.are_checked()
    }
}

impl Model {
    /// Whether an `Option` must hold something once defaults are applied: the field is required, or has a default.
    #[must_use]
    pub fn must_be_set(&self, field: &Field) -> bool {
        let is_member = field.layout == FieldLayout::Member && field.ty.is_option();
        let is_asked = field.presence == Presence::Required || self.default_of(field).is_some();
        is_member && is_asked && !field.facts.schema.nullable
    }
}

impl TypeDef {
    /// Whether kgen writes the type's validation: it is not switched off, and nobody wrote one by hand.
    #[must_use]
    pub fn is_validated_by_kgen(&self) -> bool {
        self.origin == Origin::Source && self.can(Capability::Validation) && !self.is_by_hand("Validate")
    }
}

impl EnumDef {
    /// Whether code has to look for values that are not legal. An open enum has rules about those that never are.
    #[must_use]
    pub fn is_limited(&self) -> bool {
        let is_looked_for = |excluded: &Exclusion| match excluded {
            Exclusion::Always => self.other.is_none(),
            Exclusion::IfEnabled(_) | Exclusion::IfDisabled(_) => true,
        };
        self.variants
            .iter()
            .filter_map(|variant| variant.excluded.as_ref())
            .any(is_looked_for)
    }
}

impl Facts {
    /// Whether the rules of the value's type do not apply at this place.
    #[must_use]
    pub fn is_opaque(&self) -> bool {
        self.rule_kinds().any(|rule| *rule == RuleKind::Opaque)
    }

    /// By what the elements of a list are unique, as this place says it.
    #[must_use]
    pub fn identity(&self) -> Option<&ListType> {
        let unique = self.rule_kinds().find_map(|rule| match rule {
            RuleKind::Unique(by) => Some(by),
            _ => None,
        });
        let list = self.list.as_ref().filter(|list| **list != ListType::Atomic);
        list.or(unique.filter(|by| **by != ListType::Atomic))
    }

    /// By what generated code checks that elements are unique; a person's own function may do it instead.
    #[must_use]
    pub fn checked_identity(&self) -> Option<&ListType> {
        let is_by_hand = self.rule_kinds().any(|rule| *rule == RuleKind::CustomUnique);
        self.identity().filter(|_| !is_by_hand)
    }

    /// Whether code checks anything of what is said here.
    #[must_use]
    pub fn are_checked(&self) -> bool {
        let nested = self.each.iter().chain(&self.each_key).map(|facts| &**facts);
        let members = self.subfields.iter().map(|(_, facts)| facts);
        let items = self.items.iter().map(|item| &item.facts);
        self.checked_identity().is_some()
            || self.rules.iter().any(Rule::is_checked)
            || nested.chain(members).chain(items).any(Self::are_checked)
    }
}

impl Rule {
    /// Whether code checks the rule. Code does not evaluate CEL; what marks a field for others is checked where those are.
    #[must_use]
    pub fn is_checked(&self) -> bool {
        match &self.kind {
            RuleKind::Cel(_)
            | RuleKind::Opaque
            | RuleKind::CustomUnique
            | RuleKind::Unique(_)
            | RuleKind::UnionDiscriminator(_)
            | RuleKind::ModeDiscriminator(_) => false,
            RuleKind::MinLength(count) | RuleKind::MinItems(count) | RuleKind::MinProperties(count) => *count > 0,
            RuleKind::OnUpdate(facts) | RuleKind::IfFeature { facts, .. } | RuleKind::Maturity { facts, .. } => {
                facts.are_checked()
            }
            RuleKind::AllOf(cases) => cases.iter().any(Facts::are_checked),
            RuleKind::AnyOf(cases) => cases.iter().all(Facts::are_checked),
            RuleKind::Minimum { .. }
            | RuleKind::Maximum { .. }
            | RuleKind::MultipleOf(_)
            | RuleKind::MaxLength(_)
            | RuleKind::MaxBytes(_)
            | RuleKind::Pattern(_)
            | RuleKind::Format(_)
            | RuleKind::MaxItems(_)
            | RuleKind::UniqueItems
            | RuleKind::MaxProperties(_)
            | RuleKind::Enum(_)
            | RuleKind::Immutable
            | RuleKind::Required
            | RuleKind::Forbidden
            | RuleKind::Neq(_)
            | RuleKind::Monotonic
            | RuleKind::Update(_)
            | RuleKind::ValidateWith(_)
            | RuleKind::AtMostOneOf(_)
            | RuleKind::ExactlyOneOf(_)
            | RuleKind::AtLeastOneOf(_)
            | RuleKind::FieldsRequired(_)
            | RuleKind::UnionMember(_)
            | RuleKind::ZeroOrOneOfMember(_)
            | RuleKind::IfMode { .. }
            | RuleKind::DependentRequired(_)
            | RuleKind::DependentForbidden(_)
            | RuleKind::OneOf(_)
            | RuleKind::Not(_) => true,
        }
    }
}
