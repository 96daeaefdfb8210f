//! What the HTTP API asks of storage, and how it is answered: resource versions, pages, selections, events.

use std::fmt;
use std::num::NonZeroUsize;
use std::sync::Arc;

use async_trait::async_trait;
use futures_util::stream::BoxStream;
use tokio::time::Instant;

use super::{Continue, Item, ReadError, Revision, Undecodable};
use crate::metrics::CacheMetrics;

/// Reads the objects of one resource.
#[async_trait]
pub trait Reader: Send + Sync + 'static {
    /// Reads one object, or finds that there is none. The revision is that of the store when it was read.
    async fn get(&self, key: &str, at: At) -> Result<(Revision, Option<Arc<Item>>), ReadError>;

    /// What is at hand of an object, which may be of the past: for writes, which find out if it is.
    fn at_hand(&self, key: &str) -> Option<Arc<Item>> {
        let _ = key;
        None
    }

    /// Reads objects in the order of their keys.
    async fn list(&self, request: ListRequest) -> Result<List, ReadError>;

    /// Tells what happens from some point on. The stream ends after an error, at the request's deadline, and when the
    /// reader has to begin anew; a client then goes on from the last revision it was told.
    async fn watch(&self, request: WatchRequest) -> Result<Events, ReadError>;

    /// How many objects there are below a prefix, more or less as it is now.
    async fn count(&self, prefix: &str) -> Result<usize, ReadError> {
        let list = ListRequest::of(prefix).at(At::Any).limit(1);
        let list = self.list(list).await?;
        Ok(list.items.len() + list.remaining.unwrap_or(0))
    }

    /// What is counted, if it is a cache.
    fn metrics(&self) -> Option<&CacheMetrics> {
        None
    }
}

/// Which state to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum At {
    /// With all that was written before the request. No resource version in a request.
    #[default]
    Latest,
    /// Any state, such as one that is at hand. Resource version `0`.
    Any,
    /// Not older than a revision.
    AtLeast(Revision),
    /// As it was at a revision.
    Exactly(Revision),
}

/// Which objects a request is about.
#[derive(Clone, Default)]
pub enum Selection {
    /// All of them.
    #[default]
    Everything,
    /// Those that match. What cannot be read is never asked about.
    Matching {
        /// Labels that all of them have, so that only objects with these need be looked at.
        labels: Arc<[(Box<str>, Box<str>)]>,
        /// Whether an object matches.
        matches: Arc<dyn Fn(&Item) -> bool + Send + Sync>,
    },
}

/// A request for a list.
#[derive(Clone, Debug, Default)]
pub struct ListRequest {
    /// What the keys begin with; it ends with `/`, so that `ns1` is not the beginning of `ns10`.
    pub prefix: String,
    /// Which state; not used with `rest`.
    pub at: At,
    /// How many objects to return at most.
    pub limit: Option<NonZeroUsize>,
    /// Goes on with an earlier list.
    pub rest: Option<Continue>,
    /// Which objects.
    pub selection: Selection,
}

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// The revision of the state that it shows.
    pub revision: Revision,
    /// The objects in the order of their keys.
    pub items: Vec<Arc<Item>>,
    /// Where it goes on.
    pub rest: Option<Continue>,
    /// How many objects follow; known only when all are selected.
    pub remaining: Option<usize>,
}

/// A request for a watch.
#[derive(Clone, Debug)]
pub struct WatchRequest {
    /// What the keys begin with, ending with `/`; or else one key.
    pub scope: String,
    /// From where on.
    pub start: Start,
    /// Which objects.
    pub selection: Selection,
    /// Whether to tell revisions when nothing happens.
    pub bookmarks: bool,
    /// When the watch ends.
    pub deadline: Option<Instant>,
}

/// Where a watch begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// With what comes after a revision.
    After(Revision),
    /// With what comes after the request.
    Now,
    /// With an [`EventKind::Added`] for each object of a state, then with what comes after it. With bookmarks, one
    /// stands between the two.
    State(At),
}

/// The stream of a watch.
pub type Events = BoxStream<'static, Result<ItemEvent, ReadError>>;

/// What a watch tells.
#[derive(Clone, Debug)]
pub enum ItemEvent {
    /// An object came, changed or went, as this watch sees it.
    Object {
        /// Which of the three.
        kind: EventKind,
        /// The object; if it went, its last state at the revision at which it went.
        item: Arc<Item>,
    },
    /// Everything up to this revision has been told.
    Bookmark {
        /// The revision.
        revision: Revision,
        /// Whether this bookmark ends the initial state.
        ends_state: bool,
    },
}

/// What became of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// It is there, or is selected, for the first time.
    Added,
    /// It was and is there.
    Modified,
    /// It is not there or not selected any more.
    Deleted,
}

/// One change of one object, as all watches share it.
pub(crate) struct Event {
    /// The revision of the change.
    pub(crate) revision: Revision,
    /// The state before.
    pub(crate) previous: Option<Arc<Item>>,
    /// The state after.
    pub(crate) item: Option<Arc<Item>>,
    gone: std::sync::OnceLock<Arc<Item>>,
}

