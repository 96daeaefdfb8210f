//! The files on disk: which ones a root stands for, and their text.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use kgen_model::{Diagnostic, Report, Span};

use super::folder::Folder;
use super::{Input, waves::Request};

/// The most bytes that a file may have, so that spans and stacks are known to suffice.
pub(crate) const LIMIT: usize = 16 << 20;

/// Why a file has no text.
#[derive(Debug)]
pub(crate) enum Unreadable {
    /// The disk says no.
    Io(io::Error),
    /// It is longer than [`LIMIT`].
    TooLarge,
    /// It is no UTF-8. The text is what can be shown, right up to the offset of the first wrong byte.
    NotUtf8 { text: String, offset: usize },
}

/// The whole text of a file.
pub(crate) fn read(path: &Path) -> Result<String, Unreadable> {
    let mut bytes = Vec::new();
    let mut file = File::open(path).map_err(Unreadable::Io)?;
    let too_long = LIMIT as u64 + 1;
    file.by_ref()
        .take(too_long)
        .read_to_end(&mut bytes)
        .map_err(Unreadable::Io)?;
    if bytes.len() > LIMIT {
        return Err(Unreadable::TooLarge);
    }
    String::from_utf8(bytes).map_err(|error| Unreadable::NotUtf8 {
        text: String::from_utf8_lossy(error.as_bytes()).into_owned(),
        offset: error.utf8_error().valid_up_to(),
    })
}

/// The finding for a file that the disk refuses, or that is too large. `declared` is the name behind `mod`.
pub(crate) fn unreadable(path: &Path, error: &Unreadable, declared: Option<Span>) -> Diagnostic {
    let path = path.display();
    let (code, message, help) = match error {
        Unreadable::Io(error) => (
            "unreadable-file",
            format!("`{path}` cannot be read: {}", reason(error)),
            "check the path and its rights",
        ),
        Unreadable::TooLarge => (
            "file-too-large",
            format!("`{path}` is larger than {} MiB", LIMIT >> 20),
            "split it into modules",
        ),
        Unreadable::NotUtf8 { offset, .. } => (
            "not-utf8",
            format!("`{path}` is no UTF-8: the byte at offset {offset} is illegal"),
            "save it as UTF-8",
        ),
    };
    match declared {
        Some(span) => Diagnostic::error(code, span, message),
        None => Diagnostic::error_without_span(code, message),
    }
    .help(help)
}

/// The same words on every system, where they are known.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}

/// The files that a root stands for.
pub(crate) fn roots(input: &Input, report: &mut Report) -> Vec<Request> {
    if !input.root.is_dir() {
        return vec![Request::root(&input.root, &input.module_path)];
    }
    if let Some(file) = root_file(&input.root, &input.module_path) {
        return vec![Request::root(&file, &input.module_path)];
    }
    let skip = input.skip.iter().map(|path| canonical(path)).collect();
    let mut findings = Report::default();
    let mut walk = Walk {
        skip,
        parents: Vec::new(),
        found: Vec::new(),
        report: &mut findings,
    };
    walk.folder(&input.root, &input.module_path);
    let found = walk.found;
    if found.is_empty() && !findings.has_errors() {
        let message = format!("`{}` holds no Rust files", input.root.display());
        findings.push(Diagnostic::error_without_span("no-sources", message).help("name the folder of the API's types"));
    }
    report.append(findings);
    found
}

/// The file that a folder's module is in. A crate has none beside its folder.
fn root_file(folder: &Path, module: &[String]) -> Option<PathBuf> {
    let inside = ["lib.rs", "main.rs", "mod.rs"].map(|name| folder.join(name));
    let name = folder.file_name().filter(|_| module.len() > 1);
    let beside = name.map(|name| folder.with_file_name(format!("{}.rs", name.to_string_lossy())));
    inside.into_iter().chain(beside).find(|file| file.is_file())
}

/// A walk through folders whose files nothing declares.
struct Walk<'a> {
    skip: Vec<PathBuf>,
    /// The folders around this one, so that links do not lead in circles.
    parents: Vec<PathBuf>,
    found: Vec<Request>,
    report: &'a mut Report,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, module: &[String]) {
        let real = canonical(folder);
        if self.parents.contains(&real) {
            return;
        }
        let entries = match entries(folder) {
            Ok(entries) => entries,
            Err(error) => {
                self.report.push(unreadable(folder, &Unreadable::Io(error), None));
                return;
            }
        };
        self.parents.push(real);
        for entry in &entries {
            self.entry(entry, &entries, module);
        }
        self.parents.pop();
    }

    fn entry(&mut self, path: &Path, siblings: &[PathBuf], module: &[String]) {
        if is_below(&canonical(path), &self.skip) {
            return;
        }
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let child: Vec<String> = module.iter().cloned().chain([stem.clone()]).collect();
        if path.is_dir() {
            let root = path.join("mod.rs");
            if root.is_file() {
                self.found.push(Request::root(&root, &child));
            } else if !stem.starts_with('.') && !siblings.contains(&path.with_file_name(format!("{stem}.rs"))) {
                // The folder of a sibling file holds the modules that the sibling declares.
                self.folder(path, &child);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            if is_identifier(&stem) {
                self.found.push(Request::root(path, &child));
            } else {
                let message = format!("`{}` cannot be a module: its name is no identifier", path.display());
                let help = "rename it, or name the files to load one by one";
                self.report
                    .push(Diagnostic::error_without_span("bad-module-name", message).help(help));
            }
        }
    }
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        paths.push(folder.join(entry?.file_name()));
    }
    paths.sort();
    Ok(paths)
}

fn is_identifier(name: &str) -> bool {
    // Keywords are names of modules too: `r#type` lies in `type.rs`.
    syn::parse_str::<syn::Ident>(name).is_ok() || syn::parse_str::<syn::Ident>(&format!("r#{name}")).is_ok()
}

/// Whether a canonical path is one of these or lies below one.
pub(crate) fn is_below(path: &Path, folders: &[PathBuf]) -> bool {
    folders.iter().any(|folder| path.starts_with(folder))
}

/// One spelling for all that lead to the same file, which need not exist.
pub(crate) fn canonical(path: &Path) -> PathBuf {
    if let Ok(path) = fs::canonicalize(path) {
        return path;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) if parent.as_os_str().is_empty() => canonical(Path::new(".")).join(name),
        (Some(parent), Some(name)) => canonical(parent).join(name),
        _ => path.to_path_buf(),
    }
}

impl Request {
    fn root(file: &Path, module: &[String]) -> Self {
        let folder = Folder::of_root(file, module);
        Self {
            path: file.to_path_buf(),
            module: module.to_vec(),
            folder,
            parents: Vec::new(),
            declared: None,
        }
    }
}
