//! POST.

use std::sync::Arc;

use async_trait::async_trait;
use kgen_apiserver::request::Verb;
use kgen_apiserver::storage::{Entry, Lookup, Memory, Page, Range, Revision, Store, StoreError, Watch};
use serde_json::{Value, json};

use crate::fixture::{FISCHERS, FLUNDERS, NEW_FLUNDERS, POOLS, Server, flunder, pool};

/// The server says when an object was made, which one it is and what state it is in; what a client says of that is void.
#[tokio::test]
async fn s038_a_new_object_gets_what_the_server_says_of_it() {
    let server = Server::new();
    let mut object = flunder("a");
    object["metadata"]["uid"] = json!("mine");
    object["metadata"]["creationTimestamp"] = json!("2001-01-01T00:00:00Z");
    object["metadata"]["deletionTimestamp"] = json!("2001-01-01T00:00:00Z");
    object["metadata"]["deletionGracePeriodSeconds"] = json!(5);
    object["metadata"]["generation"] = json!(7);
    object["metadata"]["selfLink"] = json!("/x");
    let created = server.create(FLUNDERS, &object).await.is(201);
    let uid = created.metadata("uid").as_str().unwrap_or_default();
    assert_eq!((uid.len(), &uid[14..15]), (36, "4"));
    let time = created.metadata("creationTimestamp").as_str().unwrap_or_default();
    assert!(
        time.ends_with('Z') && time.len() == 20 && !time.starts_with("2001"),
        "{time}"
    );
    for gone in ["deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"] {
        assert_eq!(created.metadata(gone), &Value::Null);
    }
    assert_eq!(created.metadata("generation"), 1);
    assert_eq!(created.metadata("namespace"), "default");
    assert_eq!(
        created.metadata("resourceVersion"),
        &server.revision().await.to_string()
    );
    assert_eq!(created.metadata("managedFields")[0]["manager"], "tester");
    assert_eq!(created.body["spec"]["referenceType"], "Flunder");
    let read = server.get(FLUNDERS, "a").await.is(200);
    assert_eq!(read.body, created.body);
}

/// What is stored is the JSON of the storage version, without the resource version, and with a line's end.
#[tokio::test]
async fn s038_objects_are_stored_as_the_go_servers_store_them() {
    let server = Server::new();
    let object = json!({"metadata": {"name": "a"}, "spec": {"fischerReference": "x", "referenceType": "Fischer"}});
    server.create(NEW_FLUNDERS, &object).await.is(201);
    let key = "/registry/wardle.example.com/flunders/default/a";
    let found = server
        .store
        .get(key)
        .await
        .expect("the store answers")
        .entry
        .expect("it is stored");
    assert!(found.value.ends_with(b"}\n"));
    let stored: Value = serde_json::from_slice(&found.value).expect("it is JSON");
    assert_eq!(stored["apiVersion"], "wardle.example.com/v1alpha1");
    assert_eq!(stored["spec"], json!({"reference": "x", "referenceType": "Fischer"}));
    assert_eq!(stored["metadata"]["resourceVersion"], Value::Null);
}

