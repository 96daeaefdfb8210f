//! The subresource `scale`.

use kgen_apiserver::request::Verb;
use serde_json::{Value, json};

use crate::fixture::{APPLY, FLUNDERS, JSON_PATCH, MERGE, POOLS, Server, pool};

const SCALE: &str = "fleet.example.com/v1/pools/scale";

async fn with_pool() -> Server {
    let server = Server::new();
    server.apply(POOLS, "a", "fieldManager=ann", &pool("a")).await.is(201);
    let status = json!({"status": {"replicas": 1, "selector": "pool=a"}});
    server
        .patch(&format!("{POOLS}/status"), "a", MERGE, &status)
        .await
        .is(200);
    server
}

fn scale(replicas: i64) -> Value {
    json!({"apiVersion": "autoscaling/v1", "kind": "Scale", "metadata": {"name": "a"}, "spec": {"replicas": replicas}})
}

/// A scale shows what is wanted and counted.
#[tokio::test]
async fn s138_a_scale_shows_its_object() {
    let server = with_pool().await;
    let of = server.get(POOLS, "a").await.body;
    let metadata = &of["metadata"];
    let read = server.get(SCALE, "a").await.is(200);
    let wanted = json!({
        "apiVersion": "autoscaling/v1", "kind": "Scale",
        "metadata": {
            "name": "a", "namespace": "default", "uid": metadata["uid"],
            "resourceVersion": metadata["resourceVersion"], "creationTimestamp": metadata["creationTimestamp"],
        },
        "spec": {"replicas": 2}, "status": {"replicas": 1, "selector": "pool=a"},
    });
    assert_eq!(read.body, wanted);
    server.get(SCALE, "none").await.is(404);
    server.get(&format!("{FLUNDERS}/scale"), "a").await.is(404);
}

