//! What a server counts, under the names that the Go servers use, as text for Prometheus.

mod exposition;
mod histogram;
mod process;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use parking_lot::RwLock;

pub(crate) use self::exposition::CONTENT_TYPE;
use self::exposition::Exposition;
use self::histogram::{BYTES, EVENT_BYTES, Histogram, SECONDS};

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
    /// Requests that brought credentials which nobody accepts.
    pub(crate) rejected_credentials: AtomicU64,
    /// Requests by users who are known.
    pub(crate) accepted_credentials: AtomicU64,
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

    /// All of it as text; `objects` are the numbers of stored objects by group and resource.
    pub(crate) fn text(&self, objects: &[(String, String, u64)]) -> String {
        let mut to = Exposition::default();
        let mut series: Vec<(Key, Arc<Series>)> = self.series.read().iter().map(|(key, s)| (*key, s.clone())).collect();
        series.sort_by_key(|(key, _)| *key);
        self.write_requests(&mut to, &series);
        self.write_long_running(&mut to, &series);
        self.write_server(&mut to);
        to.family(
            "apiserver_resource_objects",
            "gauge",
            "Number of stored objects at the time of last check split by kind.",
        );
        for (group, resource, count) in objects {
            let labels = [("group", group.as_str()), ("resource", resource.as_str())];
            to.sample("apiserver_resource_objects", &labels, *count as f64);
        }
        to.family(
            "apiserver_storage_objects",
            "gauge",
            "Number of stored objects at the time of last check split by kind.",
        );
        for (group, resource, count) in objects {
            let resource = format!("{resource}.{group}");
            to.sample("apiserver_storage_objects", &[("resource", &resource)], *count as f64);
        }
        process::write(&mut to);
        to.into_text()
    }

    fn write_requests(&self, to: &mut Exposition, series: &[(Key, Arc<Series>)]) {
        let name = "apiserver_request_total";
        to.family(
            name,
            "counter",
            "Counter of apiserver requests by what they ask for and HTTP response code.",
        );
        for (key, series) in series {
            for (code, count) in &*series.codes.read() {
                let code = code.to_string();
                let mut labels = self.labels(key).to_vec();
                labels.extend([("dry_run", key.dry_run()), ("code", &code)]);
                to.sample(name, &labels, count.load(Ordering::Relaxed) as f64);
            }
        }
        let name = "apiserver_request_terminations_total";
        to.family(
            name,
            "counter",
            "Number of requests which apiserver terminated in self-defense.",
        );
        for (key, series) in series {
            for (code, count) in &*series.terminations.read() {
                let code = code.to_string();
                let mut labels = self.labels(key).to_vec();
                labels.push(("code", &code));
                to.sample(name, &labels, count.load(Ordering::Relaxed) as f64);
            }
        }
        let durations = [
            (
                "apiserver_request_duration_seconds",
                "Response latency distribution in seconds.",
            ),
            (
                "apiserver_request_sli_duration_seconds",
                "Response latency distribution in seconds without what others took.",
            ),
        ];
        for (name, help) in durations {
            to.family(name, "histogram", help);
            for (key, series) in series.iter().filter(|(_, series)| series.durations.count() > 0) {
                let mut labels = self.labels(key).to_vec();
                labels.push(("dry_run", key.dry_run()));
                series.durations.write(to, name, &labels);
            }
        }
        let name = "apiserver_response_sizes";
        to.family(name, "histogram", "Response size distribution in bytes.");
        for (key, series) in series.iter().filter(|(_, series)| series.sizes.count() > 0) {
            series.sizes.write(to, name, &self.labels(key));
        }
    }

    fn write_long_running(&self, to: &mut Exposition, series: &[(Key, Arc<Series>)]) {
        let watches: Vec<_> = series.iter().filter(|(key, _)| key.verb == "WATCH").collect();
        let name = "apiserver_longrunning_requests";
        to.family(name, "gauge", "Gauge of all active long-running apiserver requests.");
        for (key, series) in &watches {
            to.sample(name, &self.labels(key), series.running.load(Ordering::Relaxed) as f64);
        }
        let name = "apiserver_watch_events_total";
        to.family(name, "counter", "Number of events sent in watch clients.");
        // The scope is no label here, so that what differs in it only counts as one.
        let mut events: BTreeMap<u32, (u64, Vec<&Arc<Series>>)> = BTreeMap::new();
        for (key, series) in &watches {
            let of_endpoint = events.entry(key.endpoint.unwrap_or(u32::MAX)).or_default();
            of_endpoint.0 += series.event_sizes.count();
            of_endpoint.1.push(series);
        }
        for (endpoint, (count, _)) in &events {
            to.sample(name, &self.names(Some(*endpoint)), *count as f64);
        }
        let name = "apiserver_watch_events_sizes";
        to.family(name, "histogram", "Watch event size distribution in bytes.");
        for (key, series) in &watches {
            let mut labels = self.names(key.endpoint).to_vec();
            labels.push(("scope", key.scope));
            series.event_sizes.write(to, name, &labels);
        }
    }

    fn write_server(&self, to: &mut Exposition) {
        let name = "apiserver_current_inflight_requests";
        to.family(name, "gauge", "Number of requests that are being answered, by kind.");
        for (kind, gauge) in [("mutating", &self.mutating), ("readOnly", &self.reading)] {
            to.sample(name, &[("request_kind", kind)], gauge.load(Ordering::Relaxed) as f64);
        }
        let name = "authentication_attempts";
        to.family(name, "counter", "Counter of authenticated attempts.");
        for (result, count) in [
            ("error", &self.rejected_credentials),
            ("success", &self.accepted_credentials),
        ] {
            to.sample(name, &[("result", result)], count.load(Ordering::Relaxed) as f64);
        }
        for (name, help, count) in [
            (
                "apiserver_tls_handshake_errors_total",
                "Number of requests dropped with 'TLS handshake error from' error.",
                &self.handshake_errors,
            ),
            (
                "apiserver_audit_event_total",
                "Counter of audit events generated and sent to the audit backend.",
                &self.audit_events,
            ),
            (
                "apiserver_audit_error_total",
                "Counter of audit events that failed to be audited properly.",
                &self.audit_errors,
            ),
            (
                "apiserver_handler_panics_total",
                "Counter of requests whose handler panicked.",
                &self.panics,
            ),
        ] {
            to.single(name, "counter", help, count.load(Ordering::Relaxed) as f64);
        }
    }

    fn names(&self, endpoint: Option<u32>) -> [(&'static str, &str); 3] {
        let names = endpoint.and_then(|endpoint| self.endpoints.get(endpoint as usize));
        let [group, version, resource] = names.map_or(["", "", ""], |names| names.each_ref().map(String::as_str));
        [("group", group), ("version", version), ("resource", resource)]
    }

    fn labels(&self, key: &Key) -> [(&'static str, &str); 7] {
        let [group, version, resource] = self.names(key.endpoint);
        let (subresource, scope) = (("subresource", key.subresource), ("scope", key.scope));
        [
            ("verb", key.verb),
            group,
            version,
            resource,
            subresource,
            scope,
            ("component", "apiserver"),
        ]
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
        let text = metrics.text(&[("g".to_owned(), "flunders".to_owned(), 3)]);
        let labels = "verb=\"LIST\",group=\"wardle.example.com\",version=\"v1\",resource=\"flunders\",subresource=\"\",\
                      scope=\"namespace\",component=\"apiserver\"";
        for line in [
            format!("apiserver_request_total{{{labels},dry_run=\"\",code=\"200\"}} 2"),
            format!("apiserver_request_duration_seconds_bucket{{{labels},dry_run=\"\",le=\"0.005\"}} 0"),
            format!("apiserver_request_duration_seconds_bucket{{{labels},dry_run=\"\",le=\"0.025\"}} 2"),
            format!("apiserver_request_duration_seconds_sum{{{labels},dry_run=\"\"}} 0.014"),
            format!("apiserver_response_sizes_count{{{labels}}} 2"),
            "apiserver_resource_objects{group=\"g\",resource=\"flunders\"} 3".to_owned(),
        ] {
            assert!(text.lines().any(|known| known == line), "{line}\n{text}");
        }
    }
}
