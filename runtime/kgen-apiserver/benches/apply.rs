//! What an apply costs, beside reading and writing the object, which a server has to do in any case.
//!
//! `cargo bench -p kgen-apiserver --bench apply` prints the times and, at the end, the ratios.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::Criterion;
use jiff::Timestamp;
use kgen_apiserver::apply::{FieldManager, ObjectType, SingleVersion};
use serde_json::{Value, json};

const API_VERSION: &str = "example.com/v1";

/// A schema with a list of containers, as workloads have it.
fn schema() -> Value {
    let text = json!({"type": "string"});
    let texts = json!({"type": "object", "additionalProperties": text});
    let by = |keys: &[&str], items: Value| json!({"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": keys, "items": items});
    let port = json!({"type": "object", "properties": {"containerPort": {"type": "integer"}, "protocol": {"type": "string", "default": "TCP"}}});
    let env = json!({"type": "object", "properties": {"name": text, "value": text}});
    let container = json!({"type": "object", "properties": {
        "name": text, "image": text, "args": {"type": "array", "items": text},
        "ports": by(&["containerPort", "protocol"], port), "env": by(&["name"], env),
        "resources": {"type": "object", "properties": {"limits": texts, "requests": texts}},
    }});
    json!({"type": "object", "properties": {"spec": {"type": "object", "properties": {
        "replicas": {"type": "integer"},
        "selector": {"type": "object", "x-kubernetes-map-type": "atomic", "properties": {"matchLabels": texts}},
        "containers": by(&["name"], container),
    }}}})
}

/// About 1 kB of configuration.
fn config(replicas: i64) -> Value {
    let labels = json!({"app": "web", "tier": "front", "team": "platform", "app.kubernetes.io/managed-by": "kubectl"});
    let container = |name: &str| {
        json!({
            "name": name,
            "image": format!("registry.example.com/team/{name}:1.27.3"),
            "args": ["--listen=0.0.0.0:8080", "--verbose"],
            "ports": [{"containerPort": 8080, "protocol": "TCP"}, {"containerPort": 9090, "protocol": "TCP"}],
            "env": [{"name": "LEVEL", "value": "info"}, {"name": "REGION", "value": "eu-central"}],
            "resources": {"limits": {"cpu": "500m", "memory": "256Mi"}, "requests": {"cpu": "100m", "memory": "128Mi"}},
        })
    };
    json!({
        "apiVersion": API_VERSION,
        "kind": "Workload",
        "metadata": {"name": "web", "namespace": "default", "labels": labels},
        "spec": {"replicas": replicas, "selector": {"matchLabels": labels}, "containers": [container("web"), container("log")]},
    })
}

fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

/// The time of one call, as the best of many short rounds: on a busy machine some of them are undisturbed.
fn best(mut call: impl FnMut()) -> Duration {
    const CALLS: u32 = 10;
    let rounds = (0..2000).map(|_| {
        let start = Instant::now();
        (0..CALLS).for_each(|_| call());
        start.elapsed() / CALLS
    });
    rounds.min().unwrap_or_default()
}

fn main() {
    let ty = ObjectType::from_crd(&schema()).expect("the schema is one");
    let endpoint = FieldManager::new(API_VERSION, "Workload", Arc::new(SingleVersion::new(API_VERSION, ty)));
    let (first, second) = (config(1), config(2));
    let created = endpoint
        .apply(Value::Null, &first, "kubectl", false, now())
        .expect("a first apply")
        .into_object();
    let live = endpoint
        .update(&created, created.clone(), "controller", now())
        .into_object();
    let text = serde_json::to_string(&live).expect("an object is JSON");
    println!(
        "configuration: {} bytes, object: {} bytes",
        first.to_string().len(),
        text.len()
    );

    let round_trip = || {
        let value: Value = serde_json::from_str(black_box(&text)).expect("its own text");
        black_box(serde_json::to_string(&value).expect("an object is JSON"));
    };
    let create = || drop(black_box(endpoint.apply(Value::Null, &first, "kubectl", false, now())));
    let same = || drop(black_box(endpoint.apply(live.clone(), &first, "kubectl", false, now())));
    let change = || {
        drop(black_box(endpoint.apply(
            live.clone(),
            &second,
            "kubectl",
            false,
            now(),
        )))
    };
    let update = || drop(black_box(endpoint.update(&live, live.clone(), "controller", now())));

    let mut criterion = Criterion::default().configure_from_args();
    criterion.bench_function("serde round trip", |bench| bench.iter(round_trip));
    criterion.bench_function("apply, created", |bench| bench.iter(create));
    criterion.bench_function("apply, nothing changed", |bench| bench.iter(same));
    criterion.bench_function("apply, one field changed", |bench| bench.iter(change));
    criterion.bench_function("update, nothing changed", |bench| bench.iter(update));
    criterion.final_summary();

    let unit = best(round_trip).as_secs_f64();
    let ratio = |call: &dyn Fn()| best(call).as_secs_f64() / unit;
    println!("serde round trip: {:.1} µs; ratio to it:", unit * 1e6);
    println!(
        "  clone of the object       {:.2}",
        ratio(&|| drop(black_box(live.clone())))
    );
    println!("  apply, created            {:.2}", ratio(&create));
    println!("  apply, nothing changed    {:.2}", ratio(&same));
    println!("  apply, one field changed  {:.2}", ratio(&change));
    println!("  update, nothing changed   {:.2}", ratio(&update));
}
