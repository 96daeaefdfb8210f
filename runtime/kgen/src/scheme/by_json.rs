//! What generated code tells of a type, found out from the JSON of objects: for kinds that are described by hand.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{Object, codec};

/// Gives `to` the status of `from`, or an empty one. What has no JSON, or is no object with that status, stays as it is.
pub(super) fn copy_status<T: Object + DeserializeOwned>(from: Option<&T>, to: &mut T) {
    let Some(mut members) = members(to) else { return };
    match from.and_then(self::members).and_then(|mut from| from.remove("status")) {
        Some(status) => members.insert("status".to_owned(), status),
        None => members.remove("status"),
    };
    let json = serde_json::to_vec(&members).unwrap_or_default();
    if let Ok(changed) = codec::from_slice::<T>(&json) {
        *to = changed;
    }
}

/// Whether two objects are the same but for their metadata, and their status if that is written apart.
pub(super) fn wants_same<T: Object>(one: &T, other: &T, has_status: bool) -> bool {
    let wanted = |object: &T| {
        members(object).map(|mut members| {
            members.remove("metadata");
            if has_status {
                members.remove("status");
            }
            members
        })
    };
    wanted(one) == wanted(other)
}

fn members<T: Object>(object: &T) -> Option<Map<String, Value>> {
    match object.to_json() {
        Ok(Value::Object(members)) => Some(members),
        Ok(_) | Err(_) => None,
    }
}
