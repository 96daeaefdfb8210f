//! A store whose state is in memory and whose changes go through a journal: what [`Memory`](super::Memory) and
//! `Embedded` have in common, which is everything but the disk.
//!
//! Readers share a lock over versions of all keys. Writers hand their wishes to one committer, which decides them in
//! order, has the journal make them durable, and only then makes them visible. Watchers read the log with a cursor.

mod commit;
mod history;
mod housekeeping;
mod journal;
mod state;
mod watch;

use std::path::Path;
use std::sync::Arc;
#[cfg(feature = "embedded")]
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use bytes::Bytes;
use parking_lot::{Mutex, RwLock};
use tokio::sync::oneshot;

use self::commit::{Answer, Committer, Request, Wish};
pub(crate) use self::history::History;
use self::housekeeping::Housekeeper;
pub(crate) use self::journal::Instant;
use self::journal::Nowhere;
#[cfg(feature = "embedded")]
pub(crate) use self::journal::{Journal, Record};
pub(crate) use self::state::State;
use super::{Lookup, Page, Range, Revision, Store, StoreError, Watch};

/// How many requests are written at once.
#[cfg(feature = "embedded")]
const BATCH: usize = 1024;

/// How much of the past a store keeps. What is older is compacted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HistoryLimits {
    /// How long what was superseded can still be read and watched. Five minutes, as in Kubernetes.
    pub keep: Duration,
    /// How many changes are kept at most, however young they are. A million.
    pub changes: usize,
    /// How many bytes of superseded values are kept at most, however young they are. 256 MiB.
    pub bytes: u64,
}

impl Default for HistoryLimits {
    fn default() -> Self {
        Self {
            keep: Duration::from_secs(300),
            changes: 1 << 20,
            bytes: 256 << 20,
        }
    }
}

/// What a log refuses.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The largest value in bytes.
    pub(crate) value: usize,
    /// The most bytes of keys and values, with those of history.
    pub(crate) quota: u64,
    /// How much of the past is kept.
    pub(crate) history: HistoryLimits,
}

/// What readers, watchers and the committer share.
pub(crate) struct Shared {
    state: RwLock<State>,
}

/// The store.
pub(crate) struct Log {
    core: Arc<Core>,
    housekeeper: Housekeeper,
    committer: Option<JoinHandle<()>>,
}

/// What the housekeeper uses of the store.
pub(crate) struct Core {
    shared: Arc<Shared>,
    door: Door,
}

/// How requests get to the committer.
enum Door {
    /// Carried out by the caller: nothing has to be waited for.
    Here(Box<Mutex<Committer>>),
    /// Carried out by a thread that waits for the disk. None when the store is closed.
    #[cfg(feature = "embedded")]
    Thread(RwLock<Option<mpsc::Sender<Request>>>),
}

impl Log {
    /// A store without a disk.
    pub(crate) fn in_memory(limits: Limits) -> Self {
        let shared = Arc::new(Shared {
            state: RwLock::new(State::default()),
        });
        let committer = Committer::new(shared.clone(), Box::new(Nowhere), limits);
        let door = Door::Here(Box::new(Mutex::new(committer)));
        let core = Arc::new(Core { shared, door });
        let housekeeper = Housekeeper::start(core.clone(), limits.history.keep);
        Self {
            core,
            housekeeper,
            committer: None,
        }
    }

    /// A store with what a journal had, which writes to it from a thread of its own.
    #[cfg(feature = "embedded")]
    pub(crate) fn on(journal: Box<dyn Journal>, state: State, limits: Limits) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            state: RwLock::new(state),
        });
        let mut committer = Committer::new(shared.clone(), journal, limits);
        let (sender, receiver) = mpsc::channel::<Request>();
        let run = move || {
            while let Ok(first) = receiver.recv() {
                let mut requests = vec![first];
                while requests.len() < BATCH
                    && let Ok(next) = receiver.try_recv()
                {
                    requests.push(next);
                }
                committer.commit(requests);
            }
        };
        let thread = std::thread::Builder::new().name("kgen-store".to_owned()).spawn(run)?;
        let door = Door::Thread(RwLock::new(Some(sender)));
        let core = Arc::new(Core { shared, door });
        let housekeeper = Housekeeper::start(core.clone(), limits.history.keep);
        Ok(Self {
            core,
            housekeeper,
            committer: Some(thread),
        })
    }

    async fn submit(&self, wish: Wish) -> Answer {
        let answer = self.core.submit(wish)?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }
}

