//! The form of field sets in `metadata.managedFields[].fieldsV1`.
//!
//! A set is a tree of JSON objects. A key is a path element, `.` says that the path to here is itself a member, and an
//! empty object is a member with nothing below it.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde::{Deserialize, de};
use serde_json::Value;

use super::{FieldSet, Node};
use crate::apply::MAX_DEPTH;
use crate::apply::path::{InvalidElement, PathElement};

/// Why a text or value is no field set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidFields(String);

impl fmt::Display for InvalidFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidFields {}

impl FieldSet {
    /// Reads the JSON text of a `fieldsV1`.
    pub fn from_json(text: &str) -> Result<Self, InvalidFields> {
        serde_json::from_str(text).map_err(|error| InvalidFields(error.to_string()))
    }

    /// Reads the value of a `fieldsV1`.
    pub fn from_value(value: &Value) -> Result<Self, InvalidFields> {
        Self::deserialize(value).map_err(|error| InvalidFields(error.to_string()))
    }

    /// Writes the JSON text of a `fieldsV1`, byte for byte as Kubernetes does.
    pub fn to_json(&self) -> String {
        // A map with keys of text always has a JSON form.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Serialize for FieldSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Members {
            set: self,
            with_self: false,
        }
        .serialize(serializer)
    }
}

struct Members<'a> {
    set: &'a FieldSet,
    with_self: bool,
}

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let with_self = self.with_self && !self.set.is_empty();
        let mut map = serializer.serialize_map(Some(self.set.nodes.len() + usize::from(with_self)))?;
        if with_self {
            map.serialize_entry(
                ".",
                &Members {
                    set: &FieldSet::default(),
                    with_self: false,
                },
            )?;
        }
        let mut key = String::new();
        for node in &self.set.nodes {
            key.clear();
            node.element.write(&mut key);
            map.serialize_entry(
                &key,
                &Members {
                    set: &node.children,
                    with_self: node.is_member,
                },
            )?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for FieldSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Level { depth: 0 }.deserialize(deserializer)?.children)
    }
}

/// Reads one object of the tree.
struct Level {
    depth: usize,
}

/// What one object of the tree says.
#[derive(Default)]
struct Subtree {
    is_member: bool,
    children: FieldSet,
}

impl<'de> DeserializeSeed<'de> for Level {
    type Value = Subtree;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Subtree, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level {
    type Value = Subtree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of path elements")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Subtree, E> {
        Ok(Subtree {
            is_member: true,
            children: FieldSet::default(),
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Subtree, A::Error> {
        if self.depth >= MAX_DEPTH {
            return Err(A::Error::custom("fields are nested too deeply"));
        }
        let mut subtree = Subtree::default();
        while let Some(element) = map.next_key_seed(Key)? {
            let element = match element {
                Element::Itself => {
                    subtree.is_member = true;
                    map.next_value::<de::IgnoredAny>()?;
                    continue;
                }
                Element::Unknown => {
                    map.next_value::<de::IgnoredAny>()?;
                    continue;
                }
                Element::Known(element) => element,
            };
            let below = map.next_value_seed(Level { depth: self.depth + 1 })?;
            if let Some(node) = Node::some(element, below.is_member, below.children) {
                subtree.children.push(node);
            }
        }
        subtree.is_member |= subtree.children.is_empty();
        Ok(subtree)
    }
}

/// Reads a key without making a text of its own of it.
struct Key;

enum Element {
    Itself,
    Unknown,
    Known(PathElement),
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Element;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Element, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Element;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a path element")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Element, E> {
        if text == "." {
            return Ok(Element::Itself);
        }
        match PathElement::parse(text) {
            Ok(element) => Ok(Element::Known(element)),
            Err(InvalidElement::Unknown) => Ok(Element::Unknown),
            Err(InvalidElement::Malformed(why)) => Err(E::custom(format!("parsing key as path element: {why}"))),
        }
    }
}
