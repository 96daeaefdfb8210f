//! What clients offer for a kind.

use super::TypeId;

/// What clients offer for a kind.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ClientFacts {
    /// No client at all.
    pub none: bool,
    /// Only these verbs, if any are named.
    pub only: Vec<String>,
    /// Not these verbs.
    pub skip: Vec<String>,
    /// No methods for `/status`.
    pub no_status: bool,
    /// Further methods.
    pub methods: Vec<ClientMethod>,
}

/// A further method of a client.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ClientMethod {
    /// The method's name.
    pub name: String,
    /// The verb.
    pub verb: String,
    /// The subresource.
    pub subresource: Option<String>,
    /// The body's type, if it is not the object.
    pub input: Option<TypeId>,
    /// The answer's type, if it is not the object.
    pub result: Option<TypeId>,
}
