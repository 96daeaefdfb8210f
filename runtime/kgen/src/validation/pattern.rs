//! Regular expressions of schemas.

mod re2;

use std::fmt;
use std::sync::OnceLock;

use regex::{Error, Regex};

/// A regular expression as schemas have them: the syntax of RE2, not anchored. It is compiled when it is first used.
///
/// Classes of Unicode characters (`\p{Greek}`) are errors, unless something else in the build turns on the features of
/// `regex` that know them.
///
/// ```
/// use kgen::validation::Pattern;
///
/// static NAME: Pattern = Pattern::new("^[a-z]+$");
/// assert_eq!(NAME.is_match("abc"), Ok(true));
/// assert_eq!(NAME.is_match("ABC"), Ok(false));
/// ```
pub struct Pattern {
    text: &'static str,
    regex: OnceLock<Result<Regex, Error>>,
}

impl Pattern {
    /// The pattern with this text.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self {
            text,
            regex: OnceLock::new(),
        }
    }

    /// The text of the pattern.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        self.text
    }

    /// Whether some part of a text matches.
    ///
    /// # Errors
    /// Why the pattern is none.
    pub fn is_match(&self, value: &str) -> Result<bool, InvalidPattern> {
        let regex = self.regex.get_or_init(|| Regex::new(&re2::rewrite(self.text)));
        match regex {
            Ok(regex) => Ok(regex.is_match(value)),
            Err(error) => Err(InvalidPattern(error.to_string())),
        }
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.text).finish()
    }
}

/// Why a text is no [`Pattern`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidPattern(String);

impl fmt::Display for InvalidPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidPattern {}
