//! The options of writes and deletes.

use kgen_apiserver::request::Verb;
use serde_json::Value;

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
