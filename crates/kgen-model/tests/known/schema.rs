//! What a definition of the model says, in the form of the published document, so that the two can be compared. It
//! knows nothing of the tables.

use kgen_model::facts::{ListType, MapType};
use kgen_model::model::{Float, Int};
use kgen_model::{Builtin, Facts, Field, Presence, Shape, TypeDef, TypeRef};
use serde_json::{Map, Value, json};

/// The published schema without prose, and with what is known better.
pub(crate) fn expected(name: &str, published: &Value) -> Value {
    let mut schema = published.clone();
    let members = schema.as_object_mut().expect("a schema is an object");
    for keyword in ["description", "x-kubernetes-group-version-kind", "x-kubernetes-unions"] {
        members.remove(keyword);
    }
    for (_, property) in members
        .get_mut("properties")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flatten()
    {
        property
            .as_object_mut()
            .expect("a schema is an object")
            .remove("description");
    }
    // The order says nothing.
    if let Some(required) = members.get_mut("required").and_then(Value::as_array_mut) {
        required.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
    }
    match name {
        "io.k8s.api.core.v1.PortStatus" | "io.k8s.api.networking.v1.IngressPortStatus" => {
            schema["required"] = json!(["error", "port", "protocol"]);
        }
        "io.k8s.api.core.v1.ConfigMapEnvSource"
        | "io.k8s.api.core.v1.ConfigMapProjection"
        | "io.k8s.api.core.v1.ConfigMapVolumeSource"
        | "io.k8s.api.core.v1.SecretEnvSource"
        | "io.k8s.api.core.v1.SecretProjection" => schema["x-kubernetes-map-type"] = json!("atomic"),
        _ => {}
    }
    schema
}

/// The schema of a definition; `references` gives the names of ids.
pub(crate) fn of(ty: &TypeDef, references: &[&str]) -> Value {
    let mut schema = match &ty.shape {
        Shape::Struct(fields) => struct_schema(fields, references),
        Shape::Newtype(inner) => match &ty.facts.schema.type_ {
            Some(type_) => members(json!({ "type": type_ })),
            None => members(scalar_schema(inner)),
        },
        Shape::Union(_) if ty.facts.schema.schemaless => Map::new(),
        other => panic!("Kubernetes has no {other:?}"),
    };
    add_facts(&mut schema, &ty.facts);
    Value::Object(schema)
}

fn struct_schema(fields: &[Field], references: &[&str]) -> Map<String, Value> {
    let mut schema = members(json!({ "type": "object" }));
    let mut properties = Map::new();
    for field in fields {
        let mut property = members(type_schema(&field.ty, references));
        add_facts(&mut property, &field.facts);
        properties.insert(field.wire.clone(), Value::Object(property));
    }
    let required: Vec<&str> = fields
        .iter()
        .filter(|field| field.presence == Presence::Required)
        .map(|field| field.wire.as_str())
        .collect();
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    schema.insert("properties".to_owned(), Value::Object(properties));
    schema
}

fn type_schema(ty: &TypeRef, references: &[&str]) -> Value {
    match ty {
        TypeRef::Option(inner) | TypeRef::Boxed(inner) => type_schema(inner, references),
        TypeRef::Named(id) => json!({ "$ref": format!("#/definitions/{}", references[id.0 as usize]) }),
        TypeRef::Builtin(Builtin::ByteString) => json!({ "type": "string", "format": "byte" }),
        TypeRef::Builtin(builtin) => json!({ "$ref": format!("#/definitions/{}", definition_of(*builtin)) }),
        TypeRef::Bool => json!({ "type": "boolean" }),
        TypeRef::Int(Int::I32) => json!({ "type": "integer", "format": "int32" }),
        TypeRef::Int(Int::I64) => json!({ "type": "integer", "format": "int64" }),
        TypeRef::Float(Float::F64) => json!({ "type": "number", "format": "double" }),
        TypeRef::String => json!({ "type": "string" }),
        TypeRef::List(element) => json!({ "type": "array", "items": type_schema(element, references) }),
        TypeRef::Map { value, .. } => {
            json!({ "type": "object", "additionalProperties": type_schema(value, references) })
        }
        other => panic!("Kubernetes has no {other:?}"),
    }
}

fn definition_of(builtin: Builtin) -> &'static str {
    match builtin {
        Builtin::Time => "io.k8s.apimachinery.pkg.apis.meta.v1.Time",
        Builtin::MicroTime => "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime",
        Builtin::FieldsV1 => "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1",
        Builtin::Quantity => "io.k8s.apimachinery.pkg.api.resource.Quantity",
        Builtin::IntOrString => "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
        Builtin::RawExtension => "io.k8s.apimachinery.pkg.runtime.RawExtension",
        Builtin::Json => "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON",
        Builtin::Duration | Builtin::ByteString | Builtin::EmbeddedObject => panic!("{builtin:?} has no definition"),
    }
}

fn scalar_schema(ty: &TypeRef) -> Value {
    match ty {
        TypeRef::Builtin(Builtin::Time | Builtin::MicroTime) => json!({ "type": "string", "format": "date-time" }),
        TypeRef::Builtin(Builtin::Quantity) => json!({ "type": "string" }),
        TypeRef::Builtin(Builtin::IntOrString) => json!({ "type": "string", "format": "int-or-string" }),
        TypeRef::Builtin(Builtin::FieldsV1 | Builtin::RawExtension) => json!({ "type": "object" }),
        TypeRef::Builtin(Builtin::Json) => json!({}),
        other => panic!("{other:?} is no scalar of Kubernetes"),
    }
}

fn add_facts(schema: &mut Map<String, Value>, facts: &Facts) {
    let list = facts.list.as_ref().map(|list| match list {
        ListType::Atomic => json!("atomic"),
        ListType::Set => json!("set"),
        ListType::Map(_) => json!("map"),
    });
    let keys = match &facts.list {
        Some(ListType::Map(keys)) => Some(json!(keys)),
        Some(ListType::Atomic | ListType::Set) | None => None,
    };
    let map = facts.map.map(|map| match map {
        MapType::Granular => json!("granular"),
        MapType::Atomic => json!("atomic"),
    });
    let said = [
        ("x-kubernetes-list-type", list),
        ("x-kubernetes-list-map-keys", keys),
        ("x-kubernetes-map-type", map),
        (
            "x-kubernetes-patch-strategy",
            facts.patch.strategy.as_ref().map(|strategy| json!(strategy)),
        ),
        (
            "x-kubernetes-patch-merge-key",
            facts.patch.merge_key.as_ref().map(|key| json!(key)),
        ),
    ];
    schema.extend(
        said.into_iter()
            .filter_map(|(keyword, value)| Some((keyword.to_owned(), value?))),
    );
}

fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        other => panic!("{other} is no schema"),
    }
}
