//! Which Rust paths stand for types of Kubernetes, and the other way round.

use super::definition::is_list;
use super::{Known, named};
use crate::model::Builtin;

/// The definitions that `kgen::k8s` re-exports, by package.
const EXPORTED: [(&str, &[&str]); 9] = [
    ("io.k8s.api.apps.v1", &["DeploymentStrategy", "RollingUpdateDeployment"]),
    ("io.k8s.api.autoscaling.v2", &["CrossVersionObjectReference"]),
    ("io.k8s.api.batch.v1", &["JobSpec", "JobTemplateSpec"]),
    (
        "io.k8s.api.core.v1",
        &[
            "Affinity",
            "Capabilities",
            "ConfigMapEnvSource",
            "ConfigMapKeySelector",
            "ConfigMapVolumeSource",
            "Container",
            "ContainerPort",
            "EnvFromSource",
            "EnvVar",
            "EnvVarSource",
            "EphemeralContainer",
            "HostAlias",
            "KeyToPath",
            "Lifecycle",
            "LoadBalancerStatus",
            "LocalObjectReference",
            "NodeAffinity",
            "NodeSelector",
            "NodeSelectorRequirement",
            "NodeSelectorTerm",
            "ObjectReference",
            "PersistentVolumeClaimSpec",
            "PersistentVolumeClaimTemplate",
            "PodAffinity",
            "PodAffinityTerm",
            "PodAntiAffinity",
            "PodDNSConfig",
            "PodSecurityContext",
            "PodSpec",
            "PodTemplateSpec",
            "Probe",
            "ResourceRequirements",
            "SELinuxOptions",
            "SeccompProfile",
            "SecretEnvSource",
            "SecretKeySelector",
            "SecretReference",
            "SecretVolumeSource",
            "SecurityContext",
            "ServicePort",
            "ServiceSpec",
            "Taint",
            "Toleration",
            "TopologySpreadConstraint",
            "TypedLocalObjectReference",
            "TypedObjectReference",
            "Volume",
            "VolumeMount",
            "VolumeResourceRequirements",
        ],
    ),
    ("io.k8s.api.rbac.v1", &["PolicyRule", "RoleRef", "Subject"]),
    ("io.k8s.apimachinery.pkg.api.resource", &["Quantity"]),
    (
        "io.k8s.apimachinery.pkg.apis.meta.v1",
        &[
            "Condition",
            "FieldsV1",
            "LabelSelector",
            "LabelSelectorRequirement",
            "ListMeta",
            "ManagedFieldsEntry",
            "MicroTime",
            "ObjectMeta",
            "OwnerReference",
            "Status",
            "Time",
        ],
    ),
    ("io.k8s.apimachinery.pkg.runtime", &["RawExtension"]),
    ("io.k8s.apimachinery.pkg.util.intstr", &["IntOrString"]),
];

/// What an absolute Rust path stands for, such as `["k8s_openapi", "api", "core", "v1", "PodSpec"]` or
/// `["kgen", "k8s", "ObjectMeta"]`. `None` for what Kubernetes does not define, and for generic types.
#[must_use]
pub fn lookup(path: &[&str]) -> Option<Known> {
    match path {
        ["kgen", "k8s_openapi" | "serde_json", ..] | ["k8s_openapi", "serde_json", ..] => lookup(&path[1..]),
        ["serde_json", "Value"] | ["serde_json", "value", "Value"] => Some(Known::Builtin(Builtin::Json)),
        ["k8s_openapi", "ByteString"] | ["kgen", "k8s", "ByteString"] => Some(Known::Builtin(Builtin::ByteString)),
        ["k8s_openapi", segments @ ..] => named(&definition_name(segments)).filter(|known| !is_generic(*known)),
        ["kgen", "k8s", "Duration"] => Some(Known::Builtin(Builtin::Duration)),
        ["kgen", "k8s", name] => exported(name),
        ["kube", "core" | "api", segments @ ..]
        | ["kube_client", "core" | "api", segments @ ..]
        | ["kube_core", segments @ ..] => of_kube(segments),
        _ => None,
    }
}

/// The names that `kgen::k8s` re-exports, for proposals where one is misspelt.
pub fn names() -> impl Iterator<Item = &'static str> {
    EXPORTED
        .iter()
        .flat_map(|(_, names)| names.iter().copied())
        .chain(["ByteString", "Duration"])
}

/// The path of a definition's type for crates that know the runtime of kgen: short where it re-exports the type.
#[must_use]
pub fn exported_path(name: &str) -> Vec<String> {
    let short = EXPORTED.iter().find_map(|(package, names)| {
        let rest = name.strip_prefix(package)?.strip_prefix('.')?;
        names.iter().find(|have| **have == rest)
    });
    match short {
        Some(short) => ["kgen", "k8s", short].map(str::to_owned).to_vec(),
        None => std::iter::once("kgen".to_owned()).chain(rust_path(name)).collect(),
    }
}

/// The path of a definition's type in k8s-openapi. Lists of objects have one generic type there.
#[must_use]
pub fn rust_path(name: &str) -> Vec<String> {
    if is_list(name) {
        return vec!["k8s_openapi".to_owned(), "List".to_owned()];
    }
    let segments = name
        .trim_start_matches("io.k8s.")
        .split('.')
        .map(|segment| segment.replace('-', "_"));
    std::iter::once("k8s_openapi".to_owned()).chain(segments).collect()
}

/// `kube_aggregator::pkg` is `kube-aggregator.pkg`: crates have underscores where two packages have hyphens.
fn definition_name(segments: &[&str]) -> String {
    let (first, rest) = segments.split_first().unwrap_or((&"", &[]));
    let first = first.replace('_', "-");
    std::iter::once("io.k8s")
        .chain([first.as_str()])
        .chain(rest.iter().copied())
        .collect::<Vec<_>>()
        .join(".")
}

/// Whether k8s-openapi has this type as an instance of a generic one only, which has another path.
fn is_generic(known: Known) -> bool {
    matches!(known, Known::Definition(name) if is_list(name))
}

fn exported(name: &str) -> Option<Known> {
    let (package, _) = EXPORTED.iter().find(|(_, names)| names.contains(&name))?;
    named(&format!("{package}.{name}"))
}

fn of_kube(segments: &[&str]) -> Option<Known> {
    match segments {
        ["Duration"] | ["duration", "Duration"] => Some(Known::Builtin(Builtin::Duration)),
        ["DynamicObject"] | ["dynamic", "DynamicObject"] => Some(Known::Builtin(Builtin::EmbeddedObject)),
        [name @ ("ObjectMeta" | "ListMeta")] | ["metadata", name @ ("ObjectMeta" | "ListMeta")] => exported(name),
        _ => None,
    }
}
