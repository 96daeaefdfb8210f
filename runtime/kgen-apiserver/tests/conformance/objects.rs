//! Objects, from the network to the store and back.

use bytes::Bytes;
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Full};
use kgen_apiserver::server::{Server, ServerOptions};
use serde_json::{Value, json};

use crate::fixture::{Answer, Client, Served, get, parts, request, with};

const POOLS: &str = "/apis/fleet.example.com/v1/namespaces/a/pools";
const FLUNDERS: &str = "/apis/wardle.example.com/v1alpha1/namespaces/a/flunders";

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
