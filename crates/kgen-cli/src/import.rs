//! `kgen import`: custom resource definitions become annotated Rust types, which are the person's own from then on.

use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueHint;
use kgen_build::words::{counted, listed};
use kgen_build::{Generator, Import, Imported, Request, SourceFile, root_module};
use kgen_model::{Diagnostic, Report, Sources};

use crate::edit::{Edits, carry_out, declare};
use crate::generate;
use crate::new_crate::NewCrate;
use crate::scaffold::note_workspace;
use crate::terminal::Terminal;

/// What is imported, and where to.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The types are written once, and are yours from then on: edit them, and run `kgen all` after a change.\n\
                  Each version of each group becomes a module, such as `src/shop/v1.rs`. `[crd-source]` and `[types]` of\n\
                  the crate's kgen.toml say how types are named and recognised. To generate types instead, and again\n\
                  whenever the definitions change, run `kgen all ./crds`.\n\n\
                  Examples:\n  kgen import orders.yaml --out shop-api       a new crate\n  \
                  kgen import crds/*.yaml --out .              modules for the crate in this folder\n  \
                  kgen import crds --out . --force             once more, over what was edited\n  \
                  kgen import crds --out shop --server         a new crate that is an API server too"
)]
pub(crate) struct ImportArgs {
    /// Files or folders with custom resource definitions, as YAML or JSON
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    files: Vec<PathBuf>,
    /// Folder of the crate that gets the types; a new one becomes a crate
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    out: PathBuf,
    /// Write over modules that are there already
    #[arg(long)]
    force: bool,
    /// Configuration [default: kgen.toml of the crate]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    config: Option<PathBuf>,
    /// Make an API server of the new crate, which serves the kinds without their definitions
    #[arg(long)]
    server: bool,
    /// Name of a new crate [default: that of the folder]
    #[arg(long)]
    name: Option<String>,
    /// Checkout of kgen that a new crate depends on, instead of the published crates
    #[arg(long, value_name = "PATH", value_hint = ValueHint::DirPath)]
    kgen_path: Option<PathBuf>,
}

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

pub(crate) fn run(args: &ImportArgs, generators: &[&dyn Generator], terminal: &Terminal) -> bool {
    let usual = args.out.join(kgen_build::config::FILE_NAME);
    let import = Import {
        inputs: args.files.clone(),
        config: args.config.clone().or_else(|| usual.is_file().then_some(usual)),
        generators: generators.iter().map(|generator| generator.name().to_owned()).collect(),
    };
    let imported = import.run();
    terminal.report(&imported.report, &imported.sources);
    if imported.report.has_errors() {
        terminal.failure(&imported.report);
        return false;
    }
    let is_new = !args.out.join("Cargo.toml").exists();
    let edits = edits(args, &imported, is_new, terminal).and_then(|edits| carry_out(&edits).map(|()| edits));
    let edits = match edits {
        Ok(edits) => edits,
        Err(diagnostic) => {
            terminal.error(*diagnostic);
            return false;
        }
    };
    edits
        .iter()
        .for_each(|(path, _)| terminal.summary(&format!("wrote {}", path.display())));
    if !generate::write(&Request::new(&args.out), None, generators, terminal) {
        return false;
    }
    tell(args, &imported, is_new, terminal);
    true
}

/// What a person can do next.
fn tell(args: &ImportArgs, imported: &Imported, is_new: bool, terminal: &Terminal) {
    let dir = args.out.display();
    let groups: Vec<&str> = imported.groups.iter().map(String::as_str).collect();
    let files = imported.files.iter().filter(|file| file.holds_items).count();
    terminal.summary(&format!(
        "the types of {} are yours now, in {} of `{dir}`; `kgen all {dir}` after a change, `kgen explain` for what \
         `#[kgen(..)]` can say",
        listed(&groups),
        counted(files, "module"),
    ));
    if is_new {
        let next = if args.server {
            "cargo run -- --data-dir data"
        } else {
            "cargo check"
        };
        terminal.summary(&format!("Next: `cd {dir}`, `{next}`"));
        note_workspace(&args.out, terminal);
    } else {
        terminal.summary("Next: `cargo check`; the crate depends on `kgen` and declares `pub mod generated;`");
    }
}

/// All files, or the reason why none is written.
fn edits(args: &ImportArgs, imported: &Imported, is_new: bool, terminal: &Terminal) -> Result<Edits> {
    let mut edits = Edits::new();
    if args.server && !is_new {
        let message = format!(
            "`{}` is a crate already, which `--server` does not change",
            args.out.display()
        );
        let help = "add `kgen-apiserver` to its dependencies, and a `main` that calls `kgen_apiserver::cli::main`";
        return Err(Box::new(
            Diagnostic::error_without_span("file-exists", message).help(help),
        ));
    }
    let root = if is_new {
        let new = NewCrate {
            dir: &args.out,
            name: args.name.as_deref(),
            groups: &imported.groups,
            kgen_path: args.kgen_path.as_deref(),
            is_server: args.server,
        };
        edits.extend(new.files()?);
        new.root()
    } else {
        existing_root(&args.out, terminal)?
    };
    let folder = root.parent().unwrap_or(&args.out).to_owned();
    let path = |file: &SourceFile| match file.module.as_slice() {
        [_] => root.clone(),
        _ => folder.join(&file.path),
    };
    let taken: Vec<String> = imported
        .files
        .iter()
        .filter(|file| file.holds_items && !args.force)
        .map(|file| path(file).display().to_string())
        .filter(|path| Path::new(path).exists())
        .collect();
    if !taken.is_empty() {
        let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
        let are = if taken.len() == 1 { "is" } else { "are" };
        let message = format!("{} {are} there already", listed(&taken));
        let help = "choose another folder, or write over it: `--force`";
        return Err(Box::new(
            Diagnostic::error_without_span("file-exists", message).help(help),
        ));
    }
    for file in &imported.files {
        edits = with_module(edits, path(file), file)?;
    }
    Ok(edits)
}

/// Adds a module. What only declares others is extended where it exists.
fn with_module(mut edits: Edits, path: PathBuf, file: &SourceFile) -> Result<Edits> {
    let made = edits.iter().position(|(known, _)| *known == path);
    let before = match made {
        Some(at) => Some(edits.remove(at).1),
        None if path.exists() => Some(read(&path)?),
        None => None,
    };
    let text = match &before {
        Some(before) if !file.holds_items => file
            .modules
            .iter()
            .fold(before.clone(), |text, module| declare(&text, module)),
        Some(_) | None => file.text.clone(),
    };
    if before.as_ref() != Some(&text) || made.is_some() {
        edits.push((path, text));
    }
    Ok(edits)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| {
        let message = format!("`{}` cannot be read: {error}", path.display());
        Box::new(Diagnostic::error_without_span("unreadable-file", message))
    })
}

/// The file of the root module of a crate that exists.
fn existing_root(dir: &Path, terminal: &Terminal) -> Result<PathBuf> {
    let mut report = Report::default();
    let root = root_module(dir, &mut report);
    match root {
        Some(root) if root.is_file() => Ok(root),
        Some(root) => {
            let message = format!("`{}` has no `{}`", dir.display(), root.display());
            let help = "begin it, or let `kgen import` make a crate in a new folder";
            Err(Box::new(
                Diagnostic::error_without_span("missing-path", message).help(help),
            ))
        }
        None => {
            terminal.report(&report, &Sources::default());
            let message = format!("`{}` cannot get the types", dir.display());
            Err(Box::new(Diagnostic::error_without_span("no-crate", message)))
        }
    }
}
