//! How many requests are answered at once.
//!
//! Follows `WithMaxInFlightLimit` of `k8s.io/apiserver/pkg/server/filters`.

use tokio::sync::{Semaphore, SemaphorePermit};

/// The limits, which count what is changed apart from what is only read.
#[derive(Debug)]
pub(crate) struct Limits {
    reading: Option<Semaphore>,
    mutating: Option<Semaphore>,
}

/// There are too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooMany;

impl Limits {
    /// Limits of so many requests each; 0 for none.
    pub(crate) fn new(reading: usize, mutating: usize) -> Self {
        let limit = |most: usize| (most > 0).then(|| Semaphore::new(most.min(Semaphore::MAX_PERMITS)));
        Self {
            reading: limit(reading),
            mutating: limit(mutating),
        }
    }

    /// Takes a place, if one is free, until what is returned is dropped.
    pub(crate) fn enter(&self, is_mutating: bool) -> Result<Option<SemaphorePermit<'_>>, TooMany> {
        let limit = if is_mutating { &self.mutating } else { &self.reading };
        limit
            .as_ref()
            .map(Semaphore::try_acquire)
            .transpose()
            .map_err(|_| TooMany)
    }
}
