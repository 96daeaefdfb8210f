//! The forms of answers: media types, lines for people, YAML, compression.

use std::io::Read as _;

use http::StatusCode;
use serde_json::{Value, json};

use crate::fixture::{FLUNDERS, METADATA, METADATA_LIST, ROBOTS, Server, TABLE, flunder, labelled};

/// JSON is the default, YAML is answered on request, and the first clause that can be met counts.
#[tokio::test]
async fn s022_the_header_accept_chooses_the_form() {
    let server = Server::wardle().await;
    server.put("flunders", flunder("a")).await;
    let json = server.get(&format!("{FLUNDERS}/a")).await;
    assert_eq!(json.headers["content-type"], "application/json");
    for accept in [
        "*/*",
        "application/*",
        "application/json",
        "application/vnd.kubernetes.protobuf,application/json",
        "application/vnd.kubernetes.protobuf;q=0.9, application/json;q=0.1",
        "application/json;as=Nothing;v=v1;g=meta.k8s.io,application/json",
    ] {
        let answer = server.get_as(&format!("{FLUNDERS}/a"), &[("accept", accept)]).await;
        assert_eq!(answer.headers["content-type"], "application/json", "{accept}");
        assert_eq!(answer.body, json.body, "{accept}");
    }
    for address in [format!("{FLUNDERS}/a"), FLUNDERS.to_owned()] {
        let yaml = server.get_as(&address, &[("accept", "application/yaml")]).await;
        assert_eq!(yaml.headers["content-type"], "application/yaml");
        let value: Value = serde_saphyr::from_str(&yaml.text()).expect("it is YAML");
        assert_eq!(value, server.get(&address).await.json());
    }
}

/// What no clause permits is refused with the forms that there are, in JSON.
#[tokio::test]
async fn s022_forms_that_are_unknown_are_not_acceptable() {
    let server = Server::wardle().await;
    server.put("flunders", flunder("a")).await;
    let wanted = "only the following media types are accepted: \
                  application/json, application/yaml, application/vnd.kubernetes.protobuf";
    for accept in [
        "text/html",
        "application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io",
        "application/json;as=Table;v=v9;g=meta.k8s.io",
    ] {
        for address in [format!("{FLUNDERS}/a"), FLUNDERS.to_owned()] {
            let (code, reason, message) = server.get_as(&address, &[("accept", accept)]).await.refusal();
            assert_eq!(
                (code, reason.as_str(), message.as_str()),
                (406, "NotAcceptable", wanted),
                "{accept}"
            );
        }
    }
}

/// The metadata alone is answered for one object and for lists, in the headers that metadata clients send.
#[tokio::test]
async fn s026_the_metadata_alone_is_answered() {
    let server = Server::wardle().await;
    let revision = server
        .put("flunders", labelled("default", "a", json!({"app": "web"})))
        .await;
    let wanted = json!({
        "kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1",
        "metadata": {
            "creationTimestamp": "2026-01-01T00:00:00Z", "labels": {"app": "web"}, "name": "a", "namespace": "default",
            "resourceVersion": revision.to_string(), "uid": "uid-a",
        },
    });
    let one = server.get_as(&format!("{FLUNDERS}/a"), &[("accept", METADATA)]).await;
    assert_eq!(one.ok(), wanted);
    let list = server.get_as(FLUNDERS, &[("accept", METADATA_LIST)]).await.ok();
    assert_eq!(
        list,
        json!({
            "kind": "PartialObjectMetadataList", "apiVersion": "meta.k8s.io/v1",
            "metadata": {"resourceVersion": revision.to_string()}, "items": [wanted],
        })
    );
    let accept = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1beta1";
    let beta = server
        .get_as(&format!("{FLUNDERS}/a"), &[("accept", accept)])
        .await
        .ok();
    assert_eq!(beta["apiVersion"], "meta.k8s.io/v1beta1");
}

