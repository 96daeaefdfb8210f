//! Whole requests: a line with the method and the target, headers, and a body behind an empty line.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use kgen_apiserver::auth::{Authenticators, StaticToken, User};
use kgen_apiserver::openapi::Documents;
use kgen_apiserver::server::{Server, ServerOptions, ServerParts};
use tokio::time::timeout;

use super::server::{self, Everybody};

/// How long answers are read that do not end.
const PATIENCE: Duration = Duration::from_millis(2);

/// Its objects are deleted in earnest, so they are its own.
static STORE: LazyLock<server::Server> = LazyLock::new(server::server);

static WHOLE: LazyLock<Server> = LazyLock::new(|| {
    let user = User {
        name: "ann".to_owned(),
        ..User::default()
    };
    Server::new(ServerParts {
        resources: STORE.resources.clone(),
        documents: Documents::of(&STORE.api),
        authenticator: Arc::new(Authenticators::new(
            vec![Arc::new(StaticToken::new("token", user))],
            true,
        )),
        authorizer: Arc::new(Everybody),
        options: ServerOptions::default(),
    })
});

/// Whole requests, as they come from the network. An answer of JSON is JSON.
pub fn exchange(data: &[u8]) {
    let Some(request) = request(data) else {
        return;
    };
    STORE.restore();
    let (method, target) = (request.method().clone(), request.uri().clone());
    STORE.runtime.block_on(async {
        let (head, mut body) = WHOLE.handle(request, &[]).await.into_parts();
        assert_ne!(head.status, 500, "{method} {target}");
        let mut text = Vec::new();
        let is_whole = loop {
            match timeout(PATIENCE, body.frame()).await {
                Ok(Some(frame)) => text.extend(frame.ok().and_then(|frame| frame.into_data().ok()).unwrap_or_default()),
                Ok(None) => break true,
                Err(_) => break false,
            }
        };
        let is_json = head
            .headers
            .get("content-type")
            .is_some_and(|media_type| media_type == "application/json");
        let is_plain =
            !head.headers.contains_key("content-encoding") && !head.headers.contains_key("transfer-encoding");
        if is_whole && is_json && is_plain && !text.is_empty() {
            let documents = serde_json::Deserializer::from_slice(&text).into_iter::<serde_json::Value>();
            documents.for_each(|document| assert!(document.is_ok(), "{method} {target}: {document:?}"));
        }
    });
}

fn request(data: &[u8]) -> Option<http::Request<Full<Bytes>>> {
    let mut lines = data.split_inclusive(|byte| *byte == b'\n');
    let first = std::str::from_utf8(lines.next()?).ok()?;
    STORE.restore();
    let (method, target) = first.trim_end().split_once(' ')?;
    let mut request = http::Request::builder()
        .method(method)
        .uri(target)
        .version(http::Version::HTTP_11);
    let mut read = first.len();
    for line in lines {
        read += line.len();
        let line = line.trim_ascii_end();
        if line.is_empty() {
            break;
        }
        let at = line.iter().position(|byte| *byte == b':')?;
        request = request.header(&line[..at], line[at + 1..].trim_ascii_start());
    }
    request.body(Full::new(Bytes::copy_from_slice(&data[read..]))).ok()
}
