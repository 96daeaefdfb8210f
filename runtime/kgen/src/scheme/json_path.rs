//! The paths of printer columns and selectable fields: the part of the JSONPath of kubectl that leads to values.

use std::cmp::Ordering;
use std::fmt;

use serde_json::Value;

/// The number of steps that a path has at most.
const MAX_STEPS: usize = 32;

/// A path into an object, such as `.spec.customer` or `.status.conditions[?(@.type=="Ready")].status`.
///
/// It knows members (`.a`, `['a.b']`, `.a\.b`), elements (`[0]`, `[-1]`), slices (`[0:2]`), all elements (`[*]`), members
/// at any depth (`..a`), and elements that have a member (`[?(@.a)]`) or a member that compares to a value
/// (`[?(@.a=="b")]`; also `!=`, `<`, `<=`, `>` and `>=`).
///
/// ```
/// use kgen::scheme::JsonPath;
/// use serde_json::json;
///
/// let path: JsonPath = r#".status.conditions[?(@.type=="Ready")].status"#.parse()?;
/// let object = json!({"status": {"conditions": [{"type": "Ready", "status": "True"}]}});
/// assert_eq!(path.first(&object), Some(&json!("True")));
/// # Ok::<(), kgen::scheme::BadPath>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonPath {
    text: String,
    steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Member(String),
    Anywhere(String),
    Element(i64),
    Slice(Option<i64>, Option<i64>),
    All,
    Where(Vec<String>, Option<(Comparison, Value)>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Equal,
    NotEqual,
    LessOrEqual,
    GreaterOrEqual,
    Less,
    Greater,
}

/// How comparisons are written. What begins like another one stands behind it.
const COMPARISONS: [(&str, Comparison); 6] = [
    ("==", Comparison::Equal),
    ("!=", Comparison::NotEqual),
    ("<=", Comparison::LessOrEqual),
    (">=", Comparison::GreaterOrEqual),
    ("<", Comparison::Less),
    (">", Comparison::Greater),
];

/// What is no path, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadPath {
    path: String,
    reason: &'static str,
}

impl fmt::Display for BadPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no path: {}", self.path, self.reason)
    }
}

impl std::error::Error for BadPath {}

impl JsonPath {
    /// The path as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The names of the members on the way, if the path has no other steps and so leads to one place.
    pub fn members(&self) -> Option<Vec<&str>> {
        let members = self.steps.iter().map(|step| match step {
            Step::Member(name) => Some(name.as_str()),
            Step::Anywhere(_) | Step::Element(_) | Step::Slice(..) | Step::All | Step::Where(..) => None,
        });
        members.collect()
    }

    /// All values that the path leads to.
    pub fn all<'v>(&self, object: &'v Value) -> Vec<&'v Value> {
        self.steps.iter().fold(vec![object], |values, step| {
            values.into_iter().flat_map(|value| step.from(value)).collect()
        })
    }

    /// The first value that the path leads to, which is the one that a column shows.
    pub fn first<'v>(&self, object: &'v Value) -> Option<&'v Value> {
        self.all(object).into_iter().next()
    }
}

impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::str::FromStr for JsonPath {
    type Err = BadPath;

    fn from_str(text: &str) -> Result<Self, BadPath> {
        let bad = |reason| BadPath {
            path: text.to_owned(),
            reason,
        };
        let mut steps = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (step, after) = step(rest).map_err(bad)?;
            steps.push(step);
            rest = after;
            if steps.len() > MAX_STEPS {
                return Err(bad("it has too many steps"));
            }
        }
        if steps.is_empty() {
            return Err(bad("it has no steps"));
        }
        Ok(Self {
            text: text.to_owned(),
            steps,
        })
    }
}

impl Step {
    fn from<'v>(&self, value: &'v Value) -> Vec<&'v Value> {
        match (self, value) {
            (Self::Member(name), Value::Object(members)) => members.get(name).into_iter().collect(),
            (Self::Anywhere(name), _) => {
                let mut found = Vec::new();
                anywhere(value, name, &mut found);
                found
            }
            (Self::Element(index), Value::Array(elements)) => {
                let element = elements.get(position(*index, elements.len()));
                element
                    .filter(|_| index.unsigned_abs() <= elements.len() as u64)
                    .into_iter()
                    .collect()
            }
            (Self::Slice(from, to), Value::Array(elements)) => {
                let place = |index: i64| position(index, elements.len()).min(elements.len());
                let (from, to) = (from.map_or(0, place), to.map_or(elements.len(), place));
                elements.get(from..to).unwrap_or_default().iter().collect()
            }
            (Self::All, Value::Array(elements)) => elements.iter().collect(),
            (Self::All, Value::Object(members)) => members.values().collect(),
            (Self::Where(members, test), Value::Array(elements)) => {
                let is_meant = |element: &&Value| {
                    let found = members.iter().try_fold(*element, |element, name| element.get(name));
                    found.is_some_and(|found| test.as_ref().is_none_or(|(test, value)| test.holds(found, value)))
                };
                elements.iter().filter(is_meant).collect()
            }
            (Self::Member(_) | Self::Element(_) | Self::Slice(..) | Self::All | Self::Where(..), _) => Vec::new(),
        }
    }
}

