//! `byte`: bytes in base64.

use super::type_invalid;
use crate::validation::{Errors, Path};

/// Base64 with padding, not empty.
pub fn byte(errors: &mut Errors, path: &Path<'_>, value: &str) {
    if !is_byte(value) {
        type_invalid(errors, path, value, "byte");
    }
}

fn is_byte(value: &str) -> bool {
    let digits = value.trim_end_matches('=');
    !digits.is_empty()
        && value.len().is_multiple_of(4)
        && value.len() - digits.len() <= 2
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}
