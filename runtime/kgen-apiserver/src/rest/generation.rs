//! What counts as a change, and what a write through the object itself or through `/status` leaves alone.

use kgen::Object;

use super::{Live, Target};
use crate::failure::Failure;

/// The subresource through which the status is written.
pub(super) const STATUS: &str = "status";

/// Takes a status out of a new object of a kind whose status is written apart, and begins to count. What the status is by
/// default it is again.
pub(super) fn begin(target: Target<'_>, object: &mut dyn Object) -> Result<(), Failure> {
    let hub = &target.resource.hub;
    if target.version.kind.subresources.status {
        hub.behaviour.copy_status(None, object).map_err(Failure::internal)?;
        hub.behaviour.set_defaults(object).map_err(Failure::internal)?;
    }
    object.object_meta_mut().generation = Some(1);
    Ok(())
}

/// What is left of an update through `/status`: the object as it is, with the status and the managers of the new one.
pub(super) fn status_alone(
    target: Target<'_>,
    live: &Live<'_>,
    mut object: Box<dyn Object>,
) -> Result<Box<dyn Object>, Failure> {
    let mut kept = live.hub().deep_copy_object();
    let behaviour = &target.resource.hub.behaviour;
    let copied = behaviour.copy_status(Some(&*object), &mut *kept);
    copied.map_err(Failure::internal)?;
    kept.object_meta_mut().managed_fields = object.object_meta_mut().managed_fields.take();
    Ok(kept)
}

/// Puts back the status of an object of a kind whose status is written apart.
pub(super) fn keep_status(target: Target<'_>, live: &Live<'_>, object: &mut dyn Object) -> Result<(), Failure> {
    if !target.version.kind.subresources.status {
        return Ok(());
    }
    let copied = target.resource.hub.behaviour.copy_status(Some(live.hub()), object);
    copied.map_err(Failure::internal)
}

/// Counts a change of anything but the metadata and a status that is written apart.
pub(super) fn count(target: Target<'_>, live: &Live<'_>, object: &mut dyn Object) -> Result<(), Failure> {
    let wants_same = target.resource.hub.behaviour.wants_same(live.hub(), object);
    if !wants_same.map_err(Failure::internal)? {
        let metadata = object.object_meta_mut();
        metadata.generation = Some(metadata.generation.unwrap_or_default() + 1);
    }
    Ok(())
}
