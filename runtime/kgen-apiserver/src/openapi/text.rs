//! JSON text without what only its generator and its readers in an editor need.

/// The first key of generated documents, which says that they were generated.
const HEADER: &[u8] = b"\"x-kgen\":";

/// The document in one line, and without the header of generated files.
pub(super) fn compact(json: &[u8]) -> Vec<u8> {
    let mut compact = Vec::with_capacity(json.len() / 2);
    let (mut in_text, mut is_escaped) = (false, false);
    for &byte in json {
        if in_text {
            in_text = is_escaped || byte != b'"';
            is_escaped = !is_escaped && byte == b'\\';
        } else if byte.is_ascii_whitespace() {
            continue;
        } else {
            in_text = byte == b'"';
        }
        compact.push(byte);
    }
    if let Some(end) = header_end(&compact) {
        compact.drain(1..end);
    }
    compact
}

/// Where the header ends that stands first in an object.
fn header_end(compact: &[u8]) -> Option<usize> {
    let value = compact.strip_prefix(b"{")?.strip_prefix(HEADER)?.strip_prefix(b"\"")?;
    let start = compact.len() - value.len();
    let mut is_escaped = false;
    let quote = value.iter().position(|&byte| {
        let ends = !is_escaped && byte == b'"';
        is_escaped = !is_escaped && byte == b'\\';
        ends
    })?;
    let end = start + quote + 1;
    Some(end + usize::from(compact.get(end) == Some(&b',')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_the_header_go() {
        for (json, wanted) in [
            (r#"{ "a" : [ 1, "b  \" c" ] }"#, r#"{"a":[1,"b  \" c"]}"#),
            ("{\n  \"x-kgen\": \"say \\\"hi\\\"\",\n  \"a\": 1\n}\n", r#"{"a":1}"#),
            (r#"{"x-kgen": "only"}"#, "{}"),
            (r#"{"a": "x", "x-kgen": "later"}"#, r#"{"a":"x","x-kgen":"later"}"#),
            (r#"{"a": "\\"}"#, r#"{"a":"\\"}"#),
        ] {
            assert_eq!(String::from_utf8_lossy(&compact(json.as_bytes())), wanted);
        }
    }
}
