//! Finds the crate that a path belongs to, and reads what its `Cargo.toml` says that matters here.

use std::path::{Component, Path, PathBuf};

use kgen_emit::Support;
use kgen_model::{Diagnostic, Report};
use toml::{Table, Value};

use crate::text::read_text;

/// A crate, and the part of it that is the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The folder of `Cargo.toml`, as the person named it; empty for the current folder.
    pub(crate) root: PathBuf,
    /// The source, relative to the root: a folder or a file.
    pub(crate) source: PathBuf,
    /// The file of the crate's root module, if `Cargo.toml` names it.
    pub(crate) lib: Option<PathBuf>,
}

impl Place {
    /// The source as a path to open. A folder whose module lies beside it (`src/v1/`, `src/v1.rs`) stands for that file.
    pub(crate) fn source_path(&self) -> PathBuf {
        let path = self.root.join(&self.source);
        if let Some(lib) = self.lib.as_ref().filter(|lib| lib.parent() == Some(&self.source)) {
            return self.root.join(lib);
        }
        let beside = path.with_extension("rs");
        if path.is_dir() && path.extension().is_none() && beside.is_file() && !path.join("mod.rs").exists() {
            return beside;
        }
        path
    }

    /// The module that the source is, by the rules of Rust: `src/a`, `src/a/mod.rs` and `src/a.rs` are `crate::a`.
    pub(crate) fn source_module(&self) -> Vec<String> {
        let mut module = vec!["crate".to_owned()];
        if self.lib.as_ref() == Some(&self.source) {
            return module;
        }
        let inside = self
            .source
            .strip_prefix(modules(self.lib.as_deref()))
            .unwrap_or(&self.source);
        let stem = if inside.extension().is_some_and(|extension| extension == "rs") {
            inside.with_extension("")
        } else {
            inside.to_owned()
        };
        module.extend(stem.iter().map(|part| part.to_string_lossy().into_owned()));
        let is_root = module.len() == 2 && matches!(module[1].as_str(), "lib" | "main");
        if is_root || module.last().is_some_and(|last| last == "mod") {
            module.pop();
        }
        module
    }
}

/// The folder that holds the crate's modules, relative to the crate.
pub(crate) fn modules(lib: Option<&Path>) -> &Path {
    lib.and_then(Path::parent).unwrap_or(Path::new("src"))
}

/// What a crate's `Cargo.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Manifest {
    /// The file of the root module, if it is not the usual one.
    pub(crate) lib: Option<PathBuf>,
    /// Whether the crate may name the kube crates.
    pub(crate) kube: Support,
    /// Whether the crate may name `kgen-apiserver`.
    pub(crate) server: Support,
    /// Whether it depends on `kgen-apiserver`, though perhaps without saying when.
    pub(crate) has_server_dependency: bool,
    /// The crate's name.
    pub(crate) name: Option<String>,
    /// Whether its tests may name `kgen-testing`.
    pub(crate) testing: bool,
}

/// The crate that `path` is or lies in: its folder, and the rest of the path.
pub(crate) fn find(path: &Path, report: &mut Report) -> Option<(PathBuf, PathBuf)> {
    if !path.as_os_str().is_empty() && !path.exists() {
        let message = format!("`{}` does not exist", path.display());
        let help = "name a crate's folder, a folder inside of a crate or a Rust file";
        report.push(Diagnostic::error_without_span("missing-path", message).help(help));
        return None;
    }
    let found = as_named(path).or_else(|| as_named(&shown(path).canonicalize().ok()?));
    if found.is_none() {
        let message = format!("`{}` does not lie in a crate", shown(path).display());
        let help = "name a folder with a `Cargo.toml`, or a path below one";
        report.push(Diagnostic::error_without_span("no-crate", message).help(help));
    }
    found
}

/// Goes up in the path as it was written, as far as it has names to take away.
fn as_named(path: &Path) -> Option<(PathBuf, PathBuf)> {
    let path: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    for root in path.ancestors() {
        if root.join("Cargo.toml").is_file() {
            let rest = path.strip_prefix(root).unwrap_or(Path::new(""));
            return Some((root.to_owned(), rest.to_owned()));
        }
        if !matches!(root.components().next_back(), Some(Component::Normal(_))) {
            break;
        }
    }
    None
}

