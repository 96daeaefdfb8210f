//! Which types a type leads to, and by which places.

use std::collections::BTreeSet;

use kgen_model::model::FieldLayout;
use kgen_model::{Facts, Model, Shape, Span, TypeId, TypeRef};

use super::replaces_type;

/// The types that a value of one type can hold at any depth. The type itself is among them only if it is recursive.
pub(crate) struct Reach(BTreeSet<TypeId>);

/// A place whose type uses another type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edge {
    pub(crate) to: TypeId,
    pub(crate) span: Span,
    /// Whether the place preserves unknown fields, which ends a recursion.
    pub(crate) preserved: bool,
}

impl Reach {
    pub(crate) fn of(model: &Model, id: TypeId) -> Self {
        let mut reached = BTreeSet::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            open.extend(
                edges(model, id)
                    .into_iter()
                    .map(|edge| edge.to)
                    .filter(|to| reached.insert(*to)),
            );
        }
        Self(reached)
    }

    pub(crate) fn contains(&self, id: TypeId) -> bool {
        self.0.contains(&id)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = TypeId> {
        self.0.iter().copied()
    }
}

/// The types that a type uses directly, in the order of its members. A place with a schema of its own uses none.
pub(crate) fn edges(model: &Model, id: TypeId) -> Vec<Edge> {
    let def = model.ty(id);
    let mut edges = Vec::new();
    if replaces_type(&def.facts.schema) {
        return edges;
    }
    match &def.shape {
        Shape::Struct(fields) => {
            for field in fields.iter().filter(|field| field.layout != FieldLayout::Skipped) {
                collect(&field.ty, Some(&field.facts), field.span, &mut edges);
            }
        }
        Shape::Newtype(inner) => collect(inner, Some(&def.facts), def.span, &mut edges),
        Shape::Union(union) => {
            for variant in &union.variants {
                if let Some(ty) = &variant.ty {
                    collect(ty, Some(&variant.facts), variant.span, &mut edges);
                }
            }
        }
        Shape::Enum(_) => {}
    }
    edges
}

fn collect(ty: &TypeRef, facts: Option<&Facts>, span: Span, edges: &mut Vec<Edge>) {
    if facts.is_some_and(|facts| replaces_type(&facts.schema)) {
        return;
    }
    let each = facts.and_then(|facts| facts.each.as_deref());
    match ty {
        TypeRef::Named(id) => {
            let preserved = facts.is_some_and(|facts| facts.schema.preserve_unknown_fields);
            edges.push(Edge {
                to: *id,
                span,
                preserved,
            });
        }
        TypeRef::Option(inner) | TypeRef::Boxed(inner) => collect(inner, facts, span, edges),
        TypeRef::List(inner) | TypeRef::Array(inner, _) => collect(inner, each, span, edges),
        TypeRef::Map { kind: _, key: _, value } => collect(value, each, span, edges),
        TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float(_) | TypeRef::String | TypeRef::Builtin(_) => {}
    }
}
