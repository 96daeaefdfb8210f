//! A server on a port of this machine, and clients of it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo};
use kgen_apiserver::api::{Api, Storage};
use kgen_apiserver::auth::{Authenticator, Authenticators, Authorizer, Credentials, Decision, Unauthenticated, User};
use kgen_apiserver::failure::Failure;
use kgen_apiserver::openapi::Documents;
use kgen_apiserver::request::{self, RequestInfo, Verb};
use kgen_apiserver::resource::Resources;
use kgen_apiserver::response::{Body, Response, response};
use kgen_apiserver::server::{Endpoints, Server, ServerOptions, ServerParts};
use kgen_apiserver::storage::Memory;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer, ServerName};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;

/// Where flunders of a namespace are.
pub(crate) const FLUNDERS: &str = "/apis/wardle.example.com/v1alpha1/namespaces/a/flunders";

/// The API that is served: robots in two groups with every shape, and the sample API of Kubernetes.
pub(crate) fn api() -> Api {
    macro_rules! document {
        ($example:literal, $path:literal) => {
            include_bytes!(concat!(
                "../../../../examples/",
                $example,
                "/openapi/",
                $path,
                ".json"
            ))
        };
    }
    let mut scheme = fleet::generated::scheme();
    scheme.extend(wardle::generated::scheme());
    Api::new(scheme)
        .openapi_v3(
            "apis/fleet.example.com/v1",
            document!("fleet", "v3/apis/fleet.example.com/v1"),
        )
        .openapi_v3(
            "apis/fleet.example.com/v1beta1",
            document!("fleet", "v3/apis/fleet.example.com/v1beta1"),
        )
        .openapi_v3(
            "apis/telemetry.fleet.example.com/v1",
            document!("fleet", "v3/apis/telemetry.fleet.example.com/v1"),
        )
        .openapi_v3(
            "apis/wardle.example.com/v1alpha1",
            document!("wardle", "v3/apis/wardle.example.com/v1alpha1"),
        )
        .openapi_v3(
            "apis/wardle.example.com/v1beta1",
            document!("wardle", "v3/apis/wardle.example.com/v1beta1"),
        )
        .openapi_v2(document!("fleet", "v2"))
}

/// What a server is made of that keeps everything in memory.
pub(crate) fn parts(options: ServerOptions) -> ServerParts {
    let api = api();
    let storage = Storage {
        store: Arc::new(Memory::new()),
        prefix: "/registry".to_owned(),
        cache: None,
    };
    ServerParts {
        resources: api.resources(&storage, |_| true).expect("the API can be served"),
        documents: Documents::of(&api),
        authenticator: Arc::new(Authenticators::new(vec![Arc::new(Tokens)], true)),
        authorizer: Arc::new(NotMallory),
        options,
    }
}

/// Knows who has the token of a name; `bad` is nobody's. `root` is in the group of masters.
struct Tokens;

#[async_trait]
impl Authenticator for Tokens {
    async fn authenticate(&self, credentials: Credentials<'_>) -> Result<Option<User>, Unauthenticated> {
        let Some(header) = credentials.headers.get(AUTHORIZATION) else {
            return Ok(None);
        };
        let name = header
            .to_str()
            .ok()
            .and_then(|header| header.strip_prefix("Bearer "))
            .unwrap_or("bad");
        if name == "bad" {
            return Err(Unauthenticated("the token is nobody's".to_owned()));
        }
        let groups = if name == "root" {
            vec!["system:masters".to_owned()]
        } else {
            Vec::new()
        };
        Ok(Some(User {
            name: name.to_owned(),
            groups,
            ..User::default()
        }))
    }
}

/// Lets everybody do everything, except mallory, and except anonymous people outside of health checks.
struct NotMallory;

#[async_trait]
impl Authorizer for NotMallory {
    async fn authorize(&self, user: &User, request: &RequestInfo) -> Result<Decision, Failure> {
        let reason = match user.name.as_str() {
            "mallory" => "nobody trusts mallory".to_owned(),
            "system:anonymous" if !matches!(request.path.as_str(), "/healthz" | "/livez" | "/readyz") => String::new(),
            _ => return Ok(Decision::Allow),
        };
        Ok(Decision::NoOpinion { reason })
    }
}

