//! Decides how each part of each type is copied. Nothing is rendered here.

use kgen_emit::rust::path;
use kgen_model::known::{self, Known};
use kgen_model::model::{FieldLayout, Origin};
use kgen_model::{Builtin, Field, Model, Shape, TypeDef, TypeId, TypeRef};

use crate::NAME;
use crate::reuse::reuses;

/// What one module gets.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan<'m> {
    /// The module of the types.
    pub module: &'m [String],
    /// The implementations, in the order of the types.
    pub impls: Vec<ImplPlan<'m>>,
}

/// The copy of one type.
#[derive(Clone, Debug, PartialEq)]
pub struct ImplPlan<'m> {
    /// The type.
    pub ty: &'m TypeDef,
    /// Its id.
    pub id: TypeId,
    /// What is copied.
    pub body: Body<'m>,
    /// Whether a copy into an old value finds anything there that it can keep.
    pub reuses: bool,
}

/// What a type consists of.
#[derive(Clone, Debug, PartialEq)]
pub enum Body<'m> {
    /// Fields, in the order of declaration.
    Struct(Vec<FieldPlan<'m>>),
    /// One value.
    Newtype(How),
    /// One of several variants, in the order of declaration.
    Variants(Vec<VariantPlan<'m>>),
}

/// A field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldPlan<'m> {
    /// The Rust name, without `r#`.
    pub name: &'m str,
    /// How it is copied.
    pub how: How,
}

/// A variant.
#[derive(Clone, Debug, PartialEq)]
pub struct VariantPlan<'m> {
    /// The Rust name, without `r#`.
    pub name: &'m str,
    /// How what it holds is copied, if it holds anything.
    pub how: Option<How>,
}

/// How a value is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It is `Copy`.
    Value,
    /// By `DeepCopy`.
    DeepCopy,
    /// By `Clone`: the type is of another crate, or was left out.
    Clone,
    /// By `Clone` too, but nothing is known of the type, which may be `Copy` as well.
    Opaque,
}

/// What one module gets.
#[must_use]
pub fn plan<'m>(model: &'m Model, module: &'m [String]) -> Plan<'m> {
    let types = model.types_in(module).filter(|(_, ty)| is_generated(ty));
    let impls = types.map(|(id, ty)| ImplPlan {
        ty,
        id,
        body: body(model, ty),
        reuses: reuses(model, id),
    });
    Plan {
        module,
        impls: impls.collect(),
    }
}

/// Whether the type's copy is written here: it is not switched off, and nobody wrote one by hand.
pub(crate) fn is_generated(ty: &TypeDef) -> bool {
    let by_hand = ty.by_hand.iter().any(|name| name == "DeepCopy");
    ty.origin == Origin::Source && ty.generates(NAME) && !by_hand
}

impl<'m> Plan<'m> {
    /// The fields and variants that the code names, with the paths of their types.
    pub(crate) fn members(&self) -> Vec<(String, &'m str)> {
        let of_impl = |plan: &ImplPlan<'m>| {
            let path = path(plan.ty);
            let names: Vec<&str> = match &plan.body {
                Body::Struct(fields) => fields.iter().map(|field| field.name).collect(),
                Body::Newtype(_) => Vec::new(),
                Body::Variants(variants) => variants.iter().map(|variant| variant.name).collect(),
            };
            names.into_iter().map(move |name| (path.clone(), name))
        };
        self.impls.iter().flat_map(of_impl).collect()
    }
}

