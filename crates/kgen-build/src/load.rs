//! The first stage: finds the crate, reads its configuration and its sources, Rust and custom resource definitions, and
//! decides where output goes.

use std::path::{Path, PathBuf};

use kgen_emit::{Layout, index, slashed};
use kgen_model::draft::DraftModule;
use kgen_model::{Diagnostic, Draft, Report, Sources};
use kgen_source::Input;

use crate::config::{self, Config};
use crate::crds;
use crate::disk::Reach;
use crate::pipeline::Request;
use crate::place::{self, Manifest, Place, modules};
use crate::server::NoServer;

/// All that the further stages need.
pub(crate) struct Loaded {
    pub(crate) draft: Draft,
    pub(crate) layout: Layout,
    /// The output root.
    pub(crate) root: PathBuf,
    /// The names of the generators to run.
    pub(crate) generators: Vec<String>,
    /// Whether somebody named them, so that none of them may make nothing without a word.
    pub(crate) is_named: bool,
    /// Why the crate can be no server, if it cannot.
    pub(crate) no_server: Option<NoServer>,
    pub(crate) reach: Reach,
    /// The crate's folder.
    pub(crate) krate: PathBuf,
}

impl Loaded {
    /// All files that were read, and `kgen.toml` even where it does not exist.
    pub(crate) fn inputs(&self, sources: &Sources) -> Vec<PathBuf> {
        let read = sources.iter().map(|(_, file)| file.path.clone());
        let of_crate = [config::FILE_NAME, "Cargo.toml"].map(|name| self.krate.join(name));
        let mut inputs: Vec<PathBuf> = read.chain(of_crate).collect();
        inputs.sort();
        inputs.dedup();
        inputs
    }
}

/// Loads the input of a request. `None` when nothing can be loaded; the report says why.
pub(crate) fn load(request: &Request, known: &[&str], sources: &mut Sources, report: &mut Report) -> Option<Loaded> {
    if crds::is_definitions(&request.path) {
        return definitions(request, known, sources, report);
    }
    let (root, rest) = place::find(&request.path, report)?;
    let manifest = Manifest::read(&root, report)?;
    let config = read_config(request, &root, known, sources, report);
    let (place, is_whole) = choose(root, rest, &config, &manifest);
    let mut layout = layout(request, &config, &manifest, slashed(&place.source));
    let generated = rust_root(&config, &manifest);
    let draft = draft(&place, &config, &generated, &layout, sources, report);
    let root = request.output.clone().unwrap_or_else(|| place.root.clone());
    let in_crate: Vec<PathBuf> = config.crds_in.files.iter().map(|path| place.root.join(path)).collect();
    crds::check_apart(&in_crate, &root, &layout, report);
    layout.inputs = crds::headers(&draft, names(sources, &place.root));
    let part = (!is_whole).then(|| layout.source.clone());
    let reach = reach(request, part, Some(place.root.clone()));
    Some(Loaded {
        draft,
        layout,
        root,
        is_named: is_named(request, &config),
        no_server: NoServer::of(&config, &manifest, place.root.join("Cargo.toml")),
        generators: wanted(request, config, known),
        reach,
        krate: place.root,
    })
}

/// Loads custom resource definitions alone, for the crate that the output goes to. A build script's output lies outside of
/// its crate.
fn definitions(request: &Request, known: &[&str], sources: &mut Sources, report: &mut Report) -> Option<Loaded> {
    let of_script = match request.index {
        index::Root::Included => above(&request.path),
        index::Root::Module => None,
    };
    let (krate, name, manifest) = match (&request.output, of_script) {
        (Some(_), Some(of_script)) => of_script,
        (Some(root), None) if root.join("Cargo.toml").is_file() => (root.clone(), None, Manifest::read(root, report)?),
        (Some(root), None) => (root.clone(), None, Manifest::default()),
        (None, _) => above(&request.path).or_else(|| {
            report.push(no_output(&request.path));
            None
        })?,
    };
    let root = request.output.clone().unwrap_or_else(|| krate.clone());
    let name = name.unwrap_or_else(|| own_name(&request.path));
    let config = read_config(request, &krate, known, sources, report);
    let mut layout = layout(request, &config, &manifest, slashed(&name));
    let paths = std::slice::from_ref(&request.path);
    crds::check_apart(paths, &root, &layout, report);
    let options = crds::options(&config);
    let draft = crds::draft(paths, options, &layout.module_root, sources, report);
    if draft.modules.iter().all(|module| module.versions.is_empty()) && !report.has_errors() {
        let message = format!("no custom resource definition in `{}`", request.path.display());
        let help = "name a file or folder with documents of `kind: CustomResourceDefinition`";
        report.push(Diagnostic::error_without_span("no-version", message).help(help));
    }
    let called = |path: &Path| match path.strip_prefix(&request.path) {
        Ok(rest) if rest.as_os_str().is_empty() => slashed(&name),
        Ok(rest) => slashed(&name.join(rest)),
        Err(_) => slashed(path.strip_prefix(&krate).unwrap_or(path)),
    };
    let names = sources.iter().map(|(_, file)| called(&file.path)).collect();
    layout.inputs = crds::headers(&draft, names);
    let reach = reach(request, Some(layout.source.clone()), None);
    Some(Loaded {
        draft,
        layout,
        root,
        is_named: is_named(request, &config),
        no_server: NoServer::of(&config, &manifest, krate.join("Cargo.toml")),
        generators: wanted(request, config, known),
        reach,
        krate,
    })
}

