//! Metadata over the wire in protocol buffers, as metadata clients ask for it first.

use std::sync::Arc;
use std::time::Duration;

use bytes::{Buf, Bytes};
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use kgen_apiserver::api::Storage;
use kgen_apiserver::server::{Server, ServerOptions, ServerParts};
use kgen_apiserver::storage::{CacheOptions, Memory};
use prost::Message;
use serde_json::{Value, json};

use crate::fixture::{Answer, Client, Served, accepting, api, get, parts, request, with};

const PROTOBUF: &str = "application/vnd.kubernetes.protobuf";
const POOLS: &str = "/apis/fleet.example.com/v1/namespaces/a/pools";

/// What the metadata clients of Kubernetes send, with what follows the first clause.
fn wanting(kind: &str) -> String {
    let text = "application/json";
    format!("{PROTOBUF};as={kind};g=meta.k8s.io;v=v1,{text};as={kind};g=meta.k8s.io;v=v1,{text}")
}

/// The fields that the cases look at, by the numbers in `generated.proto`.
#[derive(Clone, PartialEq, Message)]
struct Unknown {
    #[prost(message, required, tag = "1")]
    type_meta: TypeMeta,
    #[prost(bytes = "bytes", tag = "2")]
    raw: Bytes,
}

#[derive(Clone, PartialEq, Message)]
struct TypeMeta {
    #[prost(string, tag = "1")]
    api_version: String,
    #[prost(string, tag = "2")]
    kind: String,
}

#[derive(Clone, PartialEq, Message)]
struct Event {
    #[prost(string, tag = "1")]
    word: String,
    #[prost(message, required, tag = "2")]
    object: Raw,
}

#[derive(Clone, PartialEq, Message)]
struct Raw {
    #[prost(bytes = "bytes", tag = "1")]
    raw: Bytes,
}

#[derive(Clone, PartialEq, Message)]
struct Partial {
    #[prost(message, required, tag = "1")]
    metadata: Metadata,
}

#[derive(Clone, PartialEq, Message)]
struct Metadata {
    #[prost(string, tag = "1")]
    name: String,
    #[prost(string, tag = "5")]
    uid: String,
    #[prost(string, tag = "6")]
    resource_version: String,
    #[prost(btree_map = "string, string", tag = "11")]
    labels: std::collections::BTreeMap<String, String>,
    #[prost(btree_map = "string, string", tag = "12")]
    annotations: std::collections::BTreeMap<String, String>,
    #[prost(message, repeated, tag = "13")]
    owners: Vec<Owner>,
    #[prost(message, repeated, tag = "17")]
    managed_fields: Vec<ManagedFields>,
}

#[derive(Clone, PartialEq, Message)]
struct Owner {
    #[prost(string, tag = "1")]
    kind: String,
    #[prost(string, tag = "4")]
    uid: String,
    #[prost(bool, optional, tag = "7")]
    block_owner_deletion: Option<bool>,
}

#[derive(Clone, PartialEq, Message)]
struct ManagedFields {
    #[prost(message, required, tag = "7")]
    fields: Raw,
}

#[derive(Clone, PartialEq, Message)]
struct List {
    #[prost(message, required, tag = "1")]
    metadata: ListMetadata,
    #[prost(message, repeated, tag = "2")]
    items: Vec<Partial>,
}

#[derive(Clone, PartialEq, Message)]
struct ListMetadata {
    #[prost(string, tag = "2")]
    resource_version: String,
    #[prost(string, tag = "3")]
    rest: String,
    #[prost(int64, tag = "4")]
    remaining: i64,
}

#[derive(Clone, PartialEq, Message)]
struct Status {
    #[prost(string, tag = "2")]
    status: String,
    #[prost(string, tag = "3")]
    message: String,
    #[prost(string, tag = "4")]
    reason: String,
    #[prost(int32, tag = "6")]
    code: i32,
}

/// The message in an envelope, which has to be of this kind.
fn opened<M: Message + Default>(envelope: &[u8], api_version: &str, kind: &str) -> M {
    let unknown = envelope.strip_prefix(b"k8s\0").expect("it is an envelope");
    let unknown = Unknown::decode(unknown).expect("the envelope can be read");
    let TypeMeta {
        api_version: version,
        kind: found,
    } = unknown.type_meta;
    assert_eq!((version.as_str(), found.as_str()), (api_version, kind));
    M::decode(unknown.raw).expect("the message can be read")
}