impl Comparison {
    fn holds(self, left: &Value, right: &Value) -> bool {
        let order = match (left, right) {
            (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
            (Value::Number(left), Value::Number(right)) => match (left.as_f64(), right.as_f64()) {
                (Some(left), Some(right)) => left.partial_cmp(&right),
                _ => None,
            },
            _ => None,
        };
        match self {
            Self::Equal => left == right || order.is_some_and(Ordering::is_eq),
            Self::NotEqual => left != right && !order.is_some_and(Ordering::is_eq),
            Self::LessOrEqual => order.is_some_and(Ordering::is_le),
            Self::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
            Self::Less => order.is_some_and(Ordering::is_lt),
            Self::Greater => order.is_some_and(Ordering::is_gt),
        }
    }
}

/// The members of a name in a value and in all that lies below it.
fn anywhere<'v>(value: &'v Value, name: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get(name));
            members.values().for_each(|member| anywhere(member, name, found));
        }
        Value::Array(elements) => elements.iter().for_each(|element| anywhere(element, name, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Where an index stands that counts from the end if it is negative.
fn position(index: i64, length: usize) -> usize {
    let distance = usize::try_from(index.unsigned_abs()).unwrap_or(usize::MAX);
    if index < 0 {
        length.saturating_sub(distance)
    } else {
        distance
    }
}

/// The first step of a path, and what is left.
fn step(text: &str) -> Result<(Step, &str), &'static str> {
    if let Some(rest) = text.strip_prefix(".[").or_else(|| text.strip_prefix('[')) {
        return bracket(rest);
    }
    let rest = text.strip_prefix('.').ok_or("a step begins with `.` or `[`")?;
    let below = rest.strip_prefix('.');
    let (name, rest) = member(below.unwrap_or(rest));
    match (name.as_str(), below.is_some()) {
        ("", _) => Err("a member has no name"),
        ("*", false) => Ok((Step::All, rest)),
        (_, false) => Ok((Step::Member(name), rest)),
        (_, true) => Ok((Step::Anywhere(name), rest)),
    }
}

/// A name up to the next step. A backslash takes the character behind it as it is.
fn member(text: &str) -> (String, &str) {
    let mut name = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => name.extend(characters.next().map(|(_, escaped)| escaped)),
            '.' | '[' => return (name, &text[at..]),
            _ => name.push(character),
        }
    }
    (name, "")
}

/// What stands behind `[`.
fn bracket(text: &str) -> Result<(Step, &str), &'static str> {
    if let Some(rest) = text.strip_prefix("?(") {
        let (condition, rest) = rest.split_once(")]").ok_or("a filter ends with `)]`")?;
        return Ok((filter(condition)?, rest));
    }
    if let Some(quote) = text.chars().next().filter(|first| matches!(first, '\'' | '"')) {
        let (name, rest) = text[1..].split_once(quote).ok_or("a quote is not closed")?;
        let rest = rest.strip_prefix(']').ok_or("a bracket is not closed")?;
        return Ok((Step::Member(name.to_owned()), rest));
    }
    let (index, rest) = text.split_once(']').ok_or("a bracket is not closed")?;
    let number = |text: &str| text.trim().parse().map_err(|_| "an index is a number or `*`");
    let end = |text: &str| match text.trim() {
        "" => Ok(None),
        text => number(text).map(Some),
    };
    let step = match (index.trim(), index.split_once(':')) {
        ("*", _) => Step::All,
        (_, Some((from, to))) => Step::Slice(end(from)?, end(to)?),
        (index, None) => Step::Element(number(index)?),
    };
    Ok((step, rest))
}

fn filter(condition: &str) -> Result<Step, &'static str> {
    let comparison = COMPARISONS
        .iter()
        .find_map(|(sign, comparison)| Some((condition.split_once(sign)?, *comparison)));
    let (left, test) = match comparison {
        Some(((left, right), comparison)) => (left, Some((comparison, value(right.trim())?))),
        None => (condition, None),
    };
    let mut rest = left.trim().strip_prefix('@').ok_or("a filter begins with `@`")?;
    let mut members = Vec::new();
    while !rest.is_empty() {
        let (step, after) = step(rest)?;
        let Step::Member(name) = step else {
            return Err("a filter looks at a member");
        };
        members.push(name);
        rest = after;
    }
    Ok(Step::Where(members, test))
}

/// The right side of a comparison: a string in either kind of quotes, or a JSON value.
fn value(text: &str) -> Result<Value, &'static str> {
    let single = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
    match single {
        Some(text) => Ok(Value::String(text.to_owned())),
        None => serde_json::from_str(text).map_err(|_| "a filter compares with a string, a number or a bool"),
    }
}
