//! What is told of a request to who listens by `tracing`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use kgen_apiserver::server::{Server, ServerOptions};
use parking_lot::Mutex;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::fixture::{Answer, Echo, get, parts, with};

/// Remembers the fields of all spans and events by their targets.
#[derive(Clone, Default)]
struct Listener(Arc<Mutex<BTreeMap<String, Fields>>>);

#[derive(Clone, Default)]
struct Fields(BTreeMap<String, String>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("kgen_apiserver::")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(self.0.lock().entry(span.metadata().target().to_owned()).or_default());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(self.0.lock().entry("kgen_apiserver::request".to_owned()).or_default());
    }

    fn event(&self, event: &Event<'_>) {
        event.record(self.0.lock().entry(event.metadata().target().to_owned()).or_default());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Each request is a span with the names of OpenTelemetry, which knows the span of the caller; and a line in the log.
#[tokio::test]
async fn s174_requests_are_spans() {
    let listener = Listener::default();
    // Where there is but one listener, a test on another thread, which has none, decides for all that nobody listens.
    let _second = tracing::Dispatch::new(Listener::default());
    let _listens = tracing::subscriber::set_default(listener.clone());
    let server = Server::with_endpoints(parts(ServerOptions::default()), Arc::new(Echo));
    let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    let path = "/apis/wardle.example.com/v1alpha1/flunders";
    let request = with(get(&format!("{path}?limit=5")), "traceparent", parent);
    Answer::of(&server, with(request, "audit-id", "one")).await;
    let told = listener.0.lock().clone();
    let of = |target: &str, name: &str| {
        told.get(target)
            .and_then(|fields| fields.0.get(name))
            .cloned()
            .unwrap_or_default()
    };
    for (name, wanted) in [
        ("otel.name", "LIST"),
        ("otel.kind", "server"),
        ("http.request.method", "GET"),
        ("url.path", path),
        ("url.query", "limit=5"),
        ("traceparent", parent),
        ("audit_id", "one"),
        ("http.response.status_code", "200"),
    ] {
        assert_eq!(of("kgen_apiserver::request", name), wanted, "{name}");
    }
    assert_eq!(of("kgen_apiserver::access", "verb"), "list");
    assert_eq!(of("kgen_apiserver::access", "code"), "200");
}
