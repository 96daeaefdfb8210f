//! A schema in the words of OpenAPI 2.0. What is left out follows apiextensions-apiserver (`ToStructuralOpenAPIV2`) and
//! kube-openapi (`PruneDefaults`), because kubectl reads these schemas and trips over more.

use crate::schema::{AdditionalProperties, JsonType, Schema};

use super::v2::DEFINITIONS;
use super::v3::COMPONENTS;

/// The schema without logic, defaults and `nullable`, and with references beside what is said about them.
pub(super) fn schema(schema: &Schema) -> Schema {
    let mut schema = schema.clone();
    lower(&mut schema);
    schema
}

fn lower(schema: &mut Schema) {
    let nullable = |name: &String| schema.properties.get(name).is_some_and(|property| property.nullable);
    let required = std::mem::take(&mut schema.limits.required);
    schema.limits.required = required.into_iter().filter(|name| !nullable(name)).collect();
    schema.about.default = None;
    lower_logic(schema);
    if schema.nullable {
        schema.nullable = false;
        schema.reference = None;
        schema.type_ = None;
        forget_members(schema);
    }
    if schema.kubernetes.preserve_unknown_fields {
        forget_members(schema);
        // A kind stays an object: it is what requests send.
        if schema.type_ == Some(JsonType::Object) && schema.kubernetes.group_version_kinds.is_empty() {
            schema.type_ = None;
        }
    }
    if schema.type_ == Some(JsonType::Array) && schema.items.is_none() {
        schema.type_ = None;
    }
    let additional = match &mut schema.additional_properties {
        Some(AdditionalProperties::Each(each)) => Some(each.as_mut()),
        Some(AdditionalProperties::Allowed(_)) | None => None,
    };
    schema
        .properties
        .values_mut()
        .chain(schema.items.as_deref_mut())
        .chain(additional)
        .for_each(lower);
}

fn lower_logic(schema: &mut Schema) {
    let logic = std::mem::take(&mut schema.logic);
    // Version 3 ignores what stands beside a reference, so that it hides in `allOf` there.
    let referenced = logic.all_of.into_iter().find_map(|branch| branch.reference);
    if let Some(pointer) = schema.reference.take().or(referenced) {
        schema.reference = Some(pointer.replacen(COMPONENTS, DEFINITIONS, 1));
        schema.type_ = None;
        forget_members(schema);
    }
    // Version 2 has no choice of types: what may be a string is one.
    let choice = logic.one_of.iter().any(|branch| branch.type_ == Some(JsonType::String));
    if choice && schema.type_.is_none() && schema.reference.is_none() && !schema.kubernetes.int_or_string {
        schema.type_ = Some(JsonType::String);
    }
}

fn forget_members(schema: &mut Schema) {
    schema.items = None;
    schema.properties.clear();
    schema.additional_properties = None;
    schema.limits.required.clear();
}
