//! Where objects are kept, and how they are read.
//!
//! A [`Store`] is a map from keys to values in which every write has a revision: [`Memory`], `Embedded` (feature
//! `embedded`) and `Etcd` (feature `etcd`). A [`Reader`] answers what the HTTP API asks, with resource versions, pages,
//! selections and bookmarks: [`Direct`] asks the store each time, [`Cache`] keeps a copy of one prefix. [`update`] and
//! [`delete`] change an object as it is now, whatever the caller has seen of it.
//!
//! The semantics are those of `k8s.io/apiserver/pkg/storage` (its `etcd3` and `cacher` packages).

mod cache;
mod change;
mod counted;
mod direct;
#[cfg(feature = "embedded")]
mod embedded;
mod error;
#[cfg(feature = "etcd")]
mod etcd;
mod item;
mod keys;
mod log;
mod memory;
mod read;
mod revision;
mod store;
mod token;

pub use self::cache::{Cache, CacheOptions};
pub use self::change::{Decision, Outcome, Transaction, delete, update};
pub use self::counted::Counted;
pub use self::direct::Direct;
#[cfg(feature = "embedded")]
pub use self::embedded::{Embedded, EmbeddedOptions, OpenError};
pub use self::error::{ReadError, StoreError};
#[cfg(feature = "etcd")]
pub use self::etcd::{Compactor, Etcd, EtcdOptions, EtcdTls};
pub use self::item::{Attributes, Describe, Encoding, Item, Metadata, Undecodable};
pub use self::keys::{BadSegment, Keys};
pub use self::log::HistoryLimits;
pub use self::memory::Memory;
pub use self::read::{At, EventKind, Events, ItemEvent, List, ListRequest, Reader, Selection, Start, WatchRequest};
pub use self::revision::{BadRevision, Revision};
pub use self::store::{Change, Entry, Lookup, Page, Progress, Range, Store, Update, Updates, Watch};
pub use self::token::{BadToken, Continue};
