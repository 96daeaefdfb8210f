//! PUT.

use kgen_apiserver::request::Verb;
use kgen_apiserver::strategy::{Context, Strategy};
use serde_json::{Value, json};
use wardle::v1alpha1::{Fischer, Flunder};

use crate::fixture::{Careless, FISCHERS, FLUNDERS, NEW_FLUNDERS, POOL_STATUS, POOLS, Server, flunder, pool};

/// Creates an object and returns it.
async fn created(server: &Server, path: &str, object: &Value) -> Value {
    server.create(path, object).await.is(201).body
}

/// Who has not seen the last change is told to look again.
#[tokio::test]
async fn s093_a_stale_version_is_a_conflict() {
    let server = Server::new();
    let old = created(&server, FLUNDERS, &flunder("a")).await;
    let mut new = old.clone();
    new["spec"]["reference"] = json!("b");
    let updated = server.update(FLUNDERS, &new).await.is(200);
    assert_ne!(updated.metadata("resourceVersion"), &old["metadata"]["resourceVersion"]);
    let refused = server.update(FLUNDERS, &old).await.is(409);
    assert_eq!(refused.body["reason"], "Conflict");
    assert_eq!(
        refused.message(),
        "Operation cannot be fulfilled on flunders.wardle.example.com \"a\": the object has been modified; please apply \
         your changes to the latest version and try again"
    );
    new["metadata"]["resourceVersion"] = json!("abc");
    server.update(FLUNDERS, &new).await.is(400);
}

/// Without a version an update is refused, unless the kind's strategy lets it overwrite whatever there is.
#[tokio::test]
async fn s094_an_update_without_a_version_is_for_the_strategy_to_allow() {
    let server = Server::new();
    created(&server, FLUNDERS, &flunder("a")).await;
    let mut other = flunder("a");
    other["spec"]["reference"] = json!("b");
    let refused = server.update(FLUNDERS, &other).await.is(422);
    assert_eq!(
        refused.message(),
        "flunders.wardle.example.com \"a\" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an \
         update"
    );
    assert_eq!(refused.causes()[0].0, "metadata.resourceVersion");
    let careless = Server::with(|api| api.strategy(Careless));
    created(&careless, FLUNDERS, &flunder("a")).await;
    careless.update(FLUNDERS, &other).await.is(200);
}

/// The body is about the object that the address names.
#[tokio::test]
async fn s095_name_and_namespace_are_those_of_the_address() {
    let server = Server::new();
    let object = created(&server, FLUNDERS, &flunder("a")).await;
    let put = |object: &Value| server.call(Verb::Update, FLUNDERS, "a").json(object);
    let refused = put(&flunder("b")).send().await.is(400);
    assert_eq!(
        refused.message(),
        "the name of the object (b) does not match the name on the URL (a)"
    );
    let refused = put(&json!({})).send().await.is(400);
    assert_eq!(
        refused.message(),
        "the name of the object (a based on URL) was undeterminable: name must be provided"
    );
    let mut other = flunder("a");
    other["metadata"]["namespace"] = json!("other");
    let refused = put(&other).send().await.is(400);
    assert_eq!(
        refused.message(),
        "the namespace of the object (other) does not match the namespace on the request (default)"
    );
    other["metadata"]["namespace"] = json!("");
    other["metadata"]["resourceVersion"] = object["metadata"]["resourceVersion"].clone();
    let updated = put(&other).send().await.is(200);
    assert_eq!(updated.metadata("namespace"), "default");
}

/// Lets updates create.
struct Eager;

impl Strategy for Eager {
    type Object = Fischer;

    fn allows_create_on_update(&self) -> bool {
        true
    }
}

