//! The journal in a redb file: a table of records by revision, which a compaction thins out.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use redb::{Builder, Database, ReadableDatabase, ReadableTable, TableDefinition};

use super::OpenError;
use super::record::{Stored, decode, encode};
use crate::storage::log::{Instant, Journal, Record, State};
use crate::storage::{Change, Entry, Revision, StoreError};

/// The changes that are still of use, by revision.
const RECORDS: TableDefinition<'static, u64, &[u8]> = TableDefinition::new("records");

/// The numbers by name: the keys below.
const NUMBERS: TableDefinition<'static, &str, u64> = TableDefinition::new("numbers");

/// The shape of the data; another number is a file of another version.
const FORMAT: &str = "format";
const FORMAT_NOW: u64 = 1;
/// The revision of the last write, which outlives the record of it.
const REVISION: &str = "revision";
/// The revision up to which history is gone.
const COMPACTED: &str = "compacted";

/// All reads are answered from memory, so that pages are cached only for writing.
const CACHE: usize = 4 << 20;

/// The file.
pub(super) struct File {
    database: Database,
    /// Taken for each record again, so that it is not allocated each time.
    buffer: Vec<u8>,
}

impl File {
    /// Opens or creates the file and reads all of it.
    pub(super) fn open(path: &Path) -> Result<(Self, State), OpenError> {
        let mut builder = Builder::new();
        builder.set_cache_size(CACHE);
        let database = builder
            .create(path)
            .map_err(|error| OpenError::of_database(path, error))?;
        let file = Self {
            database,
            buffer: Vec::new(),
        };
        let corrupt = |reason: String| OpenError::Corrupt {
            path: path.to_owned(),
            reason,
        };
        file.prepare().map_err(|error| corrupt(error.to_string()))?;
        let state = file
            .read()
            .map_err(|error| corrupt(error.to_string()))?
            .map_err(corrupt)?;
        Ok((file, state))
    }

    /// Makes the tables of a new file.
    fn prepare(&self) -> Result<(), redb::Error> {
        let transaction = self.database.begin_write()?;
        {
            transaction.open_table(RECORDS)?;
            let mut numbers = transaction.open_table(NUMBERS)?;
            if numbers.get(FORMAT)?.is_none() {
                numbers.insert(FORMAT, FORMAT_NOW)?;
                numbers.insert(REVISION, Revision::FIRST.get())?;
                numbers.insert(COMPACTED, Revision::FIRST.get())?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    fn read(&self) -> Result<Result<State, String>, redb::Error> {
        let transaction = self.database.begin_read()?;
        let numbers = transaction.open_table(NUMBERS)?;
        let number = |name: &str| Ok::<_, redb::Error>(numbers.get(name)?.map_or(0, |number| number.value()));
        let format = number(FORMAT)?;
        if format != FORMAT_NOW {
            return Ok(Err(format!(
                "its format is {format}, and this version reads {FORMAT_NOW}"
            )));
        }
        let last = Revision::new(number(REVISION)?);
        let compacted = Revision::new(number(COMPACTED)?);
        let mut replay = Replay::new(compacted);
        for row in transaction.open_table(RECORDS)?.iter()? {
            let (revision, bytes) = row?;
            let revision = Revision::new(revision.value());
            let Some(stored) = decode(bytes.value()) else {
                return Ok(Err(format!("the record of revision {revision} is torn")));
            };
            if let Err(reason) = replay.take(revision, stored) {
                return Ok(Err(reason));
            }
        }
        Ok(replay.end(last))
    }

    fn write(&mut self, records: &[Record]) -> Result<(), redb::Error> {
        let transaction = self.database.begin_write()?;
        {
            let mut table = transaction.open_table(RECORDS)?;
            for record in records {
                encode(record, &mut self.buffer);
                table.insert(record.change.revision().get(), &*self.buffer)?;
            }
            if let Some(last) = records.last() {
                transaction
                    .open_table(NUMBERS)?
                    .insert(REVISION, last.change.revision().get())?;
            }
        }
        // A commit returns when the disk has it: redb's durability is `Immediate` unless one asks for less.
        transaction.commit()?;
        Ok(())
    }

    fn drop_records(&mut self, compacted: Revision, dropped: &[Revision]) -> Result<(), redb::Error> {
        let transaction = self.database.begin_write()?;
        {
            let mut table = transaction.open_table(RECORDS)?;
            for revision in dropped {
                table.remove(revision.get())?;
            }
            transaction.open_table(NUMBERS)?.insert(COMPACTED, compacted.get())?;
        }
        transaction.commit()?;
        Ok(())
    }
}

impl Journal for File {
    fn append(&mut self, records: &[Record]) -> Result<(), StoreError> {
        self.write(records).map_err(failed)
    }

    fn compact(&mut self, compacted: Revision, dropped: &[Revision]) -> Result<(), StoreError> {
        self.drop_records(compacted, dropped).map_err(failed)
    }
}

fn failed(error: redb::Error) -> StoreError {
    StoreError::Unavailable {
        reason: format!("the data file cannot be written, and nothing is written until it is opened anew: {error}"),
    }
}

/// Builds the state from the records in their order.
struct Replay {
    state: State,
    heads: HashMap<Arc<str>, Entry>,
    /// The last revision of which there is a change.
    last: Revision,
    compacted: Revision,
}

impl Replay {
    fn new(compacted: Revision) -> Self {
        let mut state = State::default();
        state.resume(compacted, compacted);
        Self {
            state,
            heads: HashMap::new(),
            last: compacted,
            compacted,
        }
    }

    fn take(&mut self, revision: Revision, stored: Stored) -> Result<(), String> {
        let Stored { key, state } = stored;
        let expires = state.as_ref().and_then(|state| state.expires);
        let entry = state.map(|state| Entry {
            key: key.clone(),
            value: state.value,
            created: state.created,
            revision,
        });
        if revision <= self.compacted {
            // Compaction keeps of that time only what keys still are.
            let entry = entry.ok_or_else(|| format!("revision {revision} is a deletion that was compacted"))?;
            self.state.restore(entry.clone(), expires);
            self.heads.insert(key, entry);
            return Ok(());
        }
        if revision != self.last.next() {
            return Err(format!("the record of revision {} is missing", self.last.next()));
        }
        self.last = revision;
        let previous = match &entry {
            Some(entry) => self.heads.insert(key, entry.clone()),
            None => self.heads.remove(&key),
        };
        let change = match (entry, previous) {
            (Some(entry), previous) => Change::Put { entry, previous },
            (None, Some(previous)) => Change::Delete { revision, previous },
            (None, None) => return Err(format!("revision {revision} deletes what is not there")),
        };
        self.apply(change, expires);
        Ok(())
    }

    fn apply(&mut self, change: Change, expires: Option<Instant>) {
        self.state.apply(Record {
            change: Arc::new(change),
            expires,
        });
    }

    fn end(self, last: Revision) -> Result<State, String> {
        if last != self.last {
            return Err(format!("the record of revision {last} is missing"));
        }
        Ok(self.state)
    }
}
