//! Compacts etcd together with all other servers on it, as `k8s.io/apiserver/pkg/storage/etcd3/compact.go` does.
//!
//! One key that all share has a version for each round. Who raises it compacts to the revision of the round before, so
//! that history is kept for one to two intervals whatever the number of servers.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;

use super::client::store_error;
use super::wire::{Operation, PutRequest, RangeRequest, Target};
use super::{Etcd, found, revision};
use crate::storage::{Revision, Store, StoreError};

/// The key of the rounds. It has no prefix: it is the same for all servers on one etcd.
const KEY: &[u8] = b"compact_rev_key";

/// Takes part in the rounds.
pub struct Compactor {
    etcd: Arc<Etcd>,
    /// The version of the key when it was last seen.
    round: i64,
    /// The revision of the store then.
    revision: Revision,
}

impl Compactor {
    /// One that has seen nothing yet.
    pub fn new(etcd: Arc<Etcd>) -> Self {
        Self {
            etcd,
            round: 0,
            revision: Revision::ZERO,
        }
    }

    /// Plays one round: whoever wins it compacts. Returns the revision compacted to, if this one did.
    pub async fn step(&mut self) -> Result<Option<Revision>, StoreError> {
        let key = Bytes::from_static(KEY);
        let then = Operation::Put(PutRequest {
            key: key.clone(),
            value: Bytes::from(self.revision.to_string()),
            lease: 0,
        });
        let otherwise = Operation::Range(RangeRequest {
            key: key.clone(),
            ..RangeRequest::default()
        });
        let answer = self
            .etcd
            .client
            .transaction(key, Target::Version(self.round), then, otherwise)
            .await;
        let answer = answer.map_err(|status| store_error(&status, self.revision))?;
        let old = std::mem::replace(&mut self.revision, revision(&answer.header));
        if !answer.succeeded {
            self.round = found(answer).map_or(0, |kv| kv.version);
            return Ok(None);
        }
        self.round += 1;
        if old.is_zero() {
            return Ok(None);
        }
        match self.etcd.compact(old).await {
            Ok(()) => Ok(Some(old)),
            // Somebody compacted further by hand.
            Err(StoreError::Compacted { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Plays a round each interval, for ever; failures are left to the next round. Five minutes are usual.
    pub async fn run(mut self, interval: Duration) {
        loop {
            tokio::time::sleep(interval).await;
            let _ = self.step().await;
        }
    }
}
