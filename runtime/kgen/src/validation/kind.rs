//! What sorts of errors there are.

use std::fmt;

/// What is wrong, in the words of `field.ErrorType`. Displayed as messages have it: `Required value`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorKind {
    /// What the value refers to does not exist.
    NotFound,
    /// A value is missing.
    Required,
    /// A value that must be unique is not.
    Duplicate,
    /// The value breaks a rule.
    Invalid,
    /// The value has another type or format than its schema says.
    TypeInvalid,
    /// The value is none of the supported ones.
    NotSupported,
    /// The value may not be given here and now.
    Forbidden,
    /// A text is too long; its value is not shown.
    TooLong,
    /// A list or a map has too many items.
    TooMany,
    /// A list or a map has too few items.
    TooFew,
    /// A text is too short; its value is not shown.
    TooShort,
    /// Not the user's fault.
    Internal,
}

impl ErrorKind {
    /// The reason that stands in the causes of a `Status`: `FieldValueRequired`.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::NotFound => "FieldValueNotFound",
            Self::Required => "FieldValueRequired",
            Self::Duplicate => "FieldValueDuplicate",
            Self::Invalid => "FieldValueInvalid",
            Self::TypeInvalid => "FieldValueTypeInvalid",
            Self::NotSupported => "FieldValueNotSupported",
            Self::Forbidden => "FieldValueForbidden",
            Self::TooLong => "FieldValueTooLong",
            Self::TooMany => "FieldValueTooMany",
            Self::TooFew => "FieldValueTooFew",
            Self::TooShort => "FieldValueTooShort",
            Self::Internal => "InternalError",
        }
    }

    /// Whether messages of this kind show the value.
    pub(super) const fn shows_value(self) -> bool {
        match self {
            Self::Required | Self::Forbidden | Self::TooLong | Self::TooShort | Self::Internal => false,
            Self::NotFound
            | Self::Duplicate
            | Self::Invalid
            | Self::TypeInvalid
            | Self::NotSupported
            | Self::TooMany
            | Self::TooFew => true,
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFound => "Not found",
            Self::Required => "Required value",
            Self::Duplicate => "Duplicate value",
            Self::Invalid | Self::TypeInvalid => "Invalid value",
            Self::NotSupported => "Unsupported value",
            Self::Forbidden => "Forbidden",
            Self::TooLong => "Too long",
            Self::TooMany => "Too many",
            Self::TooFew => "Too few",
            Self::TooShort => "Too short",
            Self::Internal => "Internal error",
        })
    }
}

/// How mature the rule is that an error comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Enforced.
    #[default]
    Stable,
    /// Enforced where a server enables it (`DeclarativeValidationBeta`).
    Beta,
    /// Computed and never enforced.
    Alpha,
}
