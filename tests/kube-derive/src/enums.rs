//! Enums of names.

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, CustomResource, Serialize, Deserialize, JsonSchema)]
#[kube(group = "enums.example.com", version = "v1", kind = "Enumerated", namespaced)]
pub struct EnumeratedSpec {
    pub plain: Plain,
    pub maybe_plain: Option<Plain>,
    pub described: Described,
    pub maybe_described: Option<Described>,
    pub partly: Partly,
    /// Said at the field.
    pub said: Option<Described>,
    pub plains: Vec<Plain>,
    pub maybe_plains: Option<Vec<Option<Described>>>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Plain {
    FirstOne,
    #[serde(rename = "2nd")]
    Second,
    #[serde(skip)]
    Never,
}

/// An enum with words.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub enum Described {
    /// The first.
    A,
    /// The second.
    B,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub enum Partly {
    X,
    /// Only this one has words.
    Y,
    Z,
}