impl Core {
    /// Hands a wish to the committer.
    fn submit(&self, wish: Wish) -> Result<oneshot::Receiver<Answer>, StoreError> {
        let (answer, receiver) = oneshot::channel();
        let request = Request { wish, answer };
        match &self.door {
            Door::Here(committer) => committer.lock().commit(vec![request]),
            #[cfg(feature = "embedded")]
            Door::Thread(sender) => {
                let sender = sender.read();
                let sender = sender.as_ref().ok_or(StoreError::Closed)?;
                sender.send(request).map_err(|_| StoreError::Closed)?;
            }
        }
        Ok(receiver)
    }

    /// Tells watchers that nothing more will come.
    fn close(&self) {
        #[cfg(feature = "embedded")]
        if let Door::Thread(sender) = &self.door {
            sender.write().take();
        }
        let mut state = self.shared.state.write();
        state.is_closed = true;
        state.bells.iter().for_each(|bell| bell.wake());
    }
}

impl Drop for Log {
    /// Waits for the writes that were handed in, so that the data can be opened again at once.
    fn drop(&mut self) {
        self.housekeeper.stop();
        self.core.close();
        if let Some(thread) = self.committer.take() {
            let _ = thread.join();
        }
    }
}

/// A store that is nothing but a log.
pub(crate) trait OnLog: Send + Sync + 'static {
    /// The log.
    fn log(&self) -> &Log;

    /// The file that has all of it, if there is one.
    fn file(&self) -> Option<&Path> {
        None
    }
}

#[async_trait]
impl<T: OnLog> Store for T {
    async fn get(&self, key: &str) -> Result<Lookup, StoreError> {
        let state = self.log().core.shared.state.read();
        Ok(Lookup {
            revision: state.revision,
            entry: state.latest(key).cloned(),
        })
    }

    async fn list(&self, range: Range) -> Result<Page, StoreError> {
        self.log().core.shared.state.read().list(&range)
    }

    async fn create(&self, key: &str, value: Bytes, ttl: Option<Duration>) -> Result<Revision, StoreError> {
        let key = Arc::from(key);
        let expires = ttl.map(due);
        let revision = self.log().submit(Wish::Create { key, value, expires }).await?;
        self.log().housekeeper.expect(expires);
        Ok(revision)
    }

    async fn replace(
        &self,
        key: &str,
        seen: Revision,
        value: Bytes,
        ttl: Option<Duration>,
    ) -> Result<Revision, StoreError> {
        let key = Arc::from(key);
        let expires = ttl.map(due);
        let wish = Wish::Replace {
            key,
            seen,
            value,
            expires,
        };
        let revision = self.log().submit(wish).await?;
        self.log().housekeeper.expect(expires);
        Ok(revision)
    }

    async fn delete(&self, key: &str, seen: Revision) -> Result<Revision, StoreError> {
        let key = Arc::from(key);
        self.log().submit(Wish::Delete { key, seen }).await
    }

    async fn watch(&self, prefix: &str, after: Revision) -> Result<Watch, StoreError> {
        watch::watch(&self.log().core.shared, prefix, after)
    }

    async fn current(&self) -> Result<Revision, StoreError> {
        Ok(self.log().core.shared.state.read().revision)
    }

    async fn size(&self) -> Result<Option<u64>, StoreError> {
        let Some(file) = self.file() else {
            return Ok(Some(self.log().core.shared.state.read().bytes));
        };
        let unavailable = |error: std::io::Error| StoreError::Unavailable {
            reason: error.to_string(),
        };
        Ok(Some(file.metadata().map_err(unavailable)?.len()))
    }

    async fn compact(&self, revision: Revision) -> Result<(), StoreError> {
        let (current, compacted) = {
            let state = self.log().core.shared.state.read();
            (state.revision, state.compacted)
        };
        if revision > current {
            return Err(StoreError::FutureRevision {
                requested: revision,
                current,
            });
        }
        if revision < compacted {
            return Err(StoreError::Compacted {
                requested: revision,
                oldest: Some(compacted),
            });
        }
        while self.log().submit(Wish::Compact { to: revision }).await? < revision {}
        Ok(())
    }
}

/// The wall-clock time after which a key with this time to live is deleted.
fn due(ttl: Duration) -> Instant {
    let due = now().saturating_add(ttl);
    Instant::try_from(due.as_millis()).unwrap_or(Instant::MAX)
}

fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
