//! `pattern`: a text matches a regular expression.

use super::in_body;
use crate::validation::{Error, Errors, Path, Pattern};

/// Some part of the text matches the pattern.
pub fn pattern(errors: &mut Errors, path: &Path<'_>, value: &str, pattern: &Pattern) {
    let broken = match pattern.is_match(value) {
        Ok(true) => return,
        Ok(false) => None,
        Err(error) => Some(error),
    };
    errors.push_with(|| {
        let text = pattern.as_str();
        let detail = match broken {
            None => format!("{} should match '{text}'", in_body(path)),
            Some(error) => format!(
                "{} should match '{text}, but pattern is invalid: {error}'",
                in_body(path)
            ),
        };
        Error::invalid(path, value, detail)
    });
}
