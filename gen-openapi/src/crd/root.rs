//! The schema of a whole object, as a definition holds it: an API server adds metadata and its rules by itself.

use kgen_model::model::KubeSchema;
use kgen_model::{Facts, Model, Resource};

use crate::schema::{JsonType, Schema, merge};
use crate::schemars;
use crate::structural::SchemaOf;

const API_VERSION: &str = "The group and version of the schema that this object follows, such as `apps/v1`.";
const KIND: &str = "What this object is, in CamelCase. It cannot be changed.";

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
    let mut schema = schemas.definition(resource.ty);
    if let Some(field) = model
        .ty(resource.ty)
        .fields()
        .and_then(|fields| fields.get(resource.fields.metadata))
    {
        let facts = Facts {
            description: None,
            ..field.facts.clone()
        };
        let mut metadata = merge(Schema::of_type(JsonType::Object), schemas.facts(&field.ty, &facts));
        metadata
            .properties
            .values_mut()
            .for_each(|name| name.type_ = Some(JsonType::String));
        schema.properties.insert(field.wire.clone(), metadata);
        schema.limits.required.retain(|name| *name != field.wire);
    }
    for (name, description) in [("apiVersion", API_VERSION), ("kind", KIND)] {
        let mut property = Schema::of_type(JsonType::String);
        property.about.description = Some(description.to_owned());
        schema.properties.insert(name.to_owned(), property);
    }
    schema
}
