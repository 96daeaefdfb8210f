//! Objects that go on existing for a while when they are deleted, so that what they stand for can be ended: `BeforeDelete`
//! of `k8s.io/apiserver/pkg/registry/rest`.

use jiff::SignedDuration;
use kgen::Object;
use kgen::k8s::{ObjectMeta, Time};
use kgen::k8s_openapi::apimachinery::pkg::apis::meta::v1::DeleteOptions;

use super::pipeline::Pipeline;

/// How much time is left to an object that is to be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grace {
    /// None.
    Over,
    /// So many seconds, from when it began to be deleted.
    Seconds(i64),
    /// As much as before: it is being deleted already, and nobody asks for less.
    Unchanged,
}

impl Grace {
    /// What an object is given that is to be deleted.
    pub(super) fn of(pipeline: &Pipeline<'_>, object: &dyn Object, options: &DeleteOptions) -> Self {
        let metadata = object.object_meta();
        let asked = options.grace_period_seconds.map(asked);
        if metadata.deletion_timestamp.is_some() {
            return Self::of_deleted(metadata, asked);
        }
        let strategy = &pipeline.target.resource.strategy;
        match strategy.grace_period(object, asked, &pipeline.context()) {
            Some(seconds) if seconds > 0 => Self::Seconds(seconds),
            Some(_) | None => Self::Over,
        }
    }

    /// What an object is given that is being deleted already: never more than it has.
    fn of_deleted(metadata: &ObjectMeta, asked: Option<i64>) -> Self {
        match (metadata.deletion_grace_period_seconds.unwrap_or_default(), asked) {
            (0, _) | (_, Some(0)) => Self::Over,
            (given, Some(asked)) if asked < given => Self::Seconds(asked),
            (_, Some(_) | None) => Self::Unchanged,
        }
    }
}

/// As Go's servers, who cannot wait less than no time take it for little.
fn asked(seconds: i64) -> i64 {
    if seconds < 0 { 1 } else { seconds }
}

/// Says until when the object goes on existing.
pub(super) fn grant(metadata: &mut ObjectMeta, seconds: i64, now: Time) {
    let begun = match (&metadata.deletion_timestamp, metadata.deletion_grace_period_seconds) {
        (Some(end), given) => before(end, given.unwrap_or_default()),
        (None, _) => now,
    };
    metadata.deletion_timestamp = Some(before(&begun, -seconds));
    metadata.deletion_grace_period_seconds = Some(seconds);
}

/// So many seconds before a time, or that time where there is none.
fn before(time: &Time, seconds: i64) -> Time {
    let earlier = time.0.checked_sub(SignedDuration::from_secs(seconds));
    Time(earlier.unwrap_or(time.0))
}
