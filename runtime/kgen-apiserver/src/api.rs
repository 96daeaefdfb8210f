//! What generated code hands to a server: the kinds of an API with all that belongs to them.

mod merging;
mod priority;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use kgen::GroupVersionKind;
use kgen::scheme::{KindVersion, Scheme};
use serde_json::Value;

use self::merging::{Fields, Model};
use crate::admission::Admission;
use crate::apply::{InvalidSchema, Schema};
use crate::resource::{Resource, Resources, ServedVersion};
use crate::rest::selection::Selectable;
use crate::storage::{Cache, CacheOptions, Counted, Describe, Direct, Keys, Metadata, Reader, Store};
use crate::strategy::{AnyStrategy, Plain, Strategy};

pub use priority::VersionPriority;

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
            served.sort_by_key(|kind| Reverse(VersionPriority::of(&kind.gvk.version)));
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
        let store: Arc<dyn Store> = Arc::new(Counted::new(storage.store.clone()));
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
