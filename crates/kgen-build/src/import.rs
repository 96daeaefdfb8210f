//! Importing: custom resource definitions become annotated Rust source that a person owns from then on.

use std::path::{Path, PathBuf};

use kgen_emit::draft::{SourceFile, files, with_imports};
use kgen_model::draft::DraftModule;
use kgen_model::model::Declaration;
use kgen_model::{Diagnostic, Draft, ExprKind, Report, Sources, known};

use crate::config::Config;
use crate::crds;
use crate::place::Manifest;

/// What is imported.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// Files and folders with custom resource definitions.
    pub inputs: Vec<PathBuf>,
    /// A `kgen.toml` with choices: `[crd-source]` and `[types]`.
    pub config: Option<PathBuf>,
    /// The generators that this may name.
    pub generators: Vec<String>,
}

/// What came of an import. Nothing is written.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// The modules of groups and versions, paths relative to the folder of the crate's root module; none if the report
    /// has errors.
    pub files: Vec<SourceFile>,
    /// The groups, in order.
    pub groups: Vec<String>,
    /// The input, for rendering the report.
    pub sources: Sources,
    /// What was found, by place.
    pub report: Report,
}

impl Import {
    /// Reads the definitions and checks that what comes out is an API without faults.
    #[must_use]
    pub fn run(&self) -> Imported {
        let mut imported = Imported::default();
        let (sources, report) = (&mut imported.sources, &mut imported.report);
        let inputs = self.inputs(report);
        let known: Vec<&str> = self.generators.iter().map(String::as_str).collect();
        let config = self.config.as_ref();
        let config = config.map_or_else(Config::default, |path| Config::read(path, &known, sources, report));
        if !report.has_errors() {
            let root = ["crate".to_owned()];
            let draft = crds::draft(&inputs, crds::options(&config), &root, sources, report);
            if draft.modules.iter().all(|module| module.versions.is_empty()) && !report.has_errors() {
                let message = "there is no custom resource definition in the input";
                let help = "name files with documents of `kind: CustomResourceDefinition`";
                report.push(Diagnostic::error_without_span("no-version", message).help(help));
            }
            if !report.has_errors() {
                let _ = kgen_model::resolve(&written(draft.clone()), report);
            }
            if !report.has_errors() {
                imported.groups = groups(&draft);
                let draft = with_imports(with_docs(draft), reached);
                imported.files = files(&draft);
            }
        }
        imported.report.sort();
        imported
    }

    /// The inputs that exist.
    fn inputs(&self, report: &mut Report) -> Vec<PathBuf> {
        let (found, missing): (Vec<PathBuf>, Vec<PathBuf>) =
            self.inputs.iter().cloned().partition(|path| path.exists());
        for path in missing {
            let message = format!("`{}` does not exist", path.display());
            let help = "name files or folders with custom resource definitions";
            report.push(Diagnostic::error_without_span("missing-path", message).help(help));
        }
        found
    }
}

/// The draft as it will be read from what is written.
fn written(mut draft: Draft) -> Draft {
    let types = draft.modules.iter_mut().flat_map(|module| &mut module.types);
    types.for_each(|ty| ty.declaration = Declaration::Written);
    draft
}

/// The file of the root module of a crate, whether or not it exists.
#[must_use]
pub fn root_module(krate: &Path, report: &mut Report) -> Option<PathBuf> {
    let manifest = Manifest::read(krate, report)?;
    let usual = ["src/lib.rs", "src/main.rs"].map(PathBuf::from);
    let found = usual
        .iter()
        .find(|path| krate.join(path).is_file())
        .unwrap_or(&usual[0]);
    Some(krate.join(manifest.lib.as_ref().unwrap_or(found)))
}

/// The names of groups that versions state.
fn groups(draft: &Draft) -> Vec<String> {
    let mut groups: Vec<String> = draft.modules.iter().flat_map(|module| said(module, "group")).collect();
    groups.sort();
    groups.dedup();
    groups
}

/// What a module's `kgen::version!` says of this name.
fn said(module: &DraftModule, wanted: &str) -> Option<String> {
    let mut markers = module.versions.iter().flat_map(|version| &version.markers);
    markers.find_map(|marker| match &marker.kind {
        ExprKind::Assign { name, value } if name.text == wanted => Some(value.literal()?.as_str()?.to_owned()),
        _ => None,
    })
}

/// Modules that nothing is said of say what they hold.
fn with_docs(mut draft: Draft) -> Draft {
    let versions: Vec<(Vec<String>, String)> = draft
        .modules
        .iter()
        .filter_map(|module| Some((module.path.clone(), said(module, "group")?)))
        .collect();
    for module in draft.modules.iter_mut().filter(|module| module.docs.is_empty()) {
        let below = versions
            .iter()
            .find(|(path, _)| path.split_last().is_some_and(|(_, parent)| parent == module.path));
        module.docs = match (said(module, "group").zip(said(module, "version")), below) {
            (Some((group, version)), _) => format!("What is served from {group}/{version}."),
            (None, Some((_, group))) => format!("The group {group}."),
            (None, None) => String::new(),
        };
    }
    draft
}

/// A crate depends on `kgen` alone, which exports what else its types name.
fn reached(path: &[&str]) -> Option<String> {
    match path {
        ["k8s_openapi", .., name] => {
            let exported = ["kgen", "k8s", name];
            let is_same = known::lookup(&exported).is_some() && known::lookup(&exported) == known::lookup(path);
            Some(if is_same {
                exported.join("::")
            } else {
                format!("kgen::{}", path.join("::"))
            })
        }
        ["serde_json", ..] => Some(format!("kgen::{}", path.join("::"))),
        ["std" | "core" | "alloc" | "kgen" | "crate", ..] => Some(path.join("::")),
        _ => None,
    }
}
