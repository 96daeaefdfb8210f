//! `rgbcolor`: a color as CSS writes it.

use super::type_invalid;
use crate::validation::{Errors, Path};

/// `rgb(1, 2, 3)` with numbers up to 255.
pub fn rgbcolor(errors: &mut Errors, path: &Path<'_>, value: &str) {
    if !is_rgbcolor(value) {
        type_invalid(errors, path, value, "rgbcolor");
    }
}

fn is_rgbcolor(value: &str) -> bool {
    let Some(numbers) = value.strip_prefix("rgb(").and_then(|rest| rest.strip_suffix(')')) else {
        return false;
    };
    let mut count = 0;
    for number in numbers.split(',') {
        let number = number.trim_matches(['\t', '\n', '\x0c', '\r', ' ']);
        let is_plain = number == "0" || !number.starts_with(['0', '+']);
        if !is_plain || number.parse::<u8>().is_err() {
            return false;
        }
        count += 1;
    }
    count == 3
}
