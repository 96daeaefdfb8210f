//! A client of a few HTTP/2 connections.

use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use http::{Method, Request, Response, Uri, header};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http2::SendRequest;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::Result;

/// Who the client is, and whom it trusts.
pub(crate) struct Identity {
    pub(crate) ca: PathBuf,
    pub(crate) certificate: Option<(PathBuf, PathBuf)>,
    pub(crate) token: Option<String>,
}

/// Connections to one collection of objects.
#[derive(Clone)]
pub(crate) struct Client {
    connections: Vec<SendRequest<Full<Bytes>>>,
    collection: Arc<str>,
    authorization: Option<Arc<str>>,
}

/// A body with its media type.
pub(crate) struct Content {
    pub(crate) media_type: &'static str,
    pub(crate) bytes: Vec<u8>,
}

impl Client {
    pub(crate) async fn connect(collection: &Uri, identity: &Identity, connections: usize) -> Result<Self> {
        let host = collection.host().ok_or("the address names no host")?;
        let port = collection.port_u16().unwrap_or(443);
        let connector = TlsConnector::from(Arc::new(tls(identity)?));
        let mut opened = Vec::with_capacity(connections);
        for _ in 0..connections {
            let stream = TcpStream::connect((host, port)).await?;
            stream.set_nodelay(true)?;
            let stream = connector
                .connect(ServerName::try_from(host.to_owned())?, stream)
                .await?;
            let handshake = hyper::client::conn::http2::Builder::new(TokioExecutor::new())
                .initial_stream_window_size(1 << 20)
                .initial_connection_window_size(1 << 24)
                .handshake(TokioIo::new(stream));
            let (sender, connection) = handshake.await?;
            tokio::spawn(connection);
            opened.push(sender);
        }
        Ok(Self {
            connections: opened,
            collection: collection.to_string().into(),
            authorization: identity.token.as_ref().map(|token| format!("Bearer {token}").into()),
        })
    }

    /// Sends the request number `number`; the answer's body is still to be read.
    pub(crate) async fn send(
        &self,
        number: usize,
        method: Method,
        path: &str,
        content: Option<Content>,
    ) -> Result<Response<Incoming>> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.collection))
            .header(header::ACCEPT, "application/json");
        if let Some(authorization) = &self.authorization {
            request = request.header(header::AUTHORIZATION, &**authorization);
        }
        let bytes = match content {
            Some(content) => {
                request = request.header(header::CONTENT_TYPE, content.media_type);
                content.bytes
            }
            None => Vec::new(),
        };
        let mut connection = self.connections[number % self.connections.len()].clone();
        connection.ready().await?;
        Ok(connection.send_request(request.body(Full::from(bytes))?).await?)
    }

    /// Sends a request and reads the whole answer, which has to be of this status.
    pub(crate) async fn call(
        &self,
        number: usize,
        method: Method,
        path: &str,
        content: Option<Content>,
        status: u16,
    ) -> Result<Bytes> {
        let answer = self.send(number, method.clone(), path, content).await?;
        let got = answer.status();
        let body = answer.into_body().collect().await?.to_bytes();
        if got != status {
            return Err(format!("{method} {path}: {got}: {}", String::from_utf8_lossy(&body)).into());
        }
        Ok(body)
    }
}

fn tls(identity: &Identity) -> Result<ClientConfig> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(&identity.ca)? {
        roots.add(certificate?)?;
    }
    let config = ClientConfig::builder().with_root_certificates(roots);
    let mut config = match &identity.certificate {
        None => config.with_no_client_auth(),
        Some((certificate, key)) => {
            let chain: std::result::Result<Vec<_>, _> = CertificateDer::pem_file_iter(certificate)?.collect();
            config.with_client_auth_cert(chain?, PrivateKeyDer::from_pem_file(key)?)?
        }
    };
    config.alpn_protocols = vec![b"h2".to_vec()];
    Ok(config)
}
