//! One object in several versions.

use serde_json::json;

use crate::fixture::{FLUNDERS, Server, flunder, version};

const NEW: &str = "/apis/wardle.example.com/v1beta1/namespaces/default/flunders";

/// An object is the same in each version, apart from what the version says otherwise; lists and watches too.
#[tokio::test]
async fn s141_an_object_is_seen_in_each_version() {
    let server = Server::wardle().await;
    let mut stored = flunder("a");
    stored["spec"] = json!({"reference": "f", "referenceType": "Fischer"});
    let revision = server.put("flunders", stored).await;
    let old = server.get(&format!("{FLUNDERS}/a")).await.ok();
    let new = server.get(&format!("{NEW}/a")).await.ok();
    assert_eq!(
        (&old["apiVersion"], &old["spec"]),
        (
            &json!("wardle.example.com/v1alpha1"),
            &json!({"reference": "f", "referenceType": "Fischer"})
        )
    );
    assert_eq!(new["apiVersion"], "wardle.example.com/v1beta1");
    assert_eq!(new["spec"]["fischerReference"], "f");
    assert_eq!(new["metadata"], old["metadata"]);
    assert_eq!(version(&new), revision);
    let list = server.get(NEW).await.ok();
    assert_eq!(list["apiVersion"], "wardle.example.com/v1beta1");
    assert_eq!(list["items"], json!([new]));
    for (address, wanted) in [(FLUNDERS, old), (NEW, new)] {
        let mut watch = server.watch(&format!("{address}?watch=true&resourceVersion=0")).await;
        assert_eq!(watch.event().await, ("ADDED".to_owned(), wanted));
    }
}

/// What a stored object lacks has its default when it is read.
#[tokio::test]
async fn s142_defaults_are_set_when_an_object_is_read() {
    let server = Server::wardle().await;
    let mut stored = flunder("a");
    stored["spec"] = json!({"reference": "f"});
    server.put("flunders", stored).await;
    assert_eq!(
        server.get(&format!("{FLUNDERS}/a")).await.ok()["spec"]["referenceType"],
        "Flunder"
    );
    assert_eq!(
        server.get(&format!("{NEW}/a")).await.ok()["spec"]["referenceType"],
        "Flunder"
    );
}

/// What was stored in another version is read all the same.
#[tokio::test]
async fn s143_objects_may_be_stored_in_any_version() {
    let server = Server::wardle().await;
    let mut stored = flunder("a");
    stored["apiVersion"] = "wardle.example.com/v1beta1".into();
    stored["spec"] = json!({"fischerReference": "f", "referenceType": "Fischer"});
    server.put("flunders", stored).await;
    let object = server.get(&format!("{FLUNDERS}/a")).await.ok();
    assert_eq!(object["apiVersion"], "wardle.example.com/v1alpha1");
    assert_eq!(object["spec"], json!({"reference": "f", "referenceType": "Fischer"}));
    assert_eq!(
        server.get(&format!("{NEW}/a")).await.ok()["spec"]["fischerReference"],
        "f"
    );

    let mut other = flunder("b");
    other["kind"] = "Other".into();
    server.put("flunders", other).await;
    let (code, reason, _) = server.get(&format!("{FLUNDERS}/b")).await.refusal();
    assert_eq!((code, reason.as_str()), (500, "StorageReadError"));
}

/// Every answer of a version that is going away warns of it, refusals too.
#[tokio::test]
async fn s144_old_versions_are_warned_of() {
    let server = Server::wardle().await;
    server.put("flunders", flunder("a")).await;
    let wanted = ["299 - \"wardle.example.com/v1alpha1 Flunder is deprecated in v1.3+, unavailable in v1.10+\""];
    for path in ["", "/a", "/none", "?limit=x"] {
        assert_eq!(
            server.get(&format!("{FLUNDERS}{path}")).await.warnings(),
            wanted,
            "{path}"
        );
        assert!(
            server.get(&format!("{NEW}{path}")).await.warnings().is_empty(),
            "{path}"
        );
    }
}
