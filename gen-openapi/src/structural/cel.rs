//! Text of CEL expressions, for rules that no schema keyword says.

use kgen_model::Literal;
use kgen_model::analysis::Zero;
use kgen_model::facts::{CelRule, Facts, Number, RuleKind};

use super::formats;

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

fn number(number: Number) -> String {
    match number {
        Number::Int(value) => value.to_string(),
        Number::Float(value) => format!("{value:?}"),
    }
}

/// An expression that must hold, with the message for those who break it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) holds: String,
    pub(super) message: String,
}

/// What facts demand of the value of an expression, as far as CEL can say it without changing what `self` is.
pub(super) fn conditions(facts: &Facts, value: &str) -> Vec<Condition> {
    facts.rule_kinds().flat_map(|rule| condition(rule, value)).collect()
}

fn condition(rule: &RuleKind, value: &str) -> Vec<Condition> {
    let one = |holds: String, message: String| vec![Condition { holds, message }];
    match rule {
        RuleKind::Minimum {
            value: bound,
            exclusive,
        } => compare(value, if *exclusive { ">" } else { ">=" }, *bound),
        RuleKind::Maximum {
            value: bound,
            exclusive,
        } => compare(value, if *exclusive { "<" } else { "<=" }, *bound),
        RuleKind::MultipleOf(Number::Int(of)) => {
            one(format!("{value} % {of} == 0"), format!("must be a multiple of {of}"))
        }
        RuleKind::MinLength(count) => one(
            format!("size({value}) >= {count}"),
            format!("must have at least {count} characters"),
        ),
        RuleKind::MaxLength(count) => vec![max_length(*count, value)],
        RuleKind::MaxBytes(count) => vec![max_bytes(*count, value)],
        RuleKind::Pattern(pattern) => vec![matches(pattern, value)],
        RuleKind::Format(name) => named_format(name, value),
        RuleKind::MinItems(count) | RuleKind::MinProperties(count) => one(
            format!("size({value}) >= {count}"),
            format!("must have at least {count} items"),
        ),
        RuleKind::MaxItems(count) | RuleKind::MaxProperties(count) => one(
            format!("size({value}) <= {count}"),
            format!("may not have more than {count} items"),
        ),
        RuleKind::Enum(values) if values.is_empty() => Vec::new(),
        RuleKind::Enum(values) => {
            let list = Literal::List(values.clone());
            literal(&list)
                .into_iter()
                .flat_map(|text| one(format!("{value} in {text}"), format!("must be one of {list}")))
                .collect()
        }
        RuleKind::Neq(other) => not_equal(other, value).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn compare(value: &str, operator: &str, bound: Number) -> Vec<Condition> {
    let words = match operator {
        ">" => "greater than",
        ">=" => "greater than or equal to",
        "<" => "less than",
        _ => "less than or equal to",
    };
    let bound = number(bound);
    vec![Condition {
        holds: format!("{value} {operator} {bound}"),
        message: format!("must be {words} {bound}"),
    }]
}

fn matches(pattern: &str, value: &str) -> Condition {
    Condition {
        holds: format!("{value}.matches({})", string(pattern)),
        message: format!("must match `{pattern}`"),
    }
}

fn named_format(name: &str, value: &str) -> Vec<Condition> {
    let Some(format) = formats::known(name) else {
        return Vec::new();
    };
    let length = format.max_length.map(|count| max_length(count, value));
    let form = Condition {
        message: format!("must be {}", format.noun),
        ..matches(format.pattern, value)
    };
    length.into_iter().chain([form]).collect()
}

fn max_length(count: u64, value: &str) -> Condition {
    Condition {
        holds: format!("size({value}) <= {count}"),
        message: format!("may not have more than {count} characters"),
    }
}

/// At most so many bytes of UTF-8.
pub(super) fn max_bytes(count: u64, value: &str) -> Condition {
    Condition {
        holds: format!("size(bytes({value})) <= {count}"),
        message: format!("may not have more than {count} bytes"),
    }
}

/// Differs from a constant.
pub(super) fn not_equal(other: &Literal, value: &str) -> Option<Condition> {
    let text = literal(other)?;
    Some(Condition {
        holds: format!("{value} != {text}"),
        message: format!("must not be equal to {other}"),
    })
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

impl From<Condition> for CelRule {
    fn from(condition: Condition) -> Self {
        rule(condition.holds, condition.message)
    }
}

/// How many of some members may be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HowMany {
    OneOrNone,
    One,
    OneOrMore,
}

/// The rule about how many of some members are set. Its text is that of controller-gen.
pub(super) fn count_set(how_many: HowMany, members: &[String]) -> Option<CelRule> {
    let names = members
        .iter()
        .map(|member| field_name(member))
        .collect::<Option<Vec<_>>>()?;
    let counted = names
        .iter()
        .map(|name| format!("(has(self.{name})?1:0)"))
        .collect::<Vec<_>>()
        .join("+");
    let list = members.join(" ");
    Some(match how_many {
        HowMany::OneOrNone => rule(
            format!("{counted} <= 1"),
            format!("at most one of the fields in [{list}] may be set"),
        ),
        HowMany::One => rule(
            format!("{counted} == 1"),
            format!("exactly one of the fields in [{list}] must be set"),
        ),
        HowMany::OneOrMore => {
            let any = names
                .iter()
                .map(|name| format!("has(self.{name})"))
                .collect::<Vec<_>>()
                .join(" || ");
            rule(any, format!("at least one of the fields in [{list}] must be set"))
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
