//! Why an apply is refused.

use std::fmt;

use super::conflict::Conflicts;

/// One entry of `details.causes` of a status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// A word for programs, such as `FieldManagerConflict` or `FieldValueInvalid`.
    pub reason: &'static str,
    /// A sentence for people.
    pub message: String,
    /// The field, such as `.spec.replicas` for conflicts and `metadata.managedFields[0].operation` for the others.
    pub field: String,
}

/// Why an apply is refused. The texts are the messages of the status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApplyError {
    /// The configuration is of another kind or version than the endpoint; how Kubernetes writes its kind.
    WrongKind(String),
    /// The configuration has `metadata.managedFields`.
    ManagedFieldsGiven,
    /// The configuration does not fit the schema, or names an item twice.
    InvalidConfig(String),
    /// Others own fields that would change.
    Conflicts(Conflicts),
    /// The object in the store does not fit the schema.
    InvalidLive(String),
    /// `metadata.managedFields` of the object in the store cannot be read.
    InvalidManagedFields(String),
    /// The object cannot be converted to a version that a manager wrote it in.
    Conversion(String),
}

impl ApplyError {
    /// The HTTP status.
    pub fn code(&self) -> u16 {
        match self {
            Self::WrongKind(_) | Self::ManagedFieldsGiven | Self::InvalidConfig(_) => 400,
            Self::Conflicts(_) => 409,
            Self::InvalidLive(_) | Self::InvalidManagedFields(_) | Self::Conversion(_) => 500,
        }
    }

    /// The reason of the status.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::WrongKind(_) | Self::ManagedFieldsGiven | Self::InvalidConfig(_) => "BadRequest",
            Self::Conflicts(_) => "Conflict",
            Self::InvalidLive(_) | Self::InvalidManagedFields(_) | Self::Conversion(_) => "InternalError",
        }
    }

    /// What stands in `details.causes`. A conflict's details hold nothing else.
    pub fn causes(&self) -> Vec<Cause> {
        match self {
            Self::Conflicts(conflicts) => conflicts.causes(),
            Self::WrongKind(_)
            | Self::ManagedFieldsGiven
            | Self::InvalidConfig(_)
            | Self::InvalidLive(_)
            | Self::InvalidManagedFields(_)
            | Self::Conversion(_) => Vec::new(),
        }
    }
}

impl fmt::Display for ApplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongKind(kind) => write!(f, "invalid object type: {kind}"),
            Self::ManagedFieldsGiven => f.write_str("metadata.managedFields must be nil"),
            Self::Conflicts(conflicts) => conflicts.fmt(f),
            Self::InvalidManagedFields(why) => write!(f, "failed to decode managed fields: {why}"),
            Self::InvalidConfig(why) | Self::InvalidLive(why) | Self::Conversion(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for ApplyError {}
