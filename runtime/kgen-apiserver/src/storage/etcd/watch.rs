//! A watch on etcd: one stream for each, with previous values and progress.

use std::sync::Arc;

use futures_util::{StreamExt, stream};
use tokio::sync::mpsc;
use tonic::Streaming;

use super::client::{Client, store_error};
use super::wire::{
    Event, EventType, WatchCreateRequest, WatchOperation, WatchProgressRequest, WatchRequest, WatchResponse,
};
use super::{bytes, end, entry, number, revision};
use crate::storage::{Change, Progress, Revision, StoreError, Update, Watch};

/// Begins a watch, and returns when etcd has it.
pub(super) async fn watch(client: &Client, prefix: &str, after: Revision) -> Result<Watch, StoreError> {
    let create = WatchCreateRequest {
        key: bytes(prefix),
        range_end: end(prefix),
        start_revision: after.next().get() as i64,
        progress_notify: true,
        prev_kv: true,
    };
    // Room for the beginning and for one request for progress; more of them would not make it faster.
    let (sender, receiver) = mpsc::channel(2);
    let send = |operation| WatchRequest {
        request_union: Some(operation),
    };
    sender
        .try_send(send(WatchOperation::Create(create)))
        .map_err(|_| StoreError::Closed)?;
    let requests = stream::unfold(receiver, async |mut receiver| Some((receiver.recv().await?, receiver)));
    let mut responses = client
        .watch(requests)
        .await
        .map_err(|status| store_error(&status, after))?;
    let first = tokio::time::timeout(client.timeout(), next(&mut responses, after)).await;
    let first = first.map_err(|_| StoreError::Unavailable {
        reason: "etcd did not begin the watch in time".to_owned(),
    })??;
    let reader = Reader {
        responses,
        after,
        is_over: false,
    };
    let before = stream::iter(updates(first, after)?.into_iter().map(Ok));
    let live = stream::unfold(reader, async |mut reader| Some((reader.next().await?, reader)));
    let live = live.flat_map(|batch| match batch {
        Ok(updates) => stream::iter(updates.into_iter().map(Ok).collect::<Vec<_>>()),
        Err(error) => stream::iter(vec![Err(error)]),
    });
    Ok(Watch {
        updates: before.chain(live).boxed(),
        progress: Progress::new(move || {
            // If there is no room, one is on its way.
            let _ = sender.try_send(send(WatchOperation::Progress(WatchProgressRequest {})));
        }),
    })
}

/// Reads the responses of one watch.
struct Reader {
    responses: Streaming<WatchResponse>,
    /// The revision up to which everything was told.
    after: Revision,
    is_over: bool,
}

impl Reader {
    async fn next(&mut self) -> Option<Result<Vec<Update>, StoreError>> {
        if self.is_over {
            return None;
        }
        let batch = match next(&mut self.responses, self.after).await {
            Ok(response) => updates(response, self.after),
            Err(error) => Err(error),
        };
        match &batch {
            Ok(updates) => {
                self.after = updates.last().map_or(self.after, |last| match last {
                    Update::Change(change) => change.revision(),
                    Update::Progress(revision) => *revision,
                });
            }
            Err(_) => self.is_over = true,
        }
        Some(batch)
    }
}

/// The next response, unless the watch is over.
async fn next(responses: &mut Streaming<WatchResponse>, after: Revision) -> Result<WatchResponse, StoreError> {
    let response = responses
        .message()
        .await
        .map_err(|status| store_error(&status, after))?;
    let response = response.ok_or_else(|| StoreError::Unavailable {
        reason: "etcd ended the watch".to_owned(),
    })?;
    if response.compact_revision > 0 {
        return Err(StoreError::Compacted {
            requested: after,
            oldest: Some(number(response.compact_revision)),
        });
    }
    if response.canceled {
        let reason = format!("etcd ended the watch: {}", response.cancel_reason);
        return Err(StoreError::Unavailable { reason });
    }
    Ok(response)
}

/// What a response tells.
fn updates(response: WatchResponse, after: Revision) -> Result<Vec<Update>, StoreError> {
    if response.created {
        return Ok(Vec::new());
    }
    if response.events.is_empty() {
        let reached = revision(&response.header);
        // A watch of the future has come nowhere yet.
        return Ok(if reached >= after {
            vec![Update::Progress(reached)]
        } else {
            Vec::new()
        });
    }
    let changes = response.events.into_iter().map(change);
    changes.map(|change| Ok(Update::Change(Arc::new(change?)))).collect()
}

fn change(event: Event) -> Result<Change, StoreError> {
    let is_delete = event.r#type() == EventType::Delete;
    let kv = event.kv.ok_or_else(|| StoreError::Corrupt {
        reason: "etcd sent an event without a key".to_owned(),
    })?;
    let (created, revision) = (number(kv.create_revision), number(kv.mod_revision));
    let previous = event.prev_kv.map(entry).transpose()?;
    match previous {
        Some(previous) if is_delete => Ok(Change::Delete { revision, previous }),
        previous if !is_delete && (previous.is_some() || created == revision) => Ok(Change::Put {
            entry: entry(kv)?,
            previous,
        }),
        // The state before was compacted while the event was on its way.
        _ => Err(StoreError::Compacted {
            requested: revision.before(),
            oldest: None,
        }),
    }
}
