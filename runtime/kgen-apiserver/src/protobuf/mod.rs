//! Metadata and statuses in the binary form of Kubernetes: the protocol buffers of `k8s.io/apimachinery`.
//!
//! Whole objects are not here, since types do not number their fields. An object stands in an envelope that says its
//! kind, behind four bytes that say that it is one.

mod messages;

use bytes::Bytes;
use kgen::k8s::{ListMeta, ObjectMeta, Status};
use kgen::k8s_openapi::apimachinery::pkg::apis::meta::v1::DeleteOptions;
use prost::Message;
use prost::encoding::{encode_varint, encoded_len_varint};

use self::messages::{PartialObjectMetadata, RawExtension, TypeMeta, Unknown, WatchEvent};

/// What an envelope begins with.
const MAGIC: &[u8] = b"k8s\0";

/// The keys of fields that hold bytes: of the items of a list, and of what an envelope holds.
const ITEMS: u8 = 2 << 3 | 2;
const RAW: u8 = 2 << 3 | 2;

/// The message of an object's metadata: what stands in envelopes and lists.
pub(crate) fn metadata(metadata: ObjectMeta) -> Bytes {
    let metadata = Some(messages::ObjectMeta::from(metadata));
    Bytes::from(PartialObjectMetadata { metadata }.encode_to_vec().into_boxed_slice())
}

/// An envelope with a message.
pub(crate) fn enveloped(api_version: &str, kind: &str, message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len() + api_version.len() + kind.len() + 32);
    open(&mut out, api_version, kind, message.len());
    out.extend_from_slice(message);
    out
}

/// Begins an envelope whose message has this length and follows.
fn open(out: &mut Vec<u8>, api_version: &str, kind: &str, len: usize) {
    let type_meta = TypeMeta {
        api_version: api_version.to_owned(),
        kind: kind.to_owned(),
    };
    let unknown = Unknown {
        type_meta: Some(type_meta),
        raw: Bytes::new(),
    };
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&unknown.encode_to_vec());
    out.push(RAW);
    encode_varint(len as u64, out);
}

/// An envelope with a list of objects of which each is a message as [`metadata`] makes it.
pub(crate) fn list(api_version: &str, kind: &str, metadata: ListMeta, items: &[&Bytes]) -> Vec<u8> {
    let head = messages::List {
        metadata: Some(metadata.into()),
    };
    let head = head.encode_to_vec();
    let sizes = items
        .iter()
        .map(|item| 1 + encoded_len_varint(item.len() as u64) + item.len());
    let len = head.len() + sizes.sum::<usize>();
    let mut out = Vec::with_capacity(len + api_version.len() + kind.len() + 32);
    open(&mut out, api_version, kind, len);
    out.extend_from_slice(&head);
    for item in items {
        out.push(ITEMS);
        encode_varint(item.len() as u64, &mut out);
        out.extend_from_slice(item);
    }
    out
}

/// An envelope with a `Status`.
pub(crate) fn status(status: Status) -> Vec<u8> {
    enveloped("v1", "Status", &messages::Status::from(status).encode_to_vec())
}

/// The frame of an event with an enveloped object: behind its length, in four bytes.
pub(crate) fn event(word: &str, object: Vec<u8>) -> Bytes {
    let event = WatchEvent {
        type_: word.to_owned(),
        object: Some(RawExtension {
            raw: Bytes::from(object),
        }),
    };
    let len = event.encoded_len();
    let mut out = Vec::with_capacity(4 + len);
    // A length that four bytes cannot say belongs to no object that can be stored.
    out.extend_from_slice(&u32::try_from(len).unwrap_or(u32::MAX).to_be_bytes());
    out.extend_from_slice(&event.encode_to_vec());
    Bytes::from(out)
}

/// The options of a delete, with the kind that the envelope says.
///
/// # Errors
/// What is wrong with the envelope or with the message in it.
pub(crate) fn delete_options(body: &[u8]) -> Result<DeleteOptions, String> {
    let envelope = body.strip_prefix(MAGIC).ok_or_else(|| {
        format!("provided data does not appear to be a protobuf message, expected prefix {MAGIC:02x?}")
    })?;
    let unknown = Unknown::decode(envelope).map_err(|error| error.to_string())?;
    let options = messages::DeleteOptions::decode(unknown.raw).map_err(|error| error.to_string())?;
    let type_meta = unknown.type_meta.unwrap_or_default();
    Ok(DeleteOptions {
        api_version: Some(type_meta.api_version),
        kind: Some(type_meta.kind),
        ..options.into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes are those that Go's `protobuf.Serializer` reads, written out by hand.
    #[test]
    fn an_envelope_says_the_kind_of_its_message() {
        let object = metadata(ObjectMeta {
            name: Some("a".to_owned()),
            resource_version: Some("7".to_owned()),
            ..ObjectMeta::default()
        });
        assert_eq!(&object[..], b"\x0a\x06\x0a\x01a\x32\x017");
        let wanted = b"k8s\0\x0a\x06\x0a\x01v\x12\x01K\x12\x08\x0a\x06\x0a\x01a\x32\x017";
        assert_eq!(enveloped("v", "K", &object), wanted);
    }

    #[test]
    fn a_list_has_metadata_and_items() {
        let meta = ListMeta {
            resource_version: Some("9".to_owned()),
            remaining_item_count: Some(3),
            ..ListMeta::default()
        };
        let item = Bytes::from_static(b"\x0a\x03\x0a\x01a");
        let wanted = b"k8s\0\x0a\x06\x0a\x01v\x12\x01K\x12\x15\x0a\x05\x12\x019\x20\x03\x12\x05\x0a\x03\x0a\x01a\x12\x05\x0a\x03\x0a\x01a";
        assert_eq!(list("v", "K", meta, &[&item, &item]), wanted);
    }

    #[test]
    fn an_event_stands_behind_its_length() {
        let frame = event("ADDED", b"k8s\0".to_vec());
        assert_eq!(&frame[..], b"\0\0\0\x0f\x0a\x05ADDED\x12\x06\x0a\x04k8s\0");
    }

    #[test]
    fn options_are_read_with_their_kind() {
        let body = b"k8s\0\x0a\x13\x0a\x02v1\x12\x0dDeleteOptions\x12\x0f\x08\x00\x12\x03\x0a\x01u\x22\x06Orphan\x1a\x00\x22\x00";
        let options = delete_options(body).expect("they are options");
        assert_eq!(options.kind.as_deref(), Some("DeleteOptions"));
        assert_eq!(options.grace_period_seconds, Some(0));
        assert_eq!(options.propagation_policy.as_deref(), Some("Orphan"));
        assert_eq!(options.preconditions.and_then(|seen| seen.uid).as_deref(), Some("u"));
        assert_eq!(options.orphan_dependents, None);
    }

    #[test]
    fn what_is_no_envelope_is_told() {
        let told = delete_options(b"{}").expect_err("it is JSON");
        assert!(told.ends_with("expected prefix [6b, 38, 73, 00]"), "{told}");
        assert!(delete_options(b"k8s\0\xff").is_err());
    }
}
