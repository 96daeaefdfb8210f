//! What happens to every request before and after the endpoints answer it.

use std::sync::Arc;
use std::time::Duration;

use http::{Method, StatusCode};
use kgen_apiserver::server::{Server, ServerOptions};
use serde_json::{Value, json};

use crate::fixture::{Answer, Echo, FLUNDERS, Moody, Served, flunder, get, parts, posted, request, with};

const FISCHERS: &str = "/apis/wardle.example.com/v1alpha1/fischers";

fn echo() -> Server {
    Server::with_endpoints(parts(ServerOptions::default()), Arc::new(Echo))
}

/// Paths that lead nowhere are answered by the router: as a `Status` below a version that is served, else as text.
#[tokio::test]
async fn s017_what_is_not_in_discovery_is_not_there() {
    let server = echo();
    let not_found = "the server could not find the requested resource";
    for path in [
        "/apis/wardle.example.com/v1alpha1/nothing",
        "/apis/wardle.example.com/v1alpha1/namespaces/a/fischers",
        "/apis/wardle.example.com/v1alpha1/flunders/x",
        "/apis/wardle.example.com/v1alpha1/namespaces/a/flunders/x/scale",
        "/apis/wardle.example.com/v1alpha1/namespaces/a/flunders/x/status/more",
        "/apis/wardle.example.com/v1beta1/fischers",
    ] {
        let answer = Answer::of(&server, get(path)).await;
        assert_eq!(
            answer.status_of(),
            (404, "NotFound".to_owned(), not_found.to_owned()),
            "{path}"
        );
    }
    let not_allowed = "the server does not allow this method on the requested resource";
    for (method, path) in [
        (Method::POST, "/apis/wardle.example.com/v1alpha1/flunders"),
        (Method::DELETE, "/apis/wardle.example.com/v1alpha1/flunders"),
        (Method::POST, &flunder("x")),
        (Method::PUT, FLUNDERS),
        (Method::PATCH, FLUNDERS),
        (Method::OPTIONS, FLUNDERS),
        (Method::TRACE, FLUNDERS),
        (Method::POST, "/apis/wardle.example.com/v1alpha1/watch/flunders"),
    ] {
        let answer = Answer::of(&server, request(method.clone(), path)).await;
        let wanted = (405, "MethodNotAllowed".to_owned(), not_allowed.to_owned());
        assert_eq!(answer.status_of(), wanted, "{method} {path}");
    }
    let nowhere = Answer::of(&server, get("/nowhere")).await;
    assert_eq!(
        (nowhere.status, nowhere.text()),
        (StatusCode::NOT_FOUND, "404 page not found\n")
    );
    let index = Answer::of(&server, get("/apis/nobody.example.com/v1/things")).await;
    assert_eq!(index.status, StatusCode::NOT_FOUND);
    assert!(
        index.json()["paths"]
            .as_array()
            .is_some_and(|paths| paths.contains(&json!("/apis/wardle.example.com")))
    );
    let index = Answer::of(&server, get("/")).await;
    assert_eq!(index.status, StatusCode::OK);
    let paths = index.json();
    let paths: Vec<&str> = paths["paths"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    assert!(
        paths.is_sorted() && paths.contains(&"/livez/ping") && paths.contains(&"/openapi/v3"),
        "{paths:?}"
    );
}

/// Every verb that is advertised reaches the endpoints.
#[tokio::test]
async fn s017_what_is_in_discovery_is_there() {
    let server = echo();
    for (method, path, wanted) in [
        (Method::GET, FLUNDERS.to_owned(), "list flunders 0"),
        (
            Method::GET,
            "/apis/wardle.example.com/v1alpha1/flunders".to_owned(),
            "list flunders 0",
        ),
        (Method::POST, FLUNDERS.to_owned(), "create flunders 0"),
        (Method::DELETE, FLUNDERS.to_owned(), "deletecollection flunders 0"),
        (Method::GET, flunder("x"), "get flunders 0"),
        (Method::PUT, flunder("x"), "update flunders 0"),
        (Method::PATCH, flunder("x"), "patch flunders 0"),
        (Method::DELETE, flunder("x"), "delete flunders 0"),
        (Method::GET, flunder("x/status"), "get flunders 0"),
        (Method::GET, format!("{FLUNDERS}?watch=1"), "watch flunders 0"),
        (
            Method::GET,
            "/apis/wardle.example.com/v1alpha1/watch/fischers/x".to_owned(),
            "watch fischers 0",
        ),
        (Method::POST, FISCHERS.to_owned(), "create fischers 0"),
        (Method::DELETE, format!("{FISCHERS}/"), "deletecollection fischers 0"),
    ] {
        let answer = Answer::of(&server, request(method.clone(), &path)).await;
        if answer.status == StatusCode::NOT_FOUND && path.ends_with("/status") {
            continue;
        }
        assert_eq!(answer.text(), wanted, "{method} {path}");
    }
}

/// Nothing may be kept by caches on the way unless it says so, and each answer has a number.
#[tokio::test]
async fn s034_answers_are_not_cached_and_have_numbers() {
    let server = echo();
    for path in [
        FLUNDERS,
        "/healthz",
        "/nowhere",
        "/apis/wardle.example.com/v1alpha1/nothing",
    ] {
        let answer = Answer::of(&server, get(path)).await;
        assert_eq!(answer.header("cache-control"), Some("no-cache, private"), "{path}");
        assert_eq!(answer.header("audit-id").map(str::len), Some(36), "{path}");
    }
    let answer = Answer::of(&server, with(get(FLUNDERS), "audit-id", "my-own")).await;
    assert_eq!(answer.header("audit-id"), Some("my-own"));
}

/// One connection answers many requests, in both versions of HTTP.
#[tokio::test]
async fn s037_both_versions_of_http_keep_connections() {
    let served = Served::with(Echo, ServerOptions::default()).await;
    for mut client in [served.http1().await, served.http2().await] {
        for _ in 0..3 {
            assert_eq!(client.send(get(FLUNDERS)).await.text(), "list flunders 0");
            assert_eq!(
                client.send(posted(FLUNDERS, vec![b'x'; 100_000])).await.text(),
                "create flunders 100000"
            );
        }
        let head = client.send(request(Method::HEAD, "/healthz")).await;
        assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
    }
}

/// Who shows what nobody knows is refused; who shows nothing may do what anybody may; and health is for anybody.
#[tokio::test]
async fn s150_nobody_gets_further_than_they_may() {
    let server = echo();
    let by = |user: &str, path: &str| with(get(path), "authorization", &format!("Bearer {user}"));
    let bad = Answer::of(&server, by("bad", FLUNDERS)).await;
    assert_eq!(
        bad.status_of(),
        (401, "Unauthorized".to_owned(), "Unauthorized".to_owned())
    );
    let mut anonymous = get(FLUNDERS);
    anonymous.headers_mut().clear();
    let refused = Answer::of(&server, anonymous).await;
    let message = "flunders.wardle.example.com is forbidden: User \"system:anonymous\" cannot list resource \
                   \"flunders\" in API group \"wardle.example.com\" in the namespace \"a\"";
    assert_eq!(refused.status_of(), (403, "Forbidden".to_owned(), message.to_owned()));
    assert_eq!(refused.header("x-content-type-options"), Some("nosniff"));
    let mut anonymous = get("/healthz");
    anonymous.headers_mut().clear();
    assert_eq!(Answer::of(&server, anonymous).await.status, StatusCode::OK);
    let refused = Answer::of(&server, by("mallory", "/metrics")).await;
    let message = "forbidden: User \"mallory\" cannot get path \"/metrics\": nobody trusts mallory";
    assert_eq!(refused.status_of().2, message);
}

/// Who may ask on behalf of somebody else is taken for that one from then on.
#[tokio::test]
async fn s154_users_may_ask_on_behalf_of_others() {
    let server = echo();
    let as_mallory = |request| with(request, "impersonate-user", "mallory");
    let refused = Answer::of(&server, as_mallory(get(FLUNDERS))).await;
    let message = "flunders.wardle.example.com is forbidden: User \"mallory\" cannot list resource \"flunders\" in API \
                   group \"wardle.example.com\" in the namespace \"a\": nobody trusts mallory";
    assert_eq!(refused.status_of(), (403, "Forbidden".to_owned(), message.to_owned()));
    let by_mallory = with(get(FLUNDERS), "authorization", "Bearer mallory");
    let refused = Answer::of(&server, with(by_mallory, "impersonate-user", "ann")).await;
    let message = "users \"ann\" is forbidden: User \"mallory\" cannot impersonate resource \"users\" in API group \"\" at \
                   the cluster scope: nobody trusts mallory";
    assert_eq!(refused.status_of().2, message);
}

/// A connection over HTTP/2 that nobody is known behind is given up.
#[tokio::test]
async fn s151_connections_of_strangers_are_closed() {
    let served = Served::with(Echo, ServerOptions::default()).await;
    let mut client = served.http2().await;
    let bad = with(get(FLUNDERS), "authorization", "Bearer bad");
    assert_eq!(client.send(bad).await.status, StatusCode::UNAUTHORIZED);
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        if client.begin(get(FLUNDERS)).await.is_err() {
            return;
        }
    }
    panic!("the connection goes on");
}

/// What is not there yet may come, as long as not everything is there.
#[tokio::test]
async fn s170_what_is_not_found_may_come() {
    let server = echo();
    server.set_complete(false);
    let answer = Answer::of(&server, get("/nowhere")).await;
    let (code, reason, _) = answer.status_of();
    assert_eq!(
        (code, reason.as_str(), answer.header("retry-after")),
        (503, "ServiceUnavailable", Some("5"))
    );
    assert_eq!(Answer::of(&server, get("/healthz")).await.status, StatusCode::OK);
    server.set_complete(true);
    assert_eq!(Answer::of(&server, get("/nowhere")).await.status, StatusCode::NOT_FOUND);
}

/// Warnings are headers.
#[tokio::test]
async fn s051_warnings_are_headers() {
    let server = Server::with_endpoints(parts(ServerOptions::default()), Arc::new(Moody::default()));
    let answer = Answer::of(&server, get(&flunder("warns"))).await;
    let warnings = answer
        .headers
        .get_all("warning")
        .iter()
        .filter_map(|value| value.to_str().ok());
    assert!(warnings.into_iter().any(|warning| warning == "299 - \"careful\""));
}
