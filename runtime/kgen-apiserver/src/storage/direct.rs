//! Reads objects from a store without a cache in between: every request costs the store one.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::{StreamExt, stream};
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until};

use super::read::{Event, is_in_scope};
use super::{
    At, Change, Continue, Describe, Entry, Events, Item, ItemEvent, List, ListRequest, ReadError, Reader, Revision,
    Selection, Start, Store, StoreError, Undecodable, Update, Watch, WatchRequest,
};

/// How many entries are asked of the store at once.
const PAGE: usize = 10_000;

/// How many unreadable objects a failed list names.
pub(super) const NAMED: usize = 100;

/// Reads the objects of one resource from a store.
pub struct Direct {
    store: Arc<dyn Store>,
    describe: Arc<dyn Describe>,
    bookmarks: Duration,
}

impl Direct {
    /// A reader of the objects that `describe` understands, with a bookmark each minute.
    pub fn new(store: Arc<dyn Store>, describe: Arc<dyn Describe>) -> Self {
        Self {
            store,
            describe,
            bookmarks: Duration::from_secs(60),
        }
    }

    /// The same reader with bookmarks as often as this.
    pub fn bookmarks_every(mut self, interval: Duration) -> Self {
        self.bookmarks = interval;
        self
    }

    fn item(&self, entry: Entry) -> Arc<Item> {
        Arc::new(Item::new(entry, &*self.describe))
    }

    async fn get_at(&self, key: &str, revision: Revision) -> Result<(Revision, Option<Arc<Item>>), ReadError> {
        let range = super::Range::of(key).at(revision).limit(1);
        let page = self
            .store
            .list(range)
            .await
            .map_err(|error| read_error(error, || ReadError::Expired { rest: None }))?;
        let entry = page.entries.into_iter().find(|entry| *entry.key == *key);
        Ok((page.revision, entry.map(|entry| self.item(entry))))
    }

    /// The objects that a watch begins with.
    async fn state(&self, scope: &str, at: At) -> Result<(Revision, Vec<Arc<Item>>), ReadError> {
        if scope.ends_with('/') {
            let list = self.list(ListRequest::of(scope).at(at)).await?;
            return Ok((list.revision, list.items));
        }
        let (revision, item) = self.get(scope, at).await?;
        Ok((revision, item.into_iter().collect()))
    }
}

#[async_trait]
impl Reader for Direct {
    async fn get(&self, key: &str, at: At) -> Result<(Revision, Option<Arc<Item>>), ReadError> {
        if let At::Exactly(revision) = at {
            return self.get_at(key, revision).await;
        }
        let found = self.store.get(key).await?;
        not_older(at, found.revision)?;
        Ok((found.revision, found.entry.map(|entry| self.item(entry))))
    }

    async fn list(&self, request: ListRequest) -> Result<List, ReadError> {
        let (at, mut from) = request.position();
        let mut revision = match at {
            At::Exactly(revision) => Some(revision),
            At::Latest | At::Any | At::AtLeast(_) => None,
        };
        let wanted = request.limit.map_or(usize::MAX, NonZeroUsize::get);
        let mut size = wanted.min(PAGE);
        let mut picked = Picked::default();
        loop {
            let range = super::Range {
                prefix: request.prefix.clone(),
                from: from.take(),
                revision,
                limit: NonZeroUsize::new(size),
            };
            let page = self
                .store
                .list(range)
                .await
                .map_err(|error| read_error(error, || request.expired()))?;
            if revision.is_none() {
                not_older(at, page.revision)?;
            }
            let seen = *revision.insert(page.revision);
            let last = page.entries.last().map(|entry| entry.key.clone());
            let mut entries = page.entries.into_iter();
            for entry in entries.by_ref() {
                picked.add(self.item(entry), &request.selection);
                if picked.items.len() == wanted {
                    break;
                }
            }
            let remaining = entries.len() + page.remaining;
            if picked.items.len() == wanted || remaining == 0 {
                return picked.list(&request, seen, remaining);
            }
            from = last.map(|key| format!("{key}\0"));
            size = size.saturating_mul(2).min(PAGE);
        }
    }

    async fn watch(&self, request: WatchRequest) -> Result<Events, ReadError> {
        let WatchRequest {
            scope,
            start,
            selection,
            bookmarks,
            deadline,
        } = request;
        let (after, items) = match start {
            Start::After(revision) => (revision, None),
            Start::Now => (self.store.current().await?, None),
            Start::State(at) => {
                let (revision, items) = self.state(&scope, at).await?;
                (revision, Some(items))
            }
        };
        let too_old = || ReadError::TooOld {
            requested: after,
            oldest: None,
        };
        let watch = self
            .store
            .watch(&scope, after)
            .await
            .map_err(|error| read_error(error, too_old))?;
        let mut buffer = VecDeque::new();
        for item in items.iter().flatten() {
            let event = Event::new(item.revision(), None, Some(item.clone()));
            if let Some(event) = event.seen_by(&selection).map_err(undecodable)? {
                buffer.push_back(event);
            }
        }
        if items.is_some() && bookmarks {
            buffer.push_back(ItemEvent::Bookmark {
                revision: after,
                ends_state: true,
            });
        }
        let watcher = Watcher {
            watch,
            describe: self.describe.clone(),
            scope,
            selection,
            after,
            buffer,
            bookmarks: bookmarks.then(|| every(self.bookmarks)),
            deadline,
            is_over: false,
        };
        Ok(stream::unfold(watcher, async |mut watcher| Some((watcher.next().await?, watcher))).boxed())
    }
}

