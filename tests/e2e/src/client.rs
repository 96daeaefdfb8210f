//! An HTTP/1.1 client that hides nothing: every answer is an answer, whatever its code, and every header is kept.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::HeaderMap;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::pki::Identity;

/// A request as it goes over the wire.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// `GET` and so on; unknown ones are sent too.
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// The headers, in order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

/// What a server answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The code.
    pub status: u16,
    /// All headers.
    pub headers: HeaderMap,
    /// The body to its end.
    pub body: Bytes,
}

/// A client of one server, as one identity.
#[derive(Clone)]
pub struct Client {
    port: u16,
    config: ClientConfig,
    token: Option<String>,
}

/// A connection over HTTP/2, on which many requests go at once.
#[derive(Clone)]
pub struct Connection {
    client: Client,
    sender: http2::SendRequest<Full<Bytes>>,
}

impl Request {
    /// A request without headers and body.
    pub fn new(method: &str, path: &str) -> Self {
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            ..Self::default()
        }
    }

    /// The same with a JSON body.
    pub fn json(method: &str, path: &str, body: &Value) -> Self {
        Self::new(method, path)
            .header("Content-Type", "application/json")
            .body(body.to_string())
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }
}

impl Answer {
    /// The body as JSON; `null` if it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

impl Client {
    /// A client of the server on `port` of this machine, which `authority` has signed. Without an identity it shows no
    /// certificate.
    pub fn new(port: u16, authority: &str, identity: Option<&Identity>) -> Result<Self, String> {
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(authority.as_bytes()) {
            let certificate = certificate.map_err(|error| error.to_string())?;
            roots.add(certificate).map_err(|error| error.to_string())?;
        }
        let builder = ClientConfig::builder().with_root_certificates(roots);
        let config = match identity {
            Some(identity) => {
                let chain: Result<Vec<_>, _> =
                    CertificateDer::pem_slice_iter(identity.certificate.as_bytes()).collect();
                let key = PrivateKeyDer::from_pem_slice(identity.key.as_bytes()).map_err(|error| error.to_string())?;
                builder
                    .with_client_auth_cert(chain.map_err(|error| error.to_string())?, key)
                    .map_err(|error| error.to_string())?
            }
            None => builder.with_no_client_auth(),
        };
        Ok(Self {
            port,
            config,
            token: None,
        })
    }

    /// A client that is what a kubeconfig says.
    pub fn from_kubeconfig(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let config: Value = serde_saphyr::from_str(&text).map_err(|error| error.to_string())?;
        let found = |pointer: &str| config.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
        let decoded = |pointer: &str| {
            let bytes = STANDARD.decode(found(pointer)).map_err(|error| error.to_string())?;
            String::from_utf8(bytes).map_err(|error| error.to_string())
        };
        let server = found("/clusters/0/cluster/server");
        let port = server.rsplit(':').next().unwrap_or_default().trim_end_matches('/');
        let port = port.parse().map_err(|_| format!("no port in {server:?}"))?;
        let identity = Identity {
            certificate: decoded("/users/0/user/client-certificate-data")?,
            key: decoded("/users/0/user/client-key-data")?,
        };
        let identity = Some(&identity).filter(|identity| !identity.certificate.is_empty());
        let client = Self::new(
            port,
            &decoded("/clusters/0/cluster/certificate-authority-data")?,
            identity,
        )?;
        let token = found("/users/0/user/token");
        Ok(if token.is_empty() {
            client
        } else {
            client.with_token(token)
        })
    }

    /// The same with a bearer token.
    #[must_use]
    pub fn with_token(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
        self
    }

    /// Sends a request on a connection of its own and reads the answer to its end.
    pub async fn send(&self, request: Request) -> Result<Answer, String> {
        let response = self.open(request).await?;
        let (parts, body) = response.into_parts();
        let body = body
            .collect()
            .await
            .map_err(|error| format!("the body breaks off: {error}"))?;
        Ok(Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: body.to_bytes(),
        })
    }

    /// Sends a request on a connection of its own and gives the answer before its body, as a watch needs it.
    pub async fn open(&self, request: Request) -> Result<http::Response<Incoming>, String> {
        let stream = self.connect(self.config.clone()).await?;
        let (mut sender, connection) = http1::handshake(stream).await.map_err(|error| error.to_string())?;
        tokio::spawn(connection);
        let answer = sender.send_request(self.request(request, false)?).await;
        answer.map_err(|error| format!("no answer: {error}"))
    }

    /// A connection over HTTP/2.
    pub async fn http2(&self) -> Result<Connection, String> {
        let mut config = self.config.clone();
        config.alpn_protocols = vec![b"h2".to_vec()];
        let stream = self.connect(config).await?;
        let handshake = http2::handshake(TokioExecutor::new(), stream).await;
        let (sender, connection) = handshake.map_err(|error| error.to_string())?;
        tokio::spawn(connection);
        let client = self.clone();
        Ok(Connection { client, sender })
    }

    async fn connect(&self, config: ClientConfig) -> Result<TokioIo<TlsStream<TcpStream>>, String> {
        let stream = TcpStream::connect(("127.0.0.1", self.port))
            .await
            .map_err(|error| format!("no connection: {error}"))?;
        let name = ServerName::try_from("localhost").map_err(|error| error.to_string())?;
        let stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await;
        stream.map(TokioIo::new).map_err(|error| format!("no TLS: {error}"))
    }

    fn request(&self, request: Request, is_http2: bool) -> Result<http::Request<Full<Bytes>>, String> {
        let host = format!("localhost:{}", self.port);
        let mut builder = http::Request::builder()
            .method(request.method.as_str())
            .uri(if is_http2 {
                format!("https://{host}{}", request.path)
            } else {
                request.path
            });
        if !is_http2 {
            builder = builder.header("Host", host);
        }
        if let Some(token) = &self.token {
            builder = builder.header("Authorization", format!("Bearer {token}"));
        }
        for (name, value) in &request.headers {
            builder = builder.header(name.as_str(), value.as_str());
        }
        let request = builder.body(Full::new(request.body));
        request.map_err(|error| format!("not a request: {error}"))
    }
}

impl Connection {
    /// Sends a request and gives the answer before its body.
    pub async fn open(&mut self, request: Request) -> Result<http::Response<Incoming>, String> {
        let request = self.client.request(request, true)?;
        let answer = self.sender.send_request(request).await;
        answer.map_err(|error| format!("no answer: {error}"))
    }
}
