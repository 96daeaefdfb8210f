//! How objects of a kind are merged: by the types that OpenAPI tells of, in the version that a manager wrote.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use kgen::scheme::{KindVersion, Scheme};
use kgen::{GroupVersionKind, Object};
use serde_json::Value;

use crate::apply::{ConvertError, FieldManager, FieldSet, ObjectType, PathElement, Schema, Versions};

/// What OpenAPI says of a version.
pub(super) struct Model {
    pub(super) schema: Arc<Schema>,
    pub(super) json: Value,
}

/// The versions of a kind as merging sees them, and the names of its top fields.
pub(super) struct Fields {
    versions: Arc<SchemeVersions>,
    tops: BTreeMap<String, Vec<String>>,
    with_status: bool,
}

impl Fields {
    pub(super) fn of(versions: &[&KindVersion], models: &BTreeMap<&str, Model>, scheme: Arc<Scheme>) -> Self {
        let (mut types, mut tops) = (BTreeMap::new(), BTreeMap::new());
        for kind in versions {
            let api_version = kind.gvk.api_version().into_owned();
            let model = models.get(&*api_version);
            let typed = model.and_then(|model| ObjectType::of_kind(&model.schema, &api_version, &kind.gvk.kind));
            let top = model.map_or_else(Vec::new, |model| top_fields(&model.json, &kind.gvk));
            tops.insert(api_version.clone(), top);
            types.insert(api_version, typed.unwrap_or_else(ObjectType::deduced));
        }
        Self {
            versions: Arc::new(SchemeVersions { scheme, types }),
            tops,
            with_status: versions.iter().any(|kind| kind.subresources.status),
        }
    }

    pub(super) fn of_object(&self, kind: &KindVersion) -> FieldManager {
        let versions = self.tops.keys().filter(|_| self.with_status);
        versions.fold(self.manager(kind), |manager, version| {
            manager.with_reset_fields(version.clone(), top_set(["status"]))
        })
    }

    pub(super) fn of_status(&self, kind: &KindVersion) -> FieldManager {
        let manager = self.manager(kind).with_subresource("status");
        self.tops.iter().fold(manager, |manager, (version, tops)| {
            let kept = ["apiVersion", "kind", "metadata", "status"];
            let others = tops.iter().map(String::as_str).filter(|top| !kept.contains(top));
            manager.with_reset_fields(version.clone(), top_set(others.chain(["spec"])))
        })
    }

    fn manager(&self, kind: &KindVersion) -> FieldManager {
        FieldManager::new(kind.gvk.api_version(), kind.gvk.kind.clone(), self.versions.clone())
    }
}

fn top_set<'a>(names: impl IntoIterator<Item = &'a str>) -> FieldSet {
    FieldSet::of(names.into_iter().map(|name| vec![PathElement::field(name)]))
}

/// The names of the properties of a kind.
fn top_fields(document: &Value, gvk: &GroupVersionKind) -> Vec<String> {
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    let is_kind = |schema: &Value| {
        let kinds = schema.get("x-kubernetes-group-version-kind").and_then(Value::as_array);
        kinds.is_some_and(|kinds| {
            kinds
                .iter()
                .any(|kind| kind["kind"] == *gvk.kind && kind["group"] == *gvk.group && kind["version"] == *gvk.version)
        })
    };
    let schema = schemas
        .into_iter()
        .flat_map(|schemas| schemas.values())
        .find(|schema| is_kind(schema));
    let properties = schema.and_then(|schema| schema["properties"].as_object());
    properties.map_or_else(Vec::new, |properties| properties.keys().cloned().collect())
}

/// The versions of a kind as merging sees them.
struct SchemeVersions {
    scheme: Arc<Scheme>,
    types: BTreeMap<String, ObjectType>,
}

impl Versions for SchemeVersions {
    fn object_type(&self, api_version: &str) -> Option<&ObjectType> {
        self.types.get(api_version)
    }

    fn convert(&self, object: &Value, api_version: &str) -> Result<Value, ConvertError> {
        if object["apiVersion"] == api_version {
            return Ok(object.clone());
        }
        if !self.types.contains_key(api_version) {
            return Err(ConvertError::UnknownVersion);
        }
        let failed = |error: &dyn fmt::Display| ConvertError::Failed(error.to_string());
        let text = serde_json::to_vec(object).map_err(|error| failed(&error))?;
        let object = self.scheme.decode(&text).map_err(|error| failed(&error))?;
        let version = api_version.rsplit('/').next().unwrap_or(api_version);
        let object: Box<dyn Object> = self.scheme.convert(object, version).map_err(|error| failed(&error))?;
        object.to_json().map_err(|error| failed(&error))
    }
}
