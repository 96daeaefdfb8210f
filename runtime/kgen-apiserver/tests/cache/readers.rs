//! Readers that share, and watchers that are slow.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::{FuturesUnordered, select};
use kgen_apiserver::storage::{
    At, CacheOptions, Continue, Encoding, EventKind, ItemEvent, ListRequest, Memory, ReadError, Reader, Revision,
    Start, Store, WatchRequest,
};
use tokio::time::{Instant, timeout};

use crate::fixture::{PREFIX, create, item, key, object, ready, small, start, touch};

/// Statement 92 and §8.3: a state and each encoding of it exist once, whoever reads it.
#[tokio::test]
async fn all_readers_share_one_encoding() {
    let store = Arc::new(Memory::new());
    let cache = start(store.clone(), CacheOptions::default());
    let before = ready(&cache).await;
    let mut one = cache
        .watch(WatchRequest::of(PREFIX, Start::After(before)))
        .await
        .unwrap();
    let mut two = cache
        .watch(WatchRequest::of(key("a"), Start::After(before)))
        .await
        .unwrap();
    create(&*store, "a").await;
    let list = cache.list(ListRequest::of(PREFIX)).await.unwrap();
    let (_, get) = cache.get(&key("a"), At::Latest).await.unwrap();
    let readers = [
        item(one.next().await),
        item(two.next().await),
        list.items[0].clone(),
        get.unwrap(),
    ];
    let made = AtomicUsize::new(0);
    for reader in &readers {
        assert!(Arc::ptr_eq(reader, &readers[0]));
        let encoded = reader.encoded(Encoding(1), |item| {
            made.fetch_add(1, Ordering::Relaxed);
            Ok::<_, ()>(item.entry().value.clone())
        });
        assert_eq!(*encoded.unwrap(), object("a"));
    }
    assert_eq!(made.load(Ordering::Relaxed), 1);
}

/// Deletions are shared as well, and what goes out of a selection.
#[tokio::test]
async fn deletions_are_shared() {
    let store = Arc::new(Memory::new());
    let cache = start(store.clone(), CacheOptions::default());
    let created = create(&*store, "a").await;
    ready(&cache).await;
    let mut one = cache.watch(WatchRequest::of(PREFIX, Start::Now)).await.unwrap();
    let mut two = cache.watch(WatchRequest::of(PREFIX, Start::Now)).await.unwrap();
    let gone = store.delete(&key("a"), created).await.unwrap();
    let (one, two) = (item(one.next().await), item(two.next().await));
    assert!(Arc::ptr_eq(&one, &two));
    assert_eq!(one.revision(), gone);
}

/// Statement 86: who does not read is cut off, and nobody waits for it.
#[tokio::test]
async fn a_slow_watcher_is_cut_off() {
    let store = Arc::new(Memory::new());
    let cache = start(store.clone(), small());
    ready(&cache).await;
    let mut slow = cache.watch(WatchRequest::of(PREFIX, Start::Now)).await.unwrap();
    let mut quick = cache.watch(WatchRequest::of(PREFIX, Start::Now)).await.unwrap();
    for number in 0..100 {
        create(&*store, &number.to_string()).await;
        assert_eq!(&*item(quick.next().await).entry().key, key(&number.to_string()));
    }
    assert!(matches!(slow.next().await, Some(Err(ReadError::Slow))));
    assert!(slow.next().await.is_none());
}

/// A watcher of something quiet is not slow, however much happens elsewhere.
#[tokio::test]
async fn a_quiet_scope_is_not_slow() {
    let store = Arc::new(Memory::new());
    let cache = start(store.clone(), small());
    ready(&cache).await;
    let mut quiet = cache.watch(WatchRequest::of(key("quiet/"), Start::Now)).await.unwrap();
    for number in 0..100 {
        create(&*store, &format!("loud/{number}")).await;
    }
    ready(&cache).await;
    create(&*store, "quiet/a").await;
    assert_eq!(&*item(quiet.next().await).entry().key, key("quiet/a"));
}

/// Statement 76.
#[tokio::test]
async fn what_is_out_of_the_window_is_too_old() {
    let store = Arc::new(Memory::new());
    let cache = start(store.clone(), small());
    let before = ready(&cache).await;
    create(&*store, "a").await;
    for _ in 0..30 {
        touch(&*store, "a").await;
    }
    let now = ready(&cache).await;
    let old = cache
        .watch(WatchRequest::of(PREFIX, Start::After(before)))
        .await
        .err()
        .expect("it is gone");
    assert!(matches!(old, ReadError::TooOld { requested, oldest: Some(_) } if requested == before));
    assert_eq!(
        old.to_string(),
        format!("too old resource version: {before} ({})", now.get() - 10)
    );
    let within = Revision::new(now.get() - 10);
    let mut events = cache
        .watch(WatchRequest::of(PREFIX, Start::After(within)))
        .await
        .unwrap();
    assert_eq!(item(events.next().await).revision(), within.next());
}

