//! What can go wrong in a store and while reading from it.

use std::fmt;
use std::time::Duration;

use super::{BadToken, Continue, Entry, Revision, Undecodable};

/// Why a store did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// There is no such key.
    NotFound {
        /// The key.
        key: String,
    },
    /// The key to create is there already.
    Exists {
        /// The key.
        key: String,
    },
    /// The key was written since the revision that the caller has seen.
    Conflict {
        /// What there is now.
        current: Box<Entry>,
    },
    /// The history at the wanted revision is gone.
    Compacted {
        /// The revision that was asked for.
        requested: Revision,
        /// The oldest revision that can be read, if the store tells.
        oldest: Option<Revision>,
    },
    /// The wanted revision has not come to be yet.
    FutureRevision {
        /// The revision that was asked for.
        requested: Revision,
        /// The revision of the store.
        current: Revision,
    },
    /// The value is larger than the store takes.
    TooLarge {
        /// The largest size in bytes, if the store tells.
        limit: Option<usize>,
    },
    /// The store holds as much as it may. Deleting still works.
    Full,
    /// The store cannot be reached, or does not answer in time. Whether a write happened is unknown.
    Unavailable {
        /// What the store said.
        reason: String,
    },
    /// What the store holds or says makes no sense.
    Corrupt {
        /// What is wrong.
        reason: String,
    },
    /// The store was closed.
    Closed,
}

/// Why a read of objects did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// The store failed.
    Store(StoreError),
    /// The resource version of a list is too old. HTTP 410, `Expired`.
    Expired {
        /// Continues the list at the present state, if the request was a continuation.
        rest: Option<Continue>,
    },
    /// The resource version to watch from is too old. HTTP 410, `Expired`.
    TooOld {
        /// The revision that was asked for.
        requested: Revision,
        /// The oldest revision that can be watched from, if it is known.
        oldest: Option<Revision>,
    },
    /// The resource version did not come to be in time. HTTP 504, `Timeout` with cause `ResourceVersionTooLarge`.
    TooNew {
        /// The revision that was asked for.
        requested: Revision,
        /// The revision that there is.
        current: Revision,
        /// When to try again.
        retry_after: Duration,
    },
    /// The token does not continue this list. HTTP 400.
    Token(BadToken),
    /// Nothing can be answered yet. HTTP 429.
    NotReady {
        /// When to try again.
        retry_after: Duration,
    },
    /// Stored objects cannot be read. HTTP 500, `StorageReadError`.
    Undecodable(Vec<Undecodable>),
    /// The reader of a watch was too slow, and has to begin again where it stands.
    Slow,
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { key } => write!(f, "there is no key `{key}`"),
            Self::Exists { key } => write!(f, "the key `{key}` already exists"),
            Self::Conflict { current } => {
                write!(
                    f,
                    "the key `{}` was written at revision {}",
                    current.key, current.revision
                )
            }
            Self::Compacted { requested, oldest } => {
                write!(f, "revision {requested} has been compacted")?;
                oldest.map_or(Ok(()), |oldest| write!(f, ", the oldest is {oldest}"))
            }
            Self::FutureRevision { requested, current } => {
                write!(f, "revision {requested} is in the future, the newest is {current}")
            }
            Self::TooLarge { limit: Some(limit) } => write!(f, "the value is larger than {limit} bytes"),
            Self::TooLarge { limit: None } => f.write_str("the value is too large"),
            Self::Full => f.write_str("the store is full"),
            Self::Unavailable { reason } => write!(f, "the store is unavailable: {reason}"),
            Self::Corrupt { reason } => write!(f, "the store is corrupt: {reason}"),
            Self::Closed => f.write_str("the store is closed"),
        }
    }
}

impl std::error::Error for StoreError {}

impl fmt::Display for ReadError {
    /// Says it as the Go servers do where clients see it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Expired { rest: None } => f.write_str("The resourceVersion for the provided list is too old."),
            Self::Expired { rest: Some(_) } => f.write_str(
                "The provided continue parameter is too old to display a consistent list result. You can start a new \
                 list without the continue parameter, or use the continue token in this response to retrieve the \
                 remainder of the results. Continuing with the provided token results in an inconsistent list - \
                 objects that were created, modified, or deleted between the time the first chunk was returned and now \
                 may show up in the list.",
            ),
            Self::TooOld {
                requested,
                oldest: Some(oldest),
            } => write!(f, "too old resource version: {requested} ({oldest})"),
            Self::TooOld { oldest: None, .. } => f.write_str("The resourceVersion for the provided watch is too old."),
            Self::TooNew { requested, current, .. } => {
                write!(f, "Too large resource version: {requested}, current: {current}")
            }
            Self::Token(token) => token.fmt(f),
            Self::NotReady { .. } => f.write_str("storage is (re)initializing"),
            Self::Undecodable(items) => {
                let reasons: Vec<String> = items.iter().map(ToString::to_string).collect();
                f.write_str(&reasons.join("; "))
            }
            Self::Slow => f.write_str("the watch was not read fast enough"),
        }
    }
}

impl std::error::Error for ReadError {}

impl From<StoreError> for ReadError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
