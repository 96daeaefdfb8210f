//! Authorities that certificates of clients are verified by.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;
use rustls::{DistinguishedName, RootCertStore};
use tokio::time::Instant;

use super::memo::Recent;
use super::{Subject, Unauthenticated};
use crate::tls::pem;

/// How many certificates are known at a time, and how long they are not verified again: signatures cost more than all
/// else that is done for a small request.
const KNOWN: usize = 1024;
const KNOWN_FOR: Duration = Duration::from_secs(10);

/// Authorities that certificates of clients are verified by.
pub struct Bundle {
    pem: Vec<u8>,
    verifier: Arc<dyn ClientCertVerifier>,
    known: Mutex<Recent<Chain, Verified>>,
}

/// The certificates that a client shows, its own first.
type Chain = Vec<Vec<u8>>;

/// Whose they are, until when nobody need look again.
type Verified = (Arc<Subject>, Instant);

impl Bundle {
    /// Reads certificates in PEM.
    ///
    /// # Errors
    /// If there is none, or one is not valid.
    pub fn parse(pem: &[u8]) -> Result<Self, String> {
        let mut roots = RootCertStore::empty();
        for certificate in pem::certificates(pem)? {
            let added = roots.add(certificate);
            added.map_err(|error| format!("not a certificate of an authority: {error}"))?;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build();
        Ok(Self {
            pem: pem.to_owned(),
            verifier: verifier.map_err(|error| error.to_string())?,
            known: Mutex::new(Recent::new(KNOWN)),
        })
    }

    /// The names of the authorities.
    pub fn authorities(&self) -> &[DistinguishedName] {
        self.verifier.root_hint_subjects()
    }

    /// Whose certificate it is, if one of the authorities says so: the first of the certificates, by way of the others,
    /// now, for the use of a client.
    ///
    /// # Errors
    /// If it is nobody's, or somebody else says so.
    pub fn verify(&self, certificates: &[Vec<u8>]) -> Result<Arc<Subject>, Unauthenticated> {
        if let Some((subject, until)) = self.known.lock().get(certificates)
            && Instant::now() < *until
        {
            return Ok(Arc::clone(subject));
        }
        let chain: Vec<_> = certificates
            .iter()
            .map(|der| CertificateDer::from(der.as_slice()))
            .collect();
        let Some((own, others)) = chain.split_first() else {
            return Err(Unauthenticated("there is no certificate".to_owned()));
        };
        let verified = self.verifier.verify_client_cert(own, others, UnixTime::now());
        verified.map_err(|error| Unauthenticated(format!("cannot verify the certificate: {error}")))?;
        let subject = Arc::new(Subject::of(own)?);
        let known = (Arc::clone(&subject), Instant::now() + KNOWN_FOR);
        self.known.lock().insert(certificates.to_vec(), known);
        Ok(subject)
    }
}

impl PartialEq for Bundle {
    fn eq(&self, other: &Self) -> bool {
        self.pem == other.pem
    }
}

impl Eq for Bundle {}

impl fmt::Debug for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bundle({} authorities)", self.authorities().len())
    }
}
