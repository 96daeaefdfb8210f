//! Whom a server trusts to say who its clients are; it changes while the server runs.

use std::sync::Arc;

use rustls::DistinguishedName;
use tokio::sync::watch;

use super::{Bundle, RequestHeader};

/// Whom a server trusts, now; clones are the same.
#[derive(Clone, Debug)]
pub struct Trust(Arc<watch::Sender<Arc<Trusted>>>);

/// Whom a server trusts at one time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trusted {
    /// Those who sign the certificates of users.
    pub client_ca: Option<Arc<Bundle>>,
    /// The front proxies, which say in headers on whose behalf they ask.
    pub request_header: Option<Arc<RequestHeader>>,
}

impl Trust {
    /// Trusts somebody, for now.
    pub fn new(trusted: Trusted) -> Self {
        Self(Arc::new(watch::Sender::new(Arc::new(trusted))))
    }

    /// Whom the server trusts now.
    pub fn current(&self) -> Arc<Trusted> {
        Arc::clone(&self.0.borrow())
    }

    /// Learns of changes.
    pub fn subscribe(&self) -> watch::Receiver<Arc<Trusted>> {
        self.0.subscribe()
    }

    /// Changes whom the server trusts. Requests that come from now on are judged by it.
    pub fn change(&self, change: impl FnOnce(&mut Trusted)) {
        self.0.send_if_modified(|current| {
            let mut trusted = Trusted::clone(current);
            change(&mut trusted);
            let changed = trusted != **current;
            if changed {
                *current = Arc::new(trusted);
            }
            changed
        });
    }
}

impl Default for Trust {
    /// Trusts nobody.
    fn default() -> Self {
        Self::new(Trusted::default())
    }
}

impl Trusted {
    /// The names of the authorities whose certificates a client may show, each once.
    pub fn authorities(&self) -> Vec<DistinguishedName> {
        let mut authorities: Vec<DistinguishedName> = Vec::new();
        let bundles = [
            self.client_ca.as_ref(),
            self.request_header.as_ref().map(|proxies| &proxies.ca),
        ];
        for authority in bundles.into_iter().flatten().flat_map(|bundle| bundle.authorities()) {
            if !authorities.iter().any(|known| known.as_ref() == authority.as_ref()) {
                authorities.push(authority.clone());
            }
        }
        authorities
    }
}
