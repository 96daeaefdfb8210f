//! JSON patches and merge patches.

use kgen_apiserver::request::Verb;
use serde_json::{Value, json};

use crate::fixture::{FLUNDERS, JSON_PATCH, MERGE, POOLS, Server, flunder, pool};

const V1BETA1: &str = "wardle.example.com/v1beta1/flunders";
const REJECTED: &str = "the server rejected our request due to an error in our request";

async fn with_flunder() -> Server {
    let server = Server::new();
    server.create(FLUNDERS, &flunder("a")).await.is(201);
    server
}

/// Patches of unknown sorts, strategic merge patches among them, are told what there is, before anything else is looked
/// at.
#[tokio::test]
async fn s023_s109_strategic_merge_patches_are_unsupported_media() {
    let server = Server::new();
    for media_type in [
        "application/strategic-merge-patch+json",
        "application/json",
        "text/plain",
        "",
    ] {
        let call = server.call(Verb::Patch, FLUNDERS, "none").query("dryRun=no");
        let refused = call.body(media_type, "}").send().await.is(415);
        assert_eq!(refused.reason(), "UnsupportedMediaType");
        assert_eq!(
            refused.message(),
            "the body of the request was in an unknown format - accepted media types include: \
             application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml"
        );
    }
    server.create(FLUNDERS, &flunder("a")).await.is(201);
    let call = server
        .call(Verb::Patch, FLUNDERS, "a")
        .body("application/merge-patch+json; charset=utf-8", "{}");
    call.send().await.is(200);
    for verb in [Verb::Create, Verb::Update] {
        let name = if verb == Verb::Create { "" } else { "a" };
        let call = server
            .call(verb, FLUNDERS, name)
            .body("application/vnd.kubernetes.protobuf", "k8s");
        call.send().await.is(415);
    }
}

/// All operations, with the liberties that the Go servers take.
#[tokio::test]
async fn s105_json_patches_change_objects() {
    let server = with_flunder().await;
    let patch = json!([
        {"op": "test", "path": "/spec/reference", "value": "other"},
        {"op": "replace", "path": "/spec/reference", "value": "third"},
        {"op": "add", "path": "/metadata/labels", "value": {"one": "1"}},
        {"op": "copy", "from": "/metadata/labels/one", "path": "/metadata/labels/two"},
        {"op": "move", "from": "/metadata/labels/two", "path": "/metadata/labels/three"},
        {"op": "test", "path": "/metadata/finalizers", "value": null},
    ]);
    let patched = server.patch(FLUNDERS, "a", JSON_PATCH, &patch).await.is(200);
    assert_eq!(patched.body["spec"]["reference"], "third");
    assert_eq!(patched.body["metadata"]["labels"], json!({"one": "1", "three": "1"}));
    let remove = json!([{"op": "remove", "path": "/metadata/labels"}]);
    let patched = server.patch(FLUNDERS, "a", JSON_PATCH, &remove).await.is(200);
    assert_eq!(patched.body["metadata"].get("labels"), None);
}

/// What cannot be done to the object is 422 with one message for all, and the reason in the cause.
#[tokio::test]
async fn s105_json_patches_that_do_not_apply_are_422() {
    let server = with_flunder().await;
    for (operation, why) in [
        (
            json!({"op": "test", "path": "/spec/reference", "value": "x"}),
            "test failed",
        ),
        (json!({"op": "remove", "path": "/spec/none"}), "nonexistent key"),
        (json!({"op": "add", "path": "/none/below", "value": 1}), "missing path"),
        (json!({"op": "fly", "path": "/spec"}), "Unexpected kind"),
        (json!({"op": "add", "value": 1}), "missing path field"),
    ] {
        let refused = server
            .patch(FLUNDERS, "a", JSON_PATCH, &json!([operation]))
            .await
            .is(422);
        assert_eq!((refused.reason(), refused.message()), ("Invalid", REJECTED));
        let cause = &refused.body["details"]["causes"][0];
        assert_eq!(cause["field"], "patch");
        assert!(
            cause["message"].as_str().is_some_and(|message| message.contains(why)),
            "{cause}"
        );
    }
    for body in ["", "{", "{}", "7", r#"[1]"#, r#"["op"]"#] {
        let call = server.call(Verb::Patch, FLUNDERS, "a").body(JSON_PATCH, body);
        assert_eq!(call.send().await.is(400).reason(), "BadRequest", "{body}");
    }
}

