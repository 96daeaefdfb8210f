//! Which types have anything to default, in them or below them.

use std::collections::BTreeSet;

use kgen_model::model::{FieldLayout, Origin};
use kgen_model::{Field, Literal, Model, Presence, Shape, TypeDef, TypeId, TypeRef};

use super::NAME;
use super::imposed::imposed;

/// The types that have a `set_defaults`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Defaulted(BTreeSet<TypeId>);

impl Defaulted {
    /// Those of a model. Types may hold one another in circles, so that one is looked at until no other changes it.
    pub(super) fn of(model: &Model) -> Self {
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
    pub(super) fn has(&self, ty: &TypeRef) -> bool {
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
        if !is_generated(ty) {
            return ty.has_trait("Defaults");
        }
        let is_set = |field: &Field| {
            let is_member = field.layout != FieldLayout::Skipped;
            let is_imposed = || imposed(model, field).iter().any(|(_, imposed)| imposed.is_ok());
            is_member && (self.has(&field.ty) || declared(model, field).is_some() || is_imposed())
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

/// Whether the type's defaulting is written here: it is not switched off, and nobody wrote one by hand.
pub(super) fn is_generated(ty: &TypeDef) -> bool {
    let by_hand = ty.by_hand.iter().any(|name| name == "Defaults");
    ty.origin == Origin::Source && ty.generates(NAME) && !by_hand
}

/// The default that is left to set once an object is decoded: that of an optional value.
pub(super) fn declared<'m>(model: &'m Model, field: &'m Field) -> Option<&'m Literal> {
    model
        .default_of(field)
        .filter(|_| field.ty.is_option() && field.presence != Presence::Required)
}
