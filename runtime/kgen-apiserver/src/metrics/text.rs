//! Everything that is counted as text.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::exposition::Exposition;
use super::histogram::{EVENT_BYTES, Histogram, SLI_SECONDS};
use super::{AdmissionMetrics, AuthMetrics, CacheMetrics, Key, Metrics, Series, StoreMetrics, cache, process, store};
use crate::server::VersionInfo;

/// What is counted elsewhere than in the server.
#[derive(Debug, Default)]
pub(crate) struct Elsewhere<'a> {
    /// What is stored.
    pub(crate) stored: Vec<Stored<'a>>,
    /// The bytes of each of the stores.
    pub(crate) sizes: Vec<u64>,
    /// How users are found.
    pub(crate) authentication: AuthMetrics<'a>,
    /// How it is decided what they may.
    pub(crate) authorization: AuthMetrics<'a>,
    /// How plugins see writes.
    pub(crate) admission: Option<&'a AdmissionMetrics>,
    /// What was built.
    pub(crate) version: Option<&'a VersionInfo>,
}

/// What is known of the objects of a resource.
#[derive(Debug)]
pub(crate) struct Stored<'a> {
    /// The group.
    pub(crate) group: &'a str,
    /// The resource.
    pub(crate) resource: &'a str,
    /// How many objects there are, if that could be found out.
    pub(crate) objects: Option<u64>,
    /// What is counted of its store.
    pub(crate) store: Option<&'a StoreMetrics>,
    /// What is counted of its cache.
    pub(crate) cache: Option<&'a CacheMetrics>,
}

impl Stored<'_> {
    fn labels(&self) -> [(&'static str, &str); 2] {
        [("group", self.group), ("resource", self.resource)]
    }
}