fn shown(path: &Path) -> &Path {
    if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    }
}

impl Manifest {
    /// Reads the `Cargo.toml` of a crate.
    pub(crate) fn read(root: &Path, report: &mut Report) -> Option<Self> {
        let path = root.join("Cargo.toml");
        let text = read_text(&path, report)?;
        let table = match text.parse::<Table>() {
            Ok(table) => table,
            Err(error) => {
                let message = format!("`{}` cannot be read: {}", path.display(), error.message());
                report.push(Diagnostic::error_without_span("unreadable-file", message));
                return None;
            }
        };
        if !table.contains_key("package") {
            let message = format!("`{}` has no `[package]`", path.display());
            report
                .push(Diagnostic::error_without_span("no-crate", message).help("name the folder of a member instead"));
            return None;
        }
        Some(Self {
            lib: lib(&table),
            kube: kube_support(&table),
            server: server_support(&table),
            has_server_dependency: server_dependency(&table).is_some(),
            name: package_name(&table),
            testing: has_testing(&table),
        })
    }
}

fn package_name(table: &Table) -> Option<String> {
    Some(table.get("package")?.get("name")?.as_str()?.to_owned())
}

fn lib(table: &Table) -> Option<PathBuf> {
    Some(PathBuf::from(table.get("lib")?.get("path")?.as_str()?))
}

/// A feature `kube` is the crate's own switch; a dependency that is always there needs none.
fn kube_support(table: &Table) -> Support {
    let has_feature = table
        .get("features")
        .is_some_and(|features| features.get("kube").is_some());
    let dependencies = table.get("dependencies").and_then(Value::as_table);
    let kube = |(name, value): (&String, &Value)| {
        let package = value.get("package").and_then(Value::as_str).unwrap_or(name);
        let is_optional = value.get("optional").and_then(Value::as_bool).unwrap_or(false);
        matches!(package, "kube" | "kube-core").then_some((name == "kube", is_optional))
    };
    let found: Vec<_> = dependencies.into_iter().flatten().filter_map(kube).collect();
    if has_feature {
        Support::Feature
    } else if found.iter().any(|(_, is_optional)| !is_optional) {
        Support::Always
    } else if found.iter().any(|(is_feature, _)| *is_feature) {
        Support::Feature
    } else {
        Support::Off
    }
}

/// A server is wanted where the crate depends on what servers are made of: behind the feature `server`, if there is one.
fn server_support(table: &Table) -> Support {
    let has_feature = table
        .get("features")
        .is_some_and(|features| features.get("server").is_some());
    let is_optional = |value: &Value| value.get("optional").and_then(Value::as_bool).unwrap_or(false);
    match server_dependency(table) {
        Some(_) if has_feature => Support::Feature,
        Some(value) if !is_optional(value) => Support::Always,
        Some(_) | None => Support::Off,
    }
}

fn server_dependency(table: &Table) -> Option<&Value> {
    table.get("dependencies")?.get("kgen-apiserver")
}

