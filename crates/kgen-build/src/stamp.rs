//! The stamp of a build script: a digest of everything that a run depends on and of what it left behind. A run whose
//! stamp has not changed has nothing to do.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// A digest by FNV-1a, which, unlike the hash of the standard library, is the same in every version of Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Digest(u64);

impl Digest {
    pub(crate) fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Adds one piece. Its length belongs to it, so that no two sequences of pieces look alike.
    pub(crate) fn add(&mut self, piece: impl AsRef<[u8]>) {
        let piece = piece.as_ref();
        for byte in (piece.len() as u64).to_le_bytes().iter().chain(piece) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// Adds the path and the contents of a file, or that it cannot be read.
    fn add_file(&mut self, path: &Path) {
        self.add(path.as_os_str().as_encoded_bytes());
        match fs::read(path) {
            Ok(bytes) => self.add(bytes),
            Err(_) => self.add("unreadable"),
        }
    }

    /// Adds the names of the Rust files in a folder, so that a new one is noticed.
    fn add_folder(&mut self, folder: &Path) {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let names: BTreeSet<_> = entries.map(|entry| entry.file_name()).collect();
        let is_rust = |name: &&std::ffi::OsString| name.as_encoded_bytes().ends_with(b".rs");
        names
            .iter()
            .filter(is_rust)
            .for_each(|name| self.add(name.as_encoded_bytes()));
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// What a run read and what it left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    digest: Digest,
    /// The files that were read, and those that would have been.
    pub(crate) inputs: Vec<PathBuf>,
    outputs: Vec<PathBuf>,
}

impl Stamp {
    /// The stamp of the present state of these files. The key says how the run was asked for.
    pub(crate) fn new(key: Digest, inputs: Vec<PathBuf>, outputs: Vec<PathBuf>) -> Self {
        let mut digest = key;
        inputs.iter().chain(&outputs).for_each(|file| digest.add_file(file));
        folders(&inputs)
            .into_iter()
            .for_each(|folder| digest.add_folder(folder));
        Self {
            digest,
            inputs,
            outputs,
        }
    }

    /// The stamp in a file, if there is one and everything is still as it was.
    pub(crate) fn read(path: &Path, key: Digest) -> Option<Self> {
        let text = fs::read_to_string(path).ok()?;
        let (digest, files) = text.split_once('\n')?;
        let (inputs, outputs) = files.split_once("\n\n")?;
        let paths = |lines: &str| lines.lines().map(PathBuf::from).collect();
        let stamp = Self::new(key, paths(inputs), paths(outputs));
        (stamp.digest.to_string() == digest).then_some(stamp)
    }

    pub(crate) fn write(&self, path: &Path) -> std::io::Result<()> {
        let lines = |paths: &[PathBuf]| {
            paths
                .iter()
                .map(|path| format!("{}\n", path.display()))
                .collect::<String>()
        };
        fs::write(
            path,
            format!(
                "{:016x}\n{}\n{}",
                self.digest.0,
                lines(&self.inputs),
                lines(&self.outputs)
            ),
        )
    }
}

/// The folders that the files lie in.
pub(crate) fn folders(files: &[PathBuf]) -> BTreeSet<&Path> {
    files.iter().filter_map(|file| file.parent()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_have_borders() {
        let digest = |pieces: &[&str]| {
            pieces
                .iter()
                .fold(Digest::new(), |mut digest, piece| (digest.add(piece), digest).1)
        };
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
        assert_eq!(digest(&["ab", "c"]), digest(&["ab", "c"]));
    }

    #[test]
    fn a_stamp_holds_while_nothing_changes() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (input, output, path) = (
            folder.path().join("a.rs"),
            folder.path().join("out/b"),
            folder.path().join("stamp"),
        );
        fs::create_dir(folder.path().join("out")).expect("the folder can be written");
        let holds_after = |changed: &Path| {
            fs::write(&input, "a").expect("the folder can be written");
            fs::write(&output, "b").expect("the folder can be written");
            let stamp = Stamp::new(Digest::new(), vec![input.clone()], vec![output.clone()]);
            stamp.write(&path).expect("the folder can be written");
            assert_eq!(Stamp::read(&path, Digest::new()), Some(stamp));
            fs::write(changed, "changed").expect("the folder can be written");
            Stamp::read(&path, Digest::new()).is_some()
        };
        assert!(!holds_after(&input));
        assert!(!holds_after(&output));
        assert!(!holds_after(&folder.path().join("new.rs")));
        assert!(holds_after(&folder.path().join("other.txt")));
        let mut key = Digest::new();
        key.add("another request");
        assert_eq!(Stamp::read(&path, key), None);
    }
}
