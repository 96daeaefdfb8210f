//! The versions of a kind, as far as merging has to know them.

use std::fmt;

use serde_json::Value;

use super::object_type::ObjectType;

/// The versions of a kind. Managers are recorded in the version that they wrote, and what they own is compared there.
pub trait Versions: Send + Sync {
    /// The type of the objects of a version; none for versions that are not served any more.
    fn object_type(&self, api_version: &str) -> Option<&ObjectType>;

    /// Converts an object, whatever version it is in.
    fn convert(&self, object: &Value, api_version: &str) -> Result<Value, ConvertError>;
}

/// Why an object is not converted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConvertError {
    /// There is no such version any more. Managers that wrote in it are forgotten.
    UnknownVersion,
    /// The conversion failed.
    Failed(String),
}

impl fmt::Display for ConvertError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownVersion => f.write_str("no such version"),
            Self::Failed(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for ConvertError {}

/// A kind with one version.
#[derive(Clone, Debug)]
pub struct SingleVersion {
    api_version: String,
    object_type: ObjectType,
}

impl SingleVersion {
    /// The version and the type of its objects.
    pub fn new(api_version: impl Into<String>, object_type: ObjectType) -> Self {
        Self {
            api_version: api_version.into(),
            object_type,
        }
    }
}

impl Versions for SingleVersion {
    fn object_type(&self, api_version: &str) -> Option<&ObjectType> {
        (api_version == self.api_version).then_some(&self.object_type)
    }

    fn convert(&self, object: &Value, api_version: &str) -> Result<Value, ConvertError> {
        if api_version == self.api_version {
            Ok(object.clone())
        } else {
            Err(ConvertError::UnknownVersion)
        }
    }
}
