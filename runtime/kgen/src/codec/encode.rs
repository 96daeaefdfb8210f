//! Encoding of structs, kinds and unions.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Empty, Header};

/// What is written as the members of an object.
pub trait Encode {
    /// Writes the fields in the order in which they are declared.
    fn encode_fields<W: Writer>(&self, out: &mut W) -> Result<(), W::Error>;
}

/// The map that fields are written to.
pub trait Writer: SerializeMap {
    /// Writes a field, whatever it holds.
    fn write<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Self::Error> {
        self.serialize_entry(name, value)
    }

    /// Writes an optional field if it is there.
    fn write_option<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) -> Result<(), Self::Error> {
        match value {
            Some(value) => self.serialize_entry(name, value),
            None => Ok(()),
        }
    }

    /// Writes the members that the schema does not name.
    fn write_others<'a, T: Serialize + 'a>(
        &mut self,
        others: impl IntoIterator<Item = (&'a String, &'a T)>,
    ) -> Result<(), Self::Error> {
        others
            .into_iter()
            .try_for_each(|(name, value)| self.serialize_entry(name, value))
    }

    /// Writes a field unless it is empty.
    fn write_filled<T: Serialize + Empty>(&mut self, name: &'static str, value: &T) -> Result<(), Self::Error> {
        if value.is_empty() {
            return Ok(());
        }
        self.serialize_entry(name, value)
    }
}

impl<S: SerializeMap> Writer for S {}

/// Encodes a struct or union, behind the header if there is one.
pub fn encode<T: Encode, S: Serializer>(value: &T, serializer: S, header: Option<Header>) -> Result<S::Ok, S::Error> {
    let mut out = serializer.serialize_map(None)?;
    if let Some(header) = header {
        out.write("apiVersion", header.api_version)?;
        out.write("kind", header.kind)?;
    }
    value.encode_fields(&mut out)?;
    out.end()
}
