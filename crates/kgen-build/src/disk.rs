//! Brings the output folders into the wanted state: plans first, writes then. Files that a person wrote are never
//! overwritten or removed, files that would not change are not touched.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use kgen_emit::{File, Owner, index, parallel, slashed};
use kgen_model::{Diagnostic, Report};

use crate::diff;

const UNTOUCHED: &str = "nothing was changed";

/// Whose files become stale when they are no longer wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The generators that ran; `None` when all did, so that even files of generators that no longer exist count. Index
    /// files always count.
    pub generators: Option<BTreeSet<String>>,
    /// The part of the input that was read, as headers call it; `None` for all of it.
    pub source: Option<String>,
    /// The crate that this part is of, if it is of one.
    pub krate: Option<PathBuf>,
}

impl Reach {
    pub(crate) fn covers(&self, owner: &Owner) -> bool {
        let ran = self
            .generators
            .as_ref()
            .is_none_or(|ran| ran.contains(&owner.generator));
        let was_read = self.outside(owner).next().is_none();
        owner.generator == index::NAME || (ran && was_read)
    }

    /// What a file was made from and is still there, but was not read.
    fn unread<'a>(&'a self, owner: &'a Owner) -> Vec<&'a str> {
        match &self.krate {
            Some(krate) if owner.generator != index::NAME => {
                self.outside(owner).filter(|input| krate.join(input).exists()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The inputs of a file that do not belong to the part that was read.
    fn outside<'a>(&'a self, owner: &'a Owner) -> impl Iterator<Item = &'a str> {
        let part = self.source.as_deref();
        let is_outside = move |input: &&str| part.is_some_and(|part| !Path::new(input).starts_with(part));
        owner.input.split(", ").filter(is_outside)
    }
}

/// What happens to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It does not exist yet.
    Create,
    /// Its text changes.
    Update,
    /// It is stale.
    Remove,
}

/// A file that does not have the wanted state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The path relative to the output root.
    pub path: PathBuf,
    /// What happens.
    pub kind: ChangeKind,
    old: Option<String>,
    new: Option<String>,
}

impl Change {
    /// The change as a unified diff.
    #[must_use]
    pub fn diff(&self) -> String {
        diff::unified(&slashed(&self.path), self.old.as_deref(), self.new.as_deref())
    }
}

/// All that differs between the disk and the wanted state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The output root.
    pub root: PathBuf,
    /// The changes, by path.
    pub changes: Vec<Change>,
    /// How many wanted files are there already.
    pub unchanged: usize,
}

/// A file with our header below one of the output folders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Who made it, from what.
    pub owner: Owner,
    /// The path relative to the output root.
    pub path: PathBuf,
}

/// The files below `folders` that kgen made. Links to folders are not followed.
pub fn made(root: &Path, folders: &[&Path], report: &mut Report) -> Vec<Made> {
    let mut paths = BTreeSet::new();
    for folder in folders {
        walk(root, folder, &mut paths, report);
    }
    let paths: Vec<PathBuf> = paths.into_iter().collect();
    let owners = parallel::map(&paths, |path| Owner::of(&beginning(&root.join(path))?));
    let made = owners.into_iter().zip(paths);
    made.filter_map(|(owner, path)| Some(Made { owner: owner?, path }))
        .collect()
}

fn walk(root: &Path, folder: &Path, paths: &mut BTreeSet<PathBuf>, report: &mut Report) {
    let entries = match fs::read_dir(root.join(folder)).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return,
        Err(error) => {
            let message = format!("`{}` cannot be read: {error}", root.join(folder).display());
            return report.push(Diagnostic::error_without_span("unreadable-file", message));
        }
    };
    for entry in entries {
        let path = folder.join(entry.file_name());
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            walk(root, &path, paths, report);
        } else {
            paths.insert(path);
        }
    }
}

fn beginning(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)
        .ok()?
        .take(Owner::REACH as u64)
        .read_to_end(&mut bytes)
        .ok()?;
    Some(bytes)
}

/// Compares the wanted files with the disk. Whatever forbids writing goes into the report.
pub fn plan(root: &Path, made: &[Made], wanted: &[File], reach: &Reach, report: &mut Report) -> Plan {
    let mut changes = BTreeMap::new();
    let mut unchanged = 0;
    for compared in parallel::map(wanted, |file| compare(root, file)) {
        match compared {
            Ok(None) => unchanged += 1,
            Ok(Some(change)) => drop(changes.insert(change.path.clone(), change)),
            Err(diagnostic) => report.push(*diagnostic),
        }
    }
    report.extend(narrowed(made, &changes, reach));
    let is_wanted: BTreeSet<&Path> = wanted.iter().map(|file| file.path.as_path()).collect();
    for stale in made
        .iter()
        .filter(|made| !is_wanted.contains(made.path.as_path()) && reach.covers(&made.owner))
    {
        let old = fs::read(root.join(&stale.path))
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .ok();
        let change = Change {
            path: stale.path.clone(),
            kind: ChangeKind::Remove,
            old,
            new: None,
        };
        changes.insert(stale.path.clone(), change);
    }
    Plan {
        root: root.to_owned(),
        changes: changes.into_values().collect(),
        unchanged,
    }
}

