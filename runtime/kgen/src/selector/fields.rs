//! Field selectors: `metadata.name=a,spec.phase!=Done`.
//!
//! Grammar and messages are those of `k8s.io/apimachinery/pkg/fields`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::BadSelector;

/// Which values fields have. The empty selector selects every object.
///
/// ```
/// use kgen::selector::FieldSelector;
///
/// let selector: FieldSelector = r"metadata.name=a\,b,spec.phase!=Done".parse()?;
/// let matches = selector.matches(|field| match field {
///     "metadata.name" => "a,b".into(),
///     _ => "".into(),
/// });
/// assert!(matches);
/// # Ok::<(), kgen::selector::BadSelector>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldSelector {
    terms: Vec<FieldTerm>,
}

/// What holds for one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldTerm {
    /// The field, such as `metadata.name`.
    pub field: String,
    /// The value that it is compared with.
    pub value: String,
    /// Whether it has to be that value, or any other.
    pub equals: bool,
}

impl FieldSelector {
    /// What holds for the fields, all of it, in the order of writing.
    pub fn terms(&self) -> &[FieldTerm] {
        &self.terms
    }

    /// Whether every object is selected.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The same selector for objects of which a field also has this value.
    #[must_use]
    pub fn and(mut self, field: impl Into<String>, value: impl Into<String>) -> Self {
        self.terms.push(FieldTerm {
            field: field.into(),
            value: value.into(),
            equals: true,
        });
        self
    }

    /// The value that a field has to have, if there is one: the key of a single object for `metadata.name`.
    pub fn required(&self, field: &str) -> Option<&str> {
        let term = self.terms.iter().find(|term| term.equals && term.field == field);
        term.map(|term| term.value.as_str())
    }

    /// Whether an object is selected whose fields have the values that `value_of` gives; empty for those it lacks.
    pub fn matches<'v>(&self, value_of: impl Fn(&str) -> Cow<'v, str>) -> bool {
        self.terms
            .iter()
            .all(|term| (value_of(&term.field) == term.value) == term.equals)
    }
}

/// Writes what [`FromStr`] reads.
impl fmt::Display for FieldSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, FieldTerm { field, value, equals }) in self.terms.iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            let sign = if *equals { "=" } else { "!=" };
            write!(f, "{comma}{field}{sign}{}", escaped(value))?;
        }
        Ok(())
    }
}

impl FromStr for FieldSelector {
    type Err = BadSelector;

    fn from_str(text: &str) -> Result<Self, BadSelector> {
        let terms = split(text).into_iter().filter(|term| !term.is_empty());
        let terms = terms.map(|term| self::term(term, text));
        Ok(Self {
            terms: terms.collect::<Result<_, _>>()?,
        })
    }
}

/// The terms between commas that no backslash stands before.
fn split(text: &str) -> Vec<&str> {
    let (mut terms, mut start, mut is_escaped) = (Vec::new(), 0, false);
    for (at, character) in text.char_indices() {
        match character {
            ',' if !is_escaped => {
                terms.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
        is_escaped = character == '\\' && !is_escaped;
    }
    terms.push(&text[start..]);
    terms
}

fn term(term: &str, selector: &str) -> Result<FieldTerm, BadSelector> {
    // The first operator counts, and the longer one where two begin at one place.
    let operators = [("!=", false), ("==", true), ("=", true)];
    let first = operators
        .into_iter()
        .filter_map(|(sign, equals)| Some((term.find(sign)?, sign, equals)))
        .min_by_key(|(at, sign, _)| (*at, usize::MAX - sign.len()));
    let Some((at, sign, equals)) = first else {
        let message = format!("invalid selector: '{selector}'; can't understand '{term}'");
        return Err(BadSelector(message));
    };
    Ok(FieldTerm {
        field: term[..at].to_owned(),
        value: unescaped(&term[at + sign.len()..])?,
        equals,
    })
}

fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for character in value.chars() {
        if matches!(character, '\\' | ',' | '=') {
            text.push('\\');
        }
        text.push(character);
    }
    text
}

/// Takes away the backslashes before a backslash, a comma and an equals sign; nothing else may follow one, and neither
/// of the latter two may stand alone.
fn unescaped(text: &str) -> Result<String, BadSelector> {
    let mut value = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some(escaped @ ('\\' | ',' | '=')) => value.push(escaped),
                Some(other) => {
                    return Err(BadSelector(format!(
                        "invalid field selector: invalid escape sequence: \\{other}"
                    )));
                }
                None => {
                    return Err(BadSelector(
                        "invalid field selector: invalid escape sequence: \\".to_owned(),
                    ));
                }
            },
            ',' | '=' => {
                let message = format!("invalid field selector: unescaped character in value: {character}");
                return Err(BadSelector(message));
            }
            other => value.push(other),
        }
    }
    Ok(value)
}
