//! Label selectors: `app=web,tier in (a,b),!legacy,size>3`.
//!
//! Grammar, messages and meaning are those of `k8s.io/apimachinery/pkg/labels`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use super::BadSelector;
use crate::k8s;
use crate::validation::{Errors, Path, formats};

/// Which labels objects have. The empty selector selects every object.
///
/// ```
/// use kgen::selector::LabelSelector;
/// use std::collections::BTreeMap;
///
/// let selector: LabelSelector = "app=web,tier in (a,b),!legacy".parse()?;
/// let labels = BTreeMap::from([("app", "web"), ("tier", "b")].map(|(k, v)| (k.to_owned(), v.to_owned())));
/// assert!(selector.matches(Some(&labels)));
/// # Ok::<(), kgen::selector::BadSelector>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelSelector {
    /// What holds for the labels, by key; all of it.
    requirements: Vec<Requirement>,
}

/// What holds for one label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The label.
    pub key: String,
    /// How its value compares.
    pub operator: Operator,
}

/// How the value of a label compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operator {
    /// The label is there, with one of these values.
    In(BTreeSet<String>),
    /// The label is not there, or has none of these values.
    NotIn(BTreeSet<String>),
    /// The label is there.
    Exists,
    /// The label is not there.
    DoesNotExist,
    /// The label is there, and is an integer above this one.
    GreaterThan(i64),
    /// The label is there, and is an integer below this one.
    LessThan(i64),
}

impl LabelSelector {
    /// The selector that all of these make. The order makes no difference.
    pub fn new(requirements: impl IntoIterator<Item = Requirement>) -> Self {
        let mut requirements: Vec<_> = requirements.into_iter().collect();
        requirements.sort_by(|a, b| a.key.cmp(&b.key));
        Self { requirements }
    }

    /// What holds for the labels, by key.
    pub fn requirements(&self) -> &[Requirement] {
        &self.requirements
    }

    /// Whether every object is selected.
    pub fn is_empty(&self) -> bool {
        self.requirements.is_empty()
    }

    /// Whether an object with these labels is selected.
    pub fn matches(&self, labels: Option<&BTreeMap<String, String>>) -> bool {
        self.holds(|key| labels.and_then(|labels| labels.get(key)).map(String::as_str))
    }

    /// Whether an object is selected whose labels have the values that `value_of` gives; none for those it lacks.
    pub fn holds<'v>(&self, value_of: impl Fn(&str) -> Option<&'v str>) -> bool {
        self.requirements
            .iter()
            .all(|requirement| requirement.operator.holds(value_of(&requirement.key)))
    }
}

impl Operator {
    fn holds(&self, label: Option<&str>) -> bool {
        let number = || label.and_then(|label| label.parse::<i64>().ok());
        match self {
            Self::In(values) => label.is_some_and(|label| values.contains(label)),
            Self::NotIn(values) => label.is_none_or(|label| !values.contains(label)),
            Self::Exists => label.is_some(),
            Self::DoesNotExist => label.is_none(),
            Self::GreaterThan(bound) => number().is_some_and(|number| number > *bound),
            Self::LessThan(bound) => number().is_some_and(|number| number < *bound),
        }
    }
}

/// Writes what [`FromStr`] reads.
impl fmt::Display for LabelSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, requirement) in self.requirements.iter().enumerate() {
            if index > 0 {
                f.write_str(",")?;
            }
            requirement.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = &self.key;
        let mut set = |word: &str, values: &BTreeSet<String>| {
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            write!(f, "{key} {word} ({})", values.join(","))
        };
        match &self.operator {
            Operator::In(values) => match values.first().filter(|_| values.len() == 1) {
                Some(value) => write!(f, "{key}={value}"),
                None => set("in", values),
            },
            Operator::NotIn(values) => match values.first().filter(|_| values.len() == 1) {
                Some(value) => write!(f, "{key}!={value}"),
                None => set("notin", values),
            },
            Operator::Exists => f.write_str(key),
            Operator::DoesNotExist => write!(f, "!{key}"),
            Operator::GreaterThan(bound) => write!(f, "{key}>{bound}"),
            Operator::LessThan(bound) => write!(f, "{key}<{bound}"),
        }
    }
}

