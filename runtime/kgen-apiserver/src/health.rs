//! Whether a server is well: `/healthz`, `/livez` and `/readyz`, each with what it looks at.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, join_all};
use http::StatusCode;
use http::header::{HeaderValue, X_CONTENT_TYPE_OPTIONS};

use crate::request::Query;
use crate::response::{Response, response};

const TEXT: &str = "text/plain; charset=utf-8";

/// One of the questions that tell whether a server is well.
#[derive(Clone)]
pub struct Check {
    name: String,
    probe: Arc<dyn Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync>,
}

impl Check {
    /// A question by its name, which is part of paths. What is wrong is for the log; clients are not told.
    pub fn new<F>(name: impl Into<String>, probe: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<(), String>> + Send + 'static,
    {
        Self {
            name: name.into(),
            probe: Arc::new(move || probe().boxed()),
        }
    }

    /// What is always well, as long as there is an answer at all.
    pub(crate) fn ping() -> Self {
        Self::new("ping", || std::future::ready(Ok(())))
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Check").field(&self.name).finish()
    }
}

/// The three endpoints, each with its checks.
#[derive(Debug, Default)]
pub(crate) struct Health {
    endpoints: [Vec<Check>; 3],
}

/// The endpoints' names in paths and messages.
const ENDPOINTS: [&str; 3] = ["healthz", "livez", "readyz"];

/// Which checks a path asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    name: &'static str,
    checks: &'a [Check],
    is_single: bool,
}

impl Health {
    /// The checks of all three, and those of `/readyz` alone.
    pub(crate) fn new(checks: Vec<Check>, of_readiness: impl IntoIterator<Item = Check>) -> Self {
        let ready = checks.iter().cloned().chain(of_readiness).collect();
        Self {
            endpoints: [checks.clone(), checks, ready],
        }
    }

    /// What is asked for at a path, if anything is.
    pub(crate) fn find(&self, path: &str) -> Option<Asked<'_>> {
        let path = path.strip_prefix('/')?;
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        let index = ENDPOINTS.iter().position(|name| *name == first)?;
        let (name, checks) = (ENDPOINTS[index], self.endpoints[index].as_slice());
        if rest.is_empty() {
            return Some(Asked {
                name,
                checks,
                is_single: false,
            });
        }
        let single = checks.iter().find(|check| check.name == rest)?;
        Some(Asked {
            name,
            checks: std::slice::from_ref(single),
            is_single: true,
        })
    }

    /// How all checks are now, by the endpoint and by their names.
    pub(crate) async fn all(&self) -> Vec<(&'static str, &str, bool)> {
        let endpoints = ENDPOINTS.into_iter().zip(&self.endpoints);
        let checks = endpoints.flat_map(|(endpoint, checks)| checks.iter().map(move |check| (endpoint, check)));
        let asked = checks.map(|(endpoint, check)| async move {
            let result = (check.probe)().await;
            (endpoint, check.name.as_str(), result.is_ok())
        });
        join_all(asked).await
    }

    /// The paths of all of it.
    pub(crate) fn paths(&self) -> Vec<String> {
        let of_endpoint = |(name, checks): (&&str, &Vec<Check>)| {
            let single = checks.iter().map(|check| format!("/{name}/{}", check.name));
            std::iter::once(format!("/{name}")).chain(single).collect::<Vec<_>>()
        };
        ENDPOINTS.iter().zip(&self.endpoints).flat_map(of_endpoint).collect()
    }
}

impl Asked<'_> {
    /// The path without the name of a single check, for metrics.
    pub(crate) fn path(&self) -> &'static str {
        match self.name {
            "livez" => "/livez",
            "readyz" => "/readyz",
            _ => "/healthz",
        }
    }

    /// Asks, and tells.
    pub(crate) async fn answer(&self, query: &Query) -> Response {
        if self.is_single {
            let results = join_all(self.checks.iter().map(|check| (check.probe)())).await;
            return match results.into_iter().find_map(Result::err) {
                Some(error) => text(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    format!("internal server error: {error}\n"),
                ),
                None => text(StatusCode::OK, "ok".to_owned()),
            };
        }
        let mut excluded: BTreeSet<&str> = query.all("exclude").flat_map(|names| names.split(',')).collect();
        excluded.remove("");
        let (skipped, asked): (Vec<_>, Vec<_>) = self
            .checks
            .iter()
            .partition(|check| excluded.contains(check.name.as_str()));
        let results = join_all(asked.iter().map(|check| (check.probe)())).await;
        let mut results = asked
            .iter()
            .map(|check| check.name.as_str())
            .zip(results)
            .collect::<Vec<_>>();
        let mut lines = String::new();
        let mut is_well = true;
        for check in self.checks {
            let result = results.iter_mut().find(|(name, _)| *name == check.name);
            let line = match result.map(|(_, result)| result) {
                None => format!("[+]{} excluded: ok\n", check.name),
                Some(Ok(())) => format!("[+]{} ok\n", check.name),
                Some(Err(error)) => {
                    is_well = false;
                    tracing::warn!(check = check.name, error, "a health check fails");
                    format!("[-]{} failed: reason withheld\n", check.name)
                }
            };
            lines.push_str(&line);
        }
        let known: BTreeSet<&str> = skipped.iter().map(|check| check.name.as_str()).collect();
        let unknown: Vec<String> = excluded.difference(&known).map(|name| format!("{name:?}")).collect();
        if !unknown.is_empty() {
            let names = unknown.join(", ");
            lines.push_str(&format!(
                "warn: some health checks cannot be excluded: no matches for {names}\n"
            ));
        }
        match (is_well, query.get("verbose")) {
            (false, _) => text(
                StatusCode::INTERNAL_SERVER_ERROR,
                format!("{lines}{} check failed\n", self.name),
            ),
            (true, None) => text(StatusCode::OK, "ok".to_owned()),
            (true, Some(_)) => text(StatusCode::OK, format!("{lines}{} check passed\n", self.name)),
        }
    }
}

fn text(status: StatusCode, text: String) -> Response {
    let mut response = response(status, TEXT, text);
    response
        .headers_mut()
        .insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
