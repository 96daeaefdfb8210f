//! Programs of writes by several managers: each step is made of fragments, so that every input does something.

use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use kgen_apiserver::request::{Request, Verb};
use serde_json::{Map, Value, json};

use super::server::{SERVER, request};

const APPLY: &str = "application/apply-patch+yaml";
const MERGE: &str = "application/merge-patch+json";
const MANAGERS: [&str; 3] = ["ann", "ben", "cleo"];

/// What configurations are made of.
const FRAGMENTS: &[&str] = &[
    r#"{"metadata": {"labels": {"a": "1"}}}"#,
    r#"{"metadata": {"labels": {"a": "2"}}}"#,
    r#"{"metadata": {"labels": {"b": "1"}}}"#,
    r#"{"metadata": {"annotations": {"a": ""}}}"#,
    r#"{"metadata": {"finalizers": ["a.b/c"]}}"#,
    r#"{"metadata": {"finalizers": ["a.b/d"]}}"#,
    r#"{"metadata": {"ownerReferences": [{"apiVersion": "v1", "kind": "Pod", "name": "p", "uid": "u"}]}}"#,
    r#"{"metadata": {"ownerReferences": [{"apiVersion": "v1", "kind": "Pod", "name": "q", "uid": "v"}]}}"#,
    r#"{"spec": {"robot": {"name": "r"}}}"#,
    r#"{"spec": {"robot": {}}}"#,
    r#"{"spec": {"robotSelector": {}}}"#,
    r#"{"spec": {"robotSelector": {"matchLabels": {"a": "1"}}}}"#,
    r#"{"spec": {"robotSelector": {"matchExpressions": [{"key": "a", "operator": "Exists"}]}}}"#,
    r#"{"spec": {"steps": [{"name": "one", "action": "Stop"}]}}"#,
    r#"{"spec": {"steps": [{"name": "one", "action": "Stop", "retries": 3}]}}"#,
    r#"{"spec": {"steps": [{"name": "two", "action": "Wait", "wait": "1m"}]}}"#,
    r#"{"spec": {"steps": [{"name": "two", "action": "Go", "go": {"zone": "A1"}}]}}"#,
    r#"{"spec": {"steps": [{"name": "two", "action": "Go", "go": {"zone": "A2", "within": 3}}]}}"#,
    r#"{"spec": {"steps": [{"name": "one", "action": "Stop", "onFailure": {"name": "x", "action": "Stop"}}]}}"#,
    r#"{"spec": {"steps": [{"name": "one", "action": "Stop", "then": [{"name": "x", "action": "Stop"}]}]}}"#,
    r#"{"spec": {"steps": [{"name": "one", "action": "Stop", "branches": {"x": {"name": "x", "action": "Stop"}}}]}}"#,
    r#"{"spec": {"steps": []}}"#,
    r#"{"spec": {"priority": 1}}"#,
    r#"{"spec": {"priority": 200}}"#,
    r#"{"spec": {"priority": null}}"#,
    r#"{"spec": {"deadline": "2024-01-01T00:00:00Z"}}"#,
    r#"{"spec": {"timeout": "90s"}}"#,
    r#"{"spec": {"timeout": "1m30s"}}"#,
    r#"{"spec": {"tries": {"min": 1}}}"#,
    r#"{"spec": {"tries": {"max": 2}}}"#,
    r#"{"spec": {"tries": {}}}"#,
    r#"{"spec": {"greetings": ["hello"]}}"#,
    r#"{"spec": {"greetings": []}}"#,
    r#"{"spec": {"goods": [{"kind": "Box", "name": "a"}]}}"#,
    r#"{"spec": {"goods": [{"kind": "Box", "name": "a", "apiGroup": "g"}]}}"#,
    r#"{"spec": {"goods": [{"kind": "Box", "name": "b"}]}}"#,
    r#"{"spec": {"barcodes": ["1"]}}"#,
    r#"{"spec": {"barcodes": ["2", "3"]}}"#,
    r#"{"spec": {"persons": {"one": ["a"]}}}"#,
    r#"{"spec": {"persons": {"one": ["b"]}}}"#,
    r#"{"spec": {"persons": {"two": []}}}"#,
    r#"{"spec": {"detours": [{"zone": "A1", "reason": null}]}}"#,
    r#"{"spec": {"detours": null}}"#,
    r#"{"spec": {"unknown": 1}}"#,
    r#"{"spec": {}}"#,
    r#"{"status": {"done": ["one"]}}"#,
    r#"{"status": {"conditions": [{"type": "A", "status": "True", "reason": "R", "message": "", "lastTransitionTime": "2024-01-01T00:00:00Z"}]}}"#,
    r#"{"status": {"conditions": [{"type": "A", "status": "False", "reason": "R", "message": "", "lastTransitionTime": "2024-01-01T00:00:00Z"}]}}"#,
    r#"{"status": {"conditions": [{"type": "B", "status": "True", "reason": "R", "message": "m", "lastTransitionTime": "2024-01-01T00:00:00Z"}]}}"#,
    r#"{"status": {"robot": {"name": "r"}}}"#,
];

/// How a step writes: two bytes.
struct Step<'a> {
    is_apply: bool,
    is_forced: bool,
    is_status: bool,
    version: &'static str,
    manager: &'static str,
    fragments: &'a [u8],
}

