//! `date`: a day.

use super::type_invalid;
use crate::validation::{Errors, Path};

/// `2006-01-02`, a day that exists.
pub fn date(errors: &mut Errors, path: &Path<'_>, value: &str) {
    if !is_date(value) {
        type_invalid(errors, path, value, "date");
    }
}

pub(super) fn is_date(value: &str) -> bool {
    let bytes = value.as_bytes();
    let has_form = bytes.len() == 10
        && bytes.iter().enumerate().all(|(index, byte)| match index {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !has_form {
        return false;
    }
    let number = |bytes: &[u8]| {
        bytes
            .iter()
            .fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
    };
    let (year, month, day) = (number(&bytes[..4]), number(&bytes[5..7]), number(&bytes[8..]));
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}
