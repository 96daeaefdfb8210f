//! Bodies of writes. Whatever the server gives for one, it takes.

use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use kgen_apiserver::request::Verb;
use serde_json::Value;

use super::server::{POOL, SERVER, request};

const JSON: &str = "application/json";
const YAML: &str = "application/yaml";
const PROTOBUF: &str = "application/vnd.kubernetes.protobuf";

/// Sends a body, to be tried only. The first byte says what else the request asks for.
fn body(verb: Verb, name: &str, media_type: &'static str, query: &str, data: &[u8]) {
    let Some((choice, body)) = data.split_first() else {
        return;
    };
    let subresource = match (verb, choice >> 4 & 3) {
        (Verb::Patch | Verb::Update, 1) => "status",
        (Verb::Patch | Verb::Update, 2) => "scale",
        _ => "",
    };
    let validation = ["", "Strict", "Ignore", "Warn"][usize::from(choice & 3)];
    let query = format!("dryRun=All&fieldValidation={validation}{query}");
    let mut request = request(verb, subresource, name, &query);
    request
        .headers
        .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    request.body = Bytes::copy_from_slice(body);
    if let Some(object) = SERVER.object(request).filter(|_| subresource.is_empty()) {
        take_back(&object);
    }
}

/// An object that a server gave is one that it takes, as it stands, and it stays the same.
fn take_back(object: &Value) {
    let name = object["metadata"]["name"].as_str().unwrap_or_default();
    let mut put = if name == "a" {
        request(Verb::Update, "", name, "dryRun=All&fieldValidation=Strict")
    } else {
        request(Verb::Create, "", "", "dryRun=All&fieldValidation=Strict")
    };
    put.body = object.to_string().into();
    let again = SERVER.object(put);
    let again = again.unwrap_or_else(|| panic!("what was given is refused: {object}"));
    for part in ["apiVersion", "kind", "spec"] {
        assert_eq!(again[part], object[part], "{object}");
    }
    for part in ["name", "labels", "annotations", "finalizers", "ownerReferences"] {
        assert_eq!(again["metadata"][part], object["metadata"][part], "{object}");
    }
}

/// Bodies of creates and updates in JSON.
pub fn json_body(data: &[u8]) {
    body(Verb::Create, "", JSON, "", data);
    body(Verb::Update, "a", JSON, "", data);
}

/// Bodies of creates and updates in YAML.
pub fn yaml_body(data: &[u8]) {
    body(Verb::Create, "", YAML, "", data);
    body(Verb::Update, "a", YAML, "", data);
}

/// JSON patches of an object, its status and its scale.
pub fn json_patch(data: &[u8]) {
    body(Verb::Patch, "a", "application/json-patch+json", "", data);
}

/// JSON merge patches of the same.
pub fn merge_patch(data: &[u8]) {
    body(Verb::Patch, "a", "application/merge-patch+json", "", data);
}

/// Configurations that are applied to the same, and to nothing.
pub fn apply(data: &[u8]) {
    let force = data.first().is_some_and(|choice| choice & 4 != 0);
    let name = if data.first().is_some_and(|choice| choice & 8 != 0) {
        "b"
    } else {
        "a"
    };
    let query = format!("&fieldManager=fuzz&force={force}");
    body(Verb::Patch, name, "application/apply-patch+yaml", &query, data);
}

/// Options of deletes in bodies. Each deletes an object of its own, as there are options that leave it waiting.
pub fn delete_options(data: &[u8]) {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let Some((choice, rest)) = data.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        return;
    };
    let name = format!("c{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let mut create = request(Verb::Create, "", "", "");
    create.body = POOL.replacen("\"a\"", &format!("{name:?}"), 1).into();
    SERVER.send(create);
    let mut delete = request(Verb::Delete, "", &name, "");
    let media_type = [JSON, YAML, PROTOBUF, JSON][usize::from(choice & 3)];
    delete
        .headers
        .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    delete.body = Bytes::copy_from_slice(rest);
    SERVER.send(delete);
    forget(&name);
}

/// Deletes an object, whatever keeps it.
fn forget(name: &str) {
    let mut release = request(Verb::Patch, "", name, "");
    let merge = HeaderValue::from_static("application/merge-patch+json");
    release.headers.insert(CONTENT_TYPE, merge);
    release.body = Bytes::from_static(br#"{"metadata": {"finalizers": null}}"#);
    SERVER.send(release);
    SERVER.send(request(Verb::Delete, "", name, ""));
}
