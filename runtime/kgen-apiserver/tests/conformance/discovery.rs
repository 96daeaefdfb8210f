//! What a server tells of its groups, versions and resources.

use http::{Method, StatusCode};
use kgen_apiserver::server::{Server, ServerOptions};
use serde_json::{Value, json};
use std::sync::Arc;

use crate::fixture::{Answer, Echo, accepting, get, parts, request, with};

const AGGREGATED: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
const KUBECTL: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,\
                       application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

fn server() -> Server {
    Server::with_endpoints(parts(ServerOptions::default()), Arc::new(Echo))
}

/// The root of discovery lists groups by name, each with its versions in order and the preferred one.
#[tokio::test]
async fn s002_groups_are_listed_with_their_preferred_versions() {
    let answer = Answer::of(&server(), get("/apis")).await;
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let list = answer.json();
    assert_eq!(
        (&list["kind"], &list["apiVersion"]),
        (&json!("APIGroupList"), &json!("v1"))
    );
    let groups: Vec<&Value> = list["groups"].as_array().into_iter().flatten().collect();
    let names: Vec<&str> = groups.iter().filter_map(|group| group["name"].as_str()).collect();
    assert_eq!(
        names,
        ["fleet.example.com", "telemetry.fleet.example.com", "wardle.example.com"]
    );
    let wardle = json!({
        "name": "wardle.example.com",
        "versions": [
            {"groupVersion": "wardle.example.com/v1beta1", "version": "v1beta1"},
            {"groupVersion": "wardle.example.com/v1alpha1", "version": "v1alpha1"},
        ],
        "preferredVersion": {"groupVersion": "wardle.example.com/v1beta1", "version": "v1beta1"},
    });
    assert_eq!(*groups[2], wardle);
}

/// Each group has a document of its own.
#[tokio::test]
async fn s003_a_group_has_a_document() {
    let group = Answer::of(&server(), get("/apis/wardle.example.com")).await.json();
    assert_eq!(
        (&group["kind"], &group["apiVersion"]),
        (&json!("APIGroup"), &json!("v1"))
    );
    assert_eq!(group["preferredVersion"]["version"], "v1beta1");
    let slash = Answer::of(&server(), get("/apis/wardle.example.com/")).await;
    assert_eq!(slash.json(), group);
}

/// Each version lists its resources by name, with what lies beneath them.
#[tokio::test]
async fn s004_a_version_lists_its_resources_and_subresources_by_name() {
    let list = Answer::of(&server(), get("/apis/fleet.example.com/v1")).await.json();
    assert_eq!(
        (&list["kind"], &list["apiVersion"]),
        (&json!("APIResourceList"), &json!("v1"))
    );
    assert_eq!(list["groupVersion"], "fleet.example.com/v1");
    let resources: Vec<&Value> = list["resources"].as_array().into_iter().flatten().collect();
    let names: Vec<&str> = resources
        .iter()
        .filter_map(|resource| resource["name"].as_str())
        .collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(names, sorted);
    let named = |name: &str| {
        *resources
            .iter()
            .find(|resource| resource["name"] == name)
            .expect("it is listed")
    };
    let pool = named("pools");
    assert_eq!(pool["singularName"], "pool");
    assert_eq!(pool["kind"], "Pool");
    let verbs = json!([
        "create",
        "delete",
        "deletecollection",
        "get",
        "list",
        "patch",
        "update",
        "watch"
    ]);
    assert_eq!(pool["verbs"], verbs);
    assert!(
        pool["storageVersionHash"].as_str().is_some_and(|hash| hash.len() == 12),
        "{pool}"
    );
    let scale = named("pools/scale");
    assert_eq!(
        (&scale["group"], &scale["version"], &scale["kind"]),
        (&json!("autoscaling"), &json!("v1"), &json!("Scale"))
    );
    assert_eq!(scale["verbs"], json!(["get", "patch", "update"]));
    assert_eq!(scale["singularName"], "");
    let status = named("pools/status");
    assert_eq!((status.get("group"), &status["kind"]), (None, &json!("Pool")));
    let robot = named("robots");
    assert!(
        robot["shortNames"].as_array().is_some_and(|names| !names.is_empty()),
        "{robot}"
    );
}

/// Who asks for the one document for all groups gets it with the type that clients compare; others get the older one.
#[tokio::test]
async fn s005_one_document_tells_of_everything() {
    let server = server();
    for (path, accept, wanted) in [
        ("/apis", KUBECTL, AGGREGATED),
        ("/apis", AGGREGATED, AGGREGATED),
        (
            "/apis",
            "application/json;as=APIGroupDiscoveryList;v=v2;g=apidiscovery.k8s.io;profile=nopeer",
            AGGREGATED,
        ),
        (
            "/apis",
            "application/json,application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
            "application/json",
        ),
        (
            "/apis",
            "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json",
            "application/json",
        ),
        ("/apis", "*/*", "application/json"),
        ("/apis", "application/yaml", "application/yaml"),
        ("/api", KUBECTL, AGGREGATED),
    ] {
        let answer = Answer::of(&server, accepting(path, accept)).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("content-type"), Some(wanted), "{path} {accept}");
    }
    let refused = Answer::of(&server, accepting("/apis", "application/vnd.kubernetes.protobuf")).await;
    assert_eq!(refused.status, StatusCode::NOT_ACCEPTABLE);
    let list = Answer::of(&server, accepting("/apis", AGGREGATED)).await.json();
    assert_eq!(list["kind"], "APIGroupDiscoveryList");
    assert_eq!(list["apiVersion"], "apidiscovery.k8s.io/v2");
    let wardle = &list["items"][2];
    assert_eq!(wardle["metadata"]["name"], "wardle.example.com");
    assert_eq!(wardle["versions"][0]["version"], "v1beta1");
    assert_eq!(wardle["versions"][0]["freshness"], "Current");
    assert_eq!(wardle["versions"][1]["resources"][0]["resource"], "fischers");
    assert_eq!(wardle["versions"][1]["resources"][0]["scope"], "Cluster");
    assert_eq!(wardle["versions"][1]["resources"][1]["scope"], "Namespaced");
}

