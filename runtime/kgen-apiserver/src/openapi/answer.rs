//! How a document is sent: whether the client has it already, whether it may keep it, and in which encoding.

use std::io::Write;
use std::time::Duration;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::StatusCode;
use http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, EXPIRES, HeaderMap, HeaderValue, IF_NONE_MATCH, LOCATION, VARY,
};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use super::protobuf::Message;
use super::{Document, Documents, Served, address, messages_v2, messages_v3};
use crate::digest::is_known;
use crate::negotiation;
use crate::request::Query;
use crate::response::{Body, Response};

const JSON: &str = "application/json";
/// How long a client may keep a document that it asked for by its digest.
const A_YEAR: Duration = Duration::from_secs(365 * 24 * 3600);

/// The binary forms, under the names that clients have for them: what is answered with, and what was used before.
const V2: [&str; 2] = [
    "application/com.github.proto-openapi.spec.v2.v1.0+protobuf",
    "application/com.github.proto-openapi.spec.v2@v1.0+protobuf",
];
const V3: [&str; 2] = [
    "application/com.github.proto-openapi.spec.v3.v1.0+protobuf",
    "application/com.github.proto-openapi.spec.v3@v1.0+protobuf",
];

impl Documents {
    /// The answer at a path below `/openapi/`; none if nothing is there.
    pub(crate) fn answer(&self, path: &str, query: &Query, headers: &HeaderMap) -> Option<Response> {
        let path = path.strip_prefix("/openapi/")?.trim_end_matches('/');
        if path == "v2" {
            let document = self.v2.as_ref()?;
            return Some(in_form(document, headers, &V2, &messages_v2::DOCUMENT));
        }
        let path = match path.strip_prefix("v3")? {
            "" if self.v3.is_empty() => return None,
            "" => return Some(in_json(self.root(), headers)),
            path => path.strip_prefix('/')?,
        };
        let document = self.v3.get(path)?;
        match query.get("hash").filter(|hash| !hash.is_empty()) {
            Some(hash) if hash != document.json().digest => Some(elsewhere(path, document.json())),
            hash => {
                let mut response = in_form(document, headers, &V3, &messages_v3::DOCUMENT);
                if hash.is_some() && response.status() == StatusCode::OK {
                    keep(response.headers_mut());
                }
                Some(response)
            }
        }
    }
}

/// A document in the first of its forms that the client accepts.
fn in_form(document: &Document, headers: &HeaderMap, binary: &[&'static str; 2], message: &Message) -> Response {
    match accepted(headers, binary) {
        Some(JSON) => sent(document.json(), JSON, headers),
        Some(_) => sent(document.protobuf(message), binary[0], headers),
        None => empty(StatusCode::NOT_ACCEPTABLE),
    }
}

fn in_json(served: &Served, headers: &HeaderMap) -> Response {
    match accepted(headers, &[]) {
        Some(_) => sent(served, JSON, headers),
        None => empty(StatusCode::NOT_ACCEPTABLE),
    }
}

/// The first type that the client asks for which is JSON or one of those.
fn accepted(headers: &HeaderMap, binary: &[&'static str]) -> Option<&'static str> {
    let Some(accept) = negotiation::accept(headers) else {
        return Some(JSON);
    };
    let mut types = accept
        .split(',')
        .map(|clause| clause.split(';').next().unwrap_or_default().trim());
    types.find_map(|type_| match type_ {
        "" | "*/*" | "application/*" | JSON => Some(JSON),
        _ => binary.iter().find(|known| **known == type_).copied(),
    })
}

fn sent(served: &Served, content_type: &'static str, headers: &HeaderMap) -> Response {
    let is_known = is_known(headers.get(IF_NONE_MATCH), &served.etag);
    let mut response = if is_known {
        empty(StatusCode::NOT_MODIFIED)
    } else {
        body(served, content_type, headers)
    };
    let headers = response.headers_mut();
    headers.insert(ETAG, served.etag.clone());
    headers.append(VARY, HeaderValue::from_static("Accept"));
    response
}

fn body(served: &Served, content_type: &'static str, headers: &HeaderMap) -> Response {
    let compressed =
        negotiation::accepts_gzip(headers).then(|| served.compressed.get_or_init(|| compressed(&served.bytes)));
    let compressed = compressed.and_then(Option::clone);
    let encoding = compressed.is_some().then_some("gzip");
    let mut response = Response::new(Body::from(compressed.unwrap_or_else(|| served.bytes.clone())));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn compressed(bytes: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

/// What stands under its digest never changes.
fn keep(headers: &mut HeaderMap) {
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, immutable"));
    let expires = DateTimePrinter::new().timestamp_to_rfc9110_string(&(Timestamp::now() + A_YEAR));
    if let Some(expires) = expires.ok().and_then(|expires| HeaderValue::from_str(&expires).ok()) {
        headers.insert(EXPIRES, expires);
    }
}

/// The document has changed since the client was told where it is.
fn elsewhere(path: &str, served: &Served) -> Response {
    let mut response = empty(StatusCode::MOVED_PERMANENTLY);
    if let Ok(location) = HeaderValue::from_str(&address(path, &served.digest)) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::from(""));
    *response.status_mut() = status;
    response
}
