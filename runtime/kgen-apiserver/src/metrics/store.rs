//! What is counted of the requests to the store about one resource.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use super::exposition::Exposition;
use super::histogram::{Histogram, SECONDS};
use crate::storage::StoreError;

/// What the store is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StoreOperation {
    /// One object.
    Get,
    /// Objects.
    List,
    /// That an object be written that is not there.
    Create,
    /// That an object be replaced.
    Update,
    /// That an object be deleted.
    Delete,
}

impl StoreOperation {
    const ALL: [Self; 5] = [Self::Get, Self::List, Self::Create, Self::Update, Self::Delete];

    const fn word(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::List => "list",
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
        }
    }
}

/// What is counted of the requests to the store about one resource.
#[derive(Debug)]
pub struct StoreMetrics {
    operations: [Requests; StoreOperation::ALL.len()],
    listed: AtomicU64,
}

#[derive(Debug)]
struct Requests {
    durations: Histogram,
    errors: AtomicU64,
}

impl Default for StoreMetrics {
    fn default() -> Self {
        let requests = || Requests {
            durations: Histogram::new(SECONDS),
            errors: AtomicU64::new(0),
        };
        Self {
            operations: std::array::from_fn(|_| requests()),
            listed: AtomicU64::new(0),
        }
    }
}

impl StoreMetrics {
    /// The store has answered.
    pub(crate) fn answered<T>(&self, operation: StoreOperation, since: Instant, answer: &Result<T, StoreError>) {
        let requests = &self.operations[operation as usize];
        requests.durations.observe(since.elapsed().as_secs_f64());
        if answer.as_ref().is_err_and(is_failure) {
            requests.errors.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// A list had so many objects.
    pub(crate) fn listed(&self, objects: usize) {
        self.listed.fetch_add(objects as u64, Ordering::Relaxed);
    }
}

/// Whether the store could not do what it was asked, other than because of what it holds.
const fn is_failure(error: &StoreError) -> bool {
    match error {
        StoreError::NotFound { .. } | StoreError::Exists { .. } | StoreError::Conflict { .. } => false,
        StoreError::Compacted { .. }
        | StoreError::FutureRevision { .. }
        | StoreError::TooLarge { .. }
        | StoreError::Full
        | StoreError::Unavailable { .. }
        | StoreError::Corrupt { .. }
        | StoreError::Closed => true,
    }
}

/// Writes the series of all resources, which are given by their labels.
pub(super) fn write(to: &mut Exposition, resources: &[([(&str, &str); 2], &StoreMetrics)]) {
    let all = || {
        resources.iter().flat_map(|([group, resource], metrics)| {
            let operations = StoreOperation::ALL.iter().zip(&metrics.operations);
            let asked = operations.filter(|(_, requests)| requests.durations.count() > 0);
            asked.map(move |(operation, requests)| ([("operation", operation.word()), *group, *resource], requests))
        })
    };
    let name = "etcd_request_duration_seconds";
    to.family(
        name,
        "histogram",
        "Latency of requests to the store, whichever it is, for each operation and resource.",
    );
    for (labels, requests) in all() {
        requests.durations.write(to, name, &labels);
    }
    let name = "etcd_requests_total";
    to.family(
        name,
        "counter",
        "Number of requests to the store, whichever it is, for each operation and resource.",
    );
    for (labels, requests) in all() {
        to.sample(name, &labels, requests.durations.count() as f64);
    }
    let name = "etcd_request_errors_total";
    to.family(
        name,
        "counter",
        "Number of failed requests to the store for each operation and resource.",
    );
    for (labels, requests) in all() {
        to.sample(name, &labels, requests.errors.load(Ordering::Relaxed) as f64);
    }
    let name = "apiserver_storage_list_total";
    to.family(name, "counter", "Number of LIST requests served from storage.");
    for (labels, metrics) in resources {
        let lists = metrics.operations[StoreOperation::List as usize].durations.count();
        to.sample(name, labels, lists as f64);
    }
    let name = "apiserver_storage_list_fetched_objects_total";
    to.family(
        name,
        "counter",
        "Number of objects read from storage in the course of serving a LIST request.",
    );
    for (labels, metrics) in resources {
        to.sample(name, labels, metrics.listed.load(Ordering::Relaxed) as f64);
    }
}
