//! Where watches begin and end, and what they refuse.

use std::time::{Duration, Instant};

use kgen_apiserver::storage::Store;
use serde_json::json;

use crate::fixture::{FLUNDERS, METADATA, Server, TABLE, change, fischer, flunder, version};

const INITIAL: &str = "watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";

/// A watch that asks for the state is told each object, then one bookmark that says so, of the kind it watches.
#[tokio::test]
async fn s079_the_state_ends_with_a_bookmark() {
    let server = Server::wardle().await;
    let old = server.put("flunders", flunder("a")).await;
    let now = server.put("flunders", flunder("b")).await;
    for from in ["", "0", &old.to_string()] {
        let mut watch = server
            .watch(&format!("{FLUNDERS}?{INITIAL}&resourceVersion={from}"))
            .await;
        assert_eq!(watch.change().await, change("ADDED", "a", old), "{from}");
        assert_eq!(watch.change().await, change("ADDED", "b", now), "{from}");
        let (word, object) = watch.event().await;
        assert_eq!(word, "BOOKMARK");
        let wanted = json!({
            "kind": "Flunder", "apiVersion": "wardle.example.com/v1alpha1",
            "metadata": {"resourceVersion": now.to_string(), "annotations": {"k8s.io/initial-events-end": "true"}},
        });
        assert_eq!(object, wanted);
    }
}

/// The bookmark of an empty state is there as well, as new as the store.
#[tokio::test]
async fn s079_an_empty_state_ends_too() {
    let server = Server::wardle().await;
    let other = server.put("fischers", fischer("x")).await;
    let mut watch = server.watch(&format!("{FLUNDERS}?{INITIAL}")).await;
    let (word, object) = watch.event().await;
    assert_eq!((word.as_str(), version(&object) >= other), ("BOOKMARK", true));
    let revision = server.put("flunders", flunder("a")).await;
    assert_eq!(watch.change().await, change("ADDED", "a", revision));
}

/// Metadata clients are given the state with a bookmark of their kind.
#[tokio::test]
async fn s083_metadata_informers_get_the_state() {
    let server = Server::wardle().await;
    let revision = server.put("flunders", flunder("a")).await;
    let mut watch = server.watch_as(&format!("{FLUNDERS}?{INITIAL}"), METADATA).await;
    let (word, object) = watch.event().await;
    assert_eq!(
        (word.as_str(), &object["kind"]),
        ("ADDED", &json!("PartialObjectMetadata"))
    );
    assert_eq!(object.get("spec"), None);
    let (word, object) = watch.event().await;
    assert_eq!(word, "BOOKMARK");
    assert_eq!(
        object,
        json!({
            "kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1",
            "metadata": {"resourceVersion": revision.to_string(), "annotations": {"k8s.io/initial-events-end": "true"}},
        })
    );
}

/// The state can be watched as tables.
#[tokio::test]
async fn s082_the_state_can_be_watched_as_tables() {
    let server = Server::wardle().await;
    server.put("flunders", flunder("a")).await;
    let mut watch = server.watch_as(&format!("{FLUNDERS}?{INITIAL}"), TABLE).await;
    let (word, table) = watch.event().await;
    assert_eq!((word.as_str(), &table["rows"][0]["cells"][0]), ("ADDED", &json!("a")));
    let (word, table) = watch.event().await;
    assert_eq!((word.as_str(), &table["kind"]), ("BOOKMARK", &json!("Table")));
    assert_eq!(
        table["rows"][0]["object"]["metadata"]["annotations"],
        json!({"k8s.io/initial-events-end": "true"})
    );
}

/// Without a resource version, and from 0, a watch tells what there is first, without being asked.
#[tokio::test]
async fn s081_old_clients_get_the_state_first() {
    let server = Server::wardle().await;
    let revision = server.put("flunders", flunder("a")).await;
    server.get(FLUNDERS).await.ok();
    for query in ["watch=true", "watch=1&resourceVersion=0", "watch=&resourceVersion="] {
        let mut watch = server.watch(&format!("{FLUNDERS}?{query}")).await;
        let (word, object) = watch.event().await;
        assert_eq!((word.as_str(), version(&object)), ("ADDED", revision), "{query}");
        assert!(watch.is_silent().await, "no bookmark was asked for: {query}");
    }
}

