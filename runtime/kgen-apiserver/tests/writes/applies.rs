//! Server-side apply through the endpoints. How objects are merged is tested beside `kgen_apiserver::apply`.

use kgen_apiserver::request::Verb;
use serde_json::{Value, json};

use crate::fixture::{APPLY, FLUNDERS, MERGE, MISSIONS, POOLS, Server, flunder, pool};

const V1BETA1: &str = "wardle.example.com/v1beta1/flunders";

fn with(mut object: Value, change: impl FnOnce(&mut Value)) -> Value {
    change(&mut object);
    object
}

fn configuration(name: &str, spec: Value) -> Value {
    with(pool(name), |pool| pool["spec"] = spec)
}

/// An apply makes what is not there, and changes what is.
#[tokio::test]
async fn s111_apply_creates_and_updates() {
    let server = Server::new();
    let created = server.apply(POOLS, "a", "fieldManager=ann", &pool("a")).await.is(201);
    assert!(created.body["metadata"]["uid"].is_string());
    assert_eq!(created.body["spec"]["mapMemory"], "64Mi");
    let wanted = json!({"f:spec": {"f:replicas": {}, "f:selector": {}, "f:site": {}, "f:template": {}}});
    assert_eq!(created.managers(), [("ann Apply".to_owned(), wanted)]);
    let more = with(pool("a"), |pool| pool["spec"]["replicas"] = json!(3));
    let updated = server.apply(POOLS, "a", "fieldManager=ann", &more).await.is(200);
    assert_eq!(updated.body["spec"]["replicas"], 3);
    assert_eq!(updated.body["metadata"]["generation"], 2);
}

/// YAML is what an apply is written in; it has one document.
#[tokio::test]
async fn s111_configurations_may_be_yaml() {
    let server = Server::new();
    let text = "apiVersion: wardle.example.com/v1alpha1\nkind: Flunder\nmetadata:\n  name: a\nspec:\n  reference: b\n";
    let call = |text: String| {
        server
            .call(Verb::Patch, FLUNDERS, "a")
            .query("fieldManager=ann")
            .body(APPLY, text)
    };
    let created = call(text.to_owned()).send().await.is(201);
    assert_eq!(created.body["spec"]["reference"], "b");
    call(format!("{text}---\n{text}")).send().await.is(400);
}

/// To create by an apply one must be allowed to create.
#[tokio::test]
async fn s111_s152_creation_by_apply_is_authorized_apart() {
    let server = Server::new();
    let refused = server
        .apply(FLUNDERS, "forbidden", "fieldManager=ann", &flunder("forbidden"))
        .await
        .is(403);
    assert!(
        refused.message().contains("cannot create resource \"flunders\""),
        "{}",
        refused.message()
    );
    let through_status = server
        .apply(&format!("{POOLS}/status"), "a", "fieldManager=ann", &pool("a"))
        .await;
    through_status.is(404);
}

/// Who wants something else than the owner is told what they would take, and takes it by force.
#[tokio::test]
async fn s112_conflicts_are_told_and_force_takes_over() {
    let server = Server::new();
    server.apply(POOLS, "a", "fieldManager=ann", &pool("a")).await.is(201);
    let one = configuration("a", json!({"replicas": 9}));
    let refused = server.apply(POOLS, "a", "fieldManager=bob", &one).await.is(409);
    assert_eq!(refused.reason(), "Conflict");
    assert_eq!(
        refused.message(),
        "Apply failed with 1 conflict: conflict with \"ann\": .spec.replicas"
    );
    let details = json!({"causes": [
        {"reason": "FieldManagerConflict", "message": "conflict with \"ann\"", "field": ".spec.replicas"},
    ]});
    assert_eq!(refused.body["details"], details);
    let two = configuration("a", json!({"replicas": 9, "site": "hamburg-1"}));
    let refused = server
        .apply(POOLS, "a", "fieldManager=bob&force=false", &two)
        .await
        .is(409);
    assert_eq!(
        refused.message(),
        "Apply failed with 2 conflicts: conflicts with \"ann\":\n- .spec.replicas\n- .spec.site"
    );
    let forced = server
        .apply(POOLS, "a", "fieldManager=bob&force=true", &one)
        .await
        .is(200);
    assert_eq!(forced.body["spec"]["replicas"], 9);
    let owners = forced.managers();
    assert_eq!(
        owners[0].1,
        json!({"f:spec": {"f:selector": {}, "f:site": {}, "f:template": {}}})
    );
    assert_eq!(owners[1].1, json!({"f:spec": {"f:replicas": {}}}));
}

