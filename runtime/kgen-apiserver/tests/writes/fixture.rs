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
use kgen_apiserver::storage::{Change, Memory, Revision, Store, Update};
use serde_json::{Value, json};

pub(crate) const FLUNDERS: &str = "wardle.example.com/v1alpha1/flunders";
pub(crate) const NEW_FLUNDERS: &str = "wardle.example.com/v1beta1/flunders";
pub(crate) const FISCHERS: &str = "wardle.example.com/v1alpha1/fischers";
pub(crate) const POOLS: &str = "fleet.example.com/v1/pools";
pub(crate) const POOL_STATUS: &str = "fleet.example.com/v1/pools/status";

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
    pub(crate) fleet: Resources,
    pub(crate) wardle: Resources,
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
        let storage = Storage {
            store: store.clone(),
            prefix: "/registry".to_owned(),
            cache: None,
        };
        let fleet = Api::new(fleet::generated::scheme()).resources(&storage, |_| true);
        let wardle = also(Api::new(wardle::generated::scheme())).resources(&storage, |_| true);
        Self {
            fleet: fleet.expect("fleet is servable"),
            wardle: wardle.expect("wardle is servable"),
            store,
        }
    }

    /// A request about an object, or about all of a resource if the name is empty. `path` is group, version and resource,
    /// and may go on with a subresource.
    pub(crate) fn call(&self, verb: Verb, path: &str, name: &str) -> Call<'_> {
        let mut parts = path.split('/').map(str::to_owned);
        let mut part = || parts.next().unwrap_or_default();
        let (group, version, resource, subresource) = (part(), part(), part(), part());
        let namespace = if resource == "fischers" { "" } else { "default" };
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
        self.call(Verb::Update, path, name).json(object).send().await
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

    pub(crate) fn json(mut self, object: &Value) -> Self {
        let json = HeaderValue::from_static("application/json");
        self.request.headers.insert(CONTENT_TYPE, json);
        self.request.body = object.to_string().into();
        self
    }

    pub(crate) async fn send(self) -> Answer {
        let warnings = self.request.warnings.clone();
        let resources = match self.request.resource.group.as_str() {
            "wardle.example.com" => &self.server.wardle,
            _ => &self.server.fleet,
        };
        let (code, body) = match rest::answer(resources, self.request).await {
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

fn read(body: Body) -> Value {
    let Body::Pieces(pieces) = body else {
        panic!("a stream was not expected");
    };
    let bytes: Vec<u8> = pieces.iter().flat_map(|piece| piece.iter().copied()).collect();
    serde_json::from_slice(&bytes).expect("the body is JSON")
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
