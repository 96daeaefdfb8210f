//! What happens to every request before and after the endpoints answer it.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::{Method, Request, StatusCode};
use http_body_util::Full;
use kgen_apiserver::audit::{AuditLog, AuditOptions};
use kgen_apiserver::failure::Failure;
use kgen_apiserver::request::Verb;
use kgen_apiserver::resource::Resources;
use kgen_apiserver::response::{Body, Response, response};
use kgen_apiserver::server::{Endpoints, HttpOptions, Server, ServerOptions};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::fixture::{Answer, Echo, Served, get, parts, request, with};

const FLUNDERS: &str = "/apis/wardle.example.com/v1alpha1/namespaces/a/flunders";
const FISCHERS: &str = "/apis/wardle.example.com/v1alpha1/fischers";

fn echo() -> Server {
    Server::with_endpoints(parts(ServerOptions::default()), Arc::new(Echo))
}

fn flunder(name: &str) -> String {
    format!("{FLUNDERS}/{name}")
}

fn posted(path: &str, body: Vec<u8>) -> Request<Full<Bytes>> {
    request(Method::POST, path).map(|_| Full::from(body))
}

/// Endpoints that do what the name of the object says.
#[derive(Clone, Default)]
struct Moody {
    entered: Arc<Notify>,
    go_on: Arc<Notify>,
}

