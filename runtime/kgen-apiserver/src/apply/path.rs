//! Paths to fields and list items, and how they are spelled in messages and in `fieldsV1`.

use std::fmt;

use serde_json::Value;
use smol_str::SmolStr;

use super::literal::{Literal, json_string};

/// A way from an object to one of its fields or items.
pub type Path = Vec<PathElement>;

/// One step of a path. The order of the cases is the order in `fieldsV1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PathElement {
    /// A member of a map or struct.
    Field(SmolStr),
    /// The item of a list whose key fields have these values; sorted by name.
    Key(Box<[KeyField]>),
    /// The item of a set that has this value.
    Value(Literal),
    /// The item at an index.
    Index(i64),
}

/// One part of the key of a list item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyField {
    /// The name of the key field.
    pub name: SmolStr,
    /// Its value in the item.
    pub value: Literal,
}

/// What stands in `fieldsV1` where a path element should.
pub(crate) enum InvalidElement {
    /// It has a form that this version does not know, and is skipped, as newer writers may have good reasons.
    Unknown,
    /// It cannot be read.
    Malformed(String),
}

impl PathElement {
    /// The member of a map or struct with this name.
    pub fn field(name: &str) -> Self {
        Self::Field(name.into())
    }

    /// The list item whose key fields have these values.
    pub fn key<'a>(fields: impl IntoIterator<Item = (&'a str, Value)>) -> Self {
        let fields = fields.into_iter().map(|(name, value)| KeyField {
            name: name.into(),
            value: Literal::of(&value),
        });
        Self::sorted_key(fields.collect())
    }

    /// The member of a set with this value.
    pub fn value(value: &Value) -> Self {
        Self::Value(Literal::of(value))
    }

    pub(crate) fn sorted_key(mut fields: Vec<KeyField>) -> Self {
        fields.sort_by(|left, right| left.name.cmp(&right.name));
        Self::Key(fields.into())
    }

    /// Reads the spelling of `fieldsV1`.
    pub(crate) fn parse(text: &str) -> Result<Self, InvalidElement> {
        let malformed = |error: serde_json::Error| InvalidElement::Malformed(error.to_string());
        let (kind, rest) = match text.as_bytes() {
            [] | [_] => return Err(InvalidElement::Malformed("key must be 2 characters long".to_owned())),
            [kind, b':', ..] => (*kind, &text[2..]),
            _ => return Err(InvalidElement::Malformed(format!("missing colon: {text}"))),
        };
        match kind {
            b'f' => Ok(Self::field(rest)),
            b'v' => serde_json::from_str(rest)
                .map(|value| Self::Value(Literal::recorded(&value)))
                .map_err(malformed),
            b'k' => {
                let members: serde_json::Map<String, Value> = serde_json::from_str(rest).map_err(malformed)?;
                let fields = members.iter();
                let fields = fields.map(|(name, value)| KeyField {
                    name: name.into(),
                    value: Literal::recorded(value),
                });
                Ok(Self::sorted_key(fields.collect()))
            }
            b'i' => rest
                .parse()
                .map(Self::Index)
                .map_err(|_| InvalidElement::Malformed(format!("invalid index: {rest}"))),
            _ => Err(InvalidElement::Unknown),
        }
    }

    /// Appends the spelling of `fieldsV1`.
    pub(crate) fn write(&self, out: &mut String) {
        match self {
            Self::Field(name) => {
                out.push_str("f:");
                out.push_str(name);
            }
            Self::Key(fields) => {
                out.push_str("k:{");
                for (index, field) in fields.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    json_string(&field.name, out);
                    out.push(':');
                    field.value.write_json(out);
                }
                out.push('}');
            }
            Self::Value(value) => {
                out.push_str("v:");
                value.write_json(out);
            }
            Self::Index(index) => {
                out.push_str("i:");
                out.push_str(&index.to_string());
            }
        }
    }
}

/// Written as in the messages of conflicts, such as `.ports[port=80,protocol="TCP"]`.
impl fmt::Display for PathElement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(name) => write!(f, ".{name}"),
            Self::Key(fields) => {
                for (index, field) in fields.iter().enumerate() {
                    write!(
                        f,
                        "{}{}={}",
                        if index == 0 { '[' } else { ',' },
                        field.name,
                        field.value
                    )?;
                }
                f.write_str(if fields.is_empty() { "[]" } else { "]" })
            }
            Self::Value(value) => write!(f, "[={value}]"),
            Self::Index(index) => write!(f, "[{index}]"),
        }
    }
}

/// A whole path as in the messages of conflicts.
pub(crate) fn text(path: &[PathElement]) -> String {
    path.iter().map(PathElement::to_string).collect()
}
