//! `uuid`: a UUID.

use super::type_invalid;
use super::uuids::is_uuid;
use crate::validation::{Errors, Path};

/// A UUID in any case, with or without any of its dashes.
pub fn uuid(errors: &mut Errors, path: &Path<'_>, value: &str) {
    if !is_uuid(value, None) {
        type_invalid(errors, path, value, "uuid");
    }
}
