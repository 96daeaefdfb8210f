//! A watch on a cache: a cursor into the events of its scope. Nobody waits for it; who falls behind the window of
//! events is cut off.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

use super::Inner;
use super::ring::Channel;
use crate::storage::direct::undecodable;
use crate::storage::read::Event;
use crate::storage::{EventKind, Item, ItemEvent, ReadError, Revision, Selection};

/// How many events or objects are taken under one lock.
const BATCH: usize = 128;

/// How long before its end a watch gets a last bookmark.
const LAST_BOOKMARK: Duration = Duration::from_secs(2);

/// One watch.
pub(super) struct Watcher {
    pub(super) inner: Arc<Inner>,
    pub(super) channel: Arc<Channel>,
    pub(super) cursor: u64,
    /// Events up to here are not wanted.
    pub(super) after: Revision,
    pub(super) selection: Selection,
    /// The state that is still to be told.
    pub(super) state: Option<State>,
    pub(super) bookmarks: Option<Bookmarks>,
    pub(super) deadline: Option<Instant>,
    pub(super) events: VecDeque<Arc<Event>>,
    /// Rings when the watch has something to do though nothing happens.
    pub(super) alarm: Option<Pin<Box<Sleep>>>,
    pub(super) is_over: bool,
}

/// How far the telling of a state has come.
pub(super) struct State {
    pub(super) revision: Revision,
    /// The first key that was not taken yet; none when all were.
    pub(super) next: Option<String>,
    pub(super) items: VecDeque<Arc<Item>>,
}

/// When the next bookmark comes.
pub(super) struct Bookmarks {
    pub(super) interval: Duration,
    pub(super) next: Instant,
}

impl Bookmarks {
    pub(super) fn new(interval: Duration, deadline: Option<Instant>) -> Self {
        let mut bookmarks = Self {
            interval,
            next: Instant::now(),
        };
        bookmarks.put_off(deadline);
        bookmarks
    }

    /// The next one comes after the interval, or shortly before the end if that is sooner.
    fn put_off(&mut self, deadline: Option<Instant>) {
        let now = Instant::now();
        let regular = now + self.interval;
        let last = deadline
            .and_then(|deadline| deadline.checked_sub(LAST_BOOKMARK))
            .filter(|last| *last > now);
        self.next = last.map_or(regular, |last| last.min(regular));
    }
}

impl Watcher {
    pub(super) async fn next(&mut self) -> Option<Result<ItemEvent, ReadError>> {
        if self.is_over {
            return None;
        }
        let next = self.event().await.transpose();
        if matches!(next, Some(Err(ReadError::Slow))) {
            self.inner.metrics.terminated.fetch_add(1, Ordering::Relaxed);
        }
        self.is_over = !matches!(next, Some(Ok(_)));
        next
    }

    /// The next event, or none at the end.
    async fn event(&mut self) -> Result<Option<ItemEvent>, ReadError> {
        if let Some(event) = self.of_state()? {
            return Ok(Some(event));
        }
        loop {
            if self.deadline.is_some_and(|deadline| deadline <= Instant::now()) {
                return Ok(None);
            }
            while let Some(event) = self.events.pop_front() {
                if let Some(event) = event.seen_by(&self.selection).map_err(undecodable)? {
                    return Ok(Some(event));
                }
            }
            let channel = self.channel.clone();
            let notified = channel.notify.notified();
            tokio::pin!(notified);
            // From here on no wake-up is missed.
            notified.as_mut().enable();
            match self.take()? {
                Taken::Events => continue,
                Taken::Nothing => {}
                Taken::End => return Ok(None),
            }
            let bookmark = self.bookmarks.as_ref().map(|bookmarks| bookmarks.next);
            let next = self.deadline.into_iter().chain(bookmark).min();
            tokio::select! {
                biased;
                () = notified => {}
                () = ring(&mut self.alarm, next) => {
                    if self.deadline.is_some_and(|deadline| Some(deadline) == next) {
                        return Ok(None);
                    }
                    if let Some(bookmark) = self.bookmark() {
                        return Ok(Some(bookmark));
                    }
                }
            }
        }
    }

    /// What is left of the state to tell.
    fn of_state(&mut self) -> Result<Option<ItemEvent>, ReadError> {
        let Some(state) = &mut self.state else { return Ok(None) };
        loop {
            while let Some(item) = state.items.pop_front() {
                if self.selection.selects(&item).map_err(undecodable)? {
                    let kind = EventKind::Added;
                    return Ok(Some(ItemEvent::Object { kind, item }));
                }
            }
            let Some(start) = state.next.take() else { break };
            let ring = self.inner.ring.read();
            if ring.floor > state.revision || self.channel.log.lock().is_over {
                return Err(ReadError::Slow);
            }
            let at = Some(state.revision).filter(|revision| Some(*revision) < ring.revision);
            let items = ring.items.range(&self.channel.scope, &start, at).take(BATCH);
            // A scope that is one key is also the beginning of longer ones.
            let is_key = !self.channel.scope.ends_with('/');
            let items = items.take_while(|item| !is_key || *item.entry().key == *self.channel.scope);
            state.items = items.cloned().collect();
            let initial = state.items.len() as u64;
            self.inner.metrics.initial.fetch_add(initial, Ordering::Relaxed);
            if state.items.len() == BATCH {
                state.next = state.items.back().map(|item| format!("{}\0", item.entry().key));
            }
        }
        let revision = state.revision;
        self.state = None;
        let ends_state = true;
        Ok(self
            .bookmarks
            .is_some()
            .then_some(ItemEvent::Bookmark { revision, ends_state }))
    }

    /// Takes what the channel has.
    fn take(&mut self) -> Result<Taken, ReadError> {
        let log = self.channel.log.lock();
        if self.cursor < log.first {
            return Err(ReadError::Slow);
        }
        let start = (self.cursor - log.first) as usize;
        let fresh = log.events.range(start..).take(BATCH);
        let count = fresh.len();
        self.events
            .extend(fresh.filter(|event| event.revision > self.after).cloned());
        self.cursor += count as u64;
        Ok(match (count, log.is_over) {
            (0, true) => Taken::End,
            (0, false) => Taken::Nothing,
            _ => Taken::Events,
        })
    }

    /// A bookmark, if everything has been told and the cache is beyond where the watch began.
    fn bookmark(&mut self) -> Option<ItemEvent> {
        let bookmarks = self.bookmarks.as_mut()?;
        bookmarks.put_off(self.deadline);
        // The ring first, since its revision and the channel's events change together under its lock.
        let ring = self.inner.ring.read();
        let log = self.channel.log.lock();
        let is_told = self.cursor == log.first + log.events.len() as u64 && !log.is_over;
        let revision = ring.revision.filter(|revision| is_told && *revision >= self.after)?;
        Some(ItemEvent::Bookmark {
            revision,
            ends_state: false,
        })
    }
}

/// Waits for a time. The alarm stays set when something else comes first, since most often it is set for the same time
/// again.
async fn ring(alarm: &mut Option<Pin<Box<Sleep>>>, at: Option<Instant>) {
    let Some(at) = at else {
        return std::future::pending().await;
    };
    let alarm = alarm.get_or_insert_with(|| Box::pin(sleep_until(at)));
    if alarm.deadline() != at {
        alarm.as_mut().reset(at);
    }
    alarm.await;
}

/// What a look at the channel brought.
enum Taken {
    Events,
    Nothing,
    End,
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.inner.ring.write().leave(&self.channel);
    }
}
