//! What clients are told when a store cannot do what it should.

use std::time::Duration;

use crate::failure::{Failure, Subject};
use crate::request::Verb;
use crate::storage::{ReadError, StoreError};

/// When to try again what the store could not do.
const UNREACHABLE: Duration = Duration::from_secs(2);

/// What a client is told when reading failed.
pub fn read_failure(error: ReadError, subject: &Subject, verb: Verb) -> Failure {
    let message = error.to_string();
    match error {
        ReadError::Store(error) => store_failure(error, subject, verb),
        ReadError::Expired { rest } => Failure {
            continue_: rest.map(|rest| rest.encode()),
            ..Failure::expired(message)
        },
        ReadError::TooOld { .. } => Failure::expired(message),
        ReadError::TooNew {
            requested,
            current,
            retry_after,
        } => Failure::revision_ahead(requested.get(), current.get(), retry_after),
        ReadError::Token(_) => Failure::bad_request(message),
        ReadError::NotReady { retry_after } => Failure::too_many_requests(message, retry_after),
        ReadError::Undecodable(_) => {
            tracing::warn!(error = message, "stored objects cannot be read");
            Failure::unreadable(subject, message)
        }
        ReadError::Slow => Failure::internal(message),
    }
}

/// What a client is told when the store failed.
pub fn store_failure(error: StoreError, subject: &Subject, verb: Verb) -> Failure {
    let message = error.to_string();
    if matches!(
        error,
        StoreError::Unavailable { .. } | StoreError::Full | StoreError::Corrupt { .. }
    ) {
        tracing::warn!(error = message, "the store failed");
    }
    match error {
        StoreError::NotFound { .. } => Failure::not_found(subject),
        StoreError::Exists { .. } => Failure::already_exists(subject),
        StoreError::Conflict { .. } => Failure::modified(subject),
        StoreError::Compacted { .. } => Failure::expired(message),
        StoreError::FutureRevision { requested, current } => {
            Failure::revision_ahead(requested.get(), current.get(), Duration::ZERO)
        }
        StoreError::TooLarge { limit: Some(limit) } => Failure::too_large(limit),
        StoreError::TooLarge { limit: None } => Failure {
            message,
            ..Failure::too_large(0)
        },
        StoreError::Unavailable { .. } => Failure::server_timeout(subject, verb.as_str(), UNREACHABLE),
        StoreError::Full | StoreError::Corrupt { .. } => Failure::internal(message),
        StoreError::Closed => Failure::unavailable(message),
    }
}
