//! How a server ends.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::StatusCode;
use http_body_util::BodyExt;
use kgen_apiserver::failure::Failure;
use kgen_apiserver::request::Verb;
use kgen_apiserver::resource::Resources;
use kgen_apiserver::response::{Body, Response, response};
use kgen_apiserver::server::{Endpoints, ServerOptions, ShutdownOptions};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::time::timeout;

use crate::fixture::{FLUNDERS, Served, get};

const PATIENCE: Duration = Duration::from_secs(10);

/// Watches that last for ever, and requests that wait until they may go on.
#[derive(Clone, Default)]
struct Slow {
    entered: Arc<Notify>,
    go_on: Arc<Notify>,
}

#[async_trait]
impl Endpoints for Slow {
    async fn answer(&self, _: &Resources, request: kgen_apiserver::request::Request) -> Result<Response, Failure> {
        if request.resource.verb == Verb::Watch {
            let first = stream::once(async { Ok(Bytes::from_static(b"{}\n")) });
            return Ok(Response::new(Body::stream(first.chain(stream::pending()))));
        }
        self.entered.notify_one();
        self.go_on.notified().await;
        Ok(response(StatusCode::OK, "application/json", "{}\n"))
    }
}

/// First the server says that it is not ready, while it still answers; then nobody can connect; requests that were taken
/// are answered, and watches end as if nothing had happened.
#[tokio::test]
async fn s169_a_server_ends_in_order() {
    let slow = Slow::default();
    let options = ServerOptions {
        shutdown: ShutdownOptions {
            delay: Duration::from_millis(500),
            watch_grace: Duration::from_millis(50),
            ..ShutdownOptions::default()
        },
        ..ServerOptions::default()
    };
    let mut served = Served::with(slow.clone(), options).await;
    let (mut first, mut second, mut third) = (served.http2().await, served.http1().await, served.http2().await);
    let watches = [
        first
            .begin(get(&format!("{FLUNDERS}?watch=1")))
            .await
            .expect("it is answered"),
        second
            .begin(get(&format!("{FLUNDERS}?watch=1")))
            .await
            .expect("it is answered"),
    ];
    let waiting = tokio::spawn(async move { third.send(get(FLUNDERS)).await });
    slow.entered.notified().await;
    assert_eq!(served.http1().await.send(get("/readyz")).await.status, StatusCode::OK);

    served.stop();
    let mut late = served.http1().await;
    loop {
        let ready = late.send(get("/readyz")).await;
        if ready.status == StatusCode::INTERNAL_SERVER_ERROR {
            assert!(
                ready.text().contains("[-]shutdown failed: reason withheld\n"),
                "{}",
                ready.text()
            );
            break;
        }
    }
    assert_eq!(late.send(get("/livez")).await.status, StatusCode::OK);

    for watch in watches {
        let body = timeout(PATIENCE, watch.into_body().collect()).await.expect("it ends");
        assert_eq!(body.expect("it ends well").to_bytes(), "{}\n");
    }
    assert!(TcpStream::connect(served.address).await.is_err(), "nobody listens");
    assert!(!served.task.is_finished(), "a request still waits");
    slow.go_on.notify_one();
    assert_eq!(waiting.await.expect("it is answered").status, StatusCode::OK);
    timeout(PATIENCE, served.task)
        .await
        .expect("it ends")
        .expect("it does not panic")
        .expect("it ends well");
}

/// A server that says so sends late requests elsewhere, except those that ask how it is.
#[tokio::test]
async fn s169_late_requests_are_sent_elsewhere() {
    let slow = Slow::default();
    let options = ServerOptions {
        shutdown: ShutdownOptions {
            send_retry_after: true,
            watch_grace: Duration::from_millis(2000),
            ..ShutdownOptions::default()
        },
        ..ServerOptions::default()
    };
    let mut served = Served::with(slow, options).await;
    let mut watcher = served.http2().await;
    let mut watches = Vec::new();
    // So many that it takes some time to end them.
    for _ in 0..200 {
        watches.push(
            watcher
                .begin(get(&format!("{FLUNDERS}?watch=1")))
                .await
                .expect("it is answered"),
        );
    }
    served.stop();
    loop {
        let late = served.http1().await.send(get("/apis")).await;
        if late.status == StatusCode::TOO_MANY_REQUESTS {
            assert_eq!(
                (late.header("retry-after"), late.header("connection")),
                (Some("5"), Some("close"))
            );
            break;
        }
    }
    assert_eq!(served.http1().await.send(get("/livez")).await.status, StatusCode::OK);
    for watch in watches {
        let body = timeout(PATIENCE, watch.into_body().collect()).await.expect("it ends");
        assert!(body.is_ok(), "it ends well");
    }
    timeout(PATIENCE, served.task)
        .await
        .expect("it ends")
        .expect("it does not panic")
        .expect("it ends well");
}
