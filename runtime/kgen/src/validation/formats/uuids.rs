//! What UUIDs look like.

/// Hexadecimal digits, with or without dashes as 8-4-4-4-12, of this version.
pub(super) fn is_uuid(value: &str, version: Option<u8>) -> bool {
    let mut rest = value.as_bytes();
    for (group, len) in [8, 4, 4, 4, 12].into_iter().enumerate() {
        if group > 0
            && let [b'-', after @ ..] = rest
        {
            rest = after;
        }
        let Some((digits, after)) = rest.split_at_checked(len) else {
            return false;
        };
        let is_right = match (group, version) {
            (2, Some(version)) => digits[0] == version,
            // The variant; version 3 is from before it was checked.
            (3, Some(b'4' | b'5')) => matches!(digits[0].to_ascii_lowercase(), b'8' | b'9' | b'a' | b'b'),
            _ => true,
        };
        if !is_right || !digits.iter().all(u8::is_ascii_hexdigit) {
            return false;
        }
        rest = after;
    }
    rest.is_empty()
}