fn body<'m>(model: &'m Model, ty: &'m TypeDef) -> Body<'m> {
    match &ty.shape {
        Shape::Struct(fields) => Body::Struct(fields.iter().map(|field| field_plan(model, field)).collect()),
        Shape::Newtype(inner) => match &ty.newtype_field {
            Some(name) => Body::Struct(vec![FieldPlan {
                name,
                how: how(model, inner),
            }]),
            None => Body::Newtype(how(model, inner)),
        },
        Shape::Enum(enum_) => {
            let unit = enum_.variants.iter().map(|variant| (variant.name.as_str(), None));
            let other = enum_.other.iter().map(|name| (name.as_str(), Some(How::DeepCopy)));
            Body::Variants(unit.chain(other).map(|(name, how)| VariantPlan { name, how }).collect())
        }
        Shape::Union(union) => {
            let variants = union.variants.iter().map(|variant| VariantPlan {
                name: &variant.name,
                how: variant.ty.as_ref().map(|ty| how(model, ty)),
            });
            Body::Variants(variants.collect())
        }
    }
}

fn field_plan<'m>(model: &Model, field: &'m Field) -> FieldPlan<'m> {
    let how = match field.layout {
        FieldLayout::Member | FieldLayout::Flattened => how(model, &field.ty),
        FieldLayout::Skipped => How::Opaque,
    };
    FieldPlan { name: &field.name, how }
}

/// How a value of this type is copied. Its leaf decides, the type below options, boxes, lists and maps.
fn how(model: &Model, ty: &TypeRef) -> How {
    match ty {
        TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float(_) => How::Value,
        TypeRef::String => How::DeepCopy,
        TypeRef::Builtin(builtin) => of_builtin(*builtin),
        TypeRef::Named(id) => of_named(model, *id),
        TypeRef::Option(inner) | TypeRef::Array(inner, _) => how(model, inner),
        TypeRef::Boxed(inner) | TypeRef::List(inner) => contained(model, inner),
        TypeRef::Map { value, .. } => contained(model, value),
    }
}

/// A container is never `Copy`, whatever it holds.
fn contained(model: &Model, inner: &TypeRef) -> How {
    match (how(model, inner), leaf(inner)) {
        // It may be kube's type as well, which is foreign to `DeepCopy`.
        (_, TypeRef::Builtin(Builtin::Duration)) => How::Clone,
        (How::Value, TypeRef::Named(_)) => How::Clone,
        (How::Value, _) => How::DeepCopy,
        (how, _) => how,
    }
}

/// The type below options, boxes, lists and maps.
pub(crate) fn leaf(ty: &TypeRef) -> &TypeRef {
    match ty {
        TypeRef::Option(inner) | TypeRef::Boxed(inner) | TypeRef::List(inner) | TypeRef::Array(inner, _) => leaf(inner),
        TypeRef::Map { value, .. } => leaf(value),
        TypeRef::Bool
        | TypeRef::Int(_)
        | TypeRef::Float(_)
        | TypeRef::String
        | TypeRef::Builtin(_)
        | TypeRef::Named(_) => ty,
    }
}

fn of_builtin(builtin: Builtin) -> How {
    match builtin {
        Builtin::Duration => How::Value,
        // Only kube has a type for it.
        Builtin::EmbeddedObject => How::Clone,
        Builtin::Time
        | Builtin::MicroTime
        | Builtin::Quantity
        | Builtin::IntOrString
        | Builtin::ByteString
        | Builtin::RawExtension
        | Builtin::Json
        | Builtin::FieldsV1 => How::DeepCopy,
    }
}

fn of_named(model: &Model, id: TypeId) -> How {
    let ty = model.ty(id);
    let is_deep = match ty.origin {
        Origin::Source => is_generated(ty) || ty.has_trait("DeepCopy"),
        Origin::Kubernetes => has_short_path(ty),
    };
    if is_deep {
        How::DeepCopy
    } else if ty.has_trait("Copy") {
        How::Value
    } else {
        How::Clone
    }
}

/// Whether `kgen::k8s` names the type: those have deep copies in the runtime.
fn has_short_path(ty: &TypeDef) -> bool {
    match known::lookup(&["kgen", "k8s", &ty.name]) {
        Some(Known::Definition(name)) => name == ty.schema_name,
        Some(Known::Builtin(_)) | None => false,
    }
}
