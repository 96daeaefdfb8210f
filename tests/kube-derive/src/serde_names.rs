//! Names as serde makes them.

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, CustomResource, Serialize, Deserialize, JsonSchema)]
#[kube(group = "names.example.com", version = "v1", kind = "PolicyBox", namespaced)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyBoxSpec {
    pub two_words: String,
    #[serde(rename = "odd-Name")]
    pub renamed: String,
    #[serde(rename(serialize = "both", deserialize = "both"))]
    pub twice: String,
    #[serde(alias = "other")]
    pub with_alias: String,
    pub upper: Upper,
    pub kebab: Kebab,
    #[schemars(!rename)]
    #[serde(rename = "plainName")]
    pub not_renamed_in_schema: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub struct Upper {
    pub some_name: i32,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "kebab-case", deserialize = "kebab-case"))]
pub struct Kebab {
    pub some_name: i32,
}
