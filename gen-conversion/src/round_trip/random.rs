//! Of which types random values are wanted, and of which parts.

use std::collections::{BTreeMap, BTreeSet};

use kgen_model::model::{FieldLayout, Origin};
use kgen_model::{Builtin, Field, Model, Shape, TypeId, TypeRef};

use crate::pairs::{At, By, FieldLink, How, Link, Pairs, last};

/// The types that objects with several versions consist of, as far as random values of them can be made.
#[derive(Clone, Debug, Default)]
pub(super) struct Randoms {
    wanted: BTreeSet<TypeId>,
    impossible: BTreeSet<TypeId>,
    texts: Texts,
}

/// The strings that become values of other types, by the structs that hold them and the indices of their fields.
type Texts = BTreeMap<(TypeId, usize), TypeRef>;

/// What a type consists of.
pub(super) enum Parts<'m> {
    /// Fields, random ones and those that begin as their default.
    Fields {
        random: Vec<(&'m str, Option<TypeRef>)>,
        usual: Vec<&'m str>,
    },
    /// One value without a name.
    One,
    /// Variants, with whether they hold anything.
    Variants(Vec<(&'m str, bool)>),
}

impl Randoms {
    /// Those of a model.
    pub(super) fn of(model: &Model) -> Self {
        let mut randoms = Self::default();
        loop {
            let more: Vec<TypeId> = model
                .source_types()
                .map(|(id, _)| id)
                .filter(|id| !randoms.impossible.contains(id) && !randoms.can_make(model, *id))
                .collect();
            if more.is_empty() {
                break;
            }
            randoms.impossible.extend(more);
        }
        let pairs = model.once(Pairs::of);
        randoms.texts = texts(model, &pairs);
        let kinds = &pairs.kinds;
        let mut queue: Vec<TypeId> = kinds.iter().flat_map(|kind| [kind.version, kind.hub]).collect();
        while let Some(id) = queue.pop() {
            let is_new = model.ty(id).origin == Origin::Source && !randoms.impossible.contains(&id);
            if is_new && randoms.wanted.insert(id) {
                queue.extend(held(model, id));
            }
        }
        randoms
    }

    /// Whether random values of a type are made.
    pub(super) fn wants(&self, id: TypeId) -> bool {
        self.wanted.contains(&id)
    }

    fn can_make(&self, model: &Model, id: TypeId) -> bool {
        match &model.ty(id).shape {
            Shape::Struct(fields) => fields
                .iter()
                .all(|field| self.is_random(model, field) || has_default(model, field)),
            Shape::Newtype(inner) => self.makes(model, inner),
            Shape::Enum(_) => true,
            Shape::Union(union) => union
                .variants
                .iter()
                .any(|variant| variant.ty.as_ref().is_none_or(|ty| self.makes(model, ty))),
        }
    }

    fn is_random(&self, model: &Model, field: &Field) -> bool {
        field.layout != FieldLayout::Skipped && self.makes(model, &field.ty)
    }

    /// Whether random values of a type can be made.
    fn makes(&self, model: &Model, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float(_) | TypeRef::String => true,
            // Only kube has a type for it.
            TypeRef::Builtin(builtin) => *builtin != Builtin::EmbeddedObject,
            TypeRef::Named(id) => match model.ty(*id).origin {
                Origin::Source => !self.impossible.contains(id),
                Origin::Kubernetes => model.ty(*id).name == "ObjectMeta",
            },
            TypeRef::Option(inner) | TypeRef::Boxed(inner) | TypeRef::List(inner) | TypeRef::Array(inner, _) => {
                self.makes(model, inner)
            }
            TypeRef::Map { key, value, .. } => self.makes(model, key) && self.makes(model, value),
        }
    }
}

/// Strings that few random texts could be: an object with one could hardly ever be converted.
fn texts(model: &Model, pairs: &Pairs) -> Texts {
    let mut texts = Texts::new();
    let links = pairs.pairs.iter().filter_map(|pair| match &pair.link {
        Link::Struct(link) => Some(link.fields.iter().chain(&link.moved)),
        Link::Newtype { .. } | Link::Variants(_) | Link::Function(_) => None,
    });
    for FieldLink { version, hub, by } in links.flatten() {
        let By::Types { to_hub, from_hub, .. } = by else {
            continue;
        };
        for (how, from, to) in [(to_hub, version, hub), (from_hub, hub, version)] {
            let (At { owner, index }, ty) = (from[from.len() - 1], &last(model, to).ty);
            if matches!(how, How::FromText | How::ToQuantity) && !is_open(model, ty) {
                texts.entry((owner, index)).or_insert_with(|| ty.clone());
            }
        }
    }
    texts
}

/// Whether a type is an enum that has a place for each text.
fn is_open(model: &Model, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Named(id) => matches!(&model.ty(*id).shape, Shape::Enum(def) if def.other.is_some()),
        _ => false,
    }
}

