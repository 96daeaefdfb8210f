//! `kgen new`: a crate with one kind that builds, is generated and passes its tests at once.

use std::fs;
use std::path::{Path, PathBuf};

use askama::Template;
use kgen_build::{Generator, Request};
use kgen_model::Diagnostic;

use crate::args::NewArgs;
use crate::edit::{Edits, carry_out};
use crate::generate;
use crate::names::{check_crate, check_group, check_kind, check_version};
use crate::terminal::Terminal;

/// What the templates are filled with.
pub(crate) struct Facts {
    /// The crate.
    pub(crate) name: String,
    /// The crate in Rust paths.
    pub(crate) library: String,
    pub(crate) group: String,
    pub(crate) version: String,
    pub(crate) kind: String,
    /// The marker that says whether objects live in namespaces.
    pub(crate) scope: &'static str,
    /// The value behind `kgen =` in `Cargo.toml`.
    pub(crate) kgen: String,
    /// The value behind `kgen-apiserver =`, if the crate is a server too.
    pub(crate) server: Option<String>,
}

/// The marker of a scope.
pub(crate) fn scope(is_cluster: bool) -> &'static str {
    if is_cluster { "cluster" } else { "namespaced" }
}

macro_rules! templates {
    ($($name:ident = $path:literal;)*) => {
        $(
            #[derive(Template)]
            #[template(path = $path, escape = "none")]
            pub(crate) struct $name<'a> {
                pub(crate) facts: &'a Facts,
            }
        )*
    };
}

templates! {
    Manifest = "new/Cargo.toml.txt";
    Lib = "new/lib.rs.txt";
    Version = "new/version.rs.txt";
    Kind = "new/kind.rs.txt";
    RoundTrip = "new/roundtrip.rs.txt";
    Readme = "new/README.md.txt";
    Main = "new/main.rs.txt";
}

pub(crate) const CARGO_CONFIG: &str = include_str!("../templates/new/config.toml.txt");
pub(crate) const GIT_IGNORE: &str = include_str!("../templates/new/gitignore.txt");

/// The text of a template. The line break at its end is not part of a template.
pub(crate) fn filled(template: &impl Template) -> String {
    template.render().expect("templates only insert strings") + "\n"
}

pub(crate) fn run(args: &NewArgs, generators: &[&dyn Generator], terminal: &Terminal) -> bool {
    let made = facts(args).and_then(|facts| {
        refuse_full(&args.dir)?;
        carry_out(&files(&args.dir, &facts))
    });
    if let Err(diagnostic) = made {
        terminal.error(*diagnostic);
        return false;
    }
    if !generate::write(&Request::new(&args.dir), None, generators, terminal) {
        return false;
    }
    let dir = args.dir.display();
    terminal.summary(&format!(
        "`{dir}` is there. Next: `cd {dir}`, `cargo test`, then edit `src/{}.rs`",
        args.version
    ));
    note_workspace(&args.dir, terminal);
    true
}

fn facts(args: &NewArgs) -> Result<Facts, Box<Diagnostic>> {
    let NewArgs {
        dir,
        group,
        version,
        kind,
        cluster,
        name,
        kgen_path,
        server,
    } = args;
    check_group(group)?;
    check_version(version)?;
    check_kind(kind)?;
    let folder = std::path::absolute(dir).unwrap_or_else(|_| dir.clone());
    let folder = folder.file_name().unwrap_or_default().to_string_lossy();
    let name = name.clone().unwrap_or_else(|| folder.into_owned());
    check_crate(&name)?;
    Ok(Facts {
        library: name.replace('-', "_"),
        name,
        group: group.clone(),
        version: version.clone(),
        kind: kind.clone(),
        scope: scope(*cluster),
        kgen: dependency("kgen", kgen_path.as_deref())?,
        server: server
            .then(|| dependency("kgen-apiserver", kgen_path.as_deref()))
            .transpose()?,
    })
}

/// The value behind `kgen =`: a checkout, or the published crate.
pub(crate) fn dependency(runtime: &str, checked_out: Option<&Path>) -> Result<String, Box<Diagnostic>> {
    match checked_out.or_else(|| origin().is_dir().then_some(origin())) {
        Some(path) => checkout(runtime, path),
        None => Ok(published()),
    }
}

/// The newest compatible release of the runtime crate.
fn published() -> String {
    let mut parts = env!("CARGO_PKG_VERSION").split('.');
    let (major, minor) = (parts.next().unwrap_or("0"), parts.next().unwrap_or("0"));
    if major == "0" {
        format!("\"0.{minor}\"")
    } else {
        format!("\"{major}\"")
    }
}

/// The checkout that this command was built in. One that was installed from a registry has none.
fn origin() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../runtime/kgen/../.."))
}

fn checkout(name: &str, path: &Path) -> Result<String, Box<Diagnostic>> {
    let runtime = path.join("runtime").join(name);
    if !runtime.join("Cargo.toml").is_file() {
        let message = format!(
            "`{}` is no checkout of kgen: it has no `runtime/{name}`",
            path.display()
        );
        return Err(Box::new(Diagnostic::error_without_span("missing-path", message)));
    }
    let runtime = runtime.canonicalize().unwrap_or(runtime);
    Ok(format!("{{ path = {:?} }}", runtime.display().to_string()))
}

fn refuse_full(dir: &Path) -> Result<(), Box<Diagnostic>> {
    let is_free = match fs::read_dir(dir) {
        Ok(mut entries) => entries.next().is_none(),
        Err(_) => !dir.exists(),
    };
    if is_free {
        return Ok(());
    }
    let message = format!("`{}` is there already and not an empty folder", dir.display());
    let help = "choose a new folder; `kgen add` extends a crate that exists";
    Err(Box::new(
        Diagnostic::error_without_span("folder-not-empty", message).help(help),
    ))
}

fn files(dir: &Path, facts: &Facts) -> Edits {
    let version = format!("src/{}.rs", facts.version);
    let files = [
        ("Cargo.toml", filled(&Manifest { facts })),
        (".cargo/config.toml", CARGO_CONFIG.to_owned()),
        (".gitignore", GIT_IGNORE.to_owned()),
        ("README.md", filled(&Readme { facts })),
        ("src/lib.rs", filled(&Lib { facts })),
        (&version, filled(&Version { facts })),
        ("tests/roundtrip.rs", filled(&RoundTrip { facts })),
    ];
    let main = facts.server.iter().map(|_| ("src/main.rs", filled(&Main { facts })));
    let files = files.into_iter().chain(main);
    files.map(|(path, text)| (dir.join(path), text)).collect()
}

/// Cargo refuses a crate below a workspace that does not name it.
pub(crate) fn note_workspace(dir: &Path, terminal: &Terminal) {
    let above = std::path::absolute(dir).unwrap_or_default();
    let manifest = above.ancestors().skip(1).map(|folder| folder.join("Cargo.toml"));
    let is_workspace = |path: &PathBuf| fs::read_to_string(path).is_ok_and(|text| text.contains("[workspace"));
    if let Some(workspace) = manifest.into_iter().find(is_workspace) {
        terminal.summary(&format!(
            "if cargo refuses it, name it in `members` of `{}`",
            workspace.display()
        ));
    }
}
