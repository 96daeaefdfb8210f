//! Refuses what cannot be merged: values that are to be compared and have no `PartialEq`, keys of maps without an order.

use kgen_model::model::{FieldLayout, MapKind, Origin};
use kgen_model::{Diagnostic, Facts, ListType, Model, Report, Shape, Span, TypeDef, TypeRef};

use super::keys::key;
use super::plan::{is_generated, strategy};

pub(crate) fn check(model: &Model, report: &mut Report) {
    for (_, ty) in model.source_types().filter(|(_, ty)| is_generated(ty)) {
        for Part { ty, facts, span } in parts(ty) {
            Check { model, span, report }.value(ty, Some(facts));
        }
    }
}

/// Something that a type holds.
struct Part<'m> {
    ty: &'m TypeRef,
    facts: &'m Facts,
    span: Span,
}

fn parts(ty: &TypeDef) -> Vec<Part<'_>> {
    let part = |ty, facts, span| Part { ty, facts, span };
    match &ty.shape {
        Shape::Struct(fields) => {
            let known = fields.iter().filter(|field| field.layout != FieldLayout::Skipped);
            known.map(|field| part(&field.ty, &field.facts, field.span)).collect()
        }
        Shape::Newtype(inner) => vec![part(inner, &ty.facts, ty.span)],
        Shape::Enum(_) => Vec::new(),
        Shape::Union(union) => {
            let variants = union.variants.iter();
            variants
                .filter_map(|variant| Some(part(variant.ty.as_ref()?, &variant.facts, variant.span)))
                .collect()
        }
    }
}

struct Check<'m, 'r> {
    model: &'m Model,
    span: Span,
    report: &'r mut Report,
}

impl Check<'_, '_> {
    fn value(&mut self, ty: &TypeRef, facts: Option<&Facts>) {
        let each = facts.and_then(|facts| facts.each.as_deref());
        match ty {
            TypeRef::Option(inner) => self.value(inner, facts),
            TypeRef::List(item) => {
                self.list(item, facts.and_then(strategy));
                self.value(item, each);
            }
            TypeRef::Map {
                kind: MapKind::BTree,
                key,
                value,
            } => {
                self.needs(key, "Ord", "the key of a map");
                self.value(value, each);
            }
            // Nothing below these is merged.
            TypeRef::Boxed(_)
            | TypeRef::Array(..)
            | TypeRef::Map {
                kind: MapKind::Hash, ..
            } => {}
            TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float(_) | TypeRef::String => {}
            TypeRef::Builtin(_) | TypeRef::Named(_) => {}
        }
    }

    fn list(&mut self, item: &TypeRef, strategy: Option<ListType>) {
        match strategy {
            Some(ListType::Set) => self.needs(item, "PartialEq", "the element of a set"),
            Some(ListType::Map(wires)) => {
                for key in wires.iter().filter_map(|wire| key(self.model, item, wire)) {
                    self.needs(key.ty, "PartialEq", "a key of a list");
                }
            }
            Some(ListType::Atomic) | None => {}
        }
    }

    fn needs(&mut self, ty: &TypeRef, wanted: &str, as_what: &str) {
        match ty {
            TypeRef::Named(id) => {
                let ty = self.model.ty(*id);
                if ty.origin == Origin::Source && !ty.has_trait(wanted) {
                    self.report.push(missing(ty, self.span, wanted, as_what));
                }
            }
            TypeRef::Option(inner) | TypeRef::Boxed(inner) | TypeRef::List(inner) | TypeRef::Array(inner, _) => {
                self.needs(inner, wanted, as_what);
            }
            TypeRef::Map { key, value, .. } => {
                self.needs(key, wanted, as_what);
                self.needs(value, wanted, as_what);
            }
            TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float(_) | TypeRef::String | TypeRef::Builtin(_) => {}
        }
    }
}

fn missing(ty: &TypeDef, span: Span, wanted: &str, as_what: &str) -> Diagnostic {
    let message = format!("`{}` is {as_what}, but it is not `{wanted}`", ty.name);
    Diagnostic::error("missing-derive", span, message)
        .related(ty.span, "this type")
        .help(format!("add to `{}`: `#[derive({wanted})]`", ty.name))
}
