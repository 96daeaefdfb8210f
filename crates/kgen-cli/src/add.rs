//! `kgen add`: a further kind or version of a crate that exists. New files are written, and one line declares each.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use kgen_build::words::listed;
use kgen_build::{Generator, Outcome, Request};
use kgen_model::model::ApiVersion;
use kgen_model::{Diagnostic, Model};

use crate::args::{AddKindArgs, AddVersionArgs};
use crate::edit::{Edits, carry_out, declare_behind, declare_beside, with_paths, with_version};
use crate::generate;
use crate::names::{check_kind, check_version, module};
use crate::scaffold::{Facts, Kind, filled, scope};
use crate::terminal::Terminal;

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

/// Adds a kind as a file below a version's module.
pub(crate) fn kind(args: &AddKindArgs, generators: &[&dyn Generator], terminal: &Terminal) -> bool {
    extend(&args.path, generators, terminal, |outcome, model| {
        check_kind(&args.kind)?;
        let version = chosen(model, args.group.as_deref(), args.version.as_deref())?;
        kind_edits(args, &Home::of(version, outcome)?, model)
    })
}

/// Adds a version as a copy of another one.
pub(crate) fn version(args: &AddVersionArgs, generators: &[&dyn Generator], terminal: &Terminal) -> bool {
    extend(&args.path, generators, terminal, |outcome, model| {
        check_version(&args.version)?;
        let from = chosen(model, args.group.as_deref(), args.from.as_deref())?;
        if model
            .versions
            .iter()
            .any(|version| version.group == from.group && version.version == args.version)
        {
            return Err(mistake(
                "duplicate-version",
                format!("`{}/{}` is there already", from.group, args.version),
            ));
        }
        version_edits(&Home::of(from, outcome)?, &args.version)
    })
}

/// Reads the crate, edits it, and generates.
fn extend(
    path: &Path,
    generators: &[&dyn Generator],
    terminal: &Terminal,
    edits: impl FnOnce(&Outcome, &Model) -> Result<Edits>,
) -> bool {
    let request = Request::new(path);
    let outcome = kgen_build::model(&request, generators);
    terminal.report(&outcome.report, &outcome.sources);
    let Some(model) = &outcome.model else { return false };
    let edits = match edits(&outcome, model).and_then(|edits| carry_out(&edits).map(|()| edits)) {
        Ok(edits) => edits,
        Err(diagnostic) => {
            terminal.error(*diagnostic);
            return false;
        }
    };
    edits
        .iter()
        .for_each(|(path, _)| terminal.summary(&format!("wrote {}", path.display())));
    generate::write(&request, None, generators, terminal)
}

/// The version that was named, else the newest of the group.
fn chosen<'a>(model: &'a Model, group: Option<&str>, version: Option<&str>) -> Result<&'a ApiVersion> {
    let of_group = |candidate: &&ApiVersion| group.is_none_or(|group| candidate.group == group);
    let candidates: Vec<&ApiVersion> = model.versions.iter().filter(of_group).collect();
    let mut groups: Vec<&str> = candidates.iter().map(|version| version.group.as_str()).collect();
    groups.dedup();
    if groups.len() > 1 {
        return Err(help(
            "ambiguous-group",
            "the crate has several groups",
            format!("choose one of {} with `--group`", listed(&groups)),
        ));
    }
    let found = match version {
        Some(name) => candidates.iter().find(|candidate| candidate.version == name),
        None => candidates.last(),
    };
    found.copied().ok_or_else(|| {
        let names: Vec<String> = model.versions.iter().map(ApiVersion::api_version).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        help(
            "missing-version",
            "the crate has no such version",
            format!("it has {}", listed(&names)),
        )
    })
}

fn mistake(code: &'static str, message: impl Into<String>) -> Box<Diagnostic> {
    Box::new(Diagnostic::error_without_span(code, message))
}

fn help(code: &'static str, message: &str, help: String) -> Box<Diagnostic> {
    Box::new(Diagnostic::error_without_span(code, message).help(help))
}

/// Where a version's module lies.
struct Home<'a> {
    version: &'a ApiVersion,
    file: PathBuf,
    text: &'a str,
    /// `kgen::version! { .. }` in the text.
    macro_range: Range<usize>,
    /// The module's own name.
    name: &'a str,
}

