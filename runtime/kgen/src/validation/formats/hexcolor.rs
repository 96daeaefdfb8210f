//! `hexcolor`: a color in hexadecimal digits.

use super::type_invalid;
use crate::validation::{Errors, Path};

/// Three or six hexadecimal digits, which may have a `#` before them.
pub fn hexcolor(errors: &mut Errors, path: &Path<'_>, value: &str) {
    if !is_hexcolor(value) {
        type_invalid(errors, path, value, "hexcolor");
    }
}

fn is_hexcolor(value: &str) -> bool {
    let digits = value.strip_prefix('#').unwrap_or(value);
    matches!(digits.len(), 3 | 6) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}
