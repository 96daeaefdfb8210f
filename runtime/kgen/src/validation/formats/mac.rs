//! `mac`: an address of hardware.

use super::type_invalid;
use crate::validation::{Errors, Path};

/// 6, 8 or 20 bytes: `00:00:5e:00:53:01`, `00-00-5e-00-53-01`, `0000.5e00.5301` or `00005e005301`.
pub fn mac(errors: &mut Errors, path: &Path<'_>, value: &str) {
    if !is_mac(value) {
        type_invalid(errors, path, value, "mac");
    }
}

fn is_mac(value: &str) -> bool {
    let bytes = value.as_bytes();
    let (separator, digits) = match (bytes.get(2), bytes.get(4)) {
        (Some(separator @ (b':' | b'-')), _) => (Some(*separator), 2),
        (_, Some(b'.')) => (Some(b'.'), 4),
        _ => (None, 2),
    };
    let Some(separator) = separator else {
        return matches!(bytes.len(), 12 | 16 | 40) && bytes.iter().all(u8::is_ascii_hexdigit);
    };
    let mut count = 0;
    for group in bytes.split(|byte| *byte == separator) {
        if group.len() != digits || !group.iter().all(u8::is_ascii_hexdigit) {
            return false;
        }
        count += digits / 2;
    }
    matches!(count, 6 | 8 | 20)
}
