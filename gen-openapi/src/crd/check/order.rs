//! Types that stand in lists whose elements have no identity. On an update nobody knows which old element such a value
//! comes from, so that no rule there may compare with the old value.

use std::collections::BTreeMap;

use kgen_model::model::FieldLayout;
use kgen_model::{Facts, ListType, Model, Resource, Shape, Span, TypeId, TypeRef};

/// The types in such lists at any depth, with the field or type that declares the list.
pub(super) fn unordered(model: &Model, resources: &[&Resource]) -> BTreeMap<TypeId, Span> {
    let mut walk = Walk {
        model,
        seen: BTreeMap::new(),
    };
    for resource in resources {
        walk.enter(resource.ty, None);
    }
    walk.seen
        .into_iter()
        .filter_map(|(id, list)| Some((id, list?)))
        .collect()
}

struct Walk<'m> {
    model: &'m Model,
    /// What was entered, and whether within such a list, which says more.
    seen: BTreeMap<TypeId, Option<Span>>,
}

impl Walk<'_> {
    fn enter(&mut self, id: TypeId, list: Option<Span>) {
        if self.seen.get(&id).is_some_and(|seen| seen.is_some() || list.is_none()) {
            return;
        }
        self.seen.insert(id, list);
        let def = self.model.ty(id);
        match &def.shape {
            Shape::Struct(fields) => {
                for field in fields.iter().filter(|field| field.layout != FieldLayout::Skipped) {
                    self.descend(&field.ty, &[&field.facts], field.span, list);
                }
            }
            Shape::Union(union) => {
                for variant in &union.variants {
                    if let Some(ty) = &variant.ty {
                        self.descend(ty, &[&variant.facts], variant.span, list);
                    }
                }
            }
            Shape::Newtype(inner) => self.descend(inner, &[&def.facts], def.span, list),
            Shape::Enum(_) => {}
        }
    }

    /// `facts` are all that is said about the value, that of its newtypes included.
    fn descend(&mut self, ty: &TypeRef, facts: &[&Facts], span: Span, list: Option<Span>) {
        let each: Vec<&Facts> = facts.iter().filter_map(|facts| facts.each.as_deref()).collect();
        match ty {
            TypeRef::Option(inner) | TypeRef::Boxed(inner) => self.descend(inner, facts, span, list),
            TypeRef::List(inner) | TypeRef::Array(inner, _) => {
                let by_key = facts.iter().any(|facts| matches!(facts.list, Some(ListType::Map(_))));
                let list = list.or((!by_key).then_some(span));
                self.descend(inner, &each, span, list);
            }
            TypeRef::Map { kind: _, key: _, value } => self.descend(value, &each, span, list),
            TypeRef::Named(id) => match &self.model.ty(*id).shape {
                Shape::Newtype(inner) => {
                    let inner = inner.clone();
                    let mut all = facts.to_vec();
                    all.push(&self.model.ty(*id).facts);
                    self.seen
                        .entry(*id)
                        .and_modify(|seen| *seen = seen.or(list))
                        .or_insert(list);
                    self.descend(&inner, &all, span, list);
                }
                Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) => self.enter(*id, list),
            },
            TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float(_) | TypeRef::String | TypeRef::Builtin(_) => {}
        }
    }
}
