//! Custom resource definitions as input: which paths are such, what they are read with, and where their types lie.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use kgen_emit::{Layout, slashed};
use kgen_model::draft::DraftModule;
use kgen_model::{Diagnostic, Draft, FileId, Report, Sources};
use kgen_source::crd::{CrdInput, CrdOptions};

use crate::config::{Config, Enums};

/// Whether a path is read as custom resource definitions: a YAML or JSON file, or a folder that holds some and is no part
/// of a crate's sources.
#[must_use]
pub fn is_definitions(path: &Path) -> bool {
    if !path.is_dir() {
        return is_file(path);
    }
    let mut found = Found::default();
    survey(path, &mut found);
    found.has_schemas && !found.has_sources
}

/// Whether a file can hold custom resource definitions, by its name.
pub(crate) fn is_file(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("yaml" | "yml" | "json"))
}

#[derive(Default)]
struct Found {
    has_schemas: bool,
    has_sources: bool,
}

/// Looks until a source file is found. Links to folders are not followed.
fn survey(folder: &Path, found: &mut Found) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if found.has_sources {
            return;
        }
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            survey(&path, found);
        } else {
            found.has_schemas |= is_file(&path);
            let is_rust = path.extension().is_some_and(|extension| extension == "rs");
            found.has_sources |= is_rust || path.file_name().is_some_and(|name| name == "Cargo.toml");
        }
    }
}

/// What definitions are read with.
pub(crate) fn options(config: &Config) -> CrdOptions {
    CrdOptions {
        recognise_kubernetes: config.crds_in.kubernetes_types,
        closed_enums: config.crds_in.enums == Enums::Closed,
        types: config.types.clone(),
    }
}

/// Reads definitions. Their modules lie below the generated ones.
pub(crate) fn draft(
    paths: &[PathBuf],
    options: CrdOptions,
    module_root: &[String],
    sources: &mut Sources,
    report: &mut Report,
) -> Draft {
    let input = CrdInput {
        paths: paths.to_vec(),
        module_root: module_root.to_vec(),
        options,
    };
    kgen_source::crd::load(&input, sources, report)
}

/// The modules of both, without those of the second that the first has. Parents stay before children.
pub(crate) fn joined(mut first: Draft, second: Draft) -> Draft {
    let known: BTreeSet<Vec<String>> = first.modules.iter().map(|module| module.path.clone()).collect();
    let new = second
        .modules
        .into_iter()
        .filter(|module| !known.contains(&module.path));
    first.modules.extend(new);
    first.modules.sort_by(|a, b| a.path.cmp(&b.path));
    first
}

/// What headers call each file. Several files that share a module are called by the folder that holds all of them.
pub(crate) fn headers(draft: &Draft, names: Vec<String>) -> Vec<String> {
    let mut groups: Vec<usize> = (0..names.len()).collect();
    for module in &draft.modules {
        let mut files = files_of(module).into_iter();
        let Some(first) = files.next() else { continue };
        for file in files {
            let (from, to) = (groups.get(file).copied(), groups.get(first).copied());
            if let (Some(from), Some(to)) = (from, to) {
                groups
                    .iter_mut()
                    .filter(|group| **group == from)
                    .for_each(|group| *group = to);
            }
        }
    }
    let mut called: BTreeMap<usize, String> = BTreeMap::new();
    for group in &groups {
        let members = names
            .iter()
            .zip(&groups)
            .filter(|(_, of)| *of == group)
            .map(|(name, _)| name.as_str());
        called
            .entry(*group)
            .or_insert_with(|| together(&members.collect::<Vec<_>>()));
    }
    groups.iter().map(|group| called[group].clone()).collect()
}

/// The folder that holds all of these, else each of them.
fn together(names: &[&str]) -> String {
    let mut paths = names.iter().map(|name| PathBuf::from(*name));
    let first = paths.next().unwrap_or_default();
    let shared = paths.fold(first, |shared, path| common(&shared, &path));
    if shared.as_os_str().is_empty() {
        names.join(", ")
    } else {
        slashed(&shared)
    }
}

fn files_of(module: &DraftModule) -> BTreeSet<usize> {
    let types = module.types.iter().map(|ty| ty.span.file);
    let versions = module.versions.iter().map(|version| version.span.file);
    types.chain(versions).map(|FileId(file)| file as usize).collect()
}

