//! A request as the endpoints see it: what it asks for, who asks, and with which options.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use parking_lot::Mutex;
use tokio::time::Instant;

use crate::auth::{Authorizer, User};
use crate::failure::Subject;

pub use kgen::scheme::Verb;

/// What a request asks for, as its method and its address say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestInfo {
    /// The path, without the query.
    pub path: String,
    /// The word that rules of access know: that of [`ResourceInfo::verb`], or the method in lower case.
    pub verb: &'static str,
    /// Which resource it is about; none for what is no resource, such as `/healthz`.
    pub resource: Option<ResourceInfo>,
}

/// The part of a request that is about a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceInfo {
    /// What is done.
    pub verb: Verb,
    /// The group, such as `wardle.example.com`.
    pub group: String,
    /// The version, such as `v1`.
    pub version: String,
    /// The namespace; empty for objects that have none, and for all namespaces.
    pub namespace: String,
    /// The resource, such as `flunders`.
    pub resource: String,
    /// What lies beneath the object, such as `status`; empty for the object itself.
    pub subresource: String,
    /// The object; empty if the request is about several or about one that has no name yet.
    pub name: String,
    /// The label selector of a request about several objects, as it stands in the query.
    pub label_selector: String,
    /// The field selector of a request about several objects, as it stands in the query.
    pub field_selector: String,
}

impl ResourceInfo {
    /// What messages name.
    pub fn subject(&self) -> Subject {
        Subject {
            group: self.group.clone(),
            resource: self.resource.clone(),
            name: self.name.clone(),
        }
    }
}

/// A request that was let in: who asks is known, and that they may.
pub struct Request {
    /// What it asks for, of which resource.
    pub resource: ResourceInfo,
    /// Who asks.
    pub user: User,
    /// The options of the query.
    pub query: Query,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, which is not larger than the server allows.
    pub body: Bytes,
    /// When the time of the request is over; none for watches.
    pub deadline: Option<Instant>,
    /// How long a watch lasts at least whose client does not say how long; with none at all, as long as it listens.
    pub min_watch: Duration,
    /// What the client is warned of.
    pub warnings: Warnings,
    /// Decides about what the request turns out to do besides, such as to create by an update.
    pub authorizer: Arc<dyn Authorizer>,
}

impl Request {
    /// A header's value, if it is text.
    pub fn header(&self, name: impl http::header::AsHeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// The options in the query of an address, decoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads what stands after the `?`.
    pub fn parse(query: &str) -> Self {
        Self(
            form_urlencoded::parse(query.as_bytes())
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
        )
    }

    /// The first value of an option; none if it is not given.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// All values of an option.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let of_name = self.0.iter().filter(move |(known, _)| known == name);
        of_name.map(|(_, value)| value.as_str())
    }
}

/// What a client is warned of, in the order in which it came up, each once.
#[derive(Clone, Debug, Default)]
pub struct Warnings(Arc<Mutex<Vec<String>>>);

impl Warnings {
    /// Adds a warning.
    pub fn add(&self, text: impl Into<String>) {
        let text = text.into();
        let mut known = self.0.lock();
        if !text.is_empty() && !known.contains(&text) {
            known.push(text);
        }
    }

    /// All that was added.
    pub fn all(&self) -> Vec<String> {
        self.0.lock().clone()
    }
}
