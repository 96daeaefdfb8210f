//! `creditcard`: the number of a credit card.

use super::type_invalid;
use crate::validation::{Errors, Path};

/// Digits of a known issuer with a right check digit, among anything that is no digit.
pub fn creditcard(errors: &mut Errors, path: &Path<'_>, value: &str) {
    if !is_creditcard(value) {
        type_invalid(errors, path, value, "creditcard");
    }
}

fn is_creditcard(value: &str) -> bool {
    let mut digits = [0; 16];
    let mut len = 0;
    for byte in value.bytes().filter(u8::is_ascii_digit) {
        let Some(digit) = digits.get_mut(len) else { return false };
        *digit = byte - b'0';
        len += 1;
    }
    is_issued(&digits[..len]) && has_check_digit(&digits[..len])
}

fn is_issued(digits: &[u8]) -> bool {
    let lengths: &[usize] = match digits {
        [4, ..] => &[13, 16],
        [5, 1..=5, ..] | [6, 0, 1, 1, ..] | [6, 5, ..] | [3, 5, ..] => &[16],
        [3, 4 | 7, ..] | [2, 1, 3, 1, ..] | [1, 8, 0, 0, ..] => &[15],
        [3, 0, 0..=5, ..] | [3, 6 | 8, ..] => &[14],
        _ => &[],
    };
    lengths.contains(&digits.len())
}

/// The formula of Luhn.
fn has_check_digit(digits: &[u8]) -> bool {
    let weighted = |(index, digit): (usize, &u8)| {
        let digit = u32::from(*digit);
        if index % 2 == 0 {
            digit
        } else {
            digit * 2 / 10 + digit * 2 % 10
        }
    };
    digits.iter().rev().enumerate().map(weighted).sum::<u32>() % 10 == 0
}
