//! A store that lives as long as the process.

use super::log::{HistoryLimits, Limits, Log, OnLog};
use super::store::VALUE_LIMIT;

/// A store in memory: the logic of `Embedded` without the disk, for tests and for servers that need not remember.
pub struct Memory {
    log: Log,
}

impl Memory {
    /// An empty store.
    pub fn new() -> Self {
        Self::with_history(HistoryLimits::default())
    }

    /// An empty store that keeps this much of the past.
    pub fn with_history(history: HistoryLimits) -> Self {
        let limits = Limits {
            value: VALUE_LIMIT,
            quota: u64::MAX,
            history,
        };
        Self {
            log: Log::in_memory(limits),
        }
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::new()
    }
}

impl OnLog for Memory {
    fn log(&self) -> &Log {
        &self.log
    }
}
