//! Keeps two servers out of one folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Seek, Write};
use std::path::Path;

use super::OpenError;

/// A lock that ends with the process, however it ends.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Locks a folder, or tells who has it.
    pub(super) fn take(folder: &Path) -> Result<Self, OpenError> {
        let path = folder.join("lock");
        let failed = |error| OpenError::Io {
            path: path.clone(),
            error,
        };
        let mut options = OpenOptions::new();
        let mut file = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let process = fs::read_to_string(&path).ok().and_then(|text| text.trim().parse().ok());
                return Err(OpenError::Locked {
                    folder: folder.to_owned(),
                    process,
                });
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        // The number is only for the message that the next one gets.
        file.set_len(0).map_err(failed)?;
        file.rewind().map_err(failed)?;
        writeln!(file, "{}", std::process::id()).map_err(failed)?;
        Ok(Self { _file: file })
    }
}
