//! Who may do what.

use std::time::Duration;

use kgen_apiserver::auth::{DelegatedOptions, Lookup};
use serde_json::{Value, json};

use crate::authority::Authority;
use crate::client::Client;
use crate::gate::Gate;
use crate::main_server::MainServer;
use crate::token_reviews::{QUICK, nowhere};

const FLUNDER: &str = "/apis/wardle.example.com/v1/namespaces/default/flunders/a";

/// A main API server, a server that asks it, and a client with a certificate.
pub(crate) struct Scene {
    pub(crate) main: MainServer,
    pub(crate) gate: Gate,
    users: Authority,
}

impl Scene {
    pub(crate) async fn start() -> Self {
        let main = MainServer::start().await;
        let users = Authority::new("users");
        main.configure(&[("client-ca-file", &users.pem())]);
        let gate = Gate::delegated(DelegatedOptions {
            authentication: Some(main.client()),
            authorization: Some(main.client()),
            lookup: Lookup::Required,
            retry: QUICK,
            allowed_ttl: Duration::from_millis(300),
            denied_ttl: Duration::from_secs(60),
            ..DelegatedOptions::default()
        })
        .await;
        Self { main, gate, users }
    }

    pub(crate) fn client(&self, name: &str, groups: &[&str]) -> Client {
        self.gate.client().with(&self.users.client(name, groups))
    }

    pub(crate) fn decide(&self, status: Value) {
        self.main.state().access = status;
    }
}

async fn asked(client: &Client, path: &str) -> (u16, String) {
    let answer = client.get(path, &[]).await;
    (
        answer.status.as_u16(),
        answer.body["message"].as_str().unwrap_or_default().to_owned(),
    )
}

/// The main API server is told who asks for what, with the requirements of selectors.
#[tokio::test]
async fn s149_access_is_reviewed() {
    let scene = Scene::start().await;
    scene.decide(json!({"allowed": true}));
    let ann = scene.client("ann", &["a"]);
    assert_eq!(asked(&ann, FLUNDER).await.0, 200);
    let mut review = scene.main.reviews().remove(0);
    let extra = review["spec"]
        .as_object_mut()
        .and_then(|spec| spec.remove("extra"))
        .unwrap_or_default();
    assert!(
        extra["authentication.kubernetes.io/credential-id"].is_array(),
        "{extra}"
    );
    let wanted = json!({
        "apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview",
        "spec": {
            "user": "ann", "groups": ["a", "system:authenticated"],
            "resourceAttributes": {
                "namespace": "default", "verb": "get", "group": "wardle.example.com", "version": "v1",
                "resource": "flunders", "name": "a",
            },
        },
    });
    assert_eq!(review, wanted);

    let selected = "/apis/wardle.example.com/v1/flunders?labelSelector=a+in+(b,c),!d&fieldSelector=metadata.name!=e";
    assert_eq!(asked(&ann, selected).await.0, 200);
    let attributes = json!({
        "verb": "list", "group": "wardle.example.com", "version": "v1", "resource": "flunders",
        "fieldSelector": {"requirements": [{"key": "metadata.name", "operator": "NotIn", "values": ["e"]}]},
        "labelSelector": {"requirements": [
            {"key": "a", "operator": "In", "values": ["b", "c"]}, {"key": "d", "operator": "DoesNotExist"},
        ]},
    });
    assert_eq!(scene.main.reviews()[0]["spec"]["resourceAttributes"], attributes);

    assert_eq!(asked(&ann, "/metrics").await.0, 200);
    let review = scene.main.reviews().remove(0);
    assert_eq!(
        review["spec"]["nonResourceAttributes"],
        json!({"path": "/metrics", "verb": "get"})
    );
    assert_eq!(review["spec"].get("resourceAttributes"), None);
}

/// What is decided holds for a while, for each who asks and each that they ask for.
#[tokio::test]
async fn s149_decisions_are_remembered() {
    let scene = Scene::start().await;
    scene.decide(json!({"allowed": true}));
    let (ann, bob) = (scene.client("ann", &[]), scene.client("bob", &[]));
    for _ in 0..3 {
        assert_eq!(asked(&ann, FLUNDER).await.0, 200);
    }
    assert_eq!(scene.main.reviews().len(), 1);
    scene.decide(json!({"allowed": false}));
    assert_eq!(asked(&bob, FLUNDER).await.0, 403);
    assert_eq!(
        asked(&ann, "/apis/wardle.example.com/v1/namespaces/default/flunders/b")
            .await
            .0,
        403
    );
    assert_eq!(
        asked(&ann, "/apis/wardle.example.com/v1/namespaces/default/flunders/a/status")
            .await
            .0,
        403
    );
    assert_eq!(scene.main.reviews().len(), 3);
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(asked(&ann, FLUNDER).await.0, 403);
    scene.decide(json!({"allowed": true}));
    assert_eq!(asked(&bob, FLUNDER).await.0, 403);
    assert_eq!(scene.main.reviews().len(), 1);

    let long = format!("/{}", "x".repeat(10_000));
    for _ in 0..2 {
        assert_eq!(asked(&ann, &long).await.0, 200);
    }
    assert_eq!(scene.main.reviews().len(), 2);
}

