//! Requests for flunders, as a server hands them to the endpoints.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::HeaderMap;
use kgen_apiserver::auth::{Authorizer, Decision, User};
use kgen_apiserver::failure::Failure;
use kgen_apiserver::request::{Query, Request, RequestInfo, ResourceInfo, Verb, Warnings};

struct Everybody;

#[async_trait]
impl Authorizer for Everybody {
    async fn authorize(&self, _: &User, _: &RequestInfo) -> Result<Decision, Failure> {
        Ok(Decision::Allow)
    }
}

/// A request that everybody may make; the name is empty for all flunders of the namespace.
pub(crate) fn request(verb: Verb, name: &str, query: &str, headers: HeaderMap, body: Bytes) -> Request {
    Request {
        resource: ResourceInfo {
            verb,
            group: "wardle.example.com".to_owned(),
            version: "v1alpha1".to_owned(),
            namespace: "default".to_owned(),
            resource: "flunders".to_owned(),
            subresource: String::new(),
            name: name.to_owned(),
            label_selector: String::new(),
            field_selector: String::new(),
        },
        user: User::anonymous(),
        query: Query::parse(query),
        headers,
        body,
        deadline: None,
        min_watch: Duration::ZERO,
        warnings: Warnings::default(),
        authorizer: Arc::new(Everybody),
    }
}
