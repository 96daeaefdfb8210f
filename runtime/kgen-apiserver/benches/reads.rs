//! What reading costs the server, without a network: from a request that was let in to the bytes of its answer.
//!
//! `cargo bench -p kgen-apiserver --bench reads`. The objects are 700 bytes of JSON each, 3000 of them. `first/…` is the
//! cost of objects that nobody has read yet; all else is what it is once they were.

mod request;

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use futures_util::StreamExt;
use http::{HeaderName, HeaderValue};
use http_body_util::{BodyDataStream, BodyExt};
use kgen_apiserver::api::{Api, Storage};
use kgen_apiserver::request::Verb;
use kgen_apiserver::resource::Resources;
use kgen_apiserver::response::{Body, Response};
use kgen_apiserver::rest;
use kgen_apiserver::storage::{CacheOptions, Memory, Revision, Store};
use tokio::runtime::Runtime;

use self::request::request;

const OBJECTS: usize = 3000;
const TABLE: &str = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
const METADATA: &str = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
const METADATA_LIST: &str = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
const MESSAGES: &str = "application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
const MESSAGES_LIST: &str = "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

struct Server {
    resources: Resources,
    store: Arc<Memory>,
}

impl Server {
    async fn full() -> Self {
        let store = Arc::new(Memory::new());
        let storage = Storage {
            store: store.clone(),
            prefix: "/registry/bench".to_owned(),
            cache: Some(CacheOptions::default()),
        };
        let api = Api::new(wardle::generated::scheme());
        let resources = api.resources(&storage, |_| true).expect("the kinds agree");
        let server = Self { resources, store };
        for number in 0..OBJECTS {
            let name = format!("f{number:04}");
            let object = object(&name);
            server
                .store
                .create(&key(&name), object, None)
                .await
                .expect("the key is free");
        }
        server.list("", &[]).await;
        server
    }

    async fn answer(&self, verb: Verb, name: &str, query: &str, headers: &[(&str, &str)]) -> Response {
        let headers = headers.iter().map(|(name, value)| header(name, value));
        let request = request(verb, name, query, headers.collect(), Bytes::new());
        rest::answer(&self.resources, request).await.expect("it is answered")
    }

    async fn list(&self, query: &str, headers: &[(&str, &str)]) -> usize {
        size(self.answer(Verb::List, "", query, headers).await).await
    }

    async fn watch(&self, accept: &str) -> BodyDataStream<Body> {
        let query = "watch=true&sendInitialEvents=false&resourceVersionMatch=NotOlderThan";
        self.answer(Verb::Watch, "", query, &[("accept", accept)])
            .await
            .into_body()
            .into_data_stream()
    }
}

fn header(name: &str, value: &str) -> (HeaderName, HeaderValue) {
    let value = HeaderValue::from_str(value).expect("it is a header");
    (name.parse().expect("it is a name"), value)
}

fn key(name: &str) -> String {
    format!("/registry/bench/wardle.example.com/flunders/default/{name}")
}

/// An object of the size that objects commonly have, as a write would store it.
fn object(name: &str) -> Bytes {
    let group = name.len() + name.bytes().map(usize::from).sum::<usize>();
    Bytes::from(format!(
        concat!(
            r#"{{"apiVersion":"wardle.example.com/v1alpha1","kind":"Flunder","metadata":{{"#,
            r#""annotations":{{"example.com/note":"{filler}"}},"creationTimestamp":"2026-01-01T00:00:00Z","generation":1,"#,
            r#""labels":{{"app":"web","group":"{group}"}},"managedFields":[{{"apiVersion":"wardle.example.com/v1alpha1","#,
            r#""fieldsType":"FieldsV1","fieldsV1":{{"f:spec":{{"f:reference":{{}}}}}},"manager":"bench","#,
            r#""operation":"Update","time":"2026-01-01T00:00:00Z"}}],"name":"{name}","namespace":"default","#,
            r#""uid":"6f3a8a3e-1b1c-4c5e-9d43-5d1f0f1d2c3b"}},"spec":{{"reference":"other","referenceType":"Flunder"}}}}"#,
            "\n"
        ),
        filler = "x".repeat(120),
        group = group % 10,
        name = name,
    ))
}

async fn size(response: Response) -> usize {
    response
        .into_body()
        .collect()
        .await
        .expect("the body ends")
        .to_bytes()
        .len()
}

fn runtime() -> Runtime {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime starts")
}

