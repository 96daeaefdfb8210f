//! A server that keeps objects in memory: as much of the REST API of Kubernetes as kube asks for here.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard};

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::channel::{Channel, Sender};
use kube::Client;
use kube::client::Body;
use serde_json::{Value, json};
use tokio::sync::watch;

/// The namespace of clients that name none.
pub(crate) const NAMESPACE: &str = "default";

/// What clients see.
#[derive(Clone)]
pub(crate) struct Server {
    store: Arc<Mutex<Store>>,
    revision: watch::Sender<u64>,
}

impl Server {
    /// A server without objects.
    pub(crate) fn new() -> Self {
        Self {
            store: Arc::default(),
            revision: watch::Sender::new(0),
        }
    }

    /// A client of kube that talks to this server.
    pub(crate) fn client(&self) -> Client {
        let server = self.clone();
        let answer = move |request| {
            let server = server.clone();
            async move { Ok::<_, Infallible>(server.answer(request).await) }
        };
        Client::new(tower::service_fn(answer), NAMESPACE)
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().expect("no request panics")
    }

    async fn answer(&self, request: Request<Body>) -> Response<Channel<Bytes>> {
        let (parts, body) = request.into_parts();
        let body = body.collect_bytes().await.expect("clients send their bodies");
        let call = Call {
            path: Path::of(parts.uri.path()),
            content_type: text(parts.headers.get(header::CONTENT_TYPE)),
            is_metadata: text(parts.headers.get(header::ACCEPT)).contains("as=PartialObjectMetadata"),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            body: serde_json::from_slice(&body).unwrap_or_default(),
            method: parts.method,
        };
        let (sender, channel) = Channel::new(1);
        let mut response = Response::new(channel);
        if call.parameter("watch").is_some() {
            tokio::spawn(self.clone().watch(call, sender));
            return response;
        }
        let (status, body) = match self.store().answer(&call) {
            Ok(body) => (StatusCode::OK, call.shown(body)),
            Err(refused) => (refused, failure(refused)),
        };
        *response.status_mut() = status;
        self.revision.send_replace(self.store().revision);
        tokio::spawn(send(sender, body));
        response
    }

    /// Sends the events of a collection until the client has enough.
    async fn watch(self, call: Call, mut sender: Sender<Bytes>) {
        let mut revisions = self.revision.subscribe();
        let mut seen = call
            .parameter("resourceVersion")
            .and_then(|seen| seen.parse().ok())
            .unwrap_or(0);
        loop {
            let events: Vec<Event> = self
                .store()
                .events
                .iter()
                .filter(|event| event.revision > seen)
                .cloned()
                .collect();
            for event in events.into_iter().filter(|event| call.path.holds(&event.key)) {
                let line = format!("{}\n", json!({"type": event.what, "object": call.shown(event.object)}));
                if sender.send_data(line.into()).await.is_err() {
                    return;
                }
            }
            seen = *revisions.borrow_and_update();
            if revisions.changed().await.is_err() {
                return;
            }
        }
    }
}

async fn send(mut sender: Sender<Bytes>, body: Value) {
    // The client may have gone away.
    let _ = sender.send_data(body.to_string().into()).await;
}

fn text(header: Option<&header::HeaderValue>) -> String {
    header
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}

fn failure(code: StatusCode) -> Value {
    let reason = code.canonical_reason().unwrap_or_default().replace(' ', "");
    json!({
        "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
        "message": "refused", "reason": reason, "code": code.as_u16(),
    })
}

/// What a client asks for.
struct Call {
    method: Method,
    path: Path,
    query: String,
    content_type: String,
    /// Whether only the metadata of objects is wanted.
    is_metadata: bool,
    body: Value,
}

impl Call {
    fn parameter(&self, name: &str) -> Option<&str> {
        self.query
            .split('&')
            .find_map(|parameter| parameter.strip_prefix(name)?.strip_prefix('='))
    }

    /// An object or a list as the client wants to see it.
    fn shown(&self, mut value: Value) -> Value {
        if !self.is_metadata {
            return value;
        }
        if let Some(items) = value.get_mut("items").and_then(Value::as_array_mut) {
            items.iter_mut().for_each(only_metadata);
            value["apiVersion"] = "meta.k8s.io/v1".into();
            value["kind"] = "PartialObjectMetadataList".into();
        } else {
            only_metadata(&mut value);
        }
        value
    }
}

fn only_metadata(object: &mut Value) {
    let metadata = object["metadata"].take();
    *object = json!({"apiVersion": "meta.k8s.io/v1", "kind": "PartialObjectMetadata", "metadata": metadata});
}

/// A path such as `/apis/shop.example.com/v1/namespaces/default/orders/first/status`.
struct Path {
    /// Group, version and plural.
    collection: String,
    namespace: Option<String>,
    name: Option<String>,
    is_status: bool,
}

impl Path {
    fn of(path: &str) -> Self {
        let mut parts = path.split('/').skip(2).map(str::to_owned).peekable();
        let mut next = || parts.next();
        let (group, version, third) = (next(), next(), next());
        let namespace = if third.as_deref() == Some("namespaces") {
            next()
        } else {
            None
        };
        let plural = if namespace.is_some() { next() } else { third };
        let part = |part: Option<String>| part.expect("paths have a group, a version and a plural");
        Self {
            collection: format!("{}/{}/{}", part(group), part(version), part(plural)),
            namespace,
            name: next(),
            is_status: next().as_deref() == Some("status"),
        }
    }

