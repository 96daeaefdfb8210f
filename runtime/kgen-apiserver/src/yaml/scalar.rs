//! What a plain scalar of YAML means, as the Go servers read it: bools by all the words that YAML 1.1 has for them, and
//! numbers by Go's rules.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Number, Value};

/// The value of a scalar without quotes.
///
/// # Errors
/// If JSON has no such value.
pub(super) fn plain(text: &str) -> Result<Value, String> {
    Ok(match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "y" | "Y" | "on" | "On" | "ON" => Value::Bool(true),
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "n" | "N" | "off" | "Off" | "OFF" => Value::Bool(false),
        ".nan" | ".NaN" | ".NAN" => return Err("json: unsupported value: NaN".to_owned()),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
            return Err("json: unsupported value: +Inf".to_owned());
        }
        "-.inf" | "-.Inf" | "-.INF" => return Err("json: unsupported value: -Inf".to_owned()),
        text => number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number),
    })
}

/// The text behind `!!binary`.
pub(super) fn binary(text: &str) -> Option<Value> {
    let bare: String = text.split_whitespace().collect();
    let bytes = STANDARD.decode(bare).ok()?;
    Some(Value::String(String::from_utf8_lossy(&bytes).into_owned()))
}

fn number(text: &str) -> Option<Number> {
    if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.')) {
        return None;
    }
    let bare = text.replace('_', "");
    let (is_negative, unsigned) = match bare.as_bytes().first()? {
        b'-' => (true, &bare[1..]),
        b'+' => (false, &bare[1..]),
        _ => (false, bare.as_str()),
    };
    match (integer(unsigned), is_negative) {
        (Some(value), false) => return Some(value.into()),
        (Some(value), true) if value <= i64::MIN.unsigned_abs() => {
            return Some(0_i64.wrapping_sub_unsigned(value).into());
        }
        (Some(_), true) | (None, _) => {}
    }
    let value = decimal(unsigned)?;
    float(if is_negative { -value } else { value })
}

/// A whole number with its prefix: `0x`, `0o`, `0b`, or `0` for octal digits as Go has it.
fn integer(text: &str) -> Option<u64> {
    let lower = text.to_ascii_lowercase();
    let (digits, radix) = match lower.get(..2) {
        Some("0x") => (&lower[2..], 16),
        Some("0o") => (&lower[2..], 8),
        Some("0b") => (&lower[2..], 2),
        _ if lower.len() > 1 && lower.starts_with('0') => (&lower[1..], 8),
        _ => (lower.as_str(), 10),
    };
    let is_digits = digits.chars().all(|c| c.is_digit(radix));
    is_digits.then(|| u64::from_str_radix(digits, radix).ok())?
}

/// `12`, `.5`, `1.`, `1.5e-3`.
fn decimal(text: &str) -> Option<f64> {
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let has_digits = mantissa.bytes().any(|byte| byte.is_ascii_digit());
    let is_decimal = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-');
    (has_digits && text.chars().all(is_decimal)).then(|| text.parse().ok())?
}

/// A number as Go writes it to JSON: without a fraction where there is none, so that it fits an integer.
pub(super) fn float(value: f64) -> Option<Number> {
    let whole = value as i64;
    if value.abs() < 9e18 && (whole as f64).to_bits() == value.to_bits() {
        return Some(whole.into());
    }
    Number::from_f64(value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn scalars_mean_what_go_reads() {
        for (text, wanted) in [
            ("~", json!(null)),
            ("yes", json!(true)),
            ("N", json!(false)),
            ("off", json!(false)),
            ("-12", json!(-12)),
            ("+7", json!(7)),
            ("1_000", json!(1000)),
            ("0644", json!(420)),
            ("08", json!(8)),
            ("0x1F", json!(31)),
            ("0b11", json!(3)),
            ("-9223372036854775808", json!(i64::MIN)),
            ("18446744073709551615", json!(u64::MAX)),
            ("1.5", json!(1.5)),
            ("1e3", json!(1000)),
            (".5", json!(0.5)),
            ("-", json!("-")),
            (".", json!(".")),
            ("1.2.3", json!("1.2.3")),
            ("2024-01-02", json!("2024-01-02")),
            ("12:30", json!("12:30")),
            ("0x", json!("0x")),
            ("truth", json!("truth")),
        ] {
            assert_eq!(plain(text), Ok(wanted), "{text}");
        }
        assert!(plain(".inf").is_err());
        assert!(plain(".NaN").is_err());
    }
}
