//! A copy of one resource's objects that answers lists and watches for all readers at the cost of one watch.
//!
//! It keeps the present objects with their recent versions, so that a list at a revision and the pages of a list need
//! no copy, and the recent events. A read that has to be as new as the store asks the store for its revision and waits
//! until the cache has come that far. What the cache cannot answer the store is asked.
//!
//! It may not decide what an object means: that is [`Describe`]'s.

mod feed;
mod items;
mod ring;
mod watch;

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::{StreamExt, stream};
use parking_lot::{Mutex, RwLock};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

use self::ring::{Ring, Window};
use self::watch::{Bookmarks, State, Watcher};
use super::direct::{NAMED, finish};
use super::{
    At, Describe, Direct, Events, Item, List, ListRequest, Progress, ReadError, Reader, Revision, Selection, Start,
    Store, StoreError, WatchRequest,
};
use crate::metrics::CacheMetrics;

/// How often the store is asked for progress while somebody waits for it.
const ASK: Duration = Duration::from_millis(100);

/// How a cache is run.
#[derive(Clone, Copy, Debug)]
pub struct CacheOptions {
    /// How often watches get bookmarks that ask for them: each minute.
    pub bookmarks: Duration,
    /// How long events are kept: 75 seconds. A watch that is read more slowly is cut off.
    pub keep: Duration,
    /// How many events are kept at most: 102,400.
    pub events: usize,
    /// How many bytes of superseded objects are kept at most: 64 MiB.
    pub bytes: usize,
    /// How long a read waits for the cache to become new enough: 3 seconds.
    pub patience: Duration,
}

impl Default for CacheOptions {
    fn default() -> Self {
        Self {
            bookmarks: Duration::from_secs(60),
            keep: Duration::from_secs(75),
            events: 102_400,
            bytes: 64 << 20,
            patience: Duration::from_secs(3),
        }
    }
}

/// A cache of the objects below one prefix. Dropping it ends its task; watches then end.
pub struct Cache {
    inner: Arc<Inner>,
    feed: JoinHandle<()>,
}

/// What readers, watchers and the task share.
struct Inner {
    store: Arc<dyn Store>,
    direct: Direct,
    prefix: Box<str>,
    describe: Arc<dyn Describe>,
    options: CacheOptions,
    ring: RwLock<Ring>,
    /// How far the cache has come; zero before the first load.
    revision: tokio::sync::watch::Sender<Revision>,
    /// Asks the running watch for progress.
    progress: Mutex<Option<Progress>>,
    /// Why the store is not followed at present.
    failure: Mutex<Option<StoreError>>,
    metrics: CacheMetrics,
}

impl Cache {
    /// Begins to load what is below a prefix, which ends with `/`. Must be called within a tokio runtime.
    pub fn start(
        store: Arc<dyn Store>,
        prefix: impl Into<String>,
        describe: Arc<dyn Describe>,
        options: CacheOptions,
    ) -> Self {
        let window = Window {
            keep: options.keep,
            events: options.events,
            bytes: options.bytes,
        };
        let inner = Arc::new(Inner {
            direct: Direct::new(store.clone(), describe.clone()).bookmarks_every(options.bookmarks),
            store,
            prefix: prefix.into().into(),
            describe,
            options,
            ring: RwLock::new(Ring::new(window)),
            revision: tokio::sync::watch::Sender::new(Revision::ZERO),
            progress: Mutex::new(None),
            failure: Mutex::new(None),
            metrics: CacheMetrics::new(options.events),
        });
        let feed = tokio::spawn(feed::feed(inner.clone()));
        Self { inner, feed }
    }

    /// Whether the cache has been loaded.
    pub fn is_ready(&self) -> bool {
        self.inner.known().is_some()
    }

    /// Why the cache does not follow the store at present, if it does not.
    pub fn failure(&self) -> Option<StoreError> {
        self.inner.failure.lock().clone()
    }
}

impl Drop for Cache {
    fn drop(&mut self) {
        self.feed.abort();
        self.inner.ring.write().end();
    }
}

impl Inner {
    /// How far the cache has come, if it has been loaded.
    fn known(&self) -> Option<Revision> {
        Some(*self.revision.borrow()).filter(|revision| !revision.is_zero())
    }

