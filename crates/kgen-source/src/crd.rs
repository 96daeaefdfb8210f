//! Custom resource definitions to draft: the same draft that annotated Rust gives, whose declarations do not exist yet.
//! What a definition says becomes markers with their places in the YAML, so that one lowering serves both sources, and
//! nothing that a definition says is lost: what no marker can say is refused.

mod at;
mod definition;
mod documents;
mod fields;
mod files;
mod hash;
mod known;
mod logic;
mod mark;
mod module;
mod modules;
mod naming;
mod scalar;
mod schema;
mod shape;
mod ty;
mod types;
mod words;
mod yaml;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kgen_model::{Draft, FileId, Report, Sources};

/// What to load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrdInput {
    /// Files of YAML or JSON, and folders that are searched for them.
    pub paths: Vec<PathBuf>,
    /// The absolute path of the module below which the versions become modules, such as `["crate"]`.
    pub module_root: Vec<String>,
    /// How types are made.
    pub options: CrdOptions,
}

/// How types are made of schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrdOptions {
    /// Whether objects that look like those of Kubernetes become its types.
    pub recognise_kubernetes: bool,
    /// Whether enums know the values of the schema only, and refuse others.
    pub closed_enums: bool,
    /// Further names of types, by the names that they would have: `OrderSpecLine` may become `Line`, or a path to a type
    /// that exists, such as `kgen::k8s::EnvVar`.
    pub types: BTreeMap<String, String>,
}

impl Default for CrdOptions {
    fn default() -> Self {
        Self {
            recognise_kubernetes: true,
            closed_enums: false,
            types: BTreeMap::new(),
        }
    }
}

/// Loads definitions. Files are added to `sources` in a stable order. What cannot be read is missing from the draft, and
/// `report` says why.
#[must_use]
pub fn load(input: &CrdInput, sources: &mut Sources, report: &mut Report) -> Draft {
    let files = files::read(&input.paths, sources, report);
    load_files(&files, &input.module_root, &input.options, sources, report)
}

/// Loads one text that need not be on disk.
#[must_use]
pub fn load_text(
    path: impl Into<PathBuf>,
    text: impl Into<Arc<str>>,
    module_root: &[String],
    options: &CrdOptions,
    sources: &mut Sources,
    report: &mut Report,
) -> Draft {
    let file = sources.add(path, text);
    load_files(&[file], module_root, options, sources, report)
}

/// Whether a path names definitions, by its ending: a file of YAML or JSON.
#[must_use]
pub fn is_definition(path: &Path) -> bool {
    files::is_definition(path)
}

fn load_files(
    files: &[FileId],
    module_root: &[String],
    options: &CrdOptions,
    sources: &Sources,
    report: &mut Report,
) -> Draft {
    let texts = files
        .iter()
        .filter_map(|file| Some((*file, Arc::clone(&sources.file(*file)?.text))));
    let texts: Vec<(FileId, Arc<str>)> = texts.collect();
    let documents: Vec<_> = texts
        .iter()
        .map(|(file, text)| yaml::documents(text, *file, report))
        .collect();
    let definitions = documents
        .iter()
        .flat_map(|documents| documents::definitions(documents, report));
    let definitions: Vec<_> = definitions.collect();
    let read: Vec<_> = definitions
        .iter()
        .filter_map(|at| definition::read(at, report))
        .collect();
    modules::draft(read, module_root, options, report)
}
