//! The headers `Warning`, which clients show to people.
//!
//! The limits are those of `WithWarningRecorder` in `k8s.io/apiserver/pkg/endpoints/filters`.

use http::header::{HeaderMap, HeaderValue, WARNING};

use crate::request::Warnings;

/// How many characters all warnings of a response may have before each is cut.
const TOTAL: usize = 4 * 1024;
/// How many characters a warning has when it is cut.
const EACH: usize = 256;

/// Writes what a client is warned of.
pub(crate) fn write(warnings: &Warnings, headers: &mut HeaderMap) {
    let texts = warnings.all();
    if texts.is_empty() {
        return;
    }
    let total: usize = texts.iter().map(|text| text.chars().count()).sum();
    let mut written = 0;
    for text in &texts {
        let end = match total > TOTAL {
            true if written >= TOTAL => break,
            true => text.char_indices().nth(EACH).map_or(text.len(), |(end, _)| end),
            false => text.len(),
        };
        written += text[..end].chars().count();
        if let Ok(value) = HeaderValue::from_bytes(quoted(&text[..end]).as_bytes()) {
            headers.append(WARNING, value);
        }
    }
}

/// The value of the header, with the code for what is no error and stays.
fn quoted(text: &str) -> String {
    let mut value = String::with_capacity(text.len() + 8);
    value.push_str("299 - \"");
    for c in text.chars().filter(|c| !c.is_control()) {
        if matches!(c, '"' | '\\') {
            value.push('\\');
        }
        value.push(c);
    }
    value.push('"');
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(texts: impl IntoIterator<Item = String>) -> Vec<String> {
        let warnings = Warnings::default();
        texts.into_iter().for_each(|text| warnings.add(text));
        let mut headers = HeaderMap::new();
        write(&warnings, &mut headers);
        let values = headers.get_all(WARNING).iter();
        values
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
            .collect()
    }

    #[test]
    fn warnings_are_quoted_and_said_once() {
        let texts = ["a \"b\" \\ c", "ünder\nline", "a \"b\" \\ c", ""].map(str::to_owned);
        assert_eq!(written(texts), [r#"299 - "a \"b\" \\ c""#, "299 - \"ünderline\""]);
    }

    #[test]
    fn many_long_warnings_are_cut() {
        let long = |c: char| c.to_string().repeat(3000);
        assert_eq!(written([long('a')])[0].len(), 3000 + 8);
        let both = written([long('a'), long('b')]);
        assert_eq!(both.iter().map(String::len).collect::<Vec<_>>(), [EACH + 8, EACH + 8]);
        let many = written((0..100).map(|n| format!("{n:03}{}", long('ä'))));
        assert_eq!(many.len(), TOTAL / EACH);
    }
}
