//! Who asks, and whether they may: users, authenticators and authorizers.

use std::collections::BTreeMap;

use async_trait::async_trait;
use http::HeaderMap;

use crate::failure::Failure;
use crate::request::RequestInfo;

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
            groups: vec!["system:unauthenticated".to_owned()],
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
}

impl std::fmt::Display for Unauthenticated {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unauthenticated {}
