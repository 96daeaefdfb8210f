//! `+k8s:update`: what an update may do to a value.

use std::hash::Hash;

use serde::Serialize;

use crate::validation::lookup::{ByKey, ByValue};
use crate::validation::{BadValue, Entries, Error, Errors, Operation, Path};

/// What an update may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// Setting what was unset.
    NoSet,
    /// Unsetting what was set.
    NoUnset,
    /// Changing what is set.
    NoModify,
    /// Adding items to a list or a map.
    NoAddItem,
    /// Removing items from a list or a map.
    NoRemoveItem,
}

/// An update sets, unsets and modifies only what it may. Lists and maps with nothing in them are unset; plain structs are
/// always set. Constraints about items are for [`update_list_map`], [`update_set`] and [`update_map`].
///
/// It does not compare: call it after [`Operation::unchanged`] has let values that stayed the same pass. `was_set` is
/// absent if there is no stored value to compare with.
pub fn update(
    errors: &mut Errors,
    path: &Path<'_>,
    operation: &Operation<'_>,
    constraints: &[Constraint],
    is_set: bool,
    was_set: Option<bool>,
) {
    let Some(was_set) = was_set.filter(|_| operation.is_update()) else {
        return;
    };
    for constraint in constraints {
        let broken = match (constraint, was_set, is_set) {
            (Constraint::NoSet, false, true) => "field cannot be set once created",
            (Constraint::NoUnset, true, false) => "field cannot be cleared once set",
            (Constraint::NoModify, true, true) => "field cannot be modified once set",
            (Constraint::NoSet | Constraint::NoUnset | Constraint::NoModify, _, _)
            | (Constraint::NoAddItem | Constraint::NoRemoveItem, _, _) => continue,
        };
        errors.push_with(|| Error::invalid(path, BadValue::null(), broken).with_origin("update"));
    }
}

/// What [`update`] checks, and an update adds and removes only items that it may, which are told apart by their keys.
pub fn update_list_map<'a, T, K: Hash + Eq>(
    errors: &mut Errors,
    path: &Path<'_>,
    operation: &Operation<'_>,
    constraints: &[Constraint],
    (items, old): (&'a [T], &'a [T]),
    key_of: impl Fn(&'a T) -> K,
) {
    let stored = ByKey::new(old, &key_of);
    let given = ByKey::new(items, &key_of);
    let is_new = |index: usize| stored.find(&key_of(&items[index]), index).is_none();
    let is_gone = |index: usize| given.find(&key_of(&old[index]), index).is_none();
    update_items(
        errors,
        path,
        operation,
        constraints,
        (items.len(), old.len()),
        is_new,
        is_gone,
    );
}

/// What [`update`] checks, and an update adds and removes only items that it may, which are told apart by their values.
pub fn update_set<T: PartialEq + Serialize>(
    errors: &mut Errors,
    path: &Path<'_>,
    operation: &Operation<'_>,
    constraints: &[Constraint],
    (items, old): (&[T], &[T]),
) {
    let stored = ByValue::new(old);
    let given = ByValue::new(items);
    let is_new = |index: usize| !stored.contains(&items[index], index);
    let is_gone = |index: usize| !given.contains(&old[index], index);
    update_items(
        errors,
        path,
        operation,
        constraints,
        (items.len(), old.len()),
        is_new,
        is_gone,
    );
}

fn update_items(
    errors: &mut Errors,
    path: &Path<'_>,
    operation: &Operation<'_>,
    constraints: &[Constraint],
    (len, old_len): (usize, usize),
    is_new: impl Fn(usize) -> bool,
    is_gone: impl Fn(usize) -> bool,
) {
    if !operation.is_update() {
        return;
    }
    for constraint in constraints {
        match constraint {
            Constraint::NoSet | Constraint::NoUnset | Constraint::NoModify => {
                update(errors, path, operation, &[*constraint], len > 0, Some(old_len > 0));
            }
            Constraint::NoAddItem => {
                for index in (0..len).filter(|index| is_new(*index)) {
                    errors.push_with(|| added(&path.index(index)));
                }
            }
            Constraint::NoRemoveItem => {
                for _ in (0..old_len).filter(|index| is_gone(*index)) {
                    errors.push_with(|| removed(path));
                }
            }
        }
    }
}

/// What [`update`] checks, and an update adds and removes only entries that it may.
pub fn update_map<M: Entries>(
    errors: &mut Errors,
    path: &Path<'_>,
    operation: &Operation<'_>,
    constraints: &[Constraint],
    map: &M,
    old: Option<&M>,
) {
    if !operation.is_update() {
        return;
    }
    for constraint in constraints {
        match constraint {
            Constraint::NoSet | Constraint::NoUnset | Constraint::NoModify => {
                let was_set = old.is_some_and(|old| old.count() > 0);
                update(errors, path, operation, &[*constraint], map.count() > 0, Some(was_set));
            }
            Constraint::NoAddItem => {
                for (key, _) in map
                    .entries()
                    .filter(|(key, _)| old.and_then(|old| old.value(key)).is_none())
                {
                    errors.push_with(|| added(&path.key(key)));
                }
            }
            Constraint::NoRemoveItem => {
                let stored = old.into_iter().flat_map(Entries::entries);
                for (key, _) in stored.filter(|(key, _)| map.value(key).is_none()) {
                    errors.push_with(|| removed(&path.key(key)));
                }
            }
        }
    }
}

fn added(path: &Path<'_>) -> Error {
    Error::forbidden(path, "item may not be added").with_origin("update")
}

fn removed(path: &Path<'_>) -> Error {
    Error::forbidden(path, "item may not be removed").with_origin("update")
}