fn gets_and_lists(criterion: &mut Criterion) {
    let runtime = runtime();
    let server = runtime.block_on(Server::full());
    let mut group = criterion.benchmark_group("read");
    group.bench_function("get", |bencher| {
        bencher
            .to_async(&runtime)
            .iter(async || size(server.answer(Verb::Get, "f1000", "", &[]).await).await);
    });
    for (name, query, accept) in [
        ("list 500", "limit=500", ""),
        ("list 3000", "", ""),
        ("list 3000 by a label, 10 %", "labelSelector=group%3D3", ""),
        ("list 3000 by a label, none", "labelSelector=group%3Dx", ""),
        ("list of one name", "fieldSelector=metadata.name%3Df1000", ""),
        ("table 500", "limit=500", TABLE),
        ("metadata 3000", "", METADATA_LIST),
        ("messages 3000", "", MESSAGES_LIST),
    ] {
        let size = runtime.block_on(server.list(query, &[("accept", accept)]));
        group.throughput(Throughput::Bytes(size as u64));
        group.bench_function(name, |bencher| {
            bencher
                .to_async(&runtime)
                .iter(async || server.list(query, &[("accept", accept)]).await);
        });
    }
    group.throughput(Throughput::Elements(1));
    group.bench_function("list 3000, gzip", |bencher| {
        bencher
            .to_async(&runtime)
            .iter(async || server.list("", &[("accept-encoding", "gzip")]).await);
    });
    group.finish();
}

/// Writes one object over and over, and waits until all watchers were told.
async fn rounds(server: &Server, accept: &str, watchers: usize, rounds: u64) -> Duration {
    let mut watches = Vec::new();
    for _ in 0..watchers {
        watches.push(server.watch(accept).await);
    }
    let key = key("f0000");
    let mut seen: Revision = server
        .store
        .get(&key)
        .await
        .expect("it answers")
        .entry
        .expect("it is there")
        .revision;
    let begin = Instant::now();
    for _ in 0..rounds {
        let value = object("f0000");
        seen = server
            .store
            .replace(&key, seen, value, None)
            .await
            .expect("nobody else writes");
        for watch in &mut watches {
            watch.next().await.expect("it goes on").expect("it is told");
        }
    }
    begin.elapsed()
}

fn watches(criterion: &mut Criterion) {
    let runtime = runtime();
    let server = runtime.block_on(Server::full());
    let mut group = criterion.benchmark_group("watch");
    for (form, accept, watchers) in [
        ("event", "", 1),
        ("event", "", 100),
        ("event", "", 1000),
        ("metadata", METADATA, 1),
        ("metadata", METADATA, 100),
        ("metadata", METADATA, 1000),
        ("message", MESSAGES, 1000),
    ] {
        group.throughput(Throughput::Elements(watchers as u64));
        group.bench_function(format!("one {form} to {watchers}"), |bencher| {
            bencher
                .to_async(&runtime)
                .iter_custom(async |count| rounds(&server, accept, watchers, count).await);
        });
    }
    group.finish();
}

fn firsts(criterion: &mut Criterion) {
    let runtime = runtime();
    let server = runtime.block_on(Server::full());
    let mut group = criterion.benchmark_group("first");
    group.sample_size(10).throughput(Throughput::Elements(OBJECTS as u64));
    for (name, accept) in [
        ("list 3000", ""),
        ("table 3000", TABLE),
        ("metadata 3000", METADATA_LIST),
        ("messages 3000", MESSAGES_LIST),
    ] {
        group.bench_function(name, |bencher| {
            bencher.to_async(&runtime).iter_custom(async |count| {
                let mut took = Duration::ZERO;
                for _ in 0..count {
                    for number in 0..OBJECTS {
                        let key = key(&format!("f{number:04}"));
                        let entry = server
                            .store
                            .get(&key)
                            .await
                            .expect("it answers")
                            .entry
                            .expect("it is there");
                        let written = server.store.replace(&key, entry.revision, entry.value, None).await;
                        written.expect("nobody else writes");
                    }
                    // The cache is told of the writes before the list is begun.
                    server.list("limit=1", &[]).await;
                    let begin = Instant::now();
                    server.list("", &[("accept", accept)]).await;
                    took += begin.elapsed();
                }
                took
            });
        });
    }
    group.finish();
}

criterion_group!(benches, gets_and_lists, watches, firsts);
criterion_main!(benches);
