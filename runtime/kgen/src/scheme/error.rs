//! Why objects cannot be found, read or converted by the names of their kinds.

use std::fmt;

use crate::GroupVersionKind;
use crate::conversion::ConversionError;

/// Why no object could be read.
#[derive(Debug)]
pub enum DecodeError {
    /// The text is no JSON object, or not one of its kind.
    Json(serde_json::Error),
    /// The object does not say its `apiVersion`.
    MissingApiVersion,
    /// The object does not say its `kind`.
    MissingKind,
    /// The object is of a kind that the scheme does not have.
    NotRegistered(GroupVersionKind),
}

/// Worded as in Kubernetes.
impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => error.fmt(f),
            Self::MissingApiVersion => f.write_str("Object 'apiVersion' is missing"),
            Self::MissingKind => f.write_str("Object 'Kind' is missing"),
            Self::NotRegistered(gvk) => not_registered(gvk, f),
        }
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Json(error) => Some(error),
            Self::MissingApiVersion | Self::MissingKind | Self::NotRegistered(_) => None,
        }
    }
}

/// Why an object could not be brought into another version.
#[derive(Debug)]
pub enum ConvertError {
    /// One of the two kinds is not registered, or has no storage version that is.
    NotRegistered(GroupVersionKind),
    /// The object is not of the type that its kind has here.
    WrongType(WrongType),
    /// The conversion refused the object.
    Conversion(ConversionError),
}

impl fmt::Display for ConvertError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRegistered(gvk) => not_registered(gvk, f),
            Self::WrongType(error) => error.fmt(f),
            Self::Conversion(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ConvertError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotRegistered(_) => None,
            Self::WrongType(error) => Some(error),
            Self::Conversion(error) => Some(error),
        }
    }
}

impl From<WrongType> for ConvertError {
    fn from(error: WrongType) -> Self {
        Self::WrongType(error)
    }
}

/// An object is not of the Rust type that belongs to its kind. The scheme's own objects always are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongType {
    /// The Rust type.
    pub wanted: &'static str,
    /// What the object is.
    pub found: GroupVersionKind,
}

impl fmt::Display for WrongType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the object of {} is no `{}`", self.found, self.wanted)
    }
}

impl std::error::Error for WrongType {}

fn not_registered(gvk: &GroupVersionKind, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let version = gvk.api_version();
    write!(f, "no kind {:?} is registered for version {version:?}", gvk.kind)
}
