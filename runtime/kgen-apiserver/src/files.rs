//! Files that may be replaced while the server runs: certificates, keys, tokens.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The files that something was made of, as they were when they were read.
#[derive(Debug, Default)]
pub(crate) struct Files(Vec<(PathBuf, Option<Stamp>)>);

/// What differs when a file was written or replaced; links are followed, since mounted secrets are links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    len: u64,
    id: u64,
}

impl Files {
    /// Reads a file and notes how it was.
    pub(crate) fn read(&mut self, path: &Path) -> Result<Vec<u8>, String> {
        // The stamp is taken first: what is written in between is read again.
        self.0.push((path.to_owned(), Stamp::of(path)));
        fs::read(path).map_err(|error| cannot_read(path, &error))
    }

    /// Whether a file is another one by now, or has gone, or has come.
    pub(crate) fn changed(&self) -> bool {
        self.0.iter().any(|(path, seen)| Stamp::of(path) != *seen)
    }
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok()?;
        Some(Self {
            modified: metadata.modified().ok(),
            len: metadata.len(),
            id: id(&metadata),
        })
    }
}

#[cfg(unix)]
fn id(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn id(_: &fs::Metadata) -> u64 {
    0
}

/// Writes a file that only its owner can read, as a whole or not at all.
pub(crate) fn write_secret(path: &Path, content: &[u8]) -> Result<(), String> {
    write(path, content, 0o600)
}

/// Writes a file that all can read, as a whole or not at all.
pub(crate) fn write_public(path: &Path, content: &[u8]) -> Result<(), String> {
    write(path, content, 0o644)
}

fn write(path: &Path, content: &[u8], mode: u32) -> Result<(), String> {
    let written = || {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.new", std::process::id()));
        let new = path.with_file_name(name);
        write_new(&new, content, mode)?;
        fs::rename(&new, path)
    };
    written().map_err(|error| format!("cannot write {}: {error}", path.display()))
}

fn write_new(path: &Path, content: &[u8], mode: u32) -> io::Result<()> {
    use std::io::Write;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    let mut file = options.open(path)?;
    file.write_all(content)?;
    file.sync_all()
}

fn cannot_read(path: &Path, error: &io::Error) -> String {
    format!("cannot read {}: {error}", path.display())
}
