//! Values as Go's `fmt` and `encoding/json` write them, which is what messages of Kubernetes show.

use std::fmt::{self, Write as _};
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// A text in quotes, as `%q` of Go writes it.
pub(super) struct Quoted<'a>(pub(super) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                '\x07' => f.write_str("\\a")?,
                '\x08' => f.write_str("\\b")?,
                '\x0c' => f.write_str("\\f")?,
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                '\x0b' => f.write_str("\\v")?,
                ' '..='~' => f.write_char(c)?,
                '\0'..='\x7f' => write!(f, "\\x{:02x}", u32::from(c))?,
                _ if is_printable(c) => f.write_char(c)?,
                '\u{80}'..='\u{ffff}' => write!(f, "\\u{:04x}", u32::from(c))?,
                '\u{10000}'.. => write!(f, "\\U{:08x}", u32::from(c))?,
            }
        }
        f.write_char('"')
    }
}

/// Whether a character that is not ASCII is a letter, mark, number, punctuation or symbol.
fn is_printable(c: char) -> bool {
    // Marks are escaped only where they begin a text, so another character goes before.
    let mut buffer = [b'a'; 5];
    let end = 1 + c.encode_utf8(&mut buffer[1..]).len();
    let text = std::str::from_utf8(&buffer[..end]).unwrap_or_default();
    text.escape_debug().nth(1) == Some(c)
}

/// A number as `%v` of Go writes it: the shortest digits that come back the same, with an exponent below -4 or from 6 on.
pub(super) struct Float(pub(super) f64);

impl fmt::Display for Float {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            number if number.is_nan() => f.write_str("NaN"),
            f64::INFINITY => f.write_str("+Inf"),
            f64::NEG_INFINITY => f.write_str("-Inf"),
            number => match scientific(number) {
                (digits, exponent) if !(-4..6).contains(&exponent) => {
                    let sign = if exponent < 0 { '-' } else { '+' };
                    write!(f, "{digits}e{sign}{:02}", exponent.unsigned_abs())
                }
                _ => write!(f, "{number}"),
            },
        }
    }
}

/// The digits of a finite number, with a point after the first, and its exponent.
fn scientific(number: f64) -> (String, i32) {
    let mut digits = format!("{number:e}");
    let point = digits.find('e').unwrap_or(digits.len());
    let exponent = digits
        .get(point + 1..)
        .and_then(|exponent| exponent.parse().ok())
        .unwrap_or_default();
    digits.truncate(point);
    (digits, exponent)
}

/// A value as Go's `encoding/json` writes it.
pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> String {
    let mut json = Vec::new();
    match value.serialize(&mut Serializer::with_formatter(&mut json, GoJson)) {
        Ok(()) => String::from_utf8(json).unwrap_or_default(),
        // A value that has no JSON is shown as the reason for that.
        Err(error) => Quoted(&error.to_string()).to_string(),
    }
}

/// Writes JSON as Go's `encoding/json` does.
struct GoJson;

impl Formatter for GoJson {
    fn write_f32<W: Write + ?Sized>(&mut self, writer: &mut W, value: f32) -> io::Result<()> {
        self.write_f64(writer, value.to_string().parse().unwrap_or(f64::NAN))
    }

    fn write_f64<W: Write + ?Sized>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        match scientific(value) {
            (digits, exponent) if !(-6..21).contains(&exponent) => {
                let sign = if exponent < 0 { '-' } else { '+' };
                write!(writer, "{digits}e{sign}{}", exponent.unsigned_abs())
            }
            _ => write!(writer, "{value}"),
        }
    }

    /// Escapes what means something in HTML and in JavaScript.
    fn write_string_fragment<W: Write + ?Sized>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(index) = rest.find(['<', '>', '&', '\u{2028}', '\u{2029}']) {
            let (plain, escaped) = rest.split_at(index);
            let mut escaped = escaped.chars();
            let c = escaped.next().map_or(0, u32::from);
            write!(writer, "{plain}\\u{c:04x}")?;
            rest = escaped.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}
