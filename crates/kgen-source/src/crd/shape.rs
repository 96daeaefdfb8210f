//! Which Rust type a schema without members of its own is, and what must be said so that the type gives the schema back.

use kgen_model::{Builtin, Expr, Literal, Report};

use super::mark;
use super::schema::{Additional, JsonType, Schema};
use super::ty::Ty;
use super::types::schema_marker;
use super::yaml::{Kind, Node};

/// What a quantity looks like in text (`k8s.io/apimachinery/pkg/api/resource`).
const QUANTITY: &str = r"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$";

/// Whether an object has members that a struct can name. An object of which nothing is said has none, and is a struct
/// all the same: servers drop what is in it.
pub(super) fn is_struct(schema: &Schema<'_, '_>) -> bool {
    let is_object = schema.type_ == Some(JsonType::Object) && schema.int_or_string.is_none();
    let is_bare = schema.additional.is_none() && schema.preserve_unknown_fields.is_none();
    is_object && (schema.properties.is_some() || is_bare && schema.embedded_resource.is_none())
}

/// An object without known members that is no map of one sort of values.
pub(super) fn free_form(
    schema: &Schema<'_, '_>,
    additional: Option<&Additional<'_, '_>>,
    markers: &mut Vec<Expr>,
) -> Ty {
    let preserves = schema.preserve_unknown_fields;
    let Some(Additional::Allowed(allowed, span)) = additional else {
        // The type preserves unknown fields by itself.
        if preserves.is_none() {
            markers.push(schema_marker(schema));
        }
        return Ty::Builtin(Builtin::RawExtension);
    };
    markers.push(schema_marker(schema));
    markers.push(mark::assign("additional_properties", Literal::Bool(*allowed), *span));
    markers.extend(preserves.map(|span| mark::flag("preserve_unknown_fields", span)));
    Ty::any_members()
}

/// A value without parts, or of any form.
pub(super) fn scalar(schema: &Schema<'_, '_>, markers: &mut Vec<Expr>, report: &mut Report) -> Option<Ty> {
    let preserves = schema.preserve_unknown_fields;
    if let Some(span) = schema.int_or_string {
        if let Some(type_) = schema.type_ {
            let message = format!(
                "a value that is an integer or a string is not of the type `{}` alone",
                type_.name()
            );
            report.push(schema.at.error("not-structural", message).help("take `type` away"));
            return None;
        }
        if !is_spelled(schema) {
            markers.push(mark::assign_word("int_or_string", "bare", span));
        }
        markers.extend(preserves.map(|span| mark::flag("preserve_unknown_fields", span)));
        let is_quantity = schema.pattern.is_some_and(|(pattern, _)| pattern == QUANTITY);
        return Some(Ty::Builtin(if is_quantity {
            Builtin::Quantity
        } else {
            Builtin::IntOrString
        }));
    }
    let Some(type_) = schema.type_ else {
        if preserves.is_some() {
            return Some(Ty::Builtin(Builtin::Json));
        }
        let message = "this schema does not say its type";
        let help = "add `type`, `x-kubernetes-int-or-string: true`, or `x-kubernetes-preserve-unknown-fields: true` for any value";
        report.push(schema.at.error("not-structural", message).help(help));
        return None;
    };
    markers.extend(preserves.map(|span| mark::flag("preserve_unknown_fields", span)));
    Some(match type_ {
        JsonType::String => string(schema, markers),
        JsonType::Boolean => said(Ty::Plain("bool"), schema, schema.format.is_none(), markers),
        JsonType::Integer => integer(schema, markers),
        JsonType::Number => said(Ty::Plain("f64"), schema, schema.format.is_none(), markers),
        JsonType::Array | JsonType::Object => Ty::Builtin(Builtin::Json),
    })
}

/// The type, and what the schema says of its form where the type alone would not say it.
fn said(ty: Ty, schema: &Schema<'_, '_>, follows: bool, markers: &mut Vec<Expr>) -> Ty {
    if !follows {
        markers.push(schema_marker(schema));
    }
    ty
}

fn string(schema: &Schema<'_, '_>, markers: &mut Vec<Expr>) -> Ty {
    match schema.format {
        Some(("date-time", _)) => Ty::Builtin(Builtin::Time),
        Some(("byte", _)) => Ty::Builtin(Builtin::ByteString),
        // The marker would say more than the schema does.
        Some((format, _)) if format.starts_with("k8s-") => said(Ty::Plain("String"), schema, false, markers),
        Some((format, span)) => {
            markers.push(mark::assign("format", format, span));
            Ty::Plain("String")
        }
        None => Ty::Plain("String"),
    }
}

fn integer(schema: &Schema<'_, '_>, markers: &mut Vec<Expr>) -> Ty {
    match schema.format {
        Some(("int32", _)) => Ty::Plain("i32"),
        Some(("int64", _)) => Ty::Plain("i64"),
        _ => {
            let is_large = bound(schema, "maximum").is_some_and(|maximum| maximum > i128::from(i64::MAX));
            let is_positive = bound(schema, "minimum").is_some_and(|minimum| minimum >= 0);
            let ty = if is_large && is_positive { "u64" } else { "i64" };
            said(Ty::Plain(ty), schema, false, markers)
        }
    }
}

fn bound(schema: &Schema<'_, '_>, keyword: &str) -> Option<i128> {
    match schema.at.node.get(keyword)?.kind {
        Kind::Int(value) => Some(value),
        _ => None,
    }
}

/// Whether an integer or string is a quantity by the type alone.
pub(super) fn is_quantity(schema: &Schema<'_, '_>) -> bool {
    schema.int_or_string.is_some()
        && is_spelled(schema)
        && schema.pattern.is_some_and(|(pattern, _)| pattern == QUANTITY)
}

/// Whether an integer or string says so by `anyOf` as well, as the type of Rust does.
pub(super) fn is_spelled(schema: &Schema<'_, '_>) -> bool {
    let is_type = |case: &Node<'_>, name: &str| {
        let entries = case.entries().unwrap_or_default();
        matches!(entries, [only] if only.key == "type" && only.value.text() == Some(name))
    };
    let Some(Kind::List(cases)) = schema.any_of.as_ref().map(|at| &at.node.kind) else {
        return false;
    };
    let is_both = matches!(cases.as_slice(), [a, b] if is_type(a, "integer") && is_type(b, "string"));
    schema.int_or_string.is_some() && is_both
}
