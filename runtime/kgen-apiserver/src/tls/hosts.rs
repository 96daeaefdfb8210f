//! Which certificate is shown to a client that asks for a host.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

/// A certificate for all, and others for some hosts.
#[derive(Debug)]
pub(super) struct Hosts {
    default: Arc<CertifiedKey>,
    /// By host in lower case; `*.example.com` stands for all hosts directly beneath.
    named: BTreeMap<String, Arc<CertifiedKey>>,
}

impl Hosts {
    pub(super) fn new(default: CertifiedKey) -> Self {
        Self {
            default: Arc::new(default),
            named: BTreeMap::new(),
        }
    }

    /// Shows a certificate to those who ask for a host, unless there is one for the host already.
    pub(super) fn add(&mut self, host: &str, key: &Arc<CertifiedKey>) {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        self.named.entry(host).or_insert_with(|| Arc::clone(key));
    }

    fn of(&self, host: &str) -> &Arc<CertifiedKey> {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let beneath = || {
            let (_, domain) = host.split_once('.')?;
            self.named.get(&format!("*.{domain}"))
        };
        self.named.get(&host).or_else(beneath).unwrap_or(&self.default)
    }
}

impl ResolvesServerCert for Hosts {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let key = hello.server_name().map_or(&self.default, |host| self.of(host));
        Some(Arc::clone(key))
    }
}