/// Tests are generated where the crate can run them.
fn has_testing(table: &Table) -> bool {
    let dependencies = table.get("dev-dependencies").and_then(Value::as_table);
    dependencies.is_some_and(|dependencies| dependencies.contains_key("kgen-testing"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn kube(text: &str) -> Support {
        kube_support(&text.parse().expect("the test's TOML is valid"))
    }

    #[test]
    fn kube_support_follows_the_manifest() {
        assert_eq!(kube("[dependencies]\nkgen = '1'\n"), Support::Off);
        assert_eq!(kube("[dependencies]\nkube = '1'\n"), Support::Always);
        assert_eq!(
            kube("[dependencies]\nk = { package = 'kube-core', version = '1' }\n"),
            Support::Always
        );
        assert_eq!(
            kube("[dependencies]\nkube = { version = '1', optional = true }\n"),
            Support::Feature
        );
        assert_eq!(
            kube("[dependencies]\nkube-core = { version = '1', optional = true }\n"),
            Support::Off
        );
        assert_eq!(kube("[features]\nkube = ['dep:kube-core']\n"), Support::Feature);
    }

    #[test]
    fn a_server_is_for_crates_that_can_name_one() {
        let server = |text: &str| server_support(&text.parse().expect("the test's TOML is valid"));
        assert_eq!(
            server("[dependencies]\nkgen = '1'\n[features]\nserver = []\n"),
            Support::Off
        );
        assert_eq!(server("[dependencies]\nkgen-apiserver = '1'\n"), Support::Always);
        let optional = "[dependencies]\nkgen-apiserver = { version = '1', optional = true }\n";
        assert_eq!(server(optional), Support::Off);
        let feature = format!("{optional}[features]\nserver = ['dep:kgen-apiserver']\n");
        assert_eq!(server(&feature), Support::Feature);
    }

    #[test]
    fn tests_are_for_crates_that_can_run_them() {
        let testing = |text: &str| has_testing(&text.parse().expect("the test's TOML is valid"));
        assert!(testing("[dev-dependencies]\nkgen-testing = '1'\n"));
        assert!(testing("[dev-dependencies.kgen-testing]\npath = 'a'\n"));
        assert!(!testing("[dependencies]\nkgen-testing = '1'\n"));
    }

    #[test]
    fn the_crate_lies_above_the_path() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("a");
        fs::create_dir_all(root.join("src/api")).expect("the folder can be written");
        fs::write(root.join("Cargo.toml"), "[package]\nname = 'a'\n").expect("the folder can be written");
        let found = |path: &str| find(&root.join(path), &mut Report::default());
        assert_eq!(found(""), Some((root.clone(), "".into())));
        assert_eq!(found("src/api"), Some((root.clone(), "src/api".into())));
        let mut report = Report::default();
        assert_eq!(find(&root.join("no"), &mut report), None);
        assert_eq!(report.diagnostics()[0].code, "missing-path");
    }

    #[test]
    fn relative_paths_stay_as_they_were_written() {
        let found = find(Path::new("./src/place.rs"), &mut Report::default());
        assert_eq!(found, Some(("".into(), "src/place.rs".into())));
        let found = find(Path::new("../kgen-build/src"), &mut Report::default());
        assert_eq!(found, Some(("../kgen-build".into(), "src".into())));
    }

    #[test]
    fn files_and_folders_are_modules() {
        let module = |source: &str, lib: Option<&str>| {
            Place {
                root: "".into(),
                source: source.into(),
                lib: lib.map(PathBuf::from),
            }
            .source_module()
            .join("::")
        };
        assert_eq!(module("src", None), "crate");
        assert_eq!(module("src/lib.rs", None), "crate");
        assert_eq!(module("src/v1.rs", None), "crate::v1");
        assert_eq!(module("src/api", None), "crate::api");
        assert_eq!(module("src/api/mod.rs", None), "crate::api");
        assert_eq!(module("src/api/v1.rs", None), "crate::api::v1");
        assert_eq!(module("api/root.rs", Some("api/root.rs")), "crate");
        assert_eq!(module("api", Some("api/root.rs")), "crate");
        assert_eq!(module("api/v1.rs", Some("api/root.rs")), "crate::v1");
    }

    #[test]
    fn a_folder_stands_for_the_module_beside_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir_all(folder.path().join("src/v1")).expect("the folder can be written");
        let place = |lib: Option<&str>, source: &str| Place {
            root: folder.path().to_owned(),
            source: source.into(),
            lib: lib.map(PathBuf::from),
        };
        assert_eq!(place(None, "src/v1").source_path(), folder.path().join("src/v1"));
        fs::write(folder.path().join("src/v1.rs"), "").expect("the folder can be written");
        assert_eq!(place(None, "src/v1").source_path(), folder.path().join("src/v1.rs"));
        assert_eq!(
            place(Some("src/root.rs"), "src").source_path(),
            folder.path().join("src/root.rs")
        );
    }

    #[test]
    fn a_workspace_is_no_crate() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("Cargo.toml"), "[workspace]\n").expect("the folder can be written");
        let mut report = Report::default();
        assert_eq!(Manifest::read(folder.path(), &mut report), None);
        assert_eq!(report.diagnostics()[0].code, "no-crate");
    }
}