    fn key(&self, name: &str) -> Key {
        (
            self.collection.clone(),
            self.namespace.clone().unwrap_or_default(),
            name.to_owned(),
        )
    }

    fn holds(&self, (collection, namespace, name): &Key) -> bool {
        self.collection == *collection
            && self.namespace.as_ref().is_none_or(|wanted| wanted == namespace)
            && self.name.as_ref().is_none_or(|wanted| wanted == name)
    }
}

/// Collection, namespace and name.
type Key = (String, String, String);

/// A change to an object.
#[derive(Clone)]
struct Event {
    revision: u64,
    what: &'static str,
    key: Key,
    object: Value,
}

/// All objects, and how they came to be.
#[derive(Default)]
struct Store {
    revision: u64,
    objects: BTreeMap<Key, Value>,
    events: Vec<Event>,
}

impl Store {
    fn answer(&mut self, call: &Call) -> Result<Value, StatusCode> {
        let Some(name) = &call.path.name else {
            return match call.method {
                Method::GET => Ok(self.list(&call.path)),
                Method::POST => self.create(&call.path, call.body.clone()),
                _ => Err(StatusCode::METHOD_NOT_ALLOWED),
            };
        };
        let key = call.path.key(name);
        let old = self.objects.get(&key).cloned();
        match (&call.method, old) {
            (&Method::PATCH, None) if is_apply(call) => self.create(&call.path, call.body.clone()),
            (_, None) => Err(StatusCode::NOT_FOUND),
            (&Method::GET, Some(old)) => Ok(old),
            (&Method::DELETE, Some(old)) => {
                self.objects.remove(&key);
                Ok(self.commit("DELETED", key, old))
            }
            (&Method::PUT, Some(old)) => self.update(call, key, &old, call.body.clone()),
            (&Method::PATCH, Some(old)) if is_apply(call) || call.content_type == "application/merge-patch+json" => {
                let mut new = old.clone();
                merge(&mut new, &call.body);
                self.update(call, key, &old, new)
            }
            (&Method::PATCH, Some(_)) => Err(StatusCode::UNSUPPORTED_MEDIA_TYPE),
            _ => Err(StatusCode::METHOD_NOT_ALLOWED),
        }
    }

    fn list(&self, path: &Path) -> Value {
        let items: Vec<&Value> = self
            .objects
            .iter()
            .filter(|(key, _)| path.holds(key))
            .map(|(_, object)| object)
            .collect();
        let (api_version, _) = path.collection.rsplit_once('/').expect("collections have versions");
        json!({"apiVersion": api_version, "kind": "List", "metadata": {"resourceVersion": self.revision.to_string()}, "items": items})
    }

    fn create(&mut self, path: &Path, mut object: Value) -> Result<Value, StatusCode> {
        check_header(path, &object)?;
        let name = object["metadata"]["name"]
            .as_str()
            .ok_or(StatusCode::UNPROCESSABLE_ENTITY)?;
        let key = path.key(name);
        if self.objects.contains_key(&key) {
            return Err(StatusCode::CONFLICT);
        }
        object["metadata"]["uid"] = format!("uid-{}", self.revision + 1).into();
        object["metadata"]["creationTimestamp"] = "2024-02-29T12:30:00Z".into();
        if let Some(namespace) = &path.namespace {
            object["metadata"]["namespace"] = namespace.as_str().into();
        }
        Ok(self.commit("ADDED", key, object))
    }

    /// Status and everything else are written through paths of their own.
    fn update(&mut self, call: &Call, key: Key, old: &Value, mut new: Value) -> Result<Value, StatusCode> {
        check_header(&call.path, &new)?;
        let version = &new["metadata"]["resourceVersion"];
        if !version.is_null() && *version != old["metadata"]["resourceVersion"] {
            return Err(StatusCode::CONFLICT);
        }
        let status = if call.path.is_status {
            new["status"].take()
        } else {
            old["status"].clone()
        };
        let mut object = if call.path.is_status { old.clone() } else { new };
        merge(&mut object, &json!({"status": status}));
        Ok(self.commit("MODIFIED", key, object))
    }

    fn commit(&mut self, what: &'static str, key: Key, mut object: Value) -> Value {
        self.revision += 1;
        object["metadata"]["resourceVersion"] = self.revision.to_string().into();
        if what != "DELETED" {
            self.objects.insert(key.clone(), object.clone());
        }
        self.events.push(Event {
            revision: self.revision,
            what,
            key,
            object: object.clone(),
        });
        object
    }
}

/// Bodies must say what they are, as a server demands it of those that it is to apply.
fn check_header(path: &Path, object: &Value) -> Result<(), StatusCode> {
    let api_version = object["apiVersion"].as_str().ok_or(StatusCode::BAD_REQUEST)?;
    let is_right = path.collection.starts_with(&format!("{api_version}/")) && object["kind"].is_string();
    is_right.then_some(()).ok_or(StatusCode::BAD_REQUEST)
}

fn is_apply(call: &Call) -> bool {
    call.content_type == "application/apply-patch+yaml" && call.parameter("fieldManager").is_some()
}

/// A JSON merge patch, which is also what applying does with objects of one manager, as far as it matters here.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    let members = target.as_object_mut().expect("it was made one just before");
    for (name, value) in patch {
        match value {
            Value::Null => drop(members.remove(name)),
            value => merge(members.entry(name.clone()).or_insert(Value::Null), value),
        }
    }
}
