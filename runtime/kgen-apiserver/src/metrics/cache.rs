//! What is counted of a watch cache, which is of one resource.

use std::sync::atomic::{AtomicU64, Ordering};

use super::exposition::Exposition;
use super::histogram::{Histogram, WAITS};

/// Revisions are shown with so many digits, which a number of Prometheus can hold.
const SHOWN_REVISIONS: u64 = 1_000_000_000_000_000;

/// What is counted of a watch cache.
#[derive(Debug)]
pub struct CacheMetrics {
    /// The most events that are kept.
    pub(crate) capacity: usize,
    /// How far the cache has come.
    pub(crate) revision: AtomicU64,
    /// Times that the state was read anew.
    pub(crate) initializations: AtomicU64,
    /// Events that the store told.
    pub(crate) received: AtomicU64,
    /// Events that watches can see.
    pub(crate) dispatched: AtomicU64,
    /// Objects of which watches were told when they began.
    pub(crate) initial: AtomicU64,
    /// Watches that were cut off since nobody read them.
    pub(crate) terminated: AtomicU64,
    /// Lists that were answered.
    pub(crate) lists: AtomicU64,
    /// Objects of these lists.
    pub(crate) returned: AtomicU64,
    /// Reads of the present that the cache answered.
    pub(crate) consistent: AtomicU64,
    /// Reads of the present that it could not answer in time, so that the store did.
    pub(crate) fallbacks: AtomicU64,
    /// How long reads waited for the cache to come as far as they need.
    pub(crate) waits: Histogram,
}

impl CacheMetrics {
    /// Of a cache that keeps so many events at most.
    pub(crate) fn new(capacity: usize) -> Self {
        let zero = || AtomicU64::new(0);
        Self {
            capacity,
            revision: zero(),
            initializations: zero(),
            received: zero(),
            dispatched: zero(),
            initial: zero(),
            terminated: zero(),
            lists: zero(),
            returned: zero(),
            consistent: zero(),
            fallbacks: zero(),
            waits: Histogram::new(WAITS),
        }
    }

    /// A list of so many objects was answered.
    pub(crate) fn listed(&self, objects: usize) {
        self.lists.fetch_add(1, Ordering::Relaxed);
        self.returned.fetch_add(objects as u64, Ordering::Relaxed);
    }
}

/// What a family is called, what it is, what it says, and where its value is.
type Family = (&'static str, &'static str, &'static str, fn(&CacheMetrics) -> u64);

const FAMILIES: &[Family] = &[
    (
        "apiserver_watch_cache_events_received_total",
        "counter",
        "Counter of events received in watch cache broken by resource type.",
        |cache| cache.received.load(Ordering::Relaxed),
    ),
    (
        "apiserver_watch_cache_events_dispatched_total",
        "counter",
        "Counter of events dispatched in watch cache broken by resource type.",
        |cache| cache.dispatched.load(Ordering::Relaxed),
    ),
    (
        "apiserver_watch_cache_initializations_total",
        "counter",
        "Counter of watch cache initializations broken by resource type.",
        |cache| cache.initializations.load(Ordering::Relaxed),
    ),
    (
        "apiserver_watch_cache_resource_version",
        "gauge",
        "Current resource version of watch cache broken by resource type, in its 15 least significant digits.",
        |cache| cache.revision.load(Ordering::Relaxed) % SHOWN_REVISIONS,
    ),
    (
        "watch_cache_capacity",
        "gauge",
        "Total capacity of watch cache broken by resource type.",
        |cache| cache.capacity as u64,
    ),
    (
        "apiserver_init_events_total",
        "counter",
        "Counter of init events processed in watch cache broken by resource type.",
        |cache| cache.initial.load(Ordering::Relaxed),
    ),
    (
        "apiserver_terminated_watchers_total",
        "counter",
        "Counter of watchers closed due to unresponsiveness broken by resource type.",
        |cache| cache.terminated.load(Ordering::Relaxed),
    ),
    (
        "apiserver_cache_list_returned_objects_total",
        "counter",
        "Number of objects returned for a LIST request from watch cache.",
        |cache| cache.returned.load(Ordering::Relaxed),
    ),
];

/// Writes the series of all resources, which are given by their labels.
pub(super) fn write(to: &mut Exposition, resources: &[([(&str, &str); 2], &CacheMetrics)]) {
    for (name, type_, help, value) in FAMILIES {
        to.family(name, type_, help);
        for (labels, cache) in resources {
            to.sample(name, labels, value(cache) as f64);
        }
    }
    let name = "apiserver_cache_list_total";
    to.family(name, "counter", "Number of LIST requests served from watch cache.");
    for ([group, resource], cache) in resources {
        // There are no indexes.
        let labels = [*group, *resource, ("index", "")];
        to.sample(name, &labels, cache.lists.load(Ordering::Relaxed) as f64);
    }
    let name = "apiserver_watch_cache_consistent_read_total";
    to.family(name, "counter", "Counter for consistent reads from cache.");
    for ([group, resource], cache) in resources {
        for (success, fallback, count) in [
            ("true", "false", &cache.consistent),
            ("false", "true", &cache.fallbacks),
        ] {
            let labels = [*group, *resource, ("success", success), ("fallback", fallback)];
            to.sample(name, &labels, count.load(Ordering::Relaxed) as f64);
        }
    }
    let name = "apiserver_watch_cache_read_wait_seconds";
    to.family(
        name,
        "histogram",
        "Histogram of time spent waiting for a watch cache to become fresh.",
    );
    for (labels, cache) in resources {
        cache.waits.write(to, name, labels);
    }
}
