//! Finding equal things in lists: without allocating in small ones, without comparing all pairs in large ones.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};
use std::io;

use serde::Serialize;

/// Lists up to this length are searched item by item.
const SMALL: usize = 32;

/// Finds items of a list by their key.
pub(super) struct ByKey<'a, T, K, F> {
    list: &'a [T],
    key_of: F,
    index: OnceCell<HashMap<K, usize>>,
}

impl<'a, T, K: Hash + Eq, F: Fn(&'a T) -> K> ByKey<'a, T, K, F> {
    pub(super) fn new(list: &'a [T], key_of: F) -> Self {
        Self {
            list,
            key_of,
            index: OnceCell::new(),
        }
    }

    /// The item with this key; the one at `position` is tried first, since most lists keep their order.
    pub(super) fn find(&self, key: &K, position: usize) -> Option<&'a T> {
        if let Some(item) = self.list.get(position)
            && (self.key_of)(item) == *key
        {
            return Some(item);
        }
        if self.list.len() <= SMALL {
            return self.list.iter().find(|item| (self.key_of)(item) == *key);
        }
        self.index
            .get_or_init(|| self.make_index())
            .get(key)
            .map(|index| &self.list[*index])
    }

    fn make_index(&self) -> HashMap<K, usize> {
        let mut index = HashMap::with_capacity(self.list.len());
        for (position, item) in self.list.iter().enumerate() {
            index.entry((self.key_of)(item)).or_insert(position);
        }
        index
    }
}

/// Finds items of a list that equal another one.
pub(super) struct ByValue<'a, T> {
    list: &'a [T],
    index: OnceCell<Digests>,
}

impl<'a, T: PartialEq + Serialize> ByValue<'a, T> {
    pub(super) fn new(list: &'a [T]) -> Self {
        Self {
            list,
            index: OnceCell::new(),
        }
    }

    /// Whether the list has an equal item; the one at `position` is tried first.
    pub(super) fn contains(&self, item: &T, position: usize) -> bool {
        if self.list.get(position) == Some(item) {
            return true;
        }
        if self.list.len() <= SMALL {
            return self.list.contains(item);
        }
        let index = self.index.get_or_init(|| Digests::new(self.list));
        index.positions(item).any(|position| self.list[position] == *item)
    }
}

/// The positions of items that have the key of one before them, ascending.
pub(super) fn repeated_keys<'a, T, K: Hash + Eq>(list: &'a [T], key_of: impl Fn(&'a T) -> K) -> Vec<usize> {
    if list.len() <= SMALL {
        let is_repeated = |position: &usize| {
            let key = key_of(&list[*position]);
            list[..*position].iter().any(|before| key_of(before) == key)
        };
        return (1..list.len()).filter(is_repeated).collect();
    }
    let mut seen = HashMap::with_capacity(list.len());
    (0..list.len())
        .filter(|position| seen.insert(key_of(&list[*position]), ()).is_some())
        .collect()
}

/// The positions of items that equal one before them, ascending.
pub(super) fn repeated_values<T: PartialEq + Serialize>(list: &[T]) -> Vec<usize> {
    if list.len() <= SMALL {
        return (1..list.len())
            .filter(|position| list[..*position].contains(&list[*position]))
            .collect();
    }
    let digests = Digests::new(list);
    let is_repeated = |position: &usize| {
        let item = &list[*position];
        digests
            .positions(item)
            .take_while(|before| before < position)
            .any(|before| list[before] == *item)
    };
    (1..list.len()).filter(is_repeated).collect()
}

/// Digests of the items of a list by their JSON, since types with rules can be compared but rarely hashed.
struct Digests {
    state: RandomState,
    /// Digest and position, sorted.
    sorted: Vec<(u64, usize)>,
}

impl Digests {
    fn new<T: Serialize>(list: &[T]) -> Self {
        let state = RandomState::new();
        let mut sorted: Vec<_> = list
            .iter()
            .enumerate()
            .map(|(index, item)| (digest(&state, item), index))
            .collect();
        sorted.sort_unstable();
        Self { state, sorted }
    }

    /// Where items stand that may equal this one, ascending.
    fn positions<T: Serialize>(&self, item: &T) -> impl Iterator<Item = usize> {
        let digest = digest(&self.state, item);
        let start = self.sorted.partition_point(|(other, _)| *other < digest);
        self.sorted[start..]
            .iter()
            .take_while(move |(other, _)| *other == digest)
            .map(|(_, position)| *position)
    }
}

fn digest<T: Serialize>(state: &RandomState, item: &T) -> u64 {
    let mut writer = Digest(state.build_hasher());
    // What cannot be written is told apart by comparing alone.
    if serde_json::to_writer(&mut writer, item).is_err() {
        return 0;
    }
    writer.0.finish()
}

/// Digests what is written to it.
struct Digest<H>(H);

impl<H: Hasher> io::Write for Digest<H> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
