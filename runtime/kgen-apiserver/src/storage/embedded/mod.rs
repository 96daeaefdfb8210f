//! A store in a folder of this machine, for one server.
//!
//! All data is in memory, where reads are answered, and in a redb file, which has every write before it is
//! acknowledged. Writers that come at once share a flush. What was acknowledged survives the process and the machine,
//! and revisions go on where they were.

mod journal;
mod lock;
mod record;

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use self::journal::File;
use self::lock::Lock;
use super::log::{HistoryLimits, Limits, Log, OnLog};
use super::store::VALUE_LIMIT;

/// The name of the data file in its folder.
const DATA: &str = "data.redb";

/// A store in a folder. The folder is free for another one when this one is dropped.
pub struct Embedded {
    log: Log,
    file: PathBuf,
    /// After the log, since fields are dropped in order.
    _lock: Lock,
}

/// How an embedded store is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmbeddedOptions {
    /// How much of the past it keeps.
    pub history: HistoryLimits,
    /// The largest value in bytes: 1.5 MiB, as in etcd.
    pub value_limit: usize,
    /// The most bytes of keys and values, with those of history: 2 GiB, as in etcd. All of it is in memory.
    pub quota: u64,
}

/// Why a store was not opened.
#[derive(Debug)]
pub enum OpenError {
    /// Another store has the folder.
    Locked {
        /// The folder.
        folder: PathBuf,
        /// The process that has it, if it says so.
        process: Option<u32>,
    },
    /// The folder or a file in it cannot be used.
    Io {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The data makes no sense.
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
}

impl Default for EmbeddedOptions {
    fn default() -> Self {
        Self {
            history: HistoryLimits::default(),
            value_limit: VALUE_LIMIT,
            quota: 2 << 30,
        }
    }
}

impl Embedded {
    /// Opens the store in a folder, which is created if it is not there. Reads all of it, and so takes its time.
    pub fn open(folder: impl AsRef<Path>, options: EmbeddedOptions) -> Result<Self, OpenError> {
        let folder = folder.as_ref();
        let failed = |error| OpenError::Io {
            path: folder.to_owned(),
            error,
        };
        create(folder).map_err(failed)?;
        let lock = Lock::take(folder)?;
        let path = folder.join(DATA);
        let (file, state) = File::open(&path)?;
        sync(folder).map_err(failed)?;
        let limits = Limits {
            value: options.value_limit,
            quota: options.quota,
            history: options.history,
        };
        let log = Log::on(Box::new(file), state, limits).map_err(failed)?;
        Ok(Self {
            log,
            file: path,
            _lock: lock,
        })
    }
}

/// Creates the folder for this user alone: it may hold secrets.
fn create(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes the file's name in its folder durable, without which a new file could be lost with all that it holds.
fn sync(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        fs::File::open(folder)?.sync_all()?;
        // The folder may be new as well. Whether the one above may be opened is not ours to say.
        if let Some(above) = folder.canonicalize()?.parent() {
            fs::File::open(above).and_then(|above| above.sync_all()).ok();
        }
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

impl OnLog for Embedded {
    fn log(&self) -> &Log {
        &self.log
    }

    fn file(&self) -> Option<&Path> {
        Some(&self.file)
    }
}

impl OpenError {
    fn of_database(path: &Path, error: redb::DatabaseError) -> Self {
        let path = path.to_owned();
        match error {
            redb::DatabaseError::DatabaseAlreadyOpen => Self::Locked {
                folder: path.parent().unwrap_or(&path).to_owned(),
                process: None,
            },
            redb::DatabaseError::Storage(redb::StorageError::Io(error)) => Self::Io { path, error },
            error => Self::Corrupt {
                path,
                reason: error.to_string(),
            },
        }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Locked { folder, process } => {
                write!(f, "the data in `{}` is in use", folder.display())?;
                match process {
                    Some(process) => write!(f, " by process {process}"),
                    None => f.write_str(" by another process"),
                }
            }
            Self::Io { path, error } => write!(f, "`{}` cannot be used: {error}", path.display()),
            Self::Corrupt { path, reason } => write!(f, "the data file `{}` is corrupt: {reason}", path.display()),
        }
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            Self::Locked { .. } | Self::Corrupt { .. } => None,
        }
    }
}