/// Programs of at most eight writes of one object: two bytes say how one writes, so many further bytes what.
pub fn owners(data: &[u8]) {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let name = format!("m{}", COUNT.fetch_add(1, Ordering::Relaxed));
    steps(data).iter().for_each(|step| take(step, &name));
    for version in ["v1", "v1beta1"] {
        MANAGERS.iter().for_each(|manager| give_up(manager, version, &name));
    }
    let mut release = mission(Verb::Patch, "", &name, "v1", "");
    release.headers.insert(CONTENT_TYPE, HeaderValue::from_static(MERGE));
    release.body = Bytes::from_static(br#"{"metadata": {"finalizers": null}}"#);
    SERVER.send(release);
    SERVER.send(mission(Verb::Delete, "", &name, "v1", ""));
}

fn steps(mut data: &[u8]) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    while let [how, count, rest @ ..] = data
        && steps.len() < 8
    {
        let (fragments, rest) = rest.split_at(rest.len().min(usize::from(count % 8)));
        steps.push(Step {
            is_apply: how & 1 == 0,
            is_forced: how & 2 != 0,
            is_status: how & 12 == 12,
            version: if how & 16 == 0 { "v1" } else { "v1beta1" },
            manager: MANAGERS[usize::from(how >> 5) % MANAGERS.len()],
            fragments,
        });
        data = rest;
    }
    steps
}

fn take(step: &Step<'_>, name: &str) {
    let send = || {
        let force = if step.is_apply {
            format!("&force={}", step.is_forced)
        } else {
            String::new()
        };
        let query = format!("fieldManager={}{force}", step.manager);
        let subresource = if step.is_status { "status" } else { "" };
        let mut write = mission(Verb::Patch, subresource, name, step.version, &query);
        let media_type = if step.is_apply { APPLY } else { MERGE };
        write.headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        write.body = configuration(name, step.version, step.fragments).to_string().into();
        SERVER.object(write)
    };
    let Some(object) = send() else {
        return;
    };
    check(&object);
    let again = send().unwrap_or_else(|| panic!("what was done cannot be done again: {object}"));
    assert_eq!(again, object, "the same again changes nothing");
}

/// Who applies nothing owns nothing.
fn give_up(manager: &str, version: &'static str, name: &str) {
    let mut apply = mission(
        Verb::Patch,
        "",
        name,
        version,
        &format!("fieldManager={manager}&dryRun=All"),
    );
    apply.headers.insert(CONTENT_TYPE, HeaderValue::from_static(APPLY));
    apply.body = configuration(name, version, &[]).to_string().into();
    let Some(object) = SERVER.object(apply) else {
        return;
    };
    for entry in check(&object) {
        let owns = entry["manager"] == manager && entry["operation"] == "Apply" && entry["subresource"].is_null();
        assert!(!owns || entry["apiVersion"] != version_of(version), "{object}");
    }
}

/// Entries of managed fields have a name each, and own something that is there.
fn check(object: &Value) -> &[Value] {
    let entries = object["metadata"]["managedFields"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let mut names = Vec::new();
    for entry in entries {
        assert_eq!(entry["fieldsType"], "FieldsV1", "{object}");
        let owned = entry["fieldsV1"].as_object();
        assert!(owned.is_some_and(|owned| !owned.is_empty()), "{object}");
        let name = ["manager", "operation", "subresource", "apiVersion"].map(|part| entry[part].to_string());
        assert!(!names.contains(&name), "{object}");
        names.push(name);
        // Metadata that is sent to a subresource is owned there, though it is not taken from there; so it is upstream.
        let owned = if entry["subresource"].is_null() {
            entry["fieldsV1"].clone()
        } else {
            json!({"f:status": entry["fieldsV1"]["f:status"]})
        };
        is_there(&owned, Some(object), object);
    }
    entries
}

/// Members of objects that are owned are there. What is at home in another version may have no place in this one.
fn is_there(owned: &Value, value: Option<&Value>, object: &Value) {
    for (key, below) in owned.as_object().into_iter().flatten() {
        if let Some(member) = key.strip_prefix("f:") {
            is_there(below, value.and_then(|value| value.get(member)), object);
        } else if let Some(item) = key.strip_prefix("k:") {
            let item: Map<String, Value> =
                serde_json::from_str(item).unwrap_or_else(|error| panic!("{error}: {object}"));
            let items = value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            let found = items
                .iter()
                .find(|value| item.iter().all(|(key, wanted)| value.get(key) == Some(wanted)));
            assert!(found.is_some(), "{key} is owned and not there: {object}");
            is_there(below, found, object);
        } else if let Some(item) = key.strip_prefix("v:") {
            let item: Value = serde_json::from_str(item).unwrap_or_else(|error| panic!("{error}: {object}"));
            let items = value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            assert!(items.contains(&item), "{key} is owned and not there: {object}");
        } else {
            assert_eq!(key, ".", "{object}");
        }
    }
}

fn mission(verb: Verb, subresource: &str, name: &str, version: &str, query: &str) -> Request {
    let mut request = request(verb, subresource, name, query);
    request.resource.resource = "missions".to_owned();
    request.resource.version = version.to_owned();
    request
}

fn version_of(version: &str) -> String {
    format!("fleet.example.com/{version}")
}

/// All fragments in one; lists hold the items of all.
fn configuration(name: &str, version: &str, fragments: &[u8]) -> Value {
    let mut whole = json!({"apiVersion": version_of(version), "kind": "Mission", "metadata": {"name": name}});
    for fragment in fragments {
        let fragment = FRAGMENTS[usize::from(*fragment) % FRAGMENTS.len()];
        merge(&mut whole, serde_json::from_str(fragment).expect("fragments are JSON"));
    }
    whole
}

fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            from.into_iter()
                .for_each(|(key, value)| merge(into.entry(key).or_insert(Value::Null), value));
        }
        (Value::Array(into), Value::Array(from)) => into.extend(from),
        (into, from) => *into = from,
    }
}
