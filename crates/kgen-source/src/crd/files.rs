//! The files of definitions: those that are named, and those of YAML or JSON in folders that are named.

use std::path::{Path, PathBuf};

use kgen_model::{Diagnostic, FileId, Report, Sources};

/// Definitions are no larger than servers store; generated bundles of them may be.
const LARGEST: u64 = 256 << 20;

/// Reads the files in a stable order.
pub(super) fn read(paths: &[PathBuf], sources: &mut Sources, report: &mut Report) -> Vec<FileId> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            folder(path, &mut files, report);
        } else {
            files.push(path.clone());
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    files.retain(|path| seen.insert(path.clone()));
    if files.is_empty() && !report.has_errors() {
        let names: Vec<String> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
        let message = format!("no YAML or JSON file in {}", names.join(", "));
        let help = "name a file with a CustomResourceDefinition, or a folder with such files";
        report.push(Diagnostic::error_without_span("no-sources", message).help(help));
    }
    files.iter().filter_map(|path| file(path, sources, report)).collect()
}

fn folder(path: &Path, files: &mut Vec<PathBuf>, report: &mut Report) {
    let entries = match std::fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => return report.push(unreadable(path, &error)),
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let is_hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if is_hidden {
            continue;
        }
        if path.is_dir() {
            folder(&path, files, report);
        } else if is_definition(&path) {
            files.push(path);
        }
    }
}

/// Whether a file may hold a definition, by its name.
pub(super) fn is_definition(path: &Path) -> bool {
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_lowercase());
    matches!(extension.as_deref(), Some("yaml" | "yml" | "json"))
}

fn file(path: &Path, sources: &mut Sources, report: &mut Report) -> Option<FileId> {
    let size = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    if size > LARGEST {
        let message = format!("`{}` has {size} bytes, more than {LARGEST}", path.display());
        let help = "name the files of definitions one by one";
        report.push(Diagnostic::error_without_span("file-too-large", message).help(help));
        return None;
    }
    match std::fs::read_to_string(path) {
        Ok(text) => Some(sources.add(path, text)),
        Err(error) => {
            report.push(unreadable(path, &error));
            None
        }
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    let message = format!("cannot read `{}`: {error}", path.display());
    Diagnostic::error_without_span("unreadable-file", message).help("check the path, and that it is a text in UTF-8")
}