/// What nobody wants any more goes away, and gets its default back.
#[tokio::test]
async fn s113_fields_that_are_not_applied_any_more_go_away() {
    let server = Server::new();
    let full = with(pool("a"), |pool| {
        pool["metadata"]["labels"] = json!({"mine": "1", "ours": "1"});
    });
    server.apply(POOLS, "a", "fieldManager=ann", &full).await.is(201);
    let shared = with(pool("a"), |pool| {
        pool["metadata"]["labels"] = json!({"ours": "1"});
    });
    server.apply(POOLS, "a", "fieldManager=bob", &shared).await.is(200);
    let less = with(pool("a"), |pool| {
        pool["spec"].as_object_mut().map(|spec| spec.remove("replicas"));
    });
    let applied = server.apply(POOLS, "a", "fieldManager=ann", &less).await.is(200);
    assert_eq!(applied.body["metadata"]["labels"], json!({"ours": "1"}));
    assert_eq!(applied.body["spec"]["replicas"], 2);
    let applied = server.apply(POOLS, "a", "fieldManager=bob", &less).await.is(200);
    assert_eq!(applied.body["metadata"].get("labels"), None);
    assert_eq!(applied.body["spec"]["replicas"], 1);
}

/// An empty list of managers, or one empty entry, forgets all of them.
#[tokio::test]
async fn s115_managers_can_be_forgotten() {
    let server = Server::new();
    for reset in [json!([]), json!([{}])] {
        server.apply(POOLS, "a", "fieldManager=ann", &pool("a")).await;
        let cleared = server
            .patch(POOLS, "a", MERGE, &json!({"metadata": {"managedFields": reset}}))
            .await
            .is(200);
        assert_eq!(cleared.body["metadata"].get("managedFields"), None);
        let applied = server.apply(POOLS, "a", "fieldManager=ann", &pool("a")).await.is(200);
        let names: Vec<_> = applied.managers().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["ann Apply", "before-first-apply Update"]);
    }
}

