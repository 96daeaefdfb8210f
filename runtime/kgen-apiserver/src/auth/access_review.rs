//! Access that the main API server is asked about. As upstream's webhook of subject access reviews.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::memo::Memo;
use super::selector::Requirements;
use super::{Authorizer, Decision, User};
use crate::cluster::{Client, Error, Retry};
use crate::failure::Failure;
use crate::metrics::{AuthMetrics, ReviewMetrics};
use crate::request::{RequestInfo, ResourceInfo};

const PATH: &str = "/apis/authorization.k8s.io/v1/subjectaccessreviews";

/// How many decisions are remembered.
const KNOWN: usize = 8192;

/// What is larger than this is not remembered: names and paths are the client's to choose.
const LARGEST_KNOWN: usize = 10_000;

/// Asks the main API server who may do what.
pub struct AccessReviews {
    asking: Arc<Asking>,
    /// By what is sent.
    known: Arc<Memo<Bytes, Decision, Error>>,
}

struct Asking {
    client: Client,
    allowed_ttl: Duration,
    denied_ttl: Duration,
    retry: Retry,
    metrics: ReviewMetrics,
}

impl AccessReviews {
    /// Believes answers for as long as is said.
    pub fn new(client: Client, allowed_ttl: Duration, denied_ttl: Duration, retry: Retry) -> Self {
        Self {
            asking: Arc::new(Asking {
                client,
                allowed_ttl,
                denied_ttl,
                retry,
                metrics: ReviewMetrics::default(),
            }),
            known: Memo::new(KNOWN),
        }
    }
}

#[async_trait]
impl Authorizer for AccessReviews {
    async fn authorize(&self, user: &User, request: &RequestInfo) -> Result<Decision, Failure> {
        let review = serde_json::to_vec(&Review::of(user, request)).map_err(Failure::internal)?;
        let review = Bytes::from(review);
        let is_kept = size(request) <= LARGEST_KNOWN;
        let decided = self.known.get(review.clone(), || {
            let asking = Arc::clone(&self.asking);
            async move { asking.review(review, is_kept).await }
        });
        decided.await.map_err(|error| {
            tracing::warn!(%error, user = user.name, "cannot review access");
            Failure::internal(error)
        })
    }

    fn metrics(&self) -> AuthMetrics<'_> {
        AuthMetrics {
            reviews: Some(&self.asking.metrics),
            ..AuthMetrics::default()
        }
    }
}

impl Asking {
    async fn review(&self, review: Bytes, is_kept: bool) -> Result<(Decision, Option<Duration>), Error> {
        let Status {
            allowed,
            denied,
            reason,
        } = self
            .client
            .review::<Reviewed>(PATH, review, self.retry, &self.metrics)
            .await?
            .status;
        let ttl = if allowed { self.allowed_ttl } else { self.denied_ttl };
        let decision = match (allowed, denied) {
            (true, true) => return Err(Error::Body("access is both allowed and denied".to_owned())),
            (true, false) => Decision::Allow,
            (false, true) => Decision::Deny { reason },
            (false, false) => Decision::NoOpinion { reason },
        };
        Ok((decision, is_kept.then_some(ttl)))
    }
}

/// How much of a review is the client's to choose.
fn size(request: &RequestInfo) -> usize {
    let resource = request.resource.as_ref().map_or(0, |resource| {
        let ResourceInfo {
            verb: _,
            group,
            version,
            namespace,
            resource,
            subresource,
            name,
            label_selector,
            field_selector,
        } = resource;
        let texts = [
            group,
            version,
            namespace,
            resource,
            subresource,
            name,
            label_selector,
            field_selector,
        ];
        texts.map(String::len).iter().sum()
    });
    request.verb.len() + request.path.len() + resource
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Review<'a> {
    api_version: &'static str,
    kind: &'static str,
    spec: Spec<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Spec<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_attributes: Option<ResourceAttributes<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    non_resource_attributes: Option<NonResourceAttributes<'a>>,
    user: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    groups: &'a [String],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extra: &'a BTreeMap<String, Vec<String>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    uid: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResourceAttributes<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    namespace: &'a str,
    verb: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    group: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    version: &'a str,
    resource: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    subresource: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field_selector: Option<Requirements>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label_selector: Option<Requirements>,
}

#[derive(Serialize)]
struct NonResourceAttributes<'a> {
    path: &'a str,
    verb: &'a str,
}

impl<'a> Review<'a> {
    fn of(user: &'a User, request: &'a RequestInfo) -> Self {
        let resource_attributes = request.resource.as_ref().map(|resource| ResourceAttributes {
            namespace: &resource.namespace,
            // Not that of the resource: a second check may ask for another verb than the request has.
            verb: request.verb,
            group: &resource.group,
            version: &resource.version,
            resource: &resource.resource,
            subresource: &resource.subresource,
            name: &resource.name,
            field_selector: Requirements::on_fields(&resource.field_selector),
            label_selector: Requirements::on_labels(&resource.label_selector),
        });
        let non_resource_attributes = resource_attributes.is_none().then_some(NonResourceAttributes {
            path: &request.path,
            verb: request.verb,
        });
        Self {
            api_version: "authorization.k8s.io/v1",
            kind: "SubjectAccessReview",
            spec: Spec {
                resource_attributes,
                non_resource_attributes,
                user: &user.name,
                groups: &user.groups,
                extra: &user.extra,
                uid: &user.uid,
            },
        }
    }
}

#[derive(Deserialize)]
struct Reviewed {
    #[serde(default)]
    status: Status,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Status {
    allowed: bool,
    denied: bool,
    reason: String,
}
