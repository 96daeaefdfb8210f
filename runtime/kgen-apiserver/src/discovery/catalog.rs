//! The resources by group and version, in the order in which clients are told of them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use kgen::scheme::{KindVersion, Verb};

use crate::api::VersionPriority;
use crate::digest::storage_version_hash;
use crate::resource::Resources;

/// All groups by name.
pub(super) struct Catalog {
    pub(super) groups: Vec<Group>,
}

/// A group with its versions, the preferred one first.
pub(super) struct Group {
    pub(super) name: String,
    pub(super) versions: Vec<Version>,
}

/// A version with its resources by name.
pub(super) struct Version {
    pub(super) name: String,
    pub(super) resources: Vec<Entry>,
}

/// A resource in one version.
pub(super) struct Entry {
    pub(super) kind: KindVersion,
    pub(super) storage_version_hash: String,
}

impl Catalog {
    pub(super) fn of(resources: &Resources) -> Self {
        let mut groups: BTreeMap<&str, BTreeMap<Reverse<VersionPriority>, Version>> = BTreeMap::new();
        for resource in resources.iter() {
            let versions = groups.entry(resource.group()).or_default();
            for served in &resource.versions {
                let name = &served.kind.gvk.version;
                let version = versions
                    .entry(Reverse(VersionPriority::of(name)))
                    .or_insert_with(|| Version {
                        name: name.to_string(),
                        resources: Vec::new(),
                    });
                version.resources.push(Entry {
                    kind: served.kind.clone(),
                    storage_version_hash: storage_version_hash(&resource.hub.gvk),
                });
            }
        }
        let groups = groups.into_iter().map(|(name, versions)| {
            let mut versions: Vec<Version> = versions.into_values().collect();
            for version in &mut versions {
                version.resources.sort_by(|a, b| a.kind.plural.cmp(&b.kind.plural));
            }
            Group {
                name: name.to_owned(),
                versions,
            }
        });
        Self {
            groups: groups.collect(),
        }
    }
}

impl Group {
    /// `wardle.example.com/v1`, or the version alone in the core group.
    pub(super) fn api_version(&self, version: &Version) -> String {
        api_version(&self.name, &version.name)
    }
}

pub(super) fn api_version(group: &str, version: &str) -> String {
    if group.is_empty() {
        version.to_owned()
    } else {
        format!("{group}/{version}")
    }
}

/// What can be done with what lies beneath an object.
pub(super) const SUBRESOURCE_VERBS: &[Verb] = &[Verb::Get, Verb::Patch, Verb::Update];

/// The words of verbs, in their order.
pub(super) fn words(verbs: &[Verb]) -> Vec<&'static str> {
    verbs.iter().map(|verb| verb.as_str()).collect()
}