/// A patch may not ask for more than a server can bear.
#[tokio::test]
async fn s105_json_patches_have_bounds() {
    let server = with_flunder().await;
    let operation = json!({"op": "test", "path": "/spec/reference", "value": "other"});
    let many = |count| Value::Array(vec![operation.clone(); count]);
    server.patch(FLUNDERS, "a", JSON_PATCH, &many(10_000)).await.is(200);
    let refused = server.patch(FLUNDERS, "a", JSON_PATCH, &many(10_001)).await.is(413);
    assert_eq!(refused.reason(), "RequestEntityTooLarge");
    assert_eq!(
        refused.message(),
        "Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001"
    );
    let annotations = json!({"op": "add", "path": "/metadata/annotations", "value": {"a": "x".repeat(1000)}});
    let double =
        |index: usize| json!({"op": "copy", "from": "/metadata", "path": format!("/metadata/annotations/{index}")});
    let bomb: Vec<_> = std::iter::once(annotations).chain((0..60).map(double)).collect();
    server
        .patch(FLUNDERS, "a", JSON_PATCH, &Value::Array(bomb))
        .await
        .is(422);
}

/// Members are merged, and `null` takes one away.
#[tokio::test]
async fn s106_merge_patches_change_objects() {
    let server = with_flunder().await;
    let patch = json!({"metadata": {"labels": {"a": "1", "b": "2"}}, "spec": {"reference": "third"}});
    let patched = server.patch(FLUNDERS, "a", MERGE, &patch).await.is(200);
    assert_eq!(patched.body["metadata"]["labels"], json!({"a": "1", "b": "2"}));
    assert_eq!(
        patched.body["spec"],
        json!({"reference": "third", "referenceType": "Flunder"})
    );
    let patch = json!({"metadata": {"labels": {"a": null}}, "spec": {"reference": null, "referenceType": null}});
    let patched = server.patch(FLUNDERS, "a", MERGE, &patch).await.is(200);
    assert_eq!(patched.body["metadata"]["labels"], json!({"b": "2"}));
    assert_eq!(patched.body["spec"].get("reference"), None);
}

/// A patch is in the version of the request.
#[tokio::test]
async fn s106_patches_are_in_the_version_of_the_request() {
    let server = with_flunder().await;
    let patch = json!({"spec": {"flunderReference": "newer"}});
    let patched = server.patch(V1BETA1, "a", MERGE, &patch).await.is(200);
    assert_eq!(patched.body["apiVersion"], "wardle.example.com/v1beta1");
    assert_eq!(server.get(FLUNDERS, "a").await.body["spec"]["reference"], "newer");
}

/// What is no object of the kind any more is told as a fault of the patch.
#[tokio::test]
async fn s106_patches_to_what_is_no_object_are_422() {
    let server = with_flunder().await;
    for patch in [
        json!({"spec": {"reference": 5}}),
        json!({"spec": []}),
        json!({"metadata": {"labels": {"a": 1}}}),
        json!({"metadata": {"creationTimestamp": "yesterday"}}),
        json!({"apiVersion": "wardle.example.com/v1beta1"}),
        json!({"kind": "Fischer"}),
        json!({"kind": null}),
    ] {
        let refused = server.patch(FLUNDERS, "a", MERGE, &patch).await.is(422);
        assert_eq!(refused.reason(), "Invalid", "{patch}");
        assert_eq!(refused.body["details"]["causes"][0]["field"], "patch", "{patch}");
    }
    server.patch(FLUNDERS, "a", MERGE, &json!([])).await.is(400);
}