/// A selector as it stands in objects.
impl TryFrom<&k8s::LabelSelector> for LabelSelector {
    type Error = BadSelector;

    fn try_from(selector: &k8s::LabelSelector) -> Result<Self, BadSelector> {
        let mut requirements = Vec::new();
        for (key, value) in selector.match_labels.iter().flatten() {
            requirements.push(requirement(key, Operator::In([value.clone()].into()))?);
        }
        for expression in selector.match_expressions.iter().flatten() {
            let values = expression.values.iter().flatten().cloned().collect();
            let operator = match expression.operator.as_str() {
                "In" => Operator::In(values),
                "NotIn" => Operator::NotIn(values),
                "Exists" => Operator::Exists,
                "DoesNotExist" => Operator::DoesNotExist,
                other => return Err(BadSelector(format!("{other:?} is not a valid label selector operator"))),
            };
            requirements.push(requirement(&expression.key, operator)?);
        }
        Ok(Self::new(requirements))
    }
}

/// Parses the text of a request. Blanks around words make no difference.
impl FromStr for LabelSelector {
    type Err = BadSelector;

    fn from_str(text: &str) -> Result<Self, BadSelector> {
        let mut parser = Parser { rest: text };
        let mut requirements = Vec::new();
        loop {
            match parser.peek(false) {
                Token::End => return Ok(Self::new(requirements)),
                Token::Word(_) | Token::Sign("!") => {}
                Token::Sign(found) => {
                    let message = format!("found '{found}', expected: !, identifier, or 'end of string'");
                    return Err(BadSelector(message));
                }
            }
            let requirement = parser.requirement();
            let wrapped = |BadSelector(reason)| BadSelector(format!("unable to parse requirement: {reason}"));
            requirements.push(requirement.map_err(wrapped)?);
            match parser.next(false) {
                Token::End => return Ok(Self::new(requirements)),
                Token::Sign(",") => match parser.peek(false) {
                    Token::Word(_) | Token::Sign("!") => {}
                    other => {
                        let message = format!("found '{}', expected: identifier after ','", other.text());
                        return Err(BadSelector(message));
                    }
                },
                other => {
                    let message = format!("found '{}', expected: ',' or 'end of string'", other.text());
                    return Err(BadSelector(message));
                }
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Token<'t> {
    Word(&'t str),
    Sign(&'static str),
    End,
}

impl<'t> Token<'t> {
    fn text(self) -> &'t str {
        match self {
            Self::Word(text) => text,
            Self::Sign(text) => text,
            Self::End => "",
        }
    }
}

/// What is a token of its own. What begins like another one stands behind it.
const SIGNS: [&str; 9] = ["==", "!=", "=", "!", "<", ">", ",", "(", ")"];

struct Parser<'t> {
    rest: &'t str,
}

impl<'t> Parser<'t> {
    /// The next token. `in` and `notin` are operators, and words where values stand.
    fn next(&mut self, is_operator: bool) -> Token<'t> {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
        if self.rest.is_empty() {
            return Token::End;
        }
        if let Some(sign) = SIGNS.into_iter().find(|sign| self.rest.starts_with(sign)) {
            self.rest = &self.rest[sign.len()..];
            return Token::Sign(sign);
        }
        let ends = |character: char| " \t\r\n=!<>,()".contains(character);
        let (word, rest) = self.rest.split_at(self.rest.find(ends).unwrap_or(self.rest.len()));
        self.rest = rest;
        match word {
            "in" if is_operator => Token::Sign("in"),
            "notin" if is_operator => Token::Sign("notin"),
            word => Token::Word(word),
        }
    }

    fn peek(&self, is_operator: bool) -> Token<'t> {
        Parser { rest: self.rest }.next(is_operator)
    }

    fn requirement(&mut self) -> Result<Requirement, BadSelector> {
        let first = self.next(false);
        let is_negated = first == Token::Sign("!");
        let key = match if is_negated { self.next(false) } else { first } {
            Token::Word(key) => key,
            other => return Err(BadSelector(format!("found '{}', expected: identifier", other.text()))),
        };
        check_key(key)?;
        if is_negated {
            return requirement(key, Operator::DoesNotExist);
        }
        if matches!(self.peek(true), Token::End | Token::Sign(",")) {
            return requirement(key, Operator::Exists);
        }
        let operator = match self.next(true) {
            Token::Sign("in") => Operator::In(self.values()?),
            Token::Sign("notin") => Operator::NotIn(self.values()?),
            Token::Sign("=" | "==") => Operator::In([self.value()?.to_owned()].into()),
            Token::Sign("!=") => Operator::NotIn([self.value()?.to_owned()].into()),
            Token::Sign(">") => Operator::GreaterThan(bound(self.value()?)?),
            Token::Sign("<") => Operator::LessThan(bound(self.value()?)?),
            other => {
                let message = format!("found '{}', expected: in, notin, =, ==, !=, gt, lt", other.text());
                return Err(BadSelector(message));
            }
        };
        requirement(key, operator)
    }

    /// The value behind an operator, which may be empty.
    fn value(&mut self) -> Result<&'t str, BadSelector> {
        if matches!(self.peek(false), Token::End | Token::Sign(",")) {
            return Ok("");
        }
        match self.next(false) {
            Token::Word(value) => Ok(value),
            other => Err(BadSelector(format!("found '{}', expected: identifier", other.text()))),
        }
    }

