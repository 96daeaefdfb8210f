//! A kind whose members stand at its root.

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What stands at the root.
#[derive(Clone, Debug, CustomResource, Serialize, Deserialize, JsonSchema)]
#[kube(
    group = "root.example.com",
    version = "v1",
    kind = "Rootless",
    namespaced,
    no_spec,
    status = "RootlessStatus"
)]
#[serde(rename_all = "camelCase")]
pub struct RootlessSpec {
    pub first_member: String,
    pub second: Option<i32>,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RootlessStatus {
    pub ready: bool,
}
