//! Objects of which only the metadata is sent: `PartialObjectMetadata`.

use super::json::member;

/// Appends the metadata of an object, given as the JSON text of the whole.
pub(super) fn write(out: &mut Vec<u8>, api_version: &str, object: &[u8]) {
    let metadata = member(object, "metadata");
    write_metadata(out, api_version, metadata.map_or(b"{}", |metadata| &object[metadata]));
}

/// Appends an object of which there is nothing but metadata.
pub(super) fn write_metadata(out: &mut Vec<u8>, api_version: &str, metadata: &[u8]) {
    out.extend_from_slice(br#"{"kind":"PartialObjectMetadata","apiVersion":""#);
    out.extend_from_slice(api_version.as_bytes());
    out.extend_from_slice(br#"","metadata":"#);
    out.extend_from_slice(metadata);
    out.push(b'}');
}
