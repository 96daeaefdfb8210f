//! Keys with all their versions that may still be read: what makes a read at a revision cost no copy.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Bound;
use std::sync::Arc;

use crate::storage::Revision;

/// An ordered map from keys to versions. It keeps every version until [`History::trim`] forgets it.
pub(crate) struct History<T> {
    chains: BTreeMap<Arc<str>, Chain<T>>,
}

/// The versions of one key, of which most keys have one.
struct Chain<T> {
    head: Version<T>,
    /// Those before the head, oldest first. A key that changes often has many, of which the first are forgotten first.
    older: VecDeque<Version<T>>,
}

/// What a key was from a revision on. No value means that it was deleted.
struct Version<T> {
    revision: Revision,
    value: Option<T>,
}

impl<T> Default for History<T> {
    fn default() -> Self {
        Self {
            chains: BTreeMap::new(),
        }
    }
}

impl<T> History<T> {
    /// Adds a version. Revisions of one key must rise.
    pub(crate) fn set(&mut self, key: Arc<str>, revision: Revision, value: Option<T>) {
        let version = Version { revision, value };
        match self.chains.get_mut(&key) {
            Some(chain) => chain.older.push_back(std::mem::replace(&mut chain.head, version)),
            None => {
                let older = VecDeque::new();
                self.chains.insert(key, Chain { head: version, older });
            }
        }
    }

    /// A key's present value.
    pub(crate) fn latest(&self, key: &str) -> Option<&T> {
        self.chains.get(key)?.head.value.as_ref()
    }

    /// The values of the keys with a prefix, from a key on, in order. With a revision: as they were at it.
    pub(crate) fn range(&self, prefix: &str, start: &str, at: Option<Revision>) -> impl Iterator<Item = &T> {
        let bounds = (Bound::Included(start), Bound::Unbounded);
        self.chains
            .range::<str, _>(bounds)
            .take_while(move |(key, _)| key.starts_with(prefix))
            .filter_map(move |(_, chain)| match at {
                None => chain.head.value.as_ref(),
                Some(revision) => chain.at(revision),
            })
    }

    /// Forgets what of a key cannot be read at `floor` or later, and tells the revisions that it forgot.
    pub(crate) fn trim(&mut self, key: &str, floor: Revision, mut forget: impl FnMut(Revision)) {
        let Some(chain) = self.chains.get_mut(key) else { return };
        if chain.head.revision <= floor {
            for version in std::mem::take(&mut chain.older) {
                forget(version.revision);
            }
            if chain.head.value.is_none() {
                forget(chain.head.revision);
                self.chains.remove(key);
            }
            return;
        }
        let after = chain.older.partition_point(|version| version.revision <= floor);
        let Some(last) = after.checked_sub(1) else { return };
        // The last version up to the floor is what a reader at the floor sees, unless it is a deletion.
        let end = if chain.older[last].value.is_none() { after } else { last };
        for version in chain.older.drain(..end) {
            forget(version.revision);
        }
        if chain.older.is_empty() {
            chain.older = VecDeque::new();
        }
    }
}

impl<T> Chain<T> {
    fn at(&self, revision: Revision) -> Option<&T> {
        if self.head.revision <= revision {
            return self.head.value.as_ref();
        }
        let after = self.older.partition_point(|version| version.revision <= revision);
        self.older.get(after.checked_sub(1)?)?.value.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(versions: &[(&str, u64, Option<u64>)]) -> History<u64> {
        let mut history = History::default();
        for (key, revision, value) in versions {
            history.set(Arc::from(*key), Revision::new(*revision), *value);
        }
        history
    }

    fn at(history: &History<u64>, revision: u64) -> Vec<u64> {
        history.range("", "", Some(Revision::new(revision))).copied().collect()
    }

    #[test]
    fn every_revision_is_readable() {
        let history = history(&[("a", 2, Some(1)), ("b", 3, Some(2)), ("a", 4, None), ("a", 5, Some(3))]);
        let seen: Vec<Vec<u64>> = (1..=6).map(|revision| at(&history, revision)).collect();
        assert_eq!(seen, [vec![], vec![1], vec![1, 2], vec![2], vec![3, 2], vec![3, 2]]);
    }

    #[test]
    fn trimming_keeps_what_the_floor_sees() {
        let mut history = history(&[("a", 2, Some(1)), ("a", 3, Some(2)), ("a", 4, None), ("a", 6, Some(3))]);
        let mut forgotten = Vec::new();
        history.trim("a", Revision::new(3), |revision| forgotten.push(revision.get()));
        assert_eq!((forgotten.as_slice(), at(&history, 3)), ([2].as_slice(), vec![2]));
        history.trim("a", Revision::new(5), |revision| forgotten.push(revision.get()));
        assert_eq!((forgotten.as_slice(), at(&history, 6)), ([2, 3, 4].as_slice(), vec![3]));
    }

    #[test]
    fn a_deleted_key_is_forgotten_whole() {
        let mut history = history(&[("a", 2, Some(1)), ("a", 3, None)]);
        let mut forgotten = Vec::new();
        history.trim("a", Revision::new(3), |revision| forgotten.push(revision.get()));
        assert_eq!(forgotten, [2, 3]);
        assert!(history.chains.is_empty());
    }
}
