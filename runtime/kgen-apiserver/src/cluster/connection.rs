//! HTTP to the main API server, with the credentials as they are at one time.

use std::sync::Arc;
use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use futures_util::stream::{self, BoxStream, StreamExt};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER, USER_AGENT};
use http::{Method, Request, Response, StatusCode, Uri};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::ClientConfig;
use serde::Deserialize;

use super::{Access, Error, ServerTrust};
use crate::tls::pem;
use crate::tls::verify::AnyServer;

/// When a connection over which nothing comes is asked whether it is alive, and how long it may take to say so.
const PING_AFTER: Duration = Duration::from_secs(30);
const PING_TIMEOUT: Duration = Duration::from_secs(15);

/// How long each address of the server has to take a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How much of an answer is read.
const LARGEST_ANSWER: usize = 16 << 20;

/// The connections with one set of credentials.
pub(super) struct Connection {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    server: String,
    authorization: Option<HeaderValue>,
}

impl Connection {
    pub(super) fn new(access: &Access) -> Result<Self, Error> {
        let server: Uri = access.server.parse().map_err(Error::configuration)?;
        if server.host().is_none() || !matches!(server.scheme_str(), Some("http" | "https")) {
            let message = format!(
                "`{}` is no address of a server, such as https://10.0.0.1:443",
                access.server
            );
            return Err(Error::Configuration(message));
        }
        let mut connector = hyper_rustls::HttpsConnectorBuilder::new()
            .with_tls_config(tls(access)?)
            .https_or_http();
        if let Some(name) = &access.server_name {
            let name = rustls::pki_types::ServerName::try_from(name.clone()).map_err(Error::configuration)?;
            connector = connector.with_server_name_resolver(hyper_rustls::FixedServerNameResolver::new(name));
        }
        let client = Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .http2_keep_alive_interval(PING_AFTER)
            .http2_keep_alive_timeout(PING_TIMEOUT)
            .build(connector.enable_all_versions().wrap_connector(tcp()));
        let authorization = access.authorization.as_deref().map(|value| {
            let mut value = HeaderValue::from_str(value).map_err(|_| Error::configuration("the token is not text"))?;
            value.set_sensitive(true);
            Ok(value)
        });
        Ok(Self {
            client,
            server: access.server.trim_end_matches('/').to_owned(),
            authorization: authorization.transpose()?,
        })
    }

    /// Sends a request, and waits until the answer begins; what is not 2xx is an error.
    pub(super) async fn send(&self, method: Method, path: &str, body: Bytes) -> Result<Response<Incoming>, Error> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.server))
            .header(ACCEPT, "application/json")
            .header(USER_AGENT, concat!("kgen-apiserver/", env!("CARGO_PKG_VERSION")));
        if !body.is_empty() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        let request = request.body(Full::new(body)).map_err(Error::transport)?;
        let response = self.client.request(request).await.map_err(|error| broken(&error))?;
        if response.status().is_success() {
            return Ok(response);
        }
        Err(refused(response).await)
    }
}

fn tcp() -> HttpConnector {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    tcp.set_connect_timeout(Some(CONNECT_TIMEOUT));
    // A review goes out in two frames; without this the second waits until the server acknowledges the first, 40 ms.
    tcp.set_nodelay(true);
    tcp
}

fn tls(access: &Access) -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(Arc::clone(&provider));
    let config = config
        .with_safe_default_protocol_versions()
        .map_err(Error::configuration)?;
    let config = match &access.trust {
        ServerTrust::Authorities(authorities) => {
            let mut roots = rustls::RootCertStore::empty();
            for authority in pem::certificates(authorities).map_err(Error::Configuration)? {
                roots.add(authority).map_err(Error::configuration)?;
            }
            config.with_root_certificates(roots)
        }
        ServerTrust::Anybody => config
            .dangerous()
            .with_custom_certificate_verifier(AnyServer::new(&provider)),
    };
    match &access.certificate {
        Some((certificate, key)) => {
            let chain = pem::certificates(certificate).map_err(Error::Configuration)?;
            let key = pem::key(key).map_err(Error::Configuration)?;
            config.with_client_auth_cert(chain, key).map_err(Error::configuration)
        }
        None => Ok(config.with_no_client_auth()),
    }
}

/// The whole body of an answer.
pub(super) async fn whole(body: Incoming) -> Result<Bytes, Error> {
    let limited = http_body_util::Limited::new(body, LARGEST_ANSWER);
    let collected = limited.collect().await;
    collected
        .map(http_body_util::Collected::to_bytes)
        .map_err(|error| broken(&*error))
}

/// The lines of a body as they come.
pub(super) fn lines(body: Incoming) -> BoxStream<'static, Result<Bytes, Error>> {
    let state = (body, BytesMut::new());
    let lines = stream::try_unfold(state, async |(mut body, mut read)| {
        loop {
            if let Some(end) = read.iter().position(|byte| *byte == b'\n') {
                let line = read.split_to(end).freeze();
                read.advance(1);
                return Ok(Some((line, (body, read))));
            }
            if read.len() > LARGEST_ANSWER {
                return Err(Error::Body("a line is too long".to_owned()));
            }
            match body.frame().await {
                None => return Ok(None),
                Some(frame) => {
                    let frame = frame.map_err(|error| broken(&error))?;
                    if let Ok(data) = frame.into_data() {
                        read.extend_from_slice(&data);
                    }
                }
            }
        }
    });
    lines.boxed()
}

/// What a `Status` says.
#[derive(Deserialize)]
struct Status {
    #[serde(default)]
    message: String,
}

async fn refused(response: Response<Incoming>) -> Error {
    let code = response.status();
    let retry_after = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok());
    let retry_after = retry_after
        .and_then(|seconds| seconds.parse().ok())
        .map(Duration::from_secs);
    let body = whole(response.into_body()).await.unwrap_or_default();
    let status = serde_json::from_slice::<Status>(&body)
        .ok()
        .map(|status| status.message);
    let message = status
        .filter(|message| !message.is_empty())
        .unwrap_or_else(|| reason(code).to_owned());
    Error::Status {
        code: code.as_u16(),
        message,
        retry_after,
    }
}

fn reason(code: StatusCode) -> &'static str {
    code.canonical_reason().unwrap_or("an unknown status")
}

/// The error with all its causes, and whether the connection broke off.
fn broken(error: &(dyn std::error::Error + 'static)) -> Error {
    let causes: Vec<_> = std::iter::successors(Some(error), |error| error.source()).collect();
    let texts: Vec<_> = causes.iter().map(ToString::to_string).collect();
    Error::Transport {
        message: texts.join(": "),
        broken: causes.iter().any(|cause| is_break(*cause)),
    }
}

fn is_break(cause: &(dyn std::error::Error + 'static)) -> bool {
    use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    if let Some(error) = cause.downcast_ref::<std::io::Error>() {
        return matches!(
            error.kind(),
            BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof
        );
    }
    cause
        .downcast_ref::<hyper::Error>()
        .is_some_and(|error| error.is_closed() || error.is_incomplete_message() || error.is_canceled())
}
