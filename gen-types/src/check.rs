//! What cannot be generated for a type, and why.

mod emptiness;
mod flattened;
#[cfg(test)]
mod tests;

use kgen_emit::rust::check_defaults;
use kgen_model::analysis::LONGEST_ARRAY;
use kgen_model::model::FieldLayout;
use kgen_model::{Diagnostic, Field, Model, Report, Shape, Span, TypeDef, TypeId, TypeRef};

use crate::NAME;

/// Reports everything.
pub(crate) fn check(model: &Model, report: &mut Report) {
    check_defaults(model, report);
    for (id, ty) in model.source_types().filter(|(_, ty)| ty.generates(NAME)) {
        if let Some(resource) = model.resource_of(id).filter(|resource| resource.kube_derive.is_none()) {
            kind(ty, &resource.kind, report);
        }
        if ty.is_generated() {
            shape(model, id, ty, report);
        }
    }
    emptiness::check(model, report);
}

fn kind(ty: &TypeDef, kind: &str, report: &mut Report) {
    if !ty.is_generated() {
        let message = format!(
            "`{}` derives serde itself, which writes no apiVersion and kind",
            ty.name
        );
        report.push(
            Diagnostic::error("kind-with-own-serde", ty.span, message)
                .label(format!("of the kind `{kind}`"))
                .help("remove `Serialize` and `Deserialize`: kgen writes them"),
        );
    }
    let missing: Vec<_> = ["Clone", "Debug"]
        .into_iter()
        .filter(|name| !ty.has_trait(name))
        .collect();
    if !missing.is_empty() {
        let derives = missing.join(", ");
        let message = format!(
            "the kind `{kind}` lacks {}, which kube's clients and caches need",
            quoted(&missing)
        );
        report.push(
            Diagnostic::warning("missing-derive", ty.span, message)
                .help(format!("write `#[derive({derives})]` above it")),
        );
    }
}

fn quoted(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(" and ")
}

fn shape(model: &Model, id: TypeId, ty: &TypeDef, report: &mut Report) {
    match &ty.shape {
        Shape::Struct(fields) => {
            flattened::check(model, id, fields, report);
            fields.iter().for_each(|field| array_of_field(field, report));
        }
        Shape::Newtype(inner) => array(inner, ty.span, report),
        Shape::Enum(_) => is_clone(ty, report),
        Shape::Union(def) => {
            for variant in &def.variants {
                if let Some(content) = &variant.ty {
                    array(content, variant.span, report);
                }
            }
        }
    }
}

fn is_clone(ty: &TypeDef, report: &mut Report) {
    if !ty.has_trait("Clone") {
        let message = format!("`{}` is found by its name and copied, so it has to be `Clone`", ty.name);
        report.push(Diagnostic::error("missing-derive", ty.span, message).help("write `#[derive(Clone)]` above it"));
    }
}

fn array_of_field(field: &Field, report: &mut Report) {
    match field.layout {
        FieldLayout::Member | FieldLayout::Flattened => array(&field.ty, field.span, report),
        FieldLayout::Skipped => {}
    }
}

/// serde knows arrays up to a length.
fn array(ty: &TypeRef, span: Span, report: &mut Report) {
    match ty {
        TypeRef::Array(_, length) if *length > LONGEST_ARRAY => {
            let message = format!("an array of {length} elements is longer than serde can read");
            let help = format!("use `Vec` with `min_items = {length}, max_items = {length}`");
            report.push(Diagnostic::error("unsupported-type", span, message).help(help));
        }
        TypeRef::Option(inner) | TypeRef::Boxed(inner) | TypeRef::List(inner) | TypeRef::Array(inner, _) => {
            array(inner, span, report);
        }
        TypeRef::Map { value, .. } => array(value, span, report),
        TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float(_) | TypeRef::String => {}
        TypeRef::Builtin(_) | TypeRef::Named(_) => {}
    }
}
