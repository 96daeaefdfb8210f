//! Which items are checked on update, and against which stored ones.

use std::collections::BTreeMap;
use std::slice::from_ref;

use kgen::validation::{Operation, each_by_key, each_entry, each_in_set, each_key, item};

use crate::types::Port;

const UPDATE: Operation<'_> = Operation::update();
const CREATE: Operation<'_> = Operation::create();

fn by_key(operation: &Operation<'_>, new: &[Port], old: Option<&[Port]>) -> Vec<(usize, Option<i32>)> {
    let mut checked = Vec::new();
    each_by_key(
        operation,
        new,
        old,
        |port| port.name.as_str(),
        |index, _, old| {
            checked.push((index, old.map(|old| old.container)));
        },
    );
    checked
}

fn in_set(operation: &Operation<'_>, new: &[&str], old: Option<&[&str]>) -> Vec<usize> {
    let mut checked = Vec::new();
    each_in_set(operation, new, old, |index, _| checked.push(index));
    checked
}

#[test]
fn items_with_keys_meet_the_stored_item_of_their_key() {
    let old = [Port::new("a", 1), Port::new("b", 2)];
    let new = [Port::new("b", 2), Port::new("c", 3), Port::new("a", 9)];
    assert_eq!(by_key(&UPDATE, &new, Some(&old)), [(1, None), (2, Some(1))]);
    assert_eq!(by_key(&UPDATE, &new, None), [(0, None), (1, None), (2, None)]);
    assert_eq!(by_key(&CREATE, &new, None), [(0, None), (1, None), (2, None)]);
    assert_eq!(by_key(&UPDATE, &old, Some(&old)), []);
}

#[test]
fn items_of_sets_are_left_out_if_they_were_stored() {
    assert_eq!(in_set(&UPDATE, &["b", "c", "a"], Some(&["a", "b"])), [1]);
    assert_eq!(in_set(&UPDATE, &["a"], None), [0]);
    assert_eq!(in_set(&UPDATE, &["a"], Some(&[])), [0]);
    assert_eq!(in_set(&CREATE, &["a"], Some(&["a"])), [0]);
}

/// The same is found in lists that are searched and in lists that are indexed.
#[test]
fn long_lists_are_as_exact_as_short_ones() {
    for len in [1, 31, 32, 33, 500] {
        let old: Vec<Port> = (0..len).map(|index| Port::new(&index.to_string(), index)).collect();
        let mut new: Vec<Port> = old.iter().rev().cloned().collect();
        new[0].container = -1;
        new.push(Port::new("new", 0));
        let added = new.len() - 1;
        assert_eq!(by_key(&UPDATE, &new, Some(&old)), [(0, Some(len - 1)), (added, None)]);
        let mut checked = Vec::new();
        each_in_set(&UPDATE, &new, Some(&old), |index, _| checked.push(index));
        assert_eq!(checked, [0, added]);
    }
}

#[test]
fn values_of_maps_meet_the_stored_value_of_their_key() {
    let old = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    let new = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 3), ("c".to_owned(), 4)]);
    let checked = |operation, old| {
        let mut checked = Vec::new();
        each_entry(operation, &new, old, |key, value, old| {
            checked.push((key, *value, old.copied()))
        });
        checked
    };
    assert_eq!(checked(&UPDATE, Some(&old)), [("b", 3, Some(2)), ("c", 4, None)]);
    assert_eq!(checked(&CREATE, None), [("a", 1, None), ("b", 3, None), ("c", 4, None)]);
    let keys = |operation, old| {
        let mut keys = Vec::new();
        each_key(operation, &new, old, |key| keys.push(key));
        keys
    };
    assert_eq!(keys(&UPDATE, Some(&old)), ["c"]);
    assert_eq!(keys(&CREATE, Some(&old)), ["a", "b", "c"]);
}

#[test]
fn one_item_meets_the_first_stored_one_that_matches() {
    let checked = |operation: &Operation<'_>, new: &[Port], old: Option<&[Port]>| {
        let mut checked = Vec::new();
        item(
            operation,
            new,
            old,
            |port| port.name == "b",
            |index, port, old| {
                checked.push((index, port.container, old.map(|old| old.container)));
            },
        );
        checked
    };
    let (a, b) = (Port::new("a", 1), Port::new("b", 2));
    // Only the first one that matches is looked at.
    assert_eq!(
        checked(&CREATE, &[a.clone(), b.clone(), Port::new("b", 3)], None),
        [(1, 2, None)]
    );
    assert_eq!(checked(&CREATE, from_ref(&a), None), []);
    assert_eq!(checked(&UPDATE, from_ref(&b), Some(&[a.clone(), b.clone()])), []);
    assert_eq!(
        checked(&UPDATE, &[Port::new("b", 9)], Some(&[a.clone(), b])),
        [(0, 9, Some(2))]
    );
    assert_eq!(checked(&UPDATE, &[Port::new("b", 9)], Some(&[a])), [(0, 9, None)]);
}
