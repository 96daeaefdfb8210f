//! Structs that have no default: what is read of them, and how it becomes a value.

use kgen_emit::Layout;
use kgen_emit::rust::{Type, Value};
use kgen_model::analysis::unboxed;
use kgen_model::model::FieldLayout;
use kgen_model::{Field, Model, Shape, TypeId, TypeRef};

use super::names::{flattened, parts_path};
use super::structs::{StartPlan, start_value};

/// What is read of a struct.
#[derive(Clone, Debug, PartialEq)]
pub struct PartsPlan {
    /// A part for each field.
    pub parts: Vec<Part>,
    /// What the parts begin as, if not as their default.
    pub start: Option<StartPlan>,
}

/// A part.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The Rust name of the field.
    pub field: String,
    /// What holds what is read.
    pub slot: Slot,
    /// How that becomes the field.
    pub assemble: Assemble,
    /// How many boxes the field has around it.
    pub boxes: usize,
}

/// What holds what is read of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// `Option<T>`
    Option(Type),
    /// `UnionParts<T>`
    Union(Type),
    /// The parts of a struct, by their path.
    Parts(String),
    /// The value itself.
    Itself(Type),
    /// Nothing.
    Nothing,
}

/// How what was read becomes the value of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Assemble {
    /// It is the value.
    Given,
    /// If there is nothing, by `Default`.
    OrDefault,
    /// If there is nothing, this.
    Or(Value),
    /// If there is nothing, it is an error that names the field.
    Required(String),
    /// From parts.
    Parts,
    /// From parts, if anything was read.
    PartsOption,
    /// It is not read.
    Skipped,
}

impl Part {
    /// What stands in for a field that is absent.
    pub(super) fn value(&self) -> Option<&Value> {
        match &self.assemble {
            Assemble::Or(value) => Some(value),
            Assemble::Given | Assemble::OrDefault | Assemble::Required(_) | Assemble::Skipped => None,
            Assemble::Parts | Assemble::PartsOption => None,
        }
    }
}

pub(super) fn plan(model: &Model, layout: &Layout, fields: &[Field]) -> PartsPlan {
    let starts: Vec<_> = fields
        .iter()
        .filter_map(|field| part_start(model, layout, field))
        .collect();
    let parts: Vec<_> = fields.iter().map(|field| part(model, layout, field)).collect();
    let slots = parts.iter().filter(|part| part.slot != Slot::Nothing).count();
    let start = (!starts.is_empty()).then_some(StartPlan {
        has_rest: starts.len() < slots,
        fields: starts,
    });
    PartsPlan { parts, start }
}

fn part(model: &Model, layout: &Layout, field: &Field) -> Part {
    let (slot, assemble) = match field.layout {
        FieldLayout::Skipped => (Slot::Nothing, Assemble::Skipped),
        FieldLayout::Member => (
            Slot::Option(Type::of(model, field.ty.without_option())),
            assemble(model, field),
        ),
        FieldLayout::Flattened => flattened_part(model, layout, field),
    };
    let boxes = match field.layout {
        FieldLayout::Flattened => boxes(field.ty.without_option()),
        FieldLayout::Member | FieldLayout::Skipped => 0,
    };
    let field = field.name.clone();
    Part {
        field,
        slot,
        assemble,
        boxes,
    }
}

fn boxes(ty: &TypeRef) -> usize {
    match ty {
        TypeRef::Boxed(inner) => 1 + boxes(inner),
        _ => 0,
    }
}

fn assemble(model: &Model, field: &Field) -> Assemble {
    match start_value(model, field) {
        _ if field.ty.is_option() => Assemble::Given,
        Some(value) => Assemble::Or(value),
        None if model.has_default(&field.ty) => Assemble::OrDefault,
        None => Assemble::Required(field.wire.clone()),
    }
}

fn flattened_part(model: &Model, layout: &Layout, field: &Field) -> (Slot, Assemble) {
    let ty = Type::of(model, unboxed(field.ty.without_option()));
    match flattened(&field.ty).map(|child| (child, &model.ty(child).shape)) {
        Some((_, Shape::Union(_))) if field.ty.is_option() => (Slot::Union(ty), Assemble::PartsOption),
        Some((_, Shape::Union(_))) => (Slot::Union(ty), Assemble::Parts),
        Some((child, Shape::Struct(_))) if model.is_assembled(child) => {
            (Slot::Parts(parts_path(layout, model.ty(child))), Assemble::Parts)
        }
        _ => (Slot::Itself(ty), Assemble::Given),
    }
}

/// What a part begins as, where that is not its default: only what is flattened is there before anything was read.
fn part_start(model: &Model, layout: &Layout, field: &Field) -> Option<(String, Value)> {
    let child = flattened(&field.ty).filter(|_| field.layout == FieldLayout::Flattened)?;
    let path = if model.has_start(child) {
        kgen_emit::rust::path(model.ty(child))
    } else if parts_start(model, child) {
        parts_path(layout, model.ty(child))
    } else {
        return None;
    };
    Some((field.name.clone(), Value::start(path)))
}

/// Whether the parts of a type have a start.
fn parts_start(model: &Model, id: TypeId) -> bool {
    let fields = model.ty(id).generated_fields().filter(|_| model.is_assembled(id));
    let mut fields = fields
        .unwrap_or_default()
        .iter()
        .filter(|field| field.layout == FieldLayout::Flattened);
    fields.any(|field| {
        flattened(&field.ty).is_some_and(|child| child != id && (model.has_start(child) || parts_start(model, child)))
    })
}
