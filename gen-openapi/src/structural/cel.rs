//! Text of CEL expressions, for rules that no schema keyword says.

use kgen_model::Literal;
use kgen_model::analysis::Zero;
use kgen_model::facts::{CelRule, Number};

/// Names that CEL keeps for itself, which Kubernetes therefore escapes as `__name__`.
const RESERVED: [&str; 22] = [
    "true",
    "false",
    "null",
    "in",
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
    "self",
];

/// Whether a member of this name has to be escaped as a whole.
pub(crate) fn is_reserved(name: &str) -> bool {
    // `self` is a variable, not a word of the language: as a member it stands as it is.
    name != "self" && RESERVED.contains(&name)
}

/// A member's name as expressions write it; `None` for names that CEL cannot reach.
pub(crate) fn field_name(wire: &str) -> Option<String> {
    if is_reserved(wire) {
        return Some(format!("__{wire}__"));
    }
    let is_legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '/');
    let begins_well = wire.starts_with(|c: char| is_legal(c) && !c.is_ascii_digit());
    if !begins_well || !wire.chars().all(is_legal) {
        return None;
    }
    let escaped = wire.replace("__", "__underscores__");
    Some(
        escaped
            .replace('.', "__dot__")
            .replace('-', "__dash__")
            .replace('/', "__slash__"),
    )
}

/// A rule with the message for those who break it.
pub(super) fn rule(rule: impl Into<String>, message: impl Into<String>) -> CelRule {
    CelRule {
        rule: rule.into(),
        message: Some(message.into()),
        ..CelRule::default()
    }
}

/// A string literal.
pub(super) fn string(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('\'', "\\'")
        .replace('\n', "\\n")
        .replace('\r', "\\r");
    format!("'{escaped}'")
}

/// A constant, if CEL has it.
pub(super) fn literal(value: &Literal) -> Option<String> {
    match value {
        Literal::Null | Literal::Bool(_) => Some(value.to_string()),
        Literal::Int(value) => i64::try_from(*value).ok().map(|value| value.to_string()),
        Literal::Float(value) => value.is_finite().then(|| format!("{value:?}")),
        Literal::String(text) => Some(string(text)),
        Literal::List(values) => {
            let values = values.iter().map(literal).collect::<Option<Vec<_>>>()?;
            Some(format!("[{}]", values.join(", ")))
        }
        Literal::Object(_) => None,
    }
}

pub(super) fn number(number: Number) -> String {
    match number {
        Number::Int(value) => value.to_string(),
        Number::Float(value) => format!("{value:?}"),
    }
}

/// That a plain value is not empty.
pub(super) fn is_not_zero(zero: Zero, value: &str) -> String {
    match zero {
        Zero::False => value.to_owned(),
        Zero::Int => format!("{value} != 0"),
        Zero::Float => format!("{value} != 0.0"),
        Zero::Text | Zero::List | Zero::Map => format!("size({value}) > 0"),
    }
}

/// A person's rule about another value than `self`. `None` if it loops or matches patterns, so that nobody knows what it
/// costs, or if it names an old value that is not known.
pub(super) fn about(rule: &str, value: &str, old: Option<&str>) -> Option<String> {
    const DEAR: [&str; 6] = [".all(", ".exists", ".map(", ".filter(", ".matches(", ".find"];
    if DEAR.iter().any(|word| rule.contains(word)) {
        return None;
    }
    let mut text = String::new();
    let mut quote = None;
    let mut rest = rule.chars().peekable();
    let mut word = String::new();
    let mut before = ' ';
    while let Some(character) = rest.next() {
        if quote.is_none() && (character.is_ascii_alphanumeric() || character == '_') {
            word.push(character);
            if rest
                .peek()
                .is_some_and(|next| next.is_ascii_alphanumeric() || *next == '_')
            {
                continue;
            }
            match word.as_str() {
                "self" if before != '.' => text.push_str(value),
                "oldSelf" if before != '.' => text.push_str(old?),
                other => text.push_str(other),
            }
            word.clear();
            before = character;
            continue;
        }
        text.push(character);
        before = character;
        match quote {
            Some(_) if character == '\\' => text.extend(rest.next()),
            Some(mark) if character == mark => quote = None,
            None if matches!(character, '\'' | '"') => quote = Some(character),
            Some(_) | None => {}
        }
    }
    Some(text)
}

