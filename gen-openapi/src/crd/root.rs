//! The schema of a whole object, as a definition holds it: an API server adds metadata and its rules by itself.

use kgen_model::model::KubeSchema;
use kgen_model::{Facts, Model, Resource, RuleKind, TypeDef, TypeRef};

use crate::schema::{JsonType, Schema, merge};
use crate::schemars;
use crate::structural::SchemaOf;

/// What every object has, with the words of Kubernetes, which controller-gen writes too.
const OF_EVERY_OBJECT: [(&str, &str); 2] = [
    (
        "apiVersion",
        "APIVersion defines the versioned schema of this representation of an object.\n\
         Servers should convert recognized schemas to the latest internal value, and\n\
         may reject unrecognized values.\n\
         More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources",
    ),
    (
        "kind",
        "Kind is a string value representing the REST resource this object represents.\n\
         Servers may infer this from the endpoint the client submits requests to.\n\
         Cannot be updated.\n\
         In CamelCase.\n\
         More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds",
    ),
];

/// The schema of a kind in one version. What kube-derive makes has what kube-derive gives it, which may be none.
pub(super) fn schema(model: &Model, resource: &Resource) -> Option<Schema> {
    match &resource.kube_derive {
        Some(derive) => match derive.schema {
            KubeSchema::Derived(root) => Some(schemars::root(model, root).0),
            KubeSchema::Manual | KubeSchema::Disabled => None,
        },
        None => Some(of_types(model, resource)),
    }
}

fn of_types(model: &Model, resource: &Resource) -> Schema {
    let schemas = SchemaOf::inline(model);
    let ty = model.ty(resource.ty);
    let mut schema = schemas.definition(resource.ty);
    add_metadata(schemas, resource, ty, &mut schema);
    for (name, description) in OF_EVERY_OBJECT {
        let mut property = Schema::of_type(JsonType::String);
        let said = said(ty, name);
        // The empty description takes the usual one away.
        let is_described = said.is_some_and(|facts| facts.description.is_some());
        property.about.description = (!is_described).then(|| description.to_owned());
        if let Some(facts) = said {
            property = merge(property, schemas.facts(&TypeRef::String, facts));
        }
        schema.properties.insert(name.to_owned(), property);
    }
    for name in &resource.omitted {
        schema.properties.remove(name);
    }
    schema
}

/// Servers know what metadata is, and want it whether the schema says so or not.
fn add_metadata(schemas: SchemaOf<'_>, resource: &Resource, ty: &TypeDef, schema: &mut Schema) {
    let field = ty.fields().and_then(|fields| fields.get(resource.fields.metadata));
    let Some(field) = field else { return };
    let facts = Facts {
        description: None,
        ..field.facts.clone()
    };
    let mut metadata = merge(Schema::of_type(JsonType::Object), schemas.facts(&field.ty, &facts));
    if let Some(facts) = said(ty, &field.wire) {
        metadata = merge(metadata, schemas.facts(&field.ty, facts));
    }
    metadata
        .properties
        .values_mut()
        .for_each(|name| name.type_ = Some(JsonType::String));
    schema.properties.insert(field.wire.clone(), metadata);
    let is_asked_for = ty.facts.rule_kinds().any(|rule| match rule {
        RuleKind::FieldsRequired(names) => names.contains(&field.wire),
        _ => false,
    });
    if !is_asked_for {
        schema.limits.required.retain(|name| *name != field.wire);
    }
}

/// What the kind says of one of its members.
fn said<'m>(ty: &'m TypeDef, wire: &str) -> Option<&'m Facts> {
    let mut subfields = ty.facts.subfields.iter();
    subfields.find(|(name, _)| name == wire).map(|(_, facts)| facts)
}
