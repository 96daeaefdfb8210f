//! A whole server without a network, over a store in memory.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::StreamExt;
use http::{HeaderMap, StatusCode};
use http_body_util::{BodyDataStream, BodyExt, Full};
use kgen::scheme::Scheme;
use kgen_apiserver::api::{Api, Storage};
use kgen_apiserver::auth::{AlwaysAllow, Authenticators};
use kgen_apiserver::openapi::Documents;
use kgen_apiserver::resource::Resources;
use kgen_apiserver::response::{Body, Response};
use kgen_apiserver::server::{self, ServerOptions, ServerParts};
use kgen_apiserver::storage::{
    CacheOptions, ListRequest, Lookup, Memory, Page, Range, Revision, Store, StoreError, Watch,
};
use serde_json::{Value, json};

pub(crate) const TABLE: &str = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
pub(crate) const METADATA: &str = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
pub(crate) const METADATA_LIST: &str =
    "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

const PREFIX: &str = "/registry/test";

/// The addresses of the resources that the cases read.
pub(crate) const FLUNDERS: &str = "/apis/wardle.example.com/v1alpha1/namespaces/default/flunders";
pub(crate) const FISCHERS: &str = "/apis/wardle.example.com/v1alpha1/fischers";
pub(crate) const ROBOTS: &str = "/apis/fleet.example.com/v1/namespaces/default/robots";

/// A server with the kinds of an example.
pub(crate) struct Server {
    pub(crate) resources: Resources,
    pub(crate) store: Arc<Memory>,
    server: server::Server,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// A cache that does not let the cases wait for long.
fn cached() -> CacheOptions {
    CacheOptions {
        patience: Duration::from_millis(100),
        bookmarks: Duration::from_millis(50),
        ..CacheOptions::default()
    }
}

fn serve(
    scheme: &Scheme,
    store: Arc<dyn Store>,
    cache: Option<CacheOptions>,
    options: ServerOptions,
) -> server::Server {
    let storage = Storage {
        store,
        prefix: PREFIX.to_owned(),
        cache,
    };
    let api = Api::new(scheme.clone());
    server::Server::new(ServerParts {
        resources: api.resources(&storage, |_| true).expect("the kinds agree"),
        documents: Documents::of(&api),
        authenticator: Arc::new(Authenticators::new(Vec::new(), true)),
        authorizer: Arc::new(AlwaysAllow),
        options,
    })
}

/// A store of which no list ever comes.
struct Stuck(Arc<Memory>);

#[async_trait]
impl Store for Stuck {
    async fn get(&self, key: &str) -> Result<Lookup, StoreError> {
        self.0.get(key).await
    }

    async fn list(&self, _: Range) -> Result<Page, StoreError> {
        std::future::pending().await
    }

    async fn create(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<Revision, StoreError> {
        self.0.create(key, value, ttl).await
    }

    async fn replace(
        &self,
        key: &str,
        seen: Revision,
        value: Bytes,
        ttl: Option<Duration>,
    ) -> Result<Revision, StoreError> {
        self.0.replace(key, seen, value, ttl).await
    }

    async fn delete(&self, key: &str, seen: Revision) -> Result<Revision, StoreError> {
        self.0.delete(key, seen).await
    }

    async fn watch(&self, prefix: &str, after: Revision) -> Result<Watch, StoreError> {
        self.0.watch(prefix, after).await
    }

    async fn current(&self) -> Result<Revision, StoreError> {
        self.0.current().await
    }

    async fn compact(&self, revision: Revision) -> Result<(), StoreError> {
        self.0.compact(revision).await
    }
}

impl Server {
    pub(crate) async fn wardle() -> Self {
        Self::new(wardle::generated::scheme()).await
    }

    pub(crate) async fn fleet() -> Self {
        Self::new(fleet::generated::scheme()).await
    }

    pub(crate) async fn new(scheme: Scheme) -> Self {
        Self::with(scheme, Some(cached())).await
    }

    /// With a cache that remembers no more than so many events.
    pub(crate) async fn forgetful(events: usize) -> Self {
        let options = CacheOptions { events, ..cached() };
        Self::with(wardle::generated::scheme(), Some(options)).await
    }

    /// Over a store that never tells what it holds.
    pub(crate) fn stuck() -> Self {
        let store = Arc::new(Memory::new());
        let server = serve(
            &wardle::generated::scheme(),
            Arc::new(Stuck(store.clone())),
            Some(cached()),
            ServerOptions::default(),
        );
        Self {
            resources: server.resources().clone(),
            store,
            server,
        }
    }

