//! What is counted of who asks and of what they may.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use super::exposition::Exposition;
use super::histogram::{Histogram, POWERS};

/// What became of credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Authentication {
    /// They are somebody's.
    Success,
    /// There are none, and nobody is let in without.
    Failure,
    /// They are not valid.
    Error,
}

/// What was decided about a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Authorization {
    /// It may be.
    Allowed,
    /// It may not be.
    Denied,
    /// Nobody has allowed it.
    NoOpinion,
    /// Nobody could say.
    Error,
}

/// What is counted of who asks and of what they may.
#[derive(Debug)]
pub(crate) struct UserMetrics {
    authentications: [Histogram; 3],
    authorizations: [Histogram; 4],
    requests: [AtomicU64; KNOWN.len() + 2],
}

/// The users that are counted by name; all others count as one, so that names stay out of metrics.
const KNOWN: [&str; 5] = [
    "admin",
    "client",
    "kube_proxy",
    "kubelet",
    "system:serviceaccount:kube-system:default",
];

impl Default for UserMetrics {
    fn default() -> Self {
        Self {
            authentications: std::array::from_fn(|_| Histogram::new(POWERS)),
            authorizations: std::array::from_fn(|_| Histogram::new(POWERS)),
            requests: Default::default(),
        }
    }
}

impl UserMetrics {
    /// Credentials were looked at.
    pub(crate) fn authenticated(&self, outcome: Authentication, since: Instant) {
        self.authentications[outcome as usize].observe(since.elapsed().as_secs_f64());
    }

    /// A user is known who asks.
    pub(crate) fn asked(&self, user: &str) {
        let known = KNOWN.iter().position(|known| *known == user);
        let place = known.unwrap_or(KNOWN.len() + usize::from(!user.contains('@')));
        self.requests[place].fetch_add(1, Ordering::Relaxed);
    }

    /// It was decided about a request.
    pub(crate) fn authorized(&self, outcome: Authorization, since: Instant) {
        self.authorizations[outcome as usize].observe(since.elapsed().as_secs_f64());
    }

    pub(super) fn write(&self, to: &mut Exposition) {
        let authentications = ["success", "failure", "error"].iter().zip(&self.authentications);
        write(
            to,
            ["authentication_attempts", "authentication_duration_seconds"],
            [
                "Counter of authenticated attempts.",
                "Authentication duration in seconds broken out by result.",
            ],
            authentications,
        );
        let authorizations = ["allowed", "denied", "no-opinion", "error"]
            .iter()
            .zip(&self.authorizations);
        write(
            to,
            ["authorization_attempts_total", "authorization_duration_seconds"],
            [
                "Counter of authorization attempts broken down by result.",
                "Authorization duration in seconds broken out by result.",
            ],
            authorizations,
        );
        let name = "authenticated_user_requests";
        to.family(
            name,
            "counter",
            "Counter of authenticated requests broken out by username.",
        );
        let users = KNOWN.iter().chain(&["email_id", "other"]).zip(&self.requests);
        for (user, count) in users {
            let count = count.load(Ordering::Relaxed);
            if count > 0 {
                to.sample(name, &[("username", user)], count as f64);
            }
        }
    }
}

/// Writes how often there was each outcome, and how long it took.
fn write<'a>(
    to: &mut Exposition,
    names: [&str; 2],
    helps: [&str; 2],
    outcomes: impl Iterator<Item = (&'a &'static str, &'a Histogram)> + Clone,
) {
    let ([attempts, durations], [of_attempts, of_durations]) = (names, helps);
    to.family(attempts, "counter", of_attempts);
    for (result, seen) in outcomes.clone() {
        to.sample(attempts, &[("result", *result)], seen.count() as f64);
    }
    to.family(durations, "histogram", of_durations);
    for (result, seen) in outcomes {
        if seen.count() > 0 {
            seen.write(to, durations, &[("result", *result)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_users_stay_out_of_metrics() {
        let metrics = UserMetrics::default();
        for user in ["kubelet", "ann@example.com", "ann", "system:serviceaccount:a:b", "ann"] {
            metrics.asked(user);
        }
        let mut to = Exposition::default();
        metrics.write(&mut to);
        let text = to.into_text();
        let requests: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("authenticated_user"))
            .collect();
        let wanted = [
            "authenticated_user_requests{username=\"kubelet\"} 1",
            "authenticated_user_requests{username=\"email_id\"} 1",
            "authenticated_user_requests{username=\"other\"} 3",
        ];
        assert_eq!(requests, wanted);
    }
}