/// What is answered of the metadata does not depend on who has read the object before.
#[tokio::test]
async fn s026_s027_metadata_is_the_same_before_and_after_the_whole_is_read() {
    let robot = json!({
        "apiVersion": "fleet.example.com/v1", "kind": "Robot",
        "metadata": {"name": "a", "namespace": "default", "labels": {"a": "\"}{"}, "finalizers": ["x/y"]},
        "spec": {"model": "m"},
    });
    let mut answers = Vec::new();
    for whole_first in [false, true] {
        let server = Server::fleet().await;
        server.put("robots", robot.clone()).await;
        if whole_first {
            server.get(&format!("{ROBOTS}/a")).await.ok();
        }
        let mut bodies = Vec::new();
        for accept in [METADATA, &METADATA.replace("json", "vnd.kubernetes.protobuf")] {
            let answer = server.get_as(&format!("{ROBOTS}/a"), &[("accept", accept)]).await;
            assert_eq!(answer.code, StatusCode::OK, "{accept}");
            bodies.push(answer.body);
        }
        answers.push(bodies);
    }
    assert_eq!(answers[0], answers[1]);
}

/// Bodies above 128 KiB are compressed for clients that can read it, and smaller ones never.
#[tokio::test]
async fn s029_long_answers_are_compressed() {
    let server = Server::wardle().await;
    let filler = "x".repeat(1000);
    for number in 0..140 {
        let name = format!("f{number:03}");
        server
            .put("flunders", labelled("default", &name, json!({"filler": filler})))
            .await;
    }
    let plain = server.get(FLUNDERS).await;
    assert!(plain.body.len() > 131_072);
    assert!(!plain.headers.contains_key("content-encoding"));
    for accepted in ["gzip", "deflate, gzip;q=1.0, br"] {
        let answer = server.get_as(FLUNDERS, &[("accept-encoding", accepted)]).await;
        assert_eq!(answer.headers["content-encoding"], "gzip");
        assert_eq!(answer.headers["vary"], "Accept-Encoding");
        let mut body = Vec::new();
        let mut reader = flate2::read::MultiGzDecoder::new(&*answer.body);
        reader.read_to_end(&mut body).expect("it is compressed");
        assert_eq!(body, plain.body);
    }
    for (address, accepted) in [
        (FLUNDERS, "gzip;q=0"),
        (FLUNDERS, "br"),
        (&*format!("{FLUNDERS}?limit=100"), "gzip"),
    ] {
        let answer = server.get_as(address, &[("accept-encoding", accepted)]).await;
        assert!(!answer.headers.contains_key("content-encoding"), "{accepted}");
        assert_eq!(answer.code, StatusCode::OK);
    }
}

/// People get lines and blanks: by the option, by the header, and if they use curl.
#[tokio::test]
async fn s031_people_get_lines() {
    let server = Server::wardle().await;
    server.put("flunders", flunder("a")).await;
    let address = format!("{FLUNDERS}/a");
    let plain = server.get(&address).await;
    let pretty = format!("{:#}\n", plain.json());
    let sorted = |text: String| {
        let value: Value = serde_json::from_str(&text).expect("it is JSON");
        format!("{value:#}\n")
    };
    for (address, headers) in [
        (format!("{address}?pretty=true"), ("accept", "*/*")),
        (format!("{address}?pretty=1"), ("user-agent", "kubectl")),
        (address.clone(), ("accept", "application/json;pretty=1")),
        (address.clone(), ("user-agent", "curl/8.5.0")),
        (address.clone(), ("user-agent", "Mozilla/5.0 (X11)")),
    ] {
        let answer = server.get_as(&address, &[headers]).await;
        assert!(
            answer.text().starts_with("{\n  \"apiVersion\": "),
            "{address} {headers:?}"
        );
        assert_eq!(sorted(answer.text()), pretty);
    }
    let answer = server
        .get_as(&format!("{address}?pretty=false"), &[("user-agent", "curl/8.5.0")])
        .await;
    assert_eq!(answer.body, plain.body);
}

/// Tables are read in both of their versions.
#[tokio::test]
async fn s024_tables_are_answered_in_both_versions() {
    let server = Server::wardle().await;
    server.put("flunders", flunder("a")).await;
    let answer = server.get_as(FLUNDERS, &[("accept", TABLE)]).await.ok();
    assert_eq!(answer["apiVersion"], "meta.k8s.io/v1");
    let beta = "application/json;as=Table;v=v1beta1;g=meta.k8s.io";
    let answer = server.get_as(FLUNDERS, &[("accept", beta)]).await.ok();
    assert_eq!(answer["apiVersion"], "meta.k8s.io/v1beta1");
    assert_eq!(answer["rows"][0]["object"]["apiVersion"], "meta.k8s.io/v1beta1");
}