impl ListRequest {
    /// A request for everything below a prefix.
    pub fn of(prefix: impl Into<String>) -> Self {
        Self {
            prefix: prefix.into(),
            ..Self::default()
        }
    }

    /// The same request for another state.
    pub fn at(mut self, at: At) -> Self {
        self.at = at;
        self
    }

    /// The same request for a part of the list.
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = NonZeroUsize::new(limit);
        self
    }

    /// The same request for the next part of the list.
    pub fn rest(mut self, rest: Option<Continue>) -> Self {
        self.rest = rest;
        self
    }

    /// The same request for some of the objects.
    pub fn matching(mut self, matches: impl Fn(&Item) -> bool + Send + Sync + 'static) -> Self {
        self.selection = Selection::matching([], matches);
        self
    }

    /// The state to read, and the first key wanted.
    pub(crate) fn position(&self) -> (At, Option<String>) {
        match &self.rest {
            None => (self.at, None),
            Some(rest) => {
                let at = rest.revision.map_or(At::Latest, At::Exactly);
                (at, Some(format!("{}{}", self.prefix, rest.start)))
            }
        }
    }

    /// What to tell a client whose state is gone.
    pub(crate) fn expired(&self) -> ReadError {
        let rest = self.rest.as_ref().map(|rest| Continue {
            revision: None,
            start: rest.start.clone(),
        });
        ReadError::Expired { rest }
    }
}

impl WatchRequest {
    /// A request for all that happens to one key or below a prefix that ends with `/`.
    pub fn of(scope: impl Into<String>, start: Start) -> Self {
        Self {
            scope: scope.into(),
            start,
            selection: Selection::Everything,
            bookmarks: false,
            deadline: None,
        }
    }

    /// The same request with bookmarks.
    pub fn bookmarks(mut self) -> Self {
        self.bookmarks = true;
        self
    }

    /// The same request for some of the objects.
    pub fn matching(mut self, matches: impl Fn(&Item) -> bool + Send + Sync + 'static) -> Self {
        self.selection = Selection::matching([], matches);
        self
    }

    /// The same request with an end.
    pub fn until(mut self, deadline: Instant) -> Self {
        self.deadline = Some(deadline);
        self
    }
}

/// Whether a key is in the scope of a watch.
pub(crate) fn is_in_scope(key: &str, scope: &str) -> bool {
    key == scope || (scope.ends_with('/') && key.starts_with(scope))
}

impl Selection {
    /// The objects that match, all of which have these labels.
    pub fn matching(
        labels: impl IntoIterator<Item = (Box<str>, Box<str>)>,
        matches: impl Fn(&Item) -> bool + Send + Sync + 'static,
    ) -> Self {
        Self::Matching {
            labels: labels.into_iter().collect(),
            matches: Arc::new(matches),
        }
    }

    /// Labels that all selected objects have.
    pub fn labels(&self) -> &[(Box<str>, Box<str>)] {
        match self {
            Self::Everything => &[],
            Self::Matching { labels, .. } => labels,
        }
    }

    /// Whether all objects are selected.
    pub fn is_everything(&self) -> bool {
        matches!(self, Self::Everything)
    }

    /// Whether an object is selected, if it can be read.
    pub fn selects(&self, item: &Item) -> Result<bool, Undecodable> {
        match (item.attributes(), self) {
            (Err(undecodable), _) => Err(undecodable.clone()),
            (Ok(_), Self::Everything) => Ok(true),
            (Ok(_), Self::Matching { matches, .. }) => Ok(matches(item)),
        }
    }
}

impl fmt::Debug for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Everything => "Everything",
            Self::Matching { .. } => "Matching",
        })
    }
}

impl Event {
    /// A change from one state to another.
    pub(crate) fn new(revision: Revision, previous: Option<Arc<Item>>, item: Option<Arc<Item>>) -> Self {
        Self {
            revision,
            previous,
            item,
            gone: std::sync::OnceLock::new(),
        }
    }

    /// What a watch with this selection is told, if anything.
    pub(crate) fn seen_by(&self, selection: &Selection) -> Result<Option<ItemEvent>, Undecodable> {
        let is = self.item.as_ref().map_or(Ok(false), |item| selection.selects(item))?;
        // What could not be read before was never selected, so that repairing or deleting it can be watched.
        let was = self
            .previous
            .as_ref()
            .is_some_and(|item| selection.selects(item).unwrap_or(false));
        let (kind, item) = match (was, is, &self.item, &self.previous) {
            (false, true, Some(item), _) => (EventKind::Added, item.clone()),
            (true, true, Some(item), _) => (EventKind::Modified, item.clone()),
            (true, false, _, Some(previous)) => (EventKind::Deleted, self.gone(previous)),
            _ => return Ok(None),
        };
        Ok(Some(ItemEvent::Object { kind, item }))
    }

    fn gone(&self, previous: &Item) -> Arc<Item> {
        self.gone.get_or_init(|| Arc::new(previous.gone(self.revision))).clone()
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} -> {:?} at {}", self.previous, self.item, self.revision)
    }
}
