//! How a document is sent: whether the client has it already, whether it may keep it, and in which encoding.

use std::io::Write;
use std::time::Duration;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::StatusCode;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, EXPIRES, HeaderMap, HeaderValue,
    IF_NONE_MATCH, LOCATION, VARY,
};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use super::{Documents, Served, address};
use crate::digest::is_known;
use crate::negotiation;
use crate::request::Query;
use crate::response::{Body, Response};

const JSON: &str = "application/json";
/// How long a client may keep a document that it asked for by its digest.
const A_YEAR: Duration = Duration::from_secs(365 * 24 * 3600);

impl Documents {
    /// The answer at a path below `/openapi/`; none if nothing is there.
    pub(crate) fn answer(&self, path: &str, query: &Query, headers: &HeaderMap) -> Option<Response> {
        let path = path.strip_prefix("/openapi/")?.trim_end_matches('/');
        if path == "v2" {
            return Some(sent(self.v2.as_ref()?.served(), headers));
        }
        let path = match path.strip_prefix("v3")? {
            "" if self.v3.is_empty() => return None,
            "" => return Some(sent(self.root(), headers)),
            path => path.strip_prefix('/')?,
        };
        let served = self.v3.get(path)?.served();
        match query.get("hash").filter(|hash| !hash.is_empty()) {
            Some(hash) if hash != served.digest => Some(elsewhere(path, served)),
            Some(_) => {
                let mut response = sent(served, headers);
                keep(response.headers_mut());
                Some(response)
            }
            None => Some(sent(served, headers)),
        }
    }
}

fn sent(served: &Served, headers: &HeaderMap) -> Response {
    if !accepts_json(headers) {
        return empty(StatusCode::NOT_ACCEPTABLE);
    }
    let is_known = is_known(headers.get(IF_NONE_MATCH), &served.etag);
    let mut response = if is_known {
        empty(StatusCode::NOT_MODIFIED)
    } else {
        body(served, headers)
    };
    let headers = response.headers_mut();
    headers.insert(ETAG, served.etag.clone());
    headers.append(VARY, HeaderValue::from_static("Accept"));
    response
}

fn body(served: &Served, headers: &HeaderMap) -> Response {
    let compressed = takes_gzip(headers).then(|| served.compressed.get_or_init(|| compressed(&served.json)));
    let compressed = compressed.and_then(Option::clone);
    let encoding = compressed.is_some().then_some("gzip");
    let mut response = Response::new(Body::from(compressed.unwrap_or_else(|| served.json.clone())));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
    headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn compressed(json: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(json).ok()?;
    encoder.finish().ok().map(Bytes::from)
}

/// Whether the client takes compressed answers.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let values = headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut codings = values.flat_map(|value| value.split(',')).map(str::trim);
    codings.any(|coding| coding == "gzip" || coding.strip_prefix("gzip;").is_some_and(|rest| !rest.ends_with("q=0")))
}

/// Whether JSON is among what the client takes. The forms in protobuf are not made here, and clients that ask for
/// nothing else do without the document.
fn accepts_json(headers: &HeaderMap) -> bool {
    let Some(accept) = negotiation::accept(headers) else {
        return true;
    };
    let mut types = accept
        .split(',')
        .map(|clause| clause.split(';').next().unwrap_or_default().trim());
    types.any(|type_| matches!(type_, "" | "*/*" | "application/*" | JSON))
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
