//! DELETE.

use kgen_apiserver::request::Verb;
use kgen_apiserver::strategy::{Context, Strategy};
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

/// Flunders that end within half a minute, or as fast as a client wants.
struct Patient;

impl Strategy for Patient {
    type Object = wardle::v1alpha1::Flunder;

    fn grace_period(&self, _: &Self::Object, asked: Option<i64>, _: &Context<'_>) -> Option<i64> {
        Some(asked.unwrap_or(30))
    }
}

/// An object with a grace period stays until somebody deletes it without one. A second deletion can only shorten it.
#[tokio::test]
async fn s130_graceful_deletions_can_only_be_shortened() {
    let server = Server::with(|api| api.strategy(Patient));
    made(&server, &[]).await;
    let end = |answer: &crate::fixture::Answer| {
        let end = answer.metadata("deletionTimestamp").as_str().unwrap_or_default();
        end.parse::<jiff::Timestamp>().expect("it is a time").as_second()
    };
    let marked = server.delete(FLUNDERS, "a", &json!({})).await.is(200);
    assert_eq!(marked.metadata("deletionGracePeriodSeconds"), 30);
    assert_eq!(marked.metadata("generation"), 2);
    for longer in [
        json!({}),
        json!({"gracePeriodSeconds": 30}),
        json!({"gracePeriodSeconds": 300}),
    ] {
        let again = server.delete(FLUNDERS, "a", &longer).await.is(200);
        assert_eq!(again.body, marked.body, "{longer}");
    }
    let shorter = server
        .delete(FLUNDERS, "a", &json!({"gracePeriodSeconds": 10}))
        .await
        .is(200);
    assert_eq!(shorter.metadata("deletionGracePeriodSeconds"), 10);
    assert_eq!(shorter.metadata("generation"), 2);
    assert_eq!(end(&marked) - end(&shorter), 20);

    let gone = server
        .delete(FLUNDERS, "a", &json!({"gracePeriodSeconds": 0}))
        .await
        .is(200);
    assert_eq!(gone.body["status"], "Success");
    server.get(FLUNDERS, "a").await.is(404);
}

/// Whoever wants no grace gets none, and less than none is little. Kinds without a period have none to give.
#[tokio::test]
async fn s130_periods_are_those_of_the_kind_and_the_client() {
    let server = Server::with(|api| api.strategy(Patient));
    made(&server, &[]).await;
    let gone = server
        .delete(FLUNDERS, "a", &json!({"gracePeriodSeconds": 0}))
        .await
        .is(200);
    assert_eq!(gone.body["status"], "Success");
    made(&server, &[]).await;
    let marked = server
        .delete(FLUNDERS, "a", &json!({"gracePeriodSeconds": -5}))
        .await
        .is(200);
    assert_eq!(marked.metadata("deletionGracePeriodSeconds"), 1);

    let server = Server::new();
    made(&server, &[]).await;
    let gone = server
        .delete(FLUNDERS, "a", &json!({"gracePeriodSeconds": 30}))
        .await
        .is(200);
    assert_eq!(gone.body["status"], "Success");
}

/// Finalizers hold an object longer than its period.
#[tokio::test]
async fn s130_finalizers_outlast_the_period() {
    let server = Server::with(|api| api.strategy(Patient));
    made(&server, &["example.com/hold"]).await;
    server.delete(FLUNDERS, "a", &json!({})).await.is(200);
    let held = server
        .delete(FLUNDERS, "a", &json!({"gracePeriodSeconds": 0}))
        .await
        .is(200);
    assert_eq!(held.metadata("deletionGracePeriodSeconds"), 0);
    assert_eq!(held.metadata("generation"), 2);
    let mut object = held.body;
    object["metadata"]["finalizers"] = json!([]);
    server.update(FLUNDERS, &object).await.is(200);
    server.get(FLUNDERS, "a").await.is(404);
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

async fn several(server: &Server, names: &[&str]) {
    for name in names {
        let mut object = flunder(name);
        object["metadata"]["labels"] = json!({"half": if name.ends_with('1') { "one" } else { "other" }});
        server.create(FLUNDERS, &object).await.is(201);
    }
}

fn names(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().map(Vec::as_slice).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| item["metadata"]["name"].as_str())
        .collect()
}

/// All that are selected go, and are told.
#[tokio::test]
async fn s131_collections_are_deleted_by_selectors() {
    let server = Server::new();
    several(&server, &["a1", "a2", "b1", "b2"]).await;
    let delete = |query: &str| server.call(Verb::DeleteCollection, FLUNDERS, "").query(query);
    let deleted = delete("labelSelector=half=one").send().await.is(200);
    assert_eq!(deleted.body["kind"], "FlunderList");
    assert_eq!(names(&deleted.body), ["a1", "b1"]);
    assert_eq!(
        names(&server.call(Verb::List, FLUNDERS, "").send().await.body),
        ["a2", "b2"]
    );
    let deleted = delete("fieldSelector=metadata.name=a2").send().await.is(200);
    assert_eq!(names(&deleted.body), ["a2"]);
    let deleted = delete("").send().await.is(200);
    assert_eq!(names(&deleted.body), ["b2"]);
    assert_eq!(names(&delete("").send().await.is(200).body), Vec::<&str>::new());
    delete("labelSelector=(").send().await.is(400);
}

/// A limit is kept, and the list goes on.
#[tokio::test]
async fn s131_collections_are_deleted_in_parts() {
    let server = Server::new();
    several(&server, &["a", "b", "c"]).await;
    let call = server.call(Verb::DeleteCollection, FLUNDERS, "").query("limit=2");
    let deleted = call.send().await.is(200);
    assert_eq!(names(&deleted.body), ["a", "b"]);
    assert_eq!(deleted.metadata("remainingItemCount"), 1);
    assert!(deleted.metadata("continue").is_string());
    assert_eq!(names(&server.call(Verb::List, FLUNDERS, "").send().await.body), ["c"]);
}

/// Options hold for each of the objects.
#[tokio::test]
async fn s131_options_hold_for_each_object() {
    let server = Server::new();
    several(&server, &["a", "b"]).await;
    let before = server.revision().await;
    let delete = |options: Value| server.call(Verb::DeleteCollection, FLUNDERS, "").json(&options);
    let deleted = delete(json!({"dryRun": ["All"]})).send().await.is(200);
    assert_eq!(names(&deleted.body), ["a", "b"]);
    assert_eq!(server.revision().await, before);
    delete(json!({"propagationPolicy": "Foreground"})).send().await.is(200);
    for name in ["a", "b"] {
        let marked = server.get(FLUNDERS, name).await.is(200);
        assert_eq!(marked.metadata("finalizers"), &json!(["foregroundDeletion"]));
        assert!(marked.metadata("deletionTimestamp").is_string());
    }
    delete(json!({"preconditions": {"uid": "other"}})).send().await.is(409);
}
