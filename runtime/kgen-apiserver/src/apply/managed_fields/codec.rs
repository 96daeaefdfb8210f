//! `metadata.managedFields` as JSON.

use std::fmt;

use jiff::Timestamp;
use kgen::k8s_openapi::apimachinery::pkg::apis::meta::v1::{FieldsV1, ManagedFieldsEntry, Time};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use super::{Entry, ManagedFields, ManagerId, Operation};
use crate::apply::field_set::FieldSet;
use crate::apply::literal::quoted;

/// Why `metadata.managedFields` cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidManagedFields(String);

impl fmt::Display for InvalidManagedFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidManagedFields {}

/// An entry as it stands in the object, before it is checked.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Record {
    #[serde(deserialize_with = "text")]
    manager: String,
    #[serde(deserialize_with = "text")]
    operation: String,
    #[serde(deserialize_with = "text")]
    api_version: String,
    time: Option<Timestamp>,
    #[serde(deserialize_with = "text")]
    fields_type: String,
    #[serde(rename = "fieldsV1")]
    fields_v1: Option<FieldSet>,
    #[serde(deserialize_with = "text")]
    subresource: String,
}

/// A text; `null` is the empty one.
fn text<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Whether a client asks to forget all managers: by an empty list, or by one empty entry.
pub(crate) fn is_reset(entries: &Value) -> bool {
    match entries.as_array().map(Vec::as_slice) {
        Some([]) => true,
        Some([Value::Object(only)]) => only.is_empty(),
        _ => false,
    }
}

impl ManagedFields {
    /// Reads the value of `metadata.managedFields`. `null` is an empty list.
    pub fn decode(entries: &Value) -> Result<Self, InvalidManagedFields> {
        let records: Option<Vec<Record>> = Deserialize::deserialize(entries)
            .map_err(|error: serde_json::Error| InvalidManagedFields(error.to_string()))?;
        Self::of(records.unwrap_or_default())
    }

    /// Reads the JSON text of `metadata.managedFields`.
    pub fn from_json(text: &str) -> Result<Self, InvalidManagedFields> {
        let records: Option<Vec<Record>> =
            serde_json::from_str(text).map_err(|error| InvalidManagedFields(error.to_string()))?;
        Self::of(records.unwrap_or_default())
    }

    fn of(records: Vec<Record>) -> Result<Self, InvalidManagedFields> {
        let mut managed = Self::default();
        for (index, record) in records.into_iter().enumerate() {
            let (id, entry) = record.checked(index).map_err(InvalidManagedFields)?;
            managed.insert(id, entry);
        }
        Ok(managed)
    }

    /// The value of `metadata.managedFields`. Only [`Serialize`] keeps the order of Kubernetes within `fieldsV1`.
    pub fn to_value(&self) -> Value {
        // Texts, times and maps with keys of text always have a JSON form.
        serde_json::to_value(self).unwrap_or_default()
    }

    /// What stands in the metadata of an object whose type is known.
    pub fn to_entries(&self) -> Vec<ManagedFieldsEntry> {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let entries = self.sorted().into_iter().map(|(id, entry)| ManagedFieldsEntry {
            api_version: text(&entry.api_version),
            fields_type: text("FieldsV1"),
            // A set of paths always has a JSON form.
            fields_v1: Some(FieldsV1(serde_json::to_value(&entry.fields).unwrap_or_default())),
            manager: text(&id.manager),
            operation: text(id.operation.as_str()),
            subresource: text(&id.subresource),
            time: entry.time.map(whole_seconds).map(Time),
        });
        entries.collect()
    }

    /// The entries in the order in which Kubernetes writes them.
    fn sorted(&self) -> Vec<(&ManagerId, &Entry)> {
        let mut entries: Vec<_> = self.iter().collect();
        entries.sort_by(|(left, left_entry), (right, right_entry)| {
            let key = |id: &'_ ManagerId, entry: &'_ Entry| (id.operation, entry.time.map_or(0, Timestamp::as_second));
            key(left, left_entry)
                .cmp(&key(right, right_entry))
                .then_with(|| left.manager.cmp(&right.manager))
                .then_with(|| left_entry.api_version.cmp(&right_entry.api_version))
                .then_with(|| left.subresource.cmp(&right.subresource))
        });
        entries
    }
}

/// Byte for byte as Kubernetes writes it.
impl Serialize for ManagedFields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Written<'a> {
            manager: &'a str,
            operation: &'a str,
            api_version: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            time: Option<Timestamp>,
            fields_type: &'a str,
            #[serde(rename = "fieldsV1")]
            fields_v1: &'a FieldSet,
            #[serde(skip_serializing_if = "str::is_empty")]
            subresource: &'a str,
        }
        let sorted = self.sorted();
        let written = sorted.into_iter().map(|(id, entry)| Written {
            manager: &id.manager,
            operation: id.operation.as_str(),
            api_version: &entry.api_version,
            time: entry.time.map(whole_seconds),
            fields_type: "FieldsV1",
            fields_v1: &entry.fields,
            subresource: &id.subresource,
        });
        serializer.collect_seq(written)
    }
}

impl Record {
    fn checked(self, index: usize) -> Result<(ManagerId, Entry), String> {
        let Self {
            manager,
            operation,
            api_version,
            time,
            fields_type,
            fields_v1,
            subresource,
        } = self;
        let operation = match operation.as_str() {
            "Apply" => Operation::Apply,
            "Update" => Operation::Update,
            _ => return Err("operation must be `Apply` or `Update`".to_owned()),
        };
        if api_version.is_empty() {
            return Err("apiVersion must not be empty".to_owned());
        }
        match fields_type.as_str() {
            "FieldsV1" => {}
            "" => return Err(format!("missing fieldsType in managed fields entry {index}")),
            other => {
                return Err(format!(
                    "invalid fieldsType {} in managed fields entry {index}",
                    quoted(other)
                ));
            }
        }
        let of_id = match operation {
            Operation::Apply => String::new(),
            Operation::Update => api_version.clone(),
        };
        let id = ManagerId {
            manager,
            operation,
            api_version: of_id,
            subresource,
        };
        let entry = Entry {
            api_version,
            fields: fields_v1.unwrap_or_default(),
            time: time.map(whole_seconds),
        };
        Ok((id, entry))
    }
}

/// Kubernetes writes times without fractions.
pub(crate) fn whole_seconds(time: Timestamp) -> Timestamp {
    Timestamp::from_second(time.as_second()).unwrap_or(time)
}