    /// Without a cache, so that the store itself is asked and forgets what it is told to forget.
    pub(crate) async fn direct(scheme: Scheme) -> Self {
        Self::with(scheme, None).await
    }

    /// Whose watches last at least so long, where clients do not say how long.
    pub(crate) async fn hasty(min_watch: Duration) -> Self {
        let options = ServerOptions {
            min_watch,
            ..ServerOptions::default()
        };
        Self::with_options(wardle::generated::scheme(), Some(cached()), options).await
    }

    async fn with(scheme: Scheme, cache: Option<CacheOptions>) -> Self {
        Self::with_options(scheme, cache, ServerOptions::default()).await
    }

    async fn with_options(scheme: Scheme, cache: Option<CacheOptions>, options: ServerOptions) -> Self {
        let store = Arc::new(Memory::new());
        let server = serve(&scheme, store.clone(), cache, options);
        let resources = server.resources().clone();
        for resource in resources.iter() {
            // Caches remember what happens from when they are loaded on.
            let list = ListRequest::of(resource.keys.prefix());
            resource.reader.list(list).await.expect("the cache is loaded");
        }
        Self {
            resources,
            store,
            server,
        }
    }

    /// Stores an object as it is, under its kind's resource.
    pub(crate) async fn put(&self, resource: &str, object: Value) -> u64 {
        let key = self.key(resource, &object);
        let value = Bytes::from(format!("{object}\n"));
        let revision = match self.store.get(&key).await.expect("the store answers").entry {
            Some(entry) => self.store.replace(&key, entry.revision, value, None).await,
            None => self.store.create(&key, value, None).await,
        };
        revision.expect("it is written").get()
    }

    pub(crate) async fn delete(&self, resource: &str, object: Value) -> u64 {
        let key = self.key(resource, &object);
        let entry = self.store.get(&key).await.expect("the store answers").entry;
        let revision = self.store.delete(&key, entry.expect("it is there").revision).await;
        revision.expect("it is deleted").get()
    }

    pub(crate) async fn compact(&self, revision: u64) {
        let compacted = self.store.compact(Revision::new(revision)).await;
        compacted.expect("the store forgets");
    }

    fn key(&self, resource: &str, object: &Value) -> String {
        let found = self.resources.iter().find(|known| known.plural() == resource);
        let metadata = &object["metadata"];
        let name = metadata["name"].as_str().expect("it has a name");
        let key = found
            .expect("it is served")
            .keys
            .object(metadata["namespace"].as_str(), name);
        key.expect("it is a name")
    }

    pub(crate) async fn get(&self, address: &str) -> Answer {
        self.get_as(address, &[]).await
    }

