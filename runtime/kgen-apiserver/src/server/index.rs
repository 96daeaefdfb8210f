//! The paths that there are.

use serde::Serialize;

use super::Shared;

#[derive(Serialize)]
struct Index {
    paths: Vec<String>,
}

/// The document at `/`.
pub(super) fn json(shared: &Shared) -> String {
    let mut paths = shared.discovery.paths();
    paths.extend(shared.health.paths());
    paths.extend(shared.documents.paths());
    paths.extend(["/metrics", "/metrics/slis", "/version"].map(str::to_owned));
    paths.sort();
    paths.dedup();
    serde_json::to_string_pretty(&Index { paths }).expect("texts are JSON")
}