/// A server that listens.
pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    trust: rustls::ClientConfig,
    stop: Option<oneshot::Sender<()>>,
    pub(crate) task: JoinHandle<std::io::Result<()>>,
}

/// A connection to it.
pub(crate) enum Client {
    Http1(hyper::client::conn::http1::SendRequest<Full<Bytes>>),
    Http2(hyper::client::conn::http2::SendRequest<Full<Bytes>>),
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Served {
    pub(crate) async fn with(endpoints: impl Endpoints, options: ServerOptions) -> Self {
        Self::start(Server::with_endpoints(parts(options), Arc::new(endpoints))).await
    }

    pub(crate) async fn start(server: Server) -> Self {
        let (config, trust) = encryption();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("the listener has an address");
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(async move {
            let stopped = async { _ = stopped.await };
            server.serve(listener, Arc::new(config), stopped).await
        });
        Self {
            address,
            trust,
            stop: Some(stop),
            task,
        }
    }

    /// Begins to end the server.
    pub(crate) fn stop(&mut self) {
        self.stop.take().map(|stop| stop.send(()));
    }

    async fn encrypted(&self, protocol: &[u8]) -> TokioIo<tokio_rustls::client::TlsStream<TcpStream>> {
        let mut trust = self.trust.clone();
        trust.alpn_protocols = vec![protocol.to_vec()];
        let stream = TcpStream::connect(self.address).await.expect("the server listens");
        let name = ServerName::try_from("localhost").expect("it is a name");
        let connector = tokio_rustls::TlsConnector::from(Arc::new(trust));
        TokioIo::new(connector.connect(name, stream).await.expect("the server is trusted"))
    }

    pub(crate) async fn http1(&self) -> Client {
        let stream = self.encrypted(b"http/1.1").await;
        let (client, connection) = hyper::client::conn::http1::handshake(stream)
            .await
            .expect("it speaks HTTP/1.1");
        tokio::spawn(connection);
        Client::Http1(client)
    }

    pub(crate) async fn http2(&self) -> Client {
        let stream = self.encrypted(b"h2").await;
        let builder = hyper::client::conn::http2::Builder::new(TokioExecutor::new());
        let (client, connection) = builder.handshake(stream).await.expect("it speaks HTTP/2");
        tokio::spawn(connection);
        Client::Http2(client)
    }
}

/// A request by a user that everybody trusts.
pub(crate) fn request(method: Method, path: &str) -> Request<Full<Bytes>> {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(AUTHORIZATION, "Bearer alice");
    request.body(Full::default()).expect("the request is well-formed")
}

pub(crate) fn get(path: &str) -> Request<Full<Bytes>> {
    request(Method::GET, path)
}

pub(crate) fn flunder(name: &str) -> String {
    format!("{FLUNDERS}/{name}")
}

pub(crate) fn posted(path: &str, body: Vec<u8>) -> Request<Full<Bytes>> {
    request(Method::POST, path).map(|_| Full::from(body))
}

/// A request with a header; one of the same name is replaced.
pub(crate) fn with<B>(mut request: Request<B>, name: &'static str, value: &str) -> Request<B> {
    request
        .headers_mut()
        .insert(name, value.parse().expect("it may stand in a header"));
    request
}

pub(crate) fn accepting(path: &str, accept: &str) -> Request<Full<Bytes>> {
    with(get(path), "accept", accept)
}

impl Client {
    /// Sends a request, and returns as soon as the headers of the answer are there.
    pub(crate) async fn begin(&mut self, mut request: Request<Full<Bytes>>) -> hyper::Result<http::Response<Incoming>> {
        match self {
            Self::Http1(client) => {
                request
                    .headers_mut()
                    .insert("host", "localhost".parse().expect("it may stand in a header"));
                client.send_request(request).await
            }
            Self::Http2(client) => {
                *request.uri_mut() = format!("https://localhost{}", request.uri())
                    .parse()
                    .expect("it is an address");
                client.send_request(request).await
            }
        }
    }

