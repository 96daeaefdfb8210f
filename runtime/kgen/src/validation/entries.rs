//! Maps with text as keys, whichever they are.

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

/// A map with text as keys.
pub trait Entries {
    /// What the keys lead to.
    type Value;

    /// How many entries there are.
    fn count(&self) -> usize;
    /// The value of a key.
    fn value(&self, key: &str) -> Option<&Self::Value>;
    /// All entries, in the order of the map.
    fn entries(&self) -> impl Iterator<Item = (&str, &Self::Value)>;
}

impl<K: Borrow<str> + Ord, V> Entries for BTreeMap<K, V> {
    type Value = V;

    fn count(&self) -> usize {
        self.len()
    }

    fn value(&self, key: &str) -> Option<&V> {
        self.get(key)
    }

    fn entries(&self) -> impl Iterator<Item = (&str, &V)> {
        self.iter().map(|(key, value)| (key.borrow(), value))
    }
}

impl<K: Borrow<str> + Hash + Eq, V, S: BuildHasher> Entries for HashMap<K, V, S> {
    type Value = V;

    fn count(&self) -> usize {
        self.len()
    }

    fn value(&self, key: &str) -> Option<&V> {
        self.get(key)
    }

    fn entries(&self) -> impl Iterator<Item = (&str, &V)> {
        self.iter().map(|(key, value)| (key.borrow(), value))
    }
}
