//! Where the main API server finds the server, and for which groups and versions.

use serde_json::{Value, json};

use super::plan::{PORT, Plan, document};

/// Groups of others come before or after; the sample server of Kubernetes has this number.
const GROUP_PRIORITY: i32 = 1000;
/// The number of the version that clients should prefer; the next ones have less.
const VERSION_PRIORITY: i32 = 100;

pub(super) fn documents(plan: &Plan) -> Vec<Value> {
    let versions = plan.groups.iter().flat_map(|(group, versions)| {
        let priorities = (1..=VERSION_PRIORITY).rev();
        let numbered = versions.iter().zip(priorities);
        numbered.map(|(version, priority)| api_service(plan, group, version, priority))
    });
    std::iter::once(service(plan)).chain(versions).collect()
}

fn service(plan: &Plan) -> Value {
    let body = json!({"spec": {
        "ports": [{"name": "https", "port": 443, "protocol": "TCP", "targetPort": PORT}],
        "selector": plan.labels(),
    }});
    document(plan.head("v1", "Service", &plan.deployment.name), body)
}

fn api_service(plan: &Plan, group: &str, version: &str, priority: i32) -> Value {
    let of = &plan.deployment;
    let mut spec = json!({
        "group": group,
        "groupPriorityMinimum": GROUP_PRIORITY,
        "service": {"name": of.name, "namespace": of.namespace, "port": 443},
        "version": version,
        "versionPriority": priority,
    });
    match &of.ca_bundle {
        Some(bundle) => spec["caBundle"] = json!(bundle),
        // The server makes its certificate itself, in its pod.
        None => spec["insecureSkipTLSVerify"] = json!(true),
    }
    let head = plan.cluster_head("apiregistration.k8s.io/v1", "APIService", &format!("{version}.{group}"));
    document(head, json!({"spec": spec}))
}
