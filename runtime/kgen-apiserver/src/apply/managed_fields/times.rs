//! Writes that change nothing but the times of managers.

use serde_json::Value;

use crate::apply::is_shallow;
use crate::apply::literal::equal;

/// Puts the old times of managers back where nothing else differs, so that a write that changes nothing is none.
pub fn keep_times(old: &Value, new: &mut Value) {
    let (Some(before), Some(after)) = (managers(old), managers(new)) else {
        return;
    };
    if !is_shallow(old) || !is_shallow(new) {
        return;
    }
    let is_same = !after.is_empty()
        && before.len() == after.len()
        && before
            .iter()
            .zip(after)
            .all(|(before, after)| same_but(before, after, "time", |_, _| true));
    let same_metadata = |before: &Value, after: &Value| same_but(before, after, "managedFields", |_, _| true);
    if is_same && same_but(old, new, "metadata", same_metadata) {
        let before = before.clone();
        if let Some(managers) = new.pointer_mut("/metadata/managedFields") {
            *managers = Value::Array(before);
        }
    }
}

fn managers(object: &Value) -> Option<&Vec<Value>> {
    object.get("metadata")?.get("managedFields")?.as_array()
}

/// Whether two maps are equal, where one member is compared in another way.
fn same_but(before: &Value, after: &Value, name: &str, same: impl Fn(&Value, &Value) -> bool) -> bool {
    let (Some(before), Some(after)) = (before.as_object(), after.as_object()) else {
        return false;
    };
    let others = |map: &serde_json::Map<String, Value>| map.len() - usize::from(map.contains_key(name));
    let is_same = match (before.get(name), after.get(name)) {
        (Some(before), Some(after)) => same(before, after),
        // A time may be missing on either side.
        (None, _) | (_, None) => name == "time",
    };
    is_same
        && others(before) == others(after)
        && before
            .iter()
            .filter(|(key, _)| *key != name)
            .all(|(key, value)| after.get(key).is_some_and(|other| equal(value, other)))
}
