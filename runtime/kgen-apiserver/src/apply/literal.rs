//! JSON values as parts of paths: keys of list items and members of sets, with the order and the spelling that Go's
//! implementation gives them. Both reach users: in `fieldsV1` and in the messages of conflicts.

mod go;

use std::cmp::Ordering;
use std::fmt;

use serde_json::{Map, Value};
use smol_str::SmolStr;

pub(crate) use self::go::{is_print, json, json_string, quoted};

/// A JSON value within a path. Texts and numbers, which nearly all are, take no memory of their own.
#[derive(Clone, Debug)]
pub enum Literal {
    /// Any text.
    String(SmolStr),
    /// `true` or `false`.
    Bool(bool),
    /// A number without a fraction.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Anything else. No valid list has such a key, but a client may have written it into `fieldsV1`.
    Other(Box<Value>),
}

impl Literal {
    /// The literal for a value.
    pub fn of(value: &Value) -> Self {
        match View::of(value) {
            View::String(text) => Self::String(text.into()),
            View::Bool(bool) => Self::Bool(bool),
            View::Int(int) => Self::Int(int),
            View::Float(float) => Self::Float(float),
            View::Null | View::List(_) | View::Map(_) => Self::Other(Box::new(value.clone())),
        }
    }

    /// The literal for a value that was read from `fieldsV1`, where all numbers are floating, as in Go. It is told apart
    /// only by how a conflict prints it: 1000000 is then `1e+06`. Numbers that would lose digits stay what they are.
    pub(crate) fn recorded(value: &Value) -> Self {
        match Self::of(value) {
            Self::Int(int) if int.unsigned_abs() <= 1 << 53 => Self::Float(int as f64),
            other => other,
        }
    }

    /// Writes the literal as JSON into `out`, as Go's encoder does.
    pub(crate) fn write_json(&self, out: &mut String) {
        go::write_json(self.view(), out);
    }

    fn view(&self) -> View<'_> {
        match self {
            Self::String(text) => View::String(text),
            Self::Bool(bool) => View::Bool(*bool),
            Self::Int(int) => View::Int(*int),
            Self::Float(float) => View::Float(*float),
            Self::Other(value) => View::of(value),
        }
    }
}

impl Ord for Literal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.view().cmp(other.view())
    }
}

impl PartialOrd for Literal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Literal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Literal {}

/// Written as in the messages of conflicts.
impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&go::text(self.view()))
    }
}

/// Whether two values are the same: numbers by what they count, maps whatever their order.
pub(crate) fn equal(left: &Value, right: &Value) -> bool {
    match (View::of(left), View::of(right)) {
        (View::List(left), View::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (View::Map(left), View::Map(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(name, value)| right.get(name).is_some_and(|other| equal(value, other)))
        }
        (left, right) => left.cmp(right).is_eq(),
    }
}

/// A borrowed value with Go's two kinds of numbers.
#[derive(Clone, Copy)]
enum View<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    String(&'a str),
    List(&'a [Value]),
    Map(&'a Map<String, Value>),
}

impl<'a> View<'a> {
    fn of(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(bool) => Self::Bool(*bool),
            Value::Number(number) => match number.as_i64() {
                Some(int) => Self::Int(int),
                None => Self::Float(number.as_f64().unwrap_or_default()),
            },
            Value::String(text) => Self::String(text),
            Value::Array(items) => Self::List(items),
            Value::Object(map) => Self::Map(map),
        }
    }

    /// Numbers, texts, booleans, lists, maps, null.
    fn rank(self) -> u8 {
        match self {
            Self::Int(_) | Self::Float(_) => 0,
            Self::String(_) => 1,
            Self::Bool(_) => 2,
            Self::List(_) => 3,
            Self::Map(_) => 4,
            Self::Null => 5,
        }
    }

    fn cmp(self, other: View<'_>) -> Ordering {
        match (self, other) {
            (Self::Int(left), View::Int(right)) => left.cmp(&right),
            (Self::Float(left), View::Float(right)) => (left + 0.0).total_cmp(&(right + 0.0)),
            (Self::Int(left), View::Float(right)) => int_to_float(left, right),
            (Self::Float(left), View::Int(right)) => int_to_float(right, left).reverse(),
            (Self::String(left), View::String(right)) => left.cmp(right),
            (Self::Bool(left), View::Bool(right)) => left.cmp(&right),
            (Self::List(left), View::List(right)) => left
                .iter()
                .map(View::of)
                .cmp_by_order(right.iter().map(View::of), View::cmp),
            (Self::Map(left), View::Map(right)) => sorted(left).cmp_by_order(sorted(right), |left, right| {
                left.0
                    .cmp(right.0)
                    .then_with(|| View::of(left.1).cmp(View::of(right.1)))
            }),
            (left, right) => left.rank().cmp(&right.rank()),
        }
    }
}

/// Compares exactly, so that the order stays total where a conversion would lose digits.
fn int_to_float(int: i64, float: f64) -> Ordering {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if float >= LIMIT {
        Ordering::Less
    } else if float < -LIMIT {
        Ordering::Greater
    } else {
        int.cmp(&(float.trunc() as i64))
            .then_with(|| 0.0_f64.total_cmp(&(float.fract() + 0.0)))
    }
}

fn sorted(map: &Map<String, Value>) -> std::vec::IntoIter<(&String, &Value)> {
    let mut members: Vec<_> = map.iter().collect();
    members.sort_by_key(|(name, _)| *name);
    members.into_iter()
}

/// The order of two sequences by a given order of their elements.
trait OrderBy: Iterator + Sized {
    fn cmp_by_order(
        mut self,
        other: impl Iterator<Item = Self::Item>,
        by: impl Fn(Self::Item, Self::Item) -> Ordering,
    ) -> Ordering {
        for right in other {
            let Some(left) = self.next() else { return Ordering::Less };
            let order = by(left, right);
            if order.is_ne() {
                return order;
            }
        }
        if self.next().is_some() {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    }
}

impl<I: Iterator> OrderBy for I {}
