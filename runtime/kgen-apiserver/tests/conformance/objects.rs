//! Objects, from the network to the store and back.

use std::sync::Arc;

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use kgen::scheme::{KindVersion, Scheme, Verb};
use kgen_apiserver::api::{Api, Storage};
use kgen_apiserver::server::{Server, ServerOptions, ServerParts};
use kgen_apiserver::storage::Memory;
use serde_json::{Value, json};
use wardle::v1alpha1::Flunder;

use crate::fixture::{Answer, Client, FLUNDERS, Served, get, parts, request, with};

const POOLS: &str = "/apis/fleet.example.com/v1/namespaces/a/pools";

fn with_body(method: Method, path: &str, body: &Value) -> Request<Full<Bytes>> {
    let request = request(method, path).map(|_| Full::from(body.to_string()));
    with(request, "content-type", "application/json")
}

fn pool(name: &str) -> Value {
    json!({
        "apiVersion": "fleet.example.com/v1", "kind": "Pool", "metadata": {"name": name},
        "spec": {"replicas": 2, "site": "rotterdam-2", "selector": {"matchLabels": {"pool": "a"}}, "template": {}},
    })
}

async fn sent(client: &mut Client, request: Request<Full<Bytes>>, wanted: StatusCode) -> Value {
    let what = format!("{} {}", request.method(), request.uri());
    let answer: Answer = client.send(request).await;
    assert_eq!(answer.status, wanted, "{what}: {}", answer.text());
    answer.json()
}

/// What discovery says can be done with a resource can be done, over both versions of HTTP.
#[tokio::test]
async fn s017_advertised_verbs_work() {
    let served = Served::start(Server::new(parts(ServerOptions::default()))).await;
    for (name, mut client) in [("one", served.http1().await), ("two", served.http2().await)] {
        let object = format!("{POOLS}/{name}");
        let made = sent(
            &mut client,
            with_body(Method::POST, POOLS, &pool(name)),
            StatusCode::CREATED,
        )
        .await;
        let mut watcher = served.http2().await;
        let revision = made["metadata"]["resourceVersion"]
            .as_str()
            .expect("there is a resource version");
        let watch = get(&format!("{POOLS}?watch=1&resourceVersion={revision}"));
        let mut watch = watcher.begin(watch).await.expect("it is answered").into_body();

        let mut read = sent(&mut client, get(&object), StatusCode::OK).await;
        assert_eq!(read, made);
        read["spec"]["replicas"] = 3.into();
        let updated = sent(&mut client, with_body(Method::PUT, &object, &read), StatusCode::OK).await;
        assert_eq!(updated["spec"]["replicas"], 3);
        let frame = watch.frame().await.expect("there is an event").expect("it arrives");
        let event: Value = serde_json::from_slice(frame.data_ref().expect("it has data")).expect("it is one event");
        assert_eq!((&event["type"], &event["object"]), (&json!("MODIFIED"), &updated));

        let patch = with_body(Method::PATCH, &object, &json!({"metadata": {"labels": {"a": "b"}}}));
        let patch = with(patch, "content-type", "application/merge-patch+json");
        let patched = sent(&mut client, patch, StatusCode::OK).await;
        assert_eq!(patched["metadata"]["labels"], json!({"a": "b"}));
        let list = sent(
            &mut client,
            get(&format!("{POOLS}?labelSelector=a%3Db")),
            StatusCode::OK,
        )
        .await;
        assert!(
            list["items"]
                .as_array()
                .is_some_and(|items| items.iter().any(|item| item["metadata"]["name"] == name))
        );

        let scale = format!("{object}/scale");
        let scaled = with_body(Method::PATCH, &scale, &json!({"spec": {"replicas": 5}}));
        let scaled = with(scaled, "content-type", "application/merge-patch+json");
        assert_eq!(sent(&mut client, scaled, StatusCode::OK).await["kind"], "Scale");
        assert_eq!(
            sent(&mut client, get(&scale), StatusCode::OK).await["spec"]["replicas"],
            5
        );
        let status = sent(&mut client, get(&format!("{object}/status")), StatusCode::OK).await;
        assert_eq!(status["spec"]["replicas"], 5);
        sent(
            &mut client,
            with_body(Method::PUT, &format!("{object}/status"), &status),
            StatusCode::OK,
        )
        .await;

        sent(&mut client, request(Method::DELETE, &object), StatusCode::OK).await;
        sent(&mut client, get(&object), StatusCode::NOT_FOUND).await;
        sent(
            &mut client,
            with_body(Method::POST, POOLS, &pool(name)),
            StatusCode::CREATED,
        )
        .await;
        sent(&mut client, request(Method::DELETE, POOLS), StatusCode::OK).await;
        let rest = sent(&mut client, get(POOLS), StatusCode::OK).await;
        assert_eq!(rest["items"], json!([]));
    }
}

