//! Asking again.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// How often, and after which pauses, something is asked again that may be answered in a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Retry {
    /// How often it is asked at most.
    pub attempts: u32,
    /// The pause after the first attempt.
    pub pause: Duration,
    /// How much longer each pause is than the one before.
    pub factor: f64,
    /// How much of a pause may be added to it, at random.
    pub jitter: f64,
}

impl Default for Retry {
    /// What upstream's webhooks do: five attempts, 500 ms, 1.5 times as long each.
    fn default() -> Self {
        Self {
            attempts: 5,
            pause: Duration::from_millis(500),
            factor: 1.5,
            jitter: 0.2,
        }
    }
}

impl Retry {
    /// The pauses between the attempts.
    pub fn pauses(self) -> impl Iterator<Item = Duration> + Send {
        let pauses = std::iter::successors(Some(self.pause), move |pause| Some(pause.mul_f64(self.factor)));
        let pauses = pauses.map(move |pause| pause.mul_f64(1.0 + self.jitter * random()));
        pauses.take(self.attempts.saturating_sub(1) as usize)
    }
}

/// From 0 to 1, good enough to keep several servers out of step.
fn random() -> f64 {
    let random = RandomState::new().hash_one(0u8);
    f64::from((random >> 32) as u32) / f64::from(u32::MAX)
}