/// Unknown fields in a patch are treated as in a body, but with another code.
#[tokio::test]
async fn s045_s106_patches_are_validated_strictly_if_asked() {
    let server = with_flunder().await;
    let call = |media_type: &'static str, body: &'static str, query: &str| {
        server
            .call(Verb::Patch, FLUNDERS, "a")
            .query(query)
            .body(media_type, body)
    };
    let sloppy = r#"{"spec": {"colour": 1, "reference": "x", "reference": "y"}}"#;
    let refused = call(MERGE, sloppy, "fieldValidation=Strict").send().await.is(422);
    let cause = &refused.body["details"]["causes"][0];
    assert_eq!(
        (&cause["reason"], &cause["field"]),
        (&json!("FieldValueInvalid"), &json!("patch"))
    );
    let wanted = "strict decoding error: duplicate field \"spec.reference\", unknown field \"spec.colour\"";
    assert!(refused.message().ends_with(wanted), "{}", refused.message());
    let warned = call(MERGE, sloppy, "").send().await.is(200);
    assert!(warned.warnings.contains(&"unknown field \"spec.colour\"".to_owned()));
    assert!(
        warned
            .warnings
            .contains(&"duplicate field \"spec.reference\"".to_owned())
    );
    assert_eq!(warned.body["spec"]["reference"], "y");
    let silent = call(MERGE, sloppy, "fieldValidation=Ignore").send().await.is(200);
    assert!(silent.warnings.iter().all(|warning| !warning.contains("field")));

    let operation = r#"[{"op": "test", "path": "/spec/reference", "value": "y", "colour": 1}]"#;
    let refused = call(JSON_PATCH, operation, "fieldValidation=Strict")
        .send()
        .await
        .is(422);
    assert!(
        refused
            .message()
            .ends_with("strict decoding error: json patch unknown field \"[0].colour\""),
        "{}",
        refused.message()
    );
    let warned = call(JSON_PATCH, operation, "").send().await.is(200);
    assert!(
        warned
            .warnings
            .contains(&"json patch unknown field \"[0].colour\"".to_owned())
    );
}

/// A resource version within a patch must be that of the object.
#[tokio::test]
async fn s107_patches_with_a_resource_version_expect_it() {
    let server = with_flunder().await;
    let seen = server.get(FLUNDERS, "a").await.version().clone();
    let label = |version: &Value, text: &str| json!({"metadata": {"resourceVersion": version, "labels": {"a": text}}});
    server.patch(FLUNDERS, "a", MERGE, &label(&seen, "1")).await.is(200);
    let refused = server.patch(FLUNDERS, "a", MERGE, &label(&seen, "2")).await.is(409);
    assert_eq!(refused.reason(), "Conflict");
    assert_eq!(
        refused.message(),
        "Operation cannot be fulfilled on flunders.wardle.example.com \"a\": the object has been modified; please apply \
         your changes to the latest version and try again"
    );
    server
        .patch(FLUNDERS, "a", MERGE, &label(&json!("soon"), "2"))
        .await
        .is(400);
}

/// Patches that say no resource version never lose against each other.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn s107_patches_are_retried_when_others_are_faster() {
    let server = std::sync::Arc::new(with_flunder().await);
    let patches = (0..32).map(|index| {
        let server = server.clone();
        tokio::spawn(async move {
            let patch = json!({"metadata": {"labels": {format!("label{index}"): "x"}}});
            server.patch(FLUNDERS, "a", MERGE, &patch).await.is(200);
        })
    });
    for patch in patches.collect::<Vec<_>>() {
        patch.await.expect("the patch is done");
    }
    let labels = server.get(FLUNDERS, "a").await.body["metadata"]["labels"].clone();
    assert_eq!(labels.as_object().map(serde_json::Map::len), Some(32));
}

/// A patch does not make an object another one.
#[tokio::test]
async fn s108_patches_keep_name_namespace_and_uid() {
    let server = with_flunder().await;
    let refused = server
        .patch(FLUNDERS, "a", MERGE, &json!({"metadata": {"name": "b"}}))
        .await
        .is(400);
    assert_eq!(
        refused.message(),
        "the name of the object (b) does not match the name on the URL (a)"
    );
    server
        .patch(FLUNDERS, "a", MERGE, &json!({"metadata": {"name": null}}))
        .await
        .is(400);
    let refused = server
        .patch(FLUNDERS, "a", MERGE, &json!({"metadata": {"namespace": "b"}}))
        .await
        .is(400);
    assert_eq!(
        refused.message(),
        "the namespace of the provided object does not match the namespace sent on the request"
    );
    let refused = server
        .patch(FLUNDERS, "a", MERGE, &json!({"metadata": {"uid": "other"}}))
        .await
        .is(422);
    assert_eq!(refused.body["details"]["causes"][0]["field"], "metadata.uid");
    server
        .patch(FLUNDERS, "none", MERGE, &json!({"metadata": {"uid": "other"}}))
        .await
        .is(404);
    server.patch(FLUNDERS, "none", JSON_PATCH, &json!([])).await.is(404);
}

