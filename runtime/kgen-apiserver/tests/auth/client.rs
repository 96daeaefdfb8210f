//! A client that shows what it is told to, and sees what the server shows.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Empty};
use hyper_util::rt::TokioIo;
use rustls::client::ResolvesClientCert;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::sign::CertifiedKey;
use rustls::{ClientConfig, RootCertStore, SignatureScheme};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::authority::Signed;

/// What to connect with.
pub(crate) struct Client {
    pub(crate) address: SocketAddr,
    /// The authority of the server, PEM.
    pub(crate) authority: String,
    pub(crate) host: &'static str,
    pub(crate) certificate: Option<Signed>,
    pub(crate) versions: &'static [&'static rustls::SupportedProtocolVersion],
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Value,
    /// The names of authorities that the server asked for, DER.
    pub(crate) asked_for: Option<Vec<Vec<u8>>>,
    /// The server's certificate, DER.
    pub(crate) shown: Vec<u8>,
}

impl Client {
    pub(crate) fn new(address: SocketAddr, authority: &str) -> Self {
        Self {
            address,
            authority: authority.to_owned(),
            host: "localhost",
            certificate: None,
            versions: rustls::ALL_VERSIONS,
        }
    }

    pub(crate) fn with(self, certificate: &Signed) -> Self {
        let certificate = Some(certificate.clone());
        Self { certificate, ..self }
    }

    pub(crate) async fn get(&self, path: &str, headers: &[(&'static str, &str)]) -> Answer {
        self.try_get(path, headers).await.expect("the server answers")
    }

    /// The answer, or why the connection failed.
    pub(crate) async fn try_get(&self, path: &str, headers: &[(&'static str, &str)]) -> Result<Answer, String> {
        let seen = Arc::new(Shown {
            key: self.certificate.as_ref().map(certified),
            asked_for: Mutex::default(),
        });
        let connector = TlsConnector::from(Arc::new(self.config(Arc::clone(&seen))));
        let tcp = TcpStream::connect(self.address)
            .await
            .map_err(|error| error.to_string())?;
        let host = ServerName::try_from(self.host).expect("a host");
        let tls = connector.connect(host, tcp).await.map_err(|error| error.to_string())?;
        let shown = tls
            .get_ref()
            .1
            .peer_certificates()
            .map(|shown| shown[0].to_vec())
            .unwrap_or_default();
        let connected = hyper::client::conn::http1::handshake(TokioIo::new(tls)).await;
        let (mut sender, connection) = connected.map_err(|error| error.to_string())?;
        tokio::spawn(connection);
        let mut request = Request::get(path).header("host", self.host);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Empty::<Bytes>::new()).expect("a request");
        let response = sender.send_request(request).await.map_err(|error| error.to_string())?;
        let status = response.status();
        let body = response
            .into_body()
            .collect()
            .await
            .map_err(|error| error.to_string())?
            .to_bytes();
        Ok(Answer {
            status,
            body: serde_json::from_slice(&body).expect("the answer is JSON"),
            asked_for: seen.asked_for.lock().expect("nobody panicked").clone(),
            shown,
        })
    }

    fn config(&self, seen: Arc<Shown>) -> ClientConfig {
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(self.authority.as_bytes()) {
            roots.add(certificate.expect("PEM")).expect("an authority");
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider);
        let config = config.with_protocol_versions(self.versions).expect("versions");
        config.with_root_certificates(roots).with_client_cert_resolver(seen)
    }
}

fn certified(signed: &Signed) -> Arc<CertifiedKey> {
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(signed.certificate.as_bytes()).collect();
    let key = PrivateKeyDer::from_pem_slice(signed.key.as_bytes()).expect("PEM");
    let provider = rustls::crypto::ring::default_provider();
    Arc::new(CertifiedKey::from_der(chain.expect("PEM"), key, &provider).expect("a pair"))
}

/// Shows its certificate whatever the server asks for, and notes what it asks for.
#[derive(Debug)]
struct Shown {
    key: Option<Arc<CertifiedKey>>,
    asked_for: Mutex<Option<Vec<Vec<u8>>>>,
}

impl ResolvesClientCert for Shown {
    fn resolve(&self, hints: &[&[u8]], _: &[SignatureScheme]) -> Option<Arc<CertifiedKey>> {
        let hints = hints.iter().map(|hint| hint.to_vec()).collect();
        *self.asked_for.lock().expect("nobody panicked") = Some(hints);
        self.key.clone()
    }

    fn has_certs(&self) -> bool {
        true
    }
}
