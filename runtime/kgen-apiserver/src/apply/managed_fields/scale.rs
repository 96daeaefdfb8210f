//! Ownership through the subresource `scale`, whose object is another one: what is `spec.replicas` there is a field of
//! the parent's own choice.

use std::collections::BTreeMap;

use super::{Entry, ManagedFields, ManagerId, Operation};
use crate::apply::field_set::FieldSet;
use crate::apply::path::{Path, PathElement};

/// The version of the objects of `scale`.
pub const SCALE_API_VERSION: &str = "autoscaling/v1";

/// By version of the parent, the path of the field that `scale` sets; none for versions without the subresource.
pub type ReplicasPaths = BTreeMap<String, Option<Path>>;

impl ManagedFields {
    /// The managers of the replicas of an object, as those of its scale.
    pub fn to_scale(&self, paths: &ReplicasPaths) -> Self {
        let mut scale = Self::default();
        for (id, entry) in self.iter().filter(|(_, entry)| owns(entry, paths)) {
            let fields = FieldSet::of([replicas()]);
            let entry = Entry {
                api_version: SCALE_API_VERSION.to_owned(),
                fields,
                time: entry.time,
            };
            scale.insert(in_version(id, SCALE_API_VERSION), entry);
        }
        scale
    }

    /// The managers of an object after its scale was written. `api_version` is that of the object. Who lost the replicas
    /// there loses them here, and who got them gets them; managers of unknown versions are forgotten.
    #[must_use]
    pub fn with_scale(&self, scale: &Self, api_version: &str, paths: &ReplicasPaths) -> Self {
        let mut out = Self::default();
        let owner = |id: &ManagerId| {
            scale
                .get(&in_version(id, SCALE_API_VERSION))
                .filter(|entry| entry.fields.has(&replicas()))
        };
        let mut kept = Vec::new();
        for (id, entry) in self.iter().filter(|(_, entry)| paths.contains_key(&entry.api_version)) {
            let mut entry = entry.clone();
            if owns(&entry, paths) {
                match owner(id) {
                    Some(_) => kept.push(in_version(id, SCALE_API_VERSION)),
                    None => {
                        let path = paths.get(&entry.api_version).cloned().flatten();
                        entry.fields = entry.fields.difference(&FieldSet::of(path));
                    }
                }
            }
            if !entry.fields.is_empty() {
                out.insert(id.clone(), entry);
            }
        }
        let Some(Some(path)) = paths.get(api_version) else {
            return out;
        };
        for (id, entry) in scale
            .iter()
            .filter(|(id, entry)| entry.fields.has(&replicas()) && !kept.contains(id))
        {
            let id = in_version(id, api_version);
            let before = out.remove(&id).map(|before| before.fields).unwrap_or_default();
            let fields = before.union(&FieldSet::of([path.clone()]));
            out.insert(
                id,
                Entry {
                    api_version: api_version.to_owned(),
                    fields,
                    time: entry.time,
                },
            );
        }
        out
    }
}

fn replicas() -> Path {
    vec![PathElement::field("spec"), PathElement::field("replicas")]
}

fn owns(entry: &Entry, paths: &ReplicasPaths) -> bool {
    matches!(paths.get(&entry.api_version), Some(Some(path)) if entry.fields.has(path))
}

/// The same manager for objects of another version.
fn in_version(id: &ManagerId, api_version: &str) -> ManagerId {
    let api_version = match id.operation {
        Operation::Apply => String::new(),
        Operation::Update => api_version.to_owned(),
    };
    ManagerId {
        api_version,
        ..id.clone()
    }
}
