//! Which types have anything to default, in them or below them.

use std::collections::BTreeSet;

use super::Capability;
use crate::literal::Literal;
use crate::model::{Field, FieldLayout, Model, Origin, Presence, Shape, TypeDef, TypeId, TypeRef};

/// The types that have a `set_defaults`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defaulted(BTreeSet<TypeId>);

impl Defaulted {
    /// Those of a model. Types may hold one another in circles, so that one is looked at until no other changes it.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let mut defaulted = Self(BTreeSet::new());
        loop {
            let more: Vec<TypeId> = model
                .source_types()
                .filter(|(id, ty)| !defaulted.0.contains(id) && defaulted.now_has(model, ty))
                .map(|(id, _)| id)
                .collect();
            if more.is_empty() {
                return defaulted;
            }
            defaulted.0.extend(more);
        }
    }

    /// Whether values of this type have anything to default.
    #[must_use]
    pub fn has(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Named(id) => self.0.contains(id),
            TypeRef::Option(inner) | TypeRef::Boxed(inner) | TypeRef::List(inner) | TypeRef::Array(inner, _) => {
                self.has(inner)
            }
            TypeRef::Map { value, .. } => self.has(value),
            TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float(_) | TypeRef::String | TypeRef::Builtin(_) => false,
        }
    }

    /// Whether the type is one by what is known so far.
    fn now_has(&self, model: &Model, ty: &TypeDef) -> bool {
        if !ty.is_defaulted_by_kgen() {
            return ty.has_trait("Defaults");
        }
        let is_set = |field: &Field| {
            let is_member = field.layout != FieldLayout::Skipped;
            let is_imposed = || field.facts.subfields.iter().any(|(_, facts)| facts.default.is_some());
            is_member && (self.has(&field.ty) || model.default_to_set(field).is_some() || is_imposed())
        };
        ty.default_with.is_some()
            || match &ty.shape {
                Shape::Struct(fields) => fields.iter().any(is_set),
                Shape::Newtype(inner) => self.has(inner),
                Shape::Enum(_) => false,
                Shape::Union(union) => union
                    .variants
                    .iter()
                    .filter_map(|variant| variant.ty.as_ref())
                    .any(|ty| self.has(ty)),
            }
    }
}

impl TypeDef {
    /// Whether kgen writes the type's defaulting: it is not switched off, and nobody wrote one by hand.
    #[must_use]
    pub fn is_defaulted_by_kgen(&self) -> bool {
        self.origin == Origin::Source && self.can(Capability::Defaults) && !self.is_by_hand("Defaults")
    }
}

impl Model {
    /// The default of a field that is left to set once an object is decoded: that of an optional value.
    #[must_use]
    pub fn default_to_set<'m>(&'m self, field: &'m Field) -> Option<&'m Literal> {
        let is_left = field.ty.is_option() && field.presence != Presence::Required;
        self.default_of(field).filter(|_| is_left)
    }
}
