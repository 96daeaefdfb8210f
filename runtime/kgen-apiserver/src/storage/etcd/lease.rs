//! Leases, which is how keys of etcd expire. One serves many keys that expire at nearly the same time.

use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use super::client::{Client, store_error};
use super::wire::{LeaseGrantRequest, LeaseGrantResponse};
use crate::storage::{Revision, StoreError};

/// How many keys share a lease at most; one that expires with many keys is a burden for etcd.
const KEYS: usize = 1000;

/// A key may live longer than it should by this at most, or by a twentieth of its time.
const SLACK: Duration = Duration::from_secs(60);

/// The lease that keys are put on at present.
#[derive(Default)]
pub(super) struct Leases {
    last: Mutex<Option<Lease>>,
}

#[derive(Clone, Copy)]
struct Lease {
    id: i64,
    ends: Instant,
    keys: usize,
}

impl Leases {
    /// The number of a lease that ends after a time, and not much later.
    pub(super) async fn lease(&self, client: &Client, ttl: Duration) -> Result<i64, StoreError> {
        let mut last = self.last.lock().await;
        let now = Instant::now();
        let slack = SLACK.min(ttl / 20);
        if let Some(lease) = last.as_mut()
            && lease.keys < KEYS
            && (now + ttl..=now + ttl + slack).contains(&lease.ends)
        {
            lease.keys += 1;
            return Ok(lease.id);
        }
        let wanted = ttl + slack;
        let seconds = wanted.as_secs() + u64::from(wanted.subsec_nanos() > 0);
        let request = LeaseGrantRequest {
            ttl: i64::try_from(seconds.max(1)).unwrap_or(i64::MAX),
        };
        let answer = client.call("/etcdserverpb.Lease/LeaseGrant", request).await;
        let answer: LeaseGrantResponse = answer.map_err(|status| store_error(&status, Revision::ZERO))?;
        *last = Some(Lease {
            id: answer.id,
            ends: now + Duration::from_secs(answer.ttl.max(0) as u64),
            keys: 1,
        });
        Ok(answer.id)
    }
}
