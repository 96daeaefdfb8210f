//! Decides what the types of a module need to be read and written.

use kgen_emit::Layout;
use kgen_emit::rust::Value;
use kgen_model::{Model, Shape, Span, TypeDef, TypeId};

use super::empty::{self, Asked, EmptyField, EmptyPlan};
use super::enums::{self, EnumPlan};
use super::names::Subject;
use super::parts::Part;
use super::structs::{self, StructPlan};
use super::unions::{self, UnionPlan};
use crate::NAME;

/// What one module gets.
#[derive(Clone, Debug, PartialEq)]
pub struct CodecPlan<'m> {
    /// The module of the types.
    pub module: &'m [String],
    /// Where its first type stands.
    pub span: Span,
    /// The types in the order of their lines.
    pub types: Vec<TypePlan>,
}

/// What one type gets.
#[derive(Clone, Debug, PartialEq)]
pub struct TypePlan {
    /// The type.
    pub subject: Subject,
    /// How it is read and written; nothing if it does so itself.
    pub shape: Option<ShapePlan>,
    /// When it is empty, if that is asked for.
    pub empty: Option<EmptyPlan>,
}

/// How a type is read and written.
#[derive(Clone, Debug, PartialEq)]
pub enum ShapePlan {
    /// Field by field.
    Struct(StructPlan),
    /// As what it holds.
    Newtype,
    /// As a name.
    Enum(EnumPlan),
    /// As one of several members.
    Union(UnionPlan),
}

impl TypePlan {
    /// The constants that code for the type names.
    pub(super) fn values(&self) -> Vec<&Value> {
        let mut values = Vec::new();
        if let Some(ShapePlan::Struct(StructPlan { start, parts, .. })) = &self.shape {
            let starts = start.iter().chain(parts.iter().flat_map(|parts| &parts.start));
            values.extend(starts.flat_map(|start| start.fields.iter().map(|(_, value)| value)));
            values.extend(parts.iter().flat_map(|parts| &parts.parts).filter_map(Part::value));
        }
        if let Some(EmptyPlan::Fields(fields)) = &self.empty {
            values.extend(fields.iter().filter_map(EmptyField::value));
        }
        values
    }
}

/// What one module gets.
#[must_use]
pub fn plan<'m>(model: &'m Model, layout: &Layout, module: &'m [String]) -> CodecPlan<'m> {
    let asked = model.once(Asked::of);
    let types = model.types_in(module).filter(|(_, ty)| ty.generates(NAME));
    let plans = types.map(|(id, ty)| TypePlan {
        subject: Subject::of(model, ty),
        shape: ty.is_generated().then(|| shape(model, layout, id, ty)),
        empty: asked.contains(id).then(|| empty::plan(model, id)),
    });
    let plans = plans.filter(|plan| plan.shape.is_some() || plan.empty.is_some());
    CodecPlan {
        module,
        span: model.types_in(module).next().map(|(_, ty)| ty.span).unwrap_or_default(),
        types: plans.collect(),
    }
}

fn shape(model: &Model, layout: &Layout, id: TypeId, ty: &TypeDef) -> ShapePlan {
    match &ty.shape {
        Shape::Struct(fields) => ShapePlan::Struct(structs::plan(model, layout, id, fields)),
        Shape::Newtype(_) => ShapePlan::Newtype,
        Shape::Enum(def) => ShapePlan::Enum(enums::plan(def)),
        Shape::Union(def) => ShapePlan::Union(unions::plan(def)),
    }
}
