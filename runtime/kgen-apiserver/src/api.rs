//! What generated code hands to a server: the kinds of an API with all that belongs to them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use kgen::scheme::{KindVersion, Scheme};
use kgen::{GroupVersionKind, Object};
use serde_json::Value;

use crate::admission::Admission;
use crate::apply::{ConvertError, FieldManager, FieldSet, InvalidSchema, ObjectType, PathElement, Schema, Versions};
use crate::resource::{Resource, Resources, ServedVersion};
use crate::rest::selection::Selectable;
use crate::storage::{Cache, CacheOptions, Describe, Direct, Keys, Metadata, Reader, Store};
use crate::strategy::{AnyStrategy, Plain, Strategy};

/// The kinds of an API, what OpenAPI says of them, and what people added by hand.
#[derive(Default)]
pub struct Api {
    scheme: Scheme,
    documents: Vec<Document>,
    swagger: Option<Cow<'static, [u8]>>,
    strategies: BTreeMap<GroupVersionKind, Arc<dyn AnyStrategy>>,
    features: Arc<BTreeMap<String, bool>>,
    plugins: Vec<Arc<dyn Admission>>,
}

/// An OpenAPI v3 document about one group and version.
#[derive(Clone, Debug)]
pub struct Document {
    /// Which it is about, such as `apis/wardle.example.com/v1`.
    pub path: Cow<'static, str>,
    /// The document.
    pub json: Cow<'static, [u8]>,
}

/// Where a server keeps its objects.
#[derive(Clone)]
pub struct Storage {
    /// The store.
    pub store: Arc<dyn Store>,
    /// What all keys begin with, such as `/registry/wardle.example.com`.
    pub prefix: String,
    /// How copies for readers are kept; without it each read asks the store.
    pub cache: Option<CacheOptions>,
}

/// Why kinds cannot be served.
#[derive(Debug)]
pub enum ApiError {
    /// A document is no JSON.
    Document {
        /// Which.
        path: String,
        /// What is wrong with it.
        error: serde_json::Error,
    },
    /// A document describes types that objects cannot be merged by.
    Schema {
        /// Which.
        path: String,
        /// What is wrong with it.
        error: InvalidSchema,
    },
    /// No version of a kind is the one to store objects in.
    NoStorageVersion(GroupVersionKind),
    /// The keys of a resource would not be valid.
    Keys {
        /// The resource.
        resource: String,
        /// What is wrong.
        reason: String,
    },
}

impl Api {
    /// An API of these kinds.
    pub fn new(scheme: Scheme) -> Self {
        Self {
            scheme,
            ..Self::default()
        }
    }

    /// Adds what OpenAPI v3 says of a group and version. By it objects are merged and clients explain fields.
    #[must_use]
    pub fn openapi_v3(mut self, path: &'static str, json: &'static [u8]) -> Self {
        self.documents.push(Document {
            path: path.into(),
            json: json.into(),
        });
        self
    }

    /// Adds what OpenAPI v2 says of all of it.
    #[must_use]
    pub fn openapi_v2(mut self, json: &'static [u8]) -> Self {
        self.swagger = Some(json.into());
        self
    }

    /// Adds hand-written behaviour of a kind.
    #[must_use]
    pub fn strategy<S: Strategy>(mut self, strategy: S) -> Self
    where
        S::Object: kgen::k8s::Resource,
    {
        self.strategies
            .insert(GroupVersionKind::of::<S::Object>(), Arc::new(strategy));
        self
    }

    /// Switches a feature on or off that rules depend on, such as `if_enabled("LargePools", ..)`.
    #[must_use]
    pub fn feature(mut self, name: impl Into<String>, on: bool) -> Self {
        Arc::make_mut(&mut self.features).insert(name.into(), on);
        self
    }

    /// The features that rules depend on, and whether they are on.
    pub fn features(&self) -> &BTreeMap<String, bool> {
        &self.features
    }

