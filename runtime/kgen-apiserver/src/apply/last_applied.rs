//! Objects that `kubectl apply` managed on the client's side, and that it now applies on the server's.

use serde_json::{Map, Value};

use super::conflict::{Conflict, Conflicts};
use super::field_set::FieldSet;
use super::literal::json;
use super::object_type::{Duplicates, ObjectType};

/// Where `kubectl apply` keeps what it last applied.
pub const LAST_APPLIED_ANNOTATION: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// The applier whose objects are migrated. Who calls itself otherwise does not take part.
pub(super) const KUBECTL: &str = "kubectl";

/// How many bytes the annotations of an object may have.
const MAX_ANNOTATIONS_SIZE: usize = 256 * 1024;

/// The conflicts that remain where what was applied on the client's side, and is still so, belongs to the applier.
/// None, if it cannot be told what was applied.
pub(super) fn remaining(
    conflicts: &Conflicts,
    live: &Value,
    api_version: &str,
    ty: &ObjectType,
) -> Option<Vec<Conflict>> {
    let allowed = applied_before(live, api_version, ty)?;
    Some(
        conflicts
            .iter()
            .filter(|conflict| !allowed.has(&conflict.path))
            .cloned()
            .collect(),
    )
}

fn applied_before(live: &Value, api_version: &str, ty: &ObjectType) -> Option<FieldSet> {
    ty.validate(live, Duplicates::Refused).ok()?;
    let applied: Value = serde_json::from_str(annotation(live)?).ok()?;
    if applied.get("apiVersion")?.as_str()? != api_version {
        return None;
    }
    ty.validate(&applied, Duplicates::Refused).ok()?;
    let comparison = ty.compare(&applied, live);
    let fields = ty.field_set(&applied);
    Some(
        fields
            .difference(&comparison.modified)
            .difference(&comparison.added)
            .difference(&comparison.removed),
    )
}

fn annotation(object: &Value) -> Option<&str> {
    let annotation = object
        .get("metadata")?
        .get("annotations")?
        .get(LAST_APPLIED_ANNOTATION)?
        .as_str()?;
    Some(annotation).filter(|annotation| !annotation.is_empty())
}

/// Tells the client's side, if it has ever applied this object, what the server's side applied.
pub(super) fn sync(object: &mut Value, config: &Value) {
    if annotation(object).is_none() {
        return;
    }
    let mut config = config.clone();
    if let Some(annotations) = annotations(&mut config) {
        annotations.remove(LAST_APPLIED_ANNOTATION);
    }
    let Some(annotations) = annotations(object) else { return };
    annotations.insert(LAST_APPLIED_ANNOTATION.to_owned(), Value::String(json(&config) + "\n"));
    let size = annotations
        .iter()
        .map(|(name, value)| name.len() + value.as_str().map_or(0, str::len))
        .sum::<usize>();
    if size > MAX_ANNOTATIONS_SIZE {
        annotations.remove(LAST_APPLIED_ANNOTATION);
    }
}

fn annotations(object: &mut Value) -> Option<&mut Map<String, Value>> {
    object.pointer_mut("/metadata/annotations")?.as_object_mut()
}
