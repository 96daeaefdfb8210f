//! The order of the stages, and the gates between them: load, resolve, check, generate, finish, compare. Nothing is
//! written here; what comes out is a plan.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use kgen_emit::index::{self, index};
use kgen_emit::{File, Generator, Layout, parallel};
use kgen_model::{Diagnostic, Draft, Model, Report, Sources};

use crate::disk::{self, Made, Plan, Reach};
use crate::load::{Loaded, load};
use crate::server;
use crate::switches;
use crate::tasks;
use crate::words::listed;

/// What a run is asked to do.
#[derive(Clone, Debug)]
pub struct Request {
    /// A crate's folder, a folder in a crate, or a Rust file.
    pub path: PathBuf,
    /// The configuration, if it is not the `kgen.toml` of the crate.
    pub config: Option<PathBuf>,
    /// The generators to run; none for those of the configuration, or all.
    pub generators: Vec<String>,
    /// The folder that output folders are relative to, if it is not the crate's.
    pub output: Option<PathBuf>,
    /// The folder of Rust files, if it is not that of the configuration.
    pub rust: Option<PathBuf>,
    /// How the generated modules reach the compiler.
    pub index: index::Root,
}

impl Request {
    /// A run of all generators that the crate wants, with everything in its place.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            config: None,
            generators: Vec::new(),
            output: None,
            rust: None,
            index: index::Root::Module,
        }
    }
}

/// What a run is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It reads the input.
    Load,
    /// It decides names and defaults, and checks what generators refuse.
    Resolve,
    /// It makes files: so many tasks of so many are done.
    Generate(usize, usize),
    /// It compares the files with the disk.
    Compare,
}

/// What came out of a run.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The input, for rendering the report.
    pub sources: Sources,
    /// What was found, by place.
    pub report: Report,
    /// The model, if the input could be resolved.
    pub model: Option<Model>,
    /// What differs on the disk; nothing if the report has errors.
    pub plan: Plan,
    /// The files that the generators want, by path; none if the report has errors.
    pub files: Vec<File>,
    /// All files that were read, and `kgen.toml` even where it does not exist.
    pub inputs: Vec<PathBuf>,
    /// The output folders.
    pub folders: Vec<PathBuf>,
}

/// Runs all stages. Whatever is wrong stands in the report of the outcome.
pub fn run(request: &Request, generators: &[&dyn Generator], progress: &(dyn Fn(Step) + Sync)) -> Outcome {
    progress(Step::Load);
    let (loaded, mut outcome) = start(request, generators);
    if let Some(loaded) = loaded {
        finish(loaded, request, generators, &mut outcome, progress);
    }
    outcome.report.sort();
    outcome
}

/// The model of an input, without generating anything.
pub fn model(request: &Request, generators: &[&dyn Generator]) -> Outcome {
    let (loaded, mut outcome) = start(request, generators);
    outcome.model = loaded.and_then(|loaded| resolve(&loaded.draft, generators, &mut outcome.report));
    outcome.report.sort();
    outcome
}

/// Loads the input. Nothing is loaded if the report has errors.
pub(crate) fn start(request: &Request, generators: &[&dyn Generator]) -> (Option<Loaded>, Outcome) {
    let mut outcome = Outcome::default();
    let known: Vec<&str> = generators.iter().map(|generator| generator.name()).collect();
    let loaded = load(request, &known, &mut outcome.sources, &mut outcome.report);
    outcome.inputs = loaded
        .iter()
        .flat_map(|loaded| loaded.inputs(&outcome.sources))
        .collect();
    for name in request.generators.iter().filter(|name| !known.contains(&name.as_str())) {
        let message = format!("unknown generator `{name}`");
        let help = format!("the generators are {}", listed(&known));
        outcome
            .report
            .push(Diagnostic::error_without_span("unknown-generator", message).help(help));
    }
    if let Some(loaded) = &loaded {
        server::check(loaded, generators, &mut outcome.report);
    }
    (loaded.filter(|_| !outcome.report.has_errors()), outcome)
}

/// Everything behind loading.
pub(crate) fn finish(
    loaded: Loaded,
    request: &Request,
    generators: &[&dyn Generator],
    outcome: &mut Outcome,
    progress: &(dyn Fn(Step) + Sync),
) {
    let Loaded {
        draft,
        layout,
        root,
        generators: wanted,
        is_named,
        reach,
        ..
    } = loaded;
    let report = &mut outcome.report;
    progress(Step::Resolve);
    let Some(model) = resolve(&draft, generators, report) else {
        return;
    };
    let running: Vec<&dyn Generator> = generators
        .iter()
        .copied()
        .filter(|generator| wanted.iter().any(|name| name == generator.name()))
        .collect();
    if is_named {
        server::check_kinds(&running, &model, report);
    }
    check(&running, &model, report);
    if report.has_errors() {
        outcome.model = Some(model);
        return;
    }
    let files = tasks::generate(&running, &model, &layout, progress, report);
    outcome.model = Some(model);
    progress(Step::Compare);
    let folders = [
        layout.rust_root.as_path(),
        &layout.crds,
        &layout.openapi,
        &layout.manifests,
    ];
    outcome.folders = folders.iter().map(|folder| root.join(folder)).collect();
    let made = disk::made(&root, &folders, report);
    let files = with_indexes(files, &made, &root, &layout, request.index, &reach);
    let plan = disk::plan(&root, &made, &files, &reach, report);
    if !report.has_errors() {
        (outcome.files, outcome.plan) = (files, plan);
    }
}

fn resolve(draft: &Draft, generators: &[&dyn Generator], report: &mut Report) -> Option<Model> {
    let known: Vec<&str> = generators.iter().map(|generator| generator.name()).collect();
    switches::check(draft, &known, report);
    let model = kgen_model::resolve(draft, report);
    (!report.has_errors()).then_some(model)
}

/// What generators refuse. Each has a report of its own meanwhile, so that their order does not show.
fn check(generators: &[&dyn Generator], model: &Model, report: &mut Report) {
    let found = parallel::map(generators, |generator| {
        let mut report = Report::default();
        generator.check(model, &mut report);
        report
    });
    found.into_iter().for_each(|found| report.append(found));
}

/// Adds the index files, which name what is wanted now and what stays on the disk of generators that did not run.
fn with_indexes(
    mut files: Vec<File>,
    made: &[Made],
    root: &Path,
    layout: &Layout,
    kind: index::Root,
    reach: &Reach,
) -> Vec<File> {
    let mut texts: BTreeMap<&Path, &str> = files
        .iter()
        .map(|file| (file.path.as_path(), file.text.as_str()))
        .collect();
    let stay = made
        .iter()
        .filter(|made| !reach.covers(&made.owner) && !texts.contains_key(made.path.as_path()));
    let staying: Vec<(&Path, String)> = stay
        .filter_map(|made| {
            Some((
                made.path.as_path(),
                std::fs::read_to_string(root.join(&made.path)).ok()?,
            ))
        })
        .collect();
    texts.extend(staying.iter().map(|(path, text)| (*path, text.as_str())));
    let indexes = index(&layout.rust_root, kind, &texts);
    files.extend(indexes);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}
