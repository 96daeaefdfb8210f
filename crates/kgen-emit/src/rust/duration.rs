//! Lengths of time as text, in the notation of Go. The runtime reads them in the same way when a program runs.

use super::Value;

/// The sign of the smallest value makes it one nanosecond longer than the largest.
const LONGEST: u64 = 1 << 63;

/// The length of time that a text such as `1h30m` names.
pub(super) fn duration(text: &str) -> Option<Value> {
    let mut rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mut length: u64 = 0;
    if rest == "0" {
        return Some(Value::Duration { nanoseconds: 0 });
    }
    loop {
        let (part, behind) = leading_part(rest)?;
        length = length.checked_add(part).filter(|length| *length <= LONGEST)?;
        if behind.is_empty() {
            break;
        }
        rest = behind;
    }
    let nanoseconds = if text.starts_with('-') {
        0_i64.checked_sub_unsigned(length)?
    } else {
        i64::try_from(length).ok()?
    };
    Some(Value::Duration { nanoseconds })
}

/// A number and its unit as nanoseconds, and what stands behind them.
fn leading_part(text: &str) -> Option<(u64, &str)> {
    let (whole, behind) = leading_digits(text);
    let (fraction, behind) = behind.strip_prefix('.').map_or(("", behind), leading_digits);
    let is_behind = |c: char| c == '.' || c.is_ascii_digit();
    let (unit, behind) = behind.split_at(behind.find(is_behind).unwrap_or(behind.len()));
    let unit = nanoseconds_of(unit).filter(|_| !whole.is_empty() || !fraction.is_empty())?;
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let nanoseconds = whole.checked_mul(unit)?.checked_add(of_fraction(unit, fraction))?;
    Some((nanoseconds, behind))
}

fn leading_digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

fn nanoseconds_of(unit: &str) -> Option<u64> {
    Some(match unit {
        "ns" => 1,
        "us" | "\u{b5}s" | "\u{3bc}s" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    })
}

/// The digits behind the point in nanoseconds, computed as Go does.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "Go computes with the same numbers"
)]
fn of_fraction(unit: u64, digits: &str) -> u64 {
    let (mut fraction, mut scale) = (0_u64, 1.0_f64);
    for digit in digits.bytes().map(|byte| u64::from(byte - b'0')) {
        let longer = fraction.checked_mul(10).and_then(|tens| tens.checked_add(digit));
        let Some(longer) = longer.filter(|longer| *longer <= LONGEST) else {
            break;
        };
        (fraction, scale) = (longer, scale * 10.0);
    }
    (fraction as f64 * (unit as f64 / scale)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_nanoseconds() {
        let cases = [
            ("0", 0),
            ("1h30m", 5_400_000_000_000),
            ("-1.5h", -5_400_000_000_000),
            ("+300ms", 300_000_000),
            (".5s5\u{b5}s", 500_005_000),
            ("9223372036854775807ns", i64::MAX),
            ("-2562047h47m16.854775808s", i64::MIN),
        ];
        for (text, nanoseconds) in cases {
            assert_eq!(duration(text), Some(Value::Duration { nanoseconds }), "{text}");
        }
    }

    #[test]
    fn what_is_no_length_of_time_is_none() {
        for text in [
            "",
            "-",
            "1",
            "s",
            ".s",
            "1d",
            "1 h",
            "1h ",
            "2562048h",
            "9223372036854775808ns",
        ] {
            assert_eq!(duration(text), None, "{text}");
        }
    }
}