    /// Reads an address with headers.
    pub(crate) async fn get_as(&self, address: &str, headers: &[(&'static str, &str)]) -> Answer {
        let (parts, body) = self.send(address, headers).await.into_parts();
        Answer {
            code: parts.status,
            headers: parts.headers,
            body: body.collect().await.expect("the body ends").to_bytes(),
        }
    }

    pub(crate) async fn watch(&self, address: &str) -> Watching {
        self.watch_as(address, "application/json").await
    }

    /// Watches what happens at a path after a version.
    pub(crate) async fn watch_from(&self, path: &str, version: u64) -> Watching {
        self.watch(&format!("{path}?watch=true&resourceVersion={version}"))
            .await
    }

    /// Watches an address. The answer has to begin.
    pub(crate) async fn watch_as(&self, address: &str, accept: &str) -> Watching {
        let response = self.send(address, &[("accept", accept)]).await;
        assert_eq!(response.status(), StatusCode::OK, "the watch begins");
        assert_eq!(response.headers()["content-type"], "application/json");
        Watching {
            body: response.into_body().into_data_stream(),
            read: Vec::new(),
        }
    }

    async fn send(&self, address: &str, headers: &[(&'static str, &str)]) -> Response {
        let request = headers
            .iter()
            .fold(http::Request::get(address), |request, (name, value)| {
                request.header(*name, *value)
            });
        let request = request.body(Full::new(Bytes::new())).expect("it is a request");
        self.server.handle(request, &[]).await
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {:?}", self.body))
    }

    /// The JSON of an answer that has to be 200.
    pub(crate) fn ok(&self) -> Value {
        assert_eq!(self.code, StatusCode::OK, "{:?}", self.body);
        self.json()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).expect("it is text")
    }

    /// The code, the reason and the message of a refusal.
    pub(crate) fn refusal(&self) -> (u16, String, String) {
        let status = self.json();
        assert_eq!(status["kind"], "Status", "{status}");
        let text = |name: &str| status[name].as_str().unwrap_or_default().to_owned();
        (self.code.as_u16(), text("reason"), text("message"))
    }

    /// What the client is warned of, as it stands in the headers.
    pub(crate) fn warnings(&self) -> Vec<&str> {
        let warnings = self.headers.get_all("warning").iter();
        warnings.map(|warning| warning.to_str().expect("it is text")).collect()
    }

    /// The names of the items of a list.
    pub(crate) fn names(&self) -> Vec<String> {
        let list = self.ok();
        let items = list["items"].as_array().unwrap_or_else(|| panic!("no items in {list}"));
        let names = items.iter().map(|item| item["metadata"]["name"].as_str());
        names.map(|name| name.expect("items have names").to_owned()).collect()
    }
}

/// A watch that is read event by event.
pub(crate) struct Watching {
    body: BodyDataStream<Body>,
    read: Vec<u8>,
}

impl Watching {
    /// The next event, as its line.
    pub(crate) async fn line(&mut self) -> Option<String> {
        loop {
            if let Some(end) = self.read.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.read.drain(..=end).collect();
                return Some(String::from_utf8(line).expect("it is text"));
            }
            let more = tokio::time::timeout(Duration::from_secs(10), self.body.next()).await;
            match more.expect("something comes") {
                Some(more) => self.read.extend_from_slice(&more.expect("the stream goes on")),
                None => {
                    assert!(self.read.is_empty(), "the stream ends with a whole event");
                    return None;
                }
            }
        }
    }

    /// The next event: its type and its object.
    pub(crate) async fn event(&mut self) -> (String, Value) {
        let line = self.line().await.expect("the stream goes on");
        let mut event: Value = serde_json::from_str(&line).expect("it is JSON");
        let word = event["type"].as_str().expect("it has a type").to_owned();
        (word, event["object"].take())
    }

    /// The next event that is no bookmark: its type, the object's name and resource version.
    pub(crate) async fn change(&mut self) -> (String, String, u64) {
        loop {
            let (word, object) = self.event().await;
            if word != "BOOKMARK" {
                let name = object["metadata"]["name"].as_str().unwrap_or_default().to_owned();
                return (word, name, version(&object));
            }
        }
    }

    /// Whether nothing comes for a while.
    pub(crate) async fn is_silent(&mut self) -> bool {
        let while_ = Duration::from_millis(150);
        self.read.is_empty() && tokio::time::timeout(while_, self.body.next()).await.is_err()
    }
}

/// The resource version of an object or a list.
pub(crate) fn version(object: &Value) -> u64 {
    let text = object["metadata"]["resourceVersion"].as_str();
    text.expect("it has a resource version")
        .parse()
        .expect("it is a number")
}

/// A change as [`Watching::change`] gives it.
pub(crate) fn change(word: &str, name: &str, version: u64) -> (String, String, u64) {
    (word.to_owned(), name.to_owned(), version)
}

/// A stored flunder.
pub(crate) fn flunder(name: &str) -> Value {
    labelled("default", name, json!({}))
}

/// A stored flunder with labels.
pub(crate) fn fischer(name: &str) -> Value {
    json!({"apiVersion": "wardle.example.com/v1alpha1", "kind": "Fischer", "metadata": {"name": name}})
}

pub(crate) fn labelled(namespace: &str, name: &str, labels: Value) -> Value {
    json!({
        "apiVersion": "wardle.example.com/v1alpha1", "kind": "Flunder",
        "metadata": {
            "creationTimestamp": "2026-01-01T00:00:00Z", "labels": labels, "name": name, "namespace": namespace,
            "uid": format!("uid-{name}"),
        },
        "spec": {"reference": "f", "referenceType": "Flunder"},
    })
}

/// A stored robot at a site.
pub(crate) fn robot(name: &str, site: &str) -> Value {
    json!({
        "apiVersion": "fleet.example.com/v1", "kind": "Robot",
        "metadata": {"creationTimestamp": "2026-01-01T00:00:00Z", "name": name, "namespace": "default"},
        "spec": {"chassis": "c", "site": site, "enabled": true, "asset_id": null, "type": "Owned"},
        "status": {"charge": 80, "lastSeen": "2026-01-01T00:00:00Z",
            "conditions": [{"type": "Ready", "status": "True", "reason": "r", "message": "", "lastTransitionTime": "2026-01-01T00:00:00Z"}]},
    })
}
