//! Enums with data: objects of which exactly one member is set.

use std::fmt;

use serde::de::{Deserializer, Error};

use super::{Decode, Invalid, Reader, decode};

/// An enum with data, which is an object on the wire of which exactly one member is set.
///
/// Without a discriminator the member tells the variant: `{"git": {..}}`. With one, a field names it as well, in any
/// order: `{"type": "Git", "git": {..}}`, and a variant without data is that field alone: `{"type": "Scratch"}`.
pub trait Union: Sized {
    /// The names on the wire: the discriminator, if there is one, and then the members.
    const FIELDS: &'static [&'static str];

    /// The values of the discriminator: those of the members, in their order, and then those of variants without data.
    /// Empty if there is no discriminator.
    const TAGS: &'static [&'static str] = &[];

    /// Reads the member with this index, not counting the discriminator.
    fn decode_member<'de, R: Reader<'de>>(member: usize, from: &mut R) -> Result<Option<Self>, R::Error>;

    /// The variant without data that the discriminator names.
    fn unit(_tag: &str) -> Option<Self> {
        None
    }
}

/// Decodes a union. `name` stands in messages.
pub fn decode_union<'de, T: Union, D: Deserializer<'de>>(deserializer: D, name: &'static str) -> Result<T, D::Error> {
    let parts: UnionParts<T> = decode(deserializer, name, None)?;
    parts.assemble().map_err(D::Error::custom)
}

/// What has been read of a union. A struct that flattens one holds this among its parts.
pub struct UnionParts<T> {
    tag: Option<String>,
    member: Option<(usize, T)>,
    /// A member that was set before `member`.
    second: Option<usize>,
}

impl<T> Default for UnionParts<T> {
    fn default() -> Self {
        Self {
            tag: None,
            member: None,
            second: None,
        }
    }
}

impl<T: Union> Decode for UnionParts<T> {
    const FIELDS: &'static [&'static str] = T::FIELDS;

    fn decode_field<'de, R: Reader<'de>>(&mut self, field: usize, from: &mut R) -> Result<(), R::Error> {
        if field < T::FIRST {
            return from.read_option(&mut self.tag);
        }
        let index = field - T::FIRST;
        if let Some(value) = T::decode_member(index, from)? {
            match self.member.replace((index, value)) {
                Some((before, _)) if before != index => self.second = Some(before),
                _ => {}
            }
        }
        Ok(())
    }
}

impl<T: Union> UnionParts<T> {
    /// The union, which must be there.
    pub fn assemble(self) -> Result<T, Invalid> {
        self.assemble_option()?.ok_or_else(|| match T::FIRST {
            0 => Invalid(format!("one of {} must be set", Quoted(T::members()))),
            _ => Invalid::missing(T::FIELDS[0]),
        })
    }

    /// The union, or nothing if none of its fields is given.
    pub fn assemble_option(self) -> Result<Option<T>, Invalid> {
        let (tag, member) = (self.tag.filter(|tag| !tag.is_empty()), self.member);
        if let (Some((index, _)), Some(second)) = (&member, self.second) {
            return Err(Invalid(format!(
                "{:?} and {:?} exclude each other",
                T::members()[second],
                T::members()[*index]
            )));
        }
        match (tag, member) {
            (None, None) => Ok(None),
            (None, Some((_, value))) if T::FIRST == 0 => Ok(Some(value)),
            (None, Some(_)) => Err(Invalid::missing(T::FIELDS[0])),
            (Some(tag), Some((index, value))) if tag == T::TAGS[index] => Ok(Some(value)),
            (Some(tag), Some((index, _))) => Err(Invalid(format!(
                "{:?} is set, which does not go with {:?} being {tag:?}",
                T::members()[index],
                T::FIELDS[0],
            ))),
            (Some(tag), None) => T::without_data(&tag).map(Some),
        }
    }
}

/// What follows from the constants of a union.
trait Layout: Union {
    /// Where the members begin in `FIELDS`.
    const FIRST: usize = if Self::TAGS.is_empty() { 0 } else { 1 };

    fn members() -> &'static [&'static str] {
        &Self::FIELDS[Self::FIRST..]
    }

    fn without_data(tag: &str) -> Result<Self, Invalid> {
        match Self::TAGS.iter().position(|known| *known == tag) {
            Some(index) if index < Self::members().len() => Err(Invalid::missing(Self::members()[index])),
            _ => Self::unit(tag).ok_or_else(|| {
                Invalid(format!(
                    "unsupported value {tag:?} for {:?}, supported values: {}",
                    Self::FIELDS[0],
                    Quoted(Self::TAGS)
                ))
            }),
        }
    }
}

impl<T: Union> Layout for T {}

/// Names in quotes, with commas between.
struct Quoted<'a>(&'a [&'a str]);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, name) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{name:?}")?;
        }
        Ok(())
    }
}
