//! JSON merge patch.

use serde_json::{Map, Value};

use super::PatchError;

/// Merges a patch into a document: members are merged, `null` takes one away, anything else replaces what was there.
///
/// As in Kubernetes, members that are `null` are also left out of new values, and of objects within lists.
pub fn merge_patch(document: Value, patch: Value) -> Result<Value, PatchError> {
    PatchError::check_depth([&document, &patch])?;
    match (document, patch) {
        (Value::Object(mut document), Value::Object(patch)) => {
            merge_members(&mut document, patch);
            Ok(Value::Object(document))
        }
        (_, Value::Object(patch)) => Ok(without_nulls(Value::Object(patch))),
        (_, _) => Err(PatchError::Malformed("Invalid JSON Patch".to_owned())),
    }
}

fn merge_members(document: &mut Map<String, Value>, patch: Map<String, Value>) {
    for (name, new) in patch {
        match (document.get_mut(&name), new) {
            (_, Value::Null) => drop(document.remove(&name)),
            (Some(Value::Object(old)), Value::Object(new)) => merge_members(old, new),
            (Some(old @ Value::Object(_)), new) => *old = new,
            (_, new) => drop(document.insert(name, without_nulls(new))),
        }
    }
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.into_iter().filter(|(_, member)| !member.is_null());
            Value::Object(members.map(|(name, member)| (name, without_nulls(member))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_nulls).collect()),
        scalar @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => scalar,
    }
}
