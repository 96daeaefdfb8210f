//! Where files go, and by which path generated code is reached.

use std::path::{Path, PathBuf};

use kgen_model::{FileId, Span};

/// Whether generated code may name crates that not everybody wants: those of kube, or the API server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Support {
    /// It names none of them.
    #[default]
    Off,
    /// It does behind the feature `kube` or `server` of the crate.
    Feature,
    /// It always does.
    Always,
}

/// The folders of the output and the root of the generated modules. All paths are relative to the output root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The folder of Rust files, by default `src/generated`.
    pub rust_root: PathBuf,
    /// The folder of custom resource definitions, by default `crds`.
    pub crds: PathBuf,
    /// The folder of OpenAPI documents, by default `openapi`.
    pub openapi: PathBuf,
    /// The folder of manifests, by default `manifests`.
    pub manifests: PathBuf,
    /// How the server of the crate is deployed.
    pub deployment: Deployment,
    /// The path of the module that [`Layout::rust_root`] becomes, by default `crate::generated`.
    pub module_root: Vec<String>,
    /// Whether generated code may name the kube crates.
    pub kube: Support,
    /// Whether generated code may name `kgen-apiserver`.
    pub server: Support,
    /// Whether tests of generated code are wanted.
    pub testing: bool,
    /// What headers call the whole input, such as `src/api`.
    pub source: String,
    /// What headers call each input file, by [`FileId`], such as `src/api/v1.rs`.
    pub inputs: Vec<String>,
}

/// How a server is deployed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deployment {
    /// What it and most of what belongs to it is called.
    pub name: String,
    /// Where it runs.
    pub namespace: String,
    /// What it runs.
    pub image: String,
    /// Where etcd is; without any, objects are stored in a volume.
    pub etcd_servers: Vec<String>,
    /// What keys begin with in etcd.
    pub etcd_prefix: Option<String>,
    /// The authority of its certificate, PEM in base64; without it the server makes its certificate itself.
    pub ca_bundle: Option<String>,
}

impl Deployment {
    /// The usual one for a crate.
    #[must_use]
    pub fn of(krate: &str) -> Self {
        let krate = krate.replace('_', "-").to_lowercase();
        let name = format!("{krate}-server");
        Self {
            image: format!("{name}:latest"),
            name,
            namespace: krate,
            etcd_servers: Vec::new(),
            etcd_prefix: None,
            ca_bundle: None,
        }
    }
}

impl Default for Deployment {
    fn default() -> Self {
        Self::of("api")
    }
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            rust_root: PathBuf::from("src/generated"),
            crds: PathBuf::from("crds"),
            openapi: PathBuf::from("openapi"),
            manifests: PathBuf::from("manifests"),
            deployment: Deployment::default(),
            module_root: vec!["crate".to_owned(), "generated".to_owned()],
            kube: Support::default(),
            server: Support::default(),
            testing: false,
            source: "src".to_owned(),
            inputs: Vec::new(),
        }
    }
}

impl Layout {
    /// The file that holds what the generator `stem` makes for the module `module_path`: `["crate", "v1"]` and `serde`
    /// give `src/generated/v1/serde.rs`. A module that lies under the root of the generated modules keeps its place.
    #[must_use]
    pub fn rust_file(&self, module_path: &[String], stem: &str) -> PathBuf {
        let mut path = self.rust_root.clone();
        path.extend(self.below_root(module_path).iter().map(|segment| unraw(segment)));
        path.push(format!("{}.rs", unraw(stem)));
        path
    }

    /// The module that [`Layout::rust_file`] puts its files into: `["crate", "v1"]` gives `crate::generated::v1`.
    #[must_use]
    pub fn module_of(&self, module_path: &[String]) -> Vec<String> {
        self.module_root
            .iter()
            .chain(self.below_root(module_path))
            .cloned()
            .collect()
    }

    /// What headers call the input file that holds `span`; the whole input when that is unknown.
    #[must_use]
    pub fn input(&self, span: Span) -> &str {
        let FileId(file) = span.file;
        self.inputs.get(file as usize).unwrap_or(&self.source)
    }

    fn below_root<'a>(&self, module_path: &'a [String]) -> &'a [String] {
        if let Some(rest) = module_path.strip_prefix(self.module_root.as_slice()) {
            return rest;
        }
        match module_path {
            [first, rest @ ..] if first == "crate" => rest,
            other => other,
        }
    }
}

/// The name behind `r#`, which no file name carries.
fn unraw(segment: &str) -> &str {
    segment.strip_prefix("r#").unwrap_or(segment)
}

/// A path with forward slashes, as headers and messages show it on every system.
#[must_use]
pub fn slashed(path: &Path) -> String {
    path.components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(path: &str) -> Vec<String> {
        path.split("::").map(str::to_owned).collect()
    }

    fn rust_file(path: &str, stem: &str) -> String {
        slashed(&Layout::default().rust_file(&module(path), stem))
    }

    #[test]
    fn files_follow_the_modules_of_the_types() {
        assert_eq!(rust_file("crate", "serde"), "src/generated/serde.rs");
        assert_eq!(rust_file("crate::v1", "serde"), "src/generated/v1/serde.rs");
        assert_eq!(
            rust_file("crate::api::shop::v1", "serde"),
            "src/generated/api/shop/v1/serde.rs"
        );
    }

    #[test]
    fn a_generated_module_keeps_its_place() {
        assert_eq!(rust_file("crate::generated::v1", "types"), "src/generated/v1/types.rs");
        assert_eq!(rust_file("crate::generated", "types"), "src/generated/types.rs");
    }

    #[test]
    fn file_names_lose_the_raw_prefix() {
        assert_eq!(rust_file("crate::r#type", "r#move"), "src/generated/type/move.rs");
    }

    #[test]
    fn modules_mirror_files() {
        assert_eq!(
            Layout::default().module_of(&module("crate::v1")),
            module("crate::generated::v1")
        );
        assert_eq!(
            Layout::default().module_of(&module("crate::generated::v1")),
            module("crate::generated::v1")
        );
    }
}
