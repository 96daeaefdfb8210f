//! One request, and what is known of it as it goes on: what it asks for, what is counted, told and logged of it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue, USER_AGENT};
use http::{Method, Uri, Version};
use jiff::Timestamp;
use tokio::time::Instant;
use tracing::Span;

use super::address::Address;
use super::routes::Endpoint;
use super::{Shared, audit_id};
use crate::audit::{Record, Stage};
use crate::auth::User;
use crate::discovery::Document;
use crate::duration;
use crate::failure::Failure;
use crate::health::Asked;
use crate::metrics::{Key, Series};
use crate::request::{Query, RequestInfo, ResourceInfo, Verb, Warnings};

/// A request on its way.
pub(super) struct Call<'a> {
    pub(super) shared: &'a Shared,
    pub(super) method: Method,
    uri: Uri,
    pub(super) version: Version,
    pub(super) peer: Option<SocketAddr>,
    pub(super) received: Instant,
    pub(super) audit_id: HeaderValue,
    pub(super) address: Address,
    /// Why the path could not be read, if so.
    pub(super) malformed: Option<Failure>,
    pub(super) query: Query,
    pub(super) page: Page<'a>,
    pub(super) warnings: Warnings,
    /// What is told of the request, if anything is.
    pub(super) record: Option<Record>,
    /// Whether the connection is not to be used again.
    pub(super) closes: bool,
    key: Key,
}

/// What a path leads to.
#[derive(Clone, Copy)]
pub(super) enum Page<'a> {
    Resource(&'a Endpoint),
    Discovery(Document<'a>),
    OpenApi,
    Health(Asked<'a>),
    Metrics,
    HealthMetrics,
    Version,
    Index,
    Nothing,
}

impl<'a> Call<'a> {
    pub(super) fn new(shared: &'a Shared, head: &http::request::Parts, peer: Option<SocketAddr>) -> Self {
        let query = head.uri.query().map(Query::parse).unwrap_or_default();
        let (address, malformed) = match Address::of(&head.method, head.uri.path(), &query) {
            Ok(address) => (address, None),
            Err(failure) => (Address::elsewhere(head.uri.path(), &head.method), Some(failure)),
        };
        let page = Page::of(shared, &address);
        Self {
            shared,
            method: head.method.clone(),
            uri: head.uri.clone(),
            version: head.version,
            peer,
            received: Instant::now(),
            audit_id: audit_id::of(&head.headers),
            key: key(&address, page, &query, &head.headers, &head.method),
            address,
            malformed,
            query,
            page,
            warnings: Warnings::default(),
            record: None,
            closes: false,
        }
    }

    pub(super) fn info(&self) -> &RequestInfo {
        &self.address.info
    }

    pub(super) fn resource(&self) -> Option<&ResourceInfo> {
        self.address.info.resource.as_ref()
    }

    /// Whether the answer may last for hours.
    pub(super) fn is_long_running(&self) -> bool {
        self.resource().is_some_and(|resource| resource.verb == Verb::Watch)
    }

    /// Whether something may be changed.
    pub(super) fn is_mutating(&self) -> bool {
        !matches!(
            self.method,
            Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE
        )
    }

    /// Whether clusters depend on the answer so much that it is given under any load.
    pub(super) fn is_exempt(&self) -> bool {
        match self.page {
            Page::Health(_) | Page::Discovery(_) => true,
            Page::Resource(_) => self.is_long_running(),
            Page::OpenApi | Page::Metrics | Page::HealthMetrics | Page::Version | Page::Index | Page::Nothing => false,
        }
    }

    /// When the time is over.
    ///
    /// # Errors
    /// If the client asks for a time that cannot be read.
    pub(super) fn deadline(&self) -> Result<Option<Instant>, Failure> {
        if self.is_long_running() {
            return Ok(None);
        }
        let options = &self.shared.options;
        let asked = match self.query.get("timeout").filter(|text| !text.is_empty()) {
            None => Duration::ZERO,
            Some(text) => duration::parse(text).ok_or_else(|| {
                let message = format!("invalid timeout specified in the request URL - time: invalid duration {text:?}");
                Failure::bad_request(message)
            })?,
        };
        let mut time = options.request_timeout;
        if !asked.is_zero() {
            time = time.min(asked);
        }
        if self.is_mutating() {
            time = time.min(options.write_timeout);
        }
        Ok(Some(self.received + time))
    }

    /// What is counted of requests like this one.
    pub(super) fn series(&self) -> Arc<Series> {
        self.shared.metrics.series(self.key)
    }

    /// Whether the answer's size is counted.
    pub(super) fn counts_size(&self) -> bool {
        matches!(self.key.verb, "GET" | "LIST")
    }

    /// The span that everything happens in. Its fields are made only if somebody listens.
    pub(super) fn span(&self, headers: &HeaderMap) -> Span {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        tracing::info_span!(
            target: "kgen_apiserver::request",
            "request",
            otel.name = self.key.verb,
            otel.kind = "server",
            http.request.method = self.method.as_str(),
            url.path = self.info().path,
            url.query = self.uri.query(),
            user_agent.original = text("user-agent"),
            audit_id = self.audit_id.to_str().unwrap_or_default(),
            traceparent = text("traceparent"),
            tracestate = text("tracestate"),
            http.response.status_code = tracing::field::Empty,
        )
    }

    /// Begins to tell of the request, now that it is known who asks.
    pub(super) fn begin_record(&mut self, user: &User, headers: &HeaderMap) {
        let Some(log) = &self.shared.options.audit else { return };
        if !log.wants(&self.info().path) {
            return;
        }
        let since = self.received.elapsed();
        let user_agent = headers
            .get(USER_AGENT)
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        self.record = Some(Record {
            id: self.audit_id.to_str().unwrap_or_default().to_owned(),
            uri: self.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
            verb: self.info().verb,
            user: user.clone(),
            impersonated: None,
            sources: super::sources::of(headers, self.peer),
            user_agent: user_agent.unwrap_or_default(),
            resource: self.resource().cloned(),
            received: Timestamp::now() - since,
            code: None,
            annotations: std::collections::BTreeMap::new(),
        });
        self.tell(Stage::RequestReceived);
    }

    /// Tells of a stage, if anything is told of this request.
    pub(super) fn tell(&self, stage: Stage) {
        let (Some(log), Some(record)) = (&self.shared.options.audit, &self.record) else {
            return;
        };
        let metrics = &self.shared.metrics;
        match log.tell(record, stage) {
            None => {}
            Some(Ok(())) => _ = metrics.audit_events.fetch_add(1, Ordering::Relaxed),
            Some(Err(_)) => _ = metrics.audit_errors.fetch_add(1, Ordering::Relaxed),
        }
    }

    /// Counts the request among those that are being answered, until what is returned is dropped.
    pub(super) fn in_flight(&self) -> InFlight<'a> {
        let metrics = &self.shared.metrics;
        let gauge = if self.is_mutating() {
            &metrics.mutating
        } else {
            &metrics.reading
        };
        gauge.fetch_add(1, Ordering::Relaxed);
        InFlight(gauge)
    }
}

/// One of those that are counted.
pub(super) struct InFlight<'a>(&'a AtomicI64);

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl<'a> Page<'a> {
    fn of(shared: &'a Shared, address: &Address) -> Self {
        if let Some(resource) = &address.info.resource {
            let endpoint = shared
                .routes
                .find(&resource.group, &resource.version, &resource.resource);
            return endpoint.map_or(Self::Nothing, Self::Resource);
        }
        let path = address.info.path.as_str();
        match path {
            "/" | "/index.html" => return Self::Index,
            "/version" | "/version/" => return Self::Version,
            "/metrics" => return Self::Metrics,
            "/metrics/slis" => return Self::HealthMetrics,
            _ => {}
        }
        if path.starts_with("/openapi/") {
            return Self::OpenApi;
        }
        if let Some(document) = shared.discovery.find(path) {
            return Self::Discovery(document);
        }
        shared.health.find(path).map_or(Self::Nothing, Self::Health)
    }
}

