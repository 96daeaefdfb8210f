//! A named field of a struct.

use super::{FieldConversion, TypeRef};
use crate::facts::{Facts, ListType};
use crate::literal::Literal;
use crate::span::Span;

/// A named field.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Field {
    /// The Rust name, without `r#`.
    pub name: String,
    /// The name in JSON. Meaningless for a flattened field.
    pub wire: String,
    /// The type.
    pub ty: TypeRef,
    /// When it is present.
    pub presence: Presence,
    /// How it is laid out.
    pub layout: FieldLayout,
    /// What is said about it; `description` is its documentation.
    pub facts: Facts,
    /// How it moves between versions.
    pub conversion: FieldConversion,
    /// The feature gate that it belongs to.
    pub feature_gate: Option<String>,
    /// Set when it is deprecated, with a note that may be empty.
    pub deprecated: Option<String>,
    /// Where its name stands.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub span: Span,
}

/// When a field is present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Presence {
    /// Always; in the schema's `required`.
    Required,
    /// Absent means `None`, or the empty value, which is not written.
    Optional,
    /// Absent means the declared default, which is written.
    Defaulted,
}

/// How a field is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum FieldLayout {
    /// As a member of its own.
    Member,
    /// Its own fields stand in the parent.
    Flattened,
    /// Not at all: Rust only.
    Skipped,
}

impl Field {
    /// The list type that the field says, without that of its type.
    #[must_use]
    pub fn list_type(&self) -> Option<&ListType> {
        self.facts.list.as_ref()
    }

    /// The default that the field says.
    #[must_use]
    pub fn default(&self) -> Option<&Literal> {
        self.facts.default.as_ref()
    }
}
