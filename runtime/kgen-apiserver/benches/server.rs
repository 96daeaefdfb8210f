//! What a request costs besides the network and besides what the endpoints do.

use std::hint::black_box;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use criterion::{Criterion, criterion_group, criterion_main};
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use kgen_apiserver::api::{Api, Storage};
use kgen_apiserver::auth::{AlwaysAllow, Authenticators, StaticToken, User};
use kgen_apiserver::failure::Failure;
use kgen_apiserver::openapi::Documents;
use kgen_apiserver::resource::Resources;
use kgen_apiserver::response::{Response, response};
use kgen_apiserver::server::{Endpoints, Server, ServerOptions, ServerParts};
use kgen_apiserver::storage::Memory;

/// Answers with bytes that are there already.
struct Ready(Bytes);

#[async_trait]
impl Endpoints for Ready {
    async fn answer(&self, _: &Resources, request: kgen_apiserver::request::Request) -> Result<Response, Failure> {
        black_box(request);
        Ok(response(StatusCode::OK, "application/json", self.0.clone()))
    }
}

fn server() -> Server {
    let api = Api::new(wardle::generated::scheme());
    let storage = Storage {
        store: Arc::new(Memory::new()),
        prefix: "/registry".to_owned(),
        cache: None,
    };
    let user = User {
        name: "alice".to_owned(),
        ..User::default()
    };
    let parts = ServerParts {
        resources: api.resources(&storage, |_| true).expect("the API can be served"),
        documents: Documents::of(&api),
        authenticator: Arc::new(Authenticators::new(
            vec![Arc::new(StaticToken::new("token", user))],
            true,
        )),
        authorizer: Arc::new(AlwaysAllow),
        options: ServerOptions::default(),
    };
    Server::with_endpoints(parts, Arc::new(Ready(Bytes::from(vec![b'x'; 762]))))
}

fn requests(c: &mut Criterion) {
    let server = server();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("there can be a runtime");
    let object = "/apis/wardle.example.com/v1alpha1/namespaces/a/flunders/x";
    let write = format!("{object}?fieldManager=kubectl&fieldValidation=Strict");
    for (name, method, path) in [
        ("get", Method::GET, object),
        ("put", Method::PUT, &write),
        ("discovery", Method::GET, "/apis/wardle.example.com/v1alpha1"),
    ] {
        c.bench_function(&format!("server/{name}"), |bench| {
            bench.iter(|| {
                let request = Request::builder()
                    .method(method.clone())
                    .uri(path)
                    .header("authorization", "Bearer token")
                    .header("accept", "application/json")
                    .header("user-agent", "kubectl/v1.32.4 (linux/amd64) kubernetes/59526cd")
                    .body(Full::new(Bytes::from_static(&[b'x'; 762])))
                    .expect("the request is well-formed");
                runtime.block_on(async {
                    let response = server.handle(request, &[]).await;
                    black_box(response.into_body().collect().await.expect("the answer is whole"))
                })
            });
        });
    }
}

criterion_group!(benches, requests);
criterion_main!(benches);