    /// Adds a plugin that sees every write. Plugins are asked in the order in which they were added.
    #[must_use]
    pub fn admission(mut self, plugin: impl Admission) -> Self {
        self.plugins.push(Arc::new(plugin));
        self
    }

    /// Adds a plugin that is asked before all that were added so far.
    #[must_use]
    pub fn admission_first(mut self, plugin: impl Admission) -> Self {
        self.plugins.insert(0, Arc::new(plugin));
        self
    }

    /// The kinds.
    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// What OpenAPI v3 says.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// What OpenAPI v2 says.
    pub fn swagger(&self) -> Option<&[u8]> {
        self.swagger.as_deref()
    }

    /// Makes all kinds servable that have a version which `is_served`. Must be called within a tokio runtime if there
    /// is to be a cache.
    ///
    /// # Errors
    /// If the kinds contradict each other or their documents.
    pub fn resources(
        &self,
        storage: &Storage,
        is_served: impl Fn(&KindVersion) -> bool,
    ) -> Result<Resources, ApiError> {
        let scheme = Arc::new(self.scheme.clone());
        let models = self.models()?;
        let mut by_kind: BTreeMap<(&str, &str), Vec<&KindVersion>> = BTreeMap::new();
        for kind in self.scheme.kinds() {
            by_kind.entry((&kind.gvk.group, &kind.gvk.kind)).or_default().push(kind);
        }
        let mut resources = Vec::new();
        for versions in by_kind.into_values() {
            let mut served: Vec<&KindVersion> = versions
                .iter()
                .copied()
                .filter(|kind| kind.served && is_served(kind))
                .collect();
            if served.is_empty() {
                continue;
            }
            served.sort_by_key(|kind| std::cmp::Reverse(VersionPriority::of(&kind.gvk.version)));
            let hub = versions.iter().find(|kind| kind.storage);
            let hub = *hub.ok_or_else(|| ApiError::NoStorageVersion(served[0].gvk.clone()))?;
            let fields = Fields::of(&versions, &models, scheme.clone());
            let unserved = versions
                .iter()
                .filter(|kind| served.iter().all(|served| served.gvk != kind.gvk));
            let unserved = unserved.map(|kind| (*kind).clone()).collect();
            resources.push(Resource {
                unserved,
                ..self.resource(hub, &versions, &served, &fields, storage)?
            });
        }
        Ok(Resources::new(resources, self.plugins.clone()))
    }

    fn models(&self) -> Result<BTreeMap<&str, Model>, ApiError> {
        let models = self.documents.iter().map(|document| {
            let path = || document.path.to_string();
            let json: Value =
                serde_json::from_slice(&document.json).map_err(|error| ApiError::Document { path: path(), error })?;
            let schema = Schema::from_openapi(&json).map_err(|error| ApiError::Schema { path: path(), error })?;
            let api_version = document.path.trim_start_matches("apis/").trim_start_matches("api/");
            let model = Model {
                schema: Arc::new(schema),
                json,
            };
            Ok((api_version, model))
        });
        models.collect()
    }

    fn resource(
        &self,
        hub: &KindVersion,
        versions: &[&KindVersion],
        served: &[&KindVersion],
        fields: &Fields,
        storage: &Storage,
    ) -> Result<Resource, ApiError> {
        let place = format!("{}/{}", hub.gvk.group, hub.plural);
        let keys = Keys::new(&storage.prefix, place.trim_start_matches('/')).map_err(|error| ApiError::Keys {
            resource: place,
            reason: error.to_string(),
        })?;
        let describe: Arc<dyn Describe> = if versions.iter().all(|kind| kind.selectable.is_empty()) {
            Arc::new(Metadata)
        } else {
            Arc::new(Selectable::new(hub, versions))
        };
        let store = storage.store.clone();
        let reader: Arc<dyn Reader> = match storage.cache {
            Some(options) => Arc::new(Cache::start(store.clone(), keys.prefix(), describe, options)),
            None => Arc::new(Direct::new(store.clone(), describe)),
        };
        let versions = served.iter().zip(0..).map(|(kind, index)| ServedVersion {
            kind: (*kind).clone(),
            index,
            fields: fields.of_object(kind),
            status_fields: kind.subresources.status.then(|| fields.of_status(kind)),
        });
        let strategy = self.strategies.get(&hub.gvk).cloned();
        Ok(Resource {
            hub: hub.clone(),
            versions: versions.collect(),
            unserved: Vec::new(),
            strategy: strategy.unwrap_or_else(|| Arc::new(Plain)),
            features: Arc::clone(&self.features),
            store,
            reader,
            keys,
        })
    }
}

