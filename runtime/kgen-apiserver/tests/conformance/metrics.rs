//! What a server counts, as operators see it.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Method, StatusCode};
use http_body_util::{BodyExt, Full};
use kgen_apiserver::admission::{Admission, Write};
use kgen_apiserver::api::Storage;
use kgen_apiserver::failure::Failure;
use kgen_apiserver::server::{Server, ServerOptions, ServerParts};
use kgen_apiserver::storage::{CacheOptions, Memory};
use serde_json::{Value, json};

use crate::fixture::{Served, api, get, parts, request, with};

const FLUNDERS: &str = "/apis/wardle.example.com/v1alpha1/namespaces/a/flunders";

/// Refuses what is called so.
struct NoBad;

#[async_trait]
impl Admission for NoBad {
    fn name(&self) -> &'static str {
        "NoBad"
    }

    async fn validate(&self, write: &Write<'_>) -> Result<(), Failure> {
        let object = write.object.as_deref().or(write.old);
        match object.and_then(|object| object.object_meta().name.as_deref()) {
            Some("bad") => Err(Failure::forbidden(&write.subject(), "it is bad")),
            _ => Ok(()),
        }
    }
}

fn flunder(name: &str) -> Value {
    json!({"apiVersion": "wardle.example.com/v1alpha1", "kind": "Flunder", "metadata": {"name": name}})
}

/// What the store, the cache, the plugins and the process do is counted under the names of the Go servers.
#[tokio::test]
async fn s021_the_rooms_of_a_server_are_measured() {
    let storage = Storage {
        store: Arc::new(Memory::new()),
        prefix: "/registry".to_owned(),
        cache: Some(CacheOptions::default()),
    };
    let resources = api().admission(NoBad).resources(&storage, |_| true);
    let parts = parts(ServerOptions::default());
    let served = Served::start(Server::new(ServerParts {
        resources: resources.expect("the API can be served"),
        ..parts
    }));
    let served = served.await;
    let mut client = served.http2().await;
    let watched = get(&format!("{FLUNDERS}?watch=1"));
    let mut watch = client.begin(watched).await.expect("it is answered").into_body();
    for (name, wanted) in [
        ("a", StatusCode::CREATED),
        ("b", StatusCode::CREATED),
        ("bad", StatusCode::FORBIDDEN),
    ] {
        let body = flunder(name).to_string();
        let create = request(Method::POST, FLUNDERS).map(|_| Full::from(Bytes::from(body)));
        let made = client.send(with(create, "content-type", "application/json")).await;
        assert_eq!(made.status, wanted, "{}", made.text());
    }
    watch.frame().await.expect("there is an event").expect("it arrives");
    client.send(get(FLUNDERS)).await;
    client.send(get(&format!("{FLUNDERS}/a"))).await;
    client.send(request(Method::DELETE, &format!("{FLUNDERS}/b"))).await;
    client.send(get(FLUNDERS)).await;

    let answer = client.send(get("/metrics")).await;
    let resource = "group=\"wardle.example.com\",resource=\"flunders\"";
    for line in [
        format!("etcd_requests_total{{operation=\"create\",{resource}}} 2"),
        format!("etcd_requests_total{{operation=\"delete\",{resource}}} 1"),
        format!("etcd_request_errors_total{{operation=\"create\",{resource}}} 0"),
        format!("etcd_request_duration_seconds_bucket{{operation=\"create\",{resource},le=\"60\"}} 2"),
        format!("apiserver_resource_objects{{{resource}}} 1"),
        "apiserver_storage_objects{resource=\"flunders.wardle.example.com\"} 1".to_owned(),
        format!("apiserver_watch_cache_initializations_total{{{resource}}} 1"),
        format!("apiserver_watch_cache_events_received_total{{{resource}}} 3"),
        format!("apiserver_watch_cache_events_dispatched_total{{{resource}}} 3"),
        format!("apiserver_cache_list_total{{{resource},index=\"\"}} 2"),
        format!("apiserver_cache_list_returned_objects_total{{{resource}}} 3"),
        format!("apiserver_watch_cache_consistent_read_total{{{resource},success=\"false\",fallback=\"true\"}} 0"),
        format!("watch_cache_capacity{{{resource}}} 102400"),
        "apiserver_admission_controller_admission_duration_seconds_count{name=\"NoBad\",type=\"validate\",\
         operation=\"CREATE\",rejected=\"true\"} 1"
            .to_owned(),
        "apiserver_admission_step_admission_duration_seconds_count{type=\"admit\",operation=\"CREATE\",\
         rejected=\"false\"} 3"
            .to_owned(),
    ] {
        assert!(
            answer.text().lines().any(|known| known == line),
            "{line}\n{}",
            answer.text()
        );
    }
    for name in [
        "apiserver_storage_size_bytes{storage_cluster_id=\"etcd-0\"} ",
        "process_resident_memory_bytes ",
        "process_start_time_seconds ",
        "process_open_fds ",
        "kubernetes_build_info{",
    ] {
        assert!(
            answer.text().lines().any(|known| known.starts_with(name)),
            "{name}\n{}",
            answer.text()
        );
    }
}
