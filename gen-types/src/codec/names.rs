//! What types and their parts are called in generated code, and their members on the wire.

use std::collections::BTreeSet;

use kgen_emit::Layout;
use kgen_emit::rust::{Type, module_path, path};
use kgen_model::analysis::unboxed;
use kgen_model::model::{FieldLayout, UnionDef, UnionRepr};
use kgen_model::{Field, Model, Shape, TypeDef, TypeId, TypeRef, names};

use super::STEM;

/// A type that code is written for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The absolute path.
    pub path: String,
    /// The types that its generic parameters stand for.
    pub args: Vec<Type>,
    /// Its name, or that of the alias that stands for it if it is generic.
    pub name: String,
}

impl Subject {
    pub(crate) fn of(model: &Model, ty: &TypeDef) -> Self {
        Self {
            path: path(ty),
            args: ty.args.iter().map(|arg| Type::of(model, arg)).collect(),
            name: name(ty),
        }
    }

    /// The name of what is read of it.
    pub(crate) fn parts(&self) -> String {
        format!("{}Parts", self.name)
    }
}

/// The last part of the schema's name, which tells `Page<Line>` and `Page<Order>` apart.
fn name(ty: &TypeDef) -> String {
    if ty.args.is_empty() {
        return ty.name.clone();
    }
    let base = ty.schema_name.rsplit('.').next().unwrap_or(&ty.name);
    names::identifier(base)
}

/// The absolute path of what is read of a type.
pub(super) fn parts_path(layout: &Layout, ty: &TypeDef) -> String {
    let module = module_path(&layout.module_of(&ty.module));
    format!("{module}::{STEM}::{}Parts", name(ty))
}

/// The type whose members stand in the parent, if it is one of the model.
pub(crate) fn flattened(ty: &TypeRef) -> Option<TypeId> {
    match unboxed(ty.without_option()) {
        TypeRef::Named(id) => Some(*id),
        _ => None,
    }
}

/// Whether a field keeps the members that the schema does not name: a flattened map.
pub(crate) fn keeps_others(field: &Field) -> bool {
    let is_map = matches!(&field.ty, TypeRef::Map { key, .. } if **key == TypeRef::String);
    is_map && field.layout == FieldLayout::Flattened
}

/// The names on the wire of a struct or a union, those of flattened fields in their places.
pub(crate) fn wire_names(model: &Model, id: TypeId) -> Vec<String> {
    let mut names = Vec::new();
    add_names(model, id, &mut BTreeSet::new(), &mut names);
    names
}

fn add_names(model: &Model, id: TypeId, above: &mut BTreeSet<TypeId>, names: &mut Vec<String>) {
    if !above.insert(id) {
        return;
    }
    match &model.ty(id).shape {
        Shape::Struct(fields) => {
            for field in fields {
                match (field.layout, flattened(&field.ty)) {
                    (FieldLayout::Member, _) => names.push(field.wire.clone()),
                    (FieldLayout::Flattened, Some(child)) => add_names(model, child, above, names),
                    (FieldLayout::Flattened, None) | (FieldLayout::Skipped, _) => {}
                }
            }
        }
        Shape::Union(def) => names.extend(union_names(def)),
        Shape::Newtype(_) | Shape::Enum(_) => {}
    }
    above.remove(&id);
}

/// The discriminator, if there is one, and the members.
pub(super) fn union_names(def: &UnionDef) -> Vec<String> {
    let tag = match &def.repr {
        UnionRepr::Discriminated { tag } => Some(tag.clone()),
        UnionRepr::External | UnionRepr::Internal { .. } | UnionRepr::Adjacent { .. } | UnionRepr::Untagged => None,
    };
    let has_tag = tag.is_some();
    let members = def.variants.iter().filter(|variant| variant.ty.is_some() || !has_tag);
    tag.into_iter()
        .chain(members.map(|variant| variant.wire.clone()))
        .collect()
}
