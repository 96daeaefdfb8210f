//! Lists by label, under random changes: they are the same whether or not the cache is told which labels it can look for.

use std::sync::Arc;

use bytes::Bytes;
use kgen_apiserver::storage::{
    Cache, CacheOptions, Item, List, ListRequest, Memory, Metadata, ReadError, Reader, Revision, Selection, Store,
};
use proptest::prelude::*;

const PREFIX: &str = "/registry/pods/";

/// A change. Numbers stand for keys and labels.
#[derive(Clone, Copy, Debug)]
enum Change {
    /// Writes an object with two labels, of which the second may be missing.
    Write(u8, u8, Option<u8>),
    /// Writes what is no object.
    Spoil(u8),
    Delete(u8),
}

/// A list of pages.
#[derive(Clone, Copy, Debug)]
struct Listing {
    namespace: Option<u8>,
    app: u8,
    tier: Option<u8>,
    limit: usize,
    /// A change that comes between two pages.
    between: Change,
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        12 => (0..12_u8, 0..3_u8, proptest::option::of(0..2_u8)).prop_map(|(key, app, tier)| Change::Write(key, app, tier)),
        1 => (0..12_u8).prop_map(Change::Spoil),
        6 => (0..12_u8).prop_map(Change::Delete),
    ]
}

fn listing() -> impl Strategy<Value = Listing> {
    let selected = (proptest::option::of(0..2_u8), 0..4_u8, proptest::option::of(0..2_u8));
    (selected, 0..5_usize, change()).prop_map(|((namespace, app, tier), limit, between)| Listing {
        namespace,
        app,
        tier,
        limit,
        between,
    })
}

/// The keys of two namespaces, the name of one of which begins like the other's.
fn key(number: u8) -> String {
    let namespace = ["a", "ab"][usize::from(number % 2)];
    format!("{PREFIX}{namespace}/{number}")
}

async fn make(store: &Memory, change: Change) {
    let (key, value) = match change {
        Change::Write(number, app, tier) => {
            let tier = tier.map_or(String::new(), |tier| format!(r#","tier":"{tier}""#));
            let labels = format!(r#"{{"app":"{app}"{tier}}}"#);
            (key(number), Some(format!(r#"{{"metadata":{{"labels":{labels}}}}}"#)))
        }
        Change::Spoil(number) => (key(number), Some("{".to_owned())),
        Change::Delete(number) => (key(number), None),
    };
    let seen = store.get(&key).await.unwrap().entry.map(|entry| entry.revision);
    let written = match (seen, value.map(Bytes::from)) {
        (None, None) => return,
        (None, Some(value)) => store.create(&key, value, None).await,
        (Some(seen), Some(value)) => store.replace(&key, seen, value, None).await,
        (Some(seen), None) => store.delete(&key, seen).await,
    };
    written.expect("nobody else writes");
}

/// The revision, the objects, and how it goes on; or who cannot be read.
type Shown = Result<(Revision, Vec<(String, Revision)>, Option<String>), Vec<String>>;

fn shown(list: &Result<List, ReadError>) -> Shown {
    match list {
        Ok(list) => {
            let items = list
                .items
                .iter()
                .map(|item| (item.entry().key.to_string(), item.revision()));
            Ok((
                list.revision,
                items.collect(),
                list.rest.as_ref().map(|rest| rest.encode()),
            ))
        }
        Err(ReadError::Undecodable(items)) => Err(items.iter().map(|item| item.key.clone()).collect()),
        Err(other) => panic!("{other}"),
    }
}

impl Listing {
    fn request(self, labels: impl IntoIterator<Item = (Box<str>, Box<str>)>) -> ListRequest {
        let prefix = match self.namespace {
            None => PREFIX.to_owned(),
            Some(namespace) => format!("{PREFIX}{}/", ["a", "ab"][usize::from(namespace)]),
        };
        let wanted: Vec<_> = self.labels().collect();
        let matches = move |item: &Item| {
            item.attributes().is_ok_and(|attributes| {
                wanted
                    .iter()
                    .all(|(name, value)| attributes.label(name) == Some(&**value))
            })
        };
        ListRequest {
            selection: Selection::matching(labels, matches),
            ..ListRequest::of(prefix).limit(self.limit)
        }
    }

    fn labels(self) -> impl Iterator<Item = (Box<str>, Box<str>)> {
        let label = |name: &str, value: u8| (name.into(), value.to_string().into());
        [Some(label("app", self.app)), self.tier.map(|tier| label("tier", tier))]
            .into_iter()
            .flatten()
    }

    /// Reads all pages both ways.
    async fn check(self, store: &Memory, cache: &Cache) {
        let (mut walk, mut look) = (self.request([]), self.request(self.labels()));
        loop {
            let walked = cache.list(walk.clone()).await;
            assert_eq!(shown(&cache.list(look.clone()).await), shown(&walked), "{self:?}");
            let Ok(List { rest: Some(rest), .. }) = walked else {
                return;
            };
            (walk, look) = (walk.rest(Some(rest.clone())), look.rest(Some(rest)));
            make(store, self.between).await;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn looking_for_labels_finds_what_a_walk_finds(
        steps in proptest::collection::vec((change(), proptest::option::of(listing())), 1..60)
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let store = Arc::new(Memory::new());
            let cache = Cache::start(store.clone(), PREFIX, Arc::new(Metadata), CacheOptions::default());
            for (change, listing) in steps {
                make(&store, change).await;
                if let Some(listing) = listing {
                    listing.check(&store, &cache).await;
                }
            }
        });
    }
}
