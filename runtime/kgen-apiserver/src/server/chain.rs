//! What happens to a request, in order: it is told apart, it gets its time, it is found out who asks and whether they
//! may, it is answered, and the answer gets the headers that all answers have.

use std::fmt::Display;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::Ordering;

use futures_util::FutureExt;
use futures_util::StreamExt;
use http::header::{CACHE_CONTROL, CONNECTION, CONTENT_LENGTH, HeaderMap, HeaderValue, USER_AGENT};
use http::{Method, StatusCode, Version};
use tokio::time::{Instant, timeout_at};
use tracing::Instrument;

use super::audit_id::AUDIT_ID;
use super::call::{Call, Page};
use super::long_running::LongRunning;
use super::refusal::Refusal;
use super::routes::Endpoint;
use super::{Server, body, index, scrape, warnings};
use crate::audit::Stage;
use crate::auth::{Credentials, Decision, Unauthenticated, User, forbidden, impersonated};
use crate::failure::Failure;
use crate::metrics::{Authentication, Authorization};
use crate::request::Request;
use crate::response::{Body, Response, response};

/// Who is in this group may do anything, at any time.
const MASTERS: &str = "system:masters";
/// Who did not say who they are is in this group.
const UNAUTHENTICATED: &str = "system:unauthenticated";
/// When to come back while not everything is there.
const INCOMPLETE: std::time::Duration = std::time::Duration::from_secs(5);

impl Server {
    /// Answers a request that did not come over the network. `certificates` are those that the client showed, its own
    /// first.
    pub async fn handle<B>(&self, request: http::Request<B>, certificates: &[Vec<u8>]) -> Response
    where
        B: http_body::Body + Send,
        B::Data: Send,
        B::Error: Display,
    {
        self.handle_from(request, certificates, None).await
    }

    pub(super) async fn handle_from<B>(
        &self,
        request: http::Request<B>,
        certificates: &[Vec<u8>],
        peer: Option<SocketAddr>,
    ) -> Response
    where
        B: http_body::Body + Send,
        B::Data: Send,
        B::Error: Display,
    {
        let (head, body) = request.into_parts();
        let mut call = Call::new(&self.shared, &head, peer);
        let span = call.span(&head.headers);
        let mut headers = head.headers;
        let answered = {
            let answer = within_time(&mut call, &mut headers, body, certificates);
            AssertUnwindSafe(answer).catch_unwind().instrument(span.clone()).await
        };
        let response = match answered {
            Ok(Ok(response)) => response,
            Ok(Err(refusal)) => refusal.response(&headers),
            Err(_) => {
                self.shared.metrics.panics.fetch_add(1, Ordering::Relaxed);
                tracing::error!(parent: &span, path = call.info().path, "a handler panicked");
                call.tell(Stage::Panic);
                Refusal::PANIC.response(&headers)
            }
        };
        span.record("http.response.status_code", response.status().as_u16());
        finish(call, response, &headers)
    }
}

/// Answers, unless the time is over before.
async fn within_time<B>(
    call: &mut Call<'_>,
    headers: &mut HeaderMap,
    body: B,
    certificates: &[Vec<u8>],
) -> Result<Response, Refusal>
where
    B: http_body::Body + Send,
    B::Data: Send,
    B::Error: Display,
{
    let lifecycle = &call.shared.lifecycle;
    if lifecycle.turns_away() && !matches!(call.page, Page::Health(_) | Page::Metrics) {
        call.closes = true;
        return Err(Refusal::ENDING);
    }
    if let Some(failure) = call.malformed.take() {
        return Err(failure.into());
    }
    let deadline = call.deadline()?;
    let _in_flight = call.in_flight();
    let Some(deadline) = deadline else {
        return answer(call, headers, body, certificates, None).await;
    };
    match timeout_at(deadline, answer(call, headers, body, certificates, Some(deadline))).await {
        Ok(answered) => answered,
        Err(_) => {
            call.series().terminated(StatusCode::GATEWAY_TIMEOUT.as_u16());
            Err(Failure::timeout("request did not complete within the allotted timeout").into())
        }
    }
}

async fn answer<B>(
    call: &mut Call<'_>,
    headers: &mut HeaderMap,
    body: B,
    certificates: &[Vec<u8>],
    deadline: Option<Instant>,
) -> Result<Response, Refusal>
where
    B: http_body::Body + Send,
    B::Data: Send,
    B::Error: Display,
{
    let user = authenticate(call, headers, certificates).await?;
    call.begin_record(&user, headers);
    let user = impersonate(call, user, headers).await?;
    let is_limited = !call.is_exempt() && !user.is_in(MASTERS);
    let shared = call.shared;
    let _place = match is_limited.then(|| shared.limits.enter(call.is_mutating())).transpose() {
        Ok(place) => place,
        Err(_) => {
            call.series().terminated(StatusCode::TOO_MANY_REQUESTS.as_u16());
            return Err(Refusal::TOO_MANY);
        }
    };
    authorize(call, &user).await?;
    match call.page {
        Page::Resource(endpoint) => resource(call, endpoint, user, headers, body, deadline).await,
        _ => page(call, headers).await,
    }
}

