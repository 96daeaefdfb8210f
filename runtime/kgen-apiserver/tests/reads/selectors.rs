//! Selectors of labels and fields.

use serde_json::json;

use crate::fixture::{FLUNDERS, ROBOTS, Server, change, flunder, labelled, robot, version};

async fn selected(server: &Server, query: &str) -> Vec<String> {
    server.get(&format!("{FLUNDERS}?{query}")).await.names()
}

/// All operators of label selectors, also over objects that lack the label.
#[tokio::test]
async fn s063_labels_select() {
    let server = Server::wardle().await;
    server
        .put("flunders", labelled("default", "a", json!({"app": "web", "size": "3"})))
        .await;
    server
        .put("flunders", labelled("default", "b", json!({"app": "db", "size": "7"})))
        .await;
    server.put("flunders", labelled("default", "c", json!({}))).await;
    for (selector, wanted) in [
        ("app=web", vec!["a"]),
        ("app==web", vec!["a"]),
        ("app!=web", vec!["b", "c"]),
        ("app in (web,db)", vec!["a", "b"]),
        ("app notin (web)", vec!["b", "c"]),
        ("app", vec!["a", "b"]),
        ("!app", vec!["c"]),
        ("size>3", vec!["b"]),
        ("size<7", vec!["a"]),
        ("app,size>5", vec!["b"]),
        ("app=web,app=db", vec![]),
    ] {
        let encoded: String = form_urlencoded::byte_serialize(selector.as_bytes()).collect();
        assert_eq!(
            selected(&server, &format!("labelSelector={encoded}")).await,
            wanted,
            "{selector}"
        );
    }
    let (code, _, message) = server.get(&format!("{FLUNDERS}?labelSelector=a%20b")).await.refusal();
    assert_eq!(code, 400);
    assert!(message.starts_with("unable to parse requirement: "), "{message}");
}

/// Name and namespace can be selected in every kind, with escapes; what is not declared is refused by name.
#[tokio::test]
async fn s064_fields_select() {
    let server = Server::wardle().await;
    for (namespace, name) in [("default", "a"), ("default", "b"), ("other", "a")] {
        server.put("flunders", labelled(namespace, name, json!({}))).await;
    }
    for (query, wanted) in [
        ("fieldSelector=metadata.name=a", vec!["a"]),
        ("fieldSelector=metadata.name%3D%3Da", vec!["a"]),
        ("fieldSelector=metadata.name!=a", vec!["b"]),
        ("fieldSelector=metadata.name=a,metadata.namespace=other", vec![]),
        ("fieldSelector=metadata.namespace=default", vec!["a", "b"]),
        (r"fieldSelector=metadata.name=a\,b", vec![]),
        ("fieldSelector=metadata.name=a/b", vec![]),
    ] {
        assert_eq!(selected(&server, query).await, wanted, "{query}");
    }
    let everywhere = "/apis/wardle.example.com/v1alpha1/flunders?fieldSelector=metadata.name=a";
    assert_eq!(server.get(everywhere).await.names(), ["a", "a"]);
    let (code, reason, message) = server
        .get(&format!("{FLUNDERS}?fieldSelector=spec.x=1"))
        .await
        .refusal();
    assert_eq!((code, reason.as_str()), (400, "BadRequest"));
    let wanted = r#""spec.x" is not a known field selector: only "metadata.name", "metadata.namespace""#;
    assert_eq!(message, wanted);
    assert_eq!(
        server.get(&format!("{FLUNDERS}?fieldSelector=x")).await.refusal().0,
        400
    );
}

/// A selected name is one key: resource versions hold, limits make no difference, labels still count.
#[tokio::test]
async fn s064_a_name_is_one_object() {
    let server = Server::wardle().await;
    server
        .put("flunders", labelled("default", "a", json!({"app": "web"})))
        .await;
    let now = server.put("flunders", flunder("b")).await;
    server.get(FLUNDERS).await.ok();
    for query in ["", "&limit=1", "&resourceVersion=0", "&resourceVersion=0&limit=500"] {
        let list = server
            .get(&format!("{FLUNDERS}?fieldSelector=metadata.name=a{query}"))
            .await;
        assert_eq!(list.names(), ["a"], "{query}");
        assert_eq!(version(&list.ok()), now, "{query}");
        assert_eq!(list.ok()["metadata"].get("continue"), None);
    }
    assert!(
        selected(&server, "fieldSelector=metadata.name=a&labelSelector=app=db")
            .await
            .is_empty()
    );
    assert!(selected(&server, "fieldSelector=metadata.name=none").await.is_empty());
    let ahead = format!("{FLUNDERS}?fieldSelector=metadata.name=a&resourceVersion=1000");
    assert_eq!(server.get(&ahead).await.refusal().0, 504);
}

/// Declared fields can be selected, in lists and in watches.
#[tokio::test]
async fn s065_declared_fields_select() {
    let server = Server::fleet().await;
    let north = server.put("robots", robot("a", "north")).await;
    server.put("robots", robot("b", "south")).await;
    let selected = format!("{ROBOTS}?fieldSelector=spec.site=north");
    assert_eq!(server.get(&selected).await.names(), ["a"]);
    let (_, _, message) = server
        .get(&format!("{ROBOTS}?fieldSelector=spec.enabled=true"))
        .await
        .refusal();
    assert!(
        message.ends_with(r#"only "metadata.name", "metadata.namespace", "spec.site", "spec.chassis""#),
        "{message}"
    );

    let mut watch = server
        .watch(&format!("{selected}&watch=true&resourceVersion={north}"))
        .await;
    let came = server.put("robots", robot("b", "north")).await;
    let went = server.put("robots", robot("a", "south")).await;
    assert_eq!(watch.change().await, change("ADDED", "b", came));
    assert_eq!(watch.change().await, change("DELETED", "a", went));
}

/// Each version has fields of its own to select by, with the values that its objects have.
#[tokio::test]
async fn s065_fields_are_those_of_the_version() {
    let mut scheme = wardle::generated::scheme();
    for (version, path) in [("v1alpha1", ".spec.reference"), ("v1beta1", ".spec.fischerReference")] {
        let found = scheme
            .versions("wardle.example.com", "Flunder")
            .find(|kind| kind.gvk.version == version);
        let mut kind = found.expect("it is there").clone();
        kind.selectable = vec![path.parse().expect("it is a path")];
        scheme.add(kind);
    }
    let server = Server::new(scheme).await;
    for (name, of) in [("a", "Fischer"), ("b", "Flunder")] {
        let mut object = flunder(name);
        object["spec"] = json!({"reference": "f", "referenceType": of});
        server.put("flunders", object).await;
    }
    let old = "/apis/wardle.example.com/v1alpha1/flunders?fieldSelector";
    let new = "/apis/wardle.example.com/v1beta1/flunders?fieldSelector";
    assert_eq!(server.get(&format!("{old}=spec.reference=f")).await.names(), ["a", "b"]);
    assert_eq!(
        server.get(&format!("{new}=spec.fischerReference=f")).await.names(),
        ["a"]
    );
    assert_eq!(
        server.get(&format!("{new}=spec.fischerReference!=f")).await.names(),
        ["b"]
    );
    assert_eq!(server.get(&format!("{new}=spec.reference=f")).await.refusal().0, 400);
    assert_eq!(
        server.get(&format!("{old}=spec.fischerReference=f")).await.refusal().0,
        400
    );
}
