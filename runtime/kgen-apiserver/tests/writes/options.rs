//! The options of writes and deletes.

use kgen_apiserver::request::Verb;
use serde_json::{Value, json};

use crate::fixture::{APPLY, FLUNDERS, JSON_PATCH, MERGE, Server, flunder};

fn causes(body: &Value) -> Vec<(&str, &str)> {
    let causes = body["details"]["causes"].as_array();
    let causes = causes.into_iter().flatten();
    causes
        .map(|cause| {
            (
                cause["reason"].as_str().unwrap_or_default(),
                cause["field"].as_str().unwrap_or_default(),
            )
        })
        .collect()
}

/// An option without meaning is told as one broken rule of the options.
#[tokio::test]
async fn s045_options_of_writes_have_meanings() {
    let server = Server::new();
    server.create(FLUNDERS, &flunder("a")).await.is(201);
    let merge = |query: &str| server.call(Verb::Patch, FLUNDERS, "a").query(query).body(MERGE, "{}");
    for (verb, kind) in [(Verb::Create, "CreateOptions"), (Verb::Update, "UpdateOptions")] {
        let name = if verb == Verb::Create { "" } else { "a" };
        let call = server
            .call(verb, FLUNDERS, name)
            .query("dryRun=some&fieldValidation=loud&fieldManager=a%00b");
        let refused = call.json(&flunder("a")).send().await.is(422);
        assert_eq!(refused.body["details"]["kind"], kind);
        assert_eq!(refused.body["details"]["group"], "meta.k8s.io");
        let wanted = [
            ("FieldValueInvalid", "fieldManager"),
            ("FieldValueNotSupported", "dryRun"),
            ("FieldValueNotSupported", "fieldValidation"),
        ];
        assert_eq!(causes(&refused.body), wanted);
    }
    let refused = merge("fieldValidation=loud").send().await.is(422);
    assert_eq!(
        refused.message(),
        "PatchOptions.meta.k8s.io \"\" is invalid: fieldValidation: Unsupported value: \"loud\": supported values: \"\", \
         \"Ignore\", \"Strict\", \"Warn\""
    );
    let long = "m".repeat(129);
    let refused = merge(&format!("fieldManager={long}")).send().await.is(422);
    assert_eq!(causes(&refused.body), [("FieldValueTooLong", "fieldManager")]);
    merge("dryRun=").send().await.is(422);
    merge("dryRun=All&dryRun=All").send().await.is(200);
}

/// Applies say who they are, and only they use force.
#[tokio::test]
async fn s111_apply_needs_a_manager_and_force_needs_an_apply() {
    let server = Server::new();
    server.create(FLUNDERS, &flunder("a")).await.is(201);
    let call = server
        .call(Verb::Patch, FLUNDERS, "a")
        .body(APPLY, flunder("a").to_string());
    let refused = call.send().await.is(422);
    assert_eq!(
        refused.message(),
        "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch"
    );
    for media_type in [JSON_PATCH, MERGE] {
        let call = server.call(Verb::Patch, FLUNDERS, "a").query("force=false");
        let refused = call.body(media_type, "[]").send().await.is(422);
        assert_eq!(causes(&refused.body), [("FieldValueForbidden", "force")]);
        assert!(refused.message().contains("may not be specified for non-apply patch"));
    }
}

/// The options of a delete are named in several ways, or not at all.
#[tokio::test]
async fn s126_delete_options_need_no_kind() {
    let server = Server::new();
    for header in [
        json!({}),
        json!({"apiVersion": "v1", "kind": "DeleteOptions"}),
        json!({"apiVersion": "meta.k8s.io/v1", "kind": "DeleteOptions"}),
        json!({"apiVersion": "wardle.example.com/v1alpha1", "kind": "DeleteOptions"}),
    ] {
        server.create(FLUNDERS, &flunder("a")).await.is(201);
        let mut options = header;
        options["propagationPolicy"] = json!("Background");
        server
            .call(Verb::Delete, FLUNDERS, "a")
            .json(&options)
            .send()
            .await
            .is(200);
        server.get(FLUNDERS, "a").await.is(404);
    }
    server.create(FLUNDERS, &flunder("a")).await.is(201);
    for other in [
        json!({"kind": "Flunder"}),
        json!({"apiVersion": "v2", "kind": "DeleteOptions"}),
    ] {
        let refused = server
            .call(Verb::Delete, FLUNDERS, "a")
            .json(&other)
            .send()
            .await
            .is(400);
        assert_eq!(refused.message(), "decoded object cannot be converted to DeleteOptions");
    }
    let call = server
        .call(Verb::Delete, FLUNDERS, "a")
        .query("propagationPolicy=Maybe&dryRun=no");
    let refused = call.send().await.is(422);
    assert_eq!(
        causes(&refused.body),
        [
            ("FieldValueNotSupported", "propagationPolicy"),
            ("FieldValueNotSupported", "dryRun")
        ]
    );
    let both = json!({"orphanDependents": true, "propagationPolicy": "Orphan"});
    server
        .call(Verb::Delete, FLUNDERS, "a")
        .json(&both)
        .send()
        .await
        .is(422);
    server
        .call(Verb::Delete, FLUNDERS, "a")
        .query("gracePeriodSeconds=soon")
        .send()
        .await
        .is(400);
    let call = server.call(Verb::Delete, FLUNDERS, "a").query("dryRun=no");
    call.json(&json!({"dryRun": ["All"]})).send().await.is(200);
    server.get(FLUNDERS, "a").await.is(200);
    server
        .call(Verb::Delete, FLUNDERS, "a")
        .body("text/plain", "{}")
        .send()
        .await
        .is(415);
}
