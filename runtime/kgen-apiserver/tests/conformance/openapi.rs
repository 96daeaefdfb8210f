//! OpenAPI documents, as clients ask for them.

use std::io::Read;
use std::sync::Arc;

use http::StatusCode;
use kgen_apiserver::server::{Server, ServerOptions};
use serde_json::json;

use crate::fixture::{Answer, Echo, accepting, get, parts, with};

const PATH: &str = "/openapi/v3/apis/wardle.example.com/v1alpha1";

fn server() -> Server {
    Server::with_endpoints(parts(ServerOptions::default()), Arc::new(Echo))
}

/// The root names each document by its digest. Who asks by the digest may keep the document for ever, who asks by an old
/// one is told where the new one is.
#[tokio::test]
async fn s011_documents_are_found_by_their_digests() {
    let server = server();
    let root = Answer::of(&server, get("/openapi/v3")).await.json();
    let paths = root["paths"].as_object().expect("there are paths");
    assert!(
        paths
            .keys()
            .all(|path| path.starts_with("apis/") && path.matches('/').count() == 2),
        "{paths:?}"
    );
    let url = root["paths"]["apis/wardle.example.com/v1alpha1"]["serverRelativeURL"].as_str();
    let url = url.expect("the document is there").to_owned();
    let digest = url
        .strip_prefix(&format!("{PATH}?hash="))
        .expect("there is a digest")
        .to_owned();
    let etag = format!("\"{digest}\"");

    let kept = Answer::of(&server, get(&url)).await;
    assert_eq!(kept.header("cache-control"), Some("public, immutable"));
    assert!(kept.header("expires").is_some_and(|expires| expires.ends_with(" GMT")));
    assert_eq!(kept.header("etag"), Some(etag.as_str()));
    assert_eq!(kept.header("content-type"), Some("application/json"));
    assert_eq!(kept.json()["openapi"], "3.0.0");
    assert_eq!(kept.json().get("x-kgen"), None);

    let plain = Answer::of(&server, get(PATH)).await;
    assert_eq!(plain.header("cache-control"), Some("no-cache, private"));
    assert_eq!((plain.header("etag"), &plain.body), (Some(etag.as_str()), &kept.body));

    let old = Answer::of(&server, get(&format!("{PATH}?hash=OLD"))).await;
    assert_eq!(
        (old.status, old.header("location")),
        (StatusCode::MOVED_PERMANENTLY, Some(url.as_str()))
    );

    let known = Answer::of(&server, with(get(PATH), "if-none-match", &etag)).await;
    assert_eq!((known.status, known.body.len()), (StatusCode::NOT_MODIFIED, 0));

    let refused = Answer::of(&server, accepting(PATH, "text/html")).await;
    assert_eq!((refused.status, refused.body.len()), (StatusCode::NOT_ACCEPTABLE, 0));
    let absent = Answer::of(&server, get("/openapi/v3/apis/nobody/v1")).await;
    assert_eq!(
        (absent.status, absent.text()),
        (StatusCode::NOT_FOUND, "404 page not found\n")
    );
}

/// kubectl finds in the operation that patches a kind whether the server checks fields and can try without doing.
#[tokio::test]
async fn s012_patches_say_that_fields_can_be_checked() {
    let document = Answer::of(&server(), get(PATH)).await.json();
    let path = "/apis/wardle.example.com/v1alpha1/namespaces/{namespace}/flunders/{name}";
    let patch = &document["paths"][path]["patch"];
    let kind = json!({"group": "wardle.example.com", "version": "v1alpha1", "kind": "Flunder"});
    assert_eq!(patch["x-kubernetes-group-version-kind"], kind);
    let parameters: Vec<_> = patch["parameters"].as_array().into_iter().flatten().collect();
    for name in ["fieldValidation", "dryRun"] {
        let has = parameters
            .iter()
            .any(|parameter| parameter["name"] == name && parameter["in"] == "query");
        assert!(has, "{name}: {parameters:?}");
    }
}