/// What a client has is not sent again.
#[tokio::test]
async fn s006_the_one_document_is_sent_once() {
    let server = server();
    let first = Answer::of(&server, accepting("/apis", AGGREGATED)).await;
    let etag = first.header("etag").expect("there is an ETag").to_owned();
    assert_eq!(etag.len(), 2 + 128);
    assert!(!etag.chars().any(|c| c.is_ascii_lowercase()), "{etag}");
    assert_eq!(first.header("vary"), Some("Accept"));
    let again = with(accepting("/apis", AGGREGATED), "if-none-match", &etag);
    let again = Answer::of(&server, again).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(again.header("etag"), Some(etag.as_str()));
    let other = with(accepting("/apis", AGGREGATED), "if-none-match", "\"OTHER\"");
    assert_eq!(Answer::of(&server, other).await.body, first.body);
    let same = Server::with_endpoints(parts(ServerOptions::default()), Arc::new(Echo));
    let same = Answer::of(&same, accepting("/apis", AGGREGATED)).await;
    assert_eq!(same.header("etag"), Some(etag.as_str()));
}

/// No resource and no subresource is without the kind that it answers with, and both forms tell the same.
#[tokio::test]
async fn s007_both_forms_tell_the_same() {
    let server = server();
    let list = Answer::of(&server, accepting("/apis", AGGREGATED)).await.json();
    for group in list["items"].as_array().into_iter().flatten() {
        let name = group["metadata"]["name"].as_str().expect("groups have names");
        for version in group["versions"].as_array().into_iter().flatten() {
            let path = format!(
                "/apis/{name}/{}",
                version["version"].as_str().expect("versions have names")
            );
            let mut from_one = Vec::new();
            for resource in version["resources"].as_array().into_iter().flatten() {
                let plural = resource["resource"].as_str().expect("resources have names");
                from_one.push((plural.to_owned(), resource["responseKind"]["kind"].clone()));
                for beneath in resource["subresources"].as_array().into_iter().flatten() {
                    let beneath_name = beneath["subresource"].as_str().expect("subresources have names");
                    from_one.push((
                        format!("{plural}/{beneath_name}"),
                        beneath["responseKind"]["kind"].clone(),
                    ));
                    if beneath_name == "scale" {
                        let kind = json!({"group": "autoscaling", "version": "v1", "kind": "Scale"});
                        assert_eq!(beneath["responseKind"], kind);
                    }
                }
            }
            let legacy = Answer::of(&server, get(&path)).await.json();
            let legacy = legacy["resources"].as_array().into_iter().flatten();
            let of_legacy: Vec<_> = legacy
                .map(|resource| {
                    (
                        resource["name"].as_str().unwrap_or_default().to_owned(),
                        resource["kind"].clone(),
                    )
                })
                .collect();
            assert!(
                from_one
                    .iter()
                    .all(|(_, kind)| kind.as_str().is_some_and(|kind| !kind.is_empty()))
            );
            assert_eq!(from_one, of_legacy, "{path}");
        }
    }
}

/// Versions stand in the order of Kubernetes: stable ones before beta before alpha.
#[tokio::test]
async fn s008_versions_are_in_the_order_of_kubernetes() {
    let list = Answer::of(&server(), accepting("/apis", AGGREGATED)).await.json();
    let versions = |index: usize| {
        let versions = list["items"][index]["versions"].as_array().into_iter().flatten();
        versions
            .map(|version| version["version"].as_str().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(versions(0).first().map(String::as_str), Some("v1"));
    assert_eq!(versions(2), ["v1beta1", "v1alpha1"]);
}

/// The documents are those that were made at the start: nothing is asked of the store.
#[tokio::test]
async fn s009_the_older_documents_are_there_for_those_who_do_not_know_the_one() {
    let server = server();
    for path in [
        "/apis",
        "/apis/wardle.example.com",
        "/apis/wardle.example.com/v1beta1",
        "/api",
    ] {
        let answer = Answer::of(&server, get(path)).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (StatusCode::OK, Some("application/json"))
        );
    }
    let core = Answer::of(&server, get("/api")).await.json();
    assert_eq!((&core["kind"], &core["versions"]), (&json!("APIVersions"), &json!([])));
}

/// Documents are only read, and none of them is moved elsewhere.
#[tokio::test]
async fn s020_nothing_below_apis_is_a_redirect() {
    let server = server();
    for path in [
        "/apis",
        "/apis/",
        "/apis/wardle.example.com/",
        "/apis/wardle.example.com/v1beta1/",
        "/apis/nobody",
    ] {
        let answer = Answer::of(&server, get(path)).await;
        assert!(!answer.status.is_redirection(), "{path}");
    }
    let posted = Answer::of(&server, request(Method::POST, "/apis")).await;
    assert_eq!(posted.status_of().0, 405);
}
