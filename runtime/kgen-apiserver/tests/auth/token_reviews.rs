//! Users who have a token, and those who have none.

use std::time::Duration;

use kgen_apiserver::auth::{DelegatedOptions, Lookup};
use kgen_apiserver::cluster::{Access, Client, Retry, ServerTrust};
use serde_json::json;

use crate::authority::Authority;
use crate::gate::Gate;
use crate::main_server::MainServer;

pub(crate) const QUICK: Retry = Retry {
    attempts: 5,
    pause: Duration::from_millis(5),
    factor: 1.5,
    jitter: 0.2,
};

async fn start() -> (MainServer, Gate) {
    start_with(|options| options).await
}

async fn start_with(change: impl FnOnce(DelegatedOptions) -> DelegatedOptions) -> (MainServer, Gate) {
    let main = MainServer::start().await;
    let user = json!({"username": "ann", "uid": "7", "groups": ["a"], "extra": {"scopes": ["x", "y"]}});
    main.state()
        .tokens
        .insert("known".to_owned(), json!({"authenticated": true, "user": user}));
    let options = change(DelegatedOptions {
        authentication: Some(main.client()),
        lookup: Lookup::Skipped,
        retry: QUICK,
        token_ttl: Duration::from_millis(500),
        always_allow_paths: vec!["*".to_owned()],
        ..DelegatedOptions::default()
    });
    let gate = Gate::delegated(options).await;
    (main, gate)
}

async fn shown(gate: &Gate, token: &str) -> (u16, String) {
    let authorization = format!("Bearer {token}");
    let answer = gate.client().get("/", &[("authorization", &authorization)]).await;
    (
        answer.status.as_u16(),
        answer.body["name"].as_str().unwrap_or_default().to_owned(),
    )
}

fn ann() -> (u16, String) {
    (200, "ann".to_owned())
}

/// The main API server says whose a token is, and nobody behind sees the token.
#[tokio::test]
async fn s148_tokens_are_reviewed() {
    let (main, gate) = start().await;
    let answer = gate.client().get("/", &[("authorization", "bearer known")]).await;
    let user = json!({
        "name": "ann", "uid": "7", "groups": ["a", "system:authenticated"], "extra": {"scopes": ["x", "y"]},
        "headers": ["host"],
    });
    assert_eq!(answer.body, user);
    let review = json!({
        "apiVersion": "authentication.k8s.io/v1", "kind": "TokenReview", "spec": {"token": "known"},
    });
    assert_eq!(main.reviews(), [review]);
}

/// An answer, whichever, is believed for a while, and asked for once by all who want it at the same time.
#[tokio::test]
async fn s148_reviews_are_remembered() {
    let (main, gate) = start().await;
    main.state().delay = Duration::from_millis(50);
    let all = (0..20).map(|_| shown(&gate, "known"));
    assert!(
        futures_util::future::join_all(all)
            .await
            .iter()
            .all(|answer| *answer == ann())
    );
    assert_eq!(main.reviews().len(), 1);
    assert_eq!(shown(&gate, "unknown").await.0, 401);
    assert_eq!(shown(&gate, "unknown").await.0, 401);
    assert_eq!(main.reviews().len(), 1);
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(shown(&gate, "known").await, ann());
    assert_eq!(main.reviews().len(), 1);
}

/// What passes is asked for again, and what does not pass is not; who cannot be asked about is nobody, and that is not
/// remembered.
#[tokio::test]
async fn s148_reviews_are_asked_for_again() {
    let (main, gate) = start().await;
    main.state().refusals = [500, 429, 504].into();
    assert_eq!(shown(&gate, "known").await, ann());
    assert_eq!(main.reviews().len(), 4);

    let (main, gate) = start().await;
    main.state().refusals = [403].into();
    assert_eq!(shown(&gate, "known").await.0, 401);
    assert_eq!(main.reviews().len(), 1);
    assert_eq!(shown(&gate, "known").await, ann());

    let (main, gate) = start().await;
    main.state().refusals = [500; 5].into();
    assert_eq!(shown(&gate, "known").await.0, 401);
    assert_eq!(main.reviews().len(), 5);
}

/// Where no main API server is, nobody is known.
#[tokio::test]
async fn s148_without_an_answer_nobody_is_known() {
    let (_main, gate) = start_with(|options| DelegatedOptions {
        authentication: Some(nowhere()),
        ..options
    })
    .await;
    assert_eq!(shown(&gate, "known").await.0, 401);
}

/// A client of a server that is not there.
pub(crate) fn nowhere() -> Client {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("it is bound");
    let access = Access {
        server: format!("https://{address}"),
        trust: ServerTrust::Authorities(Authority::new("main").pem().into_bytes()),
        server_name: None,
        certificate: None,
        authorization: None,
    };
    Client::new(access).expect("a client")
}

/// A token that is good for others only is not good.
#[tokio::test]
async fn s148_audiences_are_asked_for() {
    let audiences = || vec!["wardle".to_owned(), "api".to_owned()];
    let (main, gate) = start_with(|options| DelegatedOptions {
        audiences: audiences(),
        ..options
    })
    .await;
    let of = |audiences: &[&str]| json!({"authenticated": true, "user": {"username": "ann"}, "audiences": audiences});
    main.state().tokens.insert("ours".to_owned(), of(&["api"]));
    main.state().tokens.insert("theirs".to_owned(), of(&["other"]));
    assert_eq!(shown(&gate, "ours").await, ann());
    assert_eq!(main.reviews()[0]["spec"]["audiences"], json!(audiences()));
    assert_eq!(shown(&gate, "theirs").await.0, 401);
    // Such a main API server knows of no audiences.
    assert_eq!(shown(&gate, "known").await, ann());
}

/// Who shows a token that is not good is told no more than that.
#[tokio::test]
async fn s150_bad_tokens_are_refused() {
    let (_main, gate) = start().await;
    let answer = gate.client().get("/", &[("authorization", "Bearer unknown")]).await;
    assert_eq!(answer.status, 401);
    let wanted = json!({
        "apiVersion": "v1", "kind": "Status", "metadata": {}, "status": "Failure", "message": "Unauthorized",
        "reason": "Unauthorized", "code": 401,
    });
    assert_eq!(answer.body, wanted);
}

/// Where nobody may be anonymous, those who show nothing are refused as well.
#[tokio::test]
async fn s150_anonymous_requests_can_be_refused() {
    let (_main, gate) = start_with(|options| DelegatedOptions {
        anonymous: false,
        ..options
    })
    .await;
    assert_eq!(gate.client().get("/", &[]).await.status, 401);
    assert_eq!(shown(&gate, "known").await, ann());
}

/// A server for development knows one token; all others may see that it is healthy.
#[tokio::test]
async fn s150_a_server_for_development_has_one_user() {
    let gate = Gate::development("secret").await;
    assert_eq!(shown(&gate, "secret").await, (200, "kubernetes-admin".to_owned()));
    assert_eq!(shown(&gate, "secre").await.0, 401);
    assert_eq!(gate.client().get("/", &[]).await.status, 403);
    assert_eq!(gate.client().get("/readyz", &[]).await.status, 200);
}
