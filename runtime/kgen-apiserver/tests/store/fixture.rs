//! A store for one case, and short words for what cases do with it.

use std::any::Any;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use kgen_apiserver::storage::{
    Cache, CacheOptions, Direct, Entry, EventKind, Events, ItemEvent, List, ListRequest, Memory, Metadata, ReadError,
    Reader, Revision, Start, Store, StoreError, WatchRequest,
};

use crate::values::object;

/// A store to run the suite on.
#[derive(Clone)]
pub(crate) enum Backend {
    Memory,
    #[cfg(feature = "embedded")]
    Embedded,
    #[cfg(feature = "etcd")]
    Etcd(Arc<crate::etcd::Servers>),
}

/// How the suite reads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Readers {
    Direct,
    Cached,
}

/// What one case works on.
#[derive(Clone)]
pub(crate) struct Fixture {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) reader: Arc<dyn Reader>,
    /// What all keys of the case begin with.
    pub(crate) prefix: String,
    pub(crate) readers: Readers,
}

/// What has to live as long as the case runs.
pub(crate) type Guard = Box<dyn Any>;

impl Backend {
    pub(crate) fn all() -> Vec<Self> {
        vec![
            Self::Memory,
            #[cfg(feature = "embedded")]
            Self::Embedded,
            #[cfg(feature = "etcd")]
            Self::Etcd(Arc::default()),
        ]
    }

    /// What has to be there for it and is not.
    pub(crate) fn missing(&self) -> Option<String> {
        match self {
            Self::Memory => None,
            #[cfg(feature = "embedded")]
            Self::Embedded => None,
            #[cfg(feature = "etcd")]
            Self::Etcd(servers) => servers.missing(),
        }
    }

    pub(crate) async fn fixture(&self, readers: Readers, compacts: bool) -> Result<(Fixture, Guard), String> {
        let (store, prefix, guard): (Arc<dyn Store>, String, Guard) = match self {
            Self::Memory => (
                Arc::new(Memory::new()),
                "/registry/pods/".to_owned(),
                Box::new(compacts),
            ),
            #[cfg(feature = "embedded")]
            Self::Embedded => {
                let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
                let store = kgen_apiserver::storage::Embedded::open(folder.path(), Default::default())
                    .map_err(|error| error.to_string())?;
                (Arc::new(store), "/registry/pods/".to_owned(), Box::new(folder))
            }
            #[cfg(feature = "etcd")]
            Self::Etcd(servers) => servers.store(compacts).await?,
        };
        let describe = Arc::new(Metadata);
        let interval = Duration::from_millis(200);
        let reader: Arc<dyn Reader> = match readers {
            Readers::Direct => Arc::new(Direct::new(store.clone(), describe).bookmarks_every(interval)),
            Readers::Cached => {
                let options = CacheOptions {
                    bookmarks: interval,
                    ..CacheOptions::default()
                };
                Arc::new(Cache::start(store.clone(), prefix.clone(), describe, options))
            }
        };
        // A cache knows what happens once it has been loaded.
        reader
            .list(ListRequest::of(&*prefix))
            .await
            .map_err(|error| error.to_string())?;
        let fixture = Fixture {
            store,
            reader,
            prefix,
            readers,
        };
        Ok((fixture, guard))
    }
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Memory => "memory",
            #[cfg(feature = "embedded")]
            Self::Embedded => "embedded",
            #[cfg(feature = "etcd")]
            Self::Etcd(_) => "etcd",
        })
    }
}

impl fmt::Display for Readers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Direct => "",
            Self::Cached => "+cache",
        })
    }
}

/// What a watch told, for comparing: the kind, the name and the content, or a bookmark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Added(String, Revision),
    Modified(String, Revision),
    Deleted(String, Revision),
    Bookmark(Revision),
    StateEnds(Revision),
}

