//! Random operations on the memory store and the embedded store, each compared with a model that is a few maps.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::{FutureExt, StreamExt};
use kgen_apiserver::storage::{Embedded, Entry, Memory, Page, Range, Revision, Store, StoreError, Update};
use proptest::prelude::*;

/// An operation. Numbers stand for keys, and for revisions counted back from the present.
#[derive(Clone, Debug)]
enum Operation {
    Create(u8),
    Replace(u8, u8),
    Delete(u8, u8),
    Get(u8),
    List(u8, Option<u8>, i8, u8),
    Watch(u8, u8),
    Compact(i8),
    Reopen,
}

fn operation() -> impl Strategy<Value = Operation> {
    let key = || 0..6_u8;
    let off = || prop_oneof![5 => Just(0), 1 => 1..5_u8];
    prop_oneof![
        4 => key().prop_map(Operation::Create),
        4 => (key(), off()).prop_map(|(key, off)| Operation::Replace(key, off)),
        3 => (key(), off()).prop_map(|(key, off)| Operation::Delete(key, off)),
        1 => key().prop_map(Operation::Get),
        4 => (0..3_u8, proptest::option::of(key()), -2..12_i8, 0..4_u8)
            .prop_map(|(prefix, from, back, limit)| Operation::List(prefix, from, back, limit)),
        2 => (0..3_u8, 0..12_u8).prop_map(|(prefix, back)| Operation::Watch(prefix, back)),
        1 => (-2..8_i8).prop_map(Operation::Compact),
        1 => Just(Operation::Reopen),
    ]
}

fn key(number: u8) -> String {
    ["/a/x", "/a/y", "/b/x", "/ab/x", "/a", "/b/xx"][usize::from(number)].to_owned()
}

fn prefix(number: u8) -> &'static str {
    ["/", "/a/", "/b"][usize::from(number)]
}

/// The store as one would write it down: every state there ever was, and which key changed for it.
struct Model {
    states: Vec<BTreeMap<String, Entry>>,
    changed: Vec<String>,
    compacted: Revision,
}

impl Model {
    fn new() -> Self {
        Self {
            // There is no revision 0, and nothing at revision 1.
            states: vec![BTreeMap::new(), BTreeMap::new()],
            changed: vec![String::new(); 2],
            compacted: Revision::FIRST,
        }
    }

    fn current(&self) -> Revision {
        Revision::new(self.states.len() as u64 - 1)
    }

    fn at(&self, revision: Revision) -> &BTreeMap<String, Entry> {
        &self.states[revision.get() as usize]
    }

    fn entry(&self, key: &str) -> Option<&Entry> {
        self.at(self.current()).get(key)
    }

    fn write(&mut self, key: &str, value: Option<Bytes>) -> Revision {
        let revision = self.current().next();
        let mut state = self.at(self.current()).clone();
        let created = state.get(key).map_or(revision, |entry| entry.created);
        match value {
            None => drop(state.remove(key)),
            Some(value) => {
                let entry = Entry {
                    key: Arc::from(key),
                    value,
                    created,
                    revision,
                };
                state.insert(key.to_owned(), entry);
            }
        }
        self.states.push(state);
        self.changed.push(key.to_owned());
        revision
    }

    fn compare(&self, key: &str, seen: Revision) -> Result<(), StoreError> {
        match self.entry(key) {
            None => Err(StoreError::NotFound { key: key.to_owned() }),
            Some(entry) if entry.revision == seen => Ok(()),
            Some(entry) => Err(StoreError::Conflict {
                current: Box::new(entry.clone()),
            }),
        }
    }

    fn readable(&self, requested: Revision) -> Result<(), StoreError> {
        let current = self.current();
        if requested > current {
            return Err(StoreError::FutureRevision { requested, current });
        }
        if requested < self.compacted {
            return Err(self.gone(requested));
        }
        Ok(())
    }

    fn gone(&self, requested: Revision) -> StoreError {
        StoreError::Compacted {
            requested,
            oldest: Some(self.compacted),
        }
    }

    fn list(&self, range: &Range) -> Result<Page, StoreError> {
        let revision = range.revision.unwrap_or(self.current());
        self.readable(revision)?;
        let from = range.from.clone().unwrap_or_default();
        let found = self
            .at(revision)
            .iter()
            .filter(|(key, _)| key.starts_with(&range.prefix) && **key >= from);
        let all: Vec<Entry> = found.map(|(_, entry)| entry.clone()).collect();
        let limit = range.limit.map_or(usize::MAX, NonZeroUsize::get).min(all.len());
        Ok(Page {
            revision,
            remaining: all.len() - limit,
            entries: all[..limit].to_vec(),
        })
    }

