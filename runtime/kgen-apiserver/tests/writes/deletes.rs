//! DELETE.

use kgen_apiserver::request::Verb;
use serde_json::{Value, json};

use crate::fixture::{FLUNDERS, Server, flunder};

async fn made(server: &Server, finalizers: &[&str]) -> Value {
    let mut object = flunder("a");
    object["metadata"]["finalizers"] = json!(finalizers);
    server.create(FLUNDERS, &object).await.is(201).body
}

/// What is gone is told by its uid, and is not there afterwards.
#[tokio::test]
async fn s125_a_deletion_is_told_by_the_uid() {
    let server = Server::new();
    let object = made(&server, &[]).await;
    let before = server.revision().await;
    let deleted = server.call(Verb::Delete, FLUNDERS, "a").send().await.is(200);
    assert_eq!(
        deleted.body,
        json!({
            "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success",
            "details": {
                "name": "a", "group": "wardle.example.com", "kind": "flunders", "uid": object["metadata"]["uid"],
            },
        })
    );
    assert_eq!(server.changes(before).await, [(server.revision().await, true)]);
    server.get(FLUNDERS, "a").await.is(404);
    let missing = server.call(Verb::Delete, FLUNDERS, "a").send().await.is(404);
    assert_eq!(missing.message(), r#"flunders.wardle.example.com "a" not found"#);
}

/// What somebody holds is shown as it is now. 202 is for who asked in the old way.
#[tokio::test]
async fn s125_what_is_held_is_shown() {
    let server = Server::new();
    made(&server, &["example.com/hold"]).await;
    let marked = server.delete(FLUNDERS, "a", &json!({})).await.is(200);
    assert_eq!(marked.body["kind"], "Flunder");
    let marked = server
        .delete(FLUNDERS, "a", &json!({"orphanDependents": false}))
        .await
        .is(202);
    assert_eq!(marked.metadata("finalizers"), &json!(["example.com/hold"]));
}

/// Options may say their kind or not, and may stand in the query.
#[tokio::test]
async fn s126_options_are_read_from_body_or_query() {
    let server = Server::new();
    for kind in [
        json!({}),
        json!({"kind": "DeleteOptions", "apiVersion": "v1"}),
        json!({"kind": "DeleteOptions", "apiVersion": "meta.k8s.io/v1"}),
        json!({"kind": "DeleteOptions", "apiVersion": "wardle.example.com/v1alpha1"}),
    ] {
        let mut options = kind;
        options["propagationPolicy"] = json!("Orphan");
        made(&server, &[]).await;
        let marked = server.delete(FLUNDERS, "a", &options).await.is(200);
        assert_eq!(marked.metadata("finalizers"), &json!(["orphan"]));
        server
            .delete(FLUNDERS, "a", &json!({"propagationPolicy": "Background"}))
            .await
            .is(200);
        server.get(FLUNDERS, "a").await.is(404);
    }
    made(&server, &[]).await;
    let call = server
        .call(Verb::Delete, FLUNDERS, "a")
        .query("propagationPolicy=Foreground");
    let marked = call.send().await.is(200);
    assert_eq!(marked.metadata("finalizers"), &json!(["foregroundDeletion"]));
    let other = json!({"kind": "Flunder", "apiVersion": "wardle.example.com/v1alpha1"});
    let refused = server.delete(FLUNDERS, "a", &other).await.is(400);
    assert_eq!(refused.message(), "decoded object cannot be converted to DeleteOptions");
}

/// A client may say which object it means, and in which state.
#[tokio::test]
async fn s127_preconditions_hold_or_it_is_a_conflict() {
    let server = Server::new();
    let object = made(&server, &[]).await;
    let uid = object["metadata"]["uid"].as_str().unwrap_or_default();
    let version = object["metadata"]["resourceVersion"].as_str().unwrap_or_default();
    let refused = server
        .delete(FLUNDERS, "a", &json!({"preconditions": {"uid": "u"}}))
        .await
        .is(409);
    assert_eq!(
        refused.message(),
        format!(
            "Operation cannot be fulfilled on flunders.wardle.example.com \"a\": the UID in the precondition (u) does not \
             match the UID in record ({uid}). The object might have been deleted and then recreated"
        )
    );
    let options = json!({"preconditions": {"resourceVersion": "1"}});
    let refused = server.delete(FLUNDERS, "a", &options).await.is(409);
    let why =
        format!("the ResourceVersion in the precondition (1) does not match the ResourceVersion in record ({version})");
    assert!(refused.message().contains(&why), "{}", refused.message());
    let options = json!({"preconditions": {"uid": uid, "resourceVersion": version}});
    server.delete(FLUNDERS, "a", &options).await.is(200);
}

/// The policy becomes the finalizer that the garbage collector looks for; without one, what is there stays.
#[tokio::test]
async fn s128_policies_become_finalizers() {
    let orphan = json!({"propagationPolicy": "Orphan"});
    let foreground = json!({"propagationPolicy": "Foreground"});
    let background = json!({"propagationPolicy": "Background"});
    for (before, options, after) in [
        (&[][..], &orphan, json!(["orphan"])),
        (&[], &foreground, json!(["foregroundDeletion"])),
        (&["foregroundDeletion"], &orphan, json!(["orphan"])),
        (
            &["x.io/a", "orphan"],
            &foreground,
            json!(["x.io/a", "foregroundDeletion"]),
        ),
        (&["x.io/a", "orphan"], &background, json!(["x.io/a"])),
        (&["orphan"], &json!({}), json!(["orphan"])),
        (&[], &json!({"orphanDependents": true}), json!(["orphan"])),
        (
            &["x.io/a", "orphan"],
            &json!({"orphanDependents": false}),
            json!(["x.io/a"]),
        ),
    ] {
        let server = Server::new();
        made(&server, before).await;
        let marked = server.delete(FLUNDERS, "a", options).await;
        assert_eq!(marked.metadata("finalizers"), &after, "{before:?} {options}");
    }
    for (before, options) in [(&[][..], &json!({})), (&[], &background), (&["orphan"], &background)] {
        let server = Server::new();
        made(&server, before).await;
        server.delete(FLUNDERS, "a", options).await.is(200);
        server.get(FLUNDERS, "a").await.is(404);
    }
    let server = Server::new();
    made(&server, &[]).await;
    let both = json!({"propagationPolicy": "Orphan", "orphanDependents": true});
    server.delete(FLUNDERS, "a", &both).await.is(422);
    let unknown = json!({"propagationPolicy": "Away"});
    server.delete(FLUNDERS, "a", &unknown).await.is(422);
}

/// A mark is one change, and a generation. A second deletion changes nothing.
#[tokio::test]
async fn s129_what_is_held_is_marked_once() {
    let server = Server::new();
    let object = made(&server, &["example.com/hold"]).await;
    let before = server.revision().await;
    let marked = server.delete(FLUNDERS, "a", &json!({})).await.is(200);
    assert!(marked.metadata("deletionTimestamp").is_string());
    assert_eq!(marked.metadata("deletionGracePeriodSeconds"), 0);
    assert_eq!(marked.metadata("generation"), 2);
    assert_ne!(
        marked.metadata("resourceVersion"),
        &object["metadata"]["resourceVersion"]
    );
    let again = server.delete(FLUNDERS, "a", &json!({})).await.is(200);
    assert_eq!(again.body, marked.body);
    assert_eq!(server.changes(before).await, [(server.revision().await, false)]);
}

/// A dry run tells what would come of it.
#[tokio::test]
async fn s103_a_dry_run_of_a_deletion_stores_nothing() {
    let server = Server::new();
    made(&server, &[]).await;
    let before = server.revision().await;
    let dry = json!({"dryRun": ["All"]});
    let deleted = server.delete(FLUNDERS, "a", &dry).await.is(200);
    assert_eq!(deleted.body["status"], "Success");
    let dry = json!({"dryRun": ["All"], "propagationPolicy": "Foreground"});
    let marked = server.delete(FLUNDERS, "a", &dry).await.is(200);
    assert_eq!(marked.metadata("finalizers"), &json!(["foregroundDeletion"]));
    assert_eq!(server.revision().await, before);
    server.delete(FLUNDERS, "b", &dry).await.is(404);
}
