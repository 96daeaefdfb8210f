//! Quantities, which are kept as the text that they were read from.

use super::ConversionError;
use crate::k8s::Quantity;

/// The quantity that a text stands for, such as `1.5Gi`. The text is kept.
///
/// # Errors
/// When it is none, by the notation that apimachinery's `resource.ParseQuantity` reads.
pub fn quantity(text: String) -> Result<Quantity, ConversionError> {
    if is_quantity(&text) {
        Ok(Quantity(text))
    } else {
        Err(ConversionError::new(format!("{text:?} is no quantity")))
    }
}

/// A number with a sign or none, and a suffix or none: `Ki`, `m`, `k`, `e3` ..
fn is_quantity(text: &str) -> bool {
    after_number(text).is_some_and(|suffix| match suffix.as_bytes() {
        [] | [b'n' | b'u' | b'm' | b'k' | b'M' | b'G' | b'T' | b'P' | b'E'] => true,
        [b'K' | b'M' | b'G' | b'T' | b'P' | b'E', b'i'] => true,
        [b'e' | b'E', ..] => after_number(&suffix[1..]).is_some_and(str::is_empty),
        _ => false,
    })
}

/// What follows a sign and digits, with a point among them or before them.
fn after_number(text: &str) -> Option<&str> {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let after_digits = |text: &'_ str| text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let whole = &text[text.len() - after_digits(text)..];
    let Some(decimals) = whole.strip_prefix('.') else {
        return (whole.len() < text.len()).then_some(whole);
    };
    let rest = &decimals[decimals.len() - after_digits(decimals)..];
    let has_digits = whole.len() < text.len() || rest.len() < decimals.len();
    has_digits.then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_suffixes_are_quantities() {
        for text in [
            "0", "1.5Gi", "-100m", "+.5", "5.", "1e3", "1E-3", "2E", "3Ei", "1k", "7n",
        ] {
            assert_eq!(quantity(text.to_owned()), Ok(Quantity(text.to_owned())));
        }
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "", ".", "-", "a", "1 Gi", "1K", "1mi", "1e", "1ee3", "1e3k", "--1", "1..2", "1Gib", "é",
        ] {
            let error = quantity(text.to_owned()).expect_err("it is no quantity");
            assert_eq!(error.to_string(), format!("{text:?} is no quantity"));
        }
    }
}
