//! What the tests share: cases as crates in temporary folders, and wanted files that can be renewed.
//!
//! `KGEN_BLESS=1 cargo test` writes what came out over what was wanted.

use std::fs;
use std::path::{Path, PathBuf};

use kgen_build::diff::unified;
use kgen_build::{Outcome, Request, generators, run};
use tempfile::TempDir;

/// The folder of the workspace.
#[must_use]
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests lie in the workspace")
}

/// Whether wanted files are written instead of compared.
#[must_use]
pub fn bless() -> bool {
    std::env::var_os("KGEN_BLESS").is_some()
}

/// All files below a folder, relative to it and in order. None if the folder does not exist.
#[must_use]
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inner) = folders.pop() {
        for entry in entries(&folder.join(&inner)) {
            let path = inner.join(entry.file_name().expect("entries have names"));
            if entry.is_dir() {
                folders.push(path)
            } else {
                files.push(path)
            }
        }
    }
    files.sort();
    files
}

/// What lies directly in a folder, in order.
#[must_use]
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    paths.sort();
    paths
}

/// The text of a Rust file up to its inline tests.
#[must_use]
pub fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

/// Compares a text with the wanted file, or writes that file when blessing.
///
/// # Errors
/// With a diff from the wanted text to the actual one.
pub fn compare(wanted: &Path, actual: &str) -> Result<(), String> {
    if bless() {
        write(wanted, actual);
        return Ok(());
    }
    let text = fs::read_to_string(wanted).ok();
    let name = wanted.strip_prefix(root()).unwrap_or(wanted).to_string_lossy();
    let diff = unified(&name, text.as_deref(), Some(actual));
    if diff.is_empty() { Ok(()) } else { Err(diff) }
}

/// Fails with all differences at once.
///
/// # Panics
/// When there is a difference.
pub fn assert_none(differences: &[String]) {
    let count = differences.len();
    assert!(
        differences.is_empty(),
        "{}\n{count} differ; KGEN_BLESS=1 makes them the wanted ones",
        differences.join("\n")
    );
}

/// The cases of the corpus: their folders and their inputs.
#[must_use]
pub fn corpus() -> Vec<(PathBuf, PathBuf)> {
    let cases = entries(&root().join("tests/corpus")).into_iter();
    cases
        .map(|case| {
            let [file, folder] = ["input.rs", "input"].map(|name| case.join(name));
            if file.is_file() { (case, file) } else { (case, folder) }
        })
        .collect()
}

/// Writes a file with the folders above it.
///
/// # Panics
/// When the disk refuses.
pub fn write(path: &Path, text: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

/// A small crate on the disk.
pub struct Crate {
    folder: TempDir,
}

impl Crate {
    /// The crate of a case: a Rust file is its `src/lib.rs`, a folder is the crate itself.
    ///
    /// # Panics
    /// When the disk refuses.
    #[must_use]
    pub fn of(case: &Path) -> Self {
        let krate = Self {
            folder: tempfile::tempdir().expect("a temporary folder can be made"),
        };
        krate.write("Cargo.toml", "[package]\nname = \"case\"\n");
        if case.is_dir() {
            for file in files_below(case) {
                let bytes = fs::read(case.join(&file)).expect("cases can be read");
                write(&krate.path().join(file), bytes);
            }
        } else {
            krate.write("src/lib.rs", fs::read(case).expect("cases can be read"));
        }
        krate
    }

    /// The folder of the crate.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file of the crate.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        write(&self.path().join(path), text);
    }

    /// Runs all generators, with output below `output`, or in the crate.
    #[must_use]
    pub fn run(&self, output: Option<&Path>) -> Outcome {
        let request = Request {
            output: output.map(Path::to_owned),
            ..Request::new(self.path())
        };
        run(&request, &generators(), &|_| {})
    }

    /// Paths in a text without the temporary folder.
    #[must_use]
    pub fn relative(&self, text: &str) -> String {
        text.replace(&format!("{}/", self.path().display()), "")
    }
}
