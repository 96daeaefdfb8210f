//! Bearer tokens that the main API server is asked about. As upstream's webhook of token reviews.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

use super::memo::Memo;
use super::{Authenticator, Credentials, Unauthenticated, User, bearer};
use crate::cluster::{Client, Retry};
use crate::metrics::{AuthMetrics, ReviewMetrics};

const PATH: &str = "/apis/authentication.k8s.io/v1/tokenreviews";

/// How many tokens are remembered.
const KNOWN: usize = 4096;

/// Knows users by the tokens that the main API server knows.
pub struct TokenReviews {
    asking: Arc<Asking>,
    /// By digest, so that no memory holds tokens for long.
    known: Arc<Memo<[u8; 32], Result<User, Unauthenticated>, Unauthenticated>>,
    ttl: Duration,
}

struct Asking {
    client: Client,
    audiences: Vec<String>,
    retry: Retry,
    metrics: ReviewMetrics,
}

impl TokenReviews {
    /// Asks for tokens that are good for one of the audiences, or for the main API server if there are none. An answer,
    /// yes or no, is believed for as long as `ttl`.
    pub fn new(client: Client, audiences: Vec<String>, ttl: Duration, retry: Retry) -> Self {
        Self {
            asking: Arc::new(Asking {
                client,
                audiences,
                retry,
                metrics: ReviewMetrics::default(),
            }),
            known: Memo::new(KNOWN),
            ttl,
        }
    }
}

#[async_trait]
impl Authenticator for TokenReviews {
    async fn authenticate(&self, credentials: Credentials<'_>) -> Result<Option<User>, Unauthenticated> {
        let Some(token) = bearer::token(credentials.headers) else {
            return Ok(None);
        };
        let mut key = [0; 32];
        key.copy_from_slice(digest(&SHA256, token.as_bytes()).as_ref());
        let reviewed = self.known.get(key, || {
            let (asking, token, ttl) = (Arc::clone(&self.asking), token.to_owned(), self.ttl);
            async move { Ok((asking.review(token).await?, Some(ttl))) }
        });
        reviewed.await?.map(Some)
    }

    fn metrics(&self) -> AuthMetrics<'_> {
        AuthMetrics {
            reviews: Some(&self.asking.metrics),
            ..AuthMetrics::default()
        }
    }
}

impl Asking {
    /// Whose token it is; the outer error is that nobody could say.
    async fn review(&self, token: String) -> Result<Result<User, Unauthenticated>, Unauthenticated> {
        let review = Review {
            api_version: "authentication.k8s.io/v1",
            kind: "TokenReview",
            spec: Spec {
                token,
                audiences: &self.audiences,
            },
        };
        let review = serde_json::to_vec(&review).map_err(|error| Unauthenticated(error.to_string()))?;
        let reviewed = self
            .client
            .review::<Reviewed>(PATH, review.into(), self.retry, &self.metrics)
            .await;
        let reviewed = reviewed.map_err(|error| {
            tracing::warn!(%error, "cannot review a token");
            Unauthenticated(error.to_string())
        })?;
        Ok(self.read(reviewed.status))
    }

    fn read(&self, status: Status) -> Result<User, Unauthenticated> {
        let refused = |why: &str| Err(Unauthenticated(why.to_owned()));
        if !status.authenticated {
            return refused(status.error.as_deref().unwrap_or("nobody has the token"));
        }
        // A server that knows of no audiences answers with none, and means itself.
        let is_meant = |audience: &String| self.audiences.contains(audience);
        if !self.audiences.is_empty() && !status.audiences.is_empty() && !status.audiences.iter().any(is_meant) {
            return refused("the token is for another audience");
        }
        Ok(User {
            name: status.user.username,
            uid: status.user.uid,
            groups: status.user.groups,
            extra: status.user.extra,
        })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Review<'a> {
    api_version: &'static str,
    kind: &'static str,
    spec: Spec<'a>,
}

#[derive(Serialize)]
struct Spec<'a> {
    token: String,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    audiences: &'a [String],
}

#[derive(Deserialize)]
struct Reviewed {
    #[serde(default)]
    status: Status,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Status {
    authenticated: bool,
    user: UserInfo,
    audiences: Vec<String>,
    error: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct UserInfo {
    username: String,
    uid: String,
    groups: Vec<String>,
    extra: BTreeMap<String, Vec<String>>,
}
