//! Pool: so many simulated robots as are wanted.

use kgen::k8s::{IntOrString, LabelSelector, ObjectMeta, PodTemplateSpec, Quantity, ResourceRequirements};

use crate::shared::SiteName;

/// So many simulated robots as are wanted, each of them a pod.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced, category = "fleet", status)]
#[kgen(scale(spec = ".spec.replicas", status = ".status.replicas", selector = ".status.selector"))]
#[kgen(column("Wanted", path = ".spec.replicas"))]
#[kgen(column("Is", path = ".status.replicas", type = "integer"))]
pub struct Pool {
    /// Name, labels and the rest of the object's metadata.
    pub metadata: ObjectMeta,
    /// What the pool shall be.
    pub spec: PoolSpec,
    /// What it is.
    pub status: Option<PoolStatus>,
}

/// What a pool shall be.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct PoolSpec {
    /// How many robots there shall be.
    #[kgen(default = 1, minimum = 0, if_disabled("LargePools", maximum = 100))]
    pub replicas: i32,
    /// The site that they believe to be at.
    pub site: SiteName,
    /// Which pods are the pool's.
    #[kgen(immutable)]
    pub selector: LabelSelector,
    /// The pod that simulates a robot.
    #[kgen(opaque)]
    pub template: PodTemplateSpec,
    /// What a robot needs on top of what its pod says.
    #[kgen(subfield("claims", forbidden), if_disabled("PoolResources", forbidden))]
    pub resources: Option<ResourceRequirements>,
    /// The memory of each robot for its map.
    #[kgen(default = "64Mi")]
    pub map_memory: Option<Quantity>,
    /// Room on the disk for what robots record.
    pub scratch: Option<kgen::k8s_openapi::api::core::v1::EmptyDirVolumeSource>,
    /// How many robots may be replaced at a time.
    #[kgen(default = "25%")]
    pub max_unavailable: Option<IntOrString>,
}

/// What a pool is.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
pub struct PoolStatus {
    /// How many robots there are.
    pub replicas: i32,
    /// Which pods are the pool's, in the form of a query.
    #[kgen(optional)]
    pub selector: String,
}
