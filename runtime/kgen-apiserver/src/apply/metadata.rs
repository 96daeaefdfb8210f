//! What the metadata of an object says of its managers.

use serde_json::{Map, Value};

use super::managed_fields::ManagedFields;

/// Whether the object was stored before.
pub(super) fn has_uid(object: &Value) -> bool {
    let uid = object
        .get("metadata")
        .and_then(|metadata| metadata.get("uid")?.as_str());
    uid.is_some_and(|uid| !uid.is_empty())
}

/// The managers as the object holds them.
pub(super) fn managed_fields(object: &Value) -> Option<&Value> {
    object.get("metadata")?.get("managedFields")
}

/// The managers of an object; none if they cannot be read.
pub(super) fn recorded(object: &Value) -> ManagedFields {
    managed_fields(object)
        .and_then(|managed| ManagedFields::decode(managed).ok())
        .unwrap_or_default()
}

/// Takes the managers out of an object, if it has any.
pub(super) fn take_managed_fields(object: &mut Value) -> Option<Value> {
    object
        .get_mut("metadata")?
        .as_object_mut()?
        .remove("managedFields")
        .filter(|managed| !managed.is_null())
}

/// Puts the managers into an object.
pub(super) fn set_managed_fields(object: &mut Value, managed: Value) {
    let Value::Object(object) = object else { return };
    let metadata = object.entry("metadata").or_insert_with(|| Value::Object(Map::new()));
    if metadata.is_null() {
        *metadata = Value::Object(Map::new());
    }
    if let Value::Object(metadata) = metadata {
        metadata.insert("managedFields".to_owned(), managed);
    }
}
