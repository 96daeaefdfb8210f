//! The table of schemas that k8s-openapi gives to the types of Kubernetes. `KGEN_BLESS=1` writes it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use k8s_openapi::api;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;
use kgen_tests::{compare, root};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

const HEAD: &str = "\
# The schemas that k8s-openapi gives to types of Kubernetes for schemars, with their descriptions, which are those of
# Kubernetes' published OpenAPI document (Apache-2.0). Written by `KGEN_BLESS=1 cargo test -p kgen-kube-derive`.
";

/// What people embed into their types. With each type come those that it consists of.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only the schema is wanted")]
struct Roots {
    templates: (
        api::core::v1::PodTemplateSpec,
        api::batch::v1::CronJobSpec,
        api::apps::v1::DeploymentSpec,
        api::apps::v1::StatefulSetSpec,
        api::apps::v1::DaemonSetSpec,
        api::core::v1::ServiceSpec,
        api::core::v1::PersistentVolumeClaim,
        api::core::v1::PersistentVolumeSpec,
        api::networking::v1::IngressSpec,
        api::networking::v1::NetworkPolicySpec,
        api::autoscaling::v2::HorizontalPodAutoscalerSpec,
        api::policy::v1::PodDisruptionBudgetSpec,
    ),
    parts: (
        api::core::v1::ObjectReference,
        api::core::v1::SecretReference,
        api::core::v1::TypedObjectReference,
        api::core::v1::LoadBalancerStatus,
        api::core::v1::Taint,
        api::core::v1::PodStatus,
        api::core::v1::NodeSelector,
        api::rbac::v1::PolicyRule,
        api::rbac::v1::RoleRef,
        api::rbac::v1::Subject,
        api::core::v1::EphemeralContainer,
        api::core::v1::ResourceQuotaSpec,
    ),
    meta: (
        meta::Condition,
        meta::ListMeta,
        meta::ObjectMeta,
        meta::MicroTime,
        meta::Status,
        meta::LabelSelector,
        k8s_openapi::apimachinery::pkg::runtime::RawExtension,
        k8s_openapi::apimachinery::pkg::util::intstr::IntOrString,
        k8s_openapi::apimachinery::pkg::api::resource::Quantity,
    ),
}

fn word(schema: &Map<String, Value>) -> String {
    let text = |name: &str| schema.get(name).and_then(Value::as_str);
    let inner = |name: &str| schema.get(name).and_then(Value::as_object).map(word);
    if let Some(reference) = text("$ref") {
        return reference.trim_start_matches("#/$defs/").to_owned();
    }
    if schema.contains_key("x-kubernetes-int-or-string") {
        return "int-or-string".to_owned();
    }
    match (text("type"), text("format")) {
        (None, _) => "any".to_owned(),
        (Some("array"), _) => format!("[{}]", inner("items").expect("lists have elements")),
        (Some("object"), _) => match inner("additionalProperties") {
            Some(value) => format!("{{{value}}}"),
            None => "object".to_owned(),
        },
        (Some(ty), Some(format)) => format!("{ty}/{format}"),
        (Some(ty), None) => ty.to_owned(),
    }
}

fn description(schema: &Map<String, Value>) -> String {
    let text = schema.get("description").and_then(Value::as_str);
    let text = text.map(|text| text.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t"));
    text.map(|text| format!("\t{text}")).unwrap_or_default()
}

#[test]
fn the_table_is_that_of_k8s_openapi() {
    let schema = SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Roots>();
    let definitions: BTreeMap<String, Map<String, Value>> =
        serde_json::from_value(schema.get("$defs").cloned().unwrap_or_default()).expect("definitions are objects");
    let mut table = HEAD.to_owned();
    for (name, definition) in &definitions {
        writeln!(table, "{name}\t{}{}", word(definition), description(definition)).expect("memory is there");
        let properties = definition.get("properties").and_then(Value::as_object);
        let required = definition.get("required").and_then(Value::as_array);
        for (name, property) in properties.into_iter().flatten() {
            let property = property.as_object().expect("members are objects");
            let needed = required.is_some_and(|names| names.iter().any(|have| have == name));
            let mark = if needed { "!" } else { "" };
            writeln!(table, "  {name}\t{}{mark}{}", word(property), description(property)).expect("memory is there");
        }
    }
    let path = root().join("gen-openapi/src/schemars/kubernetes.txt");
    assert_eq!(compare(&path, &table), Ok(()));
}
