//! A main API server as far as an extension server sees it: it reviews tokens and access, and tells whom to trust.

use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};

use bytes::Bytes;
use futures_util::StreamExt;
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, StreamBody, combinators::UnsyncBoxBody};
use hyper::body::{Frame, Incoming};
use hyper_util::rt::{TokioExecutor, TokioIo};
use kgen_apiserver::cluster::{Access, Client, ServerTrust};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

use crate::authority::Authority;

const TOKEN: &str = "the extension server";

/// The server.
#[derive(Clone)]
pub(crate) struct MainServer {
    pub(crate) address: SocketAddr,
    pub(crate) authority: String,
    state: Arc<Mutex<State>>,
    /// The revision of the config map; 0 if there is none.
    revision: Arc<watch::Sender<u64>>,
    acceptor: TlsAcceptor,
    accepting: Arc<Mutex<Option<JoinHandle<()>>>>,
}

/// What it knows, and what it was asked.
#[derive(Default)]
pub(crate) struct State {
    /// The statuses of reviews, by token.
    pub(crate) tokens: BTreeMap<String, Value>,
    /// The status of reviews of access.
    pub(crate) access: Value,
    /// The resources to which nobody has access.
    pub(crate) closed: Vec<&'static str>,
    /// The reviews that were asked for.
    pub(crate) reviews: Vec<Value>,
    /// Codes to answer reviews with before there is an answer.
    pub(crate) refusals: VecDeque<u16>,
    /// How long a review takes.
    pub(crate) delay: std::time::Duration,
    config: BTreeMap<String, String>,
}

type Body = UnsyncBoxBody<Bytes, Infallible>;

