//! Objects of which only the metadata is sent: `PartialObjectMetadata`.
//!
//! It is made of the whole object if that was sent to somebody; of an object that nobody reads but for its metadata,
//! nothing else is kept.

use bytes::Bytes;
use kgen::codec;
use kgen::k8s::ObjectMeta;

use super::encode::{self, Frame, Held, held};
use super::json::member;
use crate::failure::Failure;
use crate::negotiation::META_BETA;
use crate::protobuf;
use crate::resource::{Resource, ServedVersion};
use crate::storage::{EventKind, Item};

/// The kind of one of them.
pub(super) const KIND: &str = "PartialObjectMetadata";
/// The kind of a list of them.
pub(super) const LIST_KIND: &str = "PartialObjectMetadataList";

/// The metadata of a stored object in a version as JSON. If nobody has asked for it yet, it is framed for an event of
/// this kind.
pub(super) fn frame<'a>(
    resource: &Resource,
    version: &ServedVersion,
    item: &'a Item,
    kind: EventKind,
    meta: &'static str,
) -> Result<Frame<'a>, Failure> {
    let what = match meta {
        META_BETA => Held::MetadataBeta,
        _ => Held::Metadata,
    };
    let made = item.encoded(held(version, what), |item| {
        if let Some(whole) = encode::known(version, item) {
            let object = whole.object();
            return Frame::write(kind, object.len(), |out| {
                write(out, meta, object);
                Ok(())
            });
        }
        let object = encode::decoded(resource, version, item)?;
        let metadata = serde_json::to_vec(object.object_meta()).map_err(Failure::internal)?;
        Frame::write(kind, metadata.len() + 128, |out| {
            write_metadata(out, meta, &metadata);
            Ok(())
        })
    });
    made.map(Frame)
}

/// The metadata of a stored object in a version as a message.
pub(super) fn message<'a>(resource: &Resource, version: &ServedVersion, item: &'a Item) -> Result<&'a Bytes, Failure> {
    item.encoded(held(version, Held::Message), |item| {
        match encode::known(version, item) {
            Some(whole) => message_of(whole.object()),
            None => {
                let mut object = encode::decoded(resource, version, item)?;
                Ok(protobuf::metadata(std::mem::take(object.object_meta_mut())))
            }
        }
    })
}

/// The metadata of an object as a message, given as the JSON text of the whole.
pub(super) fn message_of(object: &[u8]) -> Result<Bytes, Failure> {
    let metadata: ObjectMeta = match member(object, "metadata") {
        Some(metadata) => codec::from_slice(&object[metadata]).map_err(Failure::internal)?,
        None => ObjectMeta::default(),
    };
    Ok(protobuf::metadata(metadata))
}

/// Appends the metadata of an object, given as the JSON text of the whole.
pub(super) fn write(out: &mut Vec<u8>, api_version: &str, object: &[u8]) {
    let metadata = member(object, "metadata");
    write_metadata(out, api_version, metadata.map_or(b"{}", |metadata| &object[metadata]));
}

/// Appends an object of which there is nothing but metadata.
pub(super) fn write_metadata(out: &mut Vec<u8>, api_version: &str, metadata: &[u8]) {
    for part in [
        br#"{"kind":""#,
        KIND.as_bytes(),
        br#"","apiVersion":""#,
        api_version.as_bytes(),
        br#"","metadata":"#,
        metadata,
        b"}",
    ] {
        out.extend_from_slice(part);
    }
}
