//! Structs: the index of each field, and how it is read and written.

use std::ops::Range;

use kgen_emit::Layout;
use kgen_emit::rust::Value;
use kgen_model::model::FieldLayout;
use kgen_model::{Field, Model, Presence, TypeId};

use super::names::{flattened, keeps_others, wire_names};
use super::parts::{self, PartsPlan};

/// How a struct is read and written.
#[derive(Clone, Debug, PartialEq)]
pub struct StructPlan {
    /// Whether it is a kind, which has apiVersion and kind.
    pub is_kind: bool,
    /// The names on the wire, by which fields are numbered.
    pub names: Vec<String>,
    /// What it is assembled from, if it cannot begin as its default.
    pub parts: Option<PartsPlan>,
    /// What it begins as, if not as its default.
    pub start: Option<StartPlan>,
    /// How fields are read, by their numbers.
    pub arms: Vec<Arm>,
    /// The Rust name of the field that keeps members which are none of these.
    pub others: Option<String>,
    /// How fields are written.
    pub lines: Vec<Line>,
}

/// What is there when no field is given.
#[derive(Clone, Debug, PartialEq)]
pub struct StartPlan {
    /// The fields that differ from the default.
    pub fields: Vec<(String, Value)>,
    /// Whether there are others.
    pub has_rest: bool,
}

/// How one field is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arm {
    /// Its numbers: several if it is flattened.
    pub numbers: Range<usize>,
    /// The Rust name.
    pub field: String,
    /// How.
    pub read: Read,
}

/// How a field is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    /// `null` leaves it as it is.
    Plain,
    /// `null` empties it.
    Option,
    /// Its own fields are read.
    Flattened,
}

/// How one field is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The Rust name.
    pub field: String,
    /// How.
    pub write: Write,
}

/// How a field is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Under this name, whatever it holds.
    Always(String),
    /// Under this name, if it is there.
    Option(String),
    /// Under this name, unless it is empty.
    Filled(String),
    /// Its own fields are.
    Flattened,
    /// Its own fields are, if it is there.
    FlattenedOption,
    /// Its members are, which the schema does not name.
    Others,
}

pub(super) fn plan(model: &Model, layout: &Layout, id: TypeId, fields: &[Field]) -> StructPlan {
    let parts = model.is_assembled(id).then(|| parts::plan(model, layout, fields));
    let start = model.has_start(id).then(|| start(model, fields));
    StructPlan {
        is_kind: model.resource_of(id).is_some(),
        names: wire_names(model, id),
        arms: arms(model, fields, parts.is_some()),
        parts,
        start,
        others: fields
            .iter()
            .find(|field| keeps_others(field))
            .map(|field| field.name.clone()),
        lines: fields.iter().filter_map(|field| line(model, id, field)).collect(),
    }
}

fn start(model: &Model, fields: &[Field]) -> StartPlan {
    let values = fields
        .iter()
        .filter_map(|field| Some((field.name.clone(), start_value(model, field)?)));
    let values: Vec<_> = values.collect();
    StartPlan {
        has_rest: values.len() < fields.len(),
        fields: values,
    }
}

/// What a plain field holds that is not given, where that is not the default of its type.
pub(super) fn start_value(model: &Model, field: &Field) -> Option<Value> {
    if field.ty.is_option() || field.layout == FieldLayout::Skipped {
        return None;
    }
    match model.default_of(field) {
        Some(default) => Value::of(model, &field.ty, default).ok(),
        None => Value::start_of(model, &field.ty),
    }
}

fn arms(model: &Model, fields: &[Field], is_assembled: bool) -> Vec<Arm> {
    let mut arms = Vec::new();
    let mut next = 0;
    for field in fields {
        let (count, read) = match field.layout {
            FieldLayout::Skipped => (0, Read::Plain),
            FieldLayout::Member if is_assembled || field.ty.is_option() => (1, Read::Option),
            FieldLayout::Member => (1, Read::Plain),
            FieldLayout::Flattened => {
                let names = flattened(&field.ty).map(|child| wire_names(model, child));
                (names.unwrap_or_default().len(), Read::Flattened)
            }
        };
        let numbers = next..next + count;
        next = numbers.end;
        if count > 0 {
            let field = field.name.clone();
            arms.push(Arm { numbers, field, read });
        }
    }
    arms
}

fn line(model: &Model, id: TypeId, field: &Field) -> Option<Line> {
    let wire = field.wire.clone();
    let is_option = field.ty.is_option();
    let write = match field.layout {
        FieldLayout::Skipped => return None,
        FieldLayout::Flattened if keeps_others(field) => Write::Others,
        FieldLayout::Flattened if is_option => Write::FlattenedOption,
        FieldLayout::Flattened => Write::Flattened,
        FieldLayout::Member if is_option && field.presence != Presence::Required => Write::Option(wire),
        FieldLayout::Member if is_filled(model, id, field) => Write::Filled(wire),
        FieldLayout::Member => Write::Always(wire),
    };
    let field = field.name.clone();
    Some(Line { field, write })
}

/// The fields that are left out where they are empty.
pub(crate) fn filled(model: &Model, id: TypeId) -> impl Iterator<Item = &Field> {
    let fields = model.ty(id).generated_fields().unwrap_or_default();
    fields.iter().filter(move |field| is_filled(model, id, field))
}

/// Whether a plain field is left out where it is empty: only if absent means the same.
fn is_filled(model: &Model, id: TypeId, field: &Field) -> bool {
    let is_plain_member = field.layout == FieldLayout::Member && !field.ty.is_option();
    let has_other_default = model.ty(id).is_by_hand("Default") && !model.is_assembled(id);
    let is_optional = field.presence == Presence::Optional && model.default_of(field).is_none();
    is_plain_member && is_optional && !has_other_default
}