/// The crate that a path lies in, with the path in it.
fn above(path: &Path) -> Option<(PathBuf, Option<PathBuf>, Manifest)> {
    let mut quiet = Report::default();
    let (root, rest) = place::find(path, &mut quiet)?;
    let manifest = Manifest::read(&root, &mut quiet)?;
    Some((root, Some(rest), manifest))
}

/// What headers call an input that lies in no crate: no path of this computer.
fn own_name(path: &Path) -> PathBuf {
    let absolute = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    absolute
        .file_name()
        .map_or_else(|| PathBuf::from("crds"), PathBuf::from)
}

fn reach(request: &Request, source: Option<String>, krate: Option<PathBuf>) -> Reach {
    Reach {
        generators: (!request.generators.is_empty()).then(|| request.generators.iter().cloned().collect()),
        source,
        krate,
    }
}

fn wanted(request: &Request, config: Config, known: &[&str]) -> Vec<String> {
    match request.generators.as_slice() {
        [] => config
            .generators
            .unwrap_or_else(|| known.iter().map(|name| (*name).to_owned()).collect()),
        named => named.to_vec(),
    }
}

fn is_named(request: &Request, config: &Config) -> bool {
    !request.generators.is_empty() || config.generators.is_some()
}

/// The part of the crate to read, and whether that is all of it.
fn choose(root: PathBuf, rest: PathBuf, config: &Config, manifest: &Manifest) -> (Place, bool) {
    let usual = config.source.clone();
    let usual = Place {
        root: root.clone(),
        source: usual.unwrap_or_else(|| modules(manifest.lib.as_deref()).to_owned()),
        lib: manifest.lib.clone(),
    };
    let named = Place {
        root,
        source: rest,
        lib: manifest.lib.clone(),
    };
    let is_whole = named.source.as_os_str().is_empty() || named.source_module() == usual.source_module();
    (if is_whole { usual } else { named }, is_whole)
}

/// Reads the sources without what was generated, which may be missing, and the custom resource definitions among them.
fn draft(
    place: &Place,
    config: &Config,
    generated: &Path,
    layout: &Layout,
    sources: &mut Sources,
    report: &mut Report,
) -> Draft {
    let input = Input {
        root: place.source_path(),
        module_path: place.source_module(),
        skip: vec![place.root.join(generated), place.root.join(&layout.rust_root)],
    };
    let mut draft = kgen_source::load(&input, sources, report);
    let files: Vec<PathBuf> = config.crds_in.files.iter().map(|path| place.root.join(path)).collect();
    if !files.is_empty() {
        let options = crds::options(config);
        draft = crds::joined(
            draft,
            crds::draft(&files, options, &layout.module_root, sources, report),
        );
    }
    if !draft.modules.iter().any(DraftModule::states_version) && !report.has_errors() {
        report.push(no_api(place));
    }
    draft
}

/// The configuration that was named must exist, the one of the crate need not.
fn read_config(request: &Request, root: &Path, known: &[&str], sources: &mut Sources, report: &mut Report) -> Config {
    let usual = root.join(config::FILE_NAME);
    match &request.config {
        Some(path) => Config::read(path, known, sources, report),
        None if usual.exists() => Config::read(&usual, known, sources, report),
        None => Config::default(),
    }
}

/// Where the crate has its generated modules, whatever this run is asked to do.
fn rust_root(config: &Config, manifest: &Manifest) -> PathBuf {
    config
        .rust
        .clone()
        .unwrap_or_else(|| modules(manifest.lib.as_deref()).join("generated"))
}

fn layout(request: &Request, config: &Config, manifest: &Manifest, source: String) -> Layout {
    let (usual, modules) = (Layout::default(), modules(manifest.lib.as_deref()));
    let rust_root = request.rust.clone().unwrap_or_else(|| rust_root(config, manifest));
    let in_modules = rust_root.strip_prefix(modules).map(Path::to_owned);
    let module = in_modules.unwrap_or_else(|_| PathBuf::from(rust_root.file_name().unwrap_or_default()));
    let segments = module.iter().map(|segment| segment.to_string_lossy().into_owned());
    Layout {
        module_root: std::iter::once("crate".to_owned()).chain(segments).collect(),
        rust_root,
        crds: config.crds.clone().unwrap_or(usual.crds),
        openapi: config.openapi.clone().unwrap_or(usual.openapi),
        manifests: config.manifests.clone().unwrap_or(usual.manifests),
        deployment: config.deployment.of(manifest.name.as_deref()),
        kube: config.kube.unwrap_or(manifest.kube),
        server: config.server.unwrap_or(manifest.server),
        testing: manifest.testing,
        source,
        inputs: Vec::new(),
    }
}

/// What headers call the sources: their paths relative to the crate.
fn names(sources: &Sources, root: &Path) -> Vec<String> {
    sources
        .iter()
        .map(|(_, file)| slashed(file.path.strip_prefix(root).unwrap_or(&file.path)))
        .collect()
}

fn no_output(path: &Path) -> Diagnostic {
    let message = format!(
        "`{}` does not lie in a crate, so nothing says where the output goes",
        path.display()
    );
    let help = "name a folder for it: `--out DIR`";
    Diagnostic::error_without_span("no-output", message).help(help)
}

fn no_api(place: &Place) -> Diagnostic {
    let message = format!(
        "no `kgen::version!` and no `#[kube(..)]` in `{}`",
        place.source_path().display()
    );
    let help =
        "say which group and version a module holds: `kgen::version! { group = \"example.com\", version = \"v1\" }`";
    Diagnostic::error_without_span("no-version", message).help(help)
}
