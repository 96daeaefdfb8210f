//! The trait of all stores: revisioned key–value operations, and nothing that knows what an object is.

use std::fmt;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::stream::BoxStream;

use super::{Revision, StoreError};
use crate::metrics::StoreMetrics;

/// A map from keys to values in which every write has a revision.
///
/// Reads see all writes that were acknowledged before they began. A write is one compare-and-swap: of several writers
/// that have seen the same revision, one succeeds, and the others are told what there is now. Dropping the future of a
/// write leaves open whether it happens, but it happens whole or not at all.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Reads one key as it is now.
    async fn get(&self, key: &str) -> Result<Lookup, StoreError>;

    /// Reads the keys of a range in their order.
    ///
    /// Fails with [`StoreError::Compacted`] or [`StoreError::FutureRevision`] if the wanted revision is not there.
    async fn list(&self, range: Range) -> Result<Page, StoreError>;

    /// Writes a key that is absent, or fails with [`StoreError::Exists`].
    ///
    /// After `ttl` the key is deleted like any other, at a revision of its own.
    async fn create(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<Revision, StoreError>;

    /// Replaces a value that was last written at the revision `seen`, or fails with [`StoreError::Conflict`] or
    /// [`StoreError::NotFound`]. A former time to live does not carry over.
    async fn replace(
        &self,
        key: &str,
        seen: Revision,
        value: Bytes,
        ttl: Option<Duration>,
    ) -> Result<Revision, StoreError>;

    /// Deletes a key that was last written at the revision `seen`, and returns the revision of the deletion. Fails with
    /// [`StoreError::Conflict`] or [`StoreError::NotFound`].
    async fn delete(&self, key: &str, seen: Revision) -> Result<Revision, StoreError>;

    /// Tells all changes below a prefix that came after a revision: each once, in order, then live ones.
    ///
    /// A revision of the future is waited for. History that is gone is [`StoreError::Compacted`], here or in the stream.
    async fn watch(&self, prefix: &str, after: Revision) -> Result<Watch, StoreError>;

    /// The revision of the last write that this call can know of: no read that began earlier has seen a later one.
    async fn current(&self) -> Result<Revision, StoreError>;

    /// Forgets what was superseded at this revision or before; reads at this revision still work.
    async fn compact(&self, revision: Revision) -> Result<(), StoreError>;

    /// How many bytes it takes to keep everything, if the store can tell.
    async fn size(&self) -> Result<Option<u64>, StoreError> {
        Ok(None)
    }

    /// What is counted of the requests to the store.
    fn metrics(&self) -> Option<&StoreMetrics> {
        None
    }

    /// The store that this one asks, if it only adds something to it.
    fn within(&self) -> Option<&Arc<dyn Store>> {
        None
    }
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The whole key.
    pub key: Arc<str>,
    /// The bytes as they were given.
    pub value: Bytes,
    /// The revision at which the key came to be.
    pub created: Revision,
    /// The revision of the last write.
    pub revision: Revision,
}

/// What a read of one key found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// The revision of the store when it was read.
    pub revision: Revision,
    /// The entry, if there is one.
    pub entry: Option<Entry>,
}

/// Which keys to read, and as of when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Range {
    /// What all keys begin with.
    pub prefix: String,
    /// The first key wanted; none for the first of all.
    pub from: Option<String>,
    /// The revision to read at; none for the present.
    pub revision: Option<Revision>,
    /// How many entries to return at most.
    pub limit: Option<NonZeroUsize>,
}

/// What a read of a range found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The revision at which the range was read: the one that was asked for, or else the store's.
    pub revision: Revision,
    /// The entries in the order of their keys.
    pub entries: Vec<Entry>,
    /// How many entries of the range come after these.
    pub remaining: usize,
}

/// One write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A key got a value.
    Put {
        /// The new state.
        entry: Entry,
        /// The state before, unless the key is new.
        previous: Option<Entry>,
    },
    /// A key was deleted, or its time was over.
    Delete {
        /// The revision of the deletion.
        revision: Revision,
        /// The last state.
        previous: Entry,
    },
}

/// What a watch tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Update {
    /// Something changed.
    Change(Arc<Change>),
    /// Every change below the prefix up to this revision has been told.
    Progress(Revision),
}

/// The stream of a watch. After an error it ends.
pub type Updates = BoxStream<'static, Result<Update, StoreError>>;

/// A running watch; dropping the stream ends it.
pub struct Watch {
    /// What happens.
    pub updates: Updates,
    /// Asks for an [`Update::Progress`].
    pub progress: Progress,
}

/// Asks the store how far a watch has come.
#[derive(Clone)]
pub struct Progress(Arc<dyn Fn() + Send + Sync>);

impl Range {
    /// All keys that begin with a prefix, as they are now.
    pub fn of(prefix: impl Into<String>) -> Self {
        Self {
            prefix: prefix.into(),
            ..Self::default()
        }
    }

    /// The same keys at a revision.
    pub fn at(mut self, revision: Revision) -> Self {
        self.revision = Some(revision);
        self
    }

    /// The first few of these keys.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = NonZeroUsize::new(limit);
        self
    }

    /// The keys from this one on.
    pub fn from(mut self, key: impl Into<String>) -> Self {
        self.from = Some(key.into());
        self
    }

    /// The least key that can be in the range.
    pub(crate) fn start(&self) -> &str {
        match &self.from {
            Some(from) if *from > self.prefix => from,
            _ => &self.prefix,
        }
    }
}

impl Change {
    /// The key that changed.
    pub fn key(&self) -> &Arc<str> {
        match self {
            Self::Put { entry, .. } => &entry.key,
            Self::Delete { previous, .. } => &previous.key,
        }
    }

    /// The revision of the write.
    pub fn revision(&self) -> Revision {
        match self {
            Self::Put { entry, .. } => entry.revision,
            Self::Delete { revision, .. } => *revision,
        }
    }

    /// The state that the write left, none after a deletion.
    pub fn entry(&self) -> Option<&Entry> {
        match self {
            Self::Put { entry, .. } => Some(entry),
            Self::Delete { .. } => None,
        }
    }

    /// The state before the write.
    pub fn previous(&self) -> Option<&Entry> {
        match self {
            Self::Put { previous, .. } => previous.as_ref(),
            Self::Delete { previous, .. } => Some(previous),
        }
    }
}

impl Progress {
    /// Wraps what has to be done to learn of progress; it must not block.
    pub fn new(request: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(request))
    }

    /// Makes the watch tell an [`Update::Progress`] soon, with at least the present revision.
    pub fn request(&self) {
        (self.0)();
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Progress")
    }
}

/// The largest value that a store takes unless it is told otherwise: what etcd takes, 1.5 MiB.
pub(crate) const VALUE_LIMIT: usize = 3 << 19;
