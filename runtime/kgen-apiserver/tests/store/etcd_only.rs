//! What only etcd has: servers that go and come back, compaction by several, keys of others.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use kgen_apiserver::storage::{
    At, Cache, CacheOptions, Compactor, Etcd, EtcdOptions, ItemEvent, ListRequest, Metadata, Range, Reader, Revision,
    Start, Store, StoreError, WatchRequest,
};
use tokio::time::{Instant, sleep, timeout};

use crate::etcd::Server;
use crate::values::object;

/// A case that has an etcd of its own.
pub(crate) type Case = fn(Server) -> futures_util::future::BoxFuture<'static, ()>;

pub(crate) fn cases() -> Vec<(&'static str, Case)> {
    vec![
        ("an_outage_is_an_error_and_ends", |server| {
            Box::pin(an_outage_is_an_error_and_ends(server))
        }),
        ("compactors_take_turns", |server| {
            Box::pin(compactors_take_turns(server))
        }),
        ("nobody_there_is_unavailable", |server| {
            Box::pin(nobody_there_is_unavailable(server))
        }),
    ]
}

fn connect(server: &Server) -> Arc<Etcd> {
    let options = EtcdOptions {
        timeout: Duration::from_secs(2),
        ..EtcdOptions::new([&server.address])
    };
    Arc::new(Etcd::connect(&options).unwrap())
}

/// Statement 165: while etcd is away, writes and consistent reads fail in time and reads of any state are answered; when
/// it is back, everything goes on without being told, and watches lose nothing.
async fn an_outage_is_an_error_and_ends(mut server: Server) {
    let store = connect(&server);
    let options = CacheOptions {
        patience: Duration::from_millis(500),
        ..CacheOptions::default()
    };
    let cache = Cache::start(store.clone(), "/r/", Arc::new(Metadata), options);
    let first = store.create("/r/a", object("a", 1), None).await.unwrap();
    let list = || ListRequest::of("/r/");
    assert_eq!(cache.list(list()).await.unwrap().items.len(), 1);
    let mut events = cache.watch(WatchRequest::of("/r/", Start::After(first))).await.unwrap();

    server.kill();
    let begin = Instant::now();
    assert!(matches!(
        store.create("/r/b", object("b", 1), None).await,
        Err(StoreError::Unavailable { .. })
    ));
    assert!(matches!(store.get("/r/a").await, Err(StoreError::Unavailable { .. })));
    assert!(matches!(
        store.list(Range::of("/r/")).await,
        Err(StoreError::Unavailable { .. })
    ));
    assert!(store.watch("/r/", first).await.is_err());
    assert!(cache.list(list()).await.is_err());
    assert!(begin.elapsed() < Duration::from_secs(12), "an error takes too long");
    assert_eq!(cache.list(list().at(At::Any)).await.unwrap().items.len(), 1);
    assert!(
        timeout(Duration::from_millis(300), events.next()).await.is_err(),
        "the watch is not disturbed"
    );

    server.restart().unwrap();
    let mut attempts = 0;
    let created = loop {
        match store.create("/r/c", object("c", 1), None).await {
            Ok(revision) => break revision,
            Err(StoreError::Exists { .. }) => break store.get("/r/c").await.unwrap().entry.unwrap().revision,
            Err(error) if attempts > 100 => panic!("{error}"),
            Err(_) => attempts += 1,
        }
        sleep(Duration::from_millis(100)).await;
    };
    let mut seen = Vec::new();
    while seen.last() != Some(&created) {
        let event = timeout(Duration::from_secs(20), events.next())
            .await
            .expect("the watch goes on");
        if let ItemEvent::Object { item, .. } = event.unwrap().unwrap() {
            seen.push(item.revision());
        }
    }
    assert!(seen.is_sorted_by(|one, next| one < next), "{seen:?}");
    let mut fresh = cache.list(list()).await;
    for _ in 0..50 {
        if fresh.is_ok() {
            break;
        }
        sleep(Duration::from_millis(100)).await;
        fresh = cache.list(list()).await;
    }
    assert!(fresh.unwrap().items.len() >= 2);
}

/// TestCompact, TestCompactConflict.
async fn compactors_take_turns(server: Server) {
    let store = connect(&server);
    let mut one = Compactor::new(store.clone());
    let mut two = Compactor::new(store.clone());
    assert_eq!(one.step().await.unwrap(), None, "the first round only looks");
    assert_eq!(two.step().await.unwrap(), None);
    let old = store.create("/r/a", object("a", 1), None).await.unwrap();
    let noted = store.replace("/r/a", old, object("a", 2), None).await.unwrap();
    let compacted = one.step().await.unwrap().expect("it wins the round");
    assert!(compacted < old, "what was there a round ago");
    assert_eq!(two.step().await.unwrap(), None, "it lost the round");
    let compacted = two.step().await.unwrap().expect("it wins this one");
    assert!(compacted >= noted);
    assert_eq!(one.step().await.unwrap(), None);
    let gone = store.list(Range::of("/r/").at(old)).await;
    assert!(matches!(gone, Err(StoreError::Compacted { .. })), "{gone:?}");
    let rounds = store.get("compact_rev_key").await.unwrap().entry.unwrap();
    let text = String::from_utf8(rounds.value.to_vec()).unwrap();
    assert!(text.parse::<Revision>().is_ok(), "the Go servers read it: {text}");
}

async fn nobody_there_is_unavailable(mut server: Server) {
    server.kill();
    for endpoints in [
        vec![server.address.clone()],
        vec![server.address.clone(), "127.0.0.1:1".to_owned()],
    ] {
        let options = EtcdOptions {
            timeout: Duration::from_secs(1),
            ..EtcdOptions::new(endpoints)
        };
        let store = Etcd::connect(&options).unwrap();
        let error = store.create("/r/a", Bytes::new(), None).await.unwrap_err();
        assert!(matches!(error, StoreError::Unavailable { .. }), "{error}");
    }
    assert!(Etcd::connect(&EtcdOptions::new(Vec::<String>::new())).is_err());
}
