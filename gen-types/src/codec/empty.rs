//! When a value is empty: when it is what an absent field holds.

use std::collections::BTreeSet;

use kgen_emit::rust::Value;
use kgen_model::analysis::unboxed;
use kgen_model::model::{FieldLayout, Origin};
use kgen_model::{Field, Model, Shape, TypeDef, TypeId, TypeRef, known};

use super::structs::filled;
use crate::NAME;

/// When a value of a type is empty.
#[derive(Clone, Debug, PartialEq)]
pub enum EmptyPlan {
    /// When all of these fields are.
    Fields(Vec<EmptyField>),
    /// When what it holds is.
    Newtype(Test),
    /// When it is this variant.
    Variant(String),
    /// When it equals its default.
    Default,
    /// When it equals what it begins as.
    Start,
}

/// When a field is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct EmptyField {
    /// The Rust name.
    pub field: String,
    /// How that is found out.
    pub test: Test,
}

/// How it is found out whether something is empty.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// By a method that the type has without us.
    Method,
    /// By our trait.
    Trait,
    /// By comparing it with a declared default.
    Is(Value),
}

impl EmptyField {
    /// What the field is compared with.
    pub(super) fn value(&self) -> Option<&Value> {
        match &self.test {
            Test::Is(value) => Some(value),
            Test::Method | Test::Trait => None,
        }
    }
}

/// What is known of the emptiness of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Emptiness {
    /// It is known.
    Known,
    /// It is known if this type lacks nothing.
    Of(TypeId),
    /// Nothing tells when a value is empty.
    Unknown,
}

/// What has to be known for a value of the type.
pub(crate) fn emptiness(model: &Model, ty: &TypeRef) -> Emptiness {
    match ty {
        TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float(_) | TypeRef::String => Emptiness::Known,
        TypeRef::Option(_) | TypeRef::List(_) | TypeRef::Map { .. } => Emptiness::Known,
        TypeRef::Builtin(builtin) if builtin.has_default() => Emptiness::Known,
        TypeRef::Builtin(_) | TypeRef::Array(..) => Emptiness::Unknown,
        TypeRef::Boxed(inner) => emptiness(model, inner),
        TypeRef::Named(id) => match model.ty(*id).origin {
            Origin::Source => Emptiness::Of(*id),
            Origin::Kubernetes if is_known(model.ty(*id)) => Emptiness::Known,
            Origin::Kubernetes => Emptiness::Unknown,
        },
    }
}

/// The runtime tells for what `kgen::k8s` has and what has a default.
fn is_known(ty: &TypeDef) -> bool {
    let known = known::lookup(&["kgen", "k8s", &ty.name]);
    let is_exported = matches!(known, Some(known::Known::Definition(name)) if name == ty.schema_name);
    is_exported && ty.has_trait("Default")
}

/// The types that have to tell when they are empty: those of fields that are left out then, and those below them.
pub(super) struct Asked(BTreeSet<TypeId>);

impl Asked {
    pub(super) fn of(model: &Model) -> Self {
        let mut asked = BTreeSet::new();
        let mut next: Vec<TypeId> = Vec::new();
        for (id, _) in model.source_types().filter(|(_, ty)| ty.generates(NAME)) {
            next.extend(filled(model, id).filter_map(|field| of(model, &field.ty)));
        }
        while let Some(id) = next.pop() {
            if asked.insert(id) {
                next.extend(below(model, id));
            }
        }
        asked.retain(|id| !model.ty(*id).is_by_hand("Empty"));
        Self(asked)
    }

    pub(super) fn contains(&self, id: TypeId) -> bool {
        self.0.contains(&id)
    }
}

fn of(model: &Model, ty: &TypeRef) -> Option<TypeId> {
    match emptiness(model, ty) {
        Emptiness::Of(id) => Some(id),
        Emptiness::Known | Emptiness::Unknown => None,
    }
}

/// The types whose emptiness that of another one leans on.
pub(crate) fn below(model: &Model, id: TypeId) -> Vec<TypeId> {
    match (plan(model, id), &model.ty(id).shape) {
        (EmptyPlan::Fields(_), Shape::Struct(fields)) => {
            let tested = fields
                .iter()
                .filter(|field| is_tested(field) && model.default_of(field).is_none());
            tested.filter_map(|field| of(model, &field.ty)).collect()
        }
        (EmptyPlan::Newtype(_), Shape::Newtype(inner)) => of(model, inner).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// When a value of the type is empty.
pub(crate) fn plan(model: &Model, id: TypeId) -> EmptyPlan {
    let ty = model.ty(id);
    let is_by_hand = ty.is_by_hand("Default");
    match &ty.shape {
        _ if !ty.is_generated() || model.is_assembled(id) => EmptyPlan::Default,
        Shape::Struct(_) if is_by_hand && model.has_start(id) => EmptyPlan::Start,
        _ if is_by_hand => EmptyPlan::Default,
        Shape::Struct(fields) => EmptyPlan::Fields(tests(model, fields)),
        Shape::Newtype(inner) => EmptyPlan::Newtype(test(model, inner)),
        Shape::Enum(def) => variant(def.variants.iter().find(|it| it.default).map(|it| &it.name)),
        Shape::Union(def) => variant(def.variants.iter().find(|it| it.default).map(|it| &it.name)),
    }
}

fn variant(default: Option<&String>) -> EmptyPlan {
    default.map_or(EmptyPlan::Default, |name| EmptyPlan::Variant(name.clone()))
}

fn tests(model: &Model, fields: &[Field]) -> Vec<EmptyField> {
    let tested = fields.iter().filter(|field| is_tested(field));
    let tests = tested.map(|field| EmptyField {
        field: field.name.clone(),
        test: field_test(model, field),
    });
    tests.collect()
}

/// Whether a field is on the wire at all.
pub(crate) fn is_tested(field: &Field) -> bool {
    field.layout != FieldLayout::Skipped
}

fn field_test(model: &Model, field: &Field) -> Test {
    let default = model.default_of(field).filter(|_| !field.ty.is_option());
    let value = default.and_then(|default| Value::of(model, &field.ty, default).ok());
    value.map_or_else(|| test(model, &field.ty), Test::Is)
}

/// A method of the type's own might mean something else, so that types of the crate are asked by the trait.
fn test(model: &Model, ty: &TypeRef) -> Test {
    match unboxed(ty) {
        TypeRef::Named(id) if model.ty(*id).origin == Origin::Source => Test::Trait,
        _ => Test::Method,
    }
}
