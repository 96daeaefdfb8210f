//! What needs no rules: administrators, paths that are open to all, servers that refuse nothing.

use async_trait::async_trait;

use super::{Authorizer, Decision, User};
use crate::failure::Failure;
use crate::request::RequestInfo;

/// Allows everything to some groups, `system:masters` as a rule.
pub struct PrivilegedGroups(Vec<String>);

impl PrivilegedGroups {
    /// Allows everything to these.
    pub fn new(groups: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self(groups.into_iter().map(Into::into).collect())
    }
}

#[async_trait]
impl Authorizer for PrivilegedGroups {
    async fn authorize(&self, user: &User, _request: &RequestInfo) -> Result<Decision, Failure> {
        Ok(allow_if(self.0.iter().any(|group| user.is_in(group))))
    }
}

/// Allows everybody to use some paths that are no resources, such as `/healthz`: kubelets and load balancers ask them.
pub struct AlwaysAllowedPaths(Vec<String>);

impl AlwaysAllowedPaths {
    /// Allows these; a path that ends in `*` stands for all that begin with what precedes it.
    pub fn new(paths: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self(paths.into_iter().map(Into::into).collect())
    }

    fn has(&self, path: &str) -> bool {
        let path = path.trim_start_matches('/');
        self.0.iter().any(|known| {
            let known = known.trim_start_matches('/');
            known
                .strip_suffix('*')
                .map_or(path == known, |start| path.starts_with(start))
        })
    }
}

#[async_trait]
impl Authorizer for AlwaysAllowedPaths {
    async fn authorize(&self, _user: &User, request: &RequestInfo) -> Result<Decision, Failure> {
        Ok(allow_if(request.resource.is_none() && self.has(&request.path)))
    }
}

/// Allows everything to everybody, even to those who do not say who they are.
pub struct AlwaysAllow;

#[async_trait]
impl Authorizer for AlwaysAllow {
    async fn authorize(&self, _user: &User, _request: &RequestInfo) -> Result<Decision, Failure> {
        Ok(Decision::Allow)
    }
}

fn allow_if(allowed: bool) -> Decision {
    if allowed {
        Decision::Allow
    } else {
        Decision::NoOpinion { reason: String::new() }
    }
}
