//! What a plain scalar of YAML means, as the tools of Kubernetes read it: numbers by Go's rules, and bools by all the words
//! that YAML once had for them.

use std::borrow::Cow;

use super::yaml::Kind;

/// The value of a scalar without quotes.
pub(super) fn plain(text: Cow<'_, str>) -> Kind<'_> {
    match text.as_ref() {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" | "yes" | "Yes" | "YES" | "y" | "Y" | "on" | "On" | "ON" => Kind::Bool(true),
        "false" | "False" | "FALSE" | "no" | "No" | "NO" | "n" | "N" | "off" | "Off" | "OFF" => Kind::Bool(false),
        word => match number(word) {
            Some(number) => number,
            None => Kind::Text(text),
        },
    }
}

fn number(word: &str) -> Option<Kind<'static>> {
    let unsigned = word.strip_prefix(['-', '+']).unwrap_or(word);
    match unsigned {
        ".inf" | ".Inf" | ".INF" => return Some(Kind::Float(f64::INFINITY)),
        ".nan" | ".NaN" | ".NAN" => return Some(Kind::Float(f64::NAN)),
        _ => {}
    }
    let digits = unsigned.strip_prefix('.').unwrap_or(unsigned);
    if !digits.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let is_negative = word.starts_with('-');
    if let Some(value) = integer(unsigned) {
        return Some(Kind::Int(if is_negative { -value } else { value }));
    }
    let is_decimal = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-');
    let value: f64 = unsigned.chars().all(is_decimal).then(|| unsigned.parse().ok())??;
    Some(Kind::Float(if is_negative { -value } else { value }))
}

/// A whole number with its prefix: `0x`, `0o`, `0b`, or `0` for octal digits as Go has it.
fn integer(word: &str) -> Option<i128> {
    let lower = word.to_ascii_lowercase();
    let (digits, radix) = match lower.get(..2) {
        Some("0x") => (&lower[2..], 16),
        Some("0o") => (&lower[2..], 8),
        Some("0b") => (&lower[2..], 2),
        _ if lower.len() > 1 && lower.starts_with('0') => (&lower[1..], 8),
        _ => (lower.as_str(), 10),
    };
    let is_digits = digits.chars().all(|c| c.is_digit(radix));
    is_digits.then(|| i128::from_str_radix(digits, radix).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match plain(Cow::Borrowed(text)) {
            Kind::Null => "null".to_owned(),
            Kind::Bool(value) => format!("bool {value}"),
            Kind::Int(value) => format!("int {value}"),
            Kind::Float(value) => format!("float {value}"),
            Kind::Text(text) => format!("text {text}"),
            Kind::List(_) | Kind::Map(_) => "no scalar".to_owned(),
        }
    }

    #[test]
    fn scalars_mean_what_go_reads() {
        for (text, wanted) in [
            ("~", "null"),
            ("true", "bool true"),
            ("yes", "bool true"),
            ("N", "bool false"),
            ("-12", "int -12"),
            ("0644", "int 420"),
            ("0x1F", "int 31"),
            ("18446744073709551615", "int 18446744073709551615"),
            ("1.50", "float 1.5"),
            (".5", "float 0.5"),
            ("1e3", "float 1000"),
            ("1.2.3", "text 1.2.3"),
            ("2024-01-01", "text 2024-01-01"),
            ("-Xmx", "text -Xmx"),
            ("=", "text ="),
            ("1Gi", "text 1Gi"),
            ("089", "float 89"),
        ] {
            assert_eq!(read(text), wanted);
        }
    }
}
