//! JSON text that was written here: finding a member in it, and writing it for people.

use std::ops::Range;

use serde_json::Value;

use crate::failure::Failure;

/// Where the value of a member stands in the text of an object, as serde_json writes it: without blanks.
pub(super) fn member(json: &[u8], name: &str) -> Option<Range<usize>> {
    let mut at = 1;
    while json.get(at) == Some(&b'"') {
        let key_end = string_end(json, at)?;
        let key = &json[at + 1..key_end];
        let start = key_end + 2;
        let end = value_end(json, start)?;
        if key == name.as_bytes() {
            return Some(start..end);
        }
        at = end + 1;
    }
    None
}

/// Where the quote is that ends the string that begins at `start`.
fn string_end(json: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match json.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// Where the value ends that begins at `start`.
fn value_end(json: &[u8], start: usize) -> Option<usize> {
    let (mut at, mut depth) = (start, 0);
    loop {
        match json.get(at)? {
            b'"' => at = string_end(json, at)?,
            b'{' | b'[' => depth += 1,
            b',' if depth == 0 => return Some(at),
            b'}' | b']' if depth == 0 => return Some(at),
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
}

/// The same text with lines and blanks for people.
pub(super) fn indented(json: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(json.len() * 2);
    let (mut depth, mut at) = (0_usize, 0);
    let line = |out: &mut Vec<u8>, depth: usize| {
        out.push(b'\n');
        out.resize(out.len() + 2 * depth, b' ');
    };
    while let Some(&byte) = json.get(at) {
        match byte {
            b'"' => {
                let end = string_end(json, at).unwrap_or(json.len() - 1);
                out.extend_from_slice(&json[at..=end]);
                at = end;
            }
            b'{' | b'[' => {
                out.push(byte);
                match json.get(at + 1) {
                    Some(&end @ (b'}' | b']')) => {
                        out.push(end);
                        at += 1;
                    }
                    _ => {
                        depth += 1;
                        line(&mut out, depth);
                    }
                }
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(byte);
            }
            b',' => {
                out.push(byte);
                line(&mut out, depth);
            }
            b':' => out.extend_from_slice(b": "),
            byte => out.push(byte),
        }
        at += 1;
    }
    out
}

/// The same in YAML.
pub(super) fn yaml(json: &[u8]) -> Result<Vec<u8>, Failure> {
    let value: Value = serde_json::from_slice(json).map_err(Failure::internal)?;
    let mut text = serde_saphyr::to_string(&value).map_err(Failure::internal)?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(text.into_bytes())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_are_found_at_the_top_only() {
        let text = json!({"a": {"metadata": 1, "x": "}\"{"}, "b": [1, "]"], "metadata": {"name": "n\\\""}, "z": null});
        let text = text.to_string();
        let at = member(text.as_bytes(), "metadata").expect("it is there");
        assert_eq!(&text[at], r#"{"name":"n\\\""}"#);
        let at = member(text.as_bytes(), "z").expect("it is there");
        assert_eq!(&text[at], "null");
        assert_eq!(member(text.as_bytes(), "x"), None);
        assert_eq!(member(b"{}", "x"), None);
    }

    #[test]
    fn people_get_lines() {
        let value = json!({"a": [], "b": {}, "c": [1, {"d": "x,{\"\\"}], "e": null});
        let pretty = serde_json::to_string_pretty(&value).expect("it is JSON");
        assert_eq!(String::from_utf8_lossy(&indented(value.to_string().as_bytes())), pretty);
    }

    #[test]
    fn yaml_keeps_strings_strings() {
        let words = [
            "",
            "y",
            "no",
            "On",
            "null",
            "~",
            "1",
            "1e3",
            "0x1f",
            "0o7",
            "1_000",
            "12:30",
            ".5",
            ".inf",
            "=",
            "<<",
            "-",
            "a: b",
            "a #b",
            "#",
            " a",
            "a ",
            "%a",
            "@a",
            "`a",
            "!a",
            "&a",
            "*a",
            "[a",
            "{a",
            "|",
            ">",
            "'",
            "\"",
            "a\nb\n",
            "2026-01-01T00:00:00Z",
            "2026-01-01",
            "\u{7}",
            "ä",
        ];
        for word in words {
            let json = json!({ word: word, "l": [word] }).to_string();
            let text = String::from_utf8(yaml(json.as_bytes()).expect("it is written")).expect("it is text");
            let back: Value = serde_saphyr::from_str(&text).expect("it is YAML");
            assert_eq!(back.to_string(), json, "{text}");
        }
        let text = yaml(br#"{"a":"2026-01-01T00:00:00Z","b":"y"}"#).expect("it is written");
        // YAML 1.1 readers take these for a time and for a boolean where there are no quotes.
        assert_eq!(
            String::from_utf8_lossy(&text),
            "a: \"2026-01-01T00:00:00Z\"\nb: \"y\"\n"
        );
    }
}