/// A server that shares what it encodes among its clients.
async fn served() -> Served {
    let patience = Duration::from_millis(100);
    let storage = Storage {
        store: Arc::new(Memory::new()),
        prefix: "/registry".to_owned(),
        cache: Some(CacheOptions {
            patience,
            ..CacheOptions::default()
        }),
    };
    let resources = api().resources(&storage, |_| true).expect("the API can be served");
    let parts = parts(ServerOptions::default());
    Served::start(Server::new(ServerParts { resources, ..parts })).await
}

fn pool(name: &str) -> Value {
    json!({
        "apiVersion": "fleet.example.com/v1", "kind": "Pool",
        "metadata": {
            "name": name, "labels": {"app": "web"},
            "ownerReferences": [
                {"apiVersion": "v1", "kind": "ConfigMap", "name": "o", "uid": "u-1", "blockOwnerDeletion": true},
            ],
        },
        "spec": {"replicas": 2, "site": "rotterdam-2", "selector": {"matchLabels": {"pool": "a"}}, "template": {}},
    })
}

async fn made(client: &mut Client, name: &str) -> Value {
    let request = request(Method::POST, POOLS).map(|_| Full::from(pool(name).to_string()));
    let answer = client.send(with(request, "content-type", "application/json")).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    answer.json()
}

async fn sent(client: &mut Client, request: Request<Full<Bytes>>) -> Answer {
    let answer = client.send(request).await;
    assert_eq!(answer.header("content-type"), Some(PROTOBUF));
    answer
}

