//! A type: who owns it, what it consists of and what is said about it.

use std::collections::BTreeMap;

use super::{Converts, EnumDef, Field, TypeRef, UnionDef, VersionId};
use crate::facts::Facts;
use crate::span::Span;

/// A struct, newtype, enum or union.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct TypeDef {
    /// The Rust name.
    pub name: String,
    /// The module that defines it: `["crate", "v1"]`, or `["k8s_openapi", ..]` for a type of Kubernetes.
    pub module: Vec<String>,
    /// The types that its generic parameters stand for.
    pub args: Vec<TypeRef>,
    /// The version that it belongs to; `None` for types that versions share.
    pub version: Option<VersionId>,
    /// The name in OpenAPI documents, such as `com.example.shop.v1.Order`.
    pub schema_name: String,
    /// Who owns the Rust type.
    pub origin: Origin,
    /// Whether its Rust declaration exists.
    pub declaration: Declaration,
    /// What it consists of.
    pub shape: Shape,
    /// What is said about every value of it; `description` is its documentation.
    pub facts: Facts,
    /// Traits that it has by derive or by hand, by the last segment of their names.
    pub traits: Vec<String>,
    /// Those of them that are written by hand.
    pub by_hand: Vec<String>,
    /// The name of a newtype's field, where it has one (`#[serde(transparent)]`).
    pub newtype_field: Option<String>,
    /// Whether it is `pub` without restriction.
    pub exported: bool,
    /// Who writes its serde implementations.
    pub serde: SerdeOwner,
    /// A person's own defaulting function, `fn(&mut T)`, as an absolute path.
    pub default_with: Option<String>,
    /// A person's own function that converts it to and from the storage version, as an absolute path.
    pub convert_with: Option<String>,
    /// The fields that this function converts.
    pub converts: Converts,
    /// Generators that were switched off or on, by name.
    pub generate: BTreeMap<String, bool>,
    /// The feature gate that it belongs to.
    pub feature_gate: Option<String>,
    /// Set when it is deprecated, with a note that may be empty.
    pub deprecated: Option<String>,
    /// Where its name stands.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub span: Span,
}

/// Who owns a Rust type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Origin {
    /// The person's crate: generated code implements traits for it.
    Source,
    /// k8s-openapi: the type has its implementations already.
    Kubernetes,
}

/// Whether a type's Rust declaration exists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Declaration {
    /// Somebody wrote it.
    #[default]
    Written,
    /// The type comes from a schema: its declaration is generated.
    Generated,
}

/// Who writes a type's serde implementations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum SerdeOwner {
    /// kgen.
    Generated,
    /// The type derives or implements them; its serde attributes were read.
    Own,
}

/// What a type consists of.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Shape {
    /// Named fields, in the order of declaration.
    Struct(Vec<Field>),
    /// One value, written as that value.
    Newtype(TypeRef),
    /// Named strings.
    Enum(EnumDef),
    /// One of several members.
    Union(UnionDef),
}

impl TypeDef {
    /// Whether the type has a trait by derive or by hand.
    #[must_use]
    pub fn has_trait(&self, name: &str) -> bool {
        self.traits.iter().any(|have| have == name)
    }

    /// The name of a newtype's field: `0` unless it has one.
    #[must_use]
    pub fn newtype_field(&self) -> &str {
        self.newtype_field.as_deref().unwrap_or("0")
    }

    /// The fields, if this is a struct.
    #[must_use]
    pub fn fields(&self) -> Option<&[Field]> {
        match &self.shape {
            Shape::Struct(fields) => Some(fields),
            Shape::Newtype(_) | Shape::Enum(_) | Shape::Union(_) => None,
        }
    }

    /// Whether a generator makes something of it: not switched off at the type.
    #[must_use]
    pub fn generates(&self, generator: &str) -> bool {
        self.generate.get(generator).copied().unwrap_or(true)
    }
}
