//! Flattened fields: which types can be. That their members differ and lead to no circle is seen when names are resolved.

use kgen_model::model::{FieldLayout, UnionRepr};
use kgen_model::{Diagnostic, Field, Model, Report, Shape, TypeId, TypeRef};

use crate::NAME;
use crate::codec::{flattened, keeps_others, wire_names};

const LEAVE: &str = "remove `flatten`, so that it is a member of its own";

/// Reports what is wrong with the flattened fields of a struct.
pub(super) fn check(model: &Model, id: TypeId, fields: &[Field], report: &mut Report) {
    for second in fields.iter().filter(|field| keeps_others(field)).skip(1) {
        let message = format!(
            "`{}` cannot be flattened: another map keeps the members already",
            second.name
        );
        report.push(Diagnostic::error("flattened-type", second.span, message).help(LEAVE));
    }
    for field in fields.iter().filter(|field| field.layout == FieldLayout::Flattened) {
        if let Some((problem, help)) = refusal(model, field) {
            let message = format!("`{}` cannot be flattened: {problem}", field.name);
            report.push(Diagnostic::error("flattened-type", field.span, message).help(help));
        } else if model.resource_of(id).is_some() {
            header(model, field, report);
        }
    }
}

/// Why a field cannot be flattened, and what to do.
fn refusal(model: &Model, field: &Field) -> Option<(String, &'static str)> {
    if keeps_others(field) {
        return None;
    }
    let Some(child) = flattened(&field.ty) else {
        return Some((format!("{} has no members that are known", noun(&field.ty)), LEAVE));
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
        Shape::Struct(fields) if fields.iter().any(keeps_others) => Some((
            format!("`{name}` keeps members that no schema names"),
            "flatten the map into this struct instead",
        )),
        Shape::Struct(_) if field.ty.is_option() => Some((
            format!("nothing tells whether `{name}` is there"),
            "remove the `Option`, and let its fields be optional",
        )),
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

/// Every kind has two members already.
fn header(model: &Model, field: &Field, report: &mut Report) {
    let names = flattened(&field.ty)
        .map(|child| wire_names(model, child))
        .unwrap_or_default();
    for name in names
        .iter()
        .filter(|name| matches!(name.as_str(), "apiVersion" | "kind"))
    {
        let message = format!(
            "`{}` brings the member `{name}`, which every kind has already",
            field.name
        );
        report.push(
            Diagnostic::error("duplicate-name", field.span, message)
                .help("give it another name in the flattened struct: `name = \"..\"`"),
        );
    }
}
