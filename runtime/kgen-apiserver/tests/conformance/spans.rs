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

/// Remembers the fields of all spans and events with their targets. Other tests are heard, too, since what is to be told
/// is decided for the whole process.
#[derive(Clone, Default)]
struct Listener(Arc<Mutex<Vec<(String, Fields)>>>);

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
        let mut fields = Fields::default();
        span.record(&mut fields);
        let mut told = self.0.lock();
        told.push((span.metadata().target().to_owned(), fields));
        Id::from_u64(told.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let index = span.into_u64() as usize - 1;
        values.record(&mut self.0.lock()[index].1);
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        self.0.lock().push((event.metadata().target().to_owned(), fields));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Each request is a span with the names of OpenTelemetry, which knows the span of the caller; and a line in the log.
#[tokio::test]
async fn s174_requests_are_spans() {
    let listener = Listener::default();
    tracing::subscriber::set_global_default(listener.clone()).expect("nobody else listens");
    let server = Server::with_endpoints(parts(ServerOptions::default()), Arc::new(Echo));
    let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    let path = "/apis/wardle.example.com/v1alpha1/flunders";
    let request = with(get(&format!("{path}?limit=5")), "traceparent", parent);
    Answer::of(&server, with(request, "audit-id", "of-spans")).await;
    let told = listener.0.lock().clone();
    let of = |target: &str, name: &str| {
        let is_own = |fields: &Fields| fields.0.get("audit_id").is_some_and(|id| id == "of-spans");
        let own = told.iter().find(|(known, fields)| known == target && is_own(fields));
        own.and_then(|(_, fields)| fields.0.get(name))
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
        ("audit_id", "of-spans"),
        ("http.response.status_code", "200"),
    ] {
        assert_eq!(of("kgen_apiserver::request", name), wanted, "{name}");
    }
    assert_eq!(of("kgen_apiserver::access", "verb"), "list");
    assert_eq!(of("kgen_apiserver::access", "code"), "200");
}