impl<'a> Home<'a> {
    fn of(version: &'a ApiVersion, outcome: &'a Outcome) -> Result<Self> {
        let source = outcome.sources.file(version.span.file);
        let (Some(source), [_, .., name]) = (source, version.module.as_slice()) else {
            return Err(mistake(
                "missing-module",
                format!("`{}` has no module of its own", version.api_version()),
            ));
        };
        let is_own = source
            .path
            .file_stem()
            .is_some_and(|stem| stem == name.as_str() || stem == "mod");
        if !is_own {
            return Err(mistake(
                "missing-module",
                format!("the module `{name}` has no file of its own"),
            ));
        }
        let macro_range = version.span.start as usize..version.span.end as usize;
        Ok(Self {
            version,
            file: source.path.clone(),
            text: &source.text,
            macro_range,
            name,
        })
    }

    fn is_folder(&self) -> bool {
        self.file.file_stem().is_some_and(|stem| stem == "mod")
    }

    /// The folder of the modules below this one.
    fn children(&self) -> PathBuf {
        if self.is_folder() {
            self.file.with_file_name("")
        } else {
            self.file.with_extension("")
        }
    }

    /// The folder that this module's siblings lie in.
    fn siblings(&self) -> PathBuf {
        self.file
            .ancestors()
            .nth(if self.is_folder() { 2 } else { 1 })
            .unwrap_or(Path::new(""))
            .to_owned()
    }
}

fn kind_edits(args: &AddKindArgs, home: &Home, model: &Model) -> Result<Edits> {
    let is_there = |kind: &str| kind == args.kind;
    let mut kinds = model
        .resources
        .iter()
        .filter(|resource| model.version(resource.version) == home.version);
    let file = home.children().join(format!("{}.rs", module(&args.kind)));
    if kinds.any(|resource| is_there(&resource.kind)) || file.exists() {
        return Err(mistake(
            "duplicate-kind",
            format!("`{}` is there already in `{}`", args.kind, home.version.api_version()),
        ));
    }
    let facts = Facts {
        name: String::new(),
        library: String::new(),
        group: home.version.group.clone(),
        version: home.version.version.clone(),
        kind: args.kind.clone(),
        scope: scope(args.cluster),
        kgen: String::new(),
        server: None,
    };
    let declared = declare_behind(home.text, home.macro_range.end, &module(&args.kind));
    Ok(vec![
        (file, filled(&Kind { facts: &facts })),
        (home.file.clone(), declared),
    ])
}

fn version_edits(home: &Home, to: &str) -> Result<Edits> {
    let (group, from) = (&home.version.group, &home.version.version);
    let copy = home.siblings().join(to);
    let root = if home.is_folder() {
        copy.join("mod.rs")
    } else {
        copy.with_extension("rs")
    };
    if copy.exists() || root.exists() {
        return Err(mistake(
            "foreign-file",
            format!("`{}` is there already", root.display()),
        ));
    }
    let mut edits = vec![(root, with_version(home.text, home.macro_range.clone(), group, from, to))];
    copy_children(&home.children(), &copy, &home.file, &mut edits, &|text| {
        with_paths(text, group, home.name, to)
    })?;
    let parent = parent_file(&home.siblings());
    let declared = parent.and_then(|file| {
        let text = fs::read_to_string(&file).ok()?;
        Some((declare_beside(&text, home.name, to)?, file))
    });
    let Some((text, file)) = declared else {
        let message = format!("no line `pub mod {};` was found to declare `{to}` beside", home.name);
        return Err(mistake("missing-module", message));
    };
    edits.push((file, text));
    Ok(edits)
}

/// The file that declares the modules in a folder.
fn parent_file(folder: &Path) -> Option<PathBuf> {
    let inside = ["lib.rs", "main.rs", "mod.rs"].map(|name| folder.join(name));
    inside
        .into_iter()
        .chain([folder.with_extension("rs")])
        .find(|path| path.is_file())
}

/// Copies the Rust files of a folder, except `root`.
fn copy_children(
    from: &Path,
    to: &Path,
    root: &Path,
    edits: &mut Edits,
    turned: &dyn Fn(&str) -> String,
) -> Result<()> {
    let Ok(entries) = fs::read_dir(from) else { return Ok(()) };
    let mut paths: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path != root)
        .collect();
    paths.sort();
    for path in paths {
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_children(&path, &target, root, edits, turned)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path);
            let unread = |error| {
                mistake(
                    "unreadable-file",
                    format!("`{}` cannot be read: {error}", path.display()),
                )
            };
            edits.push((target, turned(&text.map_err(unread)?)));
        }
    }
    Ok(())
}
