//! Several authenticators or authorizers as one.

use std::sync::Arc;

use async_trait::async_trait;
use http::HeaderMap;

use super::{AUTHENTICATED, Authenticator, Authorizer, Credentials, Decision, UNAUTHENTICATED, Unauthenticated, User};
use crate::failure::Failure;
use crate::metrics::AuthMetrics;
use crate::request::RequestInfo;

/// Asks several authenticators until one knows the user.
pub struct Authenticators {
    ordered: Vec<Arc<dyn Authenticator>>,
    anonymous: bool,
}

impl Authenticators {
    /// Asks in this order. With `anonymous`, who shows nothing at all is [`User::anonymous`]; who shows something that is
    /// not valid is nobody in any case.
    pub fn new(ordered: Vec<Arc<dyn Authenticator>>, anonymous: bool) -> Self {
        Self { ordered, anonymous }
    }
}

#[async_trait]
impl Authenticator for Authenticators {
    async fn authenticate(&self, credentials: Credentials<'_>) -> Result<Option<User>, Unauthenticated> {
        let mut refused = Vec::new();
        for authenticator in &self.ordered {
            match authenticator.authenticate(credentials).await {
                Ok(Some(user)) => return Ok(Some(authenticated(user))),
                Ok(None) => {}
                Err(Unauthenticated(why)) => refused.push(why),
            }
        }
        match refused.as_slice() {
            [] => Ok(self.anonymous.then(User::anonymous)),
            _ => Err(Unauthenticated(refused.join("; "))),
        }
    }

    fn strip(&self, headers: &mut HeaderMap) {
        super::strip(headers, None);
        for authenticator in &self.ordered {
            authenticator.strip(headers);
        }
    }

    fn metrics(&self) -> AuthMetrics<'_> {
        let all = self.ordered.iter().map(|authenticator| authenticator.metrics());
        all.fold(AuthMetrics::default(), AuthMetrics::or)
    }
}

fn authenticated(mut user: User) -> User {
    if !user.is_in(AUTHENTICATED) && !user.is_in(UNAUTHENTICATED) {
        user.groups.push(AUTHENTICATED.to_owned());
    }
    user
}

/// Asks several authorizers until one decides.
pub struct Authorizers {
    ordered: Vec<Arc<dyn Authorizer>>,
}

impl Authorizers {
    /// Asks in this order.
    pub fn new(ordered: Vec<Arc<dyn Authorizer>>) -> Self {
        Self { ordered }
    }
}

#[async_trait]
impl Authorizer for Authorizers {
    /// An error counts only if nobody decides.
    async fn authorize(&self, user: &User, request: &RequestInfo) -> Result<Decision, Failure> {
        let mut reasons = Vec::new();
        let mut failed = None;
        for authorizer in &self.ordered {
            match authorizer.authorize(user, request).await {
                Ok(Decision::NoOpinion { reason }) if reason.is_empty() => {}
                Ok(Decision::NoOpinion { reason }) => reasons.push(reason),
                Ok(decided @ (Decision::Allow | Decision::Deny { .. })) => return Ok(decided),
                Err(failure) => {
                    failed.get_or_insert(failure);
                }
            }
        }
        match failed {
            Some(failure) => Err(failure),
            None => Ok(Decision::NoOpinion {
                reason: reasons.join("\n"),
            }),
        }
    }

    fn metrics(&self) -> AuthMetrics<'_> {
        let all = self.ordered.iter().map(|authorizer| authorizer.metrics());
        all.fold(AuthMetrics::default(), AuthMetrics::or)
    }
}
