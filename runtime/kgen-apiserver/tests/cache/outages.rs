//! A store that fails under the cache.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::select;
use kgen_apiserver::storage::{
    At, CacheOptions, ListRequest, Lookup, Memory, Page, Range, ReadError, Reader, Revision, Start, Store, StoreError,
    Watch, WatchRequest,
};
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use crate::fixture::{PREFIX, create, item, key, ready, start, touch};

/// A store that can be cut off.
#[derive(Default)]
struct Weak {
    store: Memory,
    is_away: AtomicBool,
    cut: Notify,
}

impl Weak {
    fn check(&self) -> Result<(), StoreError> {
        if self.is_away.load(Ordering::SeqCst) {
            Err(away())
        } else {
            Ok(())
        }
    }

    fn go(&self) {
        self.is_away.store(true, Ordering::SeqCst);
        self.cut.notify_waiters();
    }

    fn come_back(&self) {
        self.is_away.store(false, Ordering::SeqCst);
    }
}

fn away() -> StoreError {
    let reason = "it is away".to_owned();
    StoreError::Unavailable { reason }
}

/// A handle, so that its watches can refer to it.
struct Handle(Arc<Weak>);

#[async_trait]
impl Store for Handle {
    async fn get(&self, key: &str) -> Result<Lookup, StoreError> {
        self.0.check()?;
        self.0.store.get(key).await
    }

    async fn list(&self, range: Range) -> Result<Page, StoreError> {
        self.0.check()?;
        self.0.store.list(range).await
    }

    async fn create(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<Revision, StoreError> {
        self.0.check()?;
        self.0.store.create(key, value, ttl).await
    }

    async fn replace(
        &self,
        key: &str,
        seen: Revision,
        value: Bytes,
        ttl: Option<Duration>,
    ) -> Result<Revision, StoreError> {
        self.0.check()?;
        self.0.store.replace(key, seen, value, ttl).await
    }

    async fn delete(&self, key: &str, seen: Revision) -> Result<Revision, StoreError> {
        self.0.check()?;
        self.0.store.delete(key, seen).await
    }

    async fn watch(&self, prefix: &str, after: Revision) -> Result<Watch, StoreError> {
        self.0.check()?;
        let Watch { updates, progress } = self.0.store.watch(prefix, after).await?;
        let weak = self.0.clone();
        let cut = futures_util::stream::once(async move {
            weak.cut.notified().await;
            Err(away())
        });
        let updates = select(updates, cut).boxed();
        Ok(Watch { updates, progress })
    }

    async fn current(&self) -> Result<Revision, StoreError> {
        self.0.check()?;
        self.0.store.current().await
    }

    async fn compact(&self, revision: Revision) -> Result<(), StoreError> {
        self.0.check()?;
        self.0.store.compact(revision).await
    }
}

fn impatient() -> CacheOptions {
    CacheOptions {
        patience: Duration::from_millis(300),
        ..CacheOptions::default()
    }
}

/// Statement 87.
#[tokio::test]
async fn a_cache_that_was_never_loaded_says_why() {
    let weak = Arc::new(Weak::default());
    weak.go();
    let cache = start(Arc::new(Handle(weak.clone())), impatient());
    assert!(!cache.is_ready());
    assert_eq!(
        cache.list(ListRequest::of(PREFIX).at(At::Any)).await.unwrap_err(),
        ReadError::Store(away())
    );
    assert!(
        cache
            .watch(WatchRequest::of(PREFIX, Start::State(At::Any)))
            .await
            .is_err()
    );
    weak.come_back();
    for _ in 0..100 {
        if cache.is_ready() {
            break;
        }
        sleep(Duration::from_millis(50)).await;
    }
    assert!(cache.list(ListRequest::of(PREFIX)).await.is_ok());
    assert_eq!(cache.failure(), None);
}

/// Statement 165, without a compaction: watches go on where they were.
#[tokio::test]
async fn an_outage_is_made_up_for() {
    let weak = Arc::new(Weak::default());
    let cache = start(Arc::new(Handle(weak.clone())), impatient());
    let now = ready(&cache).await;
    let mut events = cache.watch(WatchRequest::of(PREFIX, Start::After(now))).await.unwrap();
    weak.go();
    create(&weak.store, "a").await;
    assert_eq!(
        cache.list(ListRequest::of(PREFIX)).await.unwrap_err(),
        ReadError::Store(away())
    );
    assert!(
        cache
            .list(ListRequest::of(PREFIX).at(At::Any))
            .await
            .unwrap()
            .items
            .is_empty()
    );
    weak.come_back();
    let event = timeout(Duration::from_secs(20), events.next())
        .await
        .expect("the watch goes on");
    assert_eq!(&*item(event).entry().key, key("a"));
    assert_eq!(cache.list(ListRequest::of(PREFIX)).await.unwrap().items.len(), 1);
}

/// What was compacted meanwhile cannot be made up for: the state is read again, and watches end.
#[tokio::test]
async fn a_gap_begins_anew() {
    let weak = Arc::new(Weak::default());
    let cache = start(Arc::new(Handle(weak.clone())), impatient());
    let now = ready(&cache).await;
    let mut events = cache.watch(WatchRequest::of(PREFIX, Start::After(now))).await.unwrap();
    weak.go();
    create(&weak.store, "a").await;
    let changed = touch(&weak.store, "a").await;
    weak.store.compact(changed).await.unwrap();
    weak.come_back();
    let end = timeout(Duration::from_secs(20), events.next())
        .await
        .expect("the watch ends");
    assert!(end.is_none(), "{end:?}");
    let list = cache.list(ListRequest::of(PREFIX)).await.unwrap();
    assert_eq!(list.items[0].revision(), changed);
    let again = cache
        .watch(WatchRequest::of(PREFIX, Start::After(now)))
        .await
        .err()
        .expect("it is gone");
    assert!(matches!(again, ReadError::TooOld { .. }));
}

/// A store that never tells what happened: lists of the present are then asked of it.
#[tokio::test]
async fn a_cache_that_lags_asks_the_store() {
    let weak = Arc::new(Weak::default());
    let cache = start(Arc::new(Handle(weak.clone())), impatient());
    ready(&cache).await;
    weak.go();
    sleep(Duration::from_millis(20)).await;
    create(&weak.store, "a").await;
    // It is back before the cache tries again.
    weak.come_back();
    assert_eq!(cache.list(ListRequest::of(PREFIX)).await.unwrap().items.len(), 1);
}

#[tokio::test]
async fn watches_end_with_the_cache() {
    let store = Arc::new(Memory::new());
    let cache = start(store.clone(), CacheOptions::default());
    ready(&cache).await;
    let mut events = cache.watch(WatchRequest::of(PREFIX, Start::Now)).await.unwrap();
    drop(cache);
    assert!(events.next().await.is_none());
}
