//! A use of a type: a scalar, a type of the model, or something around one of them.

use super::TypeId;

/// A use of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum TypeRef {
    /// `bool`
    Bool,
    /// `i8` to `u64`.
    Int(Int),
    /// `f32` or `f64`.
    Float(Float),
    /// `String`, `Box<str>`, `Arc<str>`.
    String,
    /// A scalar or opaque type of Kubernetes.
    Builtin(Builtin),
    /// A type of the model.
    Named(TypeId),
    /// `Option<T>`
    Option(Box<TypeRef>),
    /// `Box<T>`, `Arc<T>` or `Rc<T>`: the same value on the wire.
    Boxed(Box<TypeRef>),
    /// `Vec<T>` and other sequences.
    List(Box<TypeRef>),
    /// `[T; N]`
    Array(Box<TypeRef>, u64),
    /// A map with string-like keys.
    Map {
        /// Which Rust type.
        kind: MapKind,
        /// Key: `String`, a string enum or a newtype over one of them.
        key: Box<TypeRef>,
        /// Value.
        value: Box<TypeRef>,
    },
}

/// Widths of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[expect(missing_docs, reason = "the names are Rust's own")]
pub enum Int {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
}

/// Widths of floats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[expect(missing_docs, reason = "the names are Rust's own")]
pub enum Float {
    F32,
    F64,
}

/// Rust's map types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum MapKind {
    /// `std::collections::BTreeMap`
    BTree,
    /// `std::collections::HashMap`
    Hash,
}

/// Scalar and opaque types of Kubernetes, by the name of their Rust type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Builtin {
    /// RFC 3339, whole seconds.
    Time,
    /// RFC 3339 with microseconds.
    MicroTime,
    /// Go's notation, such as `1h30m`.
    Duration,
    /// Such as `500m` or `1Gi`.
    Quantity,
    /// An integer or a string.
    IntOrString,
    /// Bytes in base64.
    ByteString,
    /// Any JSON object.
    RawExtension,
    /// Any JSON value: `serde_json::Value`.
    Json,
    /// An object with apiVersion and kind, of any kind.
    EmbeddedObject,
    /// The set of fields of a manager (`FieldsV1`).
    FieldsV1,
}

impl TypeRef {
    /// Whether the Rust type is an `Option`.
    #[must_use]
    pub fn is_option(&self) -> bool {
        matches!(self, Self::Option(_))
    }

    /// The type without an outer `Option`.
    #[must_use]
    pub fn without_option(&self) -> &Self {
        match self {
            Self::Option(inner) => inner,
            other => other,
        }
    }
}
