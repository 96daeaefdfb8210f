//! A server without a network: resources of two APIs in memory, and requests as the endpoints see them.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderValue};
use http_body::Body as _;
use kgen_apiserver::api::{Api, Storage};
use kgen_apiserver::auth::{Authorizer, Decision, User};
use kgen_apiserver::failure::Failure;
use kgen_apiserver::request::{Query, Request, RequestInfo, ResourceInfo, Verb, Warnings};
use kgen_apiserver::resource::Resources;
use kgen_apiserver::response::{Body, Response};
use kgen_apiserver::rest;
use kgen_apiserver::storage::Memory;
use serde_json::{Value, json};

pub(crate) const POOLS: &str = "fleet.example.com/v1/pools";
pub(crate) const FLUNDERS: &str = "wardle.example.com/v1alpha1/flunders";
pub(crate) const JSON_PATCH: &str = "application/json-patch+json";
pub(crate) const MERGE: &str = "application/merge-patch+json";
pub(crate) const APPLY: &str = "application/apply-patch+yaml";

/// The bytes of a document of the examples.
macro_rules! document {
    ($path:literal) => {
        include_bytes!(concat!("../../../../examples/", $path))
    };
}

/// Lets everybody do everything but create objects called `forbidden`.
struct Nearly;

#[async_trait]
impl Authorizer for Nearly {
    async fn authorize(&self, _: &User, request: &RequestInfo) -> Result<Decision, Failure> {
        match &request.resource {
            Some(resource) if resource.verb == Verb::Create && resource.name == "forbidden" => {
                Ok(Decision::NoOpinion { reason: String::new() })
            }
            _ => Ok(Decision::Allow),
        }
    }
}

pub(crate) struct Server(Resources);

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: u16,
    pub(crate) body: Value,
    pub(crate) warnings: Vec<String>,
}

impl Answer {
    pub(crate) fn message(&self) -> &str {
        self.body["message"].as_str().unwrap_or_default()
    }

    pub(crate) fn reason(&self) -> &str {
        self.body["reason"].as_str().unwrap_or_default()
    }

    pub(crate) fn version(&self) -> &Value {
        &self.body["metadata"]["resourceVersion"]
    }

    #[track_caller]
    pub(crate) fn is(self, code: u16) -> Self {
        assert_eq!(self.code, code, "{} {:?}", self.body, self.warnings);
        self
    }

    /// The managers, each as `manager operation subresource`, with what they own.
    pub(crate) fn managers(&self) -> Vec<(String, Value)> {
        let entries = self.body["metadata"]["managedFields"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let named = entries.into_iter().map(|mut entry| {
            let fields = entry["fieldsV1"].take();
            let text = |name: &str| entry[name].as_str().unwrap_or_default().to_owned();
            let name = format!("{} {} {}", text("manager"), text("operation"), text("subresource"));
            (name.trim_end().to_owned(), fields)
        });
        named.collect()
    }
}

/// A request about to be sent.
pub(crate) struct Call<'s> {
    server: &'s Server,
    request: Request,
}

impl Server {
    pub(crate) fn new() -> Self {
        let mut scheme = fleet::generated::scheme();
        scheme.extend(wardle::generated::scheme());
        let api = Api::new(scheme)
            .openapi_v3(
                "apis/fleet.example.com/v1",
                document!("fleet/openapi/v3/apis/fleet.example.com/v1.json"),
            )
            .openapi_v3(
                "apis/wardle.example.com/v1alpha1",
                document!("wardle/openapi/v3/apis/wardle.example.com/v1alpha1.json"),
            )
            .openapi_v3(
                "apis/wardle.example.com/v1beta1",
                document!("wardle/openapi/v3/apis/wardle.example.com/v1beta1.json"),
            );
        let storage = Storage {
            store: Arc::new(Memory::new()),
            prefix: "/registry".to_owned(),
            cache: None,
        };
        Self(api.resources(&storage, |_| true).expect("the examples are servable"))
    }