/// A kind with fewer verbs has those in discovery, and no other is answered; an apply does not make what cannot be made.
#[tokio::test]
async fn s017_verbs_that_a_kind_lacks_are_refused() {
    let storage = Storage {
        store: Arc::new(Memory::new()),
        prefix: "/registry".to_owned(),
        cache: None,
    };
    let api = |verbs: [Verb; 4]| {
        let mut scheme = Scheme::new();
        let kind = KindVersion::namespaced::<Flunder>("flunder").storage().status();
        scheme.add(kind.verbs(verbs).build());
        let resources = Api::new(scheme).resources(&storage, |_| true);
        Server::new(ServerParts {
            resources: resources.expect("the API can be served"),
            ..parts(ServerOptions::default())
        })
    };
    let served = Served::start(api([Verb::Create, Verb::Get, Verb::List, Verb::Delete])).await;
    let mut client = served.http2().await;
    let discovery = sent(&mut client, get("/apis/wardle.example.com/v1alpha1"), StatusCode::OK).await;
    let verbs: Vec<_> = discovery["resources"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|resource| &resource["verbs"])
        .collect();
    let wanted = [
        json!(["create", "delete", "get", "list"]),
        json!(["get", "patch", "update"]),
    ];
    assert_eq!(verbs, [&wanted[0], &wanted[1]]);
    let object = json!({
        "apiVersion": "wardle.example.com/v1alpha1", "kind": "Flunder", "metadata": {"name": "a"}, "spec": {}, "status": {},
    });
    let one = format!("{FLUNDERS}/a");
    let made = sent(
        &mut client,
        with_body(Method::POST, FLUNDERS, &object),
        StatusCode::CREATED,
    )
    .await;
    for (method, path) in [
        (Method::PUT, one.as_str()),
        (Method::PATCH, &one),
        (Method::DELETE, FLUNDERS),
        (Method::GET, &format!("{FLUNDERS}?watch=1")),
    ] {
        let refused = sent(
            &mut client,
            with_body(method, path, &made),
            StatusCode::METHOD_NOT_ALLOWED,
        )
        .await;
        assert_eq!(refused["reason"], "MethodNotAllowed");
    }
    let watch_path = "/apis/wardle.example.com/v1alpha1/watch/flunders";
    sent(&mut client, get(watch_path), StatusCode::NOT_FOUND).await;
    sent(
        &mut client,
        with_body(Method::PUT, &format!("{one}/status"), &made),
        StatusCode::OK,
    )
    .await;
    sent(&mut client, get(FLUNDERS), StatusCode::OK).await;
    sent(&mut client, request(Method::DELETE, &one), StatusCode::OK).await;

    let served = Served::start(api([Verb::Get, Verb::Patch, Verb::Update, Verb::Delete])).await;
    let mut client = served.http2().await;
    sent(&mut client, get(FLUNDERS), StatusCode::NOT_FOUND).await;
    let apply = with_body(Method::PATCH, &format!("{one}?fieldManager=me"), &object);
    let apply = with(apply, "content-type", "application/apply-patch+yaml");
    sent(&mut client, apply, StatusCode::NOT_FOUND).await;
}

/// A watch of one object by the old paths tells of that object alone.
#[tokio::test]
async fn s033_old_paths_of_watches_work() {
    let served = Served::start(Server::new(parts(ServerOptions::default()))).await;
    let mut client = served.http2().await;
    let flunder = |name: &str| {
        json!({
            "apiVersion": "wardle.example.com/v1alpha1", "kind": "Flunder", "metadata": {"name": name},
            "spec": {"reference": "other"},
        })
    };
    for name in ["one", "two"] {
        sent(
            &mut client,
            with_body(Method::POST, FLUNDERS, &flunder(name)),
            StatusCode::CREATED,
        )
        .await;
    }
    let path = "/apis/wardle.example.com/v1alpha1/watch/namespaces/a/flunders/two?timeoutSeconds=1";
    let watched = client.send(get(path)).await;
    let events: Vec<Value> = watched
        .text()
        .lines()
        .map(|line| serde_json::from_str(line).expect("it is JSON"))
        .collect();
    let names: Vec<&Value> = events
        .iter()
        .map(|event| &event["object"]["metadata"]["name"])
        .collect();
    assert_eq!(names, [&json!("two")], "{}", watched.text());
}

/// A version that is on its way out says so with each answer.
#[tokio::test]
async fn s144_versions_that_will_go_are_warned_of() {
    let served = Served::start(Server::new(parts(ServerOptions::default()))).await;
    let answer = served.http2().await.send(get(FLUNDERS)).await;
    let warning = answer.header("warning").unwrap_or_default();
    assert!(
        warning.starts_with("299 - \"wardle.example.com/v1alpha1 Flunder is deprecated"),
        "{warning}"
    );
}
