//! One error about one field.

use std::fmt;

use k8s_openapi::apimachinery::pkg::apis::meta::v1::StatusCause;

use super::text::Quoted;
use super::{BadValue, ErrorKind, Level, Path};

/// What is wrong with one field; `field.Error` of apimachinery.
///
/// Displayed as `spec.replicas: Invalid value: -1: must be greater than or equal to 0`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The sort of error.
    pub kind: ErrorKind,
    /// The path of the field: `spec.ports[0].name`.
    pub field: String,
    /// The value that is wrong.
    pub bad_value: BadValue,
    /// What is wrong with it, may be empty.
    pub detail: String,
    /// The rule that found it (`maximum`, `format=k8s-short-name`); empty where kind and field say it all.
    pub origin: &'static str,
    /// How mature that rule is.
    pub level: Level,
}

impl Error {
    /// An error of any kind.
    #[must_use]
    pub fn new(kind: ErrorKind, path: &Path<'_>, bad_value: BadValue, detail: String) -> Self {
        Self {
            kind,
            field: path.to_string(),
            bad_value,
            detail,
            origin: "",
            level: Level::Stable,
        }
    }

    /// A value is missing.
    #[must_use]
    pub fn required(path: &Path<'_>, detail: impl Into<String>) -> Self {
        Self::new(ErrorKind::Required, path, "".into(), detail.into())
    }

    /// What the value refers to does not exist.
    #[must_use]
    pub fn not_found(path: &Path<'_>, value: impl Into<BadValue>) -> Self {
        Self::new(ErrorKind::NotFound, path, value.into(), String::new())
    }

    /// A value that must be unique is not.
    #[must_use]
    pub fn duplicate(path: &Path<'_>, value: impl Into<BadValue>) -> Self {
        Self::new(ErrorKind::Duplicate, path, value.into(), String::new())
    }

    /// The value breaks a rule.
    #[must_use]
    pub fn invalid(path: &Path<'_>, value: impl Into<BadValue>, detail: impl Into<String>) -> Self {
        Self::new(ErrorKind::Invalid, path, value.into(), detail.into())
    }

    /// The value has another type or format than its schema says.
    #[must_use]
    pub fn type_invalid(path: &Path<'_>, value: impl Into<BadValue>, detail: impl Into<String>) -> Self {
        Self::new(ErrorKind::TypeInvalid, path, value.into(), detail.into())
    }

    /// The value is none of the supported ones, which are listed in the order given.
    #[must_use]
    pub fn not_supported<S: AsRef<str>>(path: &Path<'_>, value: impl Into<BadValue>, supported: &[S]) -> Self {
        let mut detail = String::new();
        for (index, value) in supported.iter().enumerate() {
            detail.push_str(if index == 0 { "supported values: " } else { ", " });
            detail.push_str(&Quoted(value.as_ref()).to_string());
        }
        Self::new(ErrorKind::NotSupported, path, value.into(), detail)
    }

    /// The value may not be given here and now.
    #[must_use]
    pub fn forbidden(path: &Path<'_>, detail: impl Into<String>) -> Self {
        Self::new(ErrorKind::Forbidden, path, "".into(), detail.into())
    }

    /// A text has more bytes than it may have.
    #[must_use]
    pub fn too_long(path: &Path<'_>, max: usize) -> Self {
        let detail = format!("may not be more than {max} {}", plural(max, "byte", "bytes"));
        Self::new(ErrorKind::TooLong, path, "<value omitted>".into(), detail)
    }

    /// A text has more characters than it may have.
    #[must_use]
    pub fn too_long_characters(path: &Path<'_>, max: usize) -> Self {
        let detail = format!("may not be more than {max} {}", plural(max, "character", "characters"));
        Self::new(ErrorKind::TooLong, path, "<value omitted>".into(), detail)
    }

    /// A text has fewer characters than it must have.
    #[must_use]
    pub fn too_short(path: &Path<'_>, value: &str, min: usize) -> Self {
        let detail = format!("must be at least {min} {}", plural(min, "character", "characters"));
        Self::new(ErrorKind::TooShort, path, value.into(), detail)
    }

    /// A list or a map has more items than it may have.
    #[must_use]
    pub fn too_many(path: &Path<'_>, count: usize, max: usize) -> Self {
        let detail = format!("must have at most {max} {}", plural(max, "item", "items"));
        Self::new(ErrorKind::TooMany, path, count.into(), detail)
    }

    /// A list or a map has fewer items than it must have.
    #[must_use]
    pub fn too_few(path: &Path<'_>, count: usize, min: usize) -> Self {
        let detail = format!("must have at least {min} {}", plural(min, "item", "items"));
        Self::new(ErrorKind::TooFew, path, count.into(), detail)
    }

    /// Something that is not the user's fault.
    #[must_use]
    pub fn internal(path: &Path<'_>, detail: impl Into<String>) -> Self {
        Self::new(ErrorKind::Internal, path, BadValue::Omitted, detail.into())
    }

    /// The same error with the rule that found it.
    #[must_use]
    pub fn with_origin(mut self, origin: &'static str) -> Self {
        self.origin = origin;
        self
    }

    /// The message without the field, as the causes of a `Status` have it: `Required value: must be given`.
    #[must_use]
    pub fn body(&self) -> String {
        Body(self).to_string()
    }
}

fn plural(count: usize, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

/// The message without the field.
struct Body<'a>(&'a Error);

impl fmt::Display for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Error {
            kind,
            bad_value,
            detail,
            ..
        } = self.0;
        write!(f, "{kind}")?;
        if kind.shows_value() && *bad_value != BadValue::Omitted {
            write!(f, ": {bad_value}")?;
        }
        if !detail.is_empty() {
            write!(f, ": {detail}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, Body(self))
    }
}

impl std::error::Error for Error {}

/// The error as one of the causes of a `Status`.
impl From<&Error> for StatusCause {
    fn from(error: &Error) -> Self {
        Self {
            field: Some(error.field.clone()),
            message: Some(error.body()),
            reason: Some(error.kind.reason().to_owned()),
        }
    }
}
