//! How much the server does at once, and for how long.

use super::{Options, set, set_some};
use crate::cli::config::v1alpha1::Limits;

#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Limits")]
pub(super) struct LimitsFlags {
    /// Reading requests at once; 0 is without limit [default: 400]
    #[arg(long, value_name = "N")]
    max_requests_inflight: Option<i32>,
    /// Writing requests at once; 0 is without limit [default: 200]
    #[arg(long, value_name = "N")]
    max_mutating_requests_inflight: Option<i32>,
    /// How long a request may take that is no watch [default: 1m0s]
    #[arg(long, value_name = "SPAN")]
    request_timeout: Option<String>,
    /// How long a watch lasts at least, unless its client says otherwise; 0 is without end [default: 30m0s]
    #[arg(long, value_name = "SECONDS")]
    min_request_timeout: Option<u32>,
    /// How long the server goes on answering when it is told to stop [default: 0s]
    #[arg(long, value_name = "SPAN")]
    shutdown_delay_duration: Option<String>,
    /// Tell requests that come after that to come back, instead of closing the door [default: false]
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    shutdown_send_retry_after: Option<bool>,
    /// How much time the ends of watches are spread over when the server stops [default: 0s]
    #[arg(long, value_name = "SPAN")]
    shutdown_watch_termination_grace_period: Option<String>,
}

pub(super) const OPTIONS: Options = &[
    ("limits.maxRequestsInflight", "max-requests-inflight"),
    ("limits.maxMutatingRequestsInflight", "max-mutating-requests-inflight"),
    ("limits.requestTimeout", "request-timeout"),
    ("limits.minRequestTimeout", "min-request-timeout"),
    ("limits.shutdownDelay", "shutdown-delay-duration"),
    ("limits.shutdownSendRetryAfter", "shutdown-send-retry-after"),
    (
        "limits.shutdownWatchTerminationGracePeriod",
        "shutdown-watch-termination-grace-period",
    ),
];

impl LimitsFlags {
    pub(super) fn apply(self, limits: &mut Limits) {
        set_some(&mut limits.max_requests_inflight, self.max_requests_inflight);
        let mutating = self.max_mutating_requests_inflight;
        set_some(&mut limits.max_mutating_requests_inflight, mutating);
        set_some(&mut limits.request_timeout, self.request_timeout);
        let seconds = self.min_request_timeout;
        set_some(
            &mut limits.min_request_timeout,
            seconds.map(|seconds| format!("{seconds}s")),
        );
        set_some(&mut limits.shutdown_delay, self.shutdown_delay_duration);
        set(&mut limits.shutdown_send_retry_after, self.shutdown_send_retry_after);
        let grace = self.shutdown_watch_termination_grace_period;
        set_some(&mut limits.shutdown_watch_termination_grace_period, grace);
    }
}