/// A name is taken once, and the message tells if it becomes free.
#[tokio::test]
async fn s039_a_taken_name_is_refused() {
    let server = Server::new();
    server.create(FLUNDERS, &flunder("a")).await.is(201);
    let refused = server.create(FLUNDERS, &flunder("a")).await.is(409);
    assert_eq!(refused.message(), r#"flunders.wardle.example.com "a" already exists"#);
    assert_eq!(refused.body["reason"], "AlreadyExists");
    assert_eq!(
        refused.body["details"],
        json!({"name": "a", "group": "wardle.example.com", "kind": "flunders"})
    );
    let mut held = flunder("held");
    held["metadata"]["finalizers"] = json!(["example.com/hold"]);
    server.create(FLUNDERS, &held).await.is(201);
    server.delete(FLUNDERS, "held", &json!({})).await.is(200);
    let refused = server.create(FLUNDERS, &held).await.is(409);
    assert_eq!(
        refused.message(),
        r#"object is being deleted: flunders.wardle.example.com "held" already exists"#
    );
}

/// The namespace of the address is that of the object.
#[tokio::test]
async fn s040_the_namespace_is_that_of_the_address() {
    let server = Server::new();
    let mut object = flunder("a");
    object["metadata"]["namespace"] = json!("other");
    let refused = server.create(FLUNDERS, &object).await.is(400);
    assert_eq!(
        refused.message(),
        "the namespace of the provided object does not match the namespace sent on the request"
    );
    object["metadata"]["namespace"] = json!("default");
    server.create(FLUNDERS, &object).await.is(201);
    let fischer = json!({"metadata": {"name": "a", "namespace": "default"}});
    let created = server.create(FISCHERS, &fischer).await.is(201);
    assert_eq!(created.metadata("namespace"), &Value::Null);
    let bad = server
        .call(Verb::Create, FLUNDERS, "")
        .namespace("Not_Good")
        .json(&flunder("a"));
    let refused = bad.send().await.is(422);
    assert_eq!(refused.causes()[0].0, "metadata.namespace");
}

/// A name is made up behind what the client gives.
#[tokio::test]
async fn s041_names_are_made_up() {
    let server = Server::new();
    let object = json!({"metadata": {"generateName": "web-"}});
    let one = server.create(FLUNDERS, &object).await.is(201);
    let other = server.create(FLUNDERS, &object).await.is(201);
    let name = |created: &Value| created["metadata"]["name"].as_str().unwrap_or_default().to_owned();
    assert_ne!(name(&one.body), name(&other.body));
    assert!(name(&one.body).starts_with("web-") && name(&one.body).len() == 9);
    assert_eq!(one.metadata("generateName"), "web-");
    let long = json!({"metadata": {"generateName": "x".repeat(70)}});
    let created = server.create(FLUNDERS, &long).await.is(201);
    assert_eq!(name(&created.body).len(), 63);
    let both = json!({"metadata": {"name": "mine", "generateName": "web-"}});
    let created = server.create(FLUNDERS, &both).await.is(201);
    assert_eq!(created.metadata("name"), "mine");
    let wrong = json!({"metadata": {"generateName": "Web_"}});
    let refused = server.create(FLUNDERS, &wrong).await.is(422);
    assert_eq!(refused.causes()[0].0, "metadata.generateName");
}

/// A store in which every name is taken, which counts how often it was asked.
struct Full(Memory, std::sync::atomic::AtomicUsize);

#[async_trait]
impl Store for Full {
    async fn get(&self, key: &str) -> Result<Lookup, StoreError> {
        self.0.get(key).await
    }
    async fn list(&self, range: Range) -> Result<Page, StoreError> {
        self.0.list(range).await
    }
    async fn create(&self, key: &str, _: bytes::Bytes, _: Option<std::time::Duration>) -> Result<Revision, StoreError> {
        self.1.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Err(StoreError::Exists { key: key.to_owned() })
    }
    async fn replace(
        &self,
        key: &str,
        seen: Revision,
        value: bytes::Bytes,
        ttl: Option<std::time::Duration>,
    ) -> Result<Revision, StoreError> {
        self.0.replace(key, seen, value, ttl).await
    }
    async fn delete(&self, key: &str, seen: Revision) -> Result<Revision, StoreError> {
        self.0.delete(key, seen).await
    }
    async fn watch(&self, prefix: &str, after: Revision) -> Result<Watch, StoreError> {
        self.0.watch(prefix, after).await
    }
    async fn current(&self) -> Result<Revision, StoreError> {
        self.0.current().await
    }
    async fn compact(&self, revision: Revision) -> Result<(), StoreError> {
        self.0.compact(revision).await
    }
}

/// Eight names are tried; then the client is told to come back.
#[tokio::test]
async fn s041_names_run_out_after_eight_tries() {
    let store = Arc::new(Full(Memory::new(), 0.into()));
    let server = Server::on(store.clone(), |api| api);
    let object = json!({"metadata": {"generateName": "web-"}});
    let refused = server.create(FLUNDERS, &object).await.is(409);
    assert_eq!(store.1.load(std::sync::atomic::Ordering::Relaxed), 8);
    let text = "already exists, the server was not able to generate a unique name for the object";
    assert!(refused.message().ends_with(text), "{}", refused.message());
    assert_eq!(refused.body["details"]["retryAfterSeconds"], 1);
    assert_eq!(refused.body["reason"], "AlreadyExists");
}

/// A new object has no version yet. The Go servers answer 500; here it is the client's mistake that it is.
#[tokio::test]
async fn s042_a_resource_version_is_refused_on_create() {
    let server = Server::new();
    let mut object = flunder("a");
    for version in ["5", "abc"] {
        object["metadata"]["resourceVersion"] = json!(version);
        let refused = server.create(FLUNDERS, &object).await.is(400);
        assert_eq!(
            refused.message(),
            "resourceVersion should not be set on objects to be created"
        );
    }
    object["metadata"]["resourceVersion"] = json!("0");
    server.create(FLUNDERS, &object).await.is(201);
}

/// A dry run does everything but store.
#[tokio::test]
async fn s046_a_dry_run_stores_nothing() {
    let server = Server::new();
    let dry = |object: &Value| server.call(Verb::Create, FLUNDERS, "").query("dryRun=All").json(object);
    let before = server.revision().await;
    let created = dry(&flunder("a")).send().await.is(201);
    assert_eq!(created.metadata("resourceVersion"), &Value::Null);
    assert!(created.metadata("uid").is_string());
    server.get(FLUNDERS, "a").await.is(404);
    assert_eq!(server.revision().await, before);
    server.create(FLUNDERS, &flunder("a")).await.is(201);
    dry(&flunder("a")).send().await.is(409);
    let wrong = json!({"metadata": {"name": "b"}, "spec": {"referenceType": "Flunder"}});
    dry(&wrong).send().await.is(422);
}

/// All that is wrong is told at once, each with its field.
#[tokio::test]
async fn s047_broken_rules_are_told_with_their_fields() {
    let server = Server::new();
    let mut object = pool("Not_A_Name");
    object["spec"]["replicas"] = json!(-1);
    object["metadata"]["labels"] = json!({"a b": "c"});
    let refused = server.create(POOLS, &object).await.is(422);
    assert_eq!(refused.body["reason"], "Invalid");
    assert_eq!(refused.body["details"]["kind"], "Pool");
    let fields: Vec<String> = refused.causes().into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["metadata.name", "metadata.labels", "spec.replicas"]);
    assert_eq!(
        refused.causes()[2].1,
        "Invalid value: -1: must be greater than or equal to 0"
    );
    assert!(
        refused
            .message()
            .starts_with(r#"Pool.fleet.example.com "Not_A_Name" is invalid: [metadata.name: "#)
    );
}

/// Errors name the fields of the version that the client speaks, and each is told once.
#[tokio::test]
async fn s047_errors_name_the_fields_of_the_request() {
    let server = Server::new();
    let both = json!({
        "metadata": {"name": "a"},
        "spec": {"flunderReference": "x", "fischerReference": "y", "referenceType": "Flunder"},
    });
    let refused = server.create(NEW_FLUNDERS, &both).await.is(422);
    let fields: Vec<String> = refused.causes().into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["spec.fischerReference"]);
    let old = json!({"metadata": {"name": "a"}, "spec": {"referenceType": "Fischer"}});
    let refused = server.create(FLUNDERS, &old).await.is(422);
    let fields: Vec<String> = refused.causes().into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["spec.reference"]);
}

