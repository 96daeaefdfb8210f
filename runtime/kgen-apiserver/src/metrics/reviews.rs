//! What is counted of the reviews that the main API server is asked for.

use std::collections::BTreeMap;
use std::time::Duration;

use parking_lot::Mutex;

use super::exposition::Exposition;
use super::histogram::Histogram;

/// Seconds of reviews: the buckets of upstream's `authenticatorfactory` and `authorizerfactory`.
const REVIEWS: &[f64] = &[0.25, 0.5, 0.7, 1.0, 1.5, 3.0, 5.0, 10.0];

/// What is counted of the reviews that the main API server is asked for: of tokens, or of access.
#[derive(Debug, Default)]
pub struct ReviewMetrics {
    /// By the code of the answer; none where there was no answer. A review takes a network, so that a lock costs nothing.
    durations: Mutex<BTreeMap<Option<u16>, Histogram>>,
}

impl ReviewMetrics {
    /// There was an answer with this code, or none.
    pub(crate) fn answered(&self, code: Option<u16>, took: Duration) {
        let mut durations = self.durations.lock();
        let of_code = durations.entry(code).or_insert_with(|| Histogram::new(REVIEWS));
        of_code.observe(took.as_secs_f64());
    }

    /// Writes the two families whose names begin like this.
    pub(super) fn write(&self, to: &mut Exposition, prefix: &str) {
        let durations = self.durations.lock();
        let code = |code: &Option<u16>| code.map_or_else(|| "<error>".to_owned(), |code| code.to_string());
        let name = format!("{prefix}_request_total");
        to.family(&name, "counter", "Number of HTTP requests partitioned by status code.");
        for (answer, durations) in &*durations {
            to.sample(&name, &[("code", &code(answer))], durations.count() as f64);
        }
        let name = format!("{prefix}_request_duration_seconds");
        to.family(
            &name,
            "histogram",
            "Request latency in seconds. Broken down by status code.",
        );
        for (answer, durations) in &*durations {
            durations.write(to, &name, &[("code", &code(answer))]);
        }
    }
}
