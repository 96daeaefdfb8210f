//! `date-time`: a point in time.

use super::date::is_date;
use super::type_invalid;
use crate::validation::{Errors, Path};

/// `2006-01-02T15:04:05.999Z`, or with an offset as `+01:00`.
pub fn date_time(errors: &mut Errors, path: &Path<'_>, value: &str) {
    if !is_date_time(value) {
        type_invalid(errors, path, value, "date-time");
    }
}

fn is_date_time(value: &str) -> bool {
    // What follows a second `t` is not looked at upstream.
    let mut parts = value.split(['t', 'T']);
    match (parts.next(), parts.next()) {
        (Some(date), Some(time)) => is_date(date) && is_time(time.as_bytes()),
        _ => false,
    }
}

/// `15:04:05`, digits after any character, and a zone.
fn is_time(time: &[u8]) -> bool {
    let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = time else {
        return false;
    };
    let is_clock = [h1, h2, m1, m2, s1, s2].iter().all(|digit| digit.is_ascii_digit())
        && [*h1, *h2] <= *b"23"
        && [*m1, *m2] <= *b"59"
        && [*s1, *s2] <= *b"59";
    is_clock && (is_zone(rest) || after_fraction(rest).is_some_and(is_zone))
}

/// What follows a fraction, if one is there.
fn after_fraction(rest: &[u8]) -> Option<&[u8]> {
    let point = std::str::from_utf8(rest)
        .ok()?
        .chars()
        .next()
        .filter(|point| *point != '\n')?;
    let digits = &rest[point.len_utf8()..];
    let end = digits.iter().position(|digit| !digit.is_ascii_digit())?;
    (end > 0).then(|| &digits[end..])
}

fn is_zone(zone: &[u8]) -> bool {
    match zone {
        [b'z' | b'Z'] => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => [h1, h2, m1, m2].iter().all(|digit| digit.is_ascii_digit()),
        _ => false,
    }
}
