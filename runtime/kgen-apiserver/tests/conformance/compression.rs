//! Watches that are compressed, over both versions of HTTP.

use std::io::Write as _;

use flate2::write::GzDecoder;
use http::Method;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use kgen_apiserver::server::{Server, ServerOptions};
use serde_json::{Value, json};

use crate::fixture::{Client, Served, get, parts, request, with};

const FLUNDERS: &str = "/apis/wardle.example.com/v1alpha1/namespaces/a/flunders";
const STATE: &str = "watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";

async fn create(client: &mut Client, name: &str, filler: &str) {
    let flunder = json!({
        "apiVersion": "wardle.example.com/v1alpha1", "kind": "Flunder",
        "metadata": {"name": name, "annotations": {"filler": filler}},
    });
    let create = request(Method::POST, FLUNDERS).map(|_| Full::from(flunder.to_string()));
    let answer = client.send(with(create, "content-type", "application/json")).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
}

/// What was received of a stream.
struct Received {
    bytes: usize,
    text: GzDecoder<Vec<u8>>,
}

impl Received {
    fn nothing() -> Self {
        Self {
            bytes: 0,
            text: GzDecoder::new(Vec::new()),
        }
    }

    /// Waits until the last event holds this text.
    async fn until(&mut self, stream: &mut Incoming, wanted: &str) {
        while !self.last().contains(wanted) {
            let frame = stream.frame().await.expect("the watch goes on").expect("it arrives");
            let data = frame.data_ref().expect("it has data");
            self.bytes += data.len();
            self.text.write_all(data).expect("it is compressed");
            self.text.flush().expect("it is compressed");
        }
    }

    fn text(&self) -> &str {
        str::from_utf8(self.text.get_ref()).expect("it is text")
    }

    fn last(&self) -> &str {
        self.text().lines().last().unwrap_or_default()
    }
}

/// A watch that is asked for the state is compressed if the client can read that. What happens later can be read at once.
#[tokio::test]
async fn s030_watches_that_begin_with_the_state_are_compressed() {
    let served = Served::start(Server::new(parts(ServerOptions::default()))).await;
    let mut writer = served.http2().await;
    for number in 0..20 {
        create(&mut writer, &format!("f{number:02}"), &"x".repeat(10_000)).await;
    }
    for (name, mut watcher) in [("y", served.http1().await), ("z", served.http2().await)] {
        let watch = with(get(&format!("{FLUNDERS}?{STATE}")), "accept-encoding", "gzip, br");
        let response = watcher.begin(watch).await.expect("it is answered");
        assert_eq!(response.headers()["content-encoding"], "gzip");
        assert_eq!(response.headers()["vary"], "Accept-Encoding");
        let mut stream = response.into_body();
        let mut received = Received::nothing();
        received.until(&mut stream, "k8s.io/initial-events-end").await;
        assert!(received.text().len() > 200_000);
        assert!(received.bytes < 20_000, "{} bytes were sent", received.bytes);
        create(&mut writer, name, "later").await;
        let later = format!(r#""name":"{name}""#);
        received.until(&mut stream, &later).await;
        let event: Value = serde_json::from_str(received.last()).expect("it is one event");
        assert_eq!(
            (&event["type"], &event["object"]["metadata"]["name"]),
            (&json!("ADDED"), &json!(name))
        );
    }
}

/// Other watches are not compressed, and neither are those of clients that cannot read it.
#[tokio::test]
async fn s030_other_watches_are_not_compressed() {
    let served = Served::start(Server::new(parts(ServerOptions::default()))).await;
    create(&mut served.http2().await, "a", &"x".repeat(10_000)).await;
    for (query, accepted) in [(STATE, "identity"), (STATE, "gzip;q=0"), ("watch=1", "gzip")] {
        let mut client = served.http2().await;
        let watch = with(get(&format!("{FLUNDERS}?{query}")), "accept-encoding", accepted);
        let response = client.begin(watch).await.expect("it is answered");
        assert!(
            !response.headers().contains_key("content-encoding"),
            "{query} {accepted}"
        );
        let frame = response
            .into_body()
            .frame()
            .await
            .expect("there is an event")
            .expect("it arrives");
        assert!(
            frame
                .data_ref()
                .expect("it has data")
                .starts_with(br#"{"type":"ADDED","#)
        );
    }
}
