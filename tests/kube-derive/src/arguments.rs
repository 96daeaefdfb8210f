//! Every argument of `#[kube(..)]` that reaches a definition.

use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a workload shall be.
#[derive(Clone, Debug, Default, PartialEq, CustomResource, Serialize, Deserialize, JsonSchema)]
#[kube(
    group = "apps.example.com",
    version = "v1beta1",
    kind = "Workload",
    root = "WorkloadObject",
    plural = "workloadz",
    singular = "workloadd",
    namespaced,
    status = "WorkloadStatus",
    derive = "Default",
    derive = "PartialEq",
    attr = "allow(dead_code)",
    schema = "derived",
    shortname = "wl",
    shortname = "wls",
    category = "all",
    category = "example",
    doc = "A workload.\n\nIt runs.",
    storage = true,
    served = true,
    deprecated = "use something else",
    selectable = ".spec.image",
    selectable = ".spec.replicas"
)]
#[kube(printcolumn(
    name = "Image",
    type_ = "string",
    json_path = ".spec.image",
    description = "What runs",
    format = "password",
    priority = 1
))]
#[kube(printcolumn = r#"{"name":"Age", "type":"date", "jsonPath":".metadata.creationTimestamp"}"#)]
#[kube(scale(
    spec_replicas_path = ".spec.replicas",
    status_replicas_path = ".status.replicas",
    label_selector_path = ".status.selector"
))]
#[kube(annotation("example.com/a", "b"), annotation("c", "d"), label("e", "f"))]
#[kube(crates(
    kube = "::kube",
    k8s_openapi = "::k8s_openapi",
    schemars = "::schemars",
    serde = "::serde"
))]
pub struct WorkloadSpec {
    /// The image.
    pub image: String,
    pub replicas: Option<i32>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WorkloadStatus {
    pub replicas: i32,
    pub selector: Option<String>,
}

/// The least that one can say, and scale in JSON.
#[derive(Clone, Debug, CustomResource, Serialize, Deserialize, JsonSchema)]
#[kube(
    group = "apps.example.com",
    version = "v1",
    kind = "Policy",
    deprecated,
    storage = false,
    served = true
)]
#[kube(
    status = "PolicyStatus",
    scale = r#"{"specReplicasPath":".spec.size", "statusReplicasPath":".status.size"}"#
)]
pub struct PolicySpec {
    pub size: i32,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PolicyStatus {
    pub size: i32,
}

/// Without a status, kube-derive forgets the scale.
#[derive(Clone, Debug, CustomResource, Serialize, Deserialize)]
#[kube(group = "apps.example.com", version = "v1", kind = "Box", schema = "disabled")]
#[kube(scale(spec_replicas_path = ".spec.size", status_replicas_path = ".status.size"))]
pub struct BoxSpec {
    pub size: i32,
}
