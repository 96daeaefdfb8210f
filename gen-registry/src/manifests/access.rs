//! Namespace, service account and rights: those of the server, and those that users get by the usual roles.

use serde_json::{Value, json};

use super::plan::{Plan, document};

const RBAC: &str = "rbac.authorization.k8s.io/v1";

pub(super) fn documents(plan: &Plan) -> Vec<Value> {
    let name = plan.deployment.name.as_str();
    let mut documents = vec![
        document(
            plan.cluster_head("v1", "Namespace", &plan.deployment.namespace),
            json!({}),
        ),
        document(plan.head("v1", "ServiceAccount", name), json!({})),
        reviews(plan),
        authorities(plan),
    ];
    documents.extend(namespaces(plan));
    documents.extend([
        user_role(plan, "view", &["get", "list", "watch"]),
        user_role(
            plan,
            "edit",
            &[
                "create",
                "delete",
                "deletecollection",
                "get",
                "list",
                "patch",
                "update",
                "watch",
            ],
        ),
    ]);
    documents
}

fn subjects(plan: &Plan) -> Value {
    let (name, namespace) = (&plan.deployment.name, &plan.deployment.namespace);
    json!([{"kind": "ServiceAccount", "name": name, "namespace": namespace}])
}

fn role(kind: &str, name: &str) -> Value {
    json!({"apiGroup": "rbac.authorization.k8s.io", "kind": kind, "name": name})
}

/// The server may ask who a token is of, and who may do what.
fn reviews(plan: &Plan) -> Value {
    let name = format!("{}:system:auth-delegator", plan.deployment.name);
    let body = json!({"roleRef": role("ClusterRole", "system:auth-delegator"), "subjects": subjects(plan)});
    document(plan.cluster_head(RBAC, "ClusterRoleBinding", &name), body)
}

/// The server may read which front proxies are trusted.
fn authorities(plan: &Plan) -> Value {
    let name = format!("{}-auth-reader", plan.deployment.name);
    let mut head = plan.cluster_head(RBAC, "RoleBinding", &name);
    head["metadata"]["namespace"] = json!("kube-system");
    let reader = role("Role", "extension-apiserver-authentication-reader");
    document(head, json!({"roleRef": reader, "subjects": subjects(plan)}))
}

/// The server may see which namespaces there are.
fn namespaces(plan: &Plan) -> [Value; 2] {
    let name = plan.deployment.name.as_str();
    let rules = json!([{"apiGroups": [""], "resources": ["namespaces"], "verbs": ["get", "list", "watch"]}]);
    [
        document(plan.cluster_head(RBAC, "ClusterRole", name), json!({"rules": rules})),
        document(
            plan.cluster_head(RBAC, "ClusterRoleBinding", name),
            json!({"roleRef": role("ClusterRole", name), "subjects": subjects(plan)}),
        ),
    ]
}

/// Who has a usual role of the cluster has it here too.
fn user_role(plan: &Plan, usual: &str, verbs: &[&str]) -> Value {
    let mut head = plan.cluster_head(RBAC, "ClusterRole", &format!("{}:{usual}", plan.deployment.name));
    for role in ["admin", "edit", "view"]
        .iter()
        .filter(|role| usual == "view" || **role != "view")
    {
        head["metadata"]["labels"][format!("rbac.authorization.k8s.io/aggregate-to-{role}")] = json!("true");
    }
    let rules = plan
        .resources
        .iter()
        .map(|(group, resources)| json!({"apiGroups": [group], "resources": resources, "verbs": verbs}));
    document(head, json!({"rules": rules.collect::<Vec<_>>()}))
}