/// What kubectl's label, annotate and patch send.
#[tokio::test]
async fn s110_labels_and_annotations_are_patched() {
    let server = with_flunder().await;
    let call = server
        .call(Verb::Patch, FLUNDERS, "a")
        .query("fieldManager=kubectl-label");
    let patch = r#"{"metadata":{"labels":{"tier":"one"}}}"#;
    let call = call.header(
        "accept",
        "application/json;as=Table;v=v1;g=meta.k8s.io,application/json",
    );
    let table = call.body(MERGE, patch).send().await.is(200);
    assert_eq!(table.body["kind"], "Table");
    let read = server.get(FLUNDERS, "a").await;
    assert_eq!(read.body["metadata"]["labels"]["tier"], "one");
    assert!(read.managers().iter().any(|(name, _)| name == "kubectl-label Update"));
}

/// An empty patch writes nothing.
#[tokio::test]
async fn s099_s106_patches_that_change_nothing_write_nothing() {
    let server = with_flunder().await;
    let before = server.get(FLUNDERS, "a").await;
    for (media_type, patch) in [
        (MERGE, json!({})),
        (MERGE, json!({"spec": {"reference": "other"}})),
        (JSON_PATCH, json!([])),
        (
            JSON_PATCH,
            json!([{"op": "replace", "path": "/spec/reference", "value": "other"}]),
        ),
    ] {
        let patched = server.patch(FLUNDERS, "a", media_type, &patch).await.is(200);
        assert_eq!(patched.body, before.body, "{patch}");
    }
}

/// A dry run answers as if it had been done.
#[tokio::test]
async fn s103_s106_patches_can_be_tried() {
    let server = with_flunder().await;
    let call = server.call(Verb::Patch, FLUNDERS, "a").query("dryRun=All");
    let tried = call
        .body(MERGE, r#"{"spec":{"reference":"third"}}"#)
        .send()
        .await
        .is(200);
    assert_eq!(tried.body["spec"]["reference"], "third");
    assert_eq!(server.get(FLUNDERS, "a").await.body["spec"]["reference"], "other");
}

/// Defaults that a patch takes away come back, and rules are checked.
#[tokio::test]
async fn s047_s106_patched_objects_are_defaulted_and_validated() {
    let server = Server::new();
    server.create(POOLS, &pool("a")).await.is(201);
    let patched = server
        .patch(POOLS, "a", MERGE, &json!({"spec": {"replicas": null}}))
        .await
        .is(200);
    assert_eq!(patched.body["spec"]["replicas"], 1);
    let refused = server
        .patch(POOLS, "a", MERGE, &json!({"spec": {"replicas": -1}}))
        .await
        .is(422);
    assert_eq!(refused.body["details"]["kind"], "Pool");
    assert_eq!(refused.body["details"]["causes"][0]["field"], "spec.replicas");
}

/// The status is patched apart, and owned apart.
#[tokio::test]
async fn s102_s116_s137_the_status_is_patched_apart() {
    let server = Server::new();
    server.create(POOLS, &pool("a")).await.is(201);
    let both = json!({"spec": {"replicas": 5}, "status": {"replicas": 3}});
    let main = server.patch(POOLS, "a", MERGE, &both).await.is(200);
    assert_eq!(
        (&main.body["spec"]["replicas"], main.body.get("status")),
        (&json!(5), None)
    );
    let both = json!({"spec": {"replicas": 7}, "status": {"replicas": 3}});
    let path = format!("{POOLS}/status");
    let status = server.patch(&path, "a", MERGE, &both).await.is(200);
    assert_eq!(
        (&status.body["spec"]["replicas"], &status.body["status"]["replicas"]),
        (&json!(5), &json!(3))
    );
    assert_eq!(
        status.body["metadata"]["generation"],
        main.body["metadata"]["generation"]
    );
    let owned = status.managers();
    let of_status = owned.iter().find(|(name, _)| name == "tester Update status");
    assert_eq!(
        of_status.map(|(_, fields)| fields),
        Some(&json!({"f:status": {".": {}, "f:replicas": {}}}))
    );
    let mut body = server.get(&path, "a").await.is(200).body;
    body["status"]["replicas"] = json!(4);
    let updated = server.put(&path, "a", &body).await.is(200);
    assert_eq!(updated.body["status"]["replicas"], 4);
    server
        .patch(&format!("{FLUNDERS}/status"), "a", MERGE, &json!({}))
        .await
        .is(404);
}