    /// What the cache knows of an object, and as of when.
    fn known_item(&self, key: &str) -> (Revision, Option<Arc<Item>>) {
        let ring = self.ring.read();
        (ring.revision.unwrap_or_default(), ring.items.latest(key).cloned())
    }

    /// An object as it is now: from the cache if that is known to be as new as the store, without waiting for it.
    async fn latest(&self, key: &str) -> Result<(Revision, Option<Arc<Item>>), ReadError> {
        let current = self.store.current().await?;
        if self.known().is_some_and(|known| known >= current) {
            return Ok(self.known_item(key));
        }
        let found = self.store.get(key).await?;
        let Some(entry) = found.entry else {
            return Ok((found.revision, None));
        };
        // What is shared already, with its encodings, is taken if it is the same state.
        let (_, item) = self.known_item(key);
        let item = item
            .filter(|item| item.revision() == entry.revision)
            .unwrap_or_else(|| self.item(entry));
        Ok((found.revision, Some(item)))
    }

    /// Waits until the cache has come to a revision, and says whether it has.
    async fn wait(&self, revision: Revision) -> bool {
        if *self.revision.borrow() >= revision {
            self.metrics.waits.observe(0.0);
            return true;
        }
        let begin = Instant::now();
        let is_there = self.wait_until(revision, begin + self.options.patience).await;
        self.metrics.waits.observe(begin.elapsed().as_secs_f64());
        is_there
    }

    async fn wait_until(&self, revision: Revision, end: Instant) -> bool {
        let mut known = self.revision.subscribe();
        loop {
            if *known.borrow_and_update() >= revision {
                return true;
            }
            self.ask();
            let next = end.min(Instant::now() + ASK);
            if timeout_at(next, known.wait_for(|known| *known >= revision))
                .await
                .is_err()
                && next == end
            {
                return *known.borrow() >= revision;
            }
        }
    }

    /// Waits until the cache can answer for a state.
    async fn fresh(&self, at: At) -> Result<Fresh, ReadError> {
        let revision = match at {
            At::Any => Revision::FIRST,
            At::Latest => self.store.current().await?,
            At::AtLeast(revision) | At::Exactly(revision) => revision.max(Revision::FIRST),
        };
        if self.wait(revision).await {
            if at == At::Latest {
                self.metrics.consistent.fetch_add(1, Ordering::Relaxed);
            }
            return Ok(Fresh::Cache);
        }
        match (at, self.known()) {
            (At::AtLeast(requested) | At::Exactly(requested), Some(current)) => Err(ReadError::TooNew {
                requested,
                current,
                retry_after: Duration::from_secs(1),
            }),
            (At::Latest, Some(_)) => {
                self.metrics.fallbacks.fetch_add(1, Ordering::Relaxed);
                Ok(Fresh::Store)
            }
            (_, None) => match self.failure.lock().clone() {
                Some(error) => Err(error.into()),
                None => Err(ReadError::NotReady {
                    retry_after: Duration::from_secs(1),
                }),
            },
            (At::Any, Some(_)) => Ok(Fresh::Cache),
        }
    }

    /// The list from the cache, or none if its revision is older than what the cache knows.
    fn list(&self, request: &ListRequest, at: At, start: Option<&str>) -> Result<Option<List>, ReadError> {
        let ring = self.ring.read();
        let known = ring.revision.unwrap_or_default();
        let revision = match at {
            At::Exactly(revision) if revision < ring.floor => return Ok(None),
            At::Exactly(revision) => revision,
            At::Latest | At::Any | At::AtLeast(_) => known,
        };
        let (prefix, selection) = (&request.prefix, &request.selection);
        let start = start.unwrap_or(prefix);
        let limit = request.limit.map_or(usize::MAX, NonZeroUsize::get);
        let past = Some(revision).filter(|revision| *revision < known);
        let present = past.is_none().then_some(&ring.items);
        let (items, remaining) = match present.and_then(|items| items.labelled(prefix, start, selection)) {
            Some(labelled) => pick(labelled, selection, limit),
            None => pick(ring.items.range(prefix, start, past), selection, limit),
        }?;
        drop(ring);
        Ok(Some(finish(items, request, revision, remaining)))
    }
}

/// Who can answer.
#[derive(PartialEq, Eq)]
enum Fresh {
    Cache,
    Store,
}

