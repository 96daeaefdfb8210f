//! What is written down of requests.

use std::io::Write;
use std::sync::Arc;

use kgen_apiserver::audit::{AuditLog, AuditOptions};
use kgen_apiserver::server::{Server, ServerOptions};
use parking_lot::Mutex;
use serde_json::{Value, json};

use crate::fixture::{Answer, Echo, flunder, get, parts, with};

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
