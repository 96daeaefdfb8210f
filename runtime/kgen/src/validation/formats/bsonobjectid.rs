//! `bsonobjectid`: an object id of BSON.

use super::type_invalid;
use crate::validation::{Errors, Path};

/// 24 hexadecimal digits.
pub fn bsonobjectid(errors: &mut Errors, path: &Path<'_>, value: &str) {
    if !is_bsonobjectid(value) {
        type_invalid(errors, path, value, "bsonobjectid");
    }
}

fn is_bsonobjectid(value: &str) -> bool {
    value.len() == 24 && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}
