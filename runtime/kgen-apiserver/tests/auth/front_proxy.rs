//! Requests that come by way of a front proxy, and whom the server trusts to be one.

use std::time::Duration;

use kgen_apiserver::auth::{Delegated, DelegatedOptions, HeaderNames, Lookup, RequestHeaderOptions};
use serde_json::json;

use crate::authority::Authority;
use crate::client::{Answer, Client};
use crate::gate::Gate;
use crate::main_server::MainServer;

/// What the config map says besides the authorities, as kube-apiserver writes it.
const HEADERS: [(&str, &str); 4] = [
    ("requestheader-username-headers", r#"["X-Remote-User"]"#),
    ("requestheader-group-headers", r#"["X-Remote-Group"]"#),
    ("requestheader-extra-headers-prefix", r#"["X-Remote-Extra-"]"#),
    ("requestheader-allowed-names", r#"["front-proxy-client"]"#),
];

/// A request on behalf of somebody.
const ON_BEHALF: [(&str, &str); 5] = [
    ("x-remote-user", "ann"),
    ("x-remote-uid", "7"),
    ("x-remote-group", "a"),
    ("x-remote-extra-acme.com%2fproject", "x"),
    ("authorization", "Basic of the proxy"),
];

async fn trusting(proxies: &Authority) -> (MainServer, Gate) {
    let main = MainServer::start().await;
    main.configure(&HEADERS);
    main.configure(&[("requestheader-client-ca-file", &proxies.pem())]);
    let gate = Gate::delegated(options(&main)).await;
    (main, gate)
}

/// Everybody may do everything, since this is about who they are.
fn options(main: &MainServer) -> DelegatedOptions {
    main.state().access = json!({"allowed": true});
    DelegatedOptions {
        authentication: Some(main.client()),
        authorization: Some(main.client()),
        ..DelegatedOptions::default()
    }
}

/// Asks until the answer is as wanted: what changes takes effect a moment later.
pub(crate) async fn eventually(client: &Client, headers: &[(&'static str, &str)], wanted: impl Fn(&Answer) -> bool) {
    for _ in 0..200 {
        if client.try_get("/", headers).await.is_ok_and(|answer| wanted(&answer)) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it does not come to that: {:?}", client.try_get("/", headers).await);
}

/// The headers of a trusted front proxy say who asks, and nobody behind sees them; the uid counts only if the main API
/// server names a header for it.
#[tokio::test]
async fn s145_a_front_proxy_says_who_asks() {
    let proxies = Authority::new("proxies");
    let (main, gate) = trusting(&proxies).await;
    let proxy = gate.client().with(&proxies.client("front-proxy-client", &[]));
    let answer = proxy.get("/", &ON_BEHALF).await;
    assert_eq!(answer.status, 200);
    let mut user = json!({
        "name": "ann", "uid": "", "groups": ["a", "system:authenticated"],
        "extra": {"acme.com/project": ["x"]}, "headers": ["host"],
    });
    assert_eq!(answer.body, user);

    main.configure(&[("requestheader-uid-headers", r#"["X-Remote-Uid"]"#)]);
    eventually(&proxy, &ON_BEHALF, |answer| answer.body["uid"] == "7").await;
    user["uid"] = json!("7");
    assert_eq!(proxy.get("/", &ON_BEHALF).await.body, user);
}

/// Without a certificate of a front proxy the headers count for nothing, and do not get through either.
#[tokio::test]
async fn s145_forged_headers_are_not_believed() {
    let proxies = Authority::new("proxies");
    let (_main, gate) = trusting(&proxies).await;
    let masters = [("x-remote-user", "ann"), ("x-remote-group", "system:masters")];
    let answer = gate.client().get("/", &masters).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.body["name"]),
        (200, &json!("system:anonymous"))
    );
    assert_eq!(answer.body["headers"], json!(["host"]));

    let forged = Authority::new("proxies").client("front-proxy-client", &[]);
    let another = proxies.client("somebody else", &[]);
    for certificate in [forged, another] {
        let answer = gate.client().with(&certificate).get("/", &masters).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.body["reason"]),
            (401, &json!("Unauthorized"))
        );
    }
    // A front proxy that says nothing is not a user.
    let silent = gate
        .client()
        .with(&proxies.client("front-proxy-client", &[]))
        .get("/", &[])
        .await;
    assert_eq!(silent.body["name"], "system:anonymous");
}

/// An empty list of names lets any certificate of the authority be a front proxy.
#[tokio::test]
async fn s145_no_allowed_names_are_any() {
    let proxies = Authority::new("proxies");
    let (main, gate) = trusting(&proxies).await;
    main.configure(&[("requestheader-allowed-names", "[]")]);
    let proxy = gate.client().with(&proxies.client("whoever", &[]));
    eventually(&proxy, &ON_BEHALF, |answer| answer.body["name"] == "ann").await;
}

/// The authorities of the config map are asked for by name in the handshake, and a rotation takes effect without a
/// restart: with the new one beside the old one first, then without the old one.
#[tokio::test]
async fn s146_authorities_of_the_config_map_are_followed() {
    let (old, new, users) = (Authority::new("old"), Authority::new("new"), Authority::new("users"));
    let (main, gate) = trusting(&old).await;
    let client = |authority: &Authority| gate.client().with(&authority.client("front-proxy-client", &[]));
    let is_ann = |answer: &Answer| answer.body["name"] == "ann";
    let names = |answer: &Answer| {
        let asked_for = answer.asked_for.as_deref().unwrap_or_default();
        let has = |name: &str| asked_for.iter().any(|der| der.ends_with(name.as_bytes()));
        [has("old"), has("new"), has("users")]
    };
    let answer = client(&old).get("/", &ON_BEHALF).await;
    assert_eq!((is_ann(&answer), names(&answer)), (true, [true, false, false]));
    assert_eq!(client(&new).get("/", &ON_BEHALF).await.status, 401);

    let both = format!("{}{}", old.pem(), new.pem());
    main.configure(&[
        ("requestheader-client-ca-file", &both),
        ("client-ca-file", &users.pem()),
    ]);
    eventually(&client(&new), &ON_BEHALF, is_ann).await;
    eventually(&client(&old), &ON_BEHALF, |answer| {
        is_ann(answer) && names(answer) == [true, true, true]
    })
    .await;
    let user = gate.client().with(&users.client("bob", &[])).get("/", &[]).await;
    assert_eq!(user.body["name"], "bob");

    main.configure(&[("requestheader-client-ca-file", &new.pem())]);
    eventually(&client(&old), &ON_BEHALF, |answer| answer.status == 401).await;
    eventually(&client(&new), &ON_BEHALF, |answer| {
        is_ann(answer) && names(answer) == [false, true, true]
    })
    .await;
}

/// What is not valid changes nothing.
#[tokio::test]
async fn s146_a_broken_config_map_is_not_believed() {
    let proxies = Authority::new("proxies");
    let (main, gate) = trusting(&proxies).await;
    let proxy = gate.client().with(&proxies.client("front-proxy-client", &[]));
    main.configure(&[
        ("requestheader-client-ca-file", "no PEM"),
        ("requestheader-allowed-names", r#"["other"]"#),
    ]);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(proxy.get("/", &ON_BEHALF).await.body["name"], "ann");
    main.configure(&[("requestheader-client-ca-file", &proxies.pem())]);
    eventually(&proxy, &ON_BEHALF, |answer| answer.status == 401).await;
}

/// A server that cannot find out whom to trust does not start, unless it is told to.
#[tokio::test]
async fn s146_the_config_map_is_needed_unless_that_is_tolerated() {
    let main = MainServer::start().await;
    let wanted = options(&main);
    let refused = Delegated::start(wanted.clone())
        .await
        .err()
        .expect("there is no config map")
        .to_string();
    assert!(refused.contains("extension-apiserver-authentication"), "{refused}");

    let tolerant = DelegatedOptions {
        lookup: Lookup::Tolerated,
        ..wanted
    };
    let gate = Gate::delegated(tolerant).await;
    let proxies = Authority::new("proxies");
    let proxy = gate.client().with(&proxies.client("front-proxy-client", &[]));
    assert_eq!(proxy.get("/", &ON_BEHALF).await.body["name"], "system:anonymous");
    main.configure(&HEADERS);
    main.configure(&[("requestheader-client-ca-file", &proxies.pem())]);
    eventually(&proxy, &ON_BEHALF, |answer| answer.body["name"] == "ann").await;
}

/// When the main API server goes away, what it said still holds; when it comes back, it is followed again.
#[tokio::test]
async fn s146_the_main_server_may_go_away_and_come_back() {
    let (old, new) = (Authority::new("old"), Authority::new("new"));
    let (main, gate) = trusting(&old).await;
    let masters = [("x-remote-user", "ann"), ("x-remote-group", "system:masters")];
    let client = |authority: &Authority| gate.client().with(&authority.client("front-proxy-client", &[]));
    main.stop().await;
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert_eq!(client(&old).get("/", &masters).await.status, 200);
    main.configure(&[("requestheader-client-ca-file", &new.pem())]);
    main.start_again().await;
    eventually(&client(&new), &masters, |answer| answer.status == 200).await;
    assert_eq!(client(&old).get("/", &masters).await.status, 401);
    // Reviews reach it again as well.
    assert_eq!(client(&new).get("/", &ON_BEHALF).await.status, 200);
}

/// Options win over the config map, and their files are followed.
#[tokio::test]
async fn s146_authorities_in_files_are_followed() {
    let (old, new, users) = (Authority::new("old"), Authority::new("new"), Authority::new("users"));
    let main = MainServer::start().await;
    main.configure(&HEADERS);
    main.configure(&[
        ("requestheader-client-ca-file", &new.pem()),
        ("client-ca-file", &users.pem()),
    ]);
    let folder = tempfile::TempDir::new().expect("a folder");
    let file = folder.path().join("proxies.crt");
    std::fs::write(&file, old.pem()).expect("it is written");
    let gate = Gate::delegated(DelegatedOptions {
        request_header: Some(RequestHeaderOptions {
            client_ca_file: file.clone(),
            allowed_names: Vec::new(),
            names: HeaderNames::standard(),
        }),
        ..options(&main)
    })
    .await;
    let client = |authority: &Authority| gate.client().with(&authority.client("any", &[]));
    assert_eq!(client(&old).get("/", &ON_BEHALF).await.body["uid"], "7");
    assert_eq!(client(&new).get("/", &ON_BEHALF).await.status, 401);
    assert_eq!(client(&users).get("/", &[]).await.body["name"], "any");

    std::fs::write(&file, "half").expect("it is written");
    std::fs::write(&file, new.pem()).expect("it is written");
    eventually(&client(&new), &ON_BEHALF, |answer| answer.body["name"] == "ann").await;
    assert_eq!(client(&old).get("/", &ON_BEHALF).await.status, 401);
}