impl MainServer {
    pub(crate) async fn start() -> Self {
        let authority = Authority::new("main");
        let signed = authority.server(&["localhost", "127.0.0.1"]);
        let chain = CertificateDer::from_pem_slice(signed.certificate.as_bytes()).expect("PEM");
        let key = PrivateKeyDer::from_pem_slice(signed.key.as_bytes()).expect("PEM");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider);
        let config = config
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth();
        let mut config = config.with_single_cert(vec![chain], key).expect("a pair");
        config.alpn_protocols = vec![b"h2".to_vec()];
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let server = Self {
            address: listener.local_addr().expect("it is bound"),
            authority: authority.pem(),
            state: Arc::default(),
            revision: Arc::new(watch::Sender::new(0)),
            acceptor: TlsAcceptor::from(Arc::new(config)),
            accepting: Arc::default(),
        };
        server.accept(listener);
        server
    }

    /// Breaks all connections off, and takes no more.
    pub(crate) async fn stop(&self) {
        let accepting = self.accepting.lock().expect("nobody panicked").take();
        if let Some(accepting) = accepting {
            accepting.abort();
            // It ends as it was told to.
            let _ = accepting.await;
        }
    }

    /// Takes connections again, at the same address.
    pub(crate) async fn start_again(&self) {
        self.accept(TcpListener::bind(self.address).await.expect("the port is free"));
    }

    /// A client of it.
    pub(crate) fn client(&self) -> Client {
        Client::new(self.access()).expect("a client")
    }

    pub(crate) fn access(&self) -> Access {
        Access {
            server: format!("https://{}", self.address),
            trust: ServerTrust::Authorities(self.authority.clone().into_bytes()),
            server_name: None,
            certificate: None,
            authorization: Some(format!("Bearer {TOKEN}")),
        }
    }

    pub(crate) fn token(&self) -> &'static str {
        TOKEN
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nobody panicked")
    }

    /// The reviews that were asked for since the last time.
    pub(crate) fn reviews(&self) -> Vec<Value> {
        std::mem::take(&mut self.state().reviews)
    }

    /// Changes whom extension servers are to trust.
    pub(crate) fn configure(&self, pairs: &[(&str, &str)]) {
        for (key, value) in pairs {
            self.state().config.insert((*key).to_owned(), (*value).to_owned());
        }
        self.revision.send_modify(|revision| *revision += 1);
    }

    fn accept(&self, listener: TcpListener) {
        let server = self.clone();
        let accepting = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((tcp, _)) = listener.accept().await {
                connections.spawn(server.clone().serve(tcp));
            }
        });
        *self.accepting.lock().expect("nobody panicked") = Some(accepting);
    }

    async fn serve(self, tcp: TcpStream) {
        let Ok(tls) = self.acceptor.accept(tcp).await else {
            return;
        };
        let service = hyper::service::service_fn(move |request| {
            let server = self.clone();
            async move { Ok::<_, Infallible>(server.answer(request).await) }
        });
        let http = hyper::server::conn::http2::Builder::new(TokioExecutor::new());
        // A client that goes away is no matter of the tests.
        let _ = http.serve_connection(TokioIo::new(tls), service).await;
    }

    async fn answer(&self, request: Request<Incoming>) -> Response<Body> {
        let authorization = request
            .headers()
            .get("authorization")
            .and_then(|value| value.to_str().ok());
        if authorization != Some(&format!("Bearer {TOKEN}")) {
            return refusal(401);
        }
        let (parts, body) = request.into_parts();
        let query = parts.uri.query().unwrap_or_default().to_owned();
        match (parts.method, parts.uri.path()) {
            (Method::POST, "/apis/authentication.k8s.io/v1/tokenreviews") => {
                self.review(body, |state, review| {
                    let token = review["spec"]["token"].as_str().unwrap_or_default();
                    let unknown = json!({"authenticated": false, "error": "unknown token"});
                    state.tokens.get(token).cloned().unwrap_or(unknown)
                })
                .await
            }
            (Method::POST, "/apis/authorization.k8s.io/v1/subjectaccessreviews") => {
                self.review(body, |state, review| {
                    let resource = review["spec"]["resourceAttributes"]["resource"]
                        .as_str()
                        .unwrap_or_default();
                    let is_closed = state.closed.contains(&resource);
                    if is_closed {
                        json!({"allowed": false})
                    } else {
                        state.access.clone()
                    }
                })
                .await
            }
            (Method::GET, "/api/v1/namespaces/kube-system/configmaps") if query.contains("watch=true") => {
                self.watch(&query)
            }
            (Method::GET, "/api/v1/namespaces/kube-system/configmaps") => {
                let revision = *self.revision.borrow();
                let items = if revision == 0 {
                    vec![]
                } else {
                    vec![self.config_map(revision)]
                };
                json_response(
                    StatusCode::OK,
                    &json!({"metadata": {"resourceVersion": revision.to_string()}, "items": items}),
                )
            }
            (Method::GET, "/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication") => {
                match *self.revision.borrow() {
                    0 => refusal(404),
                    revision => json_response(StatusCode::OK, &self.config_map(revision)),
                }
            }
            _ => refusal(404),
        }
    }

    async fn review(&self, body: Incoming, status: impl FnOnce(&State, &Value) -> Value) -> Response<Body> {
        let body = body.collect().await.expect("the client sends all").to_bytes();
        let mut review: Value = serde_json::from_slice(&body).expect("the review is JSON");
        let delay = self.state().delay;
        tokio::time::sleep(delay).await;
        let mut state = self.state();
        state.reviews.push(review.clone());
        if let Some(code) = state.refusals.pop_front() {
            return refusal(code);
        }
        review["status"] = status(&state, &review);
        json_response(StatusCode::CREATED, &review)
    }

    fn watch(&self, query: &str) -> Response<Body> {
        let since = query.rsplit_once("resourceVersion=").map_or("", |(_, since)| since);
        let since: u64 = since.parse().expect("a revision");
        let state = (self.clone(), self.revision.subscribe(), since);
        let events = futures_util::stream::unfold(state, async |(server, mut revisions, since)| {
            let revision = *revisions.wait_for(|revision| *revision > since).await.ok()?;
            let event = json!({"type": "MODIFIED", "object": server.config_map(revision)});
            let frame = Frame::data(Bytes::from(format!("{event}\n")));
            Some((Ok::<_, Infallible>(frame), (server, revisions, revision)))
        });
        Response::new(StreamBody::new(events.boxed()).boxed_unsync())
    }

    fn config_map(&self, revision: u64) -> Value {
        json!({
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": {
                "name": "extension-apiserver-authentication", "namespace": "kube-system",
                "resourceVersion": revision.to_string(),
            },
            "data": self.state().config,
        })
    }
}

fn refusal(code: u16) -> Response<Body> {
    let status = StatusCode::from_u16(code).expect("a code");
    let message = format!("refused with {code}");
    json_response(
        status,
        &json!({"kind": "Status", "apiVersion": "v1", "message": message, "code": code}),
    )
}

fn json_response(status: StatusCode, body: &Value) -> Response<Body> {
    let mut response = Response::new(Full::from(body.to_string()).boxed_unsync());
    *response.status_mut() = status;
    response
}
