//! The task that keeps a cache like its store: loads the state, follows the changes, and begins anew when it has to.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use futures_util::{FutureExt, StreamExt};
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::Inner;
use super::ring::Rung;
use crate::storage::{Entry, Item, Range, Revision, StoreError, Update, Watch};

/// How many entries are asked of the store at once while loading.
const PAGE: usize = 10_000;

/// How many updates are taken in under one lock.
const BATCH: usize = 256;

/// The pauses after the first failure and after many.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LAST_PAUSE: Duration = Duration::from_secs(5);

/// Feeds the cache until the task is ended.
pub(super) async fn feed(inner: Arc<Inner>) {
    let mut pause = FIRST_PAUSE;
    let mut from = None;
    loop {
        let result = match from {
            None => load(&inner).await,
            Some(revision) => Ok(revision),
        };
        let error = match result {
            Ok(revision) => match follow(&inner, revision, &mut pause).await {
                // What happened meanwhile is gone, so that the state has to be read again.
                StoreError::Compacted { .. } => {
                    from = None;
                    continue;
                }
                error => {
                    from = inner.ring.read().revision;
                    error
                }
            },
            Err(error) => error,
        };
        inner.fail(error);
        sleep(pause).await;
        pause = (pause * 2).min(LAST_PAUSE);
    }
}

async fn load(inner: &Inner) -> Result<Revision, StoreError> {
    let mut range = Range::of(&*inner.prefix).limit(PAGE);
    let mut items = Vec::new();
    loop {
        let page = inner.store.list(range.clone()).await?;
        let last = page.entries.last().map(|entry| format!("{}\0", entry.key));
        items.extend(page.entries.into_iter().map(|entry| inner.item(entry)));
        match last {
            Some(next) if page.remaining > 0 => range = range.from(next).at(page.revision),
            _ => {
                inner.ring.write().load(items, page.revision);
                inner.metrics.initializations.fetch_add(1, Ordering::Relaxed);
                inner.reached(page.revision);
                return Ok(page.revision);
            }
        }
    }
}

/// Follows the changes after a revision until the store fails.
async fn follow(inner: &Inner, after: Revision, pause: &mut Duration) -> StoreError {
    let Watch { mut updates, progress } = match inner.store.watch(&inner.prefix, after).await {
        Ok(watch) => watch,
        Err(error) => return error,
    };
    *inner.progress.lock() = Some(progress);
    let mut ticks = interval((inner.options.bookmarks / 2).max(Duration::from_millis(10)));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let error = loop {
        let first = tokio::select! {
            biased;
            first = updates.next() => first,
            _ = ticks.tick() => {
                tick(inner);
                continue;
            }
        };
        let Some(first) = first else { break StoreError::Closed };
        let mut batch = vec![first];
        while batch.len() < BATCH
            && let Some(Some(next)) = updates.next().now_or_never()
        {
            batch.push(next);
        }
        *pause = FIRST_PAUSE;
        if let Err(error) = take(inner, batch) {
            break error;
        }
    };
    inner.progress.lock().take();
    error
}

/// Takes updates in, up to an error.
fn take(inner: &Inner, batch: Vec<Result<Update, StoreError>>) -> Result<(), StoreError> {
    let mut failure = Ok(());
    let mut changes = Vec::with_capacity(batch.len());
    let mut progress = None;
    for update in batch {
        match update {
            Ok(Update::Change(change)) => {
                // Objects are read before the lock is taken.
                let item = change.entry().map(|entry| inner.item(entry.clone()));
                changes.push((change, item));
            }
            Ok(Update::Progress(revision)) => progress = Some(revision),
            Err(error) => {
                failure = Err(error);
                break;
            }
        }
    }
    let received = changes.len() as u64;
    inner.metrics.received.fetch_add(received, Ordering::Relaxed);
    let mut rung = Rung::default();
    let reached = {
        let mut ring = inner.ring.write();
        for (change, item) in changes {
            // A store that is asked again after a failure may tell a change twice.
            if ring.revision.is_none_or(|known| known < change.revision()) {
                ring.apply(change.key(), change.revision(), item, &mut rung);
            }
        }
        if progress > ring.revision {
            ring.revision = progress;
        }
        ring.trim(Instant::now());
        ring.revision
    };
    rung.wake();
    inner.metrics.dispatched.fetch_add(received, Ordering::Relaxed);
    inner.reached(reached.unwrap_or_default());
    failure
}

/// What has to be done though nothing happens.
fn tick(inner: &Inner) {
    let mut ring = inner.ring.write();
    ring.trim(Instant::now());
    if ring.is_watched() {
        inner.ask();
    }
}

impl Inner {
    pub(super) fn item(&self, entry: Entry) -> Arc<Item> {
        Arc::new(Item::new(entry, &*self.describe))
    }

    /// Tells those who wait that the cache has come this far.
    fn reached(&self, revision: Revision) {
        if self.failure.lock().take().is_some() {
            tracing::info!(prefix = self.prefix, "the changes of the store are followed again");
        }
        self.metrics.revision.fetch_max(revision.get(), Ordering::Relaxed);
        self.revision.send_if_modified(|known| {
            let is_new = *known < revision;
            *known = (*known).max(revision);
            is_new
        });
    }

    fn fail(&self, error: StoreError) {
        let mut failure = self.failure.lock();
        // It is tried again and again, and told once.
        if failure.is_none() {
            tracing::warn!(prefix = self.prefix, %error, "the changes of the store cannot be followed");
        }
        *failure = Some(error);
    }

    /// Asks the store how far it is.
    pub(super) fn ask(&self) {
        if let Some(progress) = &*self.progress.lock() {
            progress.request();
        }
    }
}
