//! `ssn`: a social security number of the U.S..

use super::type_invalid;
use crate::validation::{Errors, Path};

/// Digits as 3-2-4, between dashes or blanks.
pub fn ssn(errors: &mut Errors, path: &Path<'_>, value: &str) {
    if !is_ssn(value) {
        type_invalid(errors, path, value, "ssn");
    }
}

fn is_ssn(value: &str) -> bool {
    value.len() == 11
        && value.bytes().enumerate().all(|(index, byte)| match index {
            3 | 6 => matches!(byte, b'-' | b' '),
            _ => byte.is_ascii_digit(),
        })
}