/// What OpenAPI says of a version.
struct Model {
    schema: Arc<Schema>,
    json: Value,
}

/// The versions of a kind as merging sees them, and the names of its top fields.
struct Fields {
    versions: Arc<SchemeVersions>,
    tops: BTreeMap<String, Vec<String>>,
    with_status: bool,
}

impl Fields {
    fn of(versions: &[&KindVersion], models: &BTreeMap<&str, Model>, scheme: Arc<Scheme>) -> Self {
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

    fn of_object(&self, kind: &KindVersion) -> FieldManager {
        let versions = self.tops.keys().filter(|_| self.with_status);
        versions.fold(self.manager(kind), |manager, version| {
            manager.with_reset_fields(version.clone(), top_set(["status"]))
        })
    }

    fn of_status(&self, kind: &KindVersion) -> FieldManager {
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

/// Where a version stands in the order of Kubernetes: `v2`, `v1`, `v2beta1`, `v1beta1`, `v1alpha1`, others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VersionPriority {
    stability: u8,
    major: u64,
    minor: u64,
    name: std::cmp::Reverse<String>,
}

impl VersionPriority {
    /// Reads a version's name.
    pub fn of(version: &str) -> Self {
        let known = version.strip_prefix('v').and_then(|rest| {
            let (major, rest) = number(rest)?;
            let (stability, rest) = match rest {
                "" => return Some((3, major, 0)),
                _ => rest
                    .strip_prefix("beta")
                    .map(|rest| (2, rest))
                    .or_else(|| rest.strip_prefix("alpha").map(|rest| (1, rest)))?,
            };
            match number(rest)? {
                (minor, "") => Some((stability, major, minor)),
                _ => None,
            }
        });
        let (stability, major, minor) = known.unwrap_or_default();
        Self {
            stability,
            major,
            minor,
            name: std::cmp::Reverse(version.to_owned()),
        }
    }
}

fn number(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    Some((digits.parse().ok().filter(|number| *number > 0)?, rest))
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document { path, error } => write!(f, "the OpenAPI document `{path}` is no JSON: {error}"),
            Self::Schema { path, error } => write!(f, "the OpenAPI document `{path}` cannot be used: {error}"),
            Self::NoStorageVersion(gvk) => {
                write!(
                    f,
                    "no version of {} in {} is the one to store objects in",
                    gvk.kind, gvk.group
                )
            }
            Self::Keys { resource, reason } => write!(f, "no keys can be made for {resource}: {reason}"),
        }
    }
}

impl std::error::Error for ApiError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_in_the_order_of_kubernetes() {
        let mut versions = [
            "foo1",
            "v1alpha1",
            "v10",
            "v2",
            "v1",
            "v11beta2",
            "v3beta1",
            "v12alpha1",
            "v11alpha2",
            "v0",
            "bar",
        ];
        versions.sort_by_key(|version| std::cmp::Reverse(VersionPriority::of(version)));
        let wanted = [
            "v10",
            "v2",
            "v1",
            "v11beta2",
            "v3beta1",
            "v12alpha1",
            "v11alpha2",
            "v1alpha1",
            "bar",
            "foo1",
            "v0",
        ];
        assert_eq!(versions, wanted);
    }
}
