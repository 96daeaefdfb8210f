//! The rules of metadata.

use serde_json::{Value, json};

use crate::fixture::{FLUNDERS, MERGE, Server, flunder};

/// The fields of what is wrong with an object that has this metadata.
async fn wrong(metadata: Value) -> Vec<(String, String)> {
    let mut object = flunder("a");
    for (name, value) in metadata.as_object().expect("metadata are a map") {
        object["metadata"][name] = value.clone();
    }
    Server::new().create(FLUNDERS, &object).await.is(422).causes()
}

/// Names are those of DNS, with dots.
#[tokio::test]
async fn s048_names_are_subdomains() {
    let server = Server::new();
    for name in ["a", "a.b-c.1", &"x".repeat(253)] {
        server.create(FLUNDERS, &flunder(name)).await.is(201);
    }
    for name in ["A", "a_b", "-a", "a.", "a/b", &"x".repeat(254)] {
        let causes = server.create(FLUNDERS, &flunder(name)).await.is(422).causes();
        assert_eq!(causes[0].0, "metadata.name", "{name}");
    }
}

/// Labels have keys and values of their own form.
#[tokio::test]
async fn s048_labels_are_checked() {
    let causes = wrong(json!({"labels": {"-a": "b"}})).await;
    assert_eq!(causes[0].0, "metadata.labels");
    assert!(
        causes[0]
            .1
            .starts_with("Invalid value: \"-a\": name part must consist of"),
        "{causes:?}"
    );
    let causes = wrong(json!({"labels": {"a": "b c"}})).await;
    assert!(
        causes[0].1.starts_with("Invalid value: \"b c\": a valid label must be"),
        "{causes:?}"
    );
}

/// Annotations have keys like labels, whatever their case, and a size in all.
#[tokio::test]
async fn s048_annotations_are_checked() {
    let server = Server::new();
    let mut object = flunder("a");
    object["metadata"]["annotations"] = json!({"Example.com/Key": "any value at all"});
    server.create(FLUNDERS, &object).await.is(201);
    let causes = wrong(json!({"annotations": {"A b": ""}})).await;
    assert_eq!(causes[0].0, "metadata.annotations");
    assert!(causes[0].1.starts_with("Invalid value: \"A b\": "), "{causes:?}");
    let causes = wrong(json!({"annotations": {"a": "x".repeat(256 << 10)}})).await;
    assert_eq!(
        causes,
        [(
            "metadata.annotations".to_owned(),
            "Too long: may not be more than 262144 bytes".to_owned()
        )]
    );
}

/// Owners are named in full, are no events, and one of them controls.
#[tokio::test]
async fn s048_owners_are_checked() {
    let owner = |name: &str| json!({"apiVersion": "v1", "kind": "Pod", "name": name, "uid": name, "controller": true});
    let causes = wrong(json!({"ownerReferences": [{"apiVersion": "a/b/c"}]})).await;
    let fields: Vec<&str> = causes.iter().map(|(field, _)| field.as_str()).collect();
    let root = "metadata.ownerReferences[0]";
    let wanted = ["apiVersion", "kind", "name", "uid"].map(|name| format!("{root}.{name}"));
    assert_eq!(fields, wanted);
    let causes = wrong(json!({"ownerReferences": [owner("a"), owner("b")]})).await;
    assert_eq!(causes[0].0, "metadata.ownerReferences");
    assert!(causes[0].1.ends_with(
        "Only one reference can have Controller set to true. Found \"true\" in references for Pod/a and Pod/b"
    ));
    // Each of these causes shows all owners, so there are few of them.
    let many: Vec<Value> = (0..2_000).map(|number| owner(&format!("p{number}"))).collect();
    assert_eq!(wrong(json!({"ownerReferences": many})).await.len(), 4);
    let event = json!({"apiVersion": "v1", "kind": "Event", "name": "a", "uid": "a"});
    let causes = wrong(json!({"ownerReferences": [event]})).await;
    assert!(causes[0].1.ends_with("is disallowed from being an owner"), "{causes:?}");
}

/// Finalizers have names, and there is one policy for dependents.
#[tokio::test]
async fn s048_finalizers_are_checked() {
    let causes = wrong(json!({"finalizers": ["not good"]})).await;
    assert_eq!(causes[0].0, "metadata.finalizers");
    let causes = wrong(json!({"finalizers": ["orphan", "foregroundDeletion"]})).await;
    assert!(
        causes[0]
            .1
            .ends_with("finalizer orphan and foregroundDeletion cannot be both set"),
        "{causes:?}"
    );
}

/// What is empty in metadata is as good as absent, and owned by nobody.
#[tokio::test]
async fn what_is_empty_is_left_out() {
    let server = Server::new();
    let mut object = flunder("a");
    for (name, nothing) in [
        ("annotations", json!({})),
        ("labels", json!({})),
        ("finalizers", json!([])),
        ("ownerReferences", json!([])),
    ] {
        object["metadata"][name] = nothing;
    }
    let is_left_out = |answer: &Value| {
        for name in ["annotations", "labels", "finalizers", "ownerReferences"] {
            assert_eq!(answer["metadata"].get(name), None, "{answer}");
        }
        let managers = answer["metadata"]["managedFields"].to_string();
        assert!(!managers.contains("f:metadata"), "{managers}");
    };
    is_left_out(&server.create(FLUNDERS, &object).await.is(201).body);
    is_left_out(&server.overwrite(FLUNDERS, &object).await.is(200).body);
    let empty = json!({"metadata": {"labels": {}, "finalizers": []}});
    is_left_out(&server.patch(FLUNDERS, "a", MERGE, &empty).await.is(200).body);
}

/// An owner that is there twice is left once, and the client is told.
#[tokio::test]
async fn s049_repeated_owners_are_united_with_a_warning() {
    let server = Server::new();
    let owner = json!({"apiVersion": "v1", "kind": "Pod", "name": "p", "uid": "u"});
    let mut object = flunder("a");
    object["metadata"]["ownerReferences"] = json!([owner, owner]);
    let created = server.create(FLUNDERS, &object).await.is(201);
    assert_eq!(created.metadata("ownerReferences"), &json!([owner]));
    let told = created
        .warnings
        .iter()
        .filter(|warning| warning.contains("ownerReferences"));
    let told: Vec<&String> = told.collect();
    assert_eq!(told.len(), 1);
    assert!(told[0].ends_with("duplicate UID(s) observed: u"));
    let updated = server.overwrite(FLUNDERS, &object).await.is(200);
    assert_eq!(updated.metadata("ownerReferences"), &json!([owner]));
    assert_eq!(updated.metadata("resourceVersion"), created.metadata("resourceVersion"));
}

/// Owners that differ in one field are different, and each is looked up once, however many there are.
#[tokio::test]
async fn s049_owners_are_compared_in_full() {
    let server = Server::new();
    let owner =
        |name: &str, uid: usize| json!({"apiVersion": "v1", "kind": "Pod", "name": name, "uid": uid.to_string()});
    let owners: Vec<Value> = (0..5_000).flat_map(|uid| [owner("p", uid), owner("q", uid)]).collect();
    let mut object = flunder("a");
    object["metadata"]["ownerReferences"] = [owners.clone(), owners.clone()].concat().into();
    let created = server.create(FLUNDERS, &object).await.is(201);
    assert_eq!(created.metadata("ownerReferences"), &Value::Array(owners));
}
