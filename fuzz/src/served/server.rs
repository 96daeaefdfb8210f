//! The server that is asked, and reads of lists.

use std::fmt::{Debug, Display};
use std::str::FromStr;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::HeaderMap;
use kgen::selector::{FieldSelector, LabelSelector};
use kgen_apiserver::api::{Api, Storage};
use kgen_apiserver::auth::{Authorizer, Decision, User};
use kgen_apiserver::failure::Failure;
use kgen_apiserver::request::{Query, Request, RequestInfo, ResourceInfo, Verb, Warnings};
use kgen_apiserver::resource::Resources;
use kgen_apiserver::response::Body;
use kgen_apiserver::rest;
use kgen_apiserver::storage::{Continue, HistoryLimits, Memory};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

/// The object that is there.
pub(super) const POOL: &str = r#"{"metadata": {"name": "a", "labels": {"one": "1"}, "annotations": {"two": "2"}}, "spec": {"replicas": 2,
    "site": "rotterdam-2", "selector": {"matchLabels": {"pool": "a"}}, "template": {}}}"#;

/// A server, and what drives it.
pub(super) struct Server {
    pub(super) runtime: Runtime,
    pub(super) api: Api,
    pub(super) resources: Resources,
}

/// The server of most targets.
pub(super) static SERVER: LazyLock<Server> = LazyLock::new(server);

/// A server with one object.
pub(super) fn server() -> Server {
    let api = Api::new(fleet::generated::scheme())
        .openapi_v3(
            "apis/fleet.example.com/v1",
            include_bytes!("../../../examples/fleet/openapi/v3/apis/fleet.example.com/v1.json"),
        )
        .openapi_v3(
            "apis/fleet.example.com/v1beta1",
            include_bytes!("../../../examples/fleet/openapi/v3/apis/fleet.example.com/v1beta1.json"),
        );
    // Inputs are forgotten, so that a long run does not fill the memory.
    let history = HistoryLimits {
        changes: 100,
        bytes: 1 << 20,
        ..HistoryLimits::default()
    };
    let storage = Storage {
        store: Arc::new(Memory::with_history(history)),
        prefix: "/registry".to_owned(),
        cache: None,
    };
    let server = Server {
        runtime: Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("a runtime starts"),
        resources: api.resources(&storage, |_| true).expect("the API can be served"),
        api,
    };
    server.restore();
    server
}

/// Lets everybody do everything.
pub(super) struct Everybody;

#[async_trait]
impl Authorizer for Everybody {
    async fn authorize(&self, _: &User, _: &RequestInfo) -> Result<Decision, Failure> {
        Ok(Decision::Allow)
    }
}

impl Server {
    /// Puts the object where it was, if it is no longer there.
    pub(super) fn restore(&self) {
        let mut create = request(Verb::Create, "", "", "");
        create.body = Bytes::from_static(POOL.as_bytes());
        self.send(create);
    }

    /// What is answered, if the request was well-formed.
    pub(super) fn send(&self, request: Request) -> Option<Bytes> {
        let verb = request.resource.verb;
        match self.runtime.block_on(rest::answer(&self.resources, request)) {
            Ok(response) => match response.into_body() {
                Body::Pieces(pieces) => Some(pieces.into_iter().flatten().collect()),
                Body::Stream(_) => None,
            },
            Err(failure) => {
                // 504 says that a revision is not there yet.
                assert!(matches!(failure.code, 400..500 | 504), "{verb}: {failure:?}");
                None
            }
        }
    }

    /// The object that is answered, if the request was well-formed.
    pub(super) fn object(&self, request: Request) -> Option<Value> {
        let body = self.send(request)?;
        Some(serde_json::from_slice(&body).unwrap_or_else(|error| panic!("{error} in {body:?}")))
    }
}

/// A request about a pool.
pub(super) fn request(verb: Verb, subresource: &str, name: &str, query: &str) -> Request {
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

/// Selectors of labels and fields. What one is written as is the same selector.
pub fn selectors(data: &[u8]) {
    let query = escaped(data);
    for option in ["labelSelector", "fieldSelector"] {
        SERVER.send(request(Verb::List, "", "", &format!("{option}={query}")));
    }
    if let Ok(text) = std::str::from_utf8(data) {
        written::<LabelSelector>(text);
        written::<FieldSelector>(text);
    }
}

fn written<T: FromStr<Err: Debug> + Display + Debug + PartialEq>(text: &str) {
    let Ok(selector) = text.parse::<T>() else {
        return;
    };
    let written = selector.to_string();
    let again = written.parse::<T>();
    assert_eq!(again.ok().as_ref(), Some(&selector), "{written:?}");
}

/// Tokens by which lists go on: any text, and the same as what a token is made of. What is read is what is written.
pub fn continue_token(data: &[u8]) {
    for token in [escaped(data), URL_SAFE_NO_PAD.encode(data)] {
        if let Ok(read) = Continue::decode(&token) {
            assert_eq!(Continue::decode(&read.encode()), Ok(read));
        }
        SERVER.send(request(Verb::List, "", "", &format!("limit=1&continue={token}")));
    }
}

/// Any bytes as the value of an option.
fn escaped(data: &[u8]) -> String {
    data.iter().map(|byte| format!("%{byte:02x}")).collect()
}
