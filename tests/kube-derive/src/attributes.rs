//! schemars' attributes that say something of a schema.

use std::collections::BTreeMap;

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const TITLE: &str = "From a constant";

#[derive(Clone, Debug, CustomResource, Serialize, Deserialize, JsonSchema)]
#[kube(group = "attributes.example.com", version = "v1", kind = "Attributed", namespaced)]
#[schemars(title = "A spec", description = "With attributes", extend("x-kubernetes-map-type" = "atomic"))]
#[serde(rename_all = "camelCase")]
pub struct AttributedSpec {
    /// Documentation that the attribute replaces.
    #[schemars(title = TITLE, description = "Said by an attribute")]
    pub described: String,
    #[schemars(example = &"first one", example = &"second one")]
    pub with_examples: String,
    #[schemars(extend("maxLength" = 7, "x-kubernetes-list-type" = "set", "enum" = ["a", "b"]))]
    pub extended: String,
    #[schemars(rename = "renamedBySchemars")]
    #[serde(rename = "renamedBySchemars")]
    pub renamed: String,
    #[schemars(skip)]
    #[serde(default)]
    pub skipped: Option<String>,
    #[serde(skip)]
    pub skipped_by_serde: Option<String>,
    #[serde(skip_deserializing)]
    pub only_written: i32,
    #[serde(skip_serializing, default)]
    pub only_read: i32,
    #[schemars(with = "String")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with_another_type: Option<BTreeMap<String, String>>,
    #[schemars(with = "Option<Vec<i64>>")]
    pub with_a_list: Vec<u8>,
    #[schemars(required)]
    pub must_be_there: Option<String>,
    #[deprecated]
    pub old: Option<bool>,
    pub through: Through,
    pub through_option: Option<Through>,
    pub maybe: Maybe,
    pub converted: Converted,
    pub closed: Closed,
    #[schemars(inner(length(min = 1), regex(pattern = "^a")))]
    pub inner: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Through {
    pub value: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Maybe(pub Option<i32>);

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(from = "String", into = "String")]
pub struct Converted {
    pub parts: Vec<String>,
}

impl From<String> for Converted {
    fn from(text: String) -> Self {
        Self { parts: vec![text] }
    }
}

impl From<Converted> for String {
    fn from(converted: Converted) -> Self {
        converted.parts.concat()
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Closed {
    pub only: String,
}
