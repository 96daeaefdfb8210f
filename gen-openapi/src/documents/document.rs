//! A document in the form that both versions of OpenAPI are written from: paths with their operations, and the schemas
//! that those name. Plain data without a decision; [`super::V3`] and [`super::V2`] write it.

use std::collections::BTreeMap;

use crate::schema::{GroupVersionKind, Schema};

use super::parameters::Parameter;

/// What a server publishes about some of its resources.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What it is about: a group, or several.
    pub title: String,
    /// The version of the API, such as `v1`.
    pub version: String,
    /// The paths, in alphabetical order.
    pub paths: Vec<Path>,
    /// The schemas that paths and other schemas name, in the form of version 3: references point into
    /// `#/components/schemas/`.
    pub definitions: BTreeMap<String, Schema>,
}

/// One path of a server.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Such as `/apis/shop.example.com/v1/namespaces/{namespace}/orders/{name}`.
    pub path: String,
    /// Parameters that all operations share, by name.
    pub parameters: Vec<Parameter>,
    /// In the order of [`Method`].
    pub operations: Vec<Operation>,
}

/// What a request to a path does.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The HTTP method.
    pub method: Method,
    /// The unique name, such as `readShopExampleComV1NamespacedOrder`.
    pub id: String,
    /// The group and version, such as `shopExampleCom_v1`.
    pub tag: String,
    /// What it does, for people.
    pub description: String,
    /// Parameters that the path does not say already, by name.
    pub parameters: Vec<Parameter>,
    /// What is sent.
    pub body: Option<Body>,
    /// What comes back, by code.
    pub responses: Vec<Response>,
    /// Media types of what comes back, in the order of preference.
    pub produces: &'static [&'static str],
    /// What it is to Kubernetes. `None` for discovery.
    pub target: Option<Target>,
}

/// A method of HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of HTTP")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Patch,
}

/// What is sent with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// The schema's name.
    pub definition: String,
    /// Media types, in the order of preference.
    pub consumes: &'static [&'static str],
    /// Whether it must be there.
    pub required: bool,
}

/// What comes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status code of HTTP.
    pub code: u16,
    /// The schema's name, if there is a body to rely on.
    pub definition: Option<String>,
}

/// What an operation is to Kubernetes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// `x-kubernetes-action`
    pub action: &'static str,
    /// `x-kubernetes-group-version-kind`: the kind of the body.
    pub kind: GroupVersionKind,
}

impl Method {
    /// The name, as documents hold it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Put => "put",
            Self::Post => "post",
            Self::Delete => "delete",
            Self::Patch => "patch",
        }
    }
}

impl Response {
    /// What the code means, in the words of HTTP.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match self.code {
            201 => "Created",
            202 => "Accepted",
            401 => "Unauthorized",
            _ => "OK",
        }
    }
}