/// Finds out who asks. From here on the headers no longer say how they proved it.
async fn authenticate(call: &mut Call<'_>, headers: &mut HeaderMap, certificates: &[Vec<u8>]) -> Result<User, Refusal> {
    let users = &call.shared.metrics.users;
    let credentials = Credentials { headers, certificates };
    let since = std::time::Instant::now();
    let found = call.shared.authenticator.authenticate(credentials).await;
    let user = match found {
        Ok(Some(user)) => user,
        Ok(None) => {
            users.authenticated(Authentication::Failure, since);
            return Err(unknown(call, headers, None).into());
        }
        Err(error) => {
            users.authenticated(Authentication::Error, since);
            return Err(unknown(call, headers, Some(&error)).into());
        }
    };
    users.authenticated(Authentication::Success, since);
    users.asked(&user.name);
    if call.version == Version::HTTP_2 && user.is_in(UNAUTHENTICATED) {
        call.closes = true;
    }
    call.shared.authenticator.strip(headers);
    Ok(user)
}

/// Nobody is known behind the request, whose connection is given up so that it cannot be used to ask much.
fn unknown(call: &mut Call<'_>, headers: &HeaderMap, error: Option<&Unauthenticated>) -> Failure {
    let error = error.map(tracing::field::display);
    tracing::warn!(error, path = call.info().path, "somebody cannot be authenticated");
    call.closes = call.version == Version::HTTP_2;
    call.begin_record(&User::default(), headers);
    Failure::unauthorized()
}

/// On whose behalf the user asks.
async fn impersonate(call: &mut Call<'_>, user: User, headers: &mut HeaderMap) -> Result<User, Failure> {
    let on_behalf = impersonated(&*call.shared.authorizer, &user, headers).await?;
    if let (Some(record), Some(on_behalf)) = (&mut call.record, &on_behalf) {
        record.impersonated = Some(on_behalf.clone());
    }
    Ok(on_behalf.unwrap_or(user))
}

async fn authorize(call: &mut Call<'_>, user: &User) -> Result<(), Refusal> {
    let since = std::time::Instant::now();
    let decision = call.shared.authorizer.authorize(user, call.info()).await;
    let outcome = match &decision {
        Ok(Decision::Allow) => Authorization::Allowed,
        Ok(Decision::Deny { .. }) => Authorization::Denied,
        Ok(Decision::NoOpinion { .. }) => Authorization::NoOpinion,
        Err(_) => Authorization::Error,
    };
    call.shared.metrics.users.authorized(outcome, since);
    let decision = decision?;
    let (word, reason) = match decision {
        Decision::Allow => ("allow", None),
        Decision::Deny { reason } | Decision::NoOpinion { reason } => ("forbid", Some(reason)),
    };
    if let Some(record) = &mut call.record {
        record
            .annotations
            .insert("authorization.k8s.io/decision", word.to_owned());
        let why = reason.clone().unwrap_or_default();
        record.annotations.insert("authorization.k8s.io/reason", why);
    }
    match reason {
        None => Ok(()),
        Some(reason) => Err(forbidden(user, call.info(), &reason).into()),
    }
}

/// Lets the endpoints answer.
async fn resource<B>(
    call: &mut Call<'_>,
    endpoint: &Endpoint,
    user: User,
    headers: &HeaderMap,
    body: B,
    deadline: Option<Instant>,
) -> Result<Response, Refusal>
where
    B: http_body::Body + Send,
    B::Data: Send,
    B::Error: Display,
{
    let (Some(resource), Some(form)) = (call.address.info.resource.clone(), call.address.form) else {
        return Err(Refusal::NO_PAGE);
    };
    endpoint.admits(form, &resource.subresource, &call.method)?;
    let registration = match call.is_long_running() {
        true => Some(call.shared.lifecycle.register().ok_or_else(ending)?),
        false => None,
    };
    let body = if call.is_mutating() {
        body::read(body, call.shared.options.max_body).await?
    } else {
        Default::default()
    };
    let request = Request {
        resource,
        user,
        query: std::mem::take(&mut call.query),
        headers: headers.clone(),
        body,
        deadline,
        min_watch: call.shared.options.min_watch,
        warnings: call.warnings.clone(),
        authorizer: call.shared.authorizer.clone(),
    };
    let response = call.shared.endpoints.answer(&call.shared.resources, request).await?;
    let Some(registration) = registration else {
        return Ok(response);
    };
    let (head, body) = response.into_parts();
    let pieces = match body {
        Body::Stream(pieces) => pieces,
        whole @ Body::Pieces(_) => return Ok(Response::from_parts(head, whole)),
    };
    let code = head.status.as_u16();
    let audit = match (&call.shared.options.audit, &mut call.record) {
        (Some(log), Some(record)) => {
            record.code = Some(code);
            Some((log.clone(), record.clone()))
        }
        _ => None,
    };
    let lasting = LongRunning::new(pieces, registration, call.series(), code, audit);
    Ok(Response::from_parts(head, Body::Stream(lasting.boxed())))
}

