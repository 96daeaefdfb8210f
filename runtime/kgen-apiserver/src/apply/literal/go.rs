//! How Go prints JSON values: as text in messages, and as JSON within `fieldsV1`.

use serde_json::Value;

use super::{View, sorted};

/// The value as the message of a conflict shows it.
pub(super) fn text(view: View<'_>) -> String {
    match view {
        View::Null => "null".to_owned(),
        View::Bool(bool) => bool.to_string(),
        View::Int(int) => int.to_string(),
        View::Float(float) => short_float(float),
        View::String(text) => quoted(text),
        View::List(items) => {
            let items: Vec<String> = items.iter().map(|item| text(View::of(item))).collect();
            format!("[{}]", items.join(","))
        }
        View::Map(map) => sorted(map)
            .map(|(name, value)| format!("{name}={}", text(View::of(value))))
            .collect(),
    }
}

/// `%v` of a floating number: the fewest digits, and an exponent from a million on.
fn short_float(float: f64) -> String {
    let (mantissa, exponent) = scientific(float);
    if (-4..6).contains(&exponent) || float == 0.0 {
        return float.to_string();
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.unsigned_abs())
}

fn scientific(float: f64) -> (String, i32) {
    let text = format!("{float:e}");
    match text.split_once('e') {
        Some((mantissa, exponent)) => (mantissa.to_owned(), exponent.parse().unwrap_or(0)),
        None => (text, 0),
    }
}

/// `%q` of a text.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{b}' => out.push_str("\\v"),
            char if is_print(char) => out.push(char),
            char if char.is_ascii() => out.push_str(&format!("\\x{:02x}", u32::from(char))),
            char if u32::from(char) > 0xffff => out.push_str(&format!("\\U{:08x}", u32::from(char))),
            char => out.push_str(&format!("\\u{:04x}", u32::from(char))),
        }
    }
    out.push('"');
    out
}

/// Go's `unicode.IsPrint`. The standard library has the same table only behind its escapes, which treat a combining
/// character otherwise when it stands first.
pub(crate) fn is_print(char: char) -> bool {
    matches!(char, '"' | '\'' | '\\') || {
        let text: String = ['a', char].into_iter().collect();
        text.escape_debug().count() == 2
    }
}

/// Writes a value as Go's encoder does: sorted members, `<`, `>` and `&` escaped, no fraction where none is needed.
pub(super) fn write_json(view: View<'_>, out: &mut String) {
    match view {
        View::Null => out.push_str("null"),
        View::Bool(bool) => out.push_str(if bool { "true" } else { "false" }),
        View::Int(int) => out.push_str(&format!("{int}")),
        View::Float(float) => write_float(float, out),
        View::String(text) => json_string(text, out),
        View::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_json(View::of(item), out);
            }
            out.push(']');
        }
        View::Map(map) => {
            out.push('{');
            for (index, (name, value)) in sorted(map).enumerate() {
                if index > 0 {
                    out.push(',');
                }
                json_string(name, out);
                out.push(':');
                write_json(View::of(value), out);
            }
            out.push('}');
        }
    }
}

/// Writes a whole value. See [`write_json`].
pub(crate) fn json(value: &Value) -> String {
    let mut out = String::new();
    write_json(View::of(value), &mut out);
    out
}

fn write_float(float: f64, out: &mut String) {
    let size = float.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let (mantissa, exponent) = scientific(float);
        let sign = if exponent < 0 { '-' } else { '+' };
        out.push_str(&format!("{mantissa}e{sign}{}", exponent.unsigned_abs()));
    } else {
        out.push_str(&format!("{float}"));
    }
}

/// Writes a text as JSON with `<`, `>` and `&` escaped.
pub(crate) fn json_string(text: &str, out: &mut String) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(char)));
            }
            char => out.push(char),
        }
    }
    out.push('"');
}
