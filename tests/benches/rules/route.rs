//! An HTTPRoute that is as large as its rules permit in most respects, and two that break them.

use kgen::serde_json::{Value, json};

const RULES: usize = 16;
const MATCHES: usize = 8;

pub(crate) fn valid() -> Value {
    let parents = (0..4).map(|index| json!({"name": "public", "sectionName": format!("listener-{index}")}));
    let hostnames = (0..16).map(|index| format!("shop-{index}.example.com"));
    json!({
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": "HTTPRoute",
        "metadata": {"name": "shop", "namespace": "shops"},
        "spec": {
            "parentRefs": parents.collect::<Vec<_>>(),
            "hostnames": hostnames.collect::<Vec<_>>(),
            "rules": (0..RULES).map(rule).collect::<Vec<_>>(),
        },
    })
}

/// The schema does not permit this route.
pub(crate) fn with_empty_header() -> Value {
    let mut route = valid();
    route["spec"]["rules"][RULES - 1]["matches"][MATCHES - 1]["headers"][0]["value"] = "".into();
    route
}

/// The schema permits this route, a rule in CEL does not.
pub(crate) fn with_relative_path() -> Value {
    let mut route = valid();
    route["spec"]["rules"][RULES - 1]["matches"][MATCHES - 1]["path"]["value"] = "relative".into();
    route
}

fn rule(index: usize) -> Value {
    json!({
        "name": format!("rule-{index}"),
        "matches": (0..MATCHES).map(|number| route_match(index, number)).collect::<Vec<_>>(),
        "filters": [
            headers("RequestHeaderModifier", "requestHeaderModifier"),
            headers("ResponseHeaderModifier", "responseHeaderModifier"),
            {"type": "URLRewrite", "urlRewrite": {
                "hostname": "backend.example.com",
                "path": {"type": "ReplaceFullPath", "replaceFullPath": "/index.html"},
            }},
            {"type": "CORS", "cors": {
                "allowOrigins": ["https://www.example.com", "https://*.example.org"],
                "allowMethods": ["GET", "POST"],
            }},
            {"type": "RequestMirror", "requestMirror": {
                "backendRef": {"name": "mirror", "port": 8080},
                "fraction": {"numerator": 1, "denominator": 10},
            }},
        ],
        "backendRefs": (0..4).map(backend).collect::<Vec<_>>(),
        "timeouts": {"request": "10s", "backendRequest": "2s"},
    })
}

fn route_match(rule: usize, number: usize) -> Value {
    let values = |prefix: &str| -> Vec<Value> {
        let names = (0..4).map(|index| format!("{prefix}-{index}"));
        names.map(|name| json!({"name": name, "value": "value"})).collect()
    };
    json!({
        "path": {"type": "PathPrefix", "value": format!("/shop/{rule}/articles/{number}")},
        "method": "GET",
        "headers": values("x-header"),
        "queryParams": values("parameter"),
    })
}

fn backend(index: usize) -> Value {
    json!({
        "name": format!("backend-{index}"),
        "namespace": "backends",
        "port": 8080,
        "weight": 25,
        "filters": [headers("RequestHeaderModifier", "requestHeaderModifier")],
    })
}

/// A filter that changes headers.
fn headers(ty: &str, member: &str) -> Value {
    let mut filter = json!({"type": ty});
    filter[member] = json!({
        "set": [{"name": "x-shop", "value": "shop"}, {"name": "x-region", "value": "north"}],
        "add": [{"name": "x-hop", "value": "gateway"}],
        "remove": ["x-debug"],
    });
    filter
}
