//! What is too long, too much or fails, and harms nothing else.

use std::sync::Arc;
use std::time::Duration;

use http::{Method, StatusCode};
use kgen_apiserver::server::{HttpOptions, Server, ServerOptions};

use crate::fixture::{Answer, Echo, FLUNDERS, Moody, Served, flunder, get, parts, posted, request, with};

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
