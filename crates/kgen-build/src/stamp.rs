//! Stamps: what a run read and what it left behind, so that the next run ends at once if nothing has changed since.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use kgen_emit::{VERSION, parallel};

use crate::crds;
use crate::digest::Digest;
use crate::pipeline::{Outcome, Request};

/// By this file Cargo marks its target folders.
const CACHE_MARK: &str = "CACHEDIR.TAG";

/// The folder that holds the stamps of runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamps {
    folder: PathBuf,
}

/// What a run read and what it left behind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// The files that were read, and those that would have been.
    pub inputs: Vec<PathBuf>,
    /// The files that the generators want.
    pub outputs: Vec<PathBuf>,
    /// The folders that these lie in.
    folders: Vec<PathBuf>,
}

impl Stamps {
    /// Stamps in any folder, such as `OUT_DIR`.
    #[must_use]
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Stamps in the target folder for the crate that `path` lies in: the one that is `named`, else the nearest that
    /// Cargo has made. `None` if there is none yet.
    #[must_use]
    pub fn in_target(path: &Path, named: Option<&Path>) -> Option<Self> {
        let path = std::path::absolute(path).ok()?;
        let mut near = path.ancestors().map(|folder| folder.join("target"));
        let target = match named {
            Some(named) => Some(named.to_owned()).filter(|named| named.is_dir()),
            None => near.find(|target| target.join(CACHE_MARK).is_file()),
        };
        target.map(|target| Self::in_folder(target.join("kgen")))
    }

    /// The last run of this request, if all that it read and left behind is as it was then.
    #[must_use]
    pub fn last(&self, request: &Request) -> Option<Stamp> {
        let text = fs::read_to_string(self.file(request)).ok()?;
        let (digest, stamp) = Stamp::parse(&text)?;
        let inputs = parallel::map(&stamp.inputs, |path| read(path));
        let outputs = parallel::map(&stamp.outputs, |path| fs::read(path).ok().map(of_output));
        (stamp.digest(request, &inputs, &outputs).to_string() == digest).then_some(stamp)
    }

    /// Remembers a run whose plan was carried out. One with findings is not remembered, so that warnings are shown until
    /// they are mended.
    pub fn remember(&self, request: &Request, outcome: &Outcome) {
        if !outcome.report.diagnostics().is_empty() {
            return;
        }
        let files = outcome.files.iter().map(|file| outcome.plan.root.join(&file.path));
        let stamp = Stamp {
            inputs: outcome.inputs.clone(),
            outputs: files.collect(),
            folders: outcome.folders.clone(),
        };
        // What was read, and not what is there now: a person may have gone on writing.
        let sources = outcome.sources.iter().map(|(_, file)| (&file.path, &file.text));
        let sources: BTreeMap<_, _> = sources.collect();
        let inputs = parallel::map(&stamp.inputs, |path| match sources.get(path) {
            Some(text) => Some(Digest::of(text.as_bytes())),
            None => read(path),
        });
        let outputs = parallel::map(&outcome.files, |file| Some(Digest::of(&file.text)));
        let text = stamp.text(stamp.digest(request, &inputs, &outputs));
        // Without a stamp the next run does the work again: no reason to fail.
        let _ = fs::create_dir_all(&self.folder).and_then(|()| fs::write(self.file(request), text));
    }

    /// Each request has a stamp of its own.
    fn file(&self, request: &Request) -> PathBuf {
        self.folder.join(format!("{}.stamp", key(request)))
    }
}