fn common(a: &Path, b: &Path) -> PathBuf {
    let same = a.components().zip(b.components()).take_while(|(a, b)| a == b);
    same.map(|(part, _)| part).collect()
}

/// Reports output folders that hold the input, or lie in it: there the next run would read what this one wrote, or
/// remove what it read.
pub(crate) fn check_apart(inputs: &[PathBuf], root: &Path, layout: &Layout, report: &mut Report) {
    for input in inputs {
        let real = real(input);
        let folders = [&layout.rust_root, &layout.crds, &layout.openapi, &layout.manifests];
        let clash = folders.into_iter().find(|folder| {
            let folder = self::real(&root.join(folder));
            real.starts_with(&folder) || folder.starts_with(&real)
        });
        if let Some(folder) = clash {
            let message = format!(
                "the input `{}` and the output folder `{}` hold one another",
                input.display(),
                root.join(folder).display()
            );
            let help = "put the output elsewhere: `--out DIR`, or `[output]` in `kgen.toml`";
            report.push(Diagnostic::error_without_span("input-in-output", message).help(help));
        }
    }
}

/// The path without links and `..`, also of a folder that does not exist yet.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut missing = Vec::new();
    let mut at = path.as_path();
    loop {
        if let Ok(found) = at.canonicalize() {
            return missing.iter().rev().fold(found, |path, name| path.join(name));
        }
        match (at.parent(), at.file_name()) {
            (Some(parent), Some(name)) => {
                missing.push(name.to_owned());
                at = parent;
            }
            _ => return path,
        }
    }
}

#[cfg(test)]
mod tests {
    use kgen_model::Span;
    use kgen_model::draft::DraftVersion;

    use super::*;

    fn module(files: &[u32]) -> DraftModule {
        let version = |file: &u32| DraftVersion {
            span: Span::new(FileId(*file), 0, 0),
            markers: Vec::new(),
        };
        DraftModule {
            versions: files.iter().map(version).collect(),
            ..DraftModule::default()
        }
    }

    #[test]
    fn files_that_share_a_module_are_called_by_their_folder() {
        let draft = Draft {
            modules: vec![module(&[0]), module(&[1, 2]), module(&[2, 3])],
        };
        let names = [
            "crds/a.yaml",
            "crds/b/x.yaml",
            "crds/b/y.yaml",
            "crds/c.yaml",
            "src/lib.rs",
        ];
        let names = names.map(str::to_owned).to_vec();
        assert_eq!(
            headers(&draft, names),
            ["crds/a.yaml", "crds", "crds", "crds", "src/lib.rs"]
        );
        let names = ["a.yaml", "b.yaml", "c.yaml", "d.yaml"].map(str::to_owned).to_vec();
        let all = "b.yaml, c.yaml, d.yaml";
        assert_eq!(headers(&draft, names), ["a.yaml", all, all, all]);
    }

    #[test]
    fn folders_with_sources_are_no_definitions() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |path: &str| {
            let path = folder.path().join(path);
            let made = path
                .parent()
                .map_or(Ok(()), fs::create_dir_all)
                .and_then(|()| fs::write(path, ""));
            made.expect("the folder can be written");
        };
        ["a/b/x.yaml", "c/x.json", "c/d/lib.rs", "e/x.txt"]
            .into_iter()
            .for_each(write);
        let is_input = |path: &str| is_definitions(&folder.path().join(path));
        assert!(is_input("a") && is_input("a/b/x.yaml") && is_input("c/x.json"));
        assert!(!is_input("c") && !is_input("e") && !is_input("c/d/lib.rs") && !is_input("none"));
    }

    #[test]
    fn input_and_output_do_not_hold_one_another() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir_all(folder.path().join("a")).expect("the folder can be written");
        fs::create_dir_all(folder.path().join("crds")).expect("the folder can be written");
        let found = |input: &str, root: &str| {
            let mut report = Report::default();
            let inputs = [folder.path().join(input)];
            check_apart(&inputs, &folder.path().join(root), &Layout::default(), &mut report);
            report.diagnostics().len()
        };
        assert_eq!([found("crds", ""), found("", ""), found("a/../crds", "")], [1, 1, 1]);
        assert_eq!([found("crds", "out"), found("input", ""), found("crd", "")], [0, 0, 0]);
    }
}
