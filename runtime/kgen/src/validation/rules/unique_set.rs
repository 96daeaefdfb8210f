//! `+k8s:listType=set`, `+k8s:unique=set`: no two items of a list are equal.

use serde::Serialize;

use crate::validation::lookup::repeated_values;
use crate::validation::{BadValue, Error, Errors, Path};

/// No two items are equal. Every item that repeats another is an error.
pub fn unique_set<T: PartialEq + Serialize>(errors: &mut Errors, path: &Path<'_>, items: &[T]) {
    for index in repeated_values(items) {
        errors.push_with(|| Error::duplicate(&path.index(index), BadValue::of(&items[index])));
    }
}
