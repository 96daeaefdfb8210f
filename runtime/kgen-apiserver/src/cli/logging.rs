//! What the server tells of itself, on the standard error.

use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::config::v1alpha1::{LogFormat, Logging};

/// Begins to tell. A program that has a subscriber of its own keeps it.
pub(super) fn start(logging: &Logging) {
    let own = match logging.verbosity {
        ..=3 => Level::INFO,
        4..=5 => Level::DEBUG,
        6.. => Level::TRACE,
    };
    let others = if logging.verbosity > 7 {
        Level::DEBUG
    } else {
        Level::WARN
    };
    let requests = if logging.verbosity > 2 {
        Level::INFO
    } else {
        Level::WARN
    };
    let filter = Targets::new()
        .with_default(others)
        .with_target("kgen_apiserver", own)
        .with_target("kgen_apiserver::access", requests);
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let registry = tracing_subscriber::registry().with(filter);
    let _ = match logging.format {
        Some(LogFormat::Json) => registry.with(lines.json()).try_init(),
        Some(LogFormat::Text) | None => registry.with(lines.with_target(false)).try_init(),
    };
}
