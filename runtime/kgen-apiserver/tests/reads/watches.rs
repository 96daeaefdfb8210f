//! What watches tell.

use std::sync::Arc;

use serde_json::json;

use crate::fixture::{FISCHERS, FLUNDERS, METADATA, Server, TABLE, change, fischer, flunder, labelled, version};

const EVERYWHERE: &str = "/apis/wardle.example.com/v1alpha1/flunders";

/// What comes, changes and goes is told, one JSON object a line, and what goes has the version of its going.
#[tokio::test]
async fn s071_s077_what_happens_is_told() {
    let server = Server::wardle().await;
    let begin = server.put("flunders", flunder("before")).await;
    let mut watch = server.watch_from(FLUNDERS, begin).await;
    let added = server.put("flunders", flunder("a")).await;
    let modified = server
        .put("flunders", labelled("default", "a", json!({"x": "1"})))
        .await;
    let deleted = server.delete("flunders", flunder("a")).await;
    assert_eq!(watch.change().await, change("ADDED", "a", added));
    assert_eq!(watch.change().await, change("MODIFIED", "a", modified));
    let (word, object) = watch.event().await;
    assert_eq!((word.as_str(), version(&object)), ("DELETED", deleted));
    assert_eq!(object["metadata"]["labels"], json!({"x": "1"}), "it has its last state");
}

/// A frame is a line: type, object, newline.
#[tokio::test]
async fn s033_frames_are_lines_of_json() {
    let server = Server::wardle().await;
    server.put("flunders", flunder("a")).await;
    let object = server.get(&format!("{FLUNDERS}/a")).await.text();
    for accept in ["application/json", "application/json;stream=watch", "*/*", ""] {
        let mut watch = server.watch_as(&format!("{FLUNDERS}?watch=true"), accept).await;
        let wanted = format!("{{\"type\":\"ADDED\",\"object\":{}}}\n", object.trim_end());
        assert_eq!(watch.line().await, Some(wanted), "{accept}");
    }
    let address = format!("{FLUNDERS}?watch=true");
    let answer = server.get_as(&address, &[("accept", "application/yaml")]).await;
    assert_eq!(answer.code, 406);
    // What cannot be watched as YAML can be refused in it, as Go's servers do.
    assert_eq!(answer.headers["content-type"], "application/yaml");
    let wanted = "only the following media types are accepted: application/json;stream=watch";
    assert!(answer.text().contains(wanted), "{}", answer.text());
}

/// An object that begins or ceases to be selected comes or goes, with the version of the write and, if it goes, with
/// what it was before.
#[tokio::test]
async fn s074_selection_makes_objects_come_and_go() {
    let server = Server::wardle().await;
    let begin = server
        .put("flunders", labelled("default", "a", json!({"app": "web"})))
        .await;
    let address = format!("{FLUNDERS}?watch=true&labelSelector=app%3Dweb&resourceVersion={begin}");
    let mut watch = server.watch(&address).await;
    let gone = server
        .put("flunders", labelled("default", "a", json!({"app": "db"})))
        .await;
    server
        .put("flunders", labelled("default", "a", json!({"app": "mail"})))
        .await;
    let back = server
        .put("flunders", labelled("default", "a", json!({"app": "web"})))
        .await;
    let (word, object) = watch.event().await;
    assert_eq!((word.as_str(), version(&object)), ("DELETED", gone));
    assert_eq!(object["metadata"]["labels"], json!({"app": "web"}));
    assert_eq!(watch.change().await, change("ADDED", "a", back));
    assert!(watch.is_silent().await);
}

/// All watches tell the same in the same order, byte for byte, whether they read fast or late.
#[tokio::test]
async fn s075_s092_all_watches_tell_the_same() {
    let server = Server::wardle().await;
    let begin = server.put("flunders", flunder("a")).await;
    for (accept, version) in [
        ("application/json", "v1alpha1"),
        ("application/json", "v1beta1"),
        (METADATA, "v1beta1"),
    ] {
        let address = format!(
            "/apis/wardle.example.com/{version}/namespaces/default/flunders?watch=true&resourceVersion={begin}"
        );
        let mut early = server.watch_as(&address, accept).await;
        for round in 0..20 {
            server.put("flunders", flunder(&format!("f{}", round % 3))).await;
        }
        server.delete("flunders", flunder("f0")).await;
        let mut late = server.watch_as(&address, accept).await;
        for _ in 0..21 {
            assert_eq!(early.line().await, late.line().await);
        }
        for name in ["f1", "f2"] {
            server.delete("flunders", flunder(name)).await;
        }
    }
}

