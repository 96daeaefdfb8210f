//! A server that does nothing but let requests in: it answers with the user, and with the headers that are left.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use kgen_apiserver::auth::{self, Authenticator, Authorizer, Credentials, Delegated, Development, Trust};
use kgen_apiserver::failure::Failure;
use kgen_apiserver::request::{RequestInfo, ResourceInfo, Verb};
use kgen_apiserver::tls::{MinVersion, Pair, SelfSigned, Serving, ServingOptions};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::client::Client;

/// The server.
pub(crate) struct Gate {
    pub(crate) address: SocketAddr,
    /// The authority of its certificate, PEM.
    pub(crate) authority: String,
    /// What it serves by, which must live as long.
    pub(crate) delegated: Option<Delegated>,
    _folder: TempDir,
}

impl Gate {
    /// Lets in whom the main API server says.
    pub(crate) async fn delegated(options: auth::DelegatedOptions) -> Self {
        let delegated = Delegated::start(options).await.expect("it starts");
        let (authenticator, authorizer) = (delegated.authenticator(), delegated.authorizer());
        let mut gate = Self::start(authenticator, authorizer, delegated.trust()).await;
        gate.delegated = Some(delegated);
        gate
    }

    /// Lets in who has a token.
    pub(crate) async fn development(token: &str) -> Self {
        let development = Development::new(token);
        Self::start(development.authenticator(), development.authorizer(), &Trust::default()).await
    }

    async fn start(authenticator: Arc<dyn Authenticator>, authorizer: Arc<dyn Authorizer>, trust: &Trust) -> Self {
        let folder = TempDir::new().expect("a folder");
        let pair = self_signed(folder.path());
        let serving = Serving::start(options(Pair::SelfSigned(pair.clone())), trust).expect("it starts");
        let authority = String::from_utf8(pair.authority().expect("it was made")).expect("PEM is text");
        let address = serve(serving, authenticator, authorizer).await;
        Self {
            address,
            authority,
            delegated: None,
            _folder: folder,
        }
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(self.address, &self.authority)
    }
}

pub(crate) fn self_signed(folder: &Path) -> SelfSigned {
    SelfSigned {
        folder: folder.to_owned(),
        name: "apiserver".to_owned(),
        hosts: vec!["localhost".to_owned(), "127.0.0.1".to_owned()],
    }
}

pub(crate) fn options(pair: Pair) -> ServingOptions {
    ServingOptions {
        pair,
        sni: Vec::new(),
        min_version: MinVersion::Tls12,
    }
}

/// Serves from now on, as long as the test runs.
pub(crate) async fn serve(
    serving: Serving,
    authenticator: Arc<dyn Authenticator>,
    authorizer: Arc<dyn Authorizer>,
) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("it is bound");
    tokio::spawn(async move {
        while let Ok((tcp, _)) = listener.accept().await {
            let acceptor = TlsAcceptor::from(serving.config());
            let (authenticator, authorizer) = (Arc::clone(&authenticator), Arc::clone(&authorizer));
            tokio::spawn(async move {
                let Ok(tls) = acceptor.accept(tcp).await else {
                    return;
                };
                let shown = tls.get_ref().1.peer_certificates().unwrap_or_default();
                let shown: Vec<Vec<u8>> = shown.iter().map(|certificate| certificate.to_vec()).collect();
                let service = hyper::service::service_fn(|request| {
                    let (authenticator, authorizer, shown) = (authenticator.clone(), authorizer.clone(), shown.clone());
                    async move { answer(&*authenticator, &*authorizer, &shown, request).await }
                });
                // A client that goes away is no matter of the tests.
                let _ = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(tls), service)
                    .await;
            });
        }
    });
    address
}

async fn answer(
    authenticator: &dyn Authenticator,
    authorizer: &dyn Authorizer,
    certificates: &[Vec<u8>],
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, http::Error> {
    let (status, body) = match let_in(authenticator, authorizer, certificates, request).await {
        Ok(user) => (200, user),
        Err(failure) => (failure.code, serde_json::to_value(failure.status()).unwrap_or_default()),
    };
    Response::builder().status(status).body(Full::from(body.to_string()))
}

async fn let_in(
    authenticator: &dyn Authenticator,
    authorizer: &dyn Authorizer,
    certificates: &[Vec<u8>],
    mut request: Request<Incoming>,
) -> Result<Value, Failure> {
    let headers = request.headers();
    let found = authenticator.authenticate(Credentials { headers, certificates }).await;
    let user = found.ok().flatten().ok_or_else(Failure::unauthorized)?;
    authenticator.strip(request.headers_mut());
    let on_behalf = auth::impersonated(authorizer, &user, request.headers_mut()).await?;
    let user = on_behalf.unwrap_or(user);
    auth::check(authorizer, &user, &info(request.uri())).await?;
    let headers: Vec<&str> = request.headers().keys().map(http::HeaderName::as_str).collect();
    Ok(json!({
        "name": user.name, "uid": user.uid, "groups": user.groups, "extra": user.extra, "headers": headers,
    }))
}

/// What a path asks for: `/apis/GROUP/VERSION[/namespaces/NAMESPACE]/RESOURCE[/NAME[/SUBRESOURCE]]`, or no resource.
fn info(uri: &http::Uri) -> RequestInfo {
    let query = kgen_apiserver::request::Query::parse(uri.query().unwrap_or_default());
    let mut words = uri.path().split('/').skip(1);
    let mut next = || words.next().unwrap_or_default().to_owned();
    if next() != "apis" {
        return RequestInfo {
            path: uri.path().to_owned(),
            verb: "get",
            resource: None,
        };
    }
    let (group, version) = (next(), next());
    let (namespace, resource) = match next() {
        word if word == "namespaces" => (next(), next()),
        resource => (String::new(), resource),
    };
    let (name, subresource) = (next(), next());
    let verb = if name.is_empty() { Verb::List } else { Verb::Get };
    let option = |name: &str| query.get(name).unwrap_or_default().to_owned();
    let (label_selector, field_selector) = (option("labelSelector"), option("fieldSelector"));
    RequestInfo {
        path: uri.path().to_owned(),
        verb: verb.as_str(),
        resource: Some(ResourceInfo {
            verb,
            group,
            version,
            namespace,
            resource,
            subresource,
            name,
            label_selector,
            field_selector,
        }),
    }
}
