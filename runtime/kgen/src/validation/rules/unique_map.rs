//! `+k8s:listType=map`, `+k8s:unique=map`: no two items of a list have the same key.

use std::hash::Hash;

use serde::Serialize;

use crate::validation::lookup::repeated_keys;
use crate::validation::{BadValue, Error, Errors, Path};

/// No two items have the same key. Every item that repeats a key is an error, which shows the whole item.
pub fn unique_map<'a, T: Serialize, K: Hash + Eq>(
    errors: &mut Errors,
    path: &Path<'_>,
    items: &'a [T],
    key_of: impl Fn(&'a T) -> K,
) {
    for index in repeated_keys(items, key_of) {
        errors.push_with(|| Error::duplicate(&path.index(index), BadValue::of(&items[index])));
    }
}