/// The first objects that are selected, and how many follow. With a selection, the number is only whether there may be
/// more.
fn pick<'a>(
    mut range: impl Iterator<Item = &'a Arc<Item>>,
    selection: &Selection,
    limit: usize,
) -> Result<(Vec<Arc<Item>>, usize), ReadError> {
    let mut items = Vec::new();
    let mut bad = Vec::new();
    while items.len() < limit {
        let Some(item) = range.next() else { break };
        match selection.selects(item) {
            Ok(true) => items.push(item.clone()),
            Ok(false) => {}
            Err(undecodable) if bad.len() < NAMED => bad.push(undecodable),
            Err(_) => {}
        }
    }
    if !bad.is_empty() {
        return Err(ReadError::Undecodable(bad));
    }
    let remaining = if selection.is_everything() {
        range.count()
    } else {
        usize::from(range.any(|item| !matches!(selection.selects(item), Ok(false))))
    };
    Ok((items, remaining))
}

#[async_trait]
impl Reader for Cache {
    async fn count(&self, prefix: &str) -> Result<usize, ReadError> {
        self.inner.fresh(At::Any).await?;
        Ok(self.inner.ring.read().items.range(prefix, prefix, None).count())
    }

    fn metrics(&self) -> Option<&CacheMetrics> {
        Some(&self.inner.metrics)
    }

    fn at_hand(&self, key: &str) -> Option<Arc<Item>> {
        self.inner.known_item(key).1
    }

    async fn get(&self, key: &str, at: At) -> Result<(Revision, Option<Arc<Item>>), ReadError> {
        match at {
            At::Latest => self.inner.latest(key).await,
            At::Exactly(_) => self.inner.direct.get(key, at).await,
            At::Any | At::AtLeast(_) => {
                self.inner.fresh(at).await?;
                Ok(self.inner.known_item(key))
            }
        }
    }

    async fn list(&self, request: ListRequest) -> Result<List, ReadError> {
        let (at, start) = request.position();
        let fresh = match self.inner.fresh(at).await {
            // A page costs the store little, so that it is not refused while the cache is being loaded.
            Err(ReadError::NotReady { .. }) if request.limit.is_some() && request.selection.is_everything() => {
                Fresh::Store
            }
            fresh => fresh?,
        };
        if fresh == Fresh::Cache
            && let Some(list) = self.inner.list(&request, at, start.as_deref())?
        {
            self.inner.metrics.listed(list.items.len());
            return Ok(list);
        }
        self.inner.direct.list(request).await
    }

    async fn watch(&self, request: WatchRequest) -> Result<Events, ReadError> {
        let inner = &self.inner;
        let after = match request.start {
            Start::After(revision) => {
                inner.fresh(At::Any).await?;
                Some(revision)
            }
            Start::Now => {
                let now = inner.store.current().await?;
                inner.fresh(At::Any).await?;
                Some(now)
            }
            Start::State(at) => {
                inner.state(at).await?;
                None
            }
        };
        let mut ring = inner.ring.write();
        let known = ring.revision.unwrap_or_default();
        if let Some(after) = after
            && after < ring.floor
        {
            return Err(ReadError::TooOld {
                requested: after,
                oldest: Some(ring.floor),
            });
        }
        let (channel, cursor) = ring.join(&request.scope, after.unwrap_or(known));
        drop(ring);
        let state = after.is_none().then(|| State {
            revision: known,
            next: Some(request.scope.clone()),
            items: Default::default(),
        });
        let bookmarks = request
            .bookmarks
            .then(|| Bookmarks::new(inner.options.bookmarks, request.deadline));
        let watcher = Watcher {
            inner: inner.clone(),
            channel,
            cursor,
            after: after.unwrap_or(known),
            selection: request.selection,
            state,
            bookmarks,
            deadline: request.deadline,
            events: Default::default(),
            alarm: None,
            is_over: false,
        };
        Ok(stream::unfold(watcher, async |mut watcher| Some((watcher.next().await?, watcher))).boxed())
    }
}

impl Inner {
    /// Waits until the cache can tell a state that is new enough.
    async fn state(&self, at: At) -> Result<(), ReadError> {
        if self.fresh(at).await? == Fresh::Store {
            // The store cannot hand a watch over to the cache, so that the client has to try again.
            return Err(ReadError::NotReady {
                retry_after: Duration::from_secs(1),
            });
        }
        Ok(())
    }
}
