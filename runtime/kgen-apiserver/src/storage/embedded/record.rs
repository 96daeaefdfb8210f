//! The bytes of a change on disk.

use std::sync::Arc;

use bytes::Bytes;

use crate::storage::log::{Instant, Record};
use crate::storage::{Change, Revision};

/// A change as it was read back. What was there before is not stored: it is an earlier record.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stored {
    pub(super) key: Arc<str>,
    /// None for a deletion.
    pub(super) state: Option<StoredState>,
}

/// The state that a write left.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct StoredState {
    pub(super) value: Bytes,
    pub(super) created: Revision,
    pub(super) expires: Option<Instant>,
}

const DELETE: u8 = 0;
const PUT: u8 = 1;

/// kind, created (8), expires or 0 (8), length of the key (4), key, value. A deletion has no times and no value.
pub(super) fn encode(record: &Record, bytes: &mut Vec<u8>) {
    bytes.clear();
    let key = record.change.key();
    match &*record.change {
        Change::Put { entry, .. } => {
            bytes.push(PUT);
            bytes.extend(entry.created.get().to_le_bytes());
            bytes.extend(record.expires.unwrap_or(0).to_le_bytes());
            bytes.extend((key.len() as u32).to_le_bytes());
            bytes.extend(key.as_bytes());
            bytes.extend(&entry.value);
        }
        Change::Delete { .. } => {
            bytes.push(DELETE);
            bytes.extend(key.as_bytes());
        }
    }
}

/// Reads a record, or finds that it is none.
pub(super) fn decode(bytes: &[u8]) -> Option<Stored> {
    let (kind, rest) = bytes.split_first()?;
    match *kind {
        DELETE => Some(Stored {
            key: Arc::from(str::from_utf8(rest).ok()?),
            state: None,
        }),
        PUT => {
            let (created, rest) = rest.split_first_chunk()?;
            let (expires, rest) = rest.split_first_chunk()?;
            let (length, rest) = rest.split_first_chunk()?;
            let (key, value) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
            Some(Stored {
                key: Arc::from(str::from_utf8(key).ok()?),
                state: Some(StoredState {
                    value: Bytes::copy_from_slice(value),
                    created: Revision::new(u64::from_le_bytes(*created)),
                    expires: Some(u64::from_le_bytes(*expires)).filter(|expires| *expires > 0),
                }),
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::Entry;

    fn entry() -> Entry {
        Entry {
            key: Arc::from("/a/ü"),
            value: Bytes::from_static(b"value"),
            created: Revision::new(3),
            revision: Revision::new(300),
        }
    }

    fn encoded(change: Change, expires: Option<Instant>) -> Vec<u8> {
        let mut bytes = vec![9];
        let change = Arc::new(change);
        encode(&Record { change, expires }, &mut bytes);
        bytes
    }

    #[test]
    fn what_is_written_is_read() {
        let entry = entry();
        let put = Change::Put {
            entry: entry.clone(),
            previous: None,
        };
        let stored = decode(&encoded(put, Some(77))).unwrap();
        let state = StoredState {
            value: entry.value.clone(),
            created: entry.created,
            expires: Some(77),
        };
        assert_eq!((&stored.key, stored.state), (&entry.key, Some(state)));
        let delete = Change::Delete {
            revision: Revision::new(301),
            previous: entry.clone(),
        };
        let stored = decode(&encoded(delete, None)).unwrap();
        assert_eq!((stored.key, stored.state), (entry.key, None));
    }

    #[test]
    fn torn_records_are_noticed() {
        let put = Change::Put {
            entry: entry(),
            previous: None,
        };
        let bytes = encoded(put, None);
        for end in 0..bytes.len() - entry().value.len() {
            assert_eq!(decode(&bytes[..end]), None, "{end} bytes");
        }
        assert_eq!(decode(&[7, 7]), None);
    }
}