/// What requests are told apart by, in metrics.
fn key(address: &Address, page: Page<'_>, query: &Query, headers: &HeaderMap, method: &Method) -> Key {
    let dry_run = query.get("dryRun").is_some();
    let endpoint = match page {
        Page::Resource(endpoint) => Some(endpoint.number),
        _ => None,
    };
    let Some(resource) = address.info.resource.as_ref().filter(|_| endpoint.is_some()) else {
        let subresource = match page {
            Page::Health(asked) => asked.path(),
            Page::Discovery(Document::Core) => "/api",
            Page::Discovery(_) => "/apis",
            Page::OpenApi => "/openapi",
            Page::Metrics | Page::HealthMetrics => "/metrics",
            Page::Version => "/version",
            Page::Resource(_) | Page::Index | Page::Nothing => "",
        };
        return Key {
            endpoint: None,
            verb: method_word(method),
            subresource,
            scope: "",
            dry_run,
        };
    };
    let scope = match (resource.name.is_empty(), resource.namespace.is_empty()) {
        _ if resource.verb == Verb::Create => "resource",
        (false, _) => "resource",
        (true, false) => "namespace",
        (true, true) => "cluster",
    };
    let subresource = match resource.subresource.as_str() {
        "status" => "status",
        "scale" => "scale",
        _ => "",
    };
    Key {
        endpoint,
        verb: verb_word(resource.verb, headers),
        subresource,
        scope,
        dry_run,
    }
}

fn verb_word(verb: Verb, headers: &HeaderMap) -> &'static str {
    let is_apply = || {
        let type_ = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
        type_.is_some_and(|type_| type_.starts_with(b"application/apply-patch"))
    };
    match verb {
        Verb::Create => "POST",
        Verb::Delete => "DELETE",
        Verb::DeleteCollection => "DELETECOLLECTION",
        Verb::Get => "GET",
        Verb::List => "LIST",
        Verb::Patch if is_apply() => "APPLY",
        Verb::Patch => "PATCH",
        Verb::Update => "PUT",
        Verb::Watch => "WATCH",
    }
}

fn method_word(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::CONNECT => "CONNECT",
        Method::TRACE => "TRACE",
        _ => "other",
    }
}
