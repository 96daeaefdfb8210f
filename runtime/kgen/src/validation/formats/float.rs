//! `float`: a number of 32 bits.

use super::out_of_range;
use crate::validation::{Errors, Path};

/// A number that is held in more bits than its schema says. Digits may get lost, but it may not become infinite.
pub fn float(errors: &mut Errors, path: &Path<'_>, value: f64) {
    #[expect(clippy::cast_possible_truncation, reason = "what gets lost is the question")]
    if (value as f32).is_infinite() {
        out_of_range(errors, path, "number", "float");
    }
}