    /// The revision, the state before and the state after of each change after a revision.
    fn changes(&self, prefix: &str, after: Revision) -> Vec<(Revision, Option<Entry>, Option<Entry>)> {
        let numbers = after.get() as usize + 1..self.states.len();
        let matching = numbers.filter(|number| self.changed[*number].starts_with(prefix));
        let change = |number: usize| {
            let state = |number: usize| self.states[number].get(&self.changed[number]).cloned();
            let previous = self.states[number - 1].get(&self.changed[number]).cloned();
            (Revision::new(number as u64), previous, state(number))
        };
        matching.map(change).collect()
    }
}

/// Does one operation to the store and to the model, and compares what they say.
async fn step(store: &dyn Store, model: &mut Model, operation: &Operation, number: usize) {
    let value = Bytes::from(format!("value {number}"));
    let present = model.current();
    let back = |back: i64| Revision::new((present.get() as i64 - back).max(1) as u64);
    match *operation {
        Operation::Create(name) => {
            let key = key(name);
            let wanted = match model.entry(&key) {
                Some(_) => Err(StoreError::Exists { key: key.clone() }),
                None => Ok(model.write(&key, Some(value.clone()))),
            };
            assert_eq!(store.create(&key, value, None).await, wanted);
        }
        Operation::Replace(name, off) => {
            let key = key(name);
            let seen = seen(model, &key, off);
            let wanted = model
                .compare(&key, seen)
                .map(|()| model.write(&key, Some(value.clone())));
            assert_eq!(store.replace(&key, seen, value, None).await, wanted);
        }
        Operation::Delete(name, off) => {
            let key = key(name);
            let seen = seen(model, &key, off);
            let wanted = model.compare(&key, seen).map(|()| model.write(&key, None));
            assert_eq!(store.delete(&key, seen).await, wanted);
        }
        Operation::Get(name) => {
            let found = store.get(&key(name)).await.unwrap();
            assert_eq!(
                (found.revision, found.entry.as_ref()),
                (present, model.entry(&key(name)))
            );
        }
        Operation::List(name, from, by, limit) => {
            let mut range = Range::of(prefix(name)).limit(usize::from(limit));
            if let Some(from) = from {
                range = range.from(key(from));
            }
            // Some lists are of the present without naming its revision.
            if by != 0 {
                range = range.at(back(i64::from(by)));
            }
            assert_eq!(store.list(range.clone()).await, model.list(&range));
        }
        Operation::Watch(name, by) => watch(store, model, prefix(name), back(i64::from(by))).await,
        Operation::Compact(by) => {
            let to = back(i64::from(by));
            let wanted = model.readable(to);
            if wanted.is_ok() {
                model.compacted = to;
            }
            assert_eq!(store.compact(to).await, wanted);
        }
        Operation::Reopen => {}
    }
    assert_eq!(store.current().await, Ok(model.current()));
}

fn seen(model: &Model, key: &str, off: u8) -> Revision {
    let known = model.entry(key).map_or(model.current(), |entry| entry.revision);
    Revision::new(known.get().saturating_sub(u64::from(off)))
}

async fn watch(store: &dyn Store, model: &Model, prefix: &str, after: Revision) {
    let watch = store.watch(prefix, after).await;
    if after < model.compacted {
        assert_eq!(watch.err(), Some(model.gone(after)));
        return;
    }
    let mut watch = watch.unwrap();
    for (revision, previous, next) in model.changes(prefix, after) {
        let update = watch.updates.next().now_or_never().flatten();
        let Some(Ok(Update::Change(change))) = update else {
            panic!("{update:?} at {revision}")
        };
        let told = (change.revision(), change.previous(), change.entry());
        assert_eq!(told, (revision, previous.as_ref(), next.as_ref()));
    }
    assert!(watch.updates.next().now_or_never().is_none());
    watch.progress.request();
    let progress = watch.updates.next().now_or_never().flatten();
    assert_eq!(progress, Some(Ok(Update::Progress(model.current()))));
}

fn block_on(future: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime starts").block_on(future);
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        cases,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn memory_is_like_the_model(operations in proptest::collection::vec(operation(), 1..80)) {
        block_on(async {
            let store = Memory::new();
            let mut model = Model::new();
            for (number, operation) in operations.iter().enumerate() {
                step(&store, &mut model, operation, number).await;
            }
        });
    }
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn embedded_is_like_the_model(operations in proptest::collection::vec(operation(), 1..60)) {
        block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let open = || Embedded::open(folder.path(), Default::default()).unwrap();
            let mut store = open();
            let mut model = Model::new();
            for (number, operation) in operations.iter().enumerate() {
                if matches!(operation, Operation::Reopen) {
                    drop(store);
                    store = open();
                }
                step(&store, &mut model, operation, number).await;
            }
        });
    }
}
