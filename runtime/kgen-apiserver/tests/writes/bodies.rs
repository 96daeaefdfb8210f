//! The bodies of creates and updates.

use kgen_apiserver::request::Verb;
use serde_json::json;

use crate::fixture::{FLUNDERS, Server, flunder};

const V1BETA1: &str = "wardle.example.com/v1beta1/flunders";

/// What a body does not say of its kind is as the address says; what it says must agree.
#[tokio::test]
async fn s043_a_body_is_of_the_version_and_kind_of_its_address() {
    let server = Server::new();
    let bare = json!({"metadata": {"name": "bare"}});
    let created = server.create(FLUNDERS, &bare).await.is(201);
    assert_eq!(created.body["apiVersion"], "wardle.example.com/v1alpha1");
    assert_eq!(created.body["kind"], "Flunder");

    let refused = server.create(V1BETA1, &flunder("a")).await.is(400);
    assert_eq!(
        refused.message(),
        "the API version in the data (wardle.example.com/v1alpha1) does not match the expected API version \
         (wardle.example.com/v1beta1)"
    );
    let mut other = flunder("a");
    other["kind"] = json!("Fischer");
    let refused = server.create(FLUNDERS, &other).await.is(400);
    assert_eq!(
        refused.message(),
        "Fischer in version \"v1alpha1\" cannot be handled as a Flunder: no kind \"Fischer\" is registered for version \
         \"wardle.example.com/v1alpha1\""
    );
    other["apiVersion"] = json!("a/b/c");
    server.create(FLUNDERS, &other).await.is(400);
}

/// YAML is read as the Go servers read it.
#[tokio::test]
async fn s044_bodies_may_be_yaml() {
    let server = Server::new();
    let post = |body: &'static str| server.call(Verb::Create, FLUNDERS, "").body("application/yaml", body);
    let created = post("metadata:\n  name: a\nspec: {reference: 'y'}\n---\nkind: Other\n")
        .send()
        .await
        .is(201);
    assert_eq!(created.body["spec"]["reference"], "y");
    assert!(created.warnings.iter().all(|warning| warning.contains("deprecated")));
    let refused = post("metadata:\n  name: b\nspec: {reference: y}\n")
        .send()
        .await
        .is(400);
    assert!(
        refused
            .message()
            .starts_with("Flunder in version \"v1alpha1\" cannot be handled as a Flunder: ")
    );
    let repeated = "metadata:\n  name: c\nspec:\n  reference: one\n  reference: two\n";
    let warned = post(repeated).send().await.is(201);
    assert!(
        warned
            .warnings
            .contains(&"line 5: key \"reference\" already set in map".to_owned())
    );
    assert_eq!(warned.body["spec"]["reference"], "two");
    let refused = post(repeated).query("fieldValidation=Strict").send().await.is(400);
    assert_eq!(
        refused.message(),
        "Flunder in version \"v1alpha1\" cannot be handled as a Flunder: strict decoding error: yaml: unmarshal \
         errors:\n  line 5: key \"reference\" already set in map"
    );
}

const SLOPPY: &str =
    r#"{"metadata": {"name": "a"}, "spec": {"reference": "x", "reference": "y", "colour": 1}, "more": {"b": 2}}"#;

/// Strict refuses what the type does not have, and what is there twice.
#[tokio::test]
async fn s045_strict_validation_refuses_unknown_and_repeated_fields() {
    let server = Server::new();
    let call = server.call(Verb::Create, FLUNDERS, "").query("fieldValidation=Strict");
    let refused = call.body("application/json", SLOPPY).send().await.is(400);
    assert_eq!(refused.reason(), "BadRequest");
    assert_eq!(
        refused.message(),
        "Flunder in version \"v1alpha1\" cannot be handled as a Flunder: strict decoding error: unknown field \"spec.colour\", \
         unknown field \"more\", duplicate field \"spec.reference\""
    );
    server.get(FLUNDERS, "a").await.is(404);
}

/// Warn is what happens when nothing is said; Ignore says nothing.
#[tokio::test]
async fn s045_unknown_fields_are_warned_of_or_ignored() {
    let server = Server::new();
    let call = |query: &str| {
        server
            .call(Verb::Create, FLUNDERS, "")
            .query(query)
            .body("application/json", SLOPPY)
    };
    let fields = |warnings: Vec<String>| -> Vec<String> {
        warnings
            .into_iter()
            .filter(|warning| warning.contains("field"))
            .collect()
    };
    let warned = call("dryRun=All").send().await.is(201);
    let wanted = [
        "unknown field \"spec.colour\"",
        "unknown field \"more\"",
        "duplicate field \"spec.reference\"",
    ];
    assert_eq!(fields(warned.warnings), wanted);
    let warned = call("dryRun=All&fieldValidation=Warn").send().await.is(201);
    assert_eq!(fields(warned.warnings), wanted);
    let silent = call("fieldValidation=Ignore").send().await.is(201);
    assert_eq!(fields(silent.warnings), Vec::<String>::new());
    assert_eq!(silent.body["spec"]["reference"], "y");
    assert!(silent.body.get("more").is_none());
}

/// No more than a hundred fields are told of.
#[tokio::test]
async fn s045_warnings_have_an_end() {
    let server = Server::new();
    let many: serde_json::Map<_, _> = (0..500).map(|index| (format!("field{index}"), json!(1))).collect();
    let body = json!({"metadata": {"name": "a"}, "spec": many});
    let warned = server.create(FLUNDERS, &body).await.is(201);
    assert_eq!(
        warned
            .warnings
            .iter()
            .filter(|warning| warning.starts_with("unknown"))
            .count(),
        100
    );
}

/// Updates read their bodies in the same way.
#[tokio::test]
async fn s045_updates_are_as_strict_as_creates() {
    let server = Server::new();
    server.create(FLUNDERS, &flunder("a")).await.is(201);
    let call = server.call(Verb::Update, FLUNDERS, "a").query("fieldValidation=Strict");
    let refused = call.body("application/json", SLOPPY).send().await.is(400);
    assert!(
        refused
            .message()
            .contains("strict decoding error: unknown field \"spec.colour\"")
    );
}