/// A refusal says who may not do what, in the words of Kubernetes.
#[tokio::test]
async fn s149_refusals_are_worded_as_in_kubernetes() {
    let scene = Scene::start().await;
    let ann = scene.client("ann", &[]);
    scene.decide(json!({"allowed": false}));
    let refused = async |client: &Client, path: &str| {
        let (status, message) = asked(client, path).await;
        assert_eq!(status, 403);
        message
    };
    assert_eq!(
        refused(&ann, FLUNDER).await,
        r#"flunders.wardle.example.com "a" is forbidden: User "ann" cannot get resource "flunders" in API group "wardle.example.com" in the namespace "default""#
    );
    assert_eq!(
        refused(&ann, "/apis/wardle.example.com/v1/flunders").await,
        r#"flunders.wardle.example.com is forbidden: User "ann" cannot list resource "flunders" in API group "wardle.example.com" at the cluster scope"#
    );
    assert_eq!(
        refused(&ann, "/apis/wardle.example.com/v1/fischers/a/status").await,
        r#"fischers.wardle.example.com "a" is forbidden: User "ann" cannot get resource "fischers/status" in API group "wardle.example.com" at the cluster scope"#
    );
    assert_eq!(
        refused(&ann, "/metrics").await,
        r#"forbidden: User "ann" cannot get path "/metrics""#
    );
    let odd = scene.client("<b>\"&", &[]);
    assert_eq!(
        refused(&odd, "/metrics").await,
        r#"forbidden: User "&lt;b&gt;\"&amp;" cannot get path "/metrics""#
    );
    scene.decide(json!({"allowed": false, "denied": true, "reason": "no reason"}));
    assert_eq!(
        refused(&ann, "/a").await,
        r#"forbidden: User "ann" cannot get path "/a": no reason"#
    );
    let body = ann.get(FLUNDER, &[]).await.body;
    assert_eq!(
        body["details"],
        json!({"group": "wardle.example.com", "kind": "flunders", "name": "a"})
    );
}

/// If nobody can say, that is an error of the server, and not remembered.
#[tokio::test]
async fn s149_what_cannot_be_decided_is_an_error() {
    let scene = Scene::start().await;
    let ann = scene.client("ann", &[]);
    scene.decide(json!({"allowed": true}));
    scene.main.state().refusals = [500, 429].into();
    assert_eq!(asked(&ann, FLUNDER).await.0, 200);
    assert_eq!(scene.main.reviews().len(), 3);
    scene.main.state().refusals = [403].into();
    assert_eq!(asked(&ann, "/metrics").await.0, 500);
    assert_eq!(asked(&ann, "/metrics").await.0, 200);
    scene.decide(json!({"allowed": true, "denied": true}));
    assert_eq!(asked(&ann, "/other").await.0, 500);
}

/// Where no main API server is, nobody may do anything but what needs no rules.
#[tokio::test]
async fn s149_without_an_answer_nothing_is_decided() {
    let gate = Gate::delegated(DelegatedOptions {
        authorization: Some(nowhere()),
        lookup: Lookup::Skipped,
        retry: QUICK,
        ..DelegatedOptions::default()
    })
    .await;
    let (status, message) = asked(&gate.client(), FLUNDER).await;
    assert_eq!(status, 500);
    assert!(
        message.starts_with("Internal error occurred: cannot reach the main API server: "),
        "{message}"
    );
    assert_eq!(asked(&gate.client(), "/readyz").await.0, 200);
}

/// Who shows nothing is refused what others may, but for what is asked to find out whether the server is healthy; nobody
/// is asked about that, nor about administrators.
#[tokio::test]
async fn s150_nobody_may_see_health_only() {
    let scene = Scene::start().await;
    scene.decide(json!({"allowed": false}));
    let nobody = scene.gate.client();
    for path in ["/healthz", "/readyz", "/livez"] {
        assert_eq!(asked(&nobody, path).await.0, 200, "{path}");
    }
    assert_eq!(asked(&scene.client("ann", &["system:masters"]), FLUNDER).await.0, 200);
    assert_eq!(scene.main.reviews(), Vec::<Value>::new());
    assert_eq!(
        asked(&nobody, "/healthz/etcd").await,
        (
            403,
            r#"forbidden: User "system:anonymous" cannot get path "/healthz/etcd""#.to_owned()
        )
    );
    assert_eq!(asked(&nobody, FLUNDER).await.0, 403);
}
