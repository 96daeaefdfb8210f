//! What a server counts, under the names that the Go servers use, as text for Prometheus.
//!
//! Each room counts for itself; what it counts is gathered when somebody asks. `docs/metrics.md` has the list.

mod admission;
mod cache;
mod exposition;
mod histogram;
mod process;
mod reviews;
mod store;
mod text;
mod users;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use parking_lot::RwLock;

pub use self::cache::CacheMetrics;
pub use self::reviews::ReviewMetrics;
pub use self::store::StoreMetrics;

pub(crate) use self::admission::{AdmissionMetrics, Step};
pub(crate) use self::exposition::CONTENT_TYPE;
pub(crate) use self::histogram::Histogram;
pub(crate) use self::store::StoreOperation;
pub(crate) use self::text::{Elsewhere, Stored};
pub(crate) use self::users::{Authentication, Authorization, UserMetrics};

use self::exposition::Exposition;
use self::histogram::{BYTES, EVENT_BYTES, LIFETIMES, SECONDS};

/// Everything that is counted.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    /// Group, version and resource by [`Key::endpoint`].
    endpoints: Vec<[String; 3]>,
    series: RwLock<HashMap<Key, Arc<Series>>>,
    /// Requests that are being answered and change nothing.
    pub(crate) reading: AtomicI64,
    /// Requests that are being answered and may change something.
    pub(crate) mutating: AtomicI64,
    /// Connections that ended before they were encrypted.
    pub(crate) handshake_errors: AtomicU64,
    /// Who asks, and what they may.
    pub(crate) users: UserMetrics,
    /// Events that were given to the audit log.
    pub(crate) audit_events: AtomicU64,
    /// Events that the audit log had no room for.
    pub(crate) audit_errors: AtomicU64,
    /// Handlers that panicked.
    pub(crate) panics: AtomicU64,
}

/// What requests are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Key {
    /// Which resource in which version; none for what is no resource.
    pub(crate) endpoint: Option<u32>,
    /// The verb as metrics spell it, such as `LIST`.
    pub(crate) verb: &'static str,
    /// What lies beneath an object, or the path of what is no resource.
    pub(crate) subresource: &'static str,
    /// `cluster`, `namespace`, `resource`, or nothing.
    pub(crate) scope: &'static str,
    /// Whether nothing is stored.
    pub(crate) dry_run: bool,
}

/// What is counted of requests that are alike.
#[derive(Debug)]
pub(crate) struct Series {
    codes: RwLock<BTreeMap<u16, AtomicU64>>,
    /// Requests that were answered with `Too Many Requests` or ran out of time before they were looked at.
    terminations: RwLock<BTreeMap<u16, AtomicU64>>,
    durations: Histogram,
    sizes: Histogram,
    event_sizes: Histogram,
    running: AtomicI64,
}

impl Metrics {
    pub(crate) fn new(endpoints: Vec<[String; 3]>) -> Self {
        Self {
            endpoints,
            ..Self::default()
        }
    }

    /// The series of a key.
    pub(crate) fn series(&self, key: Key) -> Arc<Series> {
        if let Some(known) = self.series.read().get(&key) {
            return known.clone();
        }
        self.series.write().entry(key).or_default().clone()
    }
}

/// The remaining lifetimes of certificates.
pub(crate) fn lifetimes() -> Histogram {
    Histogram::new(LIFETIMES)
}

/// What was gathered of those who ask the main API server, or look at certificates.
#[derive(Clone, Copy, Debug, Default)]
pub struct AuthMetrics<'a> {
    pub(crate) reviews: Option<&'a ReviewMetrics>,
    pub(crate) certificates: Option<&'a Histogram>,
}

impl AuthMetrics<'_> {
    /// What this has, and what only the other has.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            reviews: self.reviews.or(other.reviews),
            certificates: self.certificates.or(other.certificates),
        }
    }
}

