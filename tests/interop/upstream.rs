//! The example of Gateway API against what Gateway API publishes.

use std::env;
use std::io::{self, Write};
use std::path::PathBuf;

use serde_json::Value;

use crate::support::Example;
use crate::support::documents::{crd, root, yaml};

/// Where upstream's definitions are, if they are here at all.
fn corpus() -> Option<PathBuf> {
    let folder =
        env::var_os("KGEN_CORPUS").map_or_else(|| root().join("../shared/corpus"), |folder| root().join(folder));
    let folder = folder.join("crds/gateway-api/standard");
    if !folder.is_dir() {
        // Straight to the terminal, past what the test harness swallows.
        let message = format!(
            "\nNOT TESTED: no definitions of Gateway API at {}; set KGEN_CORPUS\n",
            folder.display()
        );
        io::stderr().write_all(message.as_bytes()).expect("stderr is open");
        return None;
    }
    Some(folder)
}

/// The definitions are the same data, but for descriptions and for the annotations of upstream's own release.
fn definition_equals_upstream<T: Example>() {
    let Some(folder) = corpus() else { return };
    let upstream = yaml(&folder.join(format!("{}_{}.yaml", T::GROUP, T::URL_PATH_SEGMENT)));
    let mut found = Vec::new();
    compare(&without_release(upstream), &without_release(crd::<T>()), "", &mut found);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn gateway_class_equals_upstream() {
    definition_equals_upstream::<gateway::v1::GatewayClass>();
}

#[test]
fn gateway_equals_upstream() {
    definition_equals_upstream::<gateway::v1::Gateway>();
}

#[test]
fn http_route_equals_upstream() {
    definition_equals_upstream::<gateway::v1::HttpRoute>();
}

#[test]
fn grpc_route_equals_upstream() {
    definition_equals_upstream::<gateway::v1::GrpcRoute>();
}

/// A definition without what a release adds to it.
fn without_release(mut definition: Value) -> Value {
    if let Some(annotations) = definition["metadata"]["annotations"].as_object_mut() {
        annotations.retain(|name, _| !name.starts_with("gateway.networking.k8s.io/"));
    }
    definition
        .as_object_mut()
        .expect("definitions are objects")
        .remove("status");
    definition
}

fn compare(upstream: &Value, ours: &Value, path: &str, found: &mut Vec<String>) {
    match (upstream, ours) {
        (Value::Object(upstream), Value::Object(ours)) => {
            // Properties may be called so, but then they are schemas.
            let is_text =
                |name: &str, value: Option<&Value>| name == "description" && value.is_some_and(Value::is_string);
            let mut names: Vec<&String> = upstream.keys().chain(ours.keys()).collect();
            names.sort();
            names.dedup();
            for name in names {
                let sides = [upstream, ours].map(|side| side.get(name).filter(|value| !is_text(name, Some(value))));
                let sides = sides.map(|side| side.unwrap_or(&Value::Null));
                compare(sides[0], sides[1], &format!("{path}/{name}"), found);
            }
        }
        (Value::Array(upstream), Value::Array(ours)) if upstream.len() == ours.len() => {
            for (index, (upstream, ours)) in upstream.iter().zip(ours).enumerate() {
                compare(upstream, ours, &format!("{path}/{index}"), found);
            }
        }
        (upstream, ours) if upstream == ours => {}
        _ => found.push(format!("{path}: {upstream} upstream, {ours} here")),
    }
}
