//! Selectors as reviews of access name them: requirements on labels or fields. An authorizer may allow what is narrowed
//! by them, such as the pods of one node.

use serde::Serialize;

/// The requirements of a selector.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Selector {
    requirements: Vec<Requirement>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Requirement {
    key: String,
    operator: Operator,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist,
}

impl Requirement {
    fn new(key: &str, operator: Operator, values: Vec<String>) -> Option<Self> {
        let key = key.trim().to_owned();
        (!key.is_empty()).then_some(Self { key, operator, values })
    }
}

impl Selector {
    fn of(requirements: Vec<Requirement>) -> Option<Self> {
        (!requirements.is_empty()).then_some(Self { requirements })
    }

    /// Reads a field selector. One that is not valid narrows nothing.
    pub(super) fn fields(text: &str) -> Option<Self> {
        let mut requirements = Vec::new();
        for term in split(text).into_iter().filter(|term| !term.is_empty()) {
            let equals = term.find('=')?;
            let before = &term[..equals];
            let (key, operator) = match before.strip_suffix('!') {
                Some(key) => (key, Operator::NotIn),
                None => (before, Operator::In),
            };
            let value = term[equals + 1..].strip_prefix('=').unwrap_or(&term[equals + 1..]);
            requirements.push(Requirement {
                key: key.to_owned(),
                operator,
                values: vec![unescaped(value)?],
            });
        }
        Self::of(requirements)
    }

    /// Reads a label selector. One that is not valid narrows nothing, and neither do `<` and `>`, which reviews cannot
    /// express.
    pub(super) fn labels(text: &str) -> Option<Self> {
        let mut requirements = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (requirement, after) = label(rest)?;
            requirements.extend(requirement);
            rest = after.trim_start();
            if !rest.is_empty() {
                rest = rest.strip_prefix(',')?.trim_start();
            }
        }
        Self::of(requirements)
    }
}

/// The parts between commas that are not escaped.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut is_escaped) = (0, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'\\' if !is_escaped => is_escaped = true,
            b',' if !is_escaped => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => is_escaped = false,
        }
    }
    parts.push(&text[start..]);
    parts
}

/// `\\`, `\,` and `\=` stand for what they escape; nothing else may be escaped.
fn unescaped(value: &str) -> Option<String> {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(char) = chars.next() {
        match char {
            '\\' => out.push(chars.next().filter(|char| matches!(char, '\\' | ',' | '='))?),
            ',' | '=' => return None,
            char => out.push(char),
        }
    }
    Some(out)
}

/// The requirement at the start, and what follows it.
fn label(text: &str) -> Option<(Option<Requirement>, &str)> {
    if let Some(after) = text.strip_prefix('!') {
        let (key, after) = word(after.trim_start());
        return Some((Some(Requirement::new(key, Operator::DoesNotExist, Vec::new())?), after));
    }
    let (key, after) = word(text);
    let after = after.trim_start();
    let single = |operator: Operator, after| {
        let (value, after) = word_or_nothing(after);
        Some((Some(Requirement::new(key, operator, vec![value.to_owned()])?), after))
    };
    if let Some(after) = after.strip_prefix("==").or_else(|| after.strip_prefix('=')) {
        return single(Operator::In, after);
    }
    if let Some(after) = after.strip_prefix("!=") {
        return single(Operator::NotIn, after);
    }
    if let Some(after) = after.strip_prefix(['<', '>']) {
        let (_, after) = word_or_nothing(after);
        return Some((None, after));
    }
    for (name, operator) in [("notin", Operator::NotIn), ("in", Operator::In)] {
        if let Some(after) = after.strip_prefix(name) {
            let (values, after) = set(after)?;
            return Some((Some(Requirement::new(key, operator, values)?), after));
        }
    }
    Some((Some(Requirement::new(key, Operator::Exists, Vec::new())?), after))
}

/// The values between parentheses, and what follows them.
fn set(text: &str) -> Option<(Vec<String>, &str)> {
    let (inner, after) = text.trim_start().strip_prefix('(')?.split_once(')')?;
    let mut values: Vec<String> = inner.split(',').map(|value| value.trim().to_owned()).collect();
    values.sort();
    values.dedup();
    Some((values, after))
}

fn word(text: &str) -> (&str, &str) {
    let end = text.find(|char: char| char.is_whitespace() || "=!<>,()".contains(char));
    text.split_at(end.unwrap_or(text.len()))
}

/// A value may be empty: `key=` and `key=,other`.
fn word_or_nothing(text: &str) -> (&str, &str) {
    word(text.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(selector: Option<Selector>) -> String {
        let requirements = selector.map(|selector| selector.requirements).unwrap_or_default();
        let texts = requirements.iter().map(|requirement| {
            let Requirement { key, operator, values } = requirement;
            format!("{key} {operator:?} {values:?}")
        });
        texts.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn s149_field_selectors_become_requirements() {
        let fields = |selector| text(Selector::fields(selector));
        assert_eq!(fields("metadata.name=a"), r#"metadata.name In ["a"]"#);
        assert_eq!(fields("a==b,c!=d"), r#"a In ["b"]; c NotIn ["d"]"#);
        assert_eq!(fields(r"a=b\,c,d=\=\\"), r#"a In ["b,c"]; d In ["=\\"]"#);
        assert_eq!(fields("a=,b!="), r#"a In [""]; b NotIn [""]"#);
        for invalid in ["", "a", r"a=\b", "a=b=c", r"a=\"] {
            assert_eq!(Selector::fields(invalid), None, "{invalid}");
        }
    }

    #[test]
    fn s149_label_selectors_become_requirements() {
        let labels = |selector| text(Selector::labels(selector));
        assert_eq!(labels("a=b"), r#"a In ["b"]"#);
        assert_eq!(labels(" a == b , c != d "), r#"a In ["b"]; c NotIn ["d"]"#);
        assert_eq!(
            labels("a in (z, b),c notin (d),e,!f"),
            r#"a In ["b", "z"]; c NotIn ["d"]; e Exists []; f DoesNotExist []"#
        );
        assert_eq!(labels("a>1,b"), "b Exists []");
        assert_eq!(labels("a=,b"), r#"a In [""]; b Exists []"#);
        for invalid in ["", "a in b", "a in (b", "=a", "!", "a b", "a,,b", "a=b c"] {
            assert_eq!(Selector::labels(invalid), None, "{invalid}");
        }
    }
}
