//! Flattened fields.

use std::collections::BTreeMap;

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, CustomResource, Serialize, Deserialize, JsonSchema)]
#[kube(group = "flat.example.com", version = "v1", kind = "Flat", namespaced)]
pub struct FlatSpec {
    pub own: String,
    #[serde(flatten)]
    pub common: Common,
    #[serde(flatten)]
    pub maybe: Option<Maybe>,
    pub open: Open,
    pub open_values: OpenValues,
    pub choosing: Choosing,
    pub maybe_choosing: MaybeChoosing,
    pub either: Either,
}

/// Common to many.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Common {
    /// A note.
    pub note: String,
    pub count: Option<i32>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Maybe {
    pub needed: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Open {
    pub known: String,
    #[serde(flatten)]
    pub others: BTreeMap<String, serde_json::Value>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct OpenValues {
    pub known: String,
    #[serde(flatten)]
    pub others: serde_json::Value,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Choosing {
    pub always: bool,
    #[serde(flatten)]
    pub choice: Choice,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MaybeChoosing {
    pub always: bool,
    #[serde(flatten)]
    pub choice: Option<Choice>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Choice {
    /// This.
    This(String),
    That {
        value: i32,
    },
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Either {
    pub name: String,
    #[serde(flatten)]
    pub rest: Rest,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Rest {
    Left { left: String },
    Right { right: i32 },
}
