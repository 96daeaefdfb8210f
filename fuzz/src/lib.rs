//! What clients may send: each function takes any bytes as a part of a request, and a server in memory answers it. None
//! may panic, and none may be called a fault of the server.
//!
//! The tests of `kgen-apiserver` call the same functions with inputs that are the same each time.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};
use kgen_apiserver::api::{Api, Storage};
use kgen_apiserver::auth::{Authorizer, Decision, User};
use kgen_apiserver::failure::Failure;
use kgen_apiserver::request::{Query, Request, RequestInfo, ResourceInfo, Verb, Warnings};
use kgen_apiserver::resource::Resources;
use kgen_apiserver::rest;
use kgen_apiserver::storage::Memory;
use tokio::runtime::{Builder, Runtime};

const JSON: &str = "application/json";
const YAML: &str = "application/yaml";

/// A function, by the name of its target.
pub type Target = (&'static str, fn(&[u8]));

/// All functions.
pub const TARGETS: &[Target] = &[
    ("apply", apply),
    ("continue_token", continue_token),
    ("delete_options", delete_options),
    ("json_body", json_body),
    ("json_patch", json_patch),
    ("merge_patch", merge_patch),
    ("selectors", selectors),
    ("yaml_body", yaml_body),
];

/// The object that is there.
const POOL: &str = r#"{"metadata": {"name": "a", "labels": {"one": "1"}, "annotations": {"two": "2"}}, "spec": {"replicas": 2,
    "site": "rotterdam-2", "selector": {"matchLabels": {"pool": "a"}}, "template": {}}}"#;

struct Server {
    runtime: Runtime,
    resources: Resources,
}

static SERVER: LazyLock<Server> = LazyLock::new(|| {
    let api = Api::new(fleet::generated::scheme()).openapi_v3(
        "apis/fleet.example.com/v1",
        include_bytes!("../../examples/fleet/openapi/v3/apis/fleet.example.com/v1.json"),
    );
    let storage = Storage {
        store: Arc::new(Memory::new()),
        prefix: "/registry".to_owned(),
        cache: None,
    };
    let server = Server {
        runtime: Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("a runtime starts"),
        resources: api.resources(&storage, |_| true).expect("the API can be served"),
    };
    let mut create = request(Verb::Create, "", "", "");
    create.body = Bytes::from_static(POOL.as_bytes());
    server.send(create);
    server
});

struct Everybody;

#[async_trait]
impl Authorizer for Everybody {
    async fn authorize(&self, _: &User, _: &RequestInfo) -> Result<Decision, Failure> {
        Ok(Decision::Allow)
    }
}

impl Server {
    fn send(&self, request: Request) {
        let verb = request.resource.verb;
        if let Err(failure) = self.runtime.block_on(rest::answer(&self.resources, request)) {
            assert!(failure.code < 500, "{verb}: {failure:?}");
        }
    }
}

fn request(verb: Verb, subresource: &str, name: &str, query: &str) -> Request {
    Request {
        resource: ResourceInfo {
            verb,
            group: "fleet.example.com".to_owned(),
            version: "v1".to_owned(),
            namespace: "default".to_owned(),
            resource: "pools".to_owned(),
            subresource: subresource.to_owned(),
            name: name.to_owned(),
            label_selector: String::new(),
            field_selector: String::new(),
        },
        user: User::anonymous(),
        query: Query::parse(query),
        headers: HeaderMap::new(),
        body: Bytes::new(),
        deadline: None,
        min_watch: Duration::ZERO,
        warnings: Warnings::default(),
        authorizer: Arc::new(Everybody),
    }
}

/// Sends a body, to be tried only. The first byte says what else the request asks for.
fn body(verb: Verb, name: &str, media_type: &'static str, query: &str, data: &[u8]) {
    let Some((choice, body)) = data.split_first() else {
        return;
    };
    let subresource = match (verb, choice >> 4 & 3) {
        (Verb::Patch | Verb::Update, 1) => "status",
        (Verb::Patch | Verb::Update, 2) => "scale",
        _ => "",
    };
    let validation = ["", "Strict", "Ignore", "Warn"][usize::from(choice & 3)];
    let query = format!("dryRun=All&fieldValidation={validation}{query}");
    let mut request = request(verb, subresource, name, &query);
    request
        .headers
        .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    request.body = Bytes::copy_from_slice(body);
    SERVER.send(request);
}

/// Bodies of creates and updates in JSON.
pub fn json_body(data: &[u8]) {
    body(Verb::Create, "", JSON, "", data);
    body(Verb::Update, "a", JSON, "", data);
}

/// Bodies of creates and updates in YAML.
pub fn yaml_body(data: &[u8]) {
    body(Verb::Create, "", YAML, "", data);
    body(Verb::Update, "a", YAML, "", data);
}

/// JSON patches of an object, its status and its scale.
pub fn json_patch(data: &[u8]) {
    body(Verb::Patch, "a", "application/json-patch+json", "", data);
}

/// JSON merge patches of the same.
pub fn merge_patch(data: &[u8]) {
    body(Verb::Patch, "a", "application/merge-patch+json", "", data);
}

/// Configurations that are applied to the same, and to nothing.
pub fn apply(data: &[u8]) {
    let force = data.first().is_some_and(|choice| choice & 4 != 0);
    let name = if data.first().is_some_and(|choice| choice & 8 != 0) {
        "b"
    } else {
        "a"
    };
    let query = format!("&fieldManager=fuzz&force={force}");
    body(Verb::Patch, name, "application/apply-patch+yaml", &query, data);
}

/// Options of deletes in bodies. Each deletes an object of its own, as there are options that leave it waiting.
pub fn delete_options(data: &[u8]) {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let Some((choice, rest)) = data.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        return;
    };
    let name = format!("c{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let mut create = request(Verb::Create, "", "", "");
    create.body = POOL.replacen("\"a\"", &format!("{name:?}"), 1).into();
    SERVER.send(create);
    let mut delete = request(Verb::Delete, "", &name, "");
    let media_type = if choice & 1 == 0 { JSON } else { YAML };
    delete
        .headers
        .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    delete.body = Bytes::copy_from_slice(rest);
    SERVER.send(delete);
}

/// Selectors of labels and fields.
pub fn selectors(data: &[u8]) {
    let text = escaped(data);
    for option in ["labelSelector", "fieldSelector"] {
        SERVER.send(request(Verb::List, "", "", &format!("{option}={text}")));
    }
}

/// Tokens by which lists go on: any text, and the same as what a token is made of.
pub fn continue_token(data: &[u8]) {
    for token in [escaped(data), URL_SAFE_NO_PAD.encode(data)] {
        SERVER.send(request(Verb::List, "", "", &format!("limit=1&continue={token}")));
    }
}

/// Any bytes as the value of an option.
fn escaped(data: &[u8]) -> String {
    data.iter().map(|byte| format!("%{byte:02x}")).collect()
}