/// A client can say that it does not want the state.
#[tokio::test]
async fn s079_the_state_can_be_declined() {
    let server = Server::wardle().await;
    let old = server.put("flunders", flunder("a")).await;
    let declined = "watch=true&sendInitialEvents=false&resourceVersionMatch=NotOlderThan";
    let mut from_now = server.watch(&format!("{FLUNDERS}?{declined}")).await;
    let mut from_old = server
        .watch(&format!("{FLUNDERS}?{declined}&resourceVersion={old}"))
        .await;
    let revision = server.put("flunders", flunder("b")).await;
    assert_eq!(from_now.change().await, change("ADDED", "b", revision));
    assert_eq!(from_old.change().await, change("ADDED", "b", revision));
}

/// Options that contradict each other are invalid.
#[tokio::test]
async fn s080_options_of_watches_are_checked() {
    let server = Server::wardle().await;
    for (query, wanted) in [
        (
            "sendInitialEvents=true",
            "resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan",
        ),
        (
            "resourceVersion=1&resourceVersionMatch=NotOlderThan",
            "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is \
             provided",
        ),
        (
            "sendInitialEvents=true&resourceVersion=1&resourceVersionMatch=Exact",
            "[resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan, \
             resourceVersionMatch: Unsupported value: \"Exact\": supported values: \"NotOlderThan\"]",
        ),
    ] {
        let answer = server.get(&format!("{FLUNDERS}?watch=true&{query}")).await;
        let (code, reason, message) = answer.refusal();
        assert_eq!((code, reason.as_str()), (422, "Invalid"), "{query}");
        assert_eq!(message, format!(r#"ListOptions.meta.k8s.io "" is invalid: {wanted}"#));
    }
    for query in [
        "resourceVersion=x",
        "timeoutSeconds=x",
        "labelSelector=a%20b",
        "fieldSelector=x=1",
    ] {
        assert_eq!(
            server.get(&format!("{FLUNDERS}?watch=true&{query}")).await.refusal().0,
            400,
            "{query}"
        );
    }
    let named = "/apis/wardle.example.com/v1alpha1/watch/namespaces/default/flunders/a?fieldSelector=metadata.name=b";
    let (code, _, message) = server.get(named).await.refusal();
    assert_eq!(
        (code, message.as_str()),
        (400, "fieldSelector metadata.name doesn't match requested name")
    );
}

/// A watch goes on with what came after the version it names, or after the last one it was told.
#[tokio::test]
async fn s072_s073_a_watch_goes_on_where_another_ended() {
    let server = Server::wardle().await;
    let first = server.put("flunders", flunder("a")).await;
    let second = server.put("flunders", flunder("b")).await;
    let mut watch = server.watch_from(FLUNDERS, first).await;
    assert_eq!(watch.change().await, change("ADDED", "b", second));
    drop(watch);
    let third = server.put("flunders", flunder("b")).await;
    let fourth = server.delete("flunders", flunder("a")).await;
    let mut watch = server.watch_from(FLUNDERS, second).await;
    assert_eq!(watch.change().await, change("MODIFIED", "b", third));
    assert_eq!(watch.change().await, change("DELETED", "a", fourth));
    assert!(watch.is_silent().await);
}

/// A version that is forgotten is told in the stream, which then ends.
#[tokio::test]
async fn s076_a_forgotten_version_is_an_error_in_the_stream() {
    let server = Server::direct(wardle::generated::scheme()).await;
    let old = server.put("flunders", flunder("a")).await;
    server.put("flunders", flunder("a")).await;
    let now = server.put("flunders", flunder("a")).await;
    server.compact(now).await;
    let mut watch = server.watch_from(FLUNDERS, old).await;
    let (word, status) = watch.event().await;
    assert_eq!(word, "ERROR");
    assert_eq!(
        (&status["kind"], &status["code"], &status["reason"]),
        (&json!("Status"), &json!(410), &json!("Expired"))
    );
    assert_eq!(watch.line().await, None);
}

/// A state that lies ahead is told in the stream as well, with when to come back.
#[tokio::test]
async fn s079_a_state_that_lies_ahead_is_an_error_in_the_stream() {
    let server = Server::wardle().await;
    server.put("flunders", flunder("a")).await;
    let mut watch = server
        .watch(&format!("{FLUNDERS}?{INITIAL}&resourceVersion=1000"))
        .await;
    let (word, status) = watch.event().await;
    assert_eq!((word.as_str(), &status["code"]), ("ERROR", &json!(504)));
    assert_eq!(status["details"]["causes"][0]["reason"], "ResourceVersionTooLarge");
    assert_eq!(watch.line().await, None);
}

/// A watch ends when its time is over, without a word, and one without time at once.
#[tokio::test]
async fn s084_a_watch_ends_in_time() {
    let server = Server::wardle().await;
    server.put("flunders", flunder("a")).await;
    let begin = Instant::now();
    let mut watch = server
        .watch(&format!("{FLUNDERS}?watch=true&resourceVersion=0&timeoutSeconds=1"))
        .await;
    assert_eq!(watch.event().await.0, "ADDED");
    assert_eq!(watch.line().await, None);
    let took = begin.elapsed();
    assert!(
        (Duration::from_millis(900)..Duration::from_secs(4)).contains(&took),
        "{took:?}"
    );
}

/// Where a client does not say how long it wants to watch, the server does: from its least time to twice that.
#[tokio::test]
async fn s084_a_watch_without_a_time_ends_in_that_of_the_server() {
    let server = Server::hasty(Duration::from_millis(300)).await;
    for address in ["?watch=true", "?watch=true&timeoutSeconds=0"] {
        let begin = Instant::now();
        let mut watch = server.watch(&format!("{FLUNDERS}{address}")).await;
        assert_eq!(watch.line().await, None, "{address}");
        let took = begin.elapsed();
        assert!(
            (Duration::from_millis(290)..Duration::from_secs(3)).contains(&took),
            "{address}: {took:?}"
        );
    }
}

/// An unreadable object ends a watch with an error, and nothing comes behind it.
#[tokio::test]
async fn s090_an_error_ends_a_watch() {
    let server = Server::wardle().await;
    let from = server.put("flunders", flunder("a")).await;
    let mut watch = server.watch_from(FLUNDERS, from).await;
    let key = "/registry/test/wardle.example.com/flunders/default/bad";
    server
        .store
        .create(key, b"{".as_slice().into(), None)
        .await
        .expect("it is written");
    server.put("flunders", flunder("b")).await;
    let (word, status) = watch.event().await;
    assert_eq!((word.as_str(), &status["code"]), ("ERROR", &json!(500)));
    assert_eq!(watch.line().await, None);
}

/// An object that is stored but is not of the kind ends a watch in the same way.
#[tokio::test]
async fn s090_an_object_of_another_kind_ends_a_watch() {
    let server = Server::wardle().await;
    let from = server.put("flunders", flunder("a")).await;
    let mut watch = server.watch_from(FLUNDERS, from).await;
    let mut other = flunder("other");
    other["kind"] = "Other".into();
    server.put("flunders", other).await;
    server.put("flunders", flunder("b")).await;
    assert_eq!(watch.event().await.0, "ERROR");
    assert_eq!(watch.line().await, None);
}

/// A server that does not know its objects yet says when to come back, before any watch begins.
#[tokio::test]
async fn s087_what_is_not_loaded_yet_is_too_early() {
    let server = Server::stuck();
    for query in ["", "resourceVersion=0", "watch=true", "watch=true&resourceVersion=0"] {
        let answer = server.get(&format!("{FLUNDERS}?{query}")).await;
        let (code, reason, message) = answer.refusal();
        assert_eq!((code, reason.as_str()), (429, "TooManyRequests"), "{query}");
        assert_eq!(message, "storage is (re)initializing");
        assert_eq!(answer.json()["details"]["retryAfterSeconds"], 1);
    }
}
