//! Mistakes of clients: the right code at once, never a fault of the server.

use std::time::{Duration, Instant};

use kgen_apiserver::request::Verb;
use serde_json::json;

use crate::fixture::{APPLY, JSON_PATCH, MERGE, POOLS, Server, pool};

const JSON: &str = "application/json";
const YAML: &str = "application/yaml";

fn nested(depth: usize) -> String {
    format!("{}{}", "[".repeat(depth), "]".repeat(depth))
}

/// Text that is no JSON, no YAML, too deep, or grows when it is read.
#[tokio::test]
async fn s045_s105_malformed_bodies_are_refused_at_once() {
    let server = Server::new();
    server.create(POOLS, &pool("a")).await.is(201);
    let bomb: String = (1..30).fold("a0: &a0 [x, x]\n".to_owned(), |text, level| {
        let last = level - 1;
        text + &format!("a{level}: &a{level} [*a{last}, *a{last}]\n")
    });
    let deep = format!(
        r#"{{"metadata":{{"name":"a"}},"spec":{{"unknown":{}}}}}"#,
        nested(10_000)
    );
    let bodies = [
        String::new(),
        "{".to_owned(),
        "\"".to_owned(),
        "{\"a\": 1} x".to_owned(),
        "[1]".to_owned(),
        "true".to_owned(),
        "{\"kind\": 1}".to_owned(),
        "{\"metadata\": []}".to_owned(),
        "{\"metadata\": {\"name\": 1}}".to_owned(),
        nested(1_500_000),
        deep,
        "{\"spec\":".repeat(300_000),
        bomb,
        "- ".repeat(1_000_000),
        "a: ".repeat(1_000_000),
        "? ".repeat(500_000),
        "\t".to_owned(),
        "%YAML 9.9\n---\n{}".to_owned(),
        "a: &a *a".to_owned(),
        "&".to_owned(),
        "!!float x".to_owned(),
    ];
    for body in bodies {
        let begin: String = body.chars().take(40).collect();
        for (verb, name, media_type) in [
            (Verb::Create, "", JSON),
            (Verb::Update, "a", JSON),
            (Verb::Update, "a", YAML),
            (Verb::Patch, "a", JSON_PATCH),
            (Verb::Patch, "a", MERGE),
            (Verb::Patch, "a", APPLY),
        ] {
            let since = Instant::now();
            let call = server
                .call(verb, POOLS, name)
                .query(if media_type == APPLY { "fieldManager=a" } else { "" });
            let answer = call.body(media_type, body.clone()).send().await;
            assert!(
                (400..500).contains(&answer.code),
                "{verb} {media_type} {begin}: {answer:?}"
            );
            assert_eq!(answer.body["kind"], "Status");
            assert!(
                answer.body["reason"].is_string(),
                "{verb} {media_type} {begin}: {answer:?}"
            );
            assert!(since.elapsed() < Duration::from_secs(20), "{verb} {media_type} {begin}");
        }
    }
}

/// Bytes that are no text.
#[tokio::test]
async fn s043_bodies_are_text() {
    let server = Server::new();
    server.create(POOLS, &pool("a")).await.is(201);
    let bytes: &[u8] = b"{\"metadata\": {\"name\": \"\xff\xfe\"}}";
    for media_type in [JSON, YAML] {
        server
            .call(Verb::Create, POOLS, "")
            .body(media_type, bytes)
            .send()
            .await
            .is(400);
    }
    for media_type in [MERGE, JSON_PATCH, APPLY] {
        let call = server
            .call(Verb::Patch, POOLS, "a")
            .query(if media_type == APPLY { "fieldManager=a" } else { "" });
        call.body(media_type, bytes).send().await.is(400);
    }
}

/// Patches that put anything anywhere.
#[tokio::test]
async fn s105_patches_of_any_shape_are_no_fault_of_the_server() {
    let server = Server::new();
    server.create(POOLS, &pool("a")).await.is(201);
    let values = [
        json!(null),
        json!(0),
        json!("x"),
        json!([]),
        json!({}),
        json!([null]),
        json!({"": null}),
        json!(1e300),
    ];
    let places = [
        "",
        "/",
        "/metadata",
        "/metadata/",
        "/metadata/name",
        "/metadata/managedFields",
        "/metadata/managedFields/0",
        "/metadata/managedFields/0/fieldsV1",
        "/metadata/managedFields/0/time",
        "/metadata/ownerReferences",
        "/metadata/resourceVersion",
        "/metadata/uid",
        "/metadata/creationTimestamp",
        "/metadata/deletionTimestamp",
        "/metadata/generation",
        "/metadata/finalizers",
        "/metadata/labels",
        "/metadata/annotations",
        "/spec",
        "/spec/replicas",
        "/spec/selector",
        "/spec/selector/matchLabels",
        "/spec/template",
        "/spec/maxUnavailable",
        "/status",
        "/apiVersion",
        "/kind",
        "/spec/~",
        "/spec/~2",
        "spec",
    ];
    for place in places {
        for value in &values {
            for op in ["add", "replace", "test", "remove"] {
                let patch = json!([{"op": op, "path": place, "value": value}]);
                let call = server.call(Verb::Patch, POOLS, "a").query("dryRun=All");
                let answer = call.body(JSON_PATCH, patch.to_string()).send().await;
                assert!(answer.code < 500, "{patch}: {answer:?}");
            }
        }
    }
}
