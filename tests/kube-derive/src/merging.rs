//! Merge strategies.

use std::collections::BTreeMap;

use kube::{CustomResource, KubeSchema};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, CustomResource, Serialize, Deserialize, KubeSchema)]
#[kube(group = "merge.example.com", version = "v1", kind = "Merged", namespaced)]
#[serde(rename_all = "camelCase")]
pub struct MergedSpec {
    /// A set.
    #[x_kube(merge_strategy = ListMerge::Set)]
    pub set: Vec<String>,
    #[x_kube(merge_strategy = ListMerge::Atomic)]
    pub atomic_list: Option<Vec<Part>>,
    #[x_kube(merge_strategy = ListMerge::Map(vec!["name".into(), "port".to_string()]))]
    pub map_list: Vec<Part>,
    #[x_kube(merge_strategy = MapMerge::Atomic)]
    pub atomic: BTreeMap<String, String>,
    #[x_kube(merge_strategy = MapMerge::Granular)]
    pub granular: BTreeMap<String, String>,
    #[x_kube(merge_strategy = StructMerge::Atomic)]
    pub part: Part,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    pub name: String,
    pub port: i32,
}
