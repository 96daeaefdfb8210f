//! Decoding of structs and kinds.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use crate::k8s::Resource;

/// What is filled field by field while a map is read: a struct, or the parts that one is assembled from.
pub trait Decode: Default {
    /// The names of the fields on the wire. Flattened fields stand here as their own.
    const FIELDS: &'static [&'static str];

    /// Whether members that are none of these are kept.
    const KEEPS_OTHERS: bool = false;

    /// What is there when no field is given. Differs from the default where fields declare one.
    fn start() -> Self {
        Self::default()
    }

    /// Reads the value of the field with this index in `FIELDS`.
    fn decode_field<'de, R: Reader<'de>>(&mut self, field: usize, from: &mut R) -> Result<(), R::Error>;

    /// Reads a member that is none of `FIELDS`. Only asked for where others are kept.
    fn decode_other<'de, R: Reader<'de>>(&mut self, name: String, from: &mut R) -> Result<(), R::Error> {
        drop(name);
        from.skip()
    }
}

/// The map that fields are read from.
pub trait Reader<'de>: MapAccess<'de> {
    /// Reads a plain field: `null` leaves it as it is.
    fn read<T: Deserialize<'de>>(&mut self, field: &mut T) -> Result<(), Self::Error> {
        if let Some(value) = self.next_value()? {
            *field = value;
        }
        Ok(())
    }

    /// Reads an optional field: `null` empties it.
    fn read_option<T: Deserialize<'de>>(&mut self, field: &mut Option<T>) -> Result<(), Self::Error> {
        *field = self.next_value()?;
        Ok(())
    }

    /// Reads the member of a union and makes the variant of it: `null` is no member.
    fn read_member<T, U>(&mut self, variant: impl FnOnce(T) -> U) -> Result<Option<U>, Self::Error>
    where
        T: Deserialize<'de>,
    {
        Ok(self.next_value::<Option<T>>()?.map(variant))
    }

    /// Reads a member into the map of those that the schema does not name.
    fn read_other<T, M>(&mut self, name: String, others: &mut M) -> Result<(), Self::Error>
    where
        T: Deserialize<'de>,
        M: Extend<(String, T)>,
    {
        others.extend([(name, self.next_value()?)]);
        Ok(())
    }

    /// Passes over a value that is not wanted.
    fn skip(&mut self) -> Result<(), Self::Error> {
        self.next_value::<IgnoredAny>().map(drop)
    }
}

impl<'de, M: MapAccess<'de>> Reader<'de> for M {}

/// Why what was read makes no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid(pub(super) String);

impl Invalid {
    /// A field is absent that has no default.
    pub fn missing(field: &str) -> Self {
        Self(format!("missing field {field:?}"))
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Invalid {}

/// The value of a field that has no default.
pub fn required<T>(field: &str, value: Option<T>) -> Result<T, Invalid> {
    value.ok_or_else(|| Invalid::missing(field))
}

/// The two fields that say what an object is.
#[derive(Clone, Copy, Debug)]
pub struct Header {
    /// The group and version.
    pub api_version: &'static str,
    /// The kind.
    pub kind: &'static str,
}

impl Header {
    /// The header of every object of the kind `T`.
    pub const fn of<T: Resource>() -> Self {
        Self {
            api_version: T::API_VERSION,
            kind: T::KIND,
        }
    }
}

/// Decodes a struct, or the parts of one. `name` stands in messages; a header, if it is given, must agree.
pub fn decode<'de, T: Decode, D: Deserializer<'de>>(
    deserializer: D,
    name: &'static str,
    header: Option<Header>,
) -> Result<T, D::Error> {
    deserializer.deserialize_struct(
        name,
        T::FIELDS,
        Fields {
            name,
            header,
            parts: PhantomData,
        },
    )
}

struct Fields<T> {
    name: &'static str,
    header: Option<Header>,
    parts: PhantomData<T>,
}

impl<'de, T: Decode> Visitor<'de> for Fields<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", self.name)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<T, M::Error> {
        let mut parts = T::start();
        let mut keys = Keys {
            fields: T::FIELDS,
            next: 0,
            header: self.header,
            keeps_others: T::KEEPS_OTHERS,
        };
        while let Some(key) = map.next_key_seed(&mut keys)? {
            match key {
                Key::Field(field) => parts.decode_field(field, &mut map)?,
                Key::Header(name, wanted) => check_header(name, wanted, map.next_value()?)?,
                Key::Other(name) => parts.decode_other(name, &mut map)?,
                Key::Unknown => map.skip()?,
            }
        }
        Ok(parts)
    }
}

/// Go leaves an empty header field out, so an empty one is as good as none.
fn check_header<E: Error>(name: &str, wanted: &str, found: Option<String>) -> Result<(), E> {
    match found {
        Some(found) if !found.is_empty() && found != wanted => {
            Err(E::custom(format_args!("{name} is {found:?}, expected {wanted:?}")))
        }
        _ => Ok(()),
    }
}

enum Key {
    Field(usize),
    /// The name and the wanted value.
    Header(&'static str, &'static str),
    /// The name, where such members are kept.
    Other(String),
    Unknown,
}

/// Looks up names. Fields mostly come in the order in which they are declared, so the search goes on where it was.
struct Keys {
    fields: &'static [&'static str],
    next: usize,
    header: Option<Header>,
    keeps_others: bool,
}

impl Keys {
    fn find(&mut self, name: &str) -> Key {
        let (before, after) = self.fields.split_at(self.next);
        let found = match after.iter().position(|field| *field == name) {
            Some(distance) => Some(self.next + distance),
            None => before.iter().position(|field| *field == name),
        };
        match (found, self.header) {
            (Some(field), _) => {
                self.next = field + 1;
                Key::Field(field)
            }
            (None, Some(header)) if name == "apiVersion" => Key::Header("apiVersion", header.api_version),
            (None, Some(header)) if name == "kind" => Key::Header("kind", header.kind),
            (None, _) if self.keeps_others => Key::Other(name.to_owned()),
            (None, _) => Key::Unknown,
        }
    }
}

impl<'de> DeserializeSeed<'de> for &mut Keys {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for &mut Keys {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
        Ok(self.find(name))
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<Key, E> {
        Ok(std::str::from_utf8(name).map_or(Key::Unknown, |name| self.find(name)))
    }
}
