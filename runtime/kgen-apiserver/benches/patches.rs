//! What writes of an object of some 760 bytes cost without a network, on the store in memory.

mod request;

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};
use kgen_apiserver::api::{Api, Storage};
use kgen_apiserver::request::{Request, Verb};
use kgen_apiserver::resource::Resources;
use kgen_apiserver::rest;
use kgen_apiserver::storage::Memory;
use serde_json::{Value, json};

use self::request::request;

fn resources() -> Resources {
    let document = include_bytes!("../../../examples/wardle/openapi/v3/apis/wardle.example.com/v1alpha1.json");
    let api = Api::new(wardle::generated::scheme()).openapi_v3("apis/wardle.example.com/v1alpha1", document);
    let storage = Storage {
        store: Arc::new(Memory::new()),
        prefix: "/registry".to_owned(),
        cache: None,
    };
    api.resources(&storage, |_| true).expect("wardle can be served")
}

fn sent(verb: Verb, name: &str, query: &str, media_type: &'static str, body: &Value) -> Request {
    let media_type = HeaderValue::from_static(media_type);
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, media_type)]);
    request(verb, name, query, headers, body.to_string().into())
}

fn flunder(count: u64) -> Value {
    let labels = json!({"app": "bench", "tier": "one", "count": count.to_string()});
    let annotations = json!({"example.com/a": "x".repeat(100), "example.com/b": "y".repeat(100)});
    json!({
        "apiVersion": "wardle.example.com/v1alpha1", "kind": "Flunder",
        "metadata": {"name": "a", "labels": labels, "annotations": annotations},
        "spec": {"reference": format!("flunder-{count}"), "referenceType": "Flunder"},
    })
}

fn writes(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    let runtime = runtime.expect("a runtime starts");
    let resources = resources();
    let send = |request: Request| {
        let answered = runtime.block_on(rest::answer(&resources, request));
        black_box(answered.expect("the request is good"))
    };
    send(sent(Verb::Create, "", "", "application/json", &flunder(0)));
    let mut count = 0;
    let mut next = || {
        count += 1;
        count
    };
    criterion.bench_function("put", |bencher| {
        bencher.iter(|| send(sent(Verb::Update, "a", "", "application/json", &flunder(next()))));
    });
    criterion.bench_function("merge patch", |bencher| {
        bencher.iter(|| {
            let patch = json!({"metadata": {"labels": {"count": next().to_string()}}});
            send(sent(Verb::Patch, "a", "", "application/merge-patch+json", &patch))
        });
    });
    criterion.bench_function("json patch", |bencher| {
        bencher.iter(|| {
            let patch = json!([{"op": "replace", "path": "/spec/reference", "value": format!("flunder-{}", next())}]);
            send(sent(Verb::Patch, "a", "", "application/json-patch+json", &patch))
        });
    });
    criterion.bench_function("apply", |bencher| {
        let query = "fieldManager=bench&force=true";
        bencher.iter(|| {
            send(sent(
                Verb::Patch,
                "a",
                query,
                "application/apply-patch+yaml",
                &flunder(next()),
            ))
        });
    });
}

criterion_group!(benches, writes);
criterion_main!(benches);