/// How health checks are, as text: what `/metrics/slis` says.
pub(crate) fn health(checks: &[(&str, &str, bool)]) -> String {
    let mut to = Exposition::default();
    let name = "kubernetes_healthcheck";
    to.family(name, "gauge", "This metric records the result of a single healthcheck.");
    for (endpoint, check, is_well) in checks {
        to.sample(
            name,
            &[("name", check), ("type", endpoint)],
            f64::from(u8::from(*is_well)),
        );
    }
    to.into_text()
}

impl Key {
    fn dry_run(&self) -> &'static str {
        if self.dry_run { "All" } else { "" }
    }
}

impl Default for Series {
    fn default() -> Self {
        Self {
            codes: RwLock::default(),
            terminations: RwLock::default(),
            durations: Histogram::new(SECONDS),
            sizes: Histogram::new(BYTES),
            event_sizes: Histogram::new(EVENT_BYTES),
            running: AtomicI64::new(0),
        }
    }
}

impl Series {
    /// A request was answered.
    pub(crate) fn answered(&self, code: u16, took: Duration, bytes: Option<usize>) {
        add(&self.codes, code);
        self.durations.observe(took.as_secs_f64());
        if let Some(bytes) = bytes {
            self.sizes.observe(bytes as f64);
        }
    }

    /// A request was cut off or turned away to save others.
    pub(crate) fn terminated(&self, code: u16) {
        add(&self.terminations, code);
    }

    /// A request began that may last for hours.
    pub(crate) fn began(&self) {
        self.running.fetch_add(1, Ordering::Relaxed);
    }

    /// It ended.
    pub(crate) fn ended(&self) {
        self.running.fetch_sub(1, Ordering::Relaxed);
    }

    /// It was sent an event.
    pub(crate) fn sent(&self, bytes: usize) {
        self.event_sizes.observe(bytes as f64);
    }
}

fn add(counters: &RwLock<BTreeMap<u16, AtomicU64>>, code: u16) {
    if let Some(counter) = counters.read().get(&code) {
        counter.fetch_add(1, Ordering::Relaxed);
        return;
    }
    counters
        .write()
        .entry(code)
        .or_default()
        .fetch_add(1, Ordering::Relaxed);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_told_apart_by_what_they_ask_for() {
        let names = ["wardle.example.com", "v1", "flunders"].map(str::to_owned);
        let metrics = Metrics::new(vec![names]);
        let key = Key {
            endpoint: Some(0),
            verb: "LIST",
            subresource: "",
            scope: "namespace",
            dry_run: false,
        };
        for _ in 0..2 {
            metrics.series(key).answered(200, Duration::from_millis(7), Some(100));
        }
        metrics
            .series(Key { endpoint: None, ..key })
            .answered(404, Duration::ZERO, None);
        let stored = Stored {
            group: "g",
            resource: "flunders",
            objects: Some(3),
            store: None,
            cache: None,
        };
        let text = metrics.text(&Elsewhere {
            stored: vec![stored],
            ..Elsewhere::default()
        });
        let labels = "verb=\"LIST\",group=\"wardle.example.com\",version=\"v1\",resource=\"flunders\",subresource=\"\",\
                      scope=\"namespace\",component=\"apiserver\"";
        for line in [
            format!("apiserver_request_total{{{labels},dry_run=\"\",code=\"200\"}} 2"),
            format!("apiserver_request_duration_seconds_bucket{{{labels},dry_run=\"\",le=\"0.005\"}} 0"),
            format!("apiserver_request_duration_seconds_bucket{{{labels},dry_run=\"\",le=\"0.025\"}} 2"),
            format!("apiserver_request_duration_seconds_sum{{{labels},dry_run=\"\"}} 0.014"),
            format!("apiserver_request_sli_duration_seconds_bucket{{{labels},le=\"0.05\"}} 2"),
            format!("apiserver_response_sizes_count{{{labels}}} 2"),
            "apiserver_resource_objects{group=\"g\",resource=\"flunders\"} 3".to_owned(),
        ] {
            assert!(text.lines().any(|known| known == line), "{line}\n{text}");
        }
    }
}
