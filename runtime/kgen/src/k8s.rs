//! The types of Kubernetes that people embed in their own, under short paths. Everything else is in
//! [`kgen::k8s_openapi`](crate::k8s_openapi).

mod duration;

pub use self::duration::{Duration, InvalidDuration};

pub use k8s_openapi::{
    ByteString, ClusterResourceScope, DeepMerge, List, ListableResource, Metadata, NamespaceResourceScope, Resource,
    ResourceScope, merge_strategies,
};

pub use k8s_openapi::api::apps::v1::{DeploymentStrategy, RollingUpdateDeployment};
pub use k8s_openapi::api::autoscaling::v2::CrossVersionObjectReference;
pub use k8s_openapi::api::batch::v1::{JobSpec, JobTemplateSpec};
pub use k8s_openapi::api::core::v1::{
    Affinity, Capabilities, ConfigMapEnvSource, ConfigMapKeySelector, ConfigMapVolumeSource, Container, ContainerPort,
    EnvFromSource, EnvVar, EnvVarSource, EphemeralContainer, HostAlias, KeyToPath, Lifecycle, LoadBalancerStatus,
    LocalObjectReference, NodeAffinity, NodeSelector, NodeSelectorRequirement, NodeSelectorTerm, ObjectReference,
    PersistentVolumeClaimSpec, PersistentVolumeClaimTemplate, PodAffinity, PodAffinityTerm, PodAntiAffinity,
    PodDNSConfig, PodSecurityContext, PodSpec, PodTemplateSpec, Probe, ResourceRequirements, SELinuxOptions,
    SeccompProfile, SecretEnvSource, SecretKeySelector, SecretReference, SecretVolumeSource, SecurityContext,
    ServicePort, ServiceSpec, Taint, Toleration, TopologySpreadConstraint, TypedLocalObjectReference,
    TypedObjectReference, Volume, VolumeMount, VolumeResourceRequirements,
};
pub use k8s_openapi::api::rbac::v1::{PolicyRule, RoleRef, Subject};
pub use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
pub use k8s_openapi::apimachinery::pkg::apis::meta::v1::{
    Condition, FieldsV1, LabelSelector, LabelSelectorRequirement, ListMeta, ManagedFieldsEntry, MicroTime, ObjectMeta,
    OwnerReference, Status, Time,
};
pub use k8s_openapi::apimachinery::pkg::runtime::RawExtension;
pub use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

/// Hands the types above that have a default to a macro, all but `ObjectMeta`.
macro_rules! types_with_default {
    ($then:ident) => {
        $then! {
            Affinity ByteString Capabilities ConfigMapEnvSource ConfigMapKeySelector ConfigMapVolumeSource
            Container ContainerPort CrossVersionObjectReference DeploymentStrategy EnvFromSource EnvVar
            EnvVarSource EphemeralContainer FieldsV1 HostAlias IntOrString JobSpec JobTemplateSpec KeyToPath
            LabelSelector LabelSelectorRequirement Lifecycle ListMeta LoadBalancerStatus
            LocalObjectReference ManagedFieldsEntry NodeAffinity NodeSelector NodeSelectorRequirement
            NodeSelectorTerm ObjectReference OwnerReference PersistentVolumeClaimSpec
            PersistentVolumeClaimTemplate PodAffinity PodAffinityTerm PodAntiAffinity PodDNSConfig
            PodSecurityContext PodSpec PodTemplateSpec PolicyRule Probe Quantity RawExtension
            ResourceRequirements RoleRef RollingUpdateDeployment SeccompProfile SecretEnvSource
            SecretKeySelector SecretReference SecretVolumeSource SecurityContext SELinuxOptions ServicePort
            ServiceSpec Status Subject Taint Toleration TopologySpreadConstraint TypedLocalObjectReference
            TypedObjectReference Volume VolumeMount VolumeResourceRequirements
        }
    };
}
pub(crate) use types_with_default;