/// What is not there cannot be updated, unless the kind's strategy creates it, and the user may.
#[tokio::test]
async fn s096_s152_an_update_of_nothing_is_for_the_strategy_to_allow() {
    let server = Server::with(|api| api.strategy(Eager));
    let refused = server.update(FLUNDERS, &flunder("a")).await.is(404);
    assert_eq!(refused.message(), r#"flunders.wardle.example.com "a" not found"#);
    let fischer = |name: &str| json!({"metadata": {"name": name}});
    let made = server.update(FISCHERS, &fischer("a")).await.is(201);
    assert_eq!(made.metadata("generation"), 1);
    assert!(made.metadata("resourceVersion").is_string());
    server.overwrite(FISCHERS, &fischer("a")).await.is(200);
    let refused = server.update(FISCHERS, &fischer("forbidden")).await.is(403);
    assert_eq!(
        refused.message(),
        "fischers.wardle.example.com \"forbidden\" is forbidden: User \"system:anonymous\" cannot create resource \
         \"fischers\" in API group \"wardle.example.com\" at the cluster scope: not today"
    );
    let mut seen = fischer("b");
    seen["metadata"]["resourceVersion"] = json!("5");
    server.update(FISCHERS, &seen).await.is(409);
    let mut known = fischer("b");
    known["metadata"]["uid"] = json!("u");
    server.update(FISCHERS, &known).await.is(409);
}

/// What the server said of an object stays, whatever a client says.
#[tokio::test]
async fn s097_what_the_server_said_stays() {
    let server = Server::new();
    let old = created(&server, FLUNDERS, &flunder("a")).await;
    let mut new = flunder("a");
    new["metadata"]["creationTimestamp"] = json!("2001-01-01T00:00:00Z");
    new["metadata"]["generation"] = json!(9);
    new["metadata"]["selfLink"] = json!("/x");
    let updated = server.overwrite(FLUNDERS, &new).await.is(200);
    for name in ["creationTimestamp", "uid", "generation", "selfLink"] {
        assert_eq!(updated.metadata(name), &old["metadata"][name], "{name}");
    }
    new["metadata"]["uid"] = json!("other");
    let refused = server.overwrite(FLUNDERS, &new).await.is(409);
    assert!(
        refused
            .message()
            .contains("Precondition failed: UID in precondition: other, UID in object meta: ")
    );
    let mut dying = flunder("a");
    dying["metadata"]["deletionTimestamp"] = json!("2001-01-01T00:00:00Z");
    dying["metadata"]["deletionGracePeriodSeconds"] = json!(3);
    let refused = server.overwrite(FLUNDERS, &dying).await.is(422);
    assert_eq!(
        refused.causes(),
        [
            (
                "metadata.deletionTimestamp".to_owned(),
                "Invalid value: \"2001-01-01T00:00:00Z\": field is immutable".to_owned()
            ),
            (
                "metadata.deletionGracePeriodSeconds".to_owned(),
                "Invalid value: 3: field is immutable".to_owned()
            ),
        ]
    );
}

/// An object that is being deleted stays so.
#[tokio::test]
async fn s097_a_deletion_is_not_taken_back() {
    let server = Server::new();
    let mut held = flunder("a");
    held["metadata"]["finalizers"] = json!(["example.com/hold"]);
    created(&server, FLUNDERS, &held).await;
    let marked = server.delete(FLUNDERS, "a", &json!({})).await.is(200);
    held["metadata"]["labels"] = json!({"a": "b"});
    let updated = server.overwrite(FLUNDERS, &held).await.is(200);
    for name in ["deletionTimestamp", "deletionGracePeriodSeconds"] {
        assert_eq!(updated.metadata(name), marked.metadata(name));
        assert!(!updated.metadata(name).is_null());
    }
}

/// A generation is what is wanted of an object: neither its metadata nor a status that is written apart.
#[tokio::test]
async fn s098_generations_count_what_is_wanted() {
    let server = Server::new();
    let mut object = created(&server, POOLS, &pool("a")).await;
    assert_eq!(object["metadata"]["generation"], 1);
    object["metadata"]["labels"] = json!({"a": "b"});
    object["metadata"]["generation"] = json!(12);
    object["status"] = json!({"replicas": 3});
    let mut object = server.update(POOLS, &object).await.is(200).body;
    assert_eq!(object["metadata"]["generation"], 1);
    object["spec"]["replicas"] = json!(3);
    let mut object = server.update(POOLS, &object).await.is(200).body;
    assert_eq!(object["metadata"]["generation"], 2);
    object["status"] = json!({"replicas": 3});
    let object = server.update(POOL_STATUS, &object).await.is(200).body;
    assert_eq!(object["metadata"]["generation"], 2);
    // Without a subresource the status is a part like others.
    let mut flunder = created(&server, FLUNDERS, &flunder("a")).await;
    flunder["status"] = json!({});
    let flunder = server.update(FLUNDERS, &flunder).await.is(200).body;
    assert_eq!(flunder["metadata"]["generation"], 2);
}

/// An update that changes nothing is none.
#[tokio::test]
async fn s099_an_update_that_changes_nothing_is_no_event() {
    let server = Server::new();
    let object = created(&server, FLUNDERS, &flunder("a")).await;
    let before = server.revision().await;
    let updated = server.update(FLUNDERS, &object).await.is(200);
    assert_eq!(updated.body, object);
    // Neither does who says it, nor in which version.
    let bare = json!({"metadata": {"name": "a"}, "spec": {"flunderReference": "other", "referenceType": "Flunder"}});
    let updated = server.overwrite(NEW_FLUNDERS, &bare).await.is(200);
    assert_eq!(
        updated.metadata("resourceVersion"),
        &object["metadata"]["resourceVersion"]
    );
    assert_eq!(server.revision().await, before);
    assert_eq!(server.changes(before).await, []);
}

/// Nothing can be added that would have to be waited for when an object is already being deleted.
#[tokio::test]
async fn s100_no_finalizers_are_added_while_an_object_is_deleted() {
    let server = Server::new();
    let mut object = flunder("a");
    object["metadata"]["finalizers"] = json!(["example.com/a", "example.com/b"]);
    created(&server, FLUNDERS, &object).await;
    server.delete(FLUNDERS, "a", &json!({})).await.is(200);
    object["metadata"]["finalizers"] = json!(["example.com/a", "example.com/c"]);
    let refused = server.overwrite(FLUNDERS, &object).await.is(422);
    assert_eq!(
        refused.causes(),
        [(
            "metadata.finalizers".to_owned(),
            "Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers \
             []string{\"example.com/c\"}"
                .to_owned()
        )]
    );
    object["metadata"]["finalizers"] = json!(["example.com/b"]);
    server.overwrite(FLUNDERS, &object).await.is(200);
}

/// Who lets go last makes the object go.
#[tokio::test]
async fn s101_the_last_finalizer_takes_the_object_along() {
    let server = Server::new();
    let mut object = flunder("a");
    object["metadata"]["finalizers"] = json!(["example.com/hold"]);
    created(&server, FLUNDERS, &object).await;
    let marked = server.delete(FLUNDERS, "a", &json!({})).await.is(200);
    object["metadata"]["resourceVersion"] = marked.metadata("resourceVersion").clone();
    let before = server.revision().await;
    object["metadata"]["finalizers"] = json!([]);
    let dry = server
        .call(Verb::Update, FLUNDERS, "a")
        .query("dryRun=All")
        .json(&object);
    dry.send().await.is(200);
    server.get(FLUNDERS, "a").await.is(200);
    let updated = server.update(FLUNDERS, &object).await.is(200);
    assert_eq!(updated.metadata("name"), "a");
    assert_eq!(server.changes(before).await, [(server.revision().await, true)]);
    server.get(FLUNDERS, "a").await.is(404);
}

/// Each endpoint writes its part.
#[tokio::test]
async fn s102_status_and_the_rest_are_written_apart() {
    let server = Server::new();
    created(&server, POOLS, &pool("a")).await;
    let mut object = pool("a");
    object["spec"]["replicas"] = json!(5);
    object["status"] = json!({"replicas": 5});
    let updated = server.overwrite(POOLS, &object).await.is(200);
    assert_eq!(
        (&updated.body["spec"]["replicas"], &updated.body["status"]),
        (&json!(5), &Value::Null)
    );
    object["spec"]["replicas"] = json!(7);
    object["metadata"]["labels"] = json!({"a": "b"});
    let updated = server.overwrite(POOL_STATUS, &object).await.is(200);
    assert_eq!(updated.body["status"]["replicas"], 5);
    assert_eq!(
        (&updated.body["spec"]["replicas"], updated.metadata("labels")),
        (&json!(5), &Value::Null)
    );
    let managers = updated
        .metadata("managedFields")
        .as_array()
        .expect("there are managers");
    let of_status = managers.iter().find(|manager| manager["subresource"] == "status");
    let fields = &of_status.expect("who wrote the status is known")["fieldsV1"];
    assert!(
        fields.get("f:status").is_some() && fields.get("f:spec").is_none(),
        "{fields}"
    );
    server
        .update("fleet.example.com/v1/pools/status", &pool("b"))
        .await
        .is(404);
}

/// A dry run shows what would come of it.
#[tokio::test]
async fn s103_a_dry_run_of_an_update_stores_nothing() {
    let server = Server::new();
    let old = created(&server, FLUNDERS, &flunder("a")).await;
    let mut new = old.clone();
    new["spec"]["reference"] = json!("b");
    let before = server.revision().await;
    let dry = |object: &Value| {
        server
            .call(Verb::Update, FLUNDERS, "a")
            .query("dryRun=All")
            .json(object)
    };
    let updated = dry(&new).send().await.is(200);
    assert_eq!(updated.body["spec"]["reference"], "b");
    assert_eq!(updated.metadata("resourceVersion"), &old["metadata"]["resourceVersion"]);
    assert_eq!(server.revision().await, before);
    assert_eq!(server.get(FLUNDERS, "a").await.body, old);
    new["spec"] = json!({"referenceType": "Flunder"});
    dry(&new).send().await.is(422);
    let refused = server
        .call(Verb::Update, FLUNDERS, "a")
        .query("dryRun=Maybe")
        .json(&old)
        .send();
    refused.await.is(422);
}

/// Rules hold on updates, and what was wrong before may stay.
#[tokio::test]
async fn s047_updates_are_checked() {
    let server = Server::new();
    let mut object = created(&server, POOLS, &pool("a")).await;
    object["spec"]["selector"] = json!({"matchLabels": {"pool": "b"}});
    let refused = server.update(POOLS, &object).await.is(422);
    assert_eq!(refused.causes()[0].0, "spec.selector");
    object["spec"]["selector"] = json!({"matchLabels": {"pool": "a"}});
    object["metadata"]["labels"] = json!({"a": "b c"});
    let refused = server.update(POOLS, &object).await.is(422);
    assert_eq!(refused.causes()[0].0, "metadata.labels");
}

/// Counts in an annotation, refuses a name, and warns.
struct Own;

impl Strategy for Own {
    type Object = Flunder;

    fn prepare_for_create(&self, object: &mut Flunder, _: &Context<'_>) {
        object.spec.reference.push_str("-made");
    }

    fn prepare_for_update(&self, object: &mut Flunder, old: &Flunder, context: &Context<'_>) {
        object.spec.reference = format!("{}+{}", old.spec.reference, context.user.name);
    }

    fn validate(
        &self,
        object: &Flunder,
        old: Option<&Flunder>,
        _: &Context<'_>,
        errors: &mut kgen::validation::Errors,
    ) {
        if object.spec.reference.starts_with("bad") && old.is_none() {
            let spec = kgen::validation::Path::ROOT.child("spec");
            let error = kgen::validation::Error::forbidden(&spec.child("reference"), "it is bad");
            errors.push(error);
        }
    }

    fn warnings(&self, _: &Flunder, _: Option<&Flunder>) -> Vec<String> {
        vec!["spec: mind the flunder".to_owned()]
    }
}

/// What a person wrote for a kind happens in the storage version, whatever the client speaks.
#[tokio::test]
async fn s102_strategies_prepare_and_check() {
    let server = Server::with(|api| api.strategy(Own));
    let object = json!({"metadata": {"name": "a"}, "spec": {"flunderReference": "x", "referenceType": "Flunder"}});
    let made = server.create(NEW_FLUNDERS, &object).await.is(201);
    assert_eq!(made.body["spec"]["flunderReference"], "x-made");
    assert!(made.warnings.contains(&"spec: mind the flunder".to_owned()));
    let updated = server.overwrite(NEW_FLUNDERS, &object).await.is(200);
    assert_eq!(updated.body["spec"]["flunderReference"], "x-made+system:anonymous");
    assert_eq!(updated.metadata("generation"), 2);
    let mut bad = flunder("b");
    bad["spec"]["reference"] = json!("bad");
    let refused = server.create(FLUNDERS, &bad).await.is(422);
    assert_eq!(
        refused.causes(),
        [("spec.reference".to_owned(), "Forbidden: it is bad".to_owned())]
    );
}

/// Managers may be forgotten on purpose.
#[tokio::test]
async fn s115_managers_are_kept_replaced_or_forgotten() {
    let server = Server::new();
    let mut object = created(&server, FLUNDERS, &flunder("a")).await;
    object["metadata"]
        .as_object_mut()
        .expect("a map")
        .remove("managedFields");
    let kept = server.update(FLUNDERS, &object).await.is(200);
    assert_eq!(kept.metadata("managedFields")[0]["manager"], "tester");
    object["metadata"]["managedFields"] = json!([]);
    let cleared = server.overwrite(FLUNDERS, &object).await.is(200);
    assert_eq!(cleared.metadata("managedFields"), &Value::Null);
}
