//! Lists: what they hold, and of which state.

use bytes::Bytes;
use kgen_apiserver::storage::Store;
use serde_json::{Value, json};

use crate::fixture::{FISCHERS, FLUNDERS, METADATA_LIST, Server, TABLE, flunder, labelled, version};

const EVERYWHERE: &str = "/apis/wardle.example.com/v1alpha1/flunders";

fn in_namespace(namespace: &str) -> String {
    format!("/apis/wardle.example.com/v1alpha1/namespaces/{namespace}/flunders")
}

/// A list is the JSON of its objects in the order of their keys, whole or in parts, byte for byte.
#[tokio::test]
async fn s036_a_list_is_the_json_of_its_objects() {
    let server = Server::wardle().await;
    for name in ["b", "a", "c"] {
        server.put("flunders", flunder(name)).await;
    }
    let mut items = Vec::new();
    for name in ["a", "b", "c"] {
        items.push(
            server
                .get(&format!("{FLUNDERS}/{name}"))
                .await
                .text()
                .trim_end()
                .to_owned(),
        );
    }
    let list = server.get(FLUNDERS).await;
    let revision = version(&list.ok());
    let head = format!(
        r#"{{"kind":"FlunderList","apiVersion":"wardle.example.com/v1alpha1","metadata":{{"resourceVersion":"{revision}"}},"items":["#
    );
    assert_eq!(list.text(), format!("{head}{}]}}\n", items.join(",")));
    let part = server.get(&format!("{FLUNDERS}?limit=1")).await.ok();
    assert_eq!(part["metadata"]["remainingItemCount"], 2);
    assert_eq!(
        part["items"][0].to_string(),
        items[0].parse::<Value>().expect("it is JSON").to_string()
    );
}

/// An empty list has an empty array of items and a resource version.
#[tokio::test]
async fn s067_an_empty_list_has_items_and_a_version() {
    let server = Server::wardle().await;
    let list = server.get(FLUNDERS).await.ok();
    assert_eq!(list["kind"], "FlunderList");
    assert_eq!(list["items"], json!([]));
    assert!(version(&list) > 0);
    let list = server.get(FISCHERS).await.ok();
    assert_eq!((&list["kind"], &list["items"]), (&json!("FischerList"), &json!([])));
}

/// The list of a namespace holds that namespace only, and the list of all holds all.
#[tokio::test]
async fn s066_a_namespace_is_not_the_beginning_of_another() {
    let server = Server::wardle().await;
    for namespace in ["ns1", "ns10"] {
        server
            .put("flunders", labelled(namespace, &format!("of-{namespace}"), json!({})))
            .await;
    }
    assert_eq!(server.get(&in_namespace("ns1")).await.names(), ["of-ns1"]);
    assert_eq!(server.get(&in_namespace("ns10")).await.names(), ["of-ns10"]);
    assert_eq!(server.get(EVERYWHERE).await.names(), ["of-ns1", "of-ns10"]);
    assert!(server.get(&in_namespace("ns")).await.names().is_empty());
    assert_eq!(server.get(&in_namespace("..")).await.refusal().0, 400);
}

/// A list without a resource version shows all that was written before.
#[tokio::test]
async fn s069_a_list_shows_what_was_written_before() {
    let server = Server::wardle().await;
    for number in 0..20 {
        let name = format!("f{number:02}");
        let revision = server.put("flunders", flunder(&name)).await;
        let list = server.get(FLUNDERS).await;
        assert_eq!(list.names().last(), Some(&name));
        assert_eq!(version(&list.ok()), revision);
    }
}

/// Which state a list shows, by resource version, match and limit.
#[tokio::test]
async fn s055_s056_a_list_shows_the_state_that_is_asked_for() {
    let server = Server::wardle().await;
    let old = server.put("flunders", flunder("a")).await;
    let new = server.put("flunders", flunder("b")).await;
    server.get(FLUNDERS).await.ok();
    for (query, wanted) in [
        (String::new(), new),
        ("resourceVersion=0".to_owned(), new),
        ("resourceVersion=0&resourceVersionMatch=NotOlderThan".to_owned(), new),
        (format!("resourceVersion={old}"), new),
        (format!("resourceVersion={old}&resourceVersionMatch=NotOlderThan"), new),
        (
            format!("resourceVersion={old}&resourceVersionMatch=NotOlderThan&limit=5"),
            new,
        ),
        (format!("resourceVersion={old}&resourceVersionMatch=Exact"), old),
        (format!("resourceVersion={old}&resourceVersionMatch=Exact&limit=5"), old),
        (format!("resourceVersion={old}&limit=5"), old),
    ] {
        let list = server.get(&format!("{FLUNDERS}?{query}")).await.ok();
        assert_eq!(version(&list), wanted, "{query}");
        let count = if wanted == old { 1 } else { 2 };
        assert_eq!(list["items"].as_array().map(Vec::len), Some(count), "{query}");
    }
}

