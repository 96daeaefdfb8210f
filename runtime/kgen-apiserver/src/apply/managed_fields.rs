//! Who owns which fields: `metadata.managedFields` as a map.

mod cap;
mod codec;
mod scale;
mod validation;

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::field_set::FieldSet;
use super::literal::json_string;

pub use self::codec::InvalidManagedFields;
pub(super) use self::codec::{is_reset, whole_seconds};
pub use self::scale::{ReplicasPaths, SCALE_API_VERSION};
pub use self::validation::validate_managed_fields;

/// How a manager writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// It says what it wants; what it does not say any more, it does not want any more.
    Apply,
    /// It changed fields in any other way.
    Update,
}

impl Operation {
    /// The word in `metadata.managedFields`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Apply => "Apply",
            Self::Update => "Update",
        }
    }
}

/// What tells one entry of `metadata.managedFields` from another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ManagerId {
    /// The name of the manager.
    pub manager: String,
    /// How it writes.
    pub operation: Operation,
    /// The version it writes in. Empty for appliers, who have one entry whatever the version.
    pub api_version: String,
    /// The subresource it writes through, or nothing.
    pub subresource: String,
}

impl ManagerId {
    /// Kubernetes sorts the managers of conflicts by this text.
    pub(super) fn identifier(&self) -> String {
        let mut out = String::from("{");
        let operation = self.operation.as_str();
        let parts = [
            ("manager", self.manager.as_str()),
            ("operation", operation),
            ("apiVersion", &self.api_version),
            ("subresource", &self.subresource),
        ];
        for (name, value) in parts.into_iter().filter(|(_, value)| !value.is_empty()) {
            if out.len() > 1 {
                out.push(',');
            }
            json_string(name, &mut out);
            out.push(':');
            json_string(value, &mut out);
        }
        out.push('}');
        out
    }
}

/// What a manager owns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The version in which the fields are named.
    pub api_version: String,
    /// The fields.
    pub fields: FieldSet,
    /// When the manager last changed something, in whole seconds.
    pub time: Option<Timestamp>,
}

/// The managers of an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ManagedFields {
    entries: BTreeMap<ManagerId, Entry>,
}

impl ManagedFields {
    /// Whether nobody is recorded.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many managers are recorded.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// The managers and what they own.
    pub fn iter(&self) -> impl Iterator<Item = (&ManagerId, &Entry)> {
        self.entries.iter()
    }

    /// What a manager owns.
    pub fn get(&self, id: &ManagerId) -> Option<&Entry> {
        self.entries.get(id)
    }

    /// What an applier owns, on the main resource or through a subresource.
    pub fn applied_by(&self, manager: &str, subresource: &str) -> Option<&FieldSet> {
        let id = ManagerId {
            manager: manager.to_owned(),
            operation: Operation::Apply,
            api_version: String::new(),
            subresource: subresource.to_owned(),
        };
        self.get(&id).map(|entry| &entry.fields)
    }

    pub(super) fn insert(&mut self, id: ManagerId, entry: Entry) {
        self.entries.insert(id, entry);
    }

    pub(super) fn remove(&mut self, id: &ManagerId) -> Option<Entry> {
        self.entries.remove(id)
    }

    /// Changes or drops every entry.
    pub(super) fn retain(&mut self, keep: impl FnMut(&ManagerId, &mut Entry) -> bool) {
        self.entries.retain(keep);
    }
}
