//! Decides how each part of each type is merged.

use kgen_emit::rust::path;
use kgen_model::facts::{MapType, Patch};
use kgen_model::model::{FieldLayout, Float, Int, MapKind, Origin, UnionDef};
use kgen_model::{Builtin, Facts, ListType, Model, Shape, TypeDef, TypeId, TypeRef};

use super::keys::key;
use crate::NAME;

/// The merge of one type.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ImplPlan<'m> {
    /// The type.
    pub(super) ty: &'m TypeDef,
    /// Its id.
    pub(super) id: TypeId,
    /// What is merged.
    pub(super) body: Body<'m>,
}

/// What is merged of a type.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Body<'m> {
    /// The other value replaces this one.
    Replace,
    /// Each field on its own, in the order of declaration; a newtype has the field `0`.
    Fields(Vec<FieldPlan<'m>>),
    /// What a variant holds, if both values are of that variant. Other values replace this one.
    Variants {
        /// The variants whose content is merged, in the order of declaration.
        merged: Vec<(&'m str, How<'m>)>,
        /// Whether there is no other variant.
        only: bool,
    },
}

/// A field.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FieldPlan<'m> {
    /// The Rust name without `r#`, or `0`.
    pub(super) name: &'m str,
    /// Whether the type is an `Option`, of which `None` changes nothing.
    pub(super) is_option: bool,
    /// How the value is merged.
    pub(super) how: How<'m>,
}

/// How a value is merged.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum How<'m> {
    /// By `DeepMerge`.
    Merge,
    /// The other value replaces this one.
    Replace,
    /// The other list replaces this one.
    ListAtomic,
    /// Elements are added that this list lacks.
    ListSet,
    /// Elements with the same keys are merged.
    ListMap {
        /// What is compared, as steps from the element.
        keys: Vec<Vec<&'m str>>,
        /// How elements are merged.
        item: Box<How<'m>>,
    },
    /// The other map replaces this one.
    MapAtomic,
    /// Values of the same key are merged.
    MapGranular(Box<How<'m>>),
}

/// The implementations for a module, in the order of the types.
pub(super) fn plan<'m>(model: &'m Model, module: &'m [String]) -> Vec<ImplPlan<'m>> {
    let types = model.types_in(module).filter(|(_, ty)| is_generated(ty));
    let plan = |(id, ty)| ImplPlan {
        ty,
        id,
        body: body(model, ty),
    };
    types.map(plan).collect()
}

/// Whether the type's merge is written here: it is not switched off, and nobody wrote one by hand.
pub(super) fn is_generated(ty: &TypeDef) -> bool {
    let by_hand = ty.by_hand.iter().any(|name| name == "DeepMerge");
    ty.origin == Origin::Source && ty.generates(NAME) && !by_hand
}

/// The fields and variants that the code names, with the paths of their types.
pub(super) fn members<'m>(plans: &[ImplPlan<'m>]) -> Vec<(String, &'m str)> {
    let of_plan = |plan: &ImplPlan<'m>| {
        let path = path(plan.ty);
        let names: Vec<&str> = match &plan.body {
            Body::Replace => Vec::new(),
            Body::Fields(fields) => fields.iter().map(|field| field.name).collect(),
            Body::Variants { merged, .. } => merged.iter().map(|(name, _)| *name).collect(),
        };
        names.into_iter().map(move |name| (path.clone(), name))
    };
    plans.iter().flat_map(of_plan).collect()
}

fn body<'m>(model: &'m Model, ty: &'m TypeDef) -> Body<'m> {
    match &ty.shape {
        Shape::Enum(_) => Body::Replace,
        Shape::Union(union) => variants(model, union),
        Shape::Newtype(inner) => Body::Fields(vec![FieldPlan {
            name: ty.newtype_field(),
            is_option: inner.is_option(),
            how: how(model, inner, Some(&ty.facts)),
        }]),
        Shape::Struct(fields) if fields.is_empty() || ty.facts.map == Some(MapType::Atomic) => Body::Replace,
        Shape::Struct(fields) => {
            let fields = fields.iter().map(|field| FieldPlan {
                name: &field.name,
                is_option: field.ty.is_option() && field.layout != FieldLayout::Skipped,
                how: match field.layout {
                    FieldLayout::Member | FieldLayout::Flattened => how(model, &field.ty, Some(&field.facts)),
                    FieldLayout::Skipped => How::Replace,
                },
            });
            Body::Fields(fields.collect())
        }
    }
}

