//! The memory of a log: the versions of all keys, the changes that can still be watched, and who watches.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use super::HistoryLimits;
use super::history::History;
use super::journal::{Instant, Record};
use super::watch::Bell;
use crate::storage::{Change, Entry, Page, Range, Revision, StoreError};

/// What a log knows. Only the committer changes it, under its lock.
pub(crate) struct State {
    pub(super) history: History<Entry>,
    /// The changes after `compacted`: exactly one for each revision up to `revision`.
    pub(super) log: VecDeque<Arc<Change>>,
    pub(super) revision: Revision,
    pub(super) compacted: Revision,
    pub(super) bells: Vec<Arc<Bell>>,
    pub(super) expiries: BTreeSet<(Instant, Arc<str>, Revision)>,
    /// The bytes of all keys and values, with those of superseded versions.
    pub(super) bytes: u64,
    /// Those of superseded versions alone.
    past: u64,
    pub(super) is_closed: bool,
}

impl Default for State {
    fn default() -> Self {
        Self {
            history: History::default(),
            log: VecDeque::new(),
            revision: Revision::FIRST,
            compacted: Revision::FIRST,
            bells: Vec::new(),
            expiries: BTreeSet::new(),
            bytes: 0,
            past: 0,
            is_closed: false,
        }
    }
}

impl State {
    /// Makes a durable change visible and rings for those who watch its key.
    pub(crate) fn apply(&mut self, record: Record) {
        let Record { change, expires } = record;
        let revision = change.revision();
        let key = change.key();
        self.revision = revision;
        self.bytes += size(&change);
        self.past += change.previous().map_or(0, size_of_entry);
        self.history.set(key.clone(), revision, change.entry().cloned());
        if let Some(due) = expires {
            self.expiries.insert((due, key.clone(), revision));
        }
        for bell in &self.bells {
            bell.ring(key, revision);
        }
        self.log.push_back(change);
    }

    /// Adds a version that has been compacted away as a change but is still some key's state.
    #[cfg(feature = "embedded")]
    pub(crate) fn restore(&mut self, entry: Entry, expires: Option<Instant>) {
        if let Some(due) = expires {
            self.expiries.insert((due, entry.key.clone(), entry.revision));
        }
        self.bytes += size_of_entry(&entry);
        self.history.set(entry.key.clone(), entry.revision, Some(entry));
    }

    /// Sets the revisions that were on disk.
    #[cfg(feature = "embedded")]
    pub(crate) fn resume(&mut self, revision: Revision, compacted: Revision) {
        self.revision = self.revision.max(revision);
        self.compacted = compacted;
    }

    /// What there is at a key.
    pub(crate) fn latest(&self, key: &str) -> Option<&Entry> {
        self.history.latest(key)
    }

    /// Reads a range.
    pub(super) fn list(&self, range: &Range) -> Result<Page, StoreError> {
        let revision = range.revision.unwrap_or(self.revision);
        if revision > self.revision {
            return Err(StoreError::FutureRevision {
                requested: revision,
                current: self.revision,
            });
        }
        if revision < self.compacted {
            return Err(StoreError::Compacted {
                requested: revision,
                oldest: Some(self.compacted),
            });
        }
        let at = range.revision.filter(|revision| *revision < self.revision);
        let mut found = self.history.range(&range.prefix, range.start(), at);
        let limit = range.limit.map_or(usize::MAX, std::num::NonZeroUsize::get);
        Ok(Page {
            revision,
            entries: found.by_ref().take(limit).cloned().collect(),
            remaining: found.count(),
        })
    }

    /// Up to where history has to be forgotten, if there is more of it than there may be. Some room is made at once, so
    /// that this does not come with each write.
    pub(super) fn excess(&self, limits: &HistoryLimits) -> Option<Revision> {
        if self.log.len() <= limits.changes && self.past <= limits.bytes {
            return None;
        }
        let (changes, bytes) = (limits.changes - limits.changes / 8, limits.bytes - limits.bytes / 8);
        let mut left = (self.log.len(), self.past);
        let is_last = |change: &&Arc<Change>| {
            left = (left.0 - 1, left.1 - change.previous().map_or(0, size_of_entry));
            left.0 <= changes && left.1 <= bytes
        };
        self.log.iter().find(is_last).map(|change| change.revision())
    }

    /// Forgets history up to `to`, at most `steps` changes of it, and returns which records are of no more use.
    pub(super) fn forget(&mut self, to: Revision, steps: usize) -> Vec<Revision> {
        let mut dropped = Vec::new();
        for _ in 0..steps {
            if self.compacted >= to {
                break;
            }
            let Some(change) = self.log.pop_front() else { break };
            self.compacted = change.revision();
            let previous = change.previous().map_or(0, size_of_entry);
            self.bytes -= previous;
            self.past -= previous;
            if change.entry().is_none() {
                self.bytes -= change.key().len() as u64;
            }
            self.history
                .trim(change.key(), self.compacted, |revision| dropped.push(revision));
        }
        dropped
    }
}

fn size(change: &Change) -> u64 {
    match change.entry() {
        Some(entry) => size_of_entry(entry),
        None => change.key().len() as u64,
    }
}

fn size_of_entry(entry: &Entry) -> u64 {
    (entry.key.len() + entry.value.len()) as u64
}