impl Stamp {
    /// Of everything, with the digests of the texts; `None` for a file that is not there.
    fn digest(&self, request: &Request, inputs: &[Option<Digest>], outputs: &[Option<Digest>]) -> Digest {
        let mut digest = key(request);
        digest.add(VERSION);
        digest.add(format!("{:?}", program()));
        let files = self.inputs.iter().zip(inputs);
        for (path, text) in files.chain(self.outputs.iter().zip(outputs)) {
            digest.add(path.as_os_str().as_encoded_bytes());
            digest.add(text.map_or_else(String::new, |text| text.to_string()));
        }
        let mut listing = BTreeSet::new();
        for is_wanted in [is_rust, crds::is_file] {
            let folders = folders_of(&self.inputs, is_wanted);
            let is_inner = |folder: &Path| folder.ancestors().skip(1).any(|outer| folders.contains(outer));
            for folder in folders.iter().filter(|folder| !is_inner(folder)) {
                list(folder, is_wanted, &mut listing);
            }
        }
        for folder in &self.folders {
            list(folder, |_| true, &mut listing);
        }
        for path in listing {
            digest.add(path.as_os_str().as_encoded_bytes());
        }
        digest
    }

    fn text(&self, digest: Digest) -> String {
        let lines = |mark: char, paths: &[PathBuf]| -> String {
            let lines = paths.iter().map(|path| format!("{mark}{}\n", path.display()));
            lines.collect()
        };
        let [inputs, outputs] = [lines('<', &self.inputs), lines('>', &self.outputs)];
        format!("{digest}\n{inputs}{outputs}{}", lines('/', &self.folders))
    }

    /// The digest, and what it is of.
    fn parse(text: &str) -> Option<(&str, Self)> {
        let (digest, lines) = text.split_once('\n')?;
        let paths = |mark: char| {
            let paths = lines.lines().filter_map(|line| line.strip_prefix(mark));
            paths.map(PathBuf::from).collect()
        };
        let stamp = Self {
            inputs: paths('<'),
            outputs: paths('>'),
            folders: paths('/'),
        };
        Some((digest, stamp))
    }
}

/// How the run was asked for. Its paths may be relative.
fn key(request: &Request) -> Digest {
    let mut key = Digest::of(format!("{request:?}"));
    let paths = [Some(&request.path), request.config.as_ref(), request.output.as_ref()];
    for path in paths.into_iter().flatten() {
        let path = std::path::absolute(path).unwrap_or_default();
        key.add(path.as_os_str().as_encoded_bytes());
    }
    key
}

/// Size and time of the program itself, which holds the generators: a rebuilt one may generate other code.
fn program() -> Option<(u64, std::time::SystemTime)> {
    let data = fs::metadata(std::env::current_exe().ok()?).ok()?;
    Some((data.len(), data.modified().ok()?))
}

fn read(path: &Path) -> Option<Digest> {
    fs::read(path).ok().map(Digest::of)
}

/// Line breaks that a checkout turned into CRLF are no change.
fn of_output(bytes: Vec<u8>) -> Digest {
    if bytes.contains(&b'\r') {
        return Digest::of(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"));
    }
    Digest::of(bytes)
}

/// The folders that the sources among these lie in, Rust files and custom resource definitions.
pub(crate) fn source_folders(files: &[PathBuf]) -> BTreeSet<&Path> {
    let rust = folders_of(files, is_rust);
    rust.into_iter().chain(folders_of(files, crds::is_file)).collect()
}

fn folders_of(files: &[PathBuf], is_wanted: fn(&Path) -> bool) -> BTreeSet<&Path> {
    let wanted = files.iter().filter(|path| is_wanted(path));
    wanted.filter_map(|path| path.parent()).collect()
}

fn is_rust(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rs")
}

/// Lists files below a folder, so that new ones are noticed. Links to folders are not followed.
fn list(folder: &Path, is_wanted: fn(&Path) -> bool, listing: &mut BTreeSet<PathBuf>) {
    let current = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    if folder.join(CACHE_MARK).exists() {
        return;
    }
    for entry in fs::read_dir(current).into_iter().flatten().flatten() {
        let path = folder.join(entry.file_name());
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            list(&path, is_wanted, listing);
        } else if is_wanted(&path) {
            listing.insert(path);
        }
    }
}

#[cfg(test)]
mod tests;
