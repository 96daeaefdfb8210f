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
    let mut state = State::first(store, key, seen).await?;
    loop {
        let (value, ttl) = match decide(state.entry.clone()).await {
            Ok(Decision::Write { value, ttl }) if ttl.is_some() || !state.holds(&value) => (value, ttl),
            Ok(_) => {
                if state.is_present_after_all(store, key).await? {
                    return Ok(Outcome::Kept(state.entry));
                }
                continue;
            }
            Err(error) => {
                if state.is_present_after_all(store, key).await? {
                    return Err(error);
                }
                continue;
            }
        };
        let written = match &state.entry {
            None => store.create(key, value.clone(), ttl).await,
            Some(entry) => store.replace(key, entry.revision, value.clone(), ttl).await,
        };
        match written {
            Ok(revision) => {
                return Ok(Outcome::Written(Entry {
                    key: key.into(),
                    value,
                    created: state.entry.map_or(revision, |entry| entry.created),
                    revision,
                }));
            }
            Err(error) => state.after(store, key, error).await?,
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
    let mut state = State::first(store, key, seen).await?;
    loop {
        let Some(entry) = state.entry.clone() else {
            return Err(StoreError::NotFound { key: key.to_owned() }.into());
        };
        if let Err(error) = allow(entry.clone()).await {
            if state.is_present_after_all(store, key).await? {
                return Err(error);
            }
            continue;
        }
        match store.delete(key, entry.revision).await {
            Ok(revision) => return Ok((entry, revision)),
            Err(error) => state.after(store, key, error).await?,
        }
    }
}

/// What is known of the object.
struct State {
    entry: Option<Entry>,
    /// Whether the store said so after the request began.
    is_fresh: bool,
}

impl State {
    async fn first(store: &dyn Store, key: &str, seen: Option<Entry>) -> Result<Self, StoreError> {
        match seen {
            Some(entry) => Ok(Self {
                entry: Some(entry),
                is_fresh: false,
            }),
            None => Self::read(store, key).await,
        }
    }

    async fn read(store: &dyn Store, key: &str) -> Result<Self, StoreError> {
        Ok(Self {
            entry: store.get(key).await?.entry,
            is_fresh: true,
        })
    }

    fn holds(&self, value: &Bytes) -> bool {
        self.entry.as_ref().is_some_and(|entry| entry.value == *value)
    }

    fn revision(&self) -> Option<Revision> {
        self.entry.as_ref().map(|entry| entry.revision)
    }

    /// Makes the state fresh, and tells whether it was the present one.
    async fn is_present_after_all(&mut self, store: &dyn Store, key: &str) -> Result<bool, StoreError> {
        if self.is_fresh {
            return Ok(true);
        }
        let seen = self.revision();
        *self = Self::read(store, key).await?;
        Ok(self.revision() == seen)
    }

    /// Takes in what a failed write told of the present state, or returns its error.
    async fn after(&mut self, store: &dyn Store, key: &str, error: StoreError) -> Result<(), StoreError> {
        *self = match error {
            StoreError::Conflict { current } => Self {
                entry: Some(*current),
                is_fresh: true,
            },
            StoreError::NotFound { .. } => Self {
                entry: None,
                is_fresh: true,
            },
            StoreError::Exists { .. } => Self::read(store, key).await?,
            error => return Err(error),
        };
        Ok(())
    }
}