/// The objects of a list so far.
#[derive(Default)]
struct Picked {
    items: Vec<Arc<Item>>,
    undecodable: Vec<Undecodable>,
}

impl Picked {
    fn add(&mut self, item: Arc<Item>, selection: &Selection) {
        match selection.selects(&item) {
            Ok(true) => self.items.push(item),
            Ok(false) => {}
            Err(undecodable) if self.undecodable.len() < NAMED => self.undecodable.push(undecodable),
            Err(_) => {}
        }
    }

    fn list(self, request: &ListRequest, revision: Revision, remaining: usize) -> Result<List, ReadError> {
        if !self.undecodable.is_empty() {
            return Err(ReadError::Undecodable(self.undecodable));
        }
        Ok(finish(self.items, request, revision, remaining))
    }
}

/// A list, with the token to go on if objects remain.
pub(super) fn finish(items: Vec<Arc<Item>>, request: &ListRequest, revision: Revision, remaining: usize) -> List {
    let rest = match items.last() {
        Some(last) if remaining > 0 => Some(Continue::after(&last.entry().key, &request.prefix, Some(revision))),
        _ => None,
    };
    let remaining = (rest.is_some() && request.selection.is_everything()).then_some(remaining);
    List {
        revision,
        items,
        rest,
        remaining,
    }
}

fn not_older(at: At, current: Revision) -> Result<(), ReadError> {
    match at {
        At::AtLeast(requested) if requested > current => Err(ReadError::TooNew {
            requested,
            current,
            retry_after: Duration::ZERO,
        }),
        At::Latest | At::Any | At::AtLeast(_) | At::Exactly(_) => Ok(()),
    }
}

/// Says what a reader is told when the store has no such revision.
fn read_error(error: StoreError, gone: impl FnOnce() -> ReadError) -> ReadError {
    match error {
        StoreError::Compacted { .. } => gone(),
        StoreError::FutureRevision { requested, current } => ReadError::TooNew {
            requested,
            current,
            retry_after: Duration::ZERO,
        },
        error => ReadError::Store(error),
    }
}

pub(super) fn undecodable(undecodable: Undecodable) -> ReadError {
    ReadError::Undecodable(vec![undecodable])
}

fn every(period: Duration) -> tokio::time::Interval {
    let mut interval = interval_at(Instant::now() + period, period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}

/// One watch on the store.
struct Watcher {
    watch: Watch,
    describe: Arc<dyn Describe>,
    scope: String,
    selection: Selection,
    /// The revision up to which everything was told.
    after: Revision,
    buffer: VecDeque<ItemEvent>,
    bookmarks: Option<tokio::time::Interval>,
    deadline: Option<Instant>,
    is_over: bool,
}

impl Watcher {
    async fn next(&mut self) -> Option<Result<ItemEvent, ReadError>> {
        loop {
            if let Some(event) = self.buffer.pop_front() {
                return Some(Ok(event));
            }
            if self.is_over {
                return None;
            }
            let update = tokio::select! {
                biased;
                () = until(self.deadline) => return None,
                update = self.watch.updates.next() => update?,
                () = tick(&mut self.bookmarks) => {
                    self.watch.progress.request();
                    continue;
                }
            };
            match self.take(update) {
                Ok(None) => {}
                Ok(Some(event)) => return Some(Ok(event)),
                Err(error) => {
                    self.is_over = true;
                    return Some(Err(error));
                }
            }
        }
    }

    fn take(&mut self, update: Result<Update, StoreError>) -> Result<Option<ItemEvent>, ReadError> {
        let requested = self.after;
        let change = match update.map_err(|error| {
            read_error(error, || ReadError::TooOld {
                requested,
                oldest: None,
            })
        })? {
            Update::Progress(revision) => {
                self.after = revision.max(self.after);
                let bookmark = ItemEvent::Bookmark {
                    revision: self.after,
                    ends_state: false,
                };
                return Ok(self.bookmarks.is_some().then_some(bookmark));
            }
            Update::Change(change) => change,
        };
        if !is_in_scope(change.key(), &self.scope) {
            return Ok(None);
        }
        self.after = change.revision();
        event(&change, &*self.describe)
            .seen_by(&self.selection)
            .map_err(undecodable)
    }
}

fn event(change: &Change, describe: &dyn Describe) -> Event {
    let item = |entry: &Entry| Arc::new(Item::new(entry.clone(), describe));
    Event::new(change.revision(), change.previous().map(item), change.entry().map(item))
}

/// Sleeps until then, or for ever.
async fn until(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline).await,
        None => std::future::pending().await,
    }
}

async fn tick(interval: &mut Option<tokio::time::Interval>) {
    match interval {
        Some(interval) => {
            interval.tick().await;
        }
        None => std::future::pending().await,
    }
}
