//! The resources that a server serves, each with its versions, its place in the store and what is peculiar to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use kgen::Object;
use kgen::scheme::KindVersion;
use kgen::validation::Options;

use crate::admission::Admission;
use crate::apply::FieldManager;
use crate::failure::Failure;
use crate::metrics::AdmissionMetrics;
use crate::storage::{At, Keys, ListRequest, Reader, Store};
use crate::strategy::AnyStrategy;

/// A resource in all its versions. Nothing here knows the type of its objects.
pub struct Resource {
    /// The version that objects are stored in, and that all others are converted through.
    pub hub: KindVersion,
    /// The versions that clients see, the preferred one first.
    pub versions: Vec<ServedVersion>,
    /// The versions that clients do not see. Objects may still be stored in them.
    pub unserved: Vec<KindVersion>,
    /// What a person added.
    pub strategy: Arc<dyn AnyStrategy>,
    /// The features that rules depend on, and whether they are on.
    pub features: Arc<BTreeMap<String, bool>>,
    /// Where objects are written.
    pub store: Arc<dyn Store>,
    /// Where objects are read.
    pub reader: Arc<dyn Reader>,
    /// Under which keys.
    pub keys: Keys,
}

/// The options of declared rules: features that a server was told to switch on, and what the strategy says.
impl Options for Resource {
    fn is_on(&self, option: &str) -> Option<bool> {
        let is_feature = self.features.get(option).copied().unwrap_or_default();
        Some(is_feature || self.strategy.is_on(option))
    }
}

/// A version of a resource that clients see.
pub struct ServedVersion {
    /// What the version is called and can do.
    pub kind: KindVersion,
    /// Which of the resource's versions it is, counted from 0 in the order of [`Resource::versions`].
    pub index: u32,
    /// Who owns which fields of objects that are written here.
    pub fields: FieldManager,
    /// The same for `/status`, if there is one.
    pub status_fields: Option<FieldManager>,
}

/// All resources of a server.
#[derive(Clone)]
pub struct Resources {
    by_group: Arc<BTreeMap<String, BTreeMap<String, Arc<Resource>>>>,
    plugins: Arc<Vec<Arc<dyn Admission>>>,
    admission: Arc<AdmissionMetrics>,
}

impl Default for Resources {
    fn default() -> Self {
        Self::new([], Vec::new())
    }
}

impl Resource {
    /// A version by its name.
    pub fn version(&self, version: &str) -> Option<&ServedVersion> {
        self.versions.iter().find(|known| known.kind.gvk.version == version)
    }

    /// The group.
    pub fn group(&self) -> &str {
        &self.hub.gvk.group
    }

    /// What stands in addresses, such as `flunders`.
    pub fn plural(&self) -> &str {
        &self.hub.plural
    }
}

impl Resources {
    /// These resources, and the plugins that see every write, in the order in which they are asked.
    pub fn new(resources: impl IntoIterator<Item = Resource>, plugins: Vec<Arc<dyn Admission>>) -> Self {
        let mut by_group: BTreeMap<String, BTreeMap<String, Arc<Resource>>> = BTreeMap::new();
        for resource in resources {
            let of_group = by_group.entry(resource.group().to_owned()).or_default();
            of_group.insert(resource.plural().to_owned(), Arc::new(resource));
        }
        Self {
            by_group: Arc::new(by_group),
            admission: Arc::new(AdmissionMetrics::new(plugins.iter().map(|plugin| plugin.name()))),
            plugins: Arc::new(plugins),
        }
    }

    /// A resource by its group and its name in addresses.
    pub fn get(&self, group: &str, plural: &str) -> Option<&Arc<Resource>> {
        self.by_group.get(group)?.get(plural)
    }

    /// All of them, by group and name.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Resource>> {
        self.by_group.values().flat_map(BTreeMap::values)
    }

    /// The plugins that see every write.
    pub fn plugins(&self) -> &[Arc<dyn Admission>] {
        &self.plugins
    }

    /// What is counted of the plugins.
    pub(crate) fn admission_metrics(&self) -> &AdmissionMetrics {
        &self.admission
    }

    /// All objects of the storage version's type `T`, of all namespaces or of one, as they are now. The store is asked
    /// whether what is at hand is new enough.
    ///
    /// # Errors
    /// If no resource stores `T`, or if the store cannot be read.
    pub async fn list<T: Object + kgen::k8s::Resource>(&self, namespace: Option<&str>) -> Result<Vec<T>, Failure> {
        self.list_at(At::Latest, namespace).await
    }

    /// The same objects as they are at hand, which is as they were a moment ago: what a lister of Go gives. It asks no
    /// store, so that it suits what is done for every write.
    ///
    /// # Errors
    /// If no resource stores `T`, or if nothing is at hand yet.
    pub async fn at_hand<T: Object + kgen::k8s::Resource>(&self, namespace: Option<&str>) -> Result<Vec<T>, Failure> {
        self.list_at(At::Any, namespace).await
    }

    async fn list_at<T: Object + kgen::k8s::Resource>(
        &self,
        at: At,
        namespace: Option<&str>,
    ) -> Result<Vec<T>, Failure> {
        let gvk = kgen::GroupVersionKind::of::<T>();
        let resource = self.iter().find(|resource| resource.hub.gvk == gvk);
        let resource = resource.ok_or_else(|| Failure::internal(format!("no resource stores {gvk}")))?;
        let prefix = match namespace {
            Some(namespace) => resource.keys.namespace(namespace).map_err(Failure::internal)?,
            None => resource.keys.prefix().to_owned(),
        };
        let list = resource.reader.list(ListRequest::of(prefix).at(at)).await;
        let list = list.map_err(Failure::internal)?;
        let objects = list.items.iter().map(|item| {
            let object = resource.hub.behaviour.decode(&item.entry().value);
            let mut object = object.map_err(Failure::internal)?;
            resource
                .hub
                .behaviour
                .set_defaults(&mut *object)
                .map_err(Failure::internal)?;
            object.object_meta_mut().resource_version = Some(item.revision().to_string());
            let object = object.downcast::<T>();
            object
                .map(|object| *object)
                .map_err(|_| Failure::internal(format!("{gvk} is of another type")))
        });
        objects.collect()
    }
}