fn variants<'m>(model: &'m Model, union: &'m UnionDef) -> Body<'m> {
    let merged: Vec<(&str, How<'m>)> = union
        .variants
        .iter()
        .filter_map(|variant| {
            Some((
                variant.name.as_str(),
                how(model, variant.ty.as_ref()?, Some(&variant.facts)),
            ))
        })
        .filter(|(_, how)| !replaces(how))
        .collect();
    match merged.is_empty() {
        true => Body::Replace,
        false => Body::Variants {
            merged,
            only: union.variants.len() == 1,
        },
    }
}

/// Whether the merge is an assignment by another name.
fn replaces(how: &How<'_>) -> bool {
    match how {
        How::Replace | How::ListAtomic | How::MapAtomic => true,
        How::Merge | How::ListSet | How::ListMap { .. } | How::MapGranular(_) => false,
    }
}

/// How a value is merged of which these facts are said at its place.
fn how<'m>(model: &'m Model, ty: &'m TypeRef, facts: Option<&'m Facts>) -> How<'m> {
    let is_atomic = facts.is_some_and(|facts| facts.map == Some(MapType::Atomic));
    match ty {
        TypeRef::Option(inner) => how(model, inner, facts),
        TypeRef::Boxed(inner) => match how(model, inner, facts) {
            How::Merge => How::Merge,
            // The strategies know lists and maps as they are.
            How::Replace
            | How::ListAtomic
            | How::ListSet
            | How::ListMap { .. }
            | How::MapAtomic
            | How::MapGranular(_) => How::Replace,
        },
        TypeRef::List(item) => list(model, item, facts),
        TypeRef::Map {
            kind: MapKind::BTree, ..
        } if is_atomic => How::MapAtomic,
        TypeRef::Map {
            kind: MapKind::BTree,
            value,
            ..
        } => How::MapGranular(Box::new(how(model, value, each(facts)))),
        TypeRef::Map {
            kind: MapKind::Hash, ..
        }
        | TypeRef::Array(..) => How::Replace,
        _ if is_atomic => How::Replace,
        TypeRef::Bool | TypeRef::String => How::Merge,
        TypeRef::Int(Int::I32 | Int::I64) | TypeRef::Float(Float::F64) => How::Merge,
        TypeRef::Int(_) | TypeRef::Float(Float::F32) => How::Replace,
        TypeRef::Builtin(builtin) => of_builtin(*builtin),
        TypeRef::Named(id) => of_named(model.ty(*id)),
    }
}

fn each(facts: Option<&Facts>) -> Option<&Facts> {
    facts.and_then(|facts| facts.each.as_deref())
}

fn list<'m>(model: &'m Model, item: &'m TypeRef, facts: Option<&'m Facts>) -> How<'m> {
    let strategy = facts.and_then(strategy).unwrap_or(ListType::Atomic);
    match strategy {
        ListType::Atomic => How::ListAtomic,
        ListType::Set => How::ListSet,
        ListType::Map(wires) => {
            let keys: Option<Vec<_>> = wires.iter().map(|wire| Some(key(model, item, wire)?.steps)).collect();
            match keys {
                Some(keys) if !keys.is_empty() => How::ListMap {
                    keys,
                    item: Box::new(how(model, item, each(facts))),
                },
                // Refused where lists are checked.
                Some(_) | None => How::ListAtomic,
            }
        }
    }
}

/// How a list merges. A strategic merge patch has one key at most, and k8s-openapi lets it win over the list's keys.
pub(super) fn strategy(facts: &Facts) -> Option<ListType> {
    let Patch { strategy, merge_key } = &facts.patch;
    let merges = strategy
        .as_deref()
        .is_some_and(|strategy| strategy.split(',').any(|word| word == "merge"));
    match (merges, merge_key) {
        (true, Some(key)) => Some(ListType::Map(vec![key.clone()])),
        (true, None) => Some(facts.list.clone().unwrap_or(ListType::Set)),
        (false, _) => facts.list.clone(),
    }
}

fn of_builtin(builtin: Builtin) -> How<'static> {
    match builtin {
        // These may be types of kube, which have no `DeepMerge`.
        Builtin::Duration | Builtin::EmbeddedObject => How::Replace,
        Builtin::Time
        | Builtin::MicroTime
        | Builtin::Quantity
        | Builtin::IntOrString
        | Builtin::ByteString
        | Builtin::RawExtension
        | Builtin::Json
        | Builtin::FieldsV1 => How::Merge,
    }
}

fn of_named(ty: &TypeDef) -> How<'static> {
    if is_generated(ty) || ty.has_trait("DeepMerge") {
        How::Merge
    } else {
        How::Replace
    }
}
