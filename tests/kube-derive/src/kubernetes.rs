//! Types of Kubernetes.

use k8s_openapi::api::core::v1 as core;
use k8s_openapi::api::core::v1::{
    Affinity, EnvVar, LocalObjectReference, ObjectReference, PodTemplateSpec, ResourceRequirements, Toleration,
};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{Condition, LabelSelector, MicroTime, ObjectMeta, Time};
use k8s_openapi::apimachinery::pkg::runtime::RawExtension;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use kube::CustomResource;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, CustomResource, Serialize, Deserialize, JsonSchema)]
#[kube(
    group = "k8s.example.com",
    version = "v1",
    kind = "Embedding",
    namespaced,
    status = "EmbeddingStatus"
)]
#[serde(rename_all = "camelCase")]
pub struct EmbeddingSpec {
    pub quantity: Quantity,
    pub maybe_quantity: Option<Quantity>,
    #[serde(default)]
    pub default_quantity: Quantity,
    pub port: IntOrString,
    pub maybe_port: Option<IntOrString>,
    pub time: Time,
    pub micro_time: Option<MicroTime>,
    pub selector: LabelSelector,
    /// The selector, or none.
    pub maybe_selector: Option<LabelSelector>,
    pub template: PodTemplateSpec,
    pub resources: Option<ResourceRequirements>,
    #[serde(default)]
    pub default_resources: ResourceRequirements,
    pub env: Vec<EnvVar>,
    pub tolerations: Option<Vec<Toleration>>,
    pub affinity: Option<Affinity>,
    pub secret: LocalObjectReference,
    pub of: Option<ObjectReference>,
    pub raw: RawExtension,
    pub metadata: ObjectMeta,
    pub claim: core::PersistentVolumeClaimSpec,
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EmbeddingStatus {
    #[schemars(extend("x-kubernetes-list-type" = "map", "x-kubernetes-list-map-keys" = ["type"]))]
    pub conditions: Vec<Condition>,
}