/// Refuses to replace what was made from more of a crate than was read, which would lose the rest.
fn narrowed(made: &[Made], changes: &BTreeMap<PathBuf, Change>, reach: &Reach) -> Option<Diagnostic> {
    let changed = made.iter().filter(|made| changes.contains_key(&made.path));
    let narrowed: Vec<_> = changed
        .map(|made| (&made.path, reach.unread(&made.owner)))
        .filter(|(_, unread)| !unread.is_empty())
        .collect();
    let (path, unread) = narrowed.first()?;
    let others = match narrowed.len() - 1 {
        0 => String::new(),
        1 => " and another file".to_owned(),
        others => format!(" and {others} other files"),
    };
    let message = format!(
        "`{}`{others} would lose what was made from `{}`, which is not read",
        slashed(path),
        unread.join("`, `")
    );
    let help = "run kgen for the whole crate, or name generators whose files come from this part alone";
    Some(Diagnostic::error_without_span("narrowed-file", message).help(help))
}

/// Compares as text: line breaks that a checkout turned into CRLF are no change.
fn compare(root: &Path, file: &File) -> Result<Option<Change>, Box<Diagnostic>> {
    let path = root.join(&file.path);
    let create = || Change {
        path: file.path.clone(),
        kind: ChangeKind::Create,
        old: None,
        new: Some(file.text.clone()),
    };
    let old = match fs::File::open(&path).and_then(|old| differing(old, file.text.as_bytes())) {
        Ok(None) => return Ok(None),
        Ok(Some(old)) => old,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Some(create())),
        Err(error) => return Err(unwritable(&path, &error, UNTOUCHED)),
    };
    if !old.is_empty() && Owner::of(&old).is_none() {
        let message = format!("`{}` was not made by kgen and is not overwritten", path.display());
        let help = "move it away, or choose another folder under `[output]` in `kgen.toml`";
        return Err(Box::new(
            Diagnostic::error_without_span("foreign-file", message).help(help),
        ));
    }
    let old = String::from_utf8_lossy(&old).replace("\r\n", "\n");
    Ok((old != file.text).then(|| Change {
        kind: ChangeKind::Update,
        old: Some(old),
        ..create()
    }))
}

/// The bytes of a file unless they are those of the text, as they mostly are: then nothing is kept.
fn differing(mut file: fs::File, text: &[u8]) -> std::io::Result<Option<Vec<u8>>> {
    let mut chunk = [0; 1 << 14];
    let mut same = 0;
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 && same == text.len() {
            return Ok(None);
        }
        if read == 0 || !text[same..].starts_with(&chunk[..read]) {
            let mut bytes = [&text[..same], &chunk[..read]].concat();
            file.read_to_end(&mut bytes)?;
            return Ok(Some(bytes));
        }
        same += read;
    }
}

fn unwritable(path: &Path, error: &std::io::Error, help: &str) -> Box<Diagnostic> {
    let message = format!("`{}` cannot be written: {error}", path.display());
    Box::new(Diagnostic::error_without_span("unwritable-file", message).help(help))
}

impl Plan {
    /// How many changes there are of a kind.
    #[must_use]
    pub fn count(&self, kind: ChangeKind) -> usize {
        self.changes.iter().filter(|change| change.kind == kind).count()
    }

    /// Carries the plan out. All texts are written beside their places first, so that a full disk or a folder that
    /// cannot be written leaves everything as it was; then they take their places one by one.
    pub fn apply(&self, report: &mut Report) {
        let carried_out = self.prepare().and_then(|prepared| self.replace(&prepared));
        if let Err(diagnostic) = carried_out {
            report.push(*diagnostic);
        }
    }

    /// Writes all texts beside their places. Gives both paths of each.
    fn prepare(&self) -> Result<Vec<(PathBuf, PathBuf)>, Box<Diagnostic>> {
        let texts = self.changes.iter().filter_map(|change| {
            let path = self.root.join(&change.path);
            Some((beside(&path), path, change.new.as_ref()?))
        });
        let texts: Vec<_> = texts.collect();
        let written = parallel::map(&texts, |(beside, _, text)| write(beside, text));
        let prepared: Vec<_> = texts.into_iter().map(|(beside, path, _)| (beside, path)).collect();
        for (written, (_, path)) in written.into_iter().zip(&prepared) {
            if let Err(error) = written {
                discard(&prepared);
                return Err(unwritable(path, &error, UNTOUCHED));
            }
        }
        Ok(prepared)
    }

    fn replace(&self, prepared: &[(PathBuf, PathBuf)]) -> Result<(), Box<Diagnostic>> {
        for (beside, path) in prepared {
            fs::rename(beside, path).map_err(|error| {
                discard(prepared);
                unwritable(
                    path,
                    &error,
                    "mend that and run kgen again: other files may have been written",
                )
            })?;
        }
        self.changes
            .iter()
            .filter(|change| change.new.is_none())
            .try_for_each(|change| self.remove(&change.path))
    }

    fn remove(&self, path: &Path) -> Result<(), Box<Diagnostic>> {
        let full = self.root.join(path);
        fs::remove_file(&full).map_err(|error| unwritable(&full, &error, "it is stale: remove it by hand"))?;
        let folders = path.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
        for folder in folders {
            if fs::remove_dir(self.root.join(folder)).is_err() {
                break;
            }
        }
        Ok(())
    }
}

fn discard(prepared: &[(PathBuf, PathBuf)]) {
    prepared.iter().for_each(|(beside, _)| drop(fs::remove_file(beside)));
}

/// A hidden name in the same folder, which a rename can replace the file from at once.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.kgen", std::process::id()))
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(path, text)
}

#[cfg(test)]
mod tests;
