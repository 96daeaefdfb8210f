//! Who owns what of the objects that are written: `metadata.managedFields` after each write.

use jiff::Timestamp;
use kgen::Object;
use serde_json::Value;

use super::{Live, Target};
use crate::apply::{FieldManager, ManagedFields};
use crate::failure::Failure;
use crate::request::ResourceInfo;

/// Who keeps track of the fields that are written at the endpoint of a request.
pub fn keeper<'a>(target: &Target<'a>, endpoint: &ResourceInfo) -> &'a FieldManager {
    let version = target.version;
    match endpoint.subresource.as_str() {
        "status" => version.status_fields.as_ref().unwrap_or(&version.fields),
        _ => &version.fields,
    }
}

/// Records that a manager made `object` of what is there, in any other way than by an apply. Both are in the version of
/// the request. What the object says of its managers itself is taken into account.
///
/// # Errors
/// If the objects have no JSON form.
pub fn track(
    keeper: &FieldManager,
    live: Option<&Live<'_>>,
    object: &mut dyn Object,
    manager: &str,
    now: Timestamp,
) -> Result<(), Failure> {
    let new = object.to_json().map_err(Failure::internal)?;
    let written = match live {
        Some(live) => keeper.update(live.json()?, new, manager, now),
        None => keeper.update(&Value::Null, new, manager, now),
    };
    record(object, &written.managed);
    Ok(())
}

/// Says in an object who owns what of it.
pub fn record(object: &mut dyn Object, managed: &ManagedFields) {
    let entries = managed.to_entries();
    object.object_meta_mut().managed_fields = (!entries.is_empty()).then_some(entries);
}
