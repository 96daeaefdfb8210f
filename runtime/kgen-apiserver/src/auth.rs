//! Who asks, and whether they may: users, authenticators and authorizers.
//!
//! An extension server is [`Delegated`]: the main API server says who its clients are and what they may do. A server on
//! its own, for [`Development`], knows one token.

mod access_review;
mod always;
mod bearer;
mod bundle;
mod ca_files;
mod client_certificate;
mod config_map;
mod delegated;
mod development;
mod error;
mod impersonation;
mod memo;
mod request_header;
mod selector;
mod subject;
mod token_review;
mod trust;
mod union;

use std::collections::BTreeMap;

use async_trait::async_trait;
use http::HeaderMap;

use crate::apply::quoted;
use crate::failure::Failure;
use crate::metrics::AuthMetrics;
use crate::request::RequestInfo;

pub use self::access_review::AccessReviews;
pub use self::always::{AlwaysAllow, AlwaysAllowedPaths, PrivilegedGroups};
pub use self::bearer::StaticToken;
pub use self::bundle::Bundle;
pub use self::ca_files::RequestHeaderOptions;
pub use self::client_certificate::ClientCertificates;
pub use self::delegated::{Delegated, DelegatedOptions, Lookup};
pub use self::development::Development;
pub use self::error::StartError;
pub use self::impersonation::impersonated;
pub use self::request_header::{HeaderNames, RequestHeader, RequestHeaders, strip};
pub use self::subject::Subject;
pub use self::token_review::TokenReviews;
pub use self::trust::{Trust, Trusted};
pub use self::union::{Authenticators, Authorizers};

/// The group of all whom an authenticator knows.
const AUTHENTICATED: &str = "system:authenticated";
/// The group of all others.
const UNAUTHENTICATED: &str = "system:unauthenticated";

/// Somebody who asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct User {
    /// The name, such as `system:serviceaccount:default:builder`.
    pub name: String,
    /// What tells the user from others that had or will have the name; often empty.
    pub uid: String,
    /// The groups, such as `system:authenticated`.
    pub groups: Vec<String>,
    /// What else the authenticator knows.
    pub extra: BTreeMap<String, Vec<String>>,
}

impl User {
    /// Who asks without saying who they are.
    pub fn anonymous() -> Self {
        Self {
            name: "system:anonymous".to_owned(),
            groups: vec![UNAUTHENTICATED.to_owned()],
            ..Self::default()
        }
    }

    /// Whether the user is in a group.
    pub fn is_in(&self, group: &str) -> bool {
        self.groups.iter().any(|known| known == group)
    }
}

/// What a connection and a request bring along to tell who asks.
#[derive(Clone, Copy, Debug)]
pub struct Credentials<'a> {
    /// The headers of the request.
    pub headers: &'a HeaderMap,
    /// The certificates that the client showed, its own first, in DER; nothing of them was verified yet, other than that
    /// the client has the key of the first.
    pub certificates: &'a [Vec<u8>],
}

/// Finds out who asks.
#[async_trait]
pub trait Authenticator: Send + Sync + 'static {
    /// The user; none if there is nothing that this authenticator looks at.
    ///
    /// # Errors
    /// If there is something and it is not valid. Other authenticators are asked all the same.
    async fn authenticate(&self, credentials: Credentials<'_>) -> Result<Option<User>, Unauthenticated>;

    /// Removes the headers that told who asks, once that is known.
    fn strip(&self, headers: &mut HeaderMap) {
        strip(headers, None);
    }

    /// What is counted of it.
    fn metrics(&self) -> AuthMetrics<'_> {
        AuthMetrics::default()
    }
}

/// Why nobody was found behind the credentials; for the log, since a client is told no more than `Unauthorized`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unauthenticated(pub String);

/// What an authorizer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The user may.
    Allow,
    /// The user may not, whatever others say.
    Deny {
        /// Why, for the client; may be empty.
        reason: String,
    },
    /// It is for others to say; if all say so, the user may not.
    NoOpinion {
        /// Why, for the client; may be empty.
        reason: String,
    },
}

/// Decides who may do what.
#[async_trait]
pub trait Authorizer: Send + Sync + 'static {
    /// Decides about a request.
    ///
    /// # Errors
    /// If nothing could be found out.
    async fn authorize(&self, user: &User, request: &RequestInfo) -> Result<Decision, Failure>;

    /// What is counted of it.
    fn metrics(&self) -> AuthMetrics<'_> {
        AuthMetrics::default()
    }
}

/// Lets a request through, or says why not.
///
/// # Errors
/// If the user may not, or nothing could be found out.
pub async fn check(authorizer: &dyn Authorizer, user: &User, request: &RequestInfo) -> Result<(), Failure> {
    match authorizer.authorize(user, request).await? {
        Decision::Allow => Ok(()),
        Decision::Deny { reason } | Decision::NoOpinion { reason } => Err(forbidden(user, request, &reason)),
    }
}

/// What a user is told who may not: upstream's `responsewriters.ForbiddenStatusError`.
pub fn forbidden(user: &User, request: &RequestInfo, reason: &str) -> Failure {
    let (name, verb) = (quoted(&user.name), request.verb);
    let what = match &request.resource {
        None => format!("path {}", quoted(&request.path)),
        Some(resource) => {
            let path = match resource.subresource.as_str() {
                "" => resource.resource.clone(),
                subresource => format!("{}/{subresource}", resource.resource),
            };
            let place = match resource.namespace.as_str() {
                "" => "at the cluster scope".to_owned(),
                namespace => format!("in the namespace {}", quoted(namespace)),
            };
            format!(
                "resource {} in API group {} {place}",
                quoted(&path),
                quoted(&resource.group)
            )
        }
    };
    // What a browser would take for markup.
    let message = format!("User {name} cannot {verb} {what}");
    let mut message = message.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    if !reason.is_empty() {
        message = format!("{message}: {reason}");
    }
    let subject = request.resource.as_ref().map(crate::request::ResourceInfo::subject);
    Failure::forbidden(&subject.unwrap_or_default(), message)
}

impl std::fmt::Display for Unauthenticated {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unauthenticated {}
