//! Enums of named strings, and unions: one of several members.

use super::{TypeRef, VariantConversion};
use crate::facts::Facts;
use crate::span::Span;

/// Named strings.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct EnumDef {
    /// The values, in the order of declaration.
    pub variants: Vec<EnumVariant>,
    /// The Rust name of the variant that keeps unknown values, if the enum is open.
    pub other: Option<String>,
}

/// One named string.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct EnumVariant {
    /// The Rust name.
    pub name: String,
    /// The string.
    pub wire: String,
    /// Documentation.
    pub description: Option<String>,
    /// Not a legal value: always, or depending on a feature gate.
    pub excluded: Option<Exclusion>,
    /// Whether it is Rust's `#[default]`.
    pub default: bool,
    /// How it moves between versions.
    pub conversion: VariantConversion,
    /// Set when it is deprecated.
    pub deprecated: Option<String>,
    /// Where its name stands.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub span: Span,
}

/// When a named string is no legal value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Exclusion {
    /// Never legal.
    Always,
    /// Illegal if the feature is on.
    IfEnabled(String),
    /// Illegal if the feature is off.
    IfDisabled(String),
}

/// One of several members.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct UnionDef {
    /// How it stands in JSON.
    pub repr: UnionRepr,
    /// The members, in the order of declaration.
    pub variants: Vec<UnionVariant>,
}

/// How a union stands in JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum UnionRepr {
    /// `{"git": {..}}`: exactly one member.
    External,
    /// `{"type": "Git", "git": {..}}`: the tag names the member.
    Discriminated {
        /// The tag's JSON name.
        tag: String,
    },
    /// `{"type": "Git", ..}`: the member's fields stand beside the tag. Only with a type's own serde.
    Internal {
        /// The tag's JSON name.
        tag: String,
    },
    /// `{"t": "Git", "c": {..}}`. Only with a type's own serde.
    Adjacent {
        /// The tag's JSON name.
        tag: String,
        /// The content's JSON name.
        content: String,
    },
    /// The value alone. Only with a type's own serde.
    Untagged,
}

/// A member of a union.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct UnionVariant {
    /// The Rust name.
    pub name: String,
    /// The member's name in JSON, such as `git`.
    pub wire: String,
    /// The tag's value for it, such as `Git`.
    pub tag: String,
    /// What it carries; `None` for a tag alone.
    pub ty: Option<TypeRef>,
    /// What is said about it.
    pub facts: Facts,
    /// Whether it is Rust's `#[default]`.
    pub default: bool,
    /// How it moves between versions.
    pub conversion: VariantConversion,
    /// Set when it is deprecated.
    pub deprecated: Option<String>,
    /// Where its name stands.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub span: Span,
}