fn ending() -> Failure {
    Failure::unavailable("apiserver is shutting down").retry_after(INCOMPLETE)
}

/// Answers what is no resource.
async fn page(call: &Call<'_>, headers: &HeaderMap) -> Result<Response, Refusal> {
    let shared = call.shared;
    let is_read = matches!(call.method, Method::GET | Method::HEAD);
    if !is_read && matches!(call.page, Page::Discovery(_) | Page::OpenApi | Page::Version) {
        return Err(Failure::no_method().into());
    }
    match call.page {
        Page::Discovery(document) => Ok(shared.discovery.answer(document, headers)?),
        Page::OpenApi => {
            let found = shared.documents.answer(&call.info().path, &call.query, headers);
            found.ok_or_else(|| nothing(call))
        }
        Page::Health(asked) => Ok(asked.answer(&call.query).await),
        Page::Metrics => Ok(scrape::answer(shared).await),
        Page::HealthMetrics => {
            let text = crate::metrics::health(&shared.health.all().await);
            Ok(response(StatusCode::OK, crate::metrics::CONTENT_TYPE, text))
        }
        Page::Version => Ok(response(
            StatusCode::OK,
            "application/json",
            shared.options.version.json(),
        )),
        Page::Index => Ok(response(StatusCode::OK, "application/json", index::json(shared))),
        Page::Resource(_) | Page::Nothing => Err(nothing(call)),
    }
}

/// What is said where nothing is.
fn nothing(call: &Call<'_>) -> Refusal {
    let shared = call.shared;
    if !shared.is_complete.load(Ordering::Relaxed) {
        let message = "the request has been made before all known HTTP paths have been installed, please try again";
        return Failure::unavailable(message).retry_after(INCOMPLETE).into();
    }
    if let Some(resource) = call.resource() {
        if shared.discovery.knows(&resource.group, &resource.version) {
            return Failure::no_resource().into();
        }
        return Refusal::Index(index::json(shared));
    }
    match call.info().path.as_str() {
        _ if call.address.form.is_some() => Failure::no_method().into(),
        path if path.starts_with("/apis/") || path.starts_with("/api/") => Refusal::Index(index::json(shared)),
        _ => Refusal::NO_PAGE,
    }
}

/// Gives an answer the headers that all answers have, and counts and tells it.
fn finish(mut call: Call<'_>, mut response: Response, request: &HeaderMap) -> Response {
    let code = response.status();
    let headers = response.headers_mut();
    headers.insert(AUDIT_ID, call.audit_id.clone());
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache, private"));
    }
    if call.closes {
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    warnings::write(&call.warnings, headers);
    let lasts = call.is_long_running() && matches!(response.body(), Body::Stream(_));
    let took = call.received.elapsed();
    if let Some(record) = &mut call.record {
        record.code = Some(code.as_u16());
    }
    if lasts {
        call.tell(Stage::ResponseStarted);
    } else {
        let bytes = response.body().len().filter(|_| call.counts_size());
        call.series().answered(code.as_u16(), took, bytes);
        call.tell(Stage::ResponseComplete);
    }
    let info = call.info();
    tracing::info!(
        target: "kgen_apiserver::access",
        verb = info.verb,
        path = info.path,
        code = code.as_u16(),
        latency = ?took,
        audit_id = call.audit_id.to_str().unwrap_or_default(),
        user_agent = request.get(USER_AGENT).and_then(|value| value.to_str().ok()),
        source = call.peer.map(tracing::field::display),
        "request"
    );
    if call.method == Method::HEAD {
        return without_body(response);
    }
    response
}

/// What HEAD gets: the headers alone.
fn without_body(response: Response) -> Response {
    let (mut head, body) = response.into_parts();
    if let Some(length) = body.len() {
        head.headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    Response::from_parts(head, Body::from(""))
}
