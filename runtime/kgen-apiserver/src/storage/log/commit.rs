//! The only place where a log changes: decides, makes durable, makes visible, answers.
//!
//! Requests come in batches. All that wait while one batch is written form the next one, so that many writers share
//! one flush of the disk.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::oneshot;

use super::journal::{Instant, Journal, Record};
use super::state::State;
use super::{Limits, Shared};
use crate::storage::{Change, Entry, Revision, StoreError};

/// How many changes one compaction step forgets, so that writers do not wait long for it.
const COMPACTION_STEP: usize = 4096;

/// A wish to change the store.
pub(crate) enum Wish {
    Create {
        key: Arc<str>,
        value: Bytes,
        expires: Option<Instant>,
    },
    Replace {
        key: Arc<str>,
        seen: Revision,
        value: Bytes,
        expires: Option<Instant>,
    },
    Delete {
        key: Arc<str>,
        seen: Revision,
    },
    /// One step of a compaction; the answer is how far it came.
    Compact {
        to: Revision,
    },
}

/// A wish and who waits for its answer.
pub(crate) struct Request {
    pub(crate) wish: Wish,
    pub(crate) answer: oneshot::Sender<Answer>,
}

/// The revision of the write.
pub(crate) type Answer = Result<Revision, StoreError>;

/// Carries requests out, one batch after the other.
pub(crate) struct Committer {
    shared: Arc<Shared>,
    journal: Box<dyn Journal>,
    limits: Limits,
    /// What made the journal fail. Nothing is written after that, since nobody knows what is on the disk.
    failure: Option<StoreError>,
}

/// Changes that are decided and not yet visible.
#[derive(Default)]
struct Batch {
    records: Vec<Record>,
    heads: HashMap<Arc<str>, Option<Entry>>,
    bytes: u64,
}

impl Committer {
    pub(super) fn new(shared: Arc<Shared>, journal: Box<dyn Journal>, limits: Limits) -> Self {
        Self {
            shared,
            journal,
            limits,
            failure: None,
        }
    }

    /// Carries out all requests and answers them.
    pub(super) fn commit(&mut self, requests: Vec<Request>) {
        let mut batch = Batch::default();
        let mut answers = Vec::with_capacity(requests.len());
        let mut compaction = None;
        for Request { wish, answer } in requests {
            match (&self.failure, wish) {
                (Some(error), _) => reply(answer, Err(error.clone())),
                (None, Wish::Compact { to }) => {
                    let (wanted, waiting) = compaction.get_or_insert_with(|| (to, Vec::new()));
                    *wanted = to.max(*wanted);
                    waiting.push(answer);
                }
                (None, wish) => match self.decide(&mut batch, wish) {
                    Ok(revision) => answers.push((answer, revision)),
                    Err(error) => reply(answer, Err(error)),
                },
            }
        }
        let written = self.write(batch);
        for (answer, revision) in answers {
            reply(answer, written.clone().map(|()| revision));
        }
        if written.is_ok() {
            self.make_room();
        }
        if let Some((to, waiting)) = compaction {
            let compacted = self.compact(to);
            for answer in waiting {
                reply(answer, compacted.clone());
            }
        }
    }

    /// Compares, and adds a change to the batch.
    fn decide(&self, batch: &mut Batch, wish: Wish) -> Answer {
        let state = self.shared.state.read();
        let key = match &wish {
            Wish::Create { key, .. } | Wish::Replace { key, .. } | Wish::Delete { key, .. } => key.clone(),
            Wish::Compact { .. } => return Ok(state.revision),
        };
        let head = match batch.heads.get(&key) {
            Some(head) => head.clone(),
            None => state.latest(&key).cloned(),
        };
        let revision = batch
            .records
            .last()
            .map_or(state.revision, |record| record.change.revision())
            .next();
        let (change, expires) = match wish {
            Wish::Create { value, expires, .. } => {
                if head.is_some() {
                    return Err(StoreError::Exists { key: key.to_string() });
                }
                (self.put(&state, batch, key.clone(), value, revision, None)?, expires)
            }
            Wish::Replace {
                seen, value, expires, ..
            } => {
                let previous = compare(&key, head, seen)?;
                (
                    self.put(&state, batch, key.clone(), value, revision, Some(previous))?,
                    expires,
                )
            }
            Wish::Delete { seen, .. } => {
                let previous = compare(&key, head, seen)?;
                (Change::Delete { revision, previous }, None)
            }
            Wish::Compact { .. } => return Ok(state.revision),
        };
        batch.heads.insert(key, change.entry().cloned());
        batch.records.push(Record {
            change: Arc::new(change),
            expires,
        });
        Ok(revision)
    }

    fn put(
        &self,
        state: &State,
        batch: &mut Batch,
        key: Arc<str>,
        value: Bytes,
        revision: Revision,
        previous: Option<Entry>,
    ) -> Result<Change, StoreError> {
        if value.len() > self.limits.value {
            let limit = Some(self.limits.value);
            return Err(StoreError::TooLarge { limit });
        }
        let size = (key.len() + value.len()) as u64;
        if state.bytes + batch.bytes + size > self.limits.quota {
            return Err(StoreError::Full);
        }
        batch.bytes += size;
        let created = previous.as_ref().map_or(revision, |previous| previous.created);
        let entry = Entry {
            key,
            value,
            created,
            revision,
        };
        Ok(Change::Put { entry, previous })
    }

    fn write(&mut self, batch: Batch) -> Result<(), StoreError> {
        if batch.records.is_empty() {
            return Ok(());
        }
        if let Err(error) = self.journal.append(&batch.records) {
            self.failure = Some(error.clone());
            return Err(error);
        }
        let mut state = self.shared.state.write();
        for record in batch.records {
            state.apply(record);
        }
        Ok(())
    }

    /// Forgets what is more history than there may be; a failure shows in the next request.
    fn make_room(&mut self) {
        let Some(to) = self.shared.state.read().excess(&self.limits.history) else {
            return;
        };
        while let Ok(compacted) = self.compact(to)
            && compacted < to
        {}
    }

    fn compact(&mut self, to: Revision) -> Answer {
        let (compacted, dropped) = {
            let mut state = self.shared.state.write();
            let to = to.min(state.revision);
            let dropped = state.forget(to, COMPACTION_STEP);
            (state.compacted, dropped)
        };
        if let Err(error) = self.journal.compact(compacted, &dropped) {
            self.failure = Some(error.clone());
            return Err(error);
        }
        Ok(compacted)
    }
}

/// The entry that the writer has seen, if it is still there.
fn compare(key: &str, head: Option<Entry>, seen: Revision) -> Result<Entry, StoreError> {
    match head {
        None => Err(StoreError::NotFound { key: key.to_owned() }),
        Some(entry) if entry.revision == seen => Ok(entry),
        Some(entry) => Err(StoreError::Conflict {
            current: Box::new(entry),
        }),
    }
}

/// Answers; nobody may be waiting any more.
fn reply(answer: oneshot::Sender<Answer>, what: Answer) {
    let _ = answer.send(what);
}