/// Options that contradict each other are invalid, and say which one.
#[tokio::test]
async fn s056_options_that_contradict_each_other_are_invalid() {
    let server = Server::wardle().await;
    server.put("flunders", flunder("a")).await;
    server.put("flunders", flunder("b")).await;
    let first = server.get(&format!("{FLUNDERS}?limit=1")).await.ok();
    let token = first["metadata"]["continue"].as_str().expect("it goes on").to_owned();
    for (query, field, wanted) in [
        (
            "resourceVersionMatch=Exact".to_owned(),
            "resourceVersionMatch",
            "Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided",
        ),
        (
            format!("resourceVersionMatch=NotOlderThan&resourceVersion=1&continue={token}"),
            "resourceVersionMatch",
            "Forbidden: resourceVersionMatch is forbidden when continue is provided",
        ),
        (
            "resourceVersionMatch=Exact&resourceVersion=0".to_owned(),
            "resourceVersionMatch",
            r#"Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0""#,
        ),
        (
            "resourceVersionMatch=Newest&resourceVersion=1".to_owned(),
            "resourceVersionMatch",
            r#"Unsupported value: "Newest": supported values: "Exact", "NotOlderThan", """#,
        ),
        (
            "sendInitialEvents=true".to_owned(),
            "sendInitialEvents",
            "Forbidden: sendInitialEvents is forbidden for list",
        ),
    ] {
        let answer = server.get(&format!("{FLUNDERS}?{query}")).await;
        let (code, reason, message) = answer.refusal();
        assert_eq!((code, reason.as_str()), (422, "Invalid"), "{query}");
        assert_eq!(
            message,
            format!(r#"ListOptions.meta.k8s.io "" is invalid: {field}: {wanted}"#)
        );
        let details = &answer.json()["details"];
        assert_eq!(
            (&details["kind"], &details["group"]),
            (&json!("ListOptions"), &json!("meta.k8s.io"))
        );
        assert_eq!(details["causes"][0]["field"], field);
    }
    for (query, wanted) in [
        (
            format!("continue={token}&resourceVersion=1"),
            "specifying resource version is not allowed when using continue",
        ),
        (
            "resourceVersion=x".to_owned(),
            "invalid resource version: `x` is not a decimal number",
        ),
        (
            "limit=x".to_owned(),
            "invalid value \"x\" of limit: it is not an integer",
        ),
    ] {
        let (code, reason, message) = server.get(&format!("{FLUNDERS}?{query}")).await.refusal();
        assert_eq!((code, reason.as_str(), message.as_str()), (400, "BadRequest", wanted));
    }
    assert_eq!(server.get(&format!("{FLUNDERS}?limit=-1")).await.names().len(), 2);
}

/// A resource version that lies ahead is waited for, and then answered with when to come back.
#[tokio::test]
async fn s055_a_list_from_the_future_times_out() {
    let server = Server::wardle().await;
    server.put("flunders", flunder("a")).await;
    for query in [
        "resourceVersion=1000",
        "resourceVersion=1000&resourceVersionMatch=Exact",
        "resourceVersion=1000&limit=1",
    ] {
        let answer = server.get(&format!("{FLUNDERS}?{query}")).await;
        let (code, reason, message) = answer.refusal();
        assert_eq!((code, reason.as_str()), (504, "Timeout"), "{query}");
        assert!(
            message.starts_with("Timeout: Too large resource version: 1000, current: "),
            "{message}"
        );
        assert_eq!(
            answer.json()["details"]["causes"][0]["reason"],
            "ResourceVersionTooLarge"
        );
    }
}

/// An object that cannot be read fails the list, which names it, and hides no other error.
#[tokio::test]
async fn s068_unreadable_objects_are_named() {
    let server = Server::wardle().await;
    server.put("flunders", flunder("good")).await;
    for name in ["bad1", "bad2"] {
        let key = format!("/registry/test/wardle.example.com/flunders/default/{name}");
        server
            .store
            .create(&key, Bytes::from_static(b"{"), None)
            .await
            .expect("it is written");
    }
    let (code, reason, message) = server.get(FLUNDERS).await.refusal();
    assert_eq!((code, reason.as_str()), (500, "StorageReadError"));
    for name in ["default/bad1", "default/bad2"] {
        assert!(message.contains(name), "{message}");
    }
    assert_eq!(server.get(&format!("{FLUNDERS}/good")).await.ok()["kind"], "Flunder");
    assert_eq!(server.get(&format!("{FLUNDERS}/bad1")).await.refusal().0, 500);
}

/// Every resource in every version can be listed with every option, also while it is empty.
#[tokio::test]
async fn s070_all_resources_take_all_options() {
    let server = Server::fleet().await;
    for resource in server.resources.iter() {
        for served in &resource.versions {
            let kind = &served.kind;
            let address = format!("/apis/{}/{}", kind.gvk.api_version(), kind.plural);
            for query in [
                "",
                "limit=500",
                "limit=500&resourceVersion=0",
                "labelSelector=a%3Db",
                "fieldSelector=metadata.name%3Da",
                "fieldSelector=metadata.namespace%3Da",
            ] {
                let list = server.get(&format!("{address}?{query}")).await.ok();
                assert_eq!(list["kind"], *kind.list_kind, "{address}?{query}");
                assert_eq!(list["items"], json!([]), "{address}?{query}");
                assert!(version(&list) > 0);
            }
            for (accept, wanted) in [(TABLE, "Table"), (METADATA_LIST, "PartialObjectMetadataList")] {
                let answer = server.get_as(&address, &[("accept", accept)]).await.ok();
                assert_eq!(answer["kind"], wanted, "{address}");
            }
        }
    }
}
