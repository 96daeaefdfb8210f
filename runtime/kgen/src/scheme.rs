//! The kinds of an API by name: what servers, caches and generic clients need of objects whose types they do not know.
//!
//! Generated code describes each kind in each version by a [`KindVersion`]; the function `scheme` of the generated
//! modules gives all of them:
//!
//! ```ignore
//! let scheme = my_api::generated::scheme();
//! let mut object = scheme.decode(json)?;
//! scheme.set_defaults(&mut *object)?;
//! let stored = scheme.to_storage_version(object)?;
//! ```

mod behaviour;
mod builder;
mod by_json;
mod error;
mod json_path;
mod kind;
mod verb;

use std::collections::BTreeMap;

use crate::codec::{self, Decode, Finding, Reader};
use crate::validation::{Errors, Operation};
use crate::{GroupVersionKind, Object};

pub use behaviour::Behaviour;
pub use builder::Builder;
pub use error::{ConvertError, DecodeError, WrongType};
pub use json_path::{BadPath, JsonPath};
pub use kind::{Column, KindVersion, Scale, Subresources, Text};
pub use verb::Verb;

/// All kinds that a program knows, in all their versions.
#[derive(Clone, Debug, Default)]
pub struct Scheme {
    kinds: BTreeMap<GroupVersionKind, KindVersion>,
}

impl Scheme {
    /// A scheme without kinds.
    pub const fn new() -> Self {
        Self { kinds: BTreeMap::new() }
    }

    /// Adds a kind. One that was there under the same name is given back.
    pub fn add(&mut self, kind: KindVersion) -> Option<KindVersion> {
        self.kinds.insert(kind.gvk.clone(), kind)
    }

    /// Takes over all kinds of another scheme.
    pub fn extend(&mut self, other: Self) {
        self.kinds.extend(other.kinds);
    }

    /// What is known of a kind.
    pub fn kind(&self, gvk: &GroupVersionKind) -> Option<&KindVersion> {
        self.kinds.get(gvk)
    }

    /// All kinds, by group, version and kind.
    pub fn kinds(&self) -> impl Iterator<Item = &KindVersion> {
        self.kinds.values()
    }

    /// The versions of a kind, by name.
    pub fn versions<'a>(&'a self, group: &'a str, kind: &'a str) -> impl Iterator<Item = &'a KindVersion> {
        self.kinds()
            .filter(move |known| known.gvk.group == group && known.gvk.kind == kind)
    }

    /// The version that objects of a kind are stored in.
    pub fn storage_version(&self, group: &str, kind: &str) -> Option<&KindVersion> {
        self.kinds()
            .find(|known| known.storage && known.gvk.group == group && known.gvk.kind == kind)
    }

    /// Reads an object of a kind that it names itself, leniently.
    ///
    /// # Errors
    /// If the text is no JSON object of a kind of the scheme.
    pub fn decode(&self, json: &[u8]) -> Result<Box<dyn Object>, DecodeError> {
        let kind = self.kind_of_text(json)?;
        kind.behaviour.decode(json).map_err(DecodeError::Json)
    }

    /// Reads an object as [`Scheme::decode`] does, and reports unknown and duplicate fields.
    ///
    /// # Errors
    /// If the text is no JSON object of a kind of the scheme.
    pub fn decode_strict(&self, json: &[u8]) -> Result<(Box<dyn Object>, Vec<Finding>), DecodeError> {
        let kind = self.kind_of_text(json)?;
        kind.behaviour.decode_strict(json).map_err(DecodeError::Json)
    }

    /// Fills in what the caller left out.
    ///
    /// # Errors
    /// If the object is not of the type that its kind has here. An object of an unknown kind is left as it is.
    pub fn set_defaults(&self, object: &mut dyn Object) -> Result<(), WrongType> {
        match self.kind(&object.gvk()) {
            Some(kind) => kind.behaviour.set_defaults(object),
            None => Ok(()),
        }
    }

    /// All that is wrong with an object; on update `old` is the stored one in the same version. An object of an unknown
    /// kind has no rules.
    ///
    /// # Errors
    /// If one of the objects is not of the type that its kind has here.
    pub fn validate(
        &self,
        object: &dyn Object,
        old: Option<&dyn Object>,
        operation: &Operation<'_>,
    ) -> Result<Errors, WrongType> {
        let mut errors = Errors::new();
        if let Some(kind) = self.kind(&object.gvk()) {
            kind.behaviour.validate(object, old, operation, &mut errors)?;
        }
        Ok(errors)
    }

    /// Brings an object into another version of its kind, through the storage version.
    ///
    /// # Errors
    /// If either version is unknown, if the kinds differ, or if the conversion refuses the object.
    pub fn convert(&self, object: Box<dyn Object>, version: &str) -> Result<Box<dyn Object>, ConvertError> {
        let from = object.gvk();
        if from.version == version {
            return Ok(object);
        }
        let to = GroupVersionKind {
            version: version.to_owned().into(),
            ..from.clone()
        };
        let target = self.kind(&to).ok_or(ConvertError::NotRegistered(to))?;
        let source = self.kind(&from).ok_or(ConvertError::NotRegistered(from))?;
        target
            .behaviour
            .convert_from_hub(source.behaviour.convert_to_hub(object)?)
    }

    /// Brings an object into the version that its kind is stored in.
    ///
    /// # Errors
    /// If the kind is unknown, or if the conversion refuses the object.
    pub fn to_storage_version(&self, object: Box<dyn Object>) -> Result<Box<dyn Object>, ConvertError> {
        let gvk = object.gvk();
        match self.kind(&gvk) {
            Some(kind) => kind.behaviour.convert_to_hub(object),
            None => Err(ConvertError::NotRegistered(gvk)),
        }
    }

    fn kind_of_text(&self, json: &[u8]) -> Result<&KindVersion, DecodeError> {
        let gvk = header(json)?;
        self.kind(&gvk).ok_or(DecodeError::NotRegistered(gvk))
    }
}

/// The kind that an object says it is of.
///
/// # Errors
/// If the text is no JSON object, or does not say it.
pub fn header(json: &[u8]) -> Result<GroupVersionKind, DecodeError> {
    let mut text = serde_json::Deserializer::from_slice(json);
    let header: Header = codec::decode(&mut text, "Object", None).map_err(DecodeError::Json)?;
    if header.kind.is_empty() {
        return Err(DecodeError::MissingKind);
    }
    if header.api_version.is_empty() {
        return Err(DecodeError::MissingApiVersion);
    }
    let (group, version) = match header.api_version.split_once('/') {
        Some((group, version)) => (group.to_owned(), version.to_owned()),
        None => (String::new(), header.api_version),
    };
    Ok(GroupVersionKind {
        group: group.into(),
        version: version.into(),
        kind: header.kind.into(),
    })
}

#[derive(Default)]
struct Header {
    api_version: String,
    kind: String,
}

impl Decode for Header {
    const FIELDS: &'static [&'static str] = &["apiVersion", "kind"];

    fn decode_field<'de, R: Reader<'de>>(&mut self, field: usize, from: &mut R) -> Result<(), R::Error> {
        match field {
            0 => from.read(&mut self.api_version),
            _ => from.read(&mut self.kind),
        }
    }
}
