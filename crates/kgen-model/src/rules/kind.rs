//! What a value is in JSON, as far as rules care.

use crate::facts::SchemaFacts;
use crate::model::UnionRepr;
use crate::{Builtin, Literal, Model, Shape, TypeRef};

use super::place::Place;

/// What a value is in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// Text.
    String,
    /// A whole number or text.
    IntOrString,
    /// A list.
    List,
    /// An object whose members have any names.
    Map,
    /// An object with known members.
    Object,
    /// Anything, or nothing that is known.
    Any,
}

impl Kind {
    /// What the value of a place is.
    pub fn of(model: &Model, place: &Place<'_>) -> Self {
        let Some(ty) = &place.ty else { return Self::Any };
        Self::said(&place.facts.schema).unwrap_or_else(|| Self::of_type(model, ty))
    }

    /// What a value of a type is.
    pub fn of_type(model: &Model, ty: &TypeRef) -> Self {
        match ty {
            TypeRef::Bool => Self::Bool,
            TypeRef::Int(_) => Self::Integer,
            TypeRef::Float(_) => Self::Number,
            TypeRef::String => Self::String,
            TypeRef::Builtin(builtin) => Self::of_builtin(*builtin),
            TypeRef::Option(inner) | TypeRef::Boxed(inner) => Self::of_type(model, inner),
            TypeRef::List(_) | TypeRef::Array(..) => Self::List,
            TypeRef::Map { .. } => Self::Map,
            TypeRef::Named(id) => {
                let def = model.ty(*id);
                Self::said(&def.facts.schema).unwrap_or_else(|| Self::of_shape(model, &def.shape))
            }
        }
    }

    fn of_shape(model: &Model, shape: &Shape) -> Self {
        match shape {
            Shape::Struct(_) => Self::Object,
            Shape::Newtype(inner) => Self::of_type(model, inner),
            Shape::Enum(_) => Self::String,
            Shape::Union(union) => match union.repr {
                UnionRepr::External
                | UnionRepr::Discriminated { .. }
                | UnionRepr::Internal { .. }
                | UnionRepr::Adjacent { .. } => Self::Object,
                UnionRepr::Untagged => Self::Any,
            },
        }
    }

    fn of_builtin(builtin: Builtin) -> Self {
        match builtin {
            Builtin::Time | Builtin::MicroTime | Builtin::Duration | Builtin::ByteString => Self::String,
            Builtin::Quantity | Builtin::IntOrString => Self::IntOrString,
            Builtin::RawExtension | Builtin::EmbeddedObject | Builtin::FieldsV1 => Self::Object,
            Builtin::Json => Self::Any,
        }
    }

    /// What takes the place of a type.
    fn said(facts: &SchemaFacts) -> Option<Self> {
        match facts.type_.as_deref() {
            Some("boolean") => Some(Self::Bool),
            Some("integer") => Some(Self::Integer),
            Some("number") => Some(Self::Number),
            Some("string") => Some(Self::String),
            Some("array") => Some(Self::List),
            Some("object") => Some(Self::Object),
            Some(_) => Some(Self::Any),
            None if facts.int_or_string.is_some() => Some(Self::IntOrString),
            None if facts.schemaless => Some(Self::Any),
            None => None,
        }
    }

    /// The value in words, with its article.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Bool => "a bool",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::String => "a string",
            Self::IntOrString => "an integer or a string",
            Self::List => "a list",
            Self::Map => "a map",
            Self::Object => "an object",
            Self::Any => "any value",
        }
    }

    /// Whether it has no parts.
    pub fn is_scalar(self) -> bool {
        match self {
            Self::Bool | Self::Integer | Self::Number | Self::String | Self::IntOrString => true,
            Self::List | Self::Map | Self::Object | Self::Any => false,
        }
    }

    /// Whether a constant is such a value.
    pub fn holds(self, value: &Literal) -> bool {
        match (self, value) {
            (Self::Any, _)
            | (Self::Bool, Literal::Bool(_))
            | (Self::Integer | Self::Number | Self::IntOrString, Literal::Int(_))
            | (Self::Number, Literal::Float(_))
            | (Self::String | Self::IntOrString, Literal::String(_))
            | (Self::List, Literal::List(_))
            | (Self::Map | Self::Object, Literal::Object(_)) => true,
            (
                Self::Bool
                | Self::Integer
                | Self::Number
                | Self::String
                | Self::IntOrString
                | Self::List
                | Self::Map
                | Self::Object,
                _,
            ) => false,
        }
    }
}
