//! The server's pod, its storage, and who may talk to it.

use serde_json::{Value, json};

use super::plan::{PORT, Plan, document};

/// Where the pod has what it may write.
const DATA: &str = "/data";
const CERTIFICATES: &str = "/certificates";

pub(super) fn documents(plan: &Plan) -> Vec<Value> {
    let mut documents = Vec::new();
    documents.extend(is_embedded(plan).then(|| claim(plan)));
    documents.extend([deployment(plan), network_policy(plan)]);
    documents
}

/// Without etcd objects are stored in a volume, which one pod has at a time.
fn is_embedded(plan: &Plan) -> bool {
    plan.deployment.etcd_servers.is_empty()
}

fn claim(plan: &Plan) -> Value {
    let body = json!({"spec": {
        "accessModes": ["ReadWriteOnce"],
        "resources": {"requests": {"storage": "4Gi"}},
    }});
    document(plan.head("v1", "PersistentVolumeClaim", &plan.deployment.name), body)
}

fn deployment(plan: &Plan) -> Value {
    let of = &plan.deployment;
    let strategy = if is_embedded(plan) { "Recreate" } else { "RollingUpdate" };
    let body = json!({"spec": {
        "replicas": if is_embedded(plan) { 1 } else { 2 },
        "selector": {"matchLabels": plan.labels()},
        "strategy": {"type": strategy},
        "template": {
            "metadata": {"labels": plan.labels()},
            "spec": {
                "containers": [container(plan)],
                "securityContext": {
                    "fsGroup": 65532,
                    "runAsGroup": 65532,
                    "runAsNonRoot": true,
                    "runAsUser": 65532,
                    "seccompProfile": {"type": "RuntimeDefault"},
                },
                "serviceAccountName": of.name,
                "terminationGracePeriodSeconds": 75,
                "volumes": volumes(plan),
            },
        },
    }});
    document(plan.head("apps/v1", "Deployment", &of.name), body)
}

fn container(plan: &Plan) -> Value {
    let probe = |path: &str| json!({"httpGet": {"path": path, "port": "https", "scheme": "HTTPS"}});
    json!({
        "args": args(plan),
        "image": plan.deployment.image,
        "livenessProbe": probe("/livez"),
        "name": "apiserver",
        "ports": [{"containerPort": PORT, "name": "https"}],
        "readinessProbe": probe("/readyz"),
        "resources": {"limits": {"memory": "512Mi"}, "requests": {"cpu": "50m", "memory": "64Mi"}},
        "securityContext": {
            "allowPrivilegeEscalation": false,
            "capabilities": {"drop": ["ALL"]},
            "readOnlyRootFilesystem": true,
        },
        "startupProbe": {
            "failureThreshold": 60,
            "httpGet": {"path": "/readyz", "port": "https", "scheme": "HTTPS"},
            "periodSeconds": 1,
        },
        "volumeMounts": mounts(plan),
    })
}

fn args(plan: &Plan) -> Vec<String> {
    let mut args = vec![
        format!("--secure-port={PORT}"),
        "--shutdown-delay-duration=10s".to_owned(),
    ];
    if is_embedded(plan) {
        args.push(format!("--data-dir={DATA}"));
    } else {
        args.push(format!("--etcd-servers={}", plan.deployment.etcd_servers.join(",")));
        args.extend(etcd_prefix(plan).map(|prefix| format!("--etcd-prefix={prefix}")));
    }
    if plan.deployment.ca_bundle.is_some() {
        args.push(format!("--tls-cert-file={CERTIFICATES}/tls.crt"));
        args.push(format!("--tls-private-key-file={CERTIFICATES}/tls.key"));
    } else {
        args.push(format!("--cert-dir={CERTIFICATES}"));
    }
    args
}

/// A server of one group knows what its keys begin with; one of several has to be told.
fn etcd_prefix(plan: &Plan) -> Option<String> {
    let of = &plan.deployment;
    let usual = || (plan.groups.len() > 1).then(|| format!("/registry/{}", of.name));
    of.etcd_prefix.clone().or_else(usual)
}

fn volumes(plan: &Plan) -> Vec<Value> {
    let name = &plan.deployment.name;
    let certificates = match plan.deployment.ca_bundle {
        Some(_) => json!({"name": "certificates", "secret": {"secretName": format!("{name}-tls")}}),
        None => json!({"emptyDir": {}, "name": "certificates"}),
    };
    let data = json!({"name": "data", "persistentVolumeClaim": {"claimName": name}});
    std::iter::once(certificates)
        .chain(is_embedded(plan).then_some(data))
        .collect()
}

fn mounts(plan: &Plan) -> Vec<Value> {
    let certificates = json!({"mountPath": CERTIFICATES, "name": "certificates"});
    let data = json!({"mountPath": DATA, "name": "data"});
    std::iter::once(certificates)
        .chain(is_embedded(plan).then_some(data))
        .collect()
}

/// The main API server runs on the network of its machine, which no selector names: whoever reaches the port may ask,
/// and has to say who they are.
fn network_policy(plan: &Plan) -> Value {
    let body = json!({"spec": {
        "ingress": [{"ports": [{"port": PORT, "protocol": "TCP"}]}],
        "podSelector": {"matchLabels": plan.labels()},
        "policyTypes": ["Ingress"],
    }});
    document(
        plan.head("networking.k8s.io/v1", "NetworkPolicy", &plan.deployment.name),
        body,
    )
}
