//! Generators that make nothing for crates that are no servers: whoever names one is told what is missing.

use std::path::PathBuf;

use kgen_emit::{Generator, Support};
use kgen_model::{Diagnostic, Model, Report};

use crate::config::{self, Config};
use crate::load::Loaded;
use crate::place::Manifest;

/// Why generated code may not name `kgen-apiserver`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoServer {
    /// There is no `Cargo.toml` at this place.
    NoCrate(PathBuf),
    /// This `Cargo.toml` names no such dependency.
    NoDependency(PathBuf),
    /// The dependency of this `Cargo.toml` is optional, and nothing says when it is there.
    NoFeature(PathBuf),
    /// The configuration says so.
    SwitchedOff,
}

impl NoServer {
    /// Nothing if the crate can be a server.
    pub(crate) fn of(config: &Config, manifest: &Manifest, path: PathBuf) -> Option<Self> {
        match (config.server, manifest.server) {
            (Some(Support::Feature | Support::Always), _) | (None, Support::Feature | Support::Always) => None,
            (Some(Support::Off), _) => Some(Self::SwitchedOff),
            (None, Support::Off) if manifest.has_server_dependency => Some(Self::NoFeature(path)),
            (None, Support::Off) if path.is_file() => Some(Self::NoDependency(path)),
            (None, Support::Off) => Some(Self::NoCrate(path)),
        }
    }

    fn help(&self) -> String {
        match self {
            Self::NoCrate(path) => format!(
                "there is no `{}` yet: `kgen registry DEFINITIONS --out DIR` makes a whole server of definitions",
                path.display()
            ),
            Self::NoDependency(path) => format!(
                "put {} below `[dependencies]` in `{}`; `kgen explain no-server` shows how to make it optional",
                dependency(),
                path.display()
            ),
            Self::NoFeature(path) => format!(
                "`kgen-apiserver` is optional: put `server = [\"dep:kgen-apiserver\"]` below `[features]` in `{}`",
                path.display()
            ),
            Self::SwitchedOff => format!("take `server = \"off\"` out of `{}`", config::FILE_NAME),
        }
    }
}

/// The line of `Cargo.toml`, in the version that this is.
fn dependency() -> String {
    let (major, minor) = (env!("CARGO_PKG_VERSION_MAJOR"), env!("CARGO_PKG_VERSION_MINOR"));
    format!("`kgen-apiserver = \"{major}.{minor}\"`")
}

/// Reports generators that were named and can make nothing. A run of all generators leaves them out without a word.
pub(crate) fn check(loaded: &Loaded, generators: &[&dyn Generator], report: &mut Report) {
    let Some(reason) = loaded.no_server.as_ref().filter(|_| loaded.is_named) else {
        return;
    };
    let named = |generator: &&&dyn Generator| loaded.generators.iter().any(|name| name == generator.name());
    for generator in generators
        .iter()
        .filter(named)
        .filter(|generator| generator.needs_server())
    {
        let message = format!("`{}` makes nothing for a crate that is no API server", generator.name());
        report.push(Diagnostic::error_without_span("no-server", message).help(reason.help()));
    }
}

/// Reports generators that were named where there are no kinds to serve.
pub(crate) fn check_kinds(named: &[&dyn Generator], model: &Model, report: &mut Report) {
    if !model.resources.is_empty() {
        return;
    }
    for generator in named.iter().filter(|generator| generator.needs_server()) {
        let message = format!("`{}` makes nothing of types none of which is a kind", generator.name());
        let help = "`#[kgen(kind, namespaced)]` makes a kind of a struct with a field `metadata: ObjectMeta`";
        report.push(Diagnostic::error_without_span("no-server", message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn what_is_missing_follows_from_what_is_there() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        let reason = |config, has_server_dependency, path: &Path| {
            let config = Config {
                server: config,
                ..Config::default()
            };
            let manifest = Manifest {
                has_server_dependency,
                ..Manifest::default()
            };
            NoServer::of(&config, &manifest, path.to_owned())
        };
        let absent = Path::new("none/Cargo.toml");
        assert_eq!(reason(None, false, absent), Some(NoServer::NoCrate(absent.to_owned())));
        assert_eq!(reason(None, false, &path), Some(NoServer::NoDependency(path.clone())));
        assert_eq!(reason(None, true, &path), Some(NoServer::NoFeature(path.clone())));
        assert_eq!(reason(Some(Support::Off), true, &path), Some(NoServer::SwitchedOff));
        assert_eq!(reason(Some(Support::Always), false, &path), None);
    }
}
