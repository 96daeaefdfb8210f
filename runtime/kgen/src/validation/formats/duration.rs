//! `duration`: a length of time.

use super::type_invalid;
use crate::k8s::Duration;
use crate::validation::{Errors, Path};

/// A length of time as Go reads it (`1h30m`), or numbers with units as words somewhere in a text (`2 days`, `3 weeks`).
pub fn duration(errors: &mut Errors, path: &Path<'_>, value: &str) {
    if !is_duration(value) {
        type_invalid(errors, path, value, "duration");
    }
}

fn is_duration(value: &str) -> bool {
    has_worded_duration(value) || value.parse::<Duration>().is_ok()
}

/// Whether some number has a unit behind it, and no number with a word behind it is too large.
fn has_worded_duration(value: &str) -> bool {
    let mut rest = value;
    let mut found = false;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        rest = &rest[start..];
        let (number, after) = split_while(rest, |c| c.is_ascii_digit());
        let (_, word) = split_while(after, |c| matches!(c, '\t' | '\n' | '\x0c' | '\r' | ' '));
        let (unit, after) = split_while(word, |c| c.is_ascii_alphabetic() || c == 'µ');
        rest = after;
        if !unit.is_empty() {
            if number.parse::<i64>().is_err() {
                return false;
            }
            found |= is_unit(unit);
        }
    }
    found
}

fn split_while(text: &str, is_part: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !is_part(c)).unwrap_or(text.len()))
}

fn is_unit(unit: &str) -> bool {
    const SHORT: [&str; 11] = ["ns", "us", "µs", "ms", "s", "m", "h", "hr", "d", "w", "wk"];
    const LONG: [&str; 8] = ["nano", "micro", "milli", "sec", "min", "hour", "day", "week"];
    SHORT.iter().any(|short| short.eq_ignore_ascii_case(unit))
        || LONG.iter().any(|long| {
            unit.get(..long.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(long))
        })
}
