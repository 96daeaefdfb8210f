//! A new crate for the types of definitions, imported or generated.

use std::path::{Path, PathBuf};

use askama::Template;
use kgen_model::Diagnostic;

use crate::edit::Edits;
use crate::names::check_crate;
use crate::scaffold::{CARGO_CONFIG, Facts, GIT_IGNORE, Main, Manifest, dependency, filled};

/// A new crate for the types of definitions.
pub(crate) struct NewCrate<'a> {
    /// Its folder, which may hold files already.
    pub(crate) dir: &'a Path,
    /// What it is called; without a name as its folder or its first group.
    pub(crate) name: Option<&'a str>,
    /// The groups of the definitions.
    pub(crate) groups: &'a [String],
    /// The checkout of kgen that it depends on.
    pub(crate) kgen_path: Option<&'a Path>,
    /// Whether it is an API server too.
    pub(crate) is_server: bool,
}

#[derive(Template)]
#[template(path = "import/lib.rs.txt", escape = "none")]
struct Lib<'a> {
    facts: &'a Facts,
}

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

impl NewCrate<'_> {
    /// The file of the root module.
    pub(crate) fn root(&self) -> PathBuf {
        self.dir.join("src/lib.rs")
    }

    /// The files that make a crate of the folder.
    ///
    /// # Errors
    /// If it has a root module already, or nothing can be named after it.
    pub(crate) fn files(&self) -> Result<Edits> {
        let facts = &self.facts()?;
        let root = self.root();
        if root.exists() {
            let message = format!("`{}` is there already, without a `Cargo.toml`", root.display());
            let help = "choose a new folder, or write the `Cargo.toml` first";
            return Err(Box::new(
                Diagnostic::error_without_span("file-exists", message).help(help),
            ));
        }
        let files = [
            ("Cargo.toml", filled(&Manifest { facts })),
            (".cargo/config.toml", CARGO_CONFIG.to_owned()),
            (".gitignore", GIT_IGNORE.to_owned()),
        ];
        let files = files.map(|(path, text)| (self.dir.join(path), text));
        let mut edits: Edits = files.into_iter().filter(|(path, _)| !path.exists()).collect();
        edits.push((root, filled(&Lib { facts })));
        if self.is_server {
            edits.push((self.dir.join("src/main.rs"), filled(&Main { facts })));
        }
        Ok(edits)
    }

    fn facts(&self) -> Result<Facts> {
        let folder = std::path::absolute(self.dir).unwrap_or_else(|_| self.dir.to_owned());
        let folder = folder.file_name().unwrap_or_default().to_string_lossy();
        let first = self
            .groups
            .first()
            .map_or("crds", |group| group.split('.').next().unwrap_or(group));
        let name = match self.name {
            Some(name) => name.to_owned(),
            None if check_crate(&folder).is_ok() => folder.into_owned(),
            None => format!("{first}-api"),
        };
        check_crate(&name)?;
        let dependency = |name: &str| dependency(name, self.kgen_path);
        Ok(Facts {
            library: name.replace('-', "_"),
            name,
            group: self.groups.join(", "),
            version: String::new(),
            kind: String::new(),
            scope: "",
            kgen: dependency("kgen")?,
            server: self.is_server.then(|| dependency("kgen-apiserver")).transpose()?,
        })
    }
}