/// A table watch has the columns in its first event only, and a row in each.
#[tokio::test]
async fn s025_tables_are_watched() {
    let server = Server::wardle().await;
    server.put("flunders", flunder("a")).await;
    let mut watch = server
        .watch_as(&format!("{FLUNDERS}?watch=true&resourceVersion=0"), TABLE)
        .await;
    let (word, table) = watch.event().await;
    assert_eq!((word.as_str(), &table["kind"]), ("ADDED", &json!("Table")));
    assert_eq!(table["columnDefinitions"].as_array().map(Vec::len), Some(2));
    assert_eq!(table["rows"].as_array().map(Vec::len), Some(1));
    let revision = server.delete("flunders", flunder("a")).await;
    let (word, table) = watch.event().await;
    assert_eq!(word, "DELETED");
    assert_eq!(table["columnDefinitions"], json!([]));
    assert_eq!(table["rows"][0]["cells"], json!(["a", "2026-01-01T00:00:00Z"]));
    assert_eq!(table["metadata"]["resourceVersion"], revision.to_string());
    assert_eq!(table["rows"][0]["object"]["kind"], "PartialObjectMetadata");
}

/// Metadata clients watch metadata, without any alternative in their header.
#[tokio::test]
async fn s026_metadata_is_watched() {
    let server = Server::wardle().await;
    let begin = server.put("flunders", flunder("a")).await;
    let address = format!("{FLUNDERS}?watch=true&resourceVersion={begin}");
    let mut watch = server.watch_as(&address, METADATA).await;
    let revision = server
        .put("flunders", labelled("default", "a", json!({"x": "1"})))
        .await;
    let (word, object) = watch.event().await;
    assert_eq!(word, "MODIFIED");
    assert_eq!(
        (&object["kind"], &object["apiVersion"]),
        (&json!("PartialObjectMetadata"), &json!("meta.k8s.io/v1"))
    );
    assert_eq!(version(&object), revision);
    assert_eq!(object.get("spec"), None);
}

/// Bookmarks come to those who ask, of the kind that they watch, and go on also where nothing happens.
#[tokio::test]
async fn s078_s091_bookmarks_tell_how_far_a_watch_has_come() {
    let server = Server::wardle().await;
    let begin = server.put("flunders", flunder("a")).await;
    let address = format!("{FLUNDERS}?watch=true&resourceVersion={begin}");
    let mut without = server.watch(&address).await;
    let mut with = server.watch(&format!("{address}&allowWatchBookmarks=true")).await;
    let (word, object) = with.event().await;
    assert_eq!(word, "BOOKMARK");
    assert_eq!(
        object,
        json!({
            "kind": "Flunder", "apiVersion": "wardle.example.com/v1alpha1",
            "metadata": {"resourceVersion": begin.to_string()},
        })
    );
    // Other resources move the store on.
    let other = server.put("fischers", fischer("x")).await;
    server.get(FLUNDERS).await.ok();
    let mut reached = 0;
    while reached < other {
        let (word, object) = with.event().await;
        assert_eq!(word, "BOOKMARK");
        reached = version(&object);
    }
    assert!(without.is_silent().await);
    let mut as_table = server
        .watch_as(&format!("{address}&allowWatchBookmarks=true"), TABLE)
        .await;
    let (word, object) = as_table.event().await;
    assert_eq!((word.as_str(), &object["kind"]), ("BOOKMARK", &json!("Table")));
    let mut as_metadata = server
        .watch_as(&format!("{address}&allowWatchBookmarks=true"), METADATA)
        .await;
    let (word, object) = as_metadata.event().await;
    assert_eq!(
        (word.as_str(), &object["kind"]),
        ("BOOKMARK", &json!("PartialObjectMetadata"))
    );
}

