//! The objects that a cache knows: by key with their recent versions, and by label as they are now.
//!
//! A list by label looks at no object that lacks the label. One of the past looks at all: nobody keeps old labels.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::ops::Bound;
use std::sync::Arc;

use crate::storage::log::History;
use crate::storage::{Item, Revision, Selection};

/// Objects in the order of their keys.
#[derive(Default)]
pub(super) struct Items {
    history: History<Arc<Item>>,
    labels: Labels,
}

/// The present objects by the names and the values of their labels.
#[derive(Default)]
struct Labels {
    sets: HashMap<Box<str>, HashMap<Box<str>, BTreeSet<ByKey>>>,
    /// How many objects cannot be read, so that nobody knows their labels.
    unreadable: usize,
}

/// An item as an element of a set of keys.
struct ByKey(Arc<Item>);

impl Items {
    /// Takes in what became of a key. Revisions of one key must rise.
    pub(super) fn set(&mut self, key: Arc<str>, revision: Revision, item: Option<Arc<Item>>) {
        if let Some(previous) = self.history.latest(&key) {
            self.labels.remove(previous);
        }
        if let Some(item) = &item {
            self.labels.add(item);
        }
        self.history.set(key, revision, item);
    }

    /// A key's present item.
    pub(super) fn latest(&self, key: &str) -> Option<&Arc<Item>> {
        self.history.latest(key)
    }

    /// The items of the keys with a prefix, from a key on, in order. With a revision: as they were at it.
    pub(super) fn range(&self, prefix: &str, start: &str, at: Option<Revision>) -> impl Iterator<Item = &Arc<Item>> {
        self.history.range(prefix, start, at)
    }

    /// Of the present items of such a range those that a selection can select, if its labels say which.
    pub(super) fn labelled(
        &self,
        prefix: &str,
        start: &str,
        selection: &Selection,
    ) -> Option<impl Iterator<Item = &Arc<Item>>> {
        // Who cannot be read has to be found: a list that is asked for fails because of it.
        if self.labels.unreadable > 0 {
            return None;
        }
        let sets = selection
            .labels()
            .iter()
            .map(|(name, value)| self.labels.with(name, value));
        let smallest = sets.min_by_key(|set| set.map_or(0, BTreeSet::len))?;
        let bounds = (Bound::Included(start), Bound::Unbounded);
        let items = smallest.map(|set| set.range::<str, _>(bounds).map(|item| &item.0));
        Some(
            items
                .into_iter()
                .flatten()
                .take_while(move |item| item.entry().key.starts_with(prefix)),
        )
    }

    /// Forgets what of a key cannot be read at `floor` or later.
    pub(super) fn trim(&mut self, key: &str, floor: Revision) {
        self.history.trim(key, floor, |_| {});
    }
}

impl Labels {
    /// The objects with a label; none if there are none.
    fn with(&self, name: &str, value: &str) -> Option<&BTreeSet<ByKey>> {
        self.sets.get(name)?.get(value)
    }

    fn add(&mut self, item: &Arc<Item>) {
        let Ok(attributes) = item.attributes() else {
            self.unreadable += 1;
            return;
        };
        for (name, value) in attributes.labels() {
            let element = ByKey(item.clone());
            // Names and values are copied only if they are new.
            match self.sets.get_mut(name) {
                Some(values) => match values.get_mut(value) {
                    Some(set) => drop(set.insert(element)),
                    None => drop(values.insert(value.into(), BTreeSet::from([element]))),
                },
                None => {
                    let values = HashMap::from([(value.into(), BTreeSet::from([element]))]);
                    self.sets.insert(name.into(), values);
                }
            }
        }
    }

    fn remove(&mut self, item: &Item) {
        let Ok(attributes) = item.attributes() else {
            self.unreadable -= 1;
            return;
        };
        for (name, value) in attributes.labels() {
            let Some(values) = self.sets.get_mut(name) else {
                continue;
            };
            let Some(set) = values.get_mut(value) else { continue };
            set.remove(&*item.entry().key);
            if set.is_empty() {
                values.remove(value);
            }
            if values.is_empty() {
                self.sets.remove(name);
            }
        }
    }
}

impl Borrow<str> for ByKey {
    fn borrow(&self) -> &str {
        &self.0.entry().key
    }
}

impl Ord for ByKey {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.entry().key.cmp(&other.0.entry().key)
    }
}

impl PartialOrd for ByKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for ByKey {
    fn eq(&self, other: &Self) -> bool {
        self.0.entry().key == other.0.entry().key
    }
}

impl Eq for ByKey {}
