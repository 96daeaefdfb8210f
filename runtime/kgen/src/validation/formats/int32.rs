//! `int32`: a whole number of 32 bits.

use super::out_of_range;
use crate::validation::{Errors, Path};

/// A number that is held in more bits than its schema says.
pub fn int32(errors: &mut Errors, path: &Path<'_>, value: i64) {
    if i32::try_from(value).is_err() {
        out_of_range(errors, path, "integer", "int32");
    }
}
