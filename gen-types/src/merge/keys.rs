//! From the wire name of a key to the Rust field that holds it.

use kgen_model::model::FieldLayout;
use kgen_model::{Field, Model, Shape, TypeDef, TypeRef};

/// A member of the elements of a list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key<'m> {
    /// The steps to it: `["sku"]`, `["0", "contact", "email"]`.
    pub(super) steps: Vec<&'m str>,
    /// Its type.
    pub(super) ty: &'m TypeRef,
}

/// The member of this wire name. `None` if the elements have no such member.
pub(super) fn key<'m>(model: &'m Model, element: &'m TypeRef, wire: &str) -> Option<Key<'m>> {
    match element {
        TypeRef::Boxed(inner) => key(model, inner, wire),
        TypeRef::Named(id) => of_type(model, model.ty(*id), wire),
        _ => None,
    }
}

fn of_type<'m>(model: &'m Model, ty: &'m TypeDef, wire: &str) -> Option<Key<'m>> {
    match &ty.shape {
        Shape::Struct(fields) => fields.iter().find_map(|field| of_field(model, field, wire)),
        Shape::Newtype(inner) => below(model, ty.newtype_field(), inner, wire),
        Shape::Enum(_) | Shape::Union(_) => None,
    }
}

fn of_field<'m>(model: &'m Model, field: &'m Field, wire: &str) -> Option<Key<'m>> {
    match field.layout {
        FieldLayout::Member if field.wire == wire => {
            let steps = vec![field.name.as_str()];
            Some(Key { steps, ty: &field.ty })
        }
        FieldLayout::Flattened => below(model, &field.name, &field.ty, wire),
        FieldLayout::Member | FieldLayout::Skipped => None,
    }
}

fn below<'m>(model: &'m Model, step: &'m str, ty: &'m TypeRef, wire: &str) -> Option<Key<'m>> {
    let mut key = key(model, ty, wire)?;
    key.steps.insert(0, step);
    Some(key)
}
