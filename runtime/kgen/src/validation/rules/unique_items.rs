//! `uniqueItems`: no two items of a list are equal, as schemas say it.

use serde::Serialize;

use super::in_body;
use crate::validation::lookup::repeated_values;
use crate::validation::{Error, Errors, Path};

/// No two items are equal. There is one error, at the list.
pub fn unique_items<T: PartialEq + Serialize>(errors: &mut Errors, path: &Path<'_>, items: &[T]) {
    if !repeated_values(items).is_empty() {
        errors.push_with(|| Error::invalid(path, "", format!("{} shouldn't contain duplicates", in_body(path))));
    }
}
