//! Flattened fields: which types can be, and that all names differ.

use std::collections::{BTreeMap, BTreeSet};

use kgen_model::model::{FieldLayout, UnionRepr};
use kgen_model::{Diagnostic, Field, Model, Report, Shape, Span, TypeDef, TypeId, TypeRef};

use crate::NAME;
use crate::codec::{flattened, wire_names};

/// Reports what is wrong with the flattened fields of a struct.
pub(super) fn check(model: &Model, id: TypeId, ty: &TypeDef, fields: &[Field], report: &mut Report) {
    let before = report.diagnostics().len();
    for field in fields.iter().filter(|field| field.layout == FieldLayout::Flattened) {
        if let Some((problem, help)) = refusal(model, id, field) {
            let message = format!("`{}` cannot be flattened: {problem}", field.name);
            report.push(Diagnostic::error("flattened-type", field.span, message).help(help));
        }
    }
    if report.diagnostics().len() == before {
        names(model, id, ty, fields, report);
    }
}

/// Why a field cannot be flattened, and what to do.
fn refusal(model: &Model, parent: TypeId, field: &Field) -> Option<(String, &'static str)> {
    const LEAVE: &str = "remove `flatten`, so that it is a member of its own";
    let Some(child) = flattened(&field.ty) else {
        return Some((format!("{} has no members of its own", noun(&field.ty)), LEAVE));
    };
    let ty = model.ty(child);
    let name = &ty.name;
    match &ty.shape {
        Shape::Enum(_) => Some((format!("`{name}` is a string"), LEAVE)),
        Shape::Newtype(_) => Some((
            format!("`{name}` is a newtype"),
            "flatten what is in it, without the newtype",
        )),
        _ if !ty.is_generated() => Some((
            format!("kgen does not write serde for `{name}`"),
            "define a struct of your own for it, or remove `flatten`",
        )),
        _ if !ty.generates(NAME) => Some((format!("`{name}` has `{NAME}` switched off"), LEAVE)),
        Shape::Struct(_) if field.ty.is_option() => Some((
            format!("nothing tells whether `{name}` is there"),
            "remove the `Option`, and let its fields be optional",
        )),
        Shape::Struct(_) if holds(model, child, parent, &mut BTreeSet::new()) => {
            Some((format!("`{name}` would hold its own members"), LEAVE))
        }
        Shape::Struct(_) => None,
        Shape::Union(def) => match def.repr {
            UnionRepr::External | UnionRepr::Discriminated { .. } => None,
            UnionRepr::Internal { .. } | UnionRepr::Adjacent { .. } | UnionRepr::Untagged => {
                Some((format!("the members of `{name}` are not told by name"), LEAVE))
            }
        },
    }
}

fn noun(ty: &TypeRef) -> &'static str {
    match ty {
        TypeRef::Map { .. } => "a map",
        TypeRef::List(_) | TypeRef::Array(..) => "a list",
        TypeRef::Option(inner) | TypeRef::Boxed(inner) => noun(inner),
        TypeRef::Bool | TypeRef::Int(_) | TypeRef::Float(_) | TypeRef::String => "a scalar",
        TypeRef::Builtin(_) | TypeRef::Named(_) => "its type",
    }
}

/// Whether a struct has the members of another one, or of one that is on the way there already.
fn holds(model: &Model, id: TypeId, wanted: TypeId, seen: &mut BTreeSet<TypeId>) -> bool {
    if id == wanted {
        return true;
    }
    let fields = model.ty(id).fields().unwrap_or_default().iter();
    let children = fields
        .filter(|field| field.layout == FieldLayout::Flattened)
        .filter_map(|field| flattened(&field.ty));
    seen.insert(id) && children.into_iter().any(|child| holds(model, child, wanted, seen))
}

fn names(model: &Model, id: TypeId, ty: &TypeDef, fields: &[Field], report: &mut Report) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    if model.resource_of(id).is_some() {
        seen.extend(["apiVersion", "kind"].map(|name| (name.to_owned(), ty.span)));
    }
    // Members come first, so that the flattened field is the one that is in the way.
    let members = fields.iter().filter(|field| field.layout == FieldLayout::Member);
    seen.extend(members.map(|field| (field.wire.clone(), field.span)));
    for field in fields.iter().filter(|field| field.layout == FieldLayout::Flattened) {
        for name in flattened(&field.ty)
            .map(|child| wire_names(model, child))
            .unwrap_or_default()
        {
            match seen.get(&name) {
                Some(first) => {
                    let message = format!("the member `{name}` of `{}` is in `{}` already", field.name, ty.name);
                    report.push(
                        Diagnostic::error("duplicate-name", field.span, message)
                            .related(*first, "first here")
                            .help("give one of them another name: `name = \"..\"`"),
                    );
                }
                None => {
                    seen.insert(name, field.span);
                }
            }
        }
    }
}
