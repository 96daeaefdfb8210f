//! What a log needs of a disk.

use std::sync::Arc;

use crate::storage::{Change, Revision, StoreError};

/// Where changes are made durable.
pub(crate) trait Journal: Send + 'static {
    /// Writes changes, in order; on return they survive a crash, all of them or (on an error) perhaps none.
    fn append(&mut self, records: &[Record]) -> Result<(), StoreError>;

    /// Notes that history up to a revision is gone, and drops the records that only that history needed.
    fn compact(&mut self, compacted: Revision, dropped: &[Revision]) -> Result<(), StoreError>;
}

/// A change with what only the journal and the clock care for.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) change: Arc<Change>,
    pub(crate) expires: Option<Instant>,
}

/// Milliseconds since the epoch: when a key with a time to live is deleted. Wall-clock time, since it outlives the
/// process.
pub(crate) type Instant = u64;

/// The journal of a store that forgets.
pub(crate) struct Nowhere;

impl Journal for Nowhere {
    fn append(&mut self, _: &[Record]) -> Result<(), StoreError> {
        Ok(())
    }

    fn compact(&mut self, _: Revision, _: &[Revision]) -> Result<(), StoreError> {
        Ok(())
    }
}