/// Statement 162: what the window does not have the store is asked for.
#[tokio::test]
async fn old_states_come_from_the_store() {
    let store = Arc::new(Memory::new());
    let cache = start(store.clone(), small());
    let first = create(&*store, "a").await;
    create(&*store, "b").await;
    let pages = cache.list(ListRequest::of(PREFIX).limit(1)).await.unwrap();
    for _ in 0..30 {
        touch(&*store, "b").await;
    }
    let now = ready(&cache).await;
    let list = cache
        .list(ListRequest::of(PREFIX).at(At::Exactly(first)))
        .await
        .unwrap();
    assert_eq!((list.revision, list.items.len()), (first, 1));
    let rest = cache
        .list(ListRequest::of(PREFIX).rest(pages.rest.clone()))
        .await
        .unwrap();
    assert_eq!((rest.revision, rest.items.len()), (pages.revision, 1));
    store.compact(now).await.unwrap();
    let gone = cache
        .list(ListRequest::of(PREFIX).at(At::Exactly(first)))
        .await
        .unwrap_err();
    assert_eq!(gone, ReadError::Expired { rest: None });
    let gone = cache
        .list(ListRequest::of(PREFIX).rest(pages.rest.clone()))
        .await
        .unwrap_err();
    let start = pages.rest.unwrap().start;
    assert_eq!(
        gone,
        ReadError::Expired {
            rest: Some(Continue { revision: None, start })
        }
    );
}

/// The state that a watch begins with may be larger than what is told at once, and changes meanwhile.
#[tokio::test]
async fn a_large_state_is_told_whole() {
    let store = Arc::new(Memory::new());
    let cache = start(store.clone(), CacheOptions::default());
    for number in 0..1000 {
        create(&*store, &format!("{number:04}")).await;
    }
    let request = WatchRequest::of(PREFIX, Start::State(At::Latest)).bookmarks();
    let mut events = cache.watch(request).await.unwrap();
    for number in 0..1000 {
        assert_eq!(&*item(events.next().await).entry().key, key(&format!("{number:04}")));
        if number == 500 {
            touch(&*store, "0999").await;
            create(&*store, "9999").await;
            ready(&cache).await;
        }
    }
    assert!(matches!(
        events.next().await,
        Some(Ok(ItemEvent::Bookmark { ends_state: true, .. }))
    ));
    let Some(Ok(ItemEvent::Object { kind, item: changed })) = events.next().await else {
        panic!("it changed")
    };
    assert_eq!((kind, &*changed.entry().key), (EventKind::Modified, &*key("0999")));
    assert_eq!(&*item(events.next().await).entry().key, key("9999"));
}

/// Statement 78: the last bookmark comes two seconds before the end.
#[tokio::test(start_paused = true)]
async fn a_bookmark_comes_before_the_end() {
    let store = Arc::new(Memory::new());
    let cache = start(store.clone(), CacheOptions::default());
    let now = ready(&cache).await;
    let begin = Instant::now();
    let request = WatchRequest::of(PREFIX, Start::After(now))
        .bookmarks()
        .until(begin + Duration::from_secs(70));
    let mut events = cache.watch(request).await.unwrap();
    let mut times = Vec::new();
    while let Some(event) = events.next().await {
        assert!(matches!(event, Ok(ItemEvent::Bookmark { revision, ends_state: false }) if revision == now));
        times.push(begin.elapsed().as_secs());
    }
    assert_eq!(times, [60, 68]);
    assert_eq!(begin.elapsed().as_secs(), 70);
}

/// 10,000 watches of one object each, and 1,000 of all: each is told, and they fit into little memory.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_watches() {
    let store = Arc::new(Memory::new());
    let cache = start(store.clone(), CacheOptions::default());
    ready(&cache).await;
    let before = resident();
    let mut single = Vec::new();
    for number in 0..10_000 {
        single.push(
            cache
                .watch(WatchRequest::of(key(&number.to_string()), Start::Now))
                .await
                .unwrap(),
        );
    }
    let mut all = Vec::new();
    for _ in 0..1000 {
        all.push(cache.watch(WatchRequest::of(PREFIX, Start::Now)).await.unwrap());
    }
    let mut idle = select(
        single
            .iter_mut()
            .map(|events| events.next())
            .collect::<FuturesUnordered<_>>(),
        all.iter_mut()
            .map(|events| events.next())
            .collect::<FuturesUnordered<_>>(),
    );
    assert!(
        timeout(Duration::from_millis(200), idle.next()).await.is_err(),
        "nothing happened yet"
    );
    let grown = resident().saturating_sub(before);
    eprintln!("11,000 idle watches take {} KiB", grown >> 10);
    assert!(grown < 64 << 20, "{grown} bytes");
    create(&*store, "77").await;
    let mut told = 0;
    while told < 1001 {
        item(
            timeout(Duration::from_secs(30), idle.next())
                .await
                .expect("all are told")
                .flatten(),
        );
        told += 1;
    }
    assert!(
        timeout(Duration::from_millis(100), idle.next()).await.is_err(),
        "the others are not concerned"
    );
}

/// The resident memory of this process in bytes, where the system tells.
fn resident() -> usize {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: usize = text.split(' ').nth(1).and_then(|pages| pages.parse().ok()).unwrap_or(0);
    pages * 4096
}
