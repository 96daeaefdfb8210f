//! Enums that are names on the wire.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Visitor};
use serde::ser::Serializer;

/// An enum whose values are names on the wire.
pub trait StringEnum: Clone + 'static {
    /// The variants that have a name of their own, in the order in which they are declared.
    const VARIANTS: &'static [Self];

    /// The name of this value.
    fn name(&self) -> &str;

    /// What a name becomes that no variant has. An open enum keeps it, a closed one has nothing for it.
    fn other(_name: &str) -> Option<Self> {
        None
    }

    /// The value that has this name.
    fn from_name(name: &str) -> Option<Self> {
        let variant = Self::VARIANTS.iter().find(|variant| variant.name() == name);
        variant.cloned().or_else(|| Self::other(name))
    }
}

/// Decodes a name. `enum_` is what the enum is called in messages.
pub fn decode_enum<'de, T: StringEnum, D: Deserializer<'de>>(
    deserializer: D,
    enum_: &'static str,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(Name {
        enum_,
        value: PhantomData,
    })
}

/// Encodes the name of a value.
pub fn encode_enum<T: StringEnum, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(value.name())
}

struct Name<T> {
    enum_: &'static str,
    value: PhantomData<T>,
}

impl<T: StringEnum> Visitor<'_> for Name<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a string ({})", self.enum_)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<T, E> {
        T::from_name(name).ok_or_else(|| unsupported(self.enum_, name, T::VARIANTS.iter().map(T::name)))
    }
}

/// The message for a name that is not among those that there are.
pub(super) fn unsupported<'a, E: Error>(what: &str, name: &str, names: impl Iterator<Item = &'a str>) -> E {
    let names: Vec<_> = names.map(|name| format!("{name:?}")).collect();
    E::custom(format_args!(
        "unsupported value {name:?} for {what}, supported values: {}",
        names.join(", ")
    ))
}
