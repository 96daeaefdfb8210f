//! Resources of two APIs in memory, and requests as the endpoints see them.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::StreamExt;
use http::header::{CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderValue};
use kgen_apiserver::api::{Api, Storage};
use kgen_apiserver::auth::{Authorizer, Decision, User};
use kgen_apiserver::failure::Failure;
use kgen_apiserver::request::{Query, Request, RequestInfo, ResourceInfo, Verb, Warnings};
use kgen_apiserver::resource::Resources;
use kgen_apiserver::response::Body;
use kgen_apiserver::rest;
use kgen_apiserver::storage::{CacheOptions, Change, Memory, Revision, Store, Update};
use kgen_apiserver::strategy::Strategy;
use serde_json::{Value, json};
use wardle::v1alpha1::Flunder;

pub(crate) const FLUNDERS: &str = "wardle.example.com/v1alpha1/flunders";
pub(crate) const NEW_FLUNDERS: &str = "wardle.example.com/v1beta1/flunders";
pub(crate) const FISCHERS: &str = "wardle.example.com/v1alpha1/fischers";
pub(crate) const POOLS: &str = "fleet.example.com/v1/pools";
pub(crate) const MISSIONS: &str = "fleet.example.com/v1/missions";
pub(crate) const POOL_STATUS: &str = "fleet.example.com/v1/pools/status";

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
            Some(resource) if request.verb == "create" && resource.name == "forbidden" => Ok(Decision::NoOpinion {
                reason: "not today".to_owned(),
            }),
            _ => Ok(Decision::Allow),
        }
    }
}

pub(crate) struct Server {
    pub(crate) resources: Resources,
    pub(crate) store: Arc<dyn Store>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: u16,
    pub(crate) body: Value,
    pub(crate) warnings: Vec<String>,
}

impl Answer {
    #[track_caller]
    pub(crate) fn is(self, code: u16) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    pub(crate) fn message(&self) -> &str {
        self.body["message"].as_str().unwrap_or_default()
    }

    pub(crate) fn reason(&self) -> &str {
        self.body["reason"].as_str().unwrap_or_default()
    }

    pub(crate) fn version(&self) -> &Value {
        &self.body["metadata"]["resourceVersion"]
    }

    pub(crate) fn metadata(&self, name: &str) -> &Value {
        &self.body["metadata"][name]
    }

    /// The fields and messages of what is wrong.
    pub(crate) fn causes(&self) -> Vec<(String, String)> {
        let causes = self.body["details"]["causes"].as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let causes = causes
            .iter()
            .map(|cause| (text(&cause["field"]), text(&cause["message"])));
        causes.collect()
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
        Self::with(|wardle| wardle)
    }

    /// A server whose API of flunders has something of its own.
    pub(crate) fn with(also: impl FnOnce(Api) -> Api) -> Self {
        Self::on(Arc::new(Memory::new()), also)
    }

    pub(crate) fn on(store: Arc<dyn Store>, also: impl FnOnce(Api) -> Api) -> Self {
        Self::reading(store, None, also)
    }

    /// A server that keeps copies of what it serves.
    pub(crate) fn cached(store: Arc<dyn Store>) -> Self {
        Self::reading(store, Some(CacheOptions::default()), |api| api)
    }

    fn reading(store: Arc<dyn Store>, cache: Option<CacheOptions>, also: impl FnOnce(Api) -> Api) -> Self {
        let storage = Storage {
            store: store.clone(),
            prefix: "/registry".to_owned(),
            cache,
        };
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
        let resources = also(api).resources(&storage, |_| true);
        Self {
            resources: resources.expect("the examples are servable"),
            store,
        }
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

    pub(crate) async fn update(&self, path: &str, object: &Value) -> Answer {
        let name = object["metadata"]["name"].as_str().unwrap_or_default();
        self.put(path, name, object).await
    }

    /// An update at the version that there is.
    pub(crate) async fn overwrite(&self, path: &str, object: &Value) -> Answer {
        let mut object = object.clone();
        let name = object["metadata"]["name"].as_str().unwrap_or_default();
        let live = self.get(path, name).await.is(200);
        object["metadata"]["resourceVersion"] = live.metadata("resourceVersion").clone();
        self.update(path, &object).await
    }

    /// An update by another name than that of the body, or of a body without one.
    pub(crate) async fn put(&self, path: &str, name: &str, object: &Value) -> Answer {
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

    pub(crate) async fn delete(&self, path: &str, name: &str, options: &Value) -> Answer {
        self.call(Verb::Delete, path, name).json(options).send().await
    }

    /// All changes since a revision, each with whether it was a deletion.
    pub(crate) async fn changes(&self, after: Revision) -> Vec<(Revision, bool)> {
        let current = self.store.current().await.expect("the store answers");
        let watch = self.store.watch("/", after).await.expect("the store can be watched");
        watch.progress.request();
        let mut updates = watch.updates;
        let mut changes = Vec::new();
        while let Some(update) = updates.next().await {
            match update.expect("the watch goes on") {
                Update::Change(change) => {
                    changes.push((change.revision(), matches!(*change, Change::Delete { .. })));
                    if change.revision() == current {
                        break;
                    }
                }
                Update::Progress(revision) if revision >= current => break,
                Update::Progress(_) => {}
            }
        }
        changes
    }

    pub(crate) async fn revision(&self) -> Revision {
        self.store.current().await.expect("the store answers")
    }
}

impl Call<'_> {
    pub(crate) fn query(mut self, query: &str) -> Self {
        self.request.query = Query::parse(query);
        self
    }

    pub(crate) fn namespace(mut self, namespace: &str) -> Self {
        self.request.resource.namespace = namespace.to_owned();
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
        let (code, body) = match rest::answer(&self.server.resources, self.request).await {
            Ok(response) => (response.status().as_u16(), read(response.into_body())),
            Err(failure) => (
                failure.code,
                serde_json::to_value(failure.status()).expect("a status is JSON"),
            ),
        };
        Answer {
            code,
            body,
            warnings: warnings.all(),
        }
    }
}

/// A body as JSON, or as a text if it is none.
fn read(body: Body) -> Value {
    let Body::Pieces(pieces) = body else {
        panic!("a stream was not expected");
    };
    let bytes: Vec<u8> = pieces.iter().flat_map(|piece| piece.iter().copied()).collect();
    serde_json::from_slice(&bytes).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()))
}

/// A flunder that refers to another one.
pub(crate) fn flunder(name: &str) -> Value {
    json!({
        "apiVersion": "wardle.example.com/v1alpha1", "kind": "Flunder", "metadata": {"name": name},
        "spec": {"reference": "other"},
    })
}

/// A pool with all that it must have.
pub(crate) fn pool(name: &str) -> Value {
    json!({
        "apiVersion": "fleet.example.com/v1", "kind": "Pool", "metadata": {"name": name},
        "spec": {"replicas": 2, "site": "rotterdam-2", "selector": {"matchLabels": {"pool": "a"}}, "template": {}},
    })
}

/// Lets the last one who writes win.
pub(crate) struct Careless;

impl Strategy for Careless {
    type Object = Flunder;

    fn allows_unconditional_update(&self) -> bool {
        true
    }
}