/// kubectl explain reads the schema of a kind by its group, version and kind.
#[tokio::test]
async fn s013_fields_are_explained() {
    let document = Answer::of(&server(), get(PATH)).await.json();
    let schemas = document["components"]["schemas"]
        .as_object()
        .expect("there are schemas");
    let kind = json!([{"group": "wardle.example.com", "version": "v1alpha1", "kind": "Flunder"}]);
    let flunder = schemas
        .values()
        .find(|schema| schema["x-kubernetes-group-version-kind"] == kind);
    let flunder = flunder.expect("the kind has a schema");
    assert!(flunder["properties"]["spec"].is_object(), "{flunder}");
}

/// The older document, with an ETag.
#[tokio::test]
async fn s014_there_is_a_document_in_the_older_form() {
    let server = server();
    let answer = Answer::of(&server, get("/openapi/v2")).await;
    assert_eq!(answer.json()["swagger"], "2.0");
    let etag = answer.header("etag").expect("there is an ETag");
    let known = Answer::of(&server, with(get("/openapi/v2"), "if-none-match", etag)).await;
    assert_eq!(known.status, StatusCode::NOT_MODIFIED);
}

/// kubectl asks for the older document only in its binary form, by the older of two names.
#[tokio::test]
async fn s014_the_older_form_is_there_in_binary() {
    let server = server();
    for name in ["v2.v1.0", "v2@v1.0"] {
        let accept = format!("application/com.github.proto-openapi.spec.{name}+protobuf");
        let answer = Answer::of(&server, accepting("/openapi/v2", &accept)).await;
        let wanted = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
        assert_eq!(answer.header("content-type"), Some(wanted));
        // The first member that is a field: `definitions`.
        assert_eq!(answer.body.first(), Some(&(9 << 3 | 2)));
        assert!(answer.body.windows(4).any(|bytes| bytes == b"Pool"));
        let etag = answer.header("etag").expect("there is an ETag");
        let known = with(accepting("/openapi/v2", &accept), "if-none-match", etag);
        assert_eq!(Answer::of(&server, known).await.status, StatusCode::NOT_MODIFIED);
    }
}

/// The documents about versions are there in binary form by both names.
#[tokio::test]
async fn s015_documents_are_there_in_binary() {
    let server = server();
    let json = Answer::of(&server, get(PATH)).await;
    let digest = json
        .header("etag")
        .expect("there is an ETag")
        .trim_matches('"')
        .to_owned();
    for name in ["v3.v1.0", "v3@v1.0"] {
        let accept = format!("application/com.github.proto-openapi.spec.{name}+protobuf, application/json;q=0.5");
        let answer = Answer::of(&server, accepting(&format!("{PATH}?hash={digest}"), &accept)).await;
        let wanted = "application/com.github.proto-openapi.spec.v3.v1.0+protobuf";
        assert_eq!(answer.header("content-type"), Some(wanted));
        assert_eq!(answer.header("cache-control"), Some("public, immutable"));
        assert!(answer.body.windows(7).any(|bytes| bytes == b"Flunder"));
        assert_ne!(answer.header("etag"), json.header("etag"));
    }
}

/// Schemas say how lists and maps are merged, in all forms.
#[tokio::test]
async fn s016_schemas_say_how_lists_are_merged() {
    let server = server();
    for path in ["/openapi/v3/apis/fleet.example.com/v1", "/openapi/v2"] {
        let document = Answer::of(&server, get(path)).await;
        for extension in [
            "\"x-kubernetes-list-type\":\"map\"",
            "\"x-kubernetes-list-type\":\"set\"",
            "\"x-kubernetes-list-map-keys\":[",
            "\"x-kubernetes-group-version-kind\":[",
        ] {
            assert!(document.text().contains(extension), "{extension} in {path}");
        }
    }
}

/// Documents are sent compressed to those who can read that.
#[tokio::test]
async fn s011_documents_are_compressed() {
    let server = server();
    let plain = Answer::of(&server, get(PATH)).await;
    let answer = Answer::of(&server, with(get(PATH), "accept-encoding", "deflate, gzip")).await;
    assert_eq!(answer.header("content-encoding"), Some("gzip"));
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(&answer.body[..])
        .read_to_end(&mut text)
        .expect("it is compressed");
    assert_eq!(text, plain.body);
    let refused = Answer::of(&server, with(get(PATH), "accept-encoding", "gzip;q=0")).await;
    assert_eq!(refused.header("content-encoding"), None);
}