/// Who does not say a name is called by their user agent.
#[tokio::test]
async fn s116_updaters_are_named_by_their_user_agents() {
    let server = Server::new();
    let created = server.create(FLUNDERS, &flunder("a")).await.is(201);
    let wanted = json!({"f:spec": {".": {}, "f:reference": {}, "f:referenceType": {}}});
    assert_eq!(created.managers(), [("tester Update".to_owned(), wanted)]);
    let call = server.call(Verb::Patch, FLUNDERS, "a").query("fieldManager=editor");
    let patched = call
        .body(MERGE, r#"{"spec":{"reference":"third"}}"#)
        .send()
        .await
        .is(200);
    assert_eq!(
        patched.managers()[0],
        ("editor Update".to_owned(), json!({"f:spec": {"f:reference": {}}}))
    );
}

/// An apply to the status owns nothing but the status.
#[tokio::test]
async fn s116_s137_the_status_is_applied_apart() {
    let server = Server::new();
    server.apply(POOLS, "a", "fieldManager=ann", &pool("a")).await.is(201);
    let counted = with(pool("a"), |pool| {
        pool["spec"]["replicas"] = json!(8);
        pool["status"] = json!({"replicas": 2});
    });
    let path = format!("{POOLS}/status");
    let applied = server
        .apply(&path, "a", "fieldManager=counter&force=true", &counted)
        .await
        .is(200);
    assert_eq!(
        (&applied.body["spec"]["replicas"], &applied.body["status"]["replicas"]),
        (&json!(2), &json!(2))
    );
    let owned = applied.managers();
    let of_status = owned.iter().find(|(name, _)| name == "counter Apply status");
    assert_eq!(
        of_status.map(|(_, fields)| fields),
        Some(&json!({"f:status": {"f:replicas": {}}}))
    );
}

/// An apply of what is there already writes nothing.
#[tokio::test]
async fn s099_s117_an_apply_that_changes_nothing_writes_nothing() {
    let server = Server::new();
    server.apply(POOLS, "a", "fieldManager=ann", &pool("a")).await.is(201);
    let before = server.get(POOLS, "a").await;
    let again = server.apply(POOLS, "a", "fieldManager=ann", &pool("a")).await.is(200);
    assert_eq!(again.body, before.body);
}

/// That is so too if it is written in another way than the server writes it, and others have applied at other times.
#[tokio::test]
async fn s099_s117_an_apply_of_the_same_in_other_words_writes_nothing() {
    let server = Server::new();
    let timeout = json!({
        "apiVersion": "fleet.example.com/v1", "kind": "Mission", "metadata": {"name": "a"},
        "spec": {"steps": [{"name": "one", "action": "Stop"}], "timeout": "90s"},
    });
    let made = server.apply(MISSIONS, "a", "fieldManager=ann", &timeout).await.is(201);
    assert_eq!(made.body["spec"]["timeout"], "1m30s");
    let label = with(timeout.clone(), |mission| {
        mission["metadata"]["labels"] = json!({"a": "1"});
        mission["spec"] = json!({});
    });
    let mut labelled = server
        .apply(MISSIONS, "a", "fieldManager=ben", &label)
        .await
        .is(200)
        .body;
    let times = ["2024-01-01T00:00:00Z", "2024-01-01T00:00:09Z"];
    for (index, time) in times.into_iter().enumerate() {
        labelled["metadata"]["managedFields"][index]["time"] = json!(time);
    }
    labelled["metadata"]["labels"]["b"] = json!("2");
    let before = server
        .call(Verb::Update, MISSIONS, "a")
        .json(&labelled)
        .send()
        .await
        .is(200);
    assert_eq!(before.body["metadata"]["managedFields"][0]["manager"], "ann");
    assert_eq!(before.body["metadata"]["managedFields"][0]["time"], times[0]);
    let again = server.apply(MISSIONS, "a", "fieldManager=ann", &timeout).await.is(200);
    assert_eq!(again.body, before.body);
}

/// A dry run of an apply makes nothing.
#[tokio::test]
async fn s046_s111_applies_can_be_tried() {
    let server = Server::new();
    let tried = server
        .apply(POOLS, "a", "fieldManager=ann&dryRun=All", &pool("a"))
        .await
        .is(201);
    assert_eq!(tried.body["metadata"].get("resourceVersion"), None);
    server.get(POOLS, "a").await.is(404);
}

/// What kubectl applied on its own side is its own when it applies on the server's.
#[tokio::test]
async fn s119_what_kubectl_applied_before_becomes_its_own() {
    let server = Server::new();
    let mut before = flunder("a");
    before["metadata"]["annotations"] =
        json!({"kubectl.kubernetes.io/last-applied-configuration": flunder("a").to_string()});
    let call = server
        .call(Verb::Create, FLUNDERS, "")
        .query("fieldManager=kubectl-client-side-apply");
    call.json(&before).send().await.is(201);
    let after = with(flunder("a"), |flunder| flunder["spec"]["reference"] = json!("third"));
    let applied = server
        .apply(FLUNDERS, "a", "fieldManager=kubectl", &after)
        .await
        .is(200);
    assert_eq!(applied.body["spec"]["reference"], "third");
    server
        .apply(FLUNDERS, "a", "fieldManager=other", &flunder("a"))
        .await
        .is(409);
}

/// Managers keep the version that they wrote in, and conflict in that of the request.
#[tokio::test]
async fn s120_managers_of_several_versions_meet() {
    let server = Server::new();
    server
        .apply(FLUNDERS, "a", "fieldManager=old", &flunder("a"))
        .await
        .is(201);
    let new = json!({
        "apiVersion": "wardle.example.com/v1beta1", "kind": "Flunder", "metadata": {"name": "a"},
        "spec": {"flunderReference": "third"},
    });
    server.apply(V1BETA1, "a", "fieldManager=new", &new).await.is(409);
    let forced = server
        .apply(V1BETA1, "a", "fieldManager=new&force=true", &new)
        .await
        .is(200);
    let versions: Vec<_> = forced.body["metadata"]["managedFields"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|entry| entry["apiVersion"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert!(
        versions.contains(&"wardle.example.com/v1beta1".to_owned()),
        "{versions:?}"
    );
}

/// What is no configuration of the endpoint is refused, and says why.
#[tokio::test]
async fn s123_configurations_must_fit_the_endpoint() {
    let server = Server::new();
    let apply = |body: String, query: &str| {
        let query = format!("fieldManager=ann{query}");
        server.call(Verb::Patch, FLUNDERS, "a").query(&query).body(APPLY, body)
    };
    let text = |change: fn(&mut Value)| with(flunder("a"), change).to_string();
    for (body, why) in [
        (
            text(|flunder| flunder["metadata"]["managedFields"] = json!([{}])),
            "metadata.managedFields must be nil",
        ),
        (
            text(|flunder| flunder["apiVersion"] = json!("wardle.example.com/v1beta1")),
            "invalid object type: wardle.example.com/v1beta1, Kind=Flunder",
        ),
        (
            text(|flunder| flunder["kind"] = json!("Fischer")),
            "invalid object type: wardle.example.com/v1alpha1, Kind=Fischer",
        ),
        (
            text(|flunder| flunder["spec"] = json!({"colour": 1})),
            ".spec.colour: field not declared in schema",
        ),
        (
            text(|flunder| flunder["spec"] = json!({"reference": 1})),
            ".spec.reference: expected string",
        ),
        (
            text(|flunder| flunder["metadata"] = json!({"name": "b"})),
            "the name of the object (b) does not match the name on the URL (a)",
        ),
        (
            text(|flunder| flunder["metadata"] = json!({})),
            "the name of the object (a based on URL) was undeterminable: name must be provided",
        ),
        ("[]".to_owned(), "error decoding YAML: "),
        ("{".to_owned(), "error decoding YAML: "),
        ("a: [".to_owned(), "error decoding YAML: "),
        (String::new(), "invalid object type: "),
        ("\u{0}".to_owned(), "error decoding YAML: "),
    ] {
        let refused = apply(body.clone(), "").send().await.is(400);
        assert_eq!(refused.reason(), "BadRequest");
        assert!(refused.message().contains(why), "{body}: {}", refused.message());
    }
    let with_uid = text(|flunder| flunder["metadata"]["uid"] = json!("mine"));
    let refused = apply(with_uid, "").send().await.is(409);
    assert_eq!(
        refused.message(),
        "Operation cannot be fulfilled on flunders.wardle.example.com \"a\": uid mismatch: the provided object specified \
         uid mine, and no existing object was found"
    );
}

/// Keys that are there twice are warned of, or refused.
#[tokio::test]
async fn s123_repeated_keys_are_told() {
    let server = Server::new();
    let text = "apiVersion: wardle.example.com/v1alpha1\nkind: Flunder\nmetadata: {name: a}\nspec:\n  reference: b\n  reference: c\n";
    let call = |query: &str| server.call(Verb::Patch, FLUNDERS, "a").query(query).body(APPLY, text);
    let refused = call("fieldManager=ann&fieldValidation=Strict").send().await.is(400);
    assert_eq!(
        refused.message(),
        "error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  line 6: key \"reference\" \
         already set in map"
    );
    let warned = call("fieldManager=ann").send().await.is(201);
    assert!(
        warned
            .warnings
            .contains(&"line 6: key \"reference\" already set in map".to_owned())
    );
}

/// A resource version in a configuration must be that of the object.
#[tokio::test]
async fn s107_configurations_may_expect_a_resource_version() {
    let server = Server::new();
    server
        .apply(FLUNDERS, "a", "fieldManager=ann", &flunder("a"))
        .await
        .is(201);
    let old = with(flunder("a"), |flunder| {
        flunder["metadata"]["resourceVersion"] = json!("1");
        flunder["spec"]["reference"] = json!("third");
    });
    server.apply(FLUNDERS, "a", "fieldManager=ann", &old).await.is(409);
}