impl Fixture {
    /// The key of an object; the name may have a namespace before it.
    pub(crate) fn key(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// Creates an object.
    pub(crate) async fn create(&self, name: &str, content: u32) -> Revision {
        self.store
            .create(&self.key(name), object(name, content), None)
            .await
            .expect("the key is free")
    }

    /// What there is.
    pub(crate) async fn entry(&self, name: &str) -> Option<Entry> {
        self.store.get(&self.key(name)).await.expect("the store answers").entry
    }

    /// Replaces an object.
    pub(crate) async fn replace(&self, name: &str, content: u32) -> Revision {
        let seen = self.entry(name).await.expect("the object is there").revision;
        self.store
            .replace(&self.key(name), seen, object(name, content), None)
            .await
            .expect("nobody else writes")
    }

    /// Deletes an object.
    pub(crate) async fn delete(&self, name: &str) -> Revision {
        let seen = self.entry(name).await.expect("the object is there").revision;
        self.store
            .delete(&self.key(name), seen)
            .await
            .expect("nobody else writes")
    }

    pub(crate) async fn current(&self) -> Revision {
        self.store.current().await.expect("the store answers")
    }

    /// Raises the store's revision without touching the keys of the case.
    pub(crate) async fn raise(&self) -> Revision {
        let key = format!("/elsewhere{}", self.prefix);
        let seen = self.store.get(&key).await.expect("the store answers").entry;
        let value = object("elsewhere", 0);
        match seen {
            None => self.store.create(&key, value, None).await,
            Some(entry) => self.store.replace(&key, entry.revision, value, None).await,
        }
        .expect("nobody else writes")
    }

    /// A request for everything.
    pub(crate) fn all(&self) -> ListRequest {
        ListRequest::of(&*self.prefix)
    }

    pub(crate) async fn list(&self, request: ListRequest) -> List {
        self.reader.list(request).await.expect("the list can be read")
    }

    pub(crate) async fn list_error(&self, request: ListRequest) -> ReadError {
        self.reader.list(request).await.expect_err("the list cannot be read")
    }

    pub(crate) async fn watch(&self, start: Start) -> Stream {
        self.watch_for(WatchRequest::of(&*self.prefix, start)).await
    }

    pub(crate) async fn watch_for(&self, request: WatchRequest) -> Stream {
        Stream {
            events: self.reader.watch(request).await.expect("the watch begins"),
            prefix: self.prefix.clone(),
        }
    }

    /// The names of a list.
    pub(crate) fn names(&self, list: &List) -> Vec<String> {
        let name = |key: &str| key.strip_prefix(&self.prefix).unwrap_or(key).to_owned();
        list.items.iter().map(|item| name(&item.entry().key)).collect()
    }
}

/// A running watch.
pub(crate) struct Stream {
    pub(crate) events: Events,
    prefix: String,
}

/// How long something is waited for that has to come, and that must not come.
const SOON: Duration = Duration::from_secs(20);
const A_WHILE: Duration = Duration::from_millis(150);

impl Stream {
    /// The next event or end, which has to come soon.
    pub(crate) async fn next(&mut self) -> Option<Result<ItemEvent, ReadError>> {
        tokio::time::timeout(SOON, self.events.next())
            .await
            .expect("something happens")
    }

    pub(crate) async fn told(&mut self) -> Told {
        let event = self
            .next()
            .await
            .expect("the watch goes on")
            .expect("the watch does not fail");
        self.tell(&event)
    }

    /// The next event that is no plain bookmark.
    pub(crate) async fn told_of_object(&mut self) -> Told {
        loop {
            match self.told().await {
                Told::Bookmark(_) => {}
                told => return told,
            }
        }
    }

    fn tell(&self, event: &ItemEvent) -> Told {
        match event {
            ItemEvent::Object { kind, item } => {
                let name = item
                    .entry()
                    .key
                    .strip_prefix(&self.prefix)
                    .expect("keys have the prefix")
                    .to_owned();
                match kind {
                    EventKind::Added => Told::Added(name, item.revision()),
                    EventKind::Modified => Told::Modified(name, item.revision()),
                    EventKind::Deleted => Told::Deleted(name, item.revision()),
                }
            }
            ItemEvent::Bookmark {
                revision,
                ends_state: false,
            } => Told::Bookmark(*revision),
            ItemEvent::Bookmark {
                revision,
                ends_state: true,
            } => Told::StateEnds(*revision),
        }
    }

    /// The next events are these, in this order.
    pub(crate) async fn expect(&mut self, wanted: impl IntoIterator<Item = Told>) {
        for wanted in wanted {
            assert_eq!(self.told_of_object().await, wanted);
        }
    }

    /// Nothing but bookmarks comes for a while.
    pub(crate) async fn expect_nothing(&mut self) {
        let end = tokio::time::Instant::now() + A_WHILE;
        while let Ok(event) = tokio::time::timeout_at(end, self.events.next()).await {
            match event.expect("the watch goes on").expect("the watch does not fail") {
                ItemEvent::Bookmark { .. } => {}
                event => panic!("{event:?}"),
            }
        }
    }

    /// An error comes next, and then nothing more.
    pub(crate) async fn expect_error(&mut self) -> ReadError {
        let error = self
            .next()
            .await
            .expect("an error comes before the end")
            .expect_err("an error comes");
        assert!(self.next().await.is_none(), "nothing comes after an error");
        error
    }
}

pub(crate) fn added(name: &str, revision: Revision) -> Told {
    Told::Added(name.to_owned(), revision)
}

pub(crate) fn modified(name: &str, revision: Revision) -> Told {
    Told::Modified(name.to_owned(), revision)
}

pub(crate) fn deleted(name: &str, revision: Revision) -> Told {
    Told::Deleted(name.to_owned(), revision)
}

/// An error of the caller's own, beside the store's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    Store(StoreError),
    Refused,
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}