/// An object must have a name, or the beginning of one.
#[tokio::test]
async fn s047_a_name_is_needed() {
    let server = Server::new();
    let refused = server.create(FLUNDERS, &json!({"metadata": {}})).await.is(422);
    assert_eq!(
        refused.causes(),
        [(
            "metadata.name".to_owned(),
            "Required value: name or generateName is required".to_owned()
        )]
    );
}

/// What the store does not take is told as too large.
#[tokio::test]
async fn s051_what_is_too_large_for_the_store_is_refused() {
    let server = Server::new();
    let large = json!({"metadata": {"name": "a"}, "disallowedFlunders": ["x".repeat(2 << 20)]});
    let refused = server.create(FISCHERS, &large).await.is(413);
    assert_eq!(refused.body["reason"], "RequestEntityTooLarge");
    server
        .create(FISCHERS, &json!({"metadata": {"name": "a"}}))
        .await
        .is(201);
    server.overwrite(FISCHERS, &large).await.is(413);
}

/// What fits only without the record of managers is stored without it.
#[tokio::test]
async fn s051_managers_give_way_to_the_object() {
    let server = Server::new();
    // A thousand elements that are each tracked weigh more than they are long.
    let many: Vec<String> = (0..1000).map(|index| format!("{index:01200}")).collect();
    let large = json!({
        "metadata": {"name": "a", "annotations": {"k": "v".repeat(200 << 10)}},
        "disallowedFlunders": many,
    });
    server.create(FISCHERS, &large).await.is(201);
}

/// An entry is what the store holds, even where nobody reads it.
#[tokio::test]
async fn s038_the_status_of_a_new_object_is_empty_where_it_is_written_apart() {
    let server = Server::new();
    let mut object = pool("a");
    object["status"] = json!({"replicas": 5});
    let created = server.create(POOLS, &object).await.is(201);
    assert_eq!(created.body["status"], Value::Null);
    let found: Option<Entry> = server
        .store
        .get("/registry/fleet.example.com/pools/default/a")
        .await
        .expect("the store answers")
        .entry;
    let stored: Value = serde_json::from_slice(&found.expect("it is stored").value).expect("it is JSON");
    assert_eq!(stored["status"], Value::Null);
}
