//! Deep copies of the types of `k8s-openapi`.
//!
//! `ObjectMeta`, which every object has, and lists are copied field by field. The rest falls back to `Clone`; generated
//! code therefore needs no entry here for a type that it meets in a field, it calls `clone` and `clone_from` itself.

use k8s_openapi::{ListableResource, api};

use super::DeepCopy;
use crate::k8s::*;

macro_rules! by_clone {
    ($($ty:ty)*) => {$(
        impl DeepCopy for $ty {
            fn deep_copy(&self) -> Self {
                self.clone()
            }

            fn deep_copy_from(&mut self, source: &Self) {
                self.clone_from(source);
            }
        }
    )*};
}

// Whatever has a short path in this crate, and the type of k8s-openapi that is a JSON value by another name.
types_with_default! { by_clone }
by_clone! {
    Condition MicroTime Time
    k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::JSON
}

// The kinds of the stable built-in groups, which servers and caches hold as objects.
by_clone! {
    api::admissionregistration::v1::MutatingWebhookConfiguration
    api::admissionregistration::v1::ValidatingAdmissionPolicy
    api::admissionregistration::v1::ValidatingAdmissionPolicyBinding
    api::admissionregistration::v1::ValidatingWebhookConfiguration
    api::apps::v1::ControllerRevision
    api::apps::v1::DaemonSet
    api::apps::v1::Deployment
    api::apps::v1::ReplicaSet
    api::apps::v1::StatefulSet
    api::autoscaling::v1::HorizontalPodAutoscaler
    api::autoscaling::v2::HorizontalPodAutoscaler
    api::batch::v1::CronJob
    api::batch::v1::Job
    api::certificates::v1::CertificateSigningRequest
    api::coordination::v1::Lease
    api::core::v1::ConfigMap
    api::core::v1::Endpoints
    api::core::v1::Event
    api::core::v1::LimitRange
    api::core::v1::Namespace
    api::core::v1::Node
    api::core::v1::PersistentVolume
    api::core::v1::PersistentVolumeClaim
    api::core::v1::Pod
    api::core::v1::PodTemplate
    api::core::v1::ReplicationController
    api::core::v1::ResourceQuota
    api::core::v1::Secret
    api::core::v1::Service
    api::core::v1::ServiceAccount
    api::discovery::v1::EndpointSlice
    api::events::v1::Event
    api::flowcontrol::v1::FlowSchema
    api::flowcontrol::v1::PriorityLevelConfiguration
    api::networking::v1::Ingress
    api::networking::v1::IngressClass
    api::networking::v1::NetworkPolicy
    api::node::v1::RuntimeClass
    api::policy::v1::PodDisruptionBudget
    api::rbac::v1::ClusterRole
    api::rbac::v1::ClusterRoleBinding
    api::rbac::v1::Role
    api::rbac::v1::RoleBinding
    api::scheduling::v1::PriorityClass
    api::storage::v1::CSIDriver
    api::storage::v1::CSINode
    api::storage::v1::CSIStorageCapacity
    api::storage::v1::StorageClass
    api::storage::v1::VolumeAttachment
    k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition
    k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1::APIService
}

impl DeepCopy for ObjectMeta {
    fn deep_copy(&self) -> Self {
        self.clone()
    }

    fn deep_copy_from(&mut self, source: &Self) {
        let ObjectMeta {
            annotations,
            creation_timestamp,
            deletion_grace_period_seconds,
            deletion_timestamp,
            finalizers,
            generate_name,
            generation,
            labels,
            managed_fields,
            name,
            namespace,
            owner_references,
            resource_version,
            self_link,
            uid,
        } = source;
        self.annotations.deep_copy_from(annotations);
        self.creation_timestamp.deep_copy_from(creation_timestamp);
        self.deletion_grace_period_seconds
            .deep_copy_from(deletion_grace_period_seconds);
        self.deletion_timestamp.deep_copy_from(deletion_timestamp);
        self.finalizers.deep_copy_from(finalizers);
        self.generate_name.deep_copy_from(generate_name);
        self.generation.deep_copy_from(generation);
        self.labels.deep_copy_from(labels);
        self.managed_fields.deep_copy_from(managed_fields);
        self.name.deep_copy_from(name);
        self.namespace.deep_copy_from(namespace);
        self.owner_references.deep_copy_from(owner_references);
        self.resource_version.deep_copy_from(resource_version);
        self.self_link.deep_copy_from(self_link);
        self.uid.deep_copy_from(uid);
    }
}

impl<T: DeepCopy + ListableResource> DeepCopy for List<T> {
    fn deep_copy(&self) -> Self {
        List {
            items: self.items.deep_copy(),
            metadata: self.metadata.deep_copy(),
        }
    }

    fn deep_copy_from(&mut self, source: &Self) {
        self.items.deep_copy_from(&source.items);
        self.metadata.deep_copy_from(&source.metadata);
    }
}
