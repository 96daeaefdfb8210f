//! What writing and reading costs on the stores, and what sharing brings.
//!
//! `cargo bench -p kgen-apiserver --bench store`. Writes are given per write: `embedded/1` is one flush of the disk
//! each, `embedded/64` what is left of it when 64 writers share flushes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use futures_util::StreamExt;
use kgen_apiserver::storage::{
    At, Cache, CacheOptions, Direct, Embedded, Encoding, ItemEvent, ListRequest, Memory, Metadata, Reader, Start,
    Store, WatchRequest,
};
use tokio::runtime::Runtime;
use tokio::sync::Barrier;

const PREFIX: &str = "/registry/pods/";
const OBJECTS: usize = 3000;

fn runtime() -> Runtime {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime starts")
}

/// An object of the size that objects commonly have.
fn object(name: &str) -> Bytes {
    let filler = "x".repeat(650);
    Bytes::from(format!(
        r#"{{"metadata":{{"name":"{name}","labels":{{"app":"{}"}}}},"spec":"{filler}"}}"#,
        name.len()
    ))
}

/// Replaces keys, each writer one of its own.
async fn write(store: Arc<dyn Store>, writers: usize, writes: u64) -> Duration {
    let mut seen = Vec::new();
    for writer in 0..writers {
        let key = format!("{PREFIX}{writer}");
        let revision = match store.get(&key).await.expect("the store answers").entry {
            Some(entry) => entry.revision,
            None => store.create(&key, object(&key), None).await.expect("the key is free"),
        };
        seen.push((key, revision));
    }
    let share = writes.div_ceil(writers as u64);
    let begin = Instant::now();
    let tasks = seen.into_iter().map(|(key, mut revision)| {
        let store = store.clone();
        let value = object(&key);
        tokio::spawn(async move {
            for _ in 0..share {
                revision = store
                    .replace(&key, revision, value.clone(), None)
                    .await
                    .expect("nobody else writes");
            }
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.expect("a writer does not panic");
    }
    begin.elapsed()
}

fn writes(criterion: &mut Criterion) {
    let runtime = runtime();
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let stores: [(&str, Arc<dyn Store>); 2] = [
        ("memory", Arc::new(Memory::new())),
        (
            "embedded",
            Arc::new(Embedded::open(folder.path(), Default::default()).expect("the store opens")),
        ),
    ];
    let mut group = criterion.benchmark_group("write");
    group.throughput(Throughput::Elements(1)).sample_size(10);
    for (name, store) in stores {
        for writers in [1, 64] {
            let id = BenchmarkId::new(name, writers);
            group.bench_function(id, |bencher| {
                bencher.iter_custom(|writes| runtime.block_on(write(store.clone(), writers, writes)));
            });
        }
    }
    group.finish();
}

async fn filled() -> Arc<Memory> {
    let store = Arc::new(Memory::new());
    for number in 0..OBJECTS {
        let name = format!("{number:05}");
        store
            .create(&format!("{PREFIX}{name}"), object(&name), None)
            .await
            .expect("the key is free");
    }
    store
}

fn reads(criterion: &mut Criterion) {
    let runtime = runtime();
    let store = runtime.block_on(filled());
    let cache = {
        let _entered = runtime.enter();
        Cache::start(store.clone(), PREFIX, Arc::new(Metadata), CacheOptions::default())
    };
    let direct = Direct::new(store, Arc::new(Metadata));
    let readers: [(&str, &dyn Reader); 2] = [("direct", &direct), ("cache", &cache)];
    let mut group = criterion.benchmark_group("read");
    for (name, reader) in readers {
        for (what, request) in [
            ("all", ListRequest::of(PREFIX)),
            ("500", ListRequest::of(PREFIX).limit(500)),
        ] {
            group.bench_function(BenchmarkId::new(format!("list {what} of {OBJECTS}"), name), |bencher| {
                bencher.iter(|| {
                    runtime
                        .block_on(reader.list(request.clone()))
                        .expect("the list can be read")
                });
            });
        }
        group.bench_function(BenchmarkId::new("get", name), |bencher| {
            let key = format!("{PREFIX}00077");
            bencher.iter(|| {
                runtime
                    .block_on(reader.get(&key, At::Latest))
                    .expect("the object can be read")
            });
        });
    }
    let encoding = Encoding(1);
    group.bench_function("list all and take the shared encodings", |bencher| {
        bencher.iter(|| {
            let list = runtime
                .block_on(cache.list(ListRequest::of(PREFIX)))
                .expect("the list can be read");
            let bytes = list.items.iter().map(|item| {
                let made = item.encoded(encoding, |item| Ok::<_, ()>(item.entry().value.clone()));
                made.map_or(0, |bytes| bytes.len())
            });
            bytes.sum::<usize>()
        });
    });
    group.finish();
}

/// One event to many watchers, per delivery.
fn watches(criterion: &mut Criterion) {
    let runtime = runtime();
    let mut group = criterion.benchmark_group("watch");
    group.throughput(Throughput::Elements(1)).sample_size(20);
    for watchers in [1_usize, 100, 1000] {
        group.bench_function(BenchmarkId::new("delivery", watchers), |bencher| {
            bencher.iter_custom(|deliveries| runtime.block_on(deliver(watchers, deliveries)));
        });
    }
    group.finish();
}

/// Writes rounds of events, each of which all watchers have seen before the next begins, so that none is too slow.
async fn deliver(watchers: usize, deliveries: u64) -> Duration {
    const ROUND: u64 = 200;
    let store = Arc::new(Memory::new());
    let cache = Cache::start(store.clone(), PREFIX, Arc::new(Metadata), CacheOptions::default());
    cache.list(ListRequest::of(PREFIX)).await.expect("the cache is loaded");
    let rounds = deliveries.div_ceil(watchers as u64 * ROUND);
    let barrier = Arc::new(Barrier::new(watchers + 1));
    for _ in 0..watchers {
        let request = WatchRequest::of(PREFIX, Start::Now);
        let mut stream = cache.watch(request).await.expect("the watch begins");
        let barrier = barrier.clone();
        tokio::spawn(async move {
            for _ in 0..rounds {
                for _ in 0..ROUND {
                    let event = stream.next().await;
                    assert!(matches!(event, Some(Ok(ItemEvent::Object { .. }))));
                }
                barrier.wait().await;
            }
        });
    }
    let key = format!("{PREFIX}a");
    let value = object("a");
    let begin = Instant::now();
    let mut seen = None;
    for _ in 0..rounds {
        for _ in 0..ROUND {
            let written = match seen {
                None => store.create(&key, value.clone(), None).await,
                Some(revision) => store.replace(&key, revision, value.clone(), None).await,
            };
            seen = Some(written.expect("nobody else writes"));
        }
        barrier.wait().await;
    }
    let spent = begin.elapsed();
    // More was done than was asked for where the rounds do not divide it.
    spent.mul_f64(deliveries as f64 / (rounds * ROUND * watchers as u64) as f64)
}

criterion_group!(benches, writes, reads, watches);
criterion_main!(benches);
