//! Changing an object as it is now, whatever the caller has seen of it: read, decide, compare and swap, try again.
//!
//! The rules are those of `GuaranteedUpdate` and `Delete` in `k8s.io/apiserver/pkg/storage/etcd3`: a caller may suggest
//! a state from a cache, and what it decides about a stale one is never final.

use std::time::Duration;

use bytes::Bytes;

use super::{Entry, Revision, Store, StoreError};

/// What to do with an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Store this. Bytes that are there already are not written again.
    Write {
        /// The new value.
        value: Bytes,
        /// Deletes it after this time.
        ttl: Option<Duration>,
    },
    /// Leave it as it is.
    Keep,
}

/// What came of an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The object was written.
    Written(Entry),
    /// The object was left as it is; none if there is none.
    Kept(Option<Entry>),
}

/// Updates or creates an object.
///
/// `decide` is asked about `seen`, if given, and otherwise about what there is; and again whenever the object turns out
/// to be another. Its error is returned once it was asked about the present state.
pub async fn update<E, F, D>(store: &dyn Store, key: &str, seen: Option<Entry>, mut decide: F) -> Result<Outcome, E>
where
    E: From<StoreError>,
    F: FnMut(Option<Entry>) -> D + Send,
    D: Future<Output = Result<Decision, E>> + Send,
{
    let mut transaction = Transaction::begin(store, key, seen).await?;
    loop {
        let (value, ttl) = match decide(transaction.entry().cloned()).await {
            Ok(Decision::Write { value, ttl }) if ttl.is_some() || !transaction.holds(&value) => (value, ttl),
            Ok(_) => {
                if transaction.is_present().await? {
                    return Ok(Outcome::Kept(transaction.entry));
                }
                continue;
            }
            Err(error) => {
                if transaction.is_present().await? {
                    return Err(error);
                }
                continue;
            }
        };
        if let Some(entry) = transaction.write(value, ttl).await? {
            return Ok(Outcome::Written(entry));
        }
    }
}

/// Deletes an object that `allow` lets go, and returns its last state and the revision of the deletion.
pub async fn delete<E, F, D>(
    store: &dyn Store,
    key: &str,
    seen: Option<Entry>,
    mut allow: F,
) -> Result<(Entry, Revision), E>
where
    E: From<StoreError>,
    F: FnMut(Entry) -> D + Send,
    D: Future<Output = Result<(), E>> + Send,
{
    let mut transaction = Transaction::begin(store, key, seen).await?;
    loop {
        let Some(entry) = transaction.entry().cloned() else {
            return Err(StoreError::NotFound { key: key.to_owned() }.into());
        };
        if let Err(error) = allow(entry.clone()).await {
            if transaction.is_present().await? {
                return Err(error);
            }
            continue;
        }
        if let Some(revision) = transaction.delete().await? {
            return Ok((entry, revision));
        }
    }
}

/// One object that is read, decided about, and written or deleted if it is still the same. Whoever is told that it is
/// not decides again.
pub struct Transaction<'a> {
    store: &'a dyn Store,
    key: &'a str,
    entry: Option<Entry>,
    /// Whether the store said so after the request began.
    is_fresh: bool,
}

impl<'a> Transaction<'a> {
    /// Begins with what somebody has seen of the object, and otherwise with what there is.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn begin(store: &'a dyn Store, key: &'a str, seen: Option<Entry>) -> Result<Self, StoreError> {
        let is_fresh = seen.is_none();
        let entry = match seen {
            Some(entry) => Some(entry),
            None => store.get(key).await?.entry,
        };
        Ok(Self {
            store,
            key,
            entry,
            is_fresh,
        })
    }

    /// The object to decide about; none if there is none.
    pub fn entry(&self) -> Option<&Entry> {
        self.entry.as_ref()
    }

    /// Whether the object is exactly this already.
    pub fn holds(&self, value: &Bytes) -> bool {
        self.entry.as_ref().is_some_and(|entry| entry.value == *value)
    }

    /// Whether what was decided about is the present state, so that a refusal, or to leave it as it is, is final. If it
    /// is not, the object is another now.
    ///
    /// # Errors
    /// If the store cannot be read.
    pub async fn is_present(&mut self) -> Result<bool, StoreError> {
        if self.is_fresh {
            return Ok(true);
        }
        let seen = self.entry.as_ref().map(|entry| entry.revision);
        self.read().await?;
        Ok(self.entry.as_ref().map(|entry| entry.revision) == seen)
    }

    /// Stores a value. None if somebody else was faster: the object is another now.
    ///
    /// # Errors
    /// If the store does not do it.
    pub async fn write(&mut self, value: Bytes, ttl: Option<Duration>) -> Result<Option<Entry>, StoreError> {
        let written = match &self.entry {
            None => self.store.create(self.key, value.clone(), ttl).await,
            Some(entry) => self.store.replace(self.key, entry.revision, value.clone(), ttl).await,
        };
        match written {
            Ok(revision) => Ok(Some(Entry {
                key: self.key.into(),
                value,
                created: self.entry.as_ref().map_or(revision, |entry| entry.created),
                revision,
            })),
            Err(error) => self.after(error).await.map(|()| None),
        }
    }

    /// Deletes the object, and returns the revision of that. None if somebody else was faster: the object is another
    /// now.
    ///
    /// # Errors
    /// If the store does not do it, or if there is no object.
    pub async fn delete(&mut self) -> Result<Option<Revision>, StoreError> {
        let Some(entry) = &self.entry else {
            return Err(StoreError::NotFound {
                key: self.key.to_owned(),
            });
        };
        match self.store.delete(self.key, entry.revision).await {
            Ok(revision) => Ok(Some(revision)),
            Err(error) => self.after(error).await.map(|()| None),
        }
    }

    async fn read(&mut self) -> Result<(), StoreError> {
        self.entry = self.store.get(self.key).await?.entry;
        self.is_fresh = true;
        Ok(())
    }

    /// Takes in what a failed write told of the present state, or returns its error.
    async fn after(&mut self, error: StoreError) -> Result<(), StoreError> {
        match error {
            StoreError::Conflict { current } => self.entry = Some(*current),
            StoreError::NotFound { .. } => self.entry = None,
            StoreError::Exists { .. } => return self.read().await,
            error => return Err(error),
        }
        self.is_fresh = true;
        Ok(())
    }
}
