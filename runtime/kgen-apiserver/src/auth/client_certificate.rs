//! Users who show a certificate. As upstream's `x509`.

use std::collections::BTreeMap;

use async_trait::async_trait;
use jiff::Timestamp;

use super::{Authenticator, Credentials, Subject, Trust, Unauthenticated, User};
use crate::metrics::{self, AuthMetrics, Histogram};

/// The key of what tells one credential of a user from another.
const CREDENTIAL_ID: &str = "authentication.kubernetes.io/credential-id";

/// Knows users by their certificates: the common name is the user, the organizations are the groups.
pub struct ClientCertificates {
    trust: Trust,
    /// For how long the certificates are still good.
    lifetimes: Histogram,
}

impl ClientCertificates {
    /// Knows those whose authorities are trusted when a request comes.
    pub fn new(trust: Trust) -> Self {
        Self {
            trust,
            lifetimes: metrics::lifetimes(),
        }
    }
}

#[async_trait]
impl Authenticator for ClientCertificates {
    async fn authenticate(&self, credentials: Credentials<'_>) -> Result<Option<User>, Unauthenticated> {
        let trusted = self.trust.current();
        match trusted.client_ca.as_deref() {
            Some(authorities) if !credentials.certificates.is_empty() => {
                let subject = authorities.verify(credentials.certificates)?;
                if let Some(expires) = subject.expires {
                    let remaining = expires.as_second() - Timestamp::now().as_second();
                    self.lifetimes.observe(remaining.max(0) as f64);
                }
                user(&subject)
            }
            Some(_) | None => Ok(None),
        }
    }

    fn metrics(&self) -> AuthMetrics<'_> {
        AuthMetrics {
            certificates: Some(&self.lifetimes),
            ..AuthMetrics::default()
        }
    }
}

/// Nobody, if the certificate does not say who.
fn user(subject: &Subject) -> Result<Option<User>, Unauthenticated> {
    if subject.common_name.is_empty() {
        return Ok(None);
    }
    let uid = match subject.uids.as_slice() {
        [] => "",
        [uid] if !uid.is_empty() => uid,
        [_] => return Err(Unauthenticated("the uid of the certificate is empty".to_owned())),
        _ => return Err(Unauthenticated("the certificate has more than one uid".to_owned())),
    };
    Ok(Some(User {
        name: subject.common_name.clone(),
        uid: uid.to_owned(),
        groups: subject.organizations.clone(),
        extra: BTreeMap::from([(CREDENTIAL_ID.to_owned(), vec![subject.credential_id.clone()])]),
    }))
}
