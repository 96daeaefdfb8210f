//! The members of a type by their names in JSON, flattened ones among them.

use crate::model::{FieldLayout, Presence, UnionRepr};
use crate::{Facts, Model, Shape, TypeRef};

/// A member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member<'m> {
    /// The name in JSON.
    pub wire: &'m str,
    /// What it is.
    pub ty: &'m TypeRef,
    /// When it is there.
    pub presence: Presence,
    /// What is said about it.
    pub facts: Option<&'m Facts>,
}

impl Member<'_> {
    /// Whether it is there in every object.
    pub fn is_always_set(&self) -> bool {
        match self.presence {
            Presence::Required | Presence::Defaulted => true,
            Presence::Optional => false,
        }
    }
}

/// The members of a type, in the order of declaration. `None` if it is not an object with known members.
pub fn members<'m>(model: &'m Model, ty: &'m TypeRef) -> Option<Vec<Member<'m>>> {
    let mut found = Vec::new();
    let mut open = Vec::new();
    collect(model, ty, &mut found, &mut open).then_some(found)
}

/// One member.
pub fn member<'m>(model: &'m Model, ty: &'m TypeRef, wire: &str) -> Option<Member<'m>> {
    members(model, ty)?.into_iter().find(|member| member.wire == wire)
}

fn collect<'m>(model: &'m Model, ty: &'m TypeRef, found: &mut Vec<Member<'m>>, open: &mut Vec<&'m TypeRef>) -> bool {
    let ty = model.wire_type(ty);
    let TypeRef::Named(id) = ty else { return false };
    // A type that flattens itself has no more members than it had the first time.
    if open.contains(&ty) {
        return true;
    }
    open.push(ty);
    match &model.ty(*id).shape {
        Shape::Struct(fields) => fields.iter().all(|field| match field.layout {
            FieldLayout::Member => {
                let facts = Some(&field.facts);
                found.push(Member {
                    wire: &field.wire,
                    ty: &field.ty,
                    presence: field.presence,
                    facts,
                });
                true
            }
            FieldLayout::Flattened => collect(model, &field.ty, found, open),
            FieldLayout::Skipped => true,
        }),
        Shape::Union(union) => {
            let member = |wire, ty, presence, facts| Member {
                wire,
                ty,
                presence,
                facts,
            };
            match &union.repr {
                UnionRepr::External => {}
                UnionRepr::Discriminated { tag } => found.push(member(tag, &TypeRef::String, Presence::Required, None)),
                UnionRepr::Internal { .. } | UnionRepr::Adjacent { .. } | UnionRepr::Untagged => return false,
            }
            found.extend(union.variants.iter().filter_map(|variant| {
                let ty = variant.ty.as_ref()?;
                Some(member(&variant.wire, ty, Presence::Optional, Some(&variant.facts)))
            }));
            true
        }
        Shape::Newtype(_) | Shape::Enum(_) => false,
    }
}
