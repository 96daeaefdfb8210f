//! Which stored value a new one replaces, and leaving out what did not change (ratcheting).
//!
//! Items of lists are told apart by their keys, by their values, or not at all, as the list's type says. Lists without
//! either need nothing from here: all of their items are checked again once the list changed.

use std::hash::Hash;

use serde::Serialize;

use super::lookup::{ByKey, ByValue};
use super::{Entries, Operation};

/// Calls `check` for the items of a list whose items have keys, each with the stored item of the same key. On update,
/// items that equal their stored one are left out.
///
/// Where stored keys repeat, the item at the same place is taken, or else the first; upstream always takes the first.
///
/// ```
/// use kgen::validation::{Operation, each_by_key};
///
/// let (old, new) = ([("a", 1), ("b", 2)], [("b", 2), ("a", 3), ("c", 4)]);
/// let mut changed = Vec::new();
/// each_by_key(&Operation::update(), &new, Some(&old), |item| item.0, |index, item, old| {
///     changed.push((index, item.1, old.map(|old| old.1)));
/// });
/// assert_eq!(changed, [(1, 3, Some(1)), (2, 4, None)]);
/// ```
pub fn each_by_key<'a, T: PartialEq, K: Hash + Eq>(
    operation: &Operation<'_>,
    list: &'a [T],
    old: Option<&'a [T]>,
    key_of: impl Fn(&'a T) -> K,
    mut check: impl FnMut(usize, &'a T, Option<&'a T>),
) {
    let stored = ByKey::new(old.unwrap_or_default(), &key_of);
    for (index, item) in list.iter().enumerate() {
        let old = if old.is_some() {
            stored.find(&key_of(item), index)
        } else {
            None
        };
        if !operation.unchanged(item, old) {
            check(index, item, old);
        }
    }
}

/// Calls `check` for the items of a list whose items are unique. On update, items that were stored before are left out.
pub fn each_in_set<'a, T: PartialEq + Serialize>(
    operation: &Operation<'_>,
    list: &'a [T],
    old: Option<&'a [T]>,
    mut check: impl FnMut(usize, &'a T),
) {
    let stored = ByValue::new(old.unwrap_or_default());
    let was_stored = |index, item| operation.is_update() && old.is_some() && stored.contains(item, index);
    for (index, item) in list.iter().enumerate() {
        if !was_stored(index, item) {
            check(index, item);
        }
    }
}

/// Calls `check` for the values of a map, each with the stored value of the same key. On update, values that equal
/// their stored one are left out.
pub fn each_entry<'a, M: Entries<Value: PartialEq>>(
    operation: &Operation<'_>,
    map: &'a M,
    old: Option<&'a M>,
    mut check: impl FnMut(&'a str, &'a M::Value, Option<&'a M::Value>),
) {
    for (key, value) in map.entries() {
        let old = old.and_then(|old| old.value(key));
        if !operation.unchanged(value, old) {
            check(key, value, old);
        }
    }
}

/// Calls `check` for the keys of a map. On update, keys that were stored before are left out.
///
/// Errors about a key stand at the path of the map, not of the key.
pub fn each_key<'a, M: Entries>(
    operation: &Operation<'_>,
    map: &'a M,
    old: Option<&'a M>,
    mut check: impl FnMut(&'a str),
) {
    for (key, _) in map.entries() {
        if !(operation.is_update() && old.is_some_and(|old| old.value(key).is_some())) {
            check(key);
        }
    }
}

/// Calls `check` for the first item of a list that matches, with the first stored item that matches. On update, an item
/// that equals its stored one is left out.
pub fn item<'a, T: PartialEq>(
    operation: &Operation<'_>,
    list: &'a [T],
    old: Option<&'a [T]>,
    matches: impl Fn(&T) -> bool,
    check: impl FnOnce(usize, &'a T, Option<&'a T>),
) {
    let Some((index, item)) = list.iter().enumerate().find(|(_, item)| matches(item)) else {
        return;
    };
    let old = old.unwrap_or_default().iter().find(|item| matches(item));
    if !operation.unchanged(item, old) {
        check(index, item, old);
    }
}