#[async_trait]
impl Endpoints for Moody {
    async fn answer(&self, _: &Resources, request: kgen_apiserver::request::Request) -> Result<Response, Failure> {
        match request.resource.name.as_str() {
            "panics" => panic!("the handler of a test panics"),
            "sleeps" => tokio::time::sleep(Duration::from_secs(3600)).await,
            "waits" => {
                self.entered.notify_one();
                self.go_on.notified().await;
            }
            "warns" => request.warnings.add("careful"),
            _ => {}
        }
        if request.resource.verb == Verb::Watch {
            let first = stream::once(async { Ok(Bytes::from_static(b"{}\n")) });
            let fault = stream::once(async {
                tokio::time::sleep(Duration::from_millis(50)).await;
                panic!("the stream of a test panics")
            });
            return Ok(Response::new(Body::stream(first.chain(fault))));
        }
        Ok(response(StatusCode::OK, "application/json", "{}\n"))
    }
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

/// A request that takes too long is given up, after the time that the client asks for.
#[tokio::test(start_paused = true)]
async fn s166_requests_end_in_time() {
    let server = Server::with_endpoints(parts(ServerOptions::default()), Arc::new(Moody::default()));
    for (method, query, seconds) in [
        (Method::GET, "", 60),
        (Method::GET, "?timeout=5s", 5),
        (Method::GET, "?timeout=0s", 60),
        (Method::GET, "?timeout=2h", 60),
        (Method::PUT, "", 34),
    ] {
        let began = tokio::time::Instant::now();
        let path = format!("{}{query}", flunder("sleeps"));
        let answer = Answer::of(&server, request(method, &path)).await;
        let message = "Timeout: request did not complete within the allotted timeout";
        assert_eq!(answer.status_of(), (504, "Timeout".to_owned(), message.to_owned()));
        assert_eq!(began.elapsed().as_secs(), seconds, "{query}");
    }
    for timeout in ["5", "-1s", "soon"] {
        let answer = Answer::of(&server, get(&format!("{}?timeout={timeout}", flunder("x")))).await;
        let (code, reason, message) = answer.status_of();
        assert_eq!((code, reason.as_str()), (400, "BadRequest"));
        assert!(
            message.starts_with("invalid timeout specified in the request URL"),
            "{message}"
        );
    }
}

/// Requests beyond the limit are turned away, except those that clusters depend on.
#[tokio::test]
async fn s167_no_more_requests_than_may_be_are_answered_at_once() {
    let options = ServerOptions {
        max_reading: 1,
        max_mutating: 1,
        ..ServerOptions::default()
    };
    let moody = Moody::default();
    let server = Server::with_endpoints(parts(options), Arc::new(moody.clone()));
    for (method, other) in [(Method::GET, Method::PUT), (Method::PUT, Method::GET)] {
        let (busy, slow) = (server.clone(), request(method.clone(), &flunder("waits")));
        let slow = tokio::spawn(async move { Answer::of(&busy, slow).await });
        moody.entered.notified().await;
        let refused = Answer::of(&server, request(method.clone(), &flunder("x"))).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(refused.text(), "Too many requests, please try again later.\n");
        assert_eq!(refused.header("retry-after"), Some("1"));
        let root = with(request(method, &flunder("x")), "authorization", "Bearer root");
        assert_eq!(Answer::of(&server, root).await.status, StatusCode::OK);
        for exempt in [
            request(other, &flunder("x")),
            get("/healthz"),
            get("/apis"),
            get(&format!("{FLUNDERS}?watch=1")),
        ] {
            let uri = exempt.uri().clone();
            assert_eq!(server.handle(exempt, &[]).await.status(), StatusCode::OK, "{uri}");
        }
        moody.go_on.notify_one();
        assert_eq!(slow.await.expect("it ends").status, StatusCode::OK);
    }
    assert_eq!(Answer::of(&server, get(&flunder("x"))).await.status, StatusCode::OK);
}

/// A fault in one request is answered, and harms no other, not even on the same connection.
#[tokio::test]
async fn s168_a_panic_harms_no_other_request() {
    let moody = Moody::default();
    let served = Served::with(moody.clone(), ServerOptions::default()).await;
    for mut client in [served.http1().await, served.http2().await] {
        let answer = client.send(get(&flunder("panics"))).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        let text = "This request caused apiserver to panic. Look in the logs for details.\n";
        assert_eq!(answer.text(), text);
        assert_eq!(client.send(get(&flunder("x"))).await.status, StatusCode::OK);
    }
    let mut client = served.http2().await;
    let watch = client
        .begin(get(&format!("{FLUNDERS}?watch=1")))
        .await
        .expect("it is answered");
    assert_eq!(watch.status(), StatusCode::OK);
    let broken = http_body_util::BodyExt::collect(watch.into_body()).await;
    assert!(broken.is_err(), "the stream breaks off");
    assert_eq!(client.send(get(&flunder("x"))).await.status, StatusCode::OK);
}

/// Who connects and says nothing is not waited for.
#[tokio::test]
async fn s166_silent_connections_are_closed() {
    let options = ServerOptions {
        http: HttpOptions {
            handshake_timeout: Duration::from_millis(100),
            ..HttpOptions::default()
        },
        ..ServerOptions::default()
    };
    let served = Served::with(Echo, options).await;
    let mut silent = tokio::net::TcpStream::connect(served.address)
        .await
        .expect("the server listens");
    let mut bytes = Vec::new();
    let closed = tokio::io::AsyncReadExt::read_to_end(&mut silent, &mut bytes);
    tokio::time::timeout(Duration::from_secs(10), closed)
        .await
        .expect("the server closes")
        .ok();
    assert_eq!(
        served.http2().await.send(get(&flunder("x"))).await.status,
        StatusCode::OK
    );
}

/// Bodies have a limit, and those below it arrive whole.
#[tokio::test]
async fn s166_bodies_have_a_limit() {
    let served = Served::with(Echo, ServerOptions::default()).await;
    let limit = 3 * 1024 * 1024;
    let whole = served.http2().await.send(posted(FLUNDERS, vec![b'x'; limit])).await;
    assert_eq!(whole.text(), format!("create flunders {limit}"));
    let refused = served.http2().await.send(posted(FLUNDERS, vec![b'x'; limit + 1])).await;
    let message = "Request entity too large: limit is 3145728";
    assert_eq!(
        refused.status_of(),
        (413, "RequestEntityTooLarge".to_owned(), message.to_owned())
    );
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

/// It is told who asked for what, and what came of it.
#[tokio::test]
async fn s172_it_is_told_who_asked_for_what() {
    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);
    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().write(bytes)
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let lines = Lines::default();
    let options = AuditOptions {
        omitted_paths: vec!["/healthz".to_owned()],
        ..AuditOptions::default()
    };
    let log = AuditLog::new(lines.clone(), options).expect("there can be a thread");
    let options = ServerOptions {
        audit: Some(log.clone()),
        ..ServerOptions::default()
    };
    let server = Server::with_endpoints(parts(options), Arc::new(Echo));
    let for_bob = with(get(&format!("{}?pretty=1", flunder("x"))), "impersonate-user", "bob");
    Answer::of(&server, with(for_bob, "audit-id", "one")).await;
    Answer::of(&server, with(get("/metrics"), "authorization", "Bearer mallory")).await;
    Answer::of(&server, get("/healthz")).await;
    log.flush();
    let text = lines.0.lock().clone();
    let events: Vec<Value> = text
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).expect("each line is JSON"))
        .collect();
    let stages: Vec<&str> = events.iter().filter_map(|event| event["stage"].as_str()).collect();
    assert_eq!(
        stages,
        [
            "RequestReceived",
            "ResponseComplete",
            "RequestReceived",
            "ResponseComplete"
        ]
    );
    let done = &events[1];
    assert_eq!(
        (&done["kind"], &done["apiVersion"]),
        (&json!("Event"), &json!("audit.k8s.io/v1"))
    );
    assert_eq!(
        (&done["auditID"], &done["verb"], &done["level"]),
        (&json!("one"), &json!("get"), &json!("Metadata"))
    );
    assert_eq!(done["requestURI"], format!("{}?pretty=1", flunder("x")));
    assert_eq!(done["user"]["username"], "alice");
    assert_eq!(done["impersonatedUser"]["username"], "bob");
    assert_eq!(done["objectRef"]["name"], "x");
    assert_eq!(done["responseStatus"]["code"], 200);
    assert_eq!(done["annotations"]["authorization.k8s.io/decision"], "allow");
    assert_eq!(events[3]["responseStatus"]["code"], 403);
    assert_eq!(
        events[3]["annotations"]["authorization.k8s.io/reason"],
        "nobody trusts mallory"
    );
}