/// One object can be watched by its name, as `kubectl get NAME -w` and `kubectl wait` do.
#[tokio::test]
async fn s088_one_object_is_watched() {
    let server = Server::wardle().await;
    let a = server.put("flunders", flunder("a")).await;
    server.put("flunders", flunder("aa")).await;
    server.get(FLUNDERS).await.ok();
    let address = format!("{FLUNDERS}?fieldSelector=metadata.name%3Da&resourceVersion=0&watch=true");
    for accept in ["application/json", TABLE] {
        let mut watch = server.watch_as(&address, accept).await;
        let (word, object) = watch.event().await;
        assert_eq!((word.as_str(), version(&object) >= a), ("ADDED", true));
        server.put("flunders", flunder("aa")).await;
        server.put("flunders", flunder("b")).await;
        let revision = server.put("flunders", flunder("a")).await;
        let (word, object) = watch.event().await;
        assert_eq!((word.as_str(), version(&object)), ("MODIFIED", revision));
    }
}

/// A watch of a namespace tells of that namespace, and one of all tells of all; objects without one are watched too.
#[tokio::test]
async fn s089_watches_have_a_scope() {
    let server = Server::wardle().await;
    let begin = server.put("flunders", flunder("before")).await;
    let one = "/apis/wardle.example.com/v1alpha1/namespaces/ns1/flunders";
    let mut one = server.watch_from(one, begin).await;
    let mut all = server.watch_from(EVERYWHERE, begin).await;
    let mut fischers = server.watch_from(FISCHERS, begin).await;
    let ten = server.put("flunders", labelled("ns10", "a", json!({}))).await;
    let first = server.put("flunders", labelled("ns1", "b", json!({}))).await;
    let of_all = server.put("fischers", fischer("x")).await;
    assert_eq!(one.change().await, change("ADDED", "b", first));
    assert_eq!(all.change().await, change("ADDED", "a", ten));
    assert_eq!(all.change().await, change("ADDED", "b", first));
    assert_eq!(fischers.change().await, change("ADDED", "x", of_all));
    assert!(one.is_silent().await);
}

/// Many events that wait are told one by one, in order.
#[tokio::test]
async fn s071_waiting_events_are_told_in_order() {
    let server = Server::wardle().await;
    let begin = server.put("flunders", flunder("a")).await;
    let mut watch = server.watch_from(FLUNDERS, begin).await;
    let mut wanted = Vec::new();
    for _ in 0..500 {
        wanted.push(server.put("flunders", flunder("a")).await);
    }
    for revision in wanted {
        assert_eq!(watch.change().await, change("MODIFIED", "a", revision));
    }
}

/// A client that goes leaves nothing behind.
#[tokio::test]
async fn s085_a_watch_ends_with_its_client() {
    let server = Server::wardle().await;
    let resource = server
        .resources
        .get("wardle.example.com", "flunders")
        .expect("it is served");
    let before = Arc::strong_count(resource);
    let mut watches = Vec::new();
    for _ in 0..100 {
        watches.push(server.watch(&format!("{FLUNDERS}?watch=true")).await);
    }
    assert_eq!(Arc::strong_count(resource), before + 100);
    drop(watches);
    assert_eq!(Arc::strong_count(resource), before);
}

/// A client that does not read is cut off, without a word, and nobody waits for it.
#[tokio::test]
async fn s086_who_does_not_read_is_cut_off() {
    let server = Server::forgetful(16).await;
    let begin = server.put("flunders", flunder("a")).await;
    let address = format!("{FLUNDERS}?watch=true&resourceVersion={begin}");
    let mut slow = server.watch(&address).await;
    let mut quick = server.watch(&address).await;
    for _ in 0..200 {
        let revision = server.put("flunders", flunder("a")).await;
        assert_eq!(quick.change().await, change("MODIFIED", "a", revision));
    }
    while let Some(line) = slow.line().await {
        assert!(!line.contains("ERROR"), "{line}");
    }
}