/// A scale can be replaced and patched; what kubectl scale sends has no query.
#[tokio::test]
async fn s138_scales_are_replaced_and_patched() {
    let server = with_pool().await;
    let replaced = server.put(SCALE, "a", &scale(4)).await.is(200);
    assert_eq!(
        (&replaced.body["kind"], &replaced.body["spec"]["replicas"]),
        (&json!("Scale"), &json!(4))
    );
    let read = server.get(POOLS, "a").await;
    assert_eq!(
        (&read.body["spec"]["replicas"], &read.body["metadata"]["generation"]),
        (&json!(4), &json!(2))
    );
    assert_eq!(read.body["status"]["replicas"], 1);

    let call = server
        .call(Verb::Patch, SCALE, "a")
        .header("accept", "application/json, */*");
    let patched = call.body(MERGE, r#"{"spec":{"replicas":5}}"#).send().await.is(200);
    assert_eq!(patched.body["spec"]["replicas"], 5);
    let operation = json!([{"op": "replace", "path": "/spec/replicas", "value": 6}]);
    let patched = server.patch(SCALE, "a", JSON_PATCH, &operation).await.is(200);
    assert_eq!(patched.body["spec"]["replicas"], 6);
    // What typed clients of Go send for none.
    let none = json!({"metadata": {"name": "a"}, "spec": {}});
    assert_eq!(server.put(SCALE, "a", &none).await.is(200).body["spec"]["replicas"], 0);
    server
        .put(SCALE, "none", &json!({"metadata": {"name": "none"}}))
        .await
        .is(404);
    server.patch(SCALE, "none", MERGE, &json!({})).await.is(404);
}

/// A scale that was seen in another version conflicts.
#[tokio::test]
async fn s138_scales_expect_the_resource_version_that_they_say() {
    let server = with_pool().await;
    let mut seen = server.get(SCALE, "a").await.body;
    seen["spec"]["replicas"] = json!(3);
    server.put(SCALE, "a", &seen).await.is(200);
    let refused = server.put(SCALE, "a", &seen).await.is(409);
    assert_eq!(refused.reason(), "Conflict");
    assert!(
        refused
            .message()
            .starts_with("Operation cannot be fulfilled on pools.fleet.example.com \"a\"")
    );
    let patch = json!({"metadata": {"resourceVersion": "1"}, "spec": {"replicas": 9}});
    server.patch(SCALE, "a", MERGE, &patch).await.is(409);
}

/// What is no scale is refused.
#[tokio::test]
async fn s138_scales_are_checked() {
    let server = with_pool().await;
    let refused = server.put(SCALE, "a", &scale(-1)).await.is(422);
    assert_eq!(
        refused.message(),
        "Scale.autoscaling \"a\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0"
    );
    server
        .patch(SCALE, "a", MERGE, &json!({"spec": {"replicas": -1}}))
        .await
        .is(422);
    server
        .patch(SCALE, "a", MERGE, &json!({"spec": {"replicas": "two"}}))
        .await
        .is(422);
    server.patch(SCALE, "a", MERGE, &json!({"kind": "Pool"})).await.is(422);
    server
        .patch(SCALE, "a", MERGE, &json!({"metadata": {"name": "b"}}))
        .await
        .is(400);
    server.put(SCALE, "a", &pool("a")).await.is(400);
    server.put(SCALE, "a", &scale(i64::MAX)).await.is(400);
    let call = server.call(Verb::Update, SCALE, "a").query("fieldValidation=Strict");
    call.body("application/json", r#"{"metadata":{"name":"a"},"spec":{"colour":1}}"#)
        .send()
        .await
        .is(400);
    let call = server
        .call(Verb::Patch, SCALE, "a")
        .body("application/strategic-merge-patch+json", "{}");
    call.send().await.is(415);
}

/// Who scales owns the replicas of the object, wherever its version has them.
#[tokio::test]
async fn s122_who_scales_owns_the_replicas() {
    let server = with_pool().await;
    let apply = |manager: &str, replicas: i64, force: bool| {
        let call = server
            .call(Verb::Patch, SCALE, "a")
            .query(&format!("fieldManager={manager}&force={force}"));
        call.body(APPLY, scale(replicas).to_string())
    };
    let refused = apply("scaler", 4, false).send().await.is(409);
    assert_eq!(
        refused.message(),
        "Apply failed with 1 conflict: conflict with \"ann\": .spec.replicas"
    );
    apply("scaler", 4, true).send().await.is(200);
    let owned = server.get(POOLS, "a").await.managers();
    let of = |wanted: &str| {
        let found = owned.iter().find(|(name, _)| name == wanted);
        found.map(|(_, fields)| fields.clone())
    };
    assert_eq!(of("scaler Apply scale"), Some(json!({"f:spec": {"f:replicas": {}}})));
    assert_eq!(
        of("ann Apply"),
        Some(json!({"f:spec": {"f:selector": {}, "f:site": {}, "f:template": {}}}))
    );

    let refused = server.apply(POOLS, "a", "fieldManager=ann", &pool("a")).await.is(409);
    assert_eq!(
        refused.message(),
        "Apply failed with 1 conflict: conflict with \"scaler\" with subresource \"scale\": .spec.replicas"
    );
    server
        .patch(SCALE, "a", MERGE, &json!({"spec": {"replicas": 7}}))
        .await
        .is(200);
    let owned = server.get(POOLS, "a").await.managers();
    assert!(
        owned.contains(&("tester Update scale".to_owned(), json!({"f:spec": {"f:replicas": {}}}))),
        "{owned:?}"
    );
    assert!(owned.iter().all(|(name, _)| name != "scaler Apply scale"));
}

/// A scale can be had as a table.
#[tokio::test]
async fn s140_scales_are_shown_as_tables() {
    let server = with_pool().await;
    let call = server.call(Verb::Get, SCALE, "a");
    let table = call
        .header("accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
        .send()
        .await
        .is(200);
    assert_eq!(table.body["kind"], "Table");
    assert_eq!(table.body["rows"][0]["cells"][0], "a");
}