/// How many of some members may be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HowMany {
    OneOrNone,
    One,
    OneOrMore,
}

/// The rule about how many of some members are set.
pub(super) fn count_set(how_many: HowMany, members: &[String]) -> Option<CelRule> {
    let (holds, message) = count_set_of("self", how_many, members)?;
    Some(rule(holds, message))
}

/// The same for the members of any object, as an expression and a message. Their texts are those of controller-gen.
pub(super) fn count_set_of(value: &str, how_many: HowMany, members: &[String]) -> Option<(String, String)> {
    let names = members
        .iter()
        .map(|member| field_name(member))
        .collect::<Option<Vec<_>>>()?;
    let counted = names
        .iter()
        .map(|name| format!("(has({value}.{name})?1:0)"))
        .collect::<Vec<_>>()
        .join("+");
    let list = members.join(" ");
    Some(match how_many {
        HowMany::OneOrNone => (
            format!("{counted} <= 1"),
            format!("at most one of the fields in [{list}] may be set"),
        ),
        HowMany::One => (
            format!("{counted} == 1"),
            format!("exactly one of the fields in [{list}] must be set"),
        ),
        HowMany::OneOrMore => {
            let any = names
                .iter()
                .map(|name| format!("has({value}.{name})"))
                .collect::<Vec<_>>()
                .join(" || ");
            (any, format!("at least one of the fields in [{list}] must be set"))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_escaped_as_kubernetes_does() {
        let name = |wire: &str| field_name(wire).unwrap_or_default();
        assert_eq!(name("replicas"), "replicas");
        assert_eq!(name("namespace"), "__namespace__");
        assert_eq!(name("a-b.c/d__e"), "a__dash__b__dot__c__slash__d__underscores__e");
        assert_eq!(name("self"), "self");
        assert_eq!(
            (field_name("$ref"), field_name("1st"), field_name("")),
            (None, None, None)
        );
    }

    #[test]
    fn strings_keep_quotes_and_backslashes() {
        assert_eq!(string(r"it's \d"), r"'it\'s \\d'");
    }

    #[test]
    fn rules_are_said_of_other_values() {
        let text = |rule| about(rule, "x.a", None);
        assert_eq!(
            text("self.size() > 1 && other.self != 'self \\' self'").as_deref(),
            Some("x.a.size() > 1 && other.self != 'self \\' self'")
        );
        assert_eq!(text("self != oldSelf"), None);
        assert_eq!(text("self.all(x, x > 1)"), None);
        assert_eq!(about("self > oldSelf", "x", Some("y")).as_deref(), Some("x > y"));
    }

    #[test]
    fn constants_that_cel_lacks_have_no_text() {
        assert_eq!(literal(&Literal::Int(1 << 70)), None);
        assert_eq!(
            literal(&Literal::List(vec![Literal::Int(1), Literal::from("a")])).as_deref(),
            Some("[1, 'a']")
        );
    }

    #[test]
    fn counting_members() {
        let members = ["a".to_owned(), "b".to_owned()];
        let text = |how_many| count_set(how_many, &members).map(|rule| rule.rule).unwrap_or_default();
        assert_eq!(text(HowMany::OneOrNone), "(has(self.a)?1:0)+(has(self.b)?1:0) <= 1");
        assert_eq!(text(HowMany::One), "(has(self.a)?1:0)+(has(self.b)?1:0) == 1");
        assert_eq!(text(HowMany::OneOrMore), "has(self.a) || has(self.b)");
    }
}
