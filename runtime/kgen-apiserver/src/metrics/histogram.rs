//! A histogram that many threads add to at once.

use std::sync::atomic::{AtomicU64, Ordering};

use super::exposition::Exposition;

/// Seconds of short requests: the buckets of `apiserver_request_duration_seconds`.
pub(super) const SECONDS: &[f64] = &[
    0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 15.0, 20.0, 30.0,
    45.0, 60.0,
];
/// Seconds of requests without what others took: the buckets of `apiserver_request_sli_duration_seconds`, which are those
/// above without the first.
pub(super) const SLI_SECONDS: &[f64] = SECONDS.split_at(2).1;
/// Seconds that reads wait for a cache: the buckets of `apiserver_watch_cache_read_wait_seconds`.
pub(super) const WAITS: &[f64] = SECONDS.split_at(13).0;
/// Powers of two of milliseconds: the buckets of `authentication_duration_seconds`.
pub(super) const POWERS: &[f64] = &[
    0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1.024, 2.048, 4.096, 8.192, 16.384,
];
/// Seconds that certificates are still good for: the buckets of `apiserver_client_certificate_expiration_seconds`.
pub(super) const LIFETIMES: &[f64] = &[
    0.0,
    1800.0,
    3600.0,
    7200.0,
    21_600.0,
    43_200.0,
    86_400.0,
    172_800.0,
    345_600.0,
    604_800.0,
    2_592_000.0,
    7_776_000.0,
    15_552_000.0,
    31_104_000.0,
];
/// Bytes of answers: the buckets of `apiserver_response_sizes`.
pub(super) const BYTES: &[f64] = &[1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
/// Bytes of events: the buckets of `apiserver_watch_events_sizes`.
pub(super) const EVENT_BYTES: &[f64] = &[1024.0, 2048.0, 4096.0, 8192.0, 16384.0, 32768.0, 65536.0, 131_072.0];

/// How often values were seen that are not above each bound, and their sum.
#[derive(Debug)]
pub(crate) struct Histogram {
    bounds: &'static [f64],
    /// One more than there are bounds; each counts what is above the bound before.
    buckets: Box<[AtomicU64]>,
    /// In millionths, so that a whole number does.
    sum: AtomicU64,
}

impl Histogram {
    pub(crate) fn new(bounds: &'static [f64]) -> Self {
        Self {
            bounds,
            buckets: (0..=bounds.len()).map(|_| AtomicU64::new(0)).collect(),
            sum: AtomicU64::new(0),
        }
    }

    pub(crate) fn observe(&self, value: f64) {
        let bucket = self.bounds.partition_point(|bound| *bound < value);
        self.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        self.sum.fetch_add((value * 1e6) as u64, Ordering::Relaxed);
    }

    pub(super) fn count(&self) -> u64 {
        self.buckets.iter().map(|bucket| bucket.load(Ordering::Relaxed)).sum()
    }

    /// Adds what another has seen, whose lower bounds may be closer together.
    pub(super) fn add(&self, other: &Self) {
        for (index, seen) in other.buckets.iter().enumerate() {
            let bound = other.bounds.get(index).copied().unwrap_or(f64::INFINITY);
            let bucket = self.bounds.partition_point(|known| *known < bound);
            self.buckets[bucket].fetch_add(seen.load(Ordering::Relaxed), Ordering::Relaxed);
        }
        self.sum.fetch_add(other.sum.load(Ordering::Relaxed), Ordering::Relaxed);
    }

    /// Writes the series of a histogram with these labels.
    pub(super) fn write(&self, to: &mut Exposition, name: &str, labels: &[(&str, &str)]) {
        let bucket = format!("{name}_bucket");
        let mut count = 0;
        for (index, seen) in self.buckets.iter().enumerate() {
            count += seen.load(Ordering::Relaxed);
            let bound = self.bounds.get(index).map_or_else(|| "+Inf".to_owned(), f64::to_string);
            let bounded: Vec<_> = labels.iter().copied().chain([("le", bound.as_str())]).collect();
            to.sample(&bucket, &bounded, count as f64);
        }
        let sum = self.sum.load(Ordering::Relaxed) as f64 / 1e6;
        to.sample(&format!("{name}_sum"), labels, sum);
        to.sample(&format!("{name}_count"), labels, count as f64);
    }
}