    pub(crate) async fn send(&mut self, request: Request<Full<Bytes>>) -> Answer {
        let response = self.begin(request).await.expect("the server answers");
        let (head, body) = response.into_parts();
        Answer {
            status: head.status,
            headers: head.headers,
            body: body.collect().await.expect("the answer is whole").to_bytes(),
        }
    }
}

impl Answer {
    /// The answer that a server gives without a network.
    pub(crate) async fn of(server: &Server, request: Request<Full<Bytes>>) -> Self {
        let (head, body) = server.handle(request, &[]).await.into_parts();
        Self {
            status: head.status,
            headers: head.headers,
            body: body.collect().await.expect("the answer is whole").to_bytes(),
        }
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the answer is text")
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .get(name)
            .map(|value| value.to_str().expect("the header is text"))
    }

    /// Code, reason and message of a `Status`.
    pub(crate) fn status_of(&self) -> (u16, String, String) {
        let status = self.json();
        assert_eq!(status["kind"], "Status", "{status}");
        assert_eq!(status["apiVersion"], "v1", "{status}");
        assert_eq!(status["code"], self.status.as_u16(), "{status}");
        assert_eq!(self.header(CONTENT_TYPE.as_str()), Some("application/json"));
        let text = |key: &str| status[key].as_str().unwrap_or_default().to_owned();
        (self.status.as_u16(), text("reason"), text("message"))
    }
}

/// Certificates for a server, and trust in them.
fn encryption() -> (rustls::ServerConfig, rustls::ClientConfig) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate can be made");
    let certificate = made.cert.der().clone();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let server = rustls::ServerConfig::builder_with_provider(provider.clone());
    let server = server
        .with_safe_default_protocol_versions()
        .expect("the versions are known");
    let server = server
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key);
    let mut server = server.expect("the key belongs to the certificate");
    server.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let mut roots = rustls::RootCertStore::empty();
    roots.add(certificate).expect("the certificate can be trusted");
    let client = rustls::ClientConfig::builder_with_provider(provider);
    let client = client
        .with_safe_default_protocol_versions()
        .expect("the versions are known");
    (server, client.with_root_certificates(roots).with_no_client_auth())
}

/// Endpoints that answer with what they were asked.
pub(crate) struct Echo;

#[async_trait]
impl Endpoints for Echo {
    async fn answer(&self, _: &Resources, request: request::Request) -> Result<Response, Failure> {
        let text = format!(
            "{} {} {}",
            request.resource.verb,
            request.resource.resource,
            request.body.len()
        );
        Ok(response(StatusCode::OK, "text/plain", text))
    }
}

/// Endpoints that do what the name of the object says.
#[derive(Clone, Default)]
pub(crate) struct Moody {
    pub(crate) entered: Arc<Notify>,
    pub(crate) go_on: Arc<Notify>,
}

#[async_trait]
impl Endpoints for Moody {
    async fn answer(&self, _: &Resources, request: request::Request) -> Result<Response, Failure> {
        match request.resource.name.as_str() {
            "panics" => panic!("the handler of a test panics"),
            "sleeps" => tokio::time::sleep(Duration::from_secs(3600)).await,
            "waits" => {
                self.entered.notify_one();
                self.go_on.notified().await;
            }
            "warns" => request.warnings.add("careful"),
            _ => {}
        }
        if request.resource.verb == Verb::Watch {
            let first = stream::once(async { Ok(Bytes::from_static(b"{}\n")) });
            let fault = stream::once(async {
                tokio::time::sleep(Duration::from_millis(50)).await;
                panic!("the stream of a test panics")
            });
            return Ok(Response::new(Body::stream(first.chain(fault))));
        }
        Ok(response(StatusCode::OK, "application/json", "{}\n"))
    }
}