    /// A request about an object, or about all of a resource if the name is empty. `path` is group, version and resource,
    /// and may go on with a subresource.
    pub(crate) fn call(&self, verb: Verb, path: &str, name: &str) -> Call<'_> {
        let mut parts = path.split('/').map(str::to_owned);
        let mut part = || parts.next().unwrap_or_default();
        let (group, version, resource, subresource) = (part(), part(), part(), part());
        let namespace = if resource == "fischers" || resource == "sites" {
            ""
        } else {
            "default"
        };
        let resource = ResourceInfo {
            verb,
            group,
            version,
            namespace: namespace.to_owned(),
            resource,
            subresource,
            name: name.to_owned(),
            label_selector: String::new(),
            field_selector: String::new(),
        };
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, HeaderValue::from_static("tester/1.0 (linux)"));
        let request = Request {
            resource,
            user: User::anonymous(),
            query: Query::default(),
            headers,
            body: Bytes::new(),
            deadline: None,
            min_watch: Duration::ZERO,
            warnings: Warnings::default(),
            authorizer: Arc::new(Nearly),
        };
        Call { server: self, request }
    }

    pub(crate) async fn get(&self, path: &str, name: &str) -> Answer {
        self.call(Verb::Get, path, name).send().await
    }

    pub(crate) async fn create(&self, path: &str, object: &Value) -> Answer {
        self.call(Verb::Create, path, "").json(object).send().await
    }

    pub(crate) async fn update(&self, path: &str, name: &str, object: &Value) -> Answer {
        self.call(Verb::Update, path, name).json(object).send().await
    }

    pub(crate) async fn patch(&self, path: &str, name: &str, media_type: &'static str, patch: &Value) -> Answer {
        let body = patch.to_string();
        self.call(Verb::Patch, path, name).body(media_type, body).send().await
    }

    pub(crate) async fn apply(&self, path: &str, name: &str, query: &str, configuration: &Value) -> Answer {
        let call = self.call(Verb::Patch, path, name).query(query);
        call.body(APPLY, configuration.to_string()).send().await
    }
}

impl Call<'_> {
    pub(crate) fn query(mut self, query: &str) -> Self {
        self.request.query = Query::parse(query);
        self
    }

    pub(crate) fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.request.headers.insert(name, HeaderValue::from_static(value));
        self
    }

    pub(crate) fn json(self, object: &Value) -> Self {
        self.body("application/json", object.to_string())
    }

    pub(crate) fn body(mut self, media_type: &'static str, body: impl Into<Bytes>) -> Self {
        self.request
            .headers
            .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        self.request.body = body.into();
        self
    }

    pub(crate) async fn send(self) -> Answer {
        let warnings = self.request.warnings.clone();
        let answered = rest::answer(&self.server.0, self.request).await;
        let (code, body) = match answered {
            Ok(response) => (response.status().as_u16(), read(response)),
            Err(failure) => {
                let status = serde_json::to_value(failure.status()).expect("a status is JSON");
                (failure.code, status)
            }
        };
        Answer {
            code,
            body,
            warnings: warnings.all(),
        }
    }
}

fn read(response: Response) -> Value {
    let size = response.body().size_hint().exact();
    let Body::Pieces(pieces) = response.into_body() else {
        panic!("a stream of {size:?} bytes was not expected");
    };
    let bytes: Vec<u8> = pieces.iter().flat_map(|piece| piece.iter().copied()).collect();
    serde_json::from_slice(&bytes).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()))
}

/// A pool with all that it must have.
pub(crate) fn pool(name: &str) -> Value {
    json!({
        "apiVersion": "fleet.example.com/v1", "kind": "Pool", "metadata": {"name": name},
        "spec": {"replicas": 2, "site": "rotterdam-2", "selector": {"matchLabels": {"pool": "a"}}, "template": {}},
    })
}

/// A flunder that refers to another one.
pub(crate) fn flunder(name: &str) -> Value {
    json!({
        "apiVersion": "wardle.example.com/v1alpha1", "kind": "Flunder", "metadata": {"name": name},
        "spec": {"reference": "other"},
    })
}
