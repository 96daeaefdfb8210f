//! `uuid3`: a UUID of version 3.

use super::type_invalid;
use super::uuids::is_uuid;
use crate::validation::{Errors, Path};

/// A UUID of version 3 in any case, with or without any of its dashes.
pub fn uuid3(errors: &mut Errors, path: &Path<'_>, value: &str) {
    if !is_uuid(value, Some(b'3')) {
        type_invalid(errors, path, value, "uuid3");
    }
}