fn has_default(model: &Model, field: &Field) -> bool {
    field.layout == FieldLayout::Skipped || model.has_default(&field.ty)
}

/// The types that a type names.
fn held(model: &Model, id: TypeId) -> Vec<TypeId> {
    let mut found = Vec::new();
    match &model.ty(id).shape {
        Shape::Struct(fields) => fields.iter().for_each(|field| named(&field.ty, &mut found)),
        Shape::Newtype(inner) => named(inner, &mut found),
        Shape::Enum(_) => {}
        Shape::Union(union) => {
            let held = union.variants.iter().filter_map(|variant| variant.ty.as_ref());
            held.for_each(|ty| named(ty, &mut found));
        }
    }
    found
}

fn named(ty: &TypeRef, found: &mut Vec<TypeId>) {
    match ty {
        TypeRef::Named(id) => found.push(*id),
        TypeRef::Option(inner) | TypeRef::Boxed(inner) | TypeRef::List(inner) | TypeRef::Array(inner, _) => {
            named(inner, found);
        }
        TypeRef::Map { key, value, .. } => {
            named(key, found);
            named(value, found);
        }
        TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float(_) | TypeRef::String | TypeRef::Builtin(_) => {}
    }
}

/// What a type consists of.
pub(super) fn parts<'m>(model: &'m Model, randoms: &Randoms, id: TypeId) -> Parts<'m> {
    let ty = model.ty(id);
    match &ty.shape {
        Shape::Struct(fields) => {
            let (mut random, mut usual) = (Vec::new(), Vec::new());
            for (index, field) in fields.iter().enumerate() {
                if randoms.is_random(model, field) {
                    random.push((field.name.as_str(), randoms.texts.get(&(id, index)).cloned()));
                } else {
                    usual.push(field.name.as_str());
                }
            }
            Parts::Fields { random, usual }
        }
        Shape::Newtype(_) => match &ty.newtype_field {
            Some(name) => Parts::Fields {
                random: vec![(name, None)],
                usual: Vec::new(),
            },
            None => Parts::One,
        },
        Shape::Enum(def) => {
            let named = def.variants.iter().map(|variant| (variant.name.as_str(), false));
            let other = def.other.iter().map(|name| (name.as_str(), true));
            Parts::Variants(named.chain(other).collect())
        }
        Shape::Union(union) => {
            let can_make = |ty: &Option<TypeRef>| ty.as_ref().is_none_or(|ty| randoms.makes(model, ty));
            let variants = union.variants.iter().filter(|variant| can_make(&variant.ty));
            Parts::Variants(
                variants
                    .map(|variant| (variant.name.as_str(), variant.ty.is_some()))
                    .collect(),
            )
        }
    }
}

impl<'m> Parts<'m> {
    /// The fields or variants that the code names.
    pub(super) fn names(&self) -> impl Iterator<Item = &'m str> {
        let names: Vec<&'m str> = match self {
            Self::Fields { random, usual } => {
                let random = random.iter().map(|(name, _)| *name);
                random.chain(usual.iter().copied()).collect()
            }
            Self::One => Vec::new(),
            Self::Variants(variants) => variants.iter().map(|(name, _)| *name).collect(),
        };
        names.into_iter()
    }
}
