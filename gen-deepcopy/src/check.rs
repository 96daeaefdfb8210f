//! Refuses what no deep copy can be written for.

use kgen_model::model::{FieldLayout, MapKind, Origin};
use kgen_model::{Diagnostic, Model, Report, Shape, Span, TypeDef, TypeRef};

use crate::plan::{is_generated, leaf};

pub(crate) fn check(model: &Model, report: &mut Report) {
    for (_, ty) in model.source_types().filter(|(_, ty)| is_generated(ty)) {
        for (part, span) in parts(ty) {
            value(model, part, span, report);
            keys(model, part, span, report);
        }
    }
}

/// The types of all that a value of this type holds, each with its place.
fn parts(ty: &TypeDef) -> Vec<(&TypeRef, Span)> {
    match &ty.shape {
        Shape::Struct(fields) => {
            let known = fields.iter().filter(|field| field.layout != FieldLayout::Skipped);
            known.map(|field| (&field.ty, field.span)).collect()
        }
        Shape::Newtype(inner) => vec![(inner, ty.span)],
        Shape::Enum(_) => Vec::new(),
        Shape::Union(union) => {
            let variants = union.variants.iter();
            variants
                .filter_map(|variant| Some((variant.ty.as_ref()?, variant.span)))
                .collect()
        }
    }
}

/// A type that was left out is copied by `Clone`.
fn value(model: &Model, part: &TypeRef, span: Span, report: &mut Report) {
    let TypeRef::Named(id) = leaf(part) else { return };
    let ty = model.ty(*id);
    let is_copied = is_generated(ty) || ["DeepCopy", "Clone", "Copy"].iter().any(|name| ty.has_trait(name));
    if !is_copied {
        let message = format!("`{}` is to have no deep copy and is not `Clone` either", ty.name);
        report.push(
            Diagnostic::error("missing-derive", span, message)
                .related(ty.span, "this type")
                .help(format!(
                    "derive `Clone` for `{}`, or remove `generate(deepcopy = false)`",
                    ty.name
                )),
        );
    }
}

/// Keys of maps are cloned and looked up.
fn keys(model: &Model, part: &TypeRef, span: Span, report: &mut Report) {
    match part {
        TypeRef::Option(inner) | TypeRef::Boxed(inner) | TypeRef::List(inner) | TypeRef::Array(inner, _) => {
            keys(model, inner, span, report);
        }
        TypeRef::Map { kind, key, value } => {
            key_type(model, *kind, key, span, report);
            keys(model, value, span, report);
        }
        TypeRef::Bool
        | TypeRef::Int(_)
        | TypeRef::Float(_)
        | TypeRef::String
        | TypeRef::Builtin(_)
        | TypeRef::Named(_) => {}
    }
}

fn key_type(model: &Model, kind: MapKind, key: &TypeRef, span: Span, report: &mut Report) {
    let TypeRef::Named(id) = key else { return };
    let ty = model.ty(*id);
    let wanted: &[&str] = match kind {
        MapKind::BTree => &["Clone", "Ord"],
        MapKind::Hash => &["Clone", "Eq", "Hash"],
    };
    let missing = wanted.iter().filter(|name| !ty.has_trait(name));
    let missing: Vec<String> = missing.map(|name| format!("`{name}`")).collect();
    if ty.origin == Origin::Source && !missing.is_empty() {
        let message = format!(
            "`{}` is the key of a map, but it is not {}",
            ty.name,
            missing.join(" and not ")
        );
        let derives = missing.join(", ").replace('`', "");
        report.push(
            Diagnostic::error("missing-derive", span, message)
                .related(ty.span, "this type")
                .help(format!("add to `{}`: `#[derive({derives})]`", ty.name)),
        );
    }
}
