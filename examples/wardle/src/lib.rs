//! The sample API of Kubernetes: flunders, which refer to other flunders or to fischers, in two versions.

pub mod convert;
pub mod generated;
pub mod v1alpha1;
pub mod v1beta1;