    /// The values in parentheses. An empty one stands where a comma has no neighbour.
    fn values(&mut self) -> Result<BTreeSet<String>, BadSelector> {
        let open = self.next(false);
        if open != Token::Sign("(") {
            return Err(BadSelector(format!("found '{}' expected: '('", open.text())));
        }
        let mut values = BTreeSet::new();
        if self.peek(false) == Token::Sign(")") {
            self.next(false);
            values.insert(String::new());
            return Ok(values);
        }
        loop {
            let value = match self.peek(false) {
                Token::Word(value) => {
                    self.next(false);
                    value
                }
                Token::Sign("," | ")") => "",
                other => {
                    return Err(BadSelector(format!(
                        "found '{}', expected: ',' or identifier",
                        other.text()
                    )));
                }
            };
            values.insert(value.to_owned());
            match self.next(false) {
                Token::Sign(",") => {}
                Token::Sign(")") => return Ok(values),
                other => return Err(BadSelector(format!("found '{}', expected: ',' or ')'", other.text()))),
            }
        }
    }
}

fn bound(text: &str) -> Result<i64, BadSelector> {
    text.parse().map_err(|_| {
        let detail = "for 'Gt', 'Lt' operators, the value must be an integer";
        BadSelector(format!("values[0]: Invalid value: {text:?}: {detail}"))
    })
}

/// A requirement whose key and values are such of labels.
fn requirement(key: &str, operator: Operator) -> Result<Requirement, BadSelector> {
    check_key(key)?;
    let mut errors = Errors::new();
    match &operator {
        Operator::In(values) | Operator::NotIn(values) => {
            if values.is_empty() {
                let message = "values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty";
                return Err(BadSelector(message.to_owned()));
            }
            for (index, value) in values.iter().enumerate() {
                let path = Path::ROOT.child("values");
                formats::k8s_label_value(&mut errors, &path.index(index).key(key), value);
            }
        }
        Operator::Exists | Operator::DoesNotExist | Operator::GreaterThan(_) | Operator::LessThan(_) => {}
    }
    found(errors)?;
    Ok(Requirement {
        key: key.to_owned(),
        operator,
    })
}

fn check_key(key: &str) -> Result<(), BadSelector> {
    let mut errors = Errors::new();
    formats::k8s_label_key(&mut errors, &Path::ROOT, key);
    found(errors)
}

fn found(errors: Errors) -> Result<(), BadSelector> {
    match errors.is_empty() {
        true => Ok(()),
        false => Err(BadSelector(errors.to_string())),
    }
}
