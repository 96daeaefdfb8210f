//! The memory of a cache: the objects with their recent versions, recent events, and who is to be woken for which.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use tokio::sync::Notify;

use super::items::Items;
use crate::storage::read::{Event, is_in_scope};
use crate::storage::{Item, Revision};

/// How much of the past a cache keeps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    pub(super) keep: Duration,
    pub(super) events: usize,
    pub(super) bytes: usize,
}

/// What a cache knows. It is changed only by the cache's task, apart from the list of channels.
pub(super) struct Ring {
    pub(super) items: Items,
    /// The events after `floor`, oldest first, with the time at which they came.
    events: VecDeque<(Instant, Arc<Event>)>,
    /// The bytes of what the events replaced.
    bytes: usize,
    /// The oldest revision that can be read, and watched from.
    pub(super) floor: Revision,
    /// The revision up to which everything is known. None before the first load.
    pub(super) revision: Option<Revision>,
    channels: HashMap<Box<str>, Arc<Channel>>,
    window: Window,
}

/// The recent events of one scope, which all its watchers read at their own pace.
pub(super) struct Channel {
    pub(super) scope: Box<str>,
    pub(super) log: Mutex<ChannelLog>,
    pub(super) notify: Notify,
}

#[derive(Default)]
pub(super) struct ChannelLog {
    pub(super) events: VecDeque<Arc<Event>>,
    /// The number of the first of these events.
    pub(super) first: u64,
    /// Whether watchers have to begin anew.
    pub(super) is_over: bool,
    watchers: usize,
}

impl Ring {
    pub(super) fn new(window: Window) -> Self {
        Self {
            items: Items::default(),
            events: VecDeque::new(),
            bytes: 0,
            floor: Revision::ZERO,
            revision: None,
            channels: HashMap::new(),
            window,
        }
    }

    /// Ends all watches.
    pub(super) fn end(&mut self) {
        for channel in std::mem::take(&mut self.channels).into_values() {
            channel.log.lock().is_over = true;
            channel.notify.notify_waiters();
        }
    }

    /// Begins anew with a state. Watches of the old one end.
    pub(super) fn load(&mut self, items: Vec<Arc<Item>>, revision: Revision) {
        self.end();
        self.items = Items::default();
        for item in items {
            self.items.set(item.entry().key.clone(), item.revision(), Some(item));
        }
        self.events.clear();
        self.bytes = 0;
        self.floor = revision;
        self.revision = Some(revision);
    }

    /// Takes a change in. The channels that have to be rung for it are added to `rung`.
    pub(super) fn apply(&mut self, key: &Arc<str>, revision: Revision, item: Option<Arc<Item>>, rung: &mut Rung) {
        let previous = self.items.latest(key).cloned();
        self.revision = Some(revision);
        self.items.set(key.clone(), revision, item.clone());
        self.bytes += previous.as_ref().map_or(0, |item| item.entry().value.len());
        let event = Arc::new(Event::new(revision, previous, item));
        for channel in scopes(key).filter_map(|scope| self.channels.get(scope)) {
            channel.log.lock().events.push_back(event.clone());
            rung.add(channel);
        }
        self.events.push_back((Instant::now(), event));
    }

    /// Forgets events that are too old or too many.
    pub(super) fn trim(&mut self, now: Instant) {
        while let Some((came, event)) = self.events.front() {
            let is_old = now.duration_since(*came) > self.window.keep;
            let is_too_much = self.events.len() > self.window.events || self.bytes > self.window.bytes;
            if !is_old && !is_too_much {
                return;
            }
            let event = event.clone();
            self.events.pop_front();
            self.floor = event.revision;
            self.bytes -= event.previous.as_ref().map_or(0, |item| item.entry().value.len());
            let Some(key) = event.key() else { continue };
            self.items.trim(key, self.floor);
            for channel in scopes(key).filter_map(|scope| self.channels.get(scope)) {
                let mut log = channel.log.lock();
                if log.events.pop_front().is_some() {
                    log.first += 1;
                }
            }
        }
    }

    /// The channel of a scope, with one more watcher, and the number of its first event after a revision.
    pub(super) fn join(&mut self, scope: &str, after: Revision) -> (Arc<Channel>, u64) {
        let channel = match self.channels.get(scope) {
            Some(channel) => channel.clone(),
            None => self.open(scope),
        };
        let mut log = channel.log.lock();
        log.watchers += 1;
        let cursor = log.first + log.events.partition_point(|event| event.revision <= after) as u64;
        drop(log);
        (channel, cursor)
    }

    fn open(&mut self, scope: &str) -> Arc<Channel> {
        let in_scope = |event: &&Arc<Event>| event.key().is_some_and(|key| is_in_scope(key, scope));
        let log = ChannelLog {
            events: self
                .events
                .iter()
                .map(|(_, event)| event)
                .filter(in_scope)
                .cloned()
                .collect(),
            ..ChannelLog::default()
        };
        let channel = Arc::new(Channel {
            scope: scope.into(),
            log: Mutex::new(log),
            notify: Notify::new(),
        });
        self.channels.insert(scope.into(), channel.clone());
        channel
    }

    /// Takes a watcher off its channel.
    pub(super) fn leave(&mut self, channel: &Arc<Channel>) {
        let mut log = channel.log.lock();
        log.watchers -= 1;
        if log.watchers == 0
            && self
                .channels
                .get(&channel.scope)
                .is_some_and(|known| Arc::ptr_eq(known, channel))
        {
            self.channels.remove(&channel.scope);
        }
    }

    /// Whether anybody watches.
    pub(super) fn is_watched(&self) -> bool {
        !self.channels.is_empty()
    }
}

impl Event {
    fn key(&self) -> Option<&Arc<str>> {
        Some(&self.item.as_ref().or(self.previous.as_ref())?.entry().key)
    }
}

/// The scopes that a key is in: itself, and all that it has up to a slash.
fn scopes(key: &str) -> impl Iterator<Item = &str> {
    key.match_indices('/').map(|(place, _)| &key[..=place]).chain([key])
}

/// The channels that have something new.
#[derive(Default)]
pub(super) struct Rung {
    channels: Vec<Arc<Channel>>,
}

impl Rung {
    fn add(&mut self, channel: &Arc<Channel>) {
        if !self
            .channels
            .iter()
            .rev()
            .take(8)
            .any(|known| Arc::ptr_eq(known, channel))
        {
            self.channels.push(channel.clone());
        }
    }

    /// Wakes their watchers.
    pub(super) fn wake(self) {
        for channel in self.channels {
            channel.notify.notify_waiters();
        }
    }
}
