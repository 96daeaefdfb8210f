//! Users who ask on behalf of others.

use serde_json::{Value, json};

use crate::access_reviews::Scene;

/// What was asked about in turn: resource, name and what narrows it.
fn asked(reviews: &[Value]) -> Vec<String> {
    let attributes = reviews.iter().map(|review| &review["spec"]["resourceAttributes"]);
    let impersonated = attributes.filter(|attributes| attributes["verb"] == "impersonate");
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let parts = ["group", "namespace", "resource", "subresource", "name"];
    impersonated
        .map(|attributes| parts.map(|part| text(&attributes[part])).join(" "))
        .collect()
}

/// Who may ask on behalf of somebody is taken for that one, with what the headers give them, and each part of that is
/// asked about.
#[tokio::test]
async fn s154_users_may_ask_on_behalf_of_others() {
    let scene = Scene::start().await;
    scene.decide(json!({"allowed": true}));
    let headers = [
        ("impersonate-user", "ann"),
        ("impersonate-group", "a"),
        ("impersonate-group", "b"),
        ("impersonate-uid", "7"),
        ("impersonate-extra-acme.com%2fproject", "x"),
    ];
    let answer = scene.client("admin", &[]).get("/", &headers).await;
    let user = json!({
        "name": "ann", "uid": "7", "groups": ["a", "b", "system:authenticated"],
        "extra": {"acme.com/project": ["x"]}, "headers": ["host"],
    });
    assert_eq!(answer.body, user);
    let wanted = [
        "- - users - ann",
        "- - groups - a",
        "- - groups - b",
        "authentication.k8s.io - userextras acme.com/project x",
        "authentication.k8s.io - uids - 7",
    ];
    assert_eq!(asked(&scene.main.reviews()), wanted);
}

/// A service account has the groups of its namespace; nobody is in no group of users.
#[tokio::test]
async fn s154_some_users_have_groups_of_their_own() {
    let scene = Scene::start().await;
    scene.decide(json!({"allowed": true}));
    let admin = scene.client("admin", &[]);
    let groups = async |user: &str| admin.get("/", &[("impersonate-user", user)]).await.body["groups"].take();
    let account = json!([
        "system:serviceaccounts",
        "system:serviceaccounts:default",
        "system:authenticated"
    ]);
    assert_eq!(groups("system:serviceaccount:default:builder").await, account);
    assert_eq!(asked(&scene.main.reviews()), ["- default serviceaccounts - builder"]);
    assert_eq!(groups("system:anonymous").await, json!(["system:unauthenticated"]));
}

/// Who may not ask on behalf of others, or not with all that they give themselves, is refused.
#[tokio::test]
async fn s154_asking_on_behalf_of_others_needs_the_right_to() {
    let scene = Scene::start().await;
    scene.decide(json!({"allowed": true}));
    scene.main.state().closed = vec!["groups"];
    let bob = scene.client("bob", &[]);
    let ann = ("impersonate-user", "ann");
    assert_eq!(bob.get("/", &[ann]).await.body["name"], "ann");
    let masters = ("impersonate-group", "system:masters");
    let refused = bob.get("/", &[ann, masters]).await;
    assert_eq!(refused.status, 403);
    let message = r#"groups "system:masters" is forbidden: User "bob" cannot impersonate resource "groups" in API group "" at the cluster scope"#;
    assert_eq!(refused.body["message"], message);
    assert_eq!(bob.get("/", &[masters]).await.status, 400);
    // Nobody may, unless rules say so.
    scene.decide(json!({"allowed": false}));
    assert_eq!(scene.gate.client().get("/", &[ann]).await.status, 403);
}
