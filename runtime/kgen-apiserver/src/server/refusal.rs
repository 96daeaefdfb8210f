//! How a refusal is sent: as a `Status`, or as the plain text that Go's servers have in some places.

use http::header::{HeaderValue, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderMap, StatusCode};
use kgen::k8s_openapi::apimachinery::pkg::apis::meta::v1::{ListMeta, Status, StatusDetails};
use serde::Serialize;

use crate::failure::Failure;
use crate::negotiation::{self, Answer, Encoding, Notation};
use crate::protobuf;
use crate::response::{Body, Response, response};

const TEXT: &str = "text/plain; charset=utf-8";

/// Why a request is not answered as was asked.
#[derive(Debug)]
pub(super) enum Refusal {
    /// With a `Status`.
    Failure(Failure),
    /// With a text.
    Text {
        status: StatusCode,
        text: &'static str,
        retry_after: Option<u32>,
    },
    /// With the paths that there are.
    Index(String),
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl Refusal {
    /// There is nothing at this path.
    pub(super) const NO_PAGE: Self = Self::Text {
        status: StatusCode::NOT_FOUND,
        text: "404 page not found\n",
        retry_after: None,
    };
    /// As many requests are being answered as may be.
    pub(super) const TOO_MANY: Self = Self::Text {
        status: StatusCode::TOO_MANY_REQUESTS,
        text: "Too many requests, please try again later.\n",
        retry_after: Some(1),
    };
    /// The server is about to end.
    pub(super) const ENDING: Self = Self::Text {
        status: StatusCode::TOO_MANY_REQUESTS,
        text: "The apiserver is shutting down, please try again later.\n",
        retry_after: Some(5),
    };
    /// A handler panicked.
    pub(super) const PANIC: Self = Self::Text {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        text: "This request caused apiserver to panic. Look in the logs for details.\n",
        retry_after: None,
    };

    /// What is sent.
    pub(super) fn response(&self, request: &HeaderMap) -> Response {
        match self {
            Self::Failure(failure) => status(failure, request),
            Self::Text {
                status,
                text,
                retry_after,
            } => {
                let mut response = response(*status, TEXT, *text);
                let headers = response.headers_mut();
                headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
                if let Some(seconds) = retry_after {
                    headers.insert(RETRY_AFTER, HeaderValue::from(*seconds));
                }
                response
            }
            Self::Index(json) => response(StatusCode::NOT_FOUND, "application/json", json.clone()),
        }
    }
}

/// A `Status` with its fields in the order of Go's.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Written<'a> {
    kind: &'static str,
    api_version: &'static str,
    metadata: &'a ListMeta,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<&'a StatusDetails>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<i32>,
}

fn status(failure: &Failure, request: &HeaderMap) -> Response {
    let accept = negotiation::accept(request);
    let form = negotiation::form(accept.as_deref(), Answer::Status);
    let encoding = form.map_or(Encoding::Text(Notation::Json), |form| form.encoding);
    let status = failure.status();
    let after = status.details.as_ref().and_then(|details| details.retry_after_seconds);
    let body = match encoding {
        Encoding::Text(notation) => Body::from(text(&status, notation)),
        Encoding::Protobuf => Body::from(protobuf::status(status)),
    };
    let code = StatusCode::from_u16(failure.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = response(code, encoding.content_type(), body);
    let headers = response.headers_mut();
    if code == StatusCode::FORBIDDEN {
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    }
    if let Some(seconds) = after.filter(|seconds| *seconds > 0) {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn text(status: &Status, notation: Notation) -> String {
    let Status {
        code,
        details,
        message,
        metadata,
        reason,
        status,
    } = status;
    let written = Written {
        kind: "Status",
        api_version: "v1",
        metadata,
        status: status.as_deref(),
        message: message.as_deref(),
        reason: reason.as_deref(),
        details: details.as_ref(),
        code: *code,
    };
    let text = match notation {
        Notation::Json => serde_json::to_string(&written).map(|json| json + "\n").ok(),
        Notation::PrettyJson => serde_json::to_string_pretty(&written).map(|json| json + "\n").ok(),
        Notation::Yaml => serde_saphyr::to_string(&written).ok(),
    };
    text.unwrap_or_default()
}
