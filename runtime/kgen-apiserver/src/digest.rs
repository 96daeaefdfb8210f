//! Digests by which documents and versions are told apart.

use std::fmt::Write;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::HeaderValue;
use kgen::GroupVersionKind;
use ring::digest;

/// The SHA-512 of bytes in capital hexadecimal digits.
pub(crate) fn sha512(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(128);
    for byte in digest::digest(&digest::SHA512, bytes).as_ref() {
        // Writing into a string does not fail.
        let _ = write!(text, "{byte:02X}");
    }
    text
}

/// The digest as the value of the header `ETag`.
pub(crate) fn etag(digest: &str) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{digest}\"")).expect("digits and quotes may stand in a header")
}

/// Whether a client has what this `ETag` stands for, as its `If-None-Match` says.
pub(crate) fn is_known(if_none_match: Option<&HeaderValue>, etag: &HeaderValue) -> bool {
    let (Some(Ok(known)), Ok(etag)) = (if_none_match.map(HeaderValue::to_str), etag.to_str()) else {
        return false;
    };
    let mut tags = known.split(',').map(|tag| tag.trim().trim_start_matches("W/"));
    tags.any(|tag| tag == "*" || tag == etag)
}

/// What stands for the version that objects are stored in, so that clients notice when it changes.
pub(crate) fn storage_version_hash(hub: &GroupVersionKind) -> String {
    let name = format!("{}/{}/{}", hub.group, hub.version, hub.kind);
    let digest = digest::digest(&digest::SHA256, name.as_bytes());
    BASE64_STANDARD.encode(&digest.as_ref()[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    // What kube-apiserver tells of its pods.
    #[test]
    fn s010_storage_versions_have_the_hashes_of_the_go_servers() {
        let hub = GroupVersionKind {
            group: "".into(),
            version: "v1".into(),
            kind: "Pod".into(),
        };
        assert_eq!(storage_version_hash(&hub), "xPOwRZ+Yhw8=");
    }

    #[test]
    fn clients_say_what_they_have() {
        let etag = etag("AB");
        for (known, wanted) in [
            ("\"AB\"", true),
            ("\"X\", W/\"AB\"", true),
            ("*", true),
            ("AB", false),
            ("", false),
        ] {
            let known = HeaderValue::from_static(known);
            assert_eq!(is_known(Some(&known), &etag), wanted, "{known:?}");
        }
        assert!(!is_known(None, &etag));
    }
}
