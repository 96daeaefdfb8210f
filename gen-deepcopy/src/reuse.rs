//! Whether a copy into an old value can keep anything of it: buffers of strings and lists, boxes, entries of maps.

use std::collections::BTreeSet;

use kgen_model::model::FieldLayout;
use kgen_model::{Builtin, Model, Shape, TypeId, TypeRef};

use crate::plan::is_generated;

/// Whether anything of an old value of this type can be kept.
pub(crate) fn reuses(model: &Model, id: TypeId) -> bool {
    Search {
        model,
        seen: BTreeSet::new(),
    }
    .in_type(id)
}

/// A type that holds itself without a box is no Rust, but it is not for us to say.
struct Search<'m> {
    model: &'m Model,
    seen: BTreeSet<TypeId>,
}

impl Search<'_> {
    fn in_type(&mut self, id: TypeId) -> bool {
        let ty = self.model.ty(id);
        if !self.seen.insert(id) {
            return false;
        }
        if !is_generated(ty) {
            return !ty.has_trait("Copy");
        }
        match &ty.shape {
            Shape::Struct(fields) => fields.iter().any(|field| match field.layout {
                FieldLayout::Member | FieldLayout::Flattened => self.in_ref(&field.ty),
                FieldLayout::Skipped => true,
            }),
            Shape::Newtype(inner) => self.in_ref(inner),
            Shape::Enum(enum_) => enum_.other.is_some(),
            Shape::Union(union) => union
                .variants
                .iter()
                .filter_map(|variant| variant.ty.as_ref())
                .any(|ty| self.in_ref(ty)),
        }
    }

    fn in_ref(&mut self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float(_) => false,
            TypeRef::Builtin(builtin) => !matches!(builtin, Builtin::Time | Builtin::MicroTime | Builtin::Duration),
            TypeRef::String | TypeRef::Boxed(_) | TypeRef::List(_) | TypeRef::Map { .. } => true,
            TypeRef::Option(inner) | TypeRef::Array(inner, _) => self.in_ref(inner),
            TypeRef::Named(id) => self.in_type(*id),
        }
    }
}