impl Metrics {
    /// All of it as text, with what is counted elsewhere.
    pub(crate) fn text(&self, elsewhere: &Elsewhere<'_>) -> String {
        let mut to = Exposition::default();
        let mut series: Vec<(Key, Arc<Series>)> = self.series.read().iter().map(|(key, s)| (*key, s.clone())).collect();
        series.sort_by_key(|(key, _)| *key);
        self.write_requests(&mut to, &series);
        self.write_long_running(&mut to, &series);
        self.write_server(&mut to);
        write_stored(&mut to, elsewhere);
        if let Some(reviews) = elsewhere.authentication.reviews {
            reviews.write(&mut to, "apiserver_delegated_authn");
        }
        if let Some(reviews) = elsewhere.authorization.reviews {
            reviews.write(&mut to, "apiserver_delegated_authz");
        }
        if let Some(certificates) = elsewhere.authentication.certificates {
            let name = "apiserver_client_certificate_expiration_seconds";
            let help = "Distribution of the remaining lifetime on the certificate used to authenticate a request.";
            to.family(name, "histogram", help);
            certificates.write(&mut to, name, &[]);
        }
        if let Some(admission) = elsewhere.admission {
            admission.write(&mut to);
        }
        if let Some(version) = elsewhere.version {
            write_version(&mut to, version);
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
        let name = "apiserver_request_duration_seconds";
        to.family(name, "histogram", "Response latency distribution in seconds.");
        for (key, series) in series.iter().filter(|(_, series)| series.durations.count() > 0) {
            let mut labels = self.labels(key).to_vec();
            labels.push(("dry_run", key.dry_run()));
            series.durations.write(to, name, &labels);
        }
        let name = "apiserver_request_sli_duration_seconds";
        to.family(
            name,
            "histogram",
            "Response latency distribution in seconds without what others took.",
        );
        // Whether nothing is stored is no label here.
        let of_key = |(key, series): &(Key, Arc<Series>)| (Key { dry_run: false, ..*key }, series.clone());
        for (key, durations) in merged(series.iter().map(of_key), SLI_SECONDS, |series| &series.durations) {
            durations.write(to, name, &self.labels(&key));
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
        let watches = watches.iter().map(|(key, series)| (key.endpoint, series.clone()));
        let events = merged(watches, EVENT_BYTES, |series| &series.event_sizes);
        for (endpoint, sizes) in &events {
            to.sample(name, &self.names(*endpoint), sizes.count() as f64);
        }
        let name = "apiserver_watch_events_sizes";
        to.family(name, "histogram", "Watch event size distribution in bytes.");
        for (endpoint, sizes) in &events {
            sizes.write(to, name, &self.names(*endpoint));
        }
    }

    fn write_server(&self, to: &mut Exposition) {
        let name = "apiserver_current_inflight_requests";
        to.family(name, "gauge", "Number of requests that are being answered, by kind.");
        for (kind, gauge) in [("mutating", &self.mutating), ("readOnly", &self.reading)] {
            to.sample(name, &[("request_kind", kind)], gauge.load(Ordering::Relaxed) as f64);
        }
        self.users.write(to);
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

/// What was seen of series that are the same but for a label, as one.
fn merged<K: Ord>(
    series: impl Iterator<Item = (K, Arc<Series>)>,
    bounds: &'static [f64],
    seen: impl Fn(&Series) -> &Histogram,
) -> BTreeMap<K, Histogram> {
    let mut merged = BTreeMap::new();
    for (key, series) in series.filter(|(_, series)| seen(series).count() > 0) {
        let all = merged.entry(key).or_insert_with(|| Histogram::new(bounds));
        all.add(seen(&series));
    }
    merged
}

fn write_stored(to: &mut Exposition, elsewhere: &Elsewhere<'_>) {
    let stored = &elsewhere.stored;
    let help = "Number of stored objects at the time of last check split by kind. -1 if they could not be counted.";
    let objects = |stored: &Stored<'_>| stored.objects.map_or(-1.0, |objects| objects as f64);
    let name = "apiserver_resource_objects";
    to.family(name, "gauge", help);
    for stored in stored {
        to.sample(name, &stored.labels(), objects(stored));
    }
    let name = "apiserver_storage_objects";
    to.family(name, "gauge", help);
    for stored in stored {
        let resource = format!("{}.{}", stored.resource, stored.group);
        to.sample(name, &[("resource", &resource)], objects(stored));
    }
    let name = "apiserver_storage_size_bytes";
    to.family(
        name,
        "gauge",
        "Size of the storage database file physically allocated in bytes.",
    );
    for (number, size) in elsewhere.sizes.iter().enumerate() {
        to.sample(name, &[("storage_cluster_id", &format!("etcd-{number}"))], *size as f64);
    }
    let stores = stored
        .iter()
        .filter_map(|stored| Some((stored.labels(), stored.store?)));
    store::write(to, &stores.collect::<Vec<_>>());
    let caches = stored
        .iter()
        .filter_map(|stored| Some((stored.labels(), stored.cache?)));
    cache::write(to, &caches.collect::<Vec<_>>());
}

fn write_version(to: &mut Exposition, version: &VersionInfo) {
    let name = "kubernetes_build_info";
    to.family(
        name,
        "gauge",
        "A metric with a constant '1' value labeled by what was built, from what, and how.",
    );
    let labels = [
        ("build_date", version.build_date.as_str()),
        ("compiler", &version.compiler),
        ("git_commit", &version.git_commit),
        ("git_tree_state", &version.git_tree_state),
        ("git_version", &version.git_version),
        ("go_version", &version.go_version),
        ("major", &version.major),
        ("minor", &version.minor),
        ("platform", &version.platform),
    ];
    to.sample(name, &labels, 1.0);
}

#[cfg(test)]
mod tests {
    use super::super::{ReviewMetrics, lifetimes};
    use super::*;

    /// The page for operators has each family, and none that there is not.
    #[test]
    fn the_list_in_the_docs_is_whole() {
        let (store, cache, reviews, certificates) = (
            StoreMetrics::default(),
            CacheMetrics::new(1),
            ReviewMetrics::default(),
            lifetimes(),
        );
        let (admission, version) = (AdmissionMetrics::new([]), VersionInfo::default());
        let stored = Stored {
            group: "g",
            resource: "r",
            objects: None,
            store: Some(&store),
            cache: Some(&cache),
        };
        let auth = AuthMetrics {
            reviews: Some(&reviews),
            certificates: Some(&certificates),
        };
        let text = Metrics::default().text(&Elsewhere {
            stored: vec![stored],
            sizes: Vec::new(),
            authentication: auth,
            authorization: auth,
            admission: Some(&admission),
            version: Some(&version),
        });
        let types = text.lines().filter_map(|line| line.strip_prefix("# TYPE "));
        let mut families: Vec<&str> = types.collect();
        families.sort_unstable();
        let page = include_str!("../../../../docs/metrics.md");
        let rows = page.lines().filter_map(|line| line.strip_prefix("| `"));
        let told = rows.filter_map(|row| {
            let (name, rest) = row.split_once("` | ")?;
            Some(format!("{name} {}", rest.split(' ').next()?))
        });
        let mut told: Vec<String> = told.collect();
        told.sort_unstable();
        assert_eq!(told, families);
    }
}
