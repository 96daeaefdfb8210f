//! How what a type consists of moves between versions.

/// The fields that a person's own function converts, by their Rust names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Converts {
    /// Those of the type that names the function.
    pub fields: Vec<String>,
    /// Those of its counterpart in the hub.
    pub storage: Vec<String>,
}

/// How a field moves between versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct FieldConversion {
    /// Its Rust name in the hub.
    pub renamed: Option<String>,
    /// Its path in the hub, such as `.spec.x`.
    pub moved: Option<String>,
    /// It has no counterpart, on purpose.
    pub dropped: Option<Lost>,
    /// Older versions lack it, on purpose.
    pub added: Option<Lost>,
    /// A person's own function, as a path.
    pub convert_with: Option<String>,
}

/// What becomes of a value that has no place in another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Lost {
    /// It is lost.
    ForGood,
    /// It travels in an annotation, and is restored on the way back.
    Kept,
}

/// How a variant moves between versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct VariantConversion {
    /// Its Rust name in the hub.
    pub renamed: Option<String>,
    /// The hub has no such value, on purpose: objects that hold it cannot be converted.
    pub dropped: bool,
    /// Older versions have no such value, on purpose: objects that hold it cannot be converted to them.
    pub added: bool,
}
