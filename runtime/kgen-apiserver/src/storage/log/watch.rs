//! Watches of a log: readers with a cursor, which nobody waits for.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use futures_util::stream;
use tokio::sync::Notify;

use super::Shared;
use crate::storage::{Progress, Revision, StoreError, Update, Watch};

/// How many changes a watcher takes under one lock.
const BATCH: usize = 256;

/// Wakes one watcher, and tells where it has to go on reading.
pub(crate) struct Bell {
    prefix: Box<str>,
    /// Changes up to here are not wanted; it may lie in the future.
    after: Revision,
    /// The revision of the first change that the watcher has not read, or 0. The committer sets it under the write
    /// lock of the state and the watcher under the read lock, so that they never do so at once.
    unread: AtomicU64,
    wants_progress: AtomicBool,
    notify: Notify,
}

impl Bell {
    /// Tells of a change, if it is one that is watched.
    pub(super) fn ring(&self, key: &str, revision: Revision) {
        if revision <= self.after || !key.starts_with(&*self.prefix) {
            return;
        }
        if self.unread.load(Ordering::Relaxed) == 0 {
            self.unread.store(revision.get(), Ordering::Relaxed);
        }
        self.notify.notify_one();
    }

    /// Wakes the watcher for another reason.
    pub(super) fn wake(&self) {
        self.notify.notify_one();
    }
}

/// Reads the log for one watch.
struct Watcher {
    shared: Arc<Shared>,
    bell: Arc<Bell>,
    buffer: VecDeque<Update>,
    is_over: bool,
}

/// Begins a watch.
pub(super) fn watch(shared: &Arc<Shared>, prefix: &str, after: Revision) -> Result<Watch, StoreError> {
    let mut state = shared.state.write();
    let after = after.max(Revision::FIRST);
    if after < state.compacted {
        return Err(StoreError::Compacted {
            requested: after,
            oldest: Some(state.compacted),
        });
    }
    let unread = if after < state.revision {
        after.next()
    } else {
        Revision::ZERO
    };
    let bell = Arc::new(Bell {
        prefix: prefix.into(),
        after,
        unread: AtomicU64::new(unread.get()),
        wants_progress: AtomicBool::new(false),
        notify: Notify::new(),
    });
    state.bells.push(bell.clone());
    drop(state);
    let watcher = Watcher {
        shared: shared.clone(),
        bell: bell.clone(),
        buffer: VecDeque::new(),
        is_over: false,
    };
    let updates = stream::unfold(watcher, async |mut watcher| Some((watcher.next().await?, watcher)));
    Ok(Watch {
        updates: Box::pin(updates),
        progress: Progress::new(move || {
            bell.wants_progress.store(true, Ordering::Release);
            bell.wake();
        }),
    })
}

impl Watcher {
    async fn next(&mut self) -> Option<Result<Update, StoreError>> {
        loop {
            if let Some(update) = self.buffer.pop_front() {
                return Some(Ok(update));
            }
            if self.is_over {
                return None;
            }
            if let Err(error) = self.fill() {
                self.is_over = true;
                return Some(Err(error));
            }
            if self.buffer.is_empty() {
                self.bell.notify.notified().await;
            }
        }
    }

    /// Takes what there is to tell, if anything.
    fn fill(&mut self) -> Result<(), StoreError> {
        // Asked for before the state is read, so that the answer is at least as new as the question.
        let wants_progress = self.bell.wants_progress.swap(false, Ordering::AcqRel);
        let state = self.shared.state.read();
        let unread = Revision::new(self.bell.unread.load(Ordering::Relaxed));
        if !unread.is_zero() {
            if unread <= state.compacted {
                return Err(StoreError::Compacted {
                    requested: unread.before(),
                    oldest: Some(state.compacted),
                });
            }
            let start = (unread.get() - state.compacted.get() - 1) as usize;
            let mut rest = state.log.range(start..);
            let unread = loop {
                if self.buffer.len() == BATCH {
                    break rest.next().map_or(Revision::ZERO, |change| change.revision());
                }
                let Some(change) = rest.next() else {
                    break Revision::ZERO;
                };
                if change.key().starts_with(&*self.bell.prefix) {
                    self.buffer.push_back(Update::Change(change.clone()));
                }
            };
            self.bell.unread.store(unread.get(), Ordering::Relaxed);
            if !unread.is_zero() {
                // There is more, and progress would be told too early.
                if wants_progress {
                    self.bell.wants_progress.store(true, Ordering::Release);
                }
                return Ok(());
            }
        }
        if wants_progress && state.revision >= self.bell.after {
            self.buffer.push_back(Update::Progress(state.revision));
        }
        if state.is_closed && self.buffer.is_empty() {
            return Err(StoreError::Closed);
        }
        Ok(())
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let mut state = self.shared.state.write();
        state.bells.retain(|bell| !Arc::ptr_eq(bell, &self.bell));
    }
}