/// The metadata of an object, and that of the objects of a list, is answered in protocol buffers, with all that JSON says.
#[tokio::test]
async fn s027_metadata_is_answered_in_protobuf() {
    let served = served().await;
    let mut client = served.http2().await;
    let whole = made(&mut client, "one").await;
    made(&mut client, "two").await;
    let one = accepting(&format!("{POOLS}/one"), &wanting("PartialObjectMetadata"));
    let one = sent(&mut client, one).await;
    let one: Partial = opened(&one.body, "meta.k8s.io/v1", "PartialObjectMetadata");
    let Metadata {
        name,
        uid,
        resource_version,
        labels,
        owners,
        managed_fields,
        ..
    } = one.metadata.clone();
    assert_eq!((name.as_str(), labels["app"].as_str()), ("one", "web"));
    assert_eq!(whole["metadata"]["uid"], uid);
    assert_eq!(whole["metadata"]["resourceVersion"], resource_version);
    let [owner] = &owners[..] else { panic!("{owners:?}") };
    assert_eq!(
        (owner.kind.as_str(), owner.uid.as_str(), owner.block_owner_deletion),
        ("ConfigMap", "u-1", Some(true))
    );
    let fields: Value = serde_json::from_slice(&managed_fields[0].fields.raw).expect("the fields are JSON");
    assert_eq!(whole["metadata"]["managedFields"][0]["fieldsV1"], fields);

    let list = accepting(&format!("{POOLS}?limit=1"), &wanting("PartialObjectMetadataList"));
    let list = sent(&mut client, list).await;
    let list: List = opened(&list.body, "meta.k8s.io/v1", "PartialObjectMetadataList");
    assert_eq!(list.items, [one]);
    assert_eq!(list.metadata.remaining, 1);
    let next = format!("{POOLS}?limit=1&continue={}", list.metadata.rest);
    let next = sent(&mut client, accepting(&next, &wanting("PartialObjectMetadataList"))).await;
    let next: List = opened(&next.body, "meta.k8s.io/v1", "PartialObjectMetadataList");
    assert_eq!(next.items[0].metadata.name, "two");
    assert_eq!(next.metadata.resource_version, list.metadata.resource_version);

    let patch = request(Method::PATCH, &format!("{POOLS}/one"));
    let patch = patch.map(|_| Full::from(r#"{"metadata":{"labels":{"app":"db"}}}"#));
    let patch = with(patch, "content-type", "application/merge-patch+json");
    let patched = sent(&mut client, with(patch, "accept", &wanting("PartialObjectMetadata"))).await;
    let patched: Partial = opened(&patched.body, "meta.k8s.io/v1", "PartialObjectMetadata");
    assert_eq!(patched.metadata.labels["app"], "db");
}

/// The events of a watch of metadata are messages behind their lengths: of objects, of bookmarks, and of what is wrong.
#[tokio::test]
async fn s027_s033_metadata_is_watched_in_protobuf() {
    let served = served().await;
    let mut client = served.http2().await;
    made(&mut client, "one").await;
    let accept = wanting("PartialObjectMetadata");
    let query = "watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
    let watch = accepting(&format!("{POOLS}?{query}&timeoutSeconds=1"), &accept);
    let answer = client.send(watch).await;
    assert_eq!(
        answer.header("content-type"),
        Some("application/vnd.kubernetes.protobuf;stream=watch")
    );
    let events = events(answer.body);
    let [added, bookmark, ..] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!(added.word, "ADDED");
    let object: Partial = opened(&added.object.raw, "meta.k8s.io/v1", "PartialObjectMetadata");
    assert_eq!(object.metadata.name, "one");
    assert_eq!(bookmark.word, "BOOKMARK");
    let object: Partial = opened(&bookmark.object.raw, "meta.k8s.io/v1", "PartialObjectMetadata");
    assert_eq!(object.metadata.annotations["k8s.io/initial-events-end"], "true");

    let far = accepting(&format!("{POOLS}?{query}&resourceVersion=99999"), &accept);
    let mut body = client.begin(far).await.expect("it is answered").into_body();
    let frame = body.frame().await.expect("there is an event").expect("it arrives");
    let events = self::events(frame.into_data().expect("it has data"));
    assert_eq!(events[0].word, "ERROR");
    let status: Status = opened(&events[0].object.raw, "v1", "Status");
    assert_eq!(
        (status.status.as_str(), status.reason.as_str()),
        ("Failure", "Timeout"),
        "{}",
        status.message
    );
}

fn events(mut body: Bytes) -> Vec<Event> {
    let mut events = Vec::new();
    while body.has_remaining() {
        let len = body.get_u32() as usize;
        events.push(Event::decode(body.split_to(len)).expect("it is an event"));
    }
    events
}

/// Whole objects have no messages: who knows another form gets that, and nobody else gets anything. What a clause asks for
/// that cannot be had is passed over, also in errors.
#[tokio::test]
async fn s022_s027_whole_objects_are_text() {
    let served = served().await;
    let mut client = served.http2().await;
    made(&mut client, "one").await;
    for path in [POOLS.to_owned(), format!("{POOLS}/one")] {
        let answer = client
            .send(accepting(&path, &format!("{PROTOBUF},application/json")))
            .await;
        assert_eq!(answer.body, client.send(get(&path)).await.body);
        let refused = sent(&mut client, accepting(&path, PROTOBUF)).await;
        let status: Status = opened(&refused.body, "v1", "Status");
        assert_eq!(
            (refused.status, status.code, status.reason.as_str()),
            (StatusCode::NOT_ACCEPTABLE, 406, "NotAcceptable")
        );
    }
    let missing = accepting(&format!("{POOLS}/none"), &format!("{PROTOBUF},application/json"));
    let missing = sent(&mut client, missing).await;
    let status: Status = opened(&missing.body, "v1", "Status");
    assert_eq!((missing.status, status.code), (StatusCode::NOT_FOUND, 404));
    let missing = client
        .send(accepting(&format!("{POOLS}/none"), &wanting("PartialObjectMetadata")))
        .await;
    assert_eq!(missing.status_of().0, 404);
}

/// The options of a delete are read in protocol buffers too, and what was done is told in them.
#[tokio::test]
async fn s027_options_of_deletes_are_read_in_protobuf() {
    let served = served().await;
    let mut client = served.http2().await;
    let uid = made(&mut client, "one").await["metadata"]["uid"]
        .as_str()
        .expect("it has an identity")
        .to_owned();
    let delete = |kind: &str, uid: &str| {
        let field = |key: u8, value: &[u8]| [&[key, u8::try_from(value.len()).expect("it is short")], value].concat();
        let options = field(2 << 3 | 2, &field(1 << 3 | 2, uid.as_bytes()));
        let unknown = Unknown {
            type_meta: TypeMeta {
                api_version: "meta.k8s.io/v1".to_owned(),
                kind: kind.to_owned(),
            },
            raw: options.into(),
        };
        let body = [b"k8s\0", unknown.encode_to_vec().as_slice()].concat();
        let request = request(Method::DELETE, &format!("{POOLS}/one")).map(|_| Full::from(body));
        with(
            with(request, "content-type", PROTOBUF),
            "accept",
            &format!("{PROTOBUF},application/json"),
        )
    };
    for (kind, seen, wanted) in [
        ("GetOptions", uid.as_str(), (400, "BadRequest")),
        ("DeleteOptions", "other", (409, "Conflict")),
        ("DeleteOptions", uid.as_str(), (200, "")),
    ] {
        let answer = sent(&mut client, delete(kind, seen)).await;
        let status: Status = opened(&answer.body, "v1", "Status");
        assert_eq!(
            (answer.status.as_u16(), status.reason.as_str()),
            wanted,
            "{}",
            status.message
        );
    }
    let request = request(Method::POST, POOLS).map(|_| Full::from("k8s\0"));
    let (code, _, message) = client.send(with(request, "content-type", PROTOBUF)).await.status_of();
    assert_eq!(code, 415, "{message}");
}
