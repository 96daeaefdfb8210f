//! `kgen.toml`: what stands in it, and reading it.
//!
//! ```toml
//! source = "src/api"                    # a folder or file of the crate; default: the crate's sources
//! generators = ["types", "deepcopy"]    # default: all
//! kube = "auto"                         # auto, off, feature, always: whether generated code may name the kube crates
//! server = "auto"                       # the same words: whether it may name kgen-apiserver
//!
//! [output]                              # folders, relative to the crate
//! rust = "src/generated"
//! crds = "crds"
//! openapi = "openapi"
//! manifests = "manifests"
//!
//! [deployment]                          # how the server is deployed
//! name = "shop-server"                  # default: the crate's name with `-server`
//! namespace = "shop"                    # default: the crate's name
//! image = "example.com/shop-server:1"
//! etcd-servers = ["https://etcd:2379"]  # default: objects are stored in a volume
//! etcd-prefix = "/registry/shop"
//! ca-bundle = "LS0tLS1.."               # default: the server makes its certificate itself
//!
//! [crd-source]                          # custom resource definitions among the sources
//! files = ["vendor/crds"]               # files and folders, relative to the crate
//! enums = "open"                        # open, closed: what becomes of values that the schema does not name
//! kubernetes-types = true               # whether parts that are types of Kubernetes become those
//!
//! [types]                               # names for types of schemas, or types to take instead of them
//! PrometheusSpecContainer = "Container"
//! PrometheusSpecAffinity = "k8s_openapi::api::core::v1::Affinity"
//! ```

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use kgen_emit::{Deployment, Support};
use kgen_model::names::closest;
use kgen_model::{Diagnostic, FileId, Report, Sources, Span};
use serde::Deserialize;
use toml::Spanned;

use crate::text::read_text;
use crate::words::listed;

/// The name of the file, which stands beside `Cargo.toml`.
pub const FILE_NAME: &str = "kgen.toml";

/// What `kgen.toml` says, checked. Everything has a default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// A folder or file of the crate, relative to it.
    pub source: Option<PathBuf>,
    /// The generators that run when none is named.
    pub generators: Option<Vec<String>>,
    /// Whether generated code may name the kube crates; `None` to look into `Cargo.toml`.
    pub kube: Option<Support>,
    /// Whether generated code may name `kgen-apiserver`; `None` to look into `Cargo.toml`.
    pub server: Option<Support>,
    /// The folder of Rust files.
    pub rust: Option<PathBuf>,
    /// The folder of custom resource definitions.
    pub crds: Option<PathBuf>,
    /// The folder of OpenAPI documents.
    pub openapi: Option<PathBuf>,
    /// The folder of manifests.
    pub manifests: Option<PathBuf>,
    /// How the server is deployed.
    pub deployment: DeploymentConfig,
    /// Custom resource definitions among the sources.
    pub crds_in: CrdsIn,
    /// Names for types of schemas, or paths of types to take instead of them, by the names that they would have.
    pub types: BTreeMap<String, String>,
}

/// How the server is deployed, as far as it is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct DeploymentConfig {
    /// What it and most of what belongs to it is called.
    pub name: Option<String>,
    /// Where it runs.
    pub namespace: Option<String>,
    /// What it runs.
    pub image: Option<String>,
    /// Where etcd is.
    pub etcd_servers: Vec<String>,
    /// What keys begin with in etcd.
    pub etcd_prefix: Option<String>,
    /// The authority of its certificate, PEM in base64.
    pub ca_bundle: Option<String>,
}

impl DeploymentConfig {
    /// What is said, else what is usual for the crate.
    pub(crate) fn of(&self, krate: Option<&str>) -> Deployment {
        let usual = krate.map_or_else(Deployment::default, Deployment::of);
        let name = self.name.clone().unwrap_or(usual.name);
        Deployment {
            image: self.image.clone().unwrap_or_else(|| format!("{name}:latest")),
            name,
            namespace: self.namespace.clone().unwrap_or(usual.namespace),
            etcd_servers: self.etcd_servers.clone(),
            etcd_prefix: self.etcd_prefix.clone(),
            ca_bundle: self.ca_bundle.clone(),
        }
    }
}

/// Custom resource definitions among the sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrdsIn {
    /// Files and folders, relative to the crate.
    pub files: Vec<PathBuf>,
    /// What becomes of values that the schema does not name.
    pub enums: Enums,
    /// Whether parts that are types of Kubernetes become those.
    pub kubernetes_types: bool,
}

impl Default for CrdsIn {
    fn default() -> Self {
        Self {
            files: Vec::new(),
            enums: Enums::default(),
            kubernetes_types: true,
        }
    }
}

/// What becomes of values that a schema does not name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Enums {
    /// A variant keeps them, so that a newer server breaks no client.
    #[default]
    Open,
    /// They are errors.
    Closed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConfig {
    source: Option<Spanned<PathBuf>>,
    generators: Option<Vec<Spanned<String>>>,
    kube: Option<RawSupport>,
    server: Option<RawSupport>,
    #[serde(default)]
    output: RawOutput,
    #[serde(default)]
    deployment: DeploymentConfig,
    #[serde(default, rename = "crd-source")]
    crd_source: RawCrdSource,
    #[serde(default)]
    types: BTreeMap<String, Spanned<String>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawCrdSource {
    #[serde(default)]
    files: Vec<Spanned<PathBuf>>,
    #[serde(default)]
    enums: Enums,
    kubernetes_types: Option<bool>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawOutput {
    rust: Option<Spanned<PathBuf>>,
    crds: Option<Spanned<PathBuf>>,
    openapi: Option<Spanned<PathBuf>>,
    manifests: Option<Spanned<PathBuf>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum RawSupport {
    Auto,
    Off,
    Feature,
    Always,
}

impl Config {
    /// Reads a file that must exist; generators must be among the `known` ones. What is wrong goes into the report, and
    /// its default takes its place.
    pub fn read(path: &Path, known: &[&str], sources: &mut Sources, report: &mut Report) -> Self {
        let Some(text) = read_text(path, report) else {
            return Self::default();
        };
        let file = sources.add(path, text.as_str());
        match toml::from_str::<RawConfig>(&text) {
            Ok(raw) => Self::checked(raw, known, file, report),
            Err(error) => {
                report.push(syntax_error(&error, file));
                Self::default()
            }
        }
    }

    fn checked(raw: RawConfig, known: &[&str], file: FileId, report: &mut Report) -> Self {
        let RawConfig {
            source,
            generators,
            kube,
            server,
            output:
                RawOutput {
                    rust,
                    crds,
                    openapi,
                    manifests,
                },
            deployment,
            crd_source:
                RawCrdSource {
                    files,
                    enums,
                    kubernetes_types,
                },
            types,
        } = raw;
        let mut path = |path: Option<Spanned<PathBuf>>| path.map(|path| inner_path(path, file, report));
        let (source, rust, crds, openapi) = (path(source), path(rust), path(crds), path(openapi));
        let manifests = path(manifests);
        let files = files.into_iter().filter_map(|file| path(Some(file))).collect();
        let types = types
            .into_iter()
            .map(|(name, ty)| (name, known_type(ty, file, report)))
            .collect();
        Self {
            source,
            generators: generators.map(|names| {
                names
                    .into_iter()
                    .map(|name| known_generator(name, known, file, report))
                    .collect()
            }),
            kube: kube.and_then(support),
            server: server.and_then(support),
            rust,
            crds,
            openapi,
            manifests,
            deployment,
            crds_in: CrdsIn {
                files,
                enums,
                kubernetes_types: kubernetes_types.unwrap_or(true),
            },
            types,
        }
    }
}

/// What is said; none if `Cargo.toml` says it.
fn support(raw: RawSupport) -> Option<Support> {
    match raw {
        RawSupport::Auto => None,
        RawSupport::Off => Some(Support::Off),
        RawSupport::Feature => Some(Support::Feature),
        RawSupport::Always => Some(Support::Always),
    }
}

/// A name or a path.
fn known_type(ty: Spanned<String>, file: FileId, report: &mut Report) -> String {
    let span = span(file, &ty.span());
    let ty = ty.into_inner();
    let is_name = |name: &str| {
        let mut characters = name.trim_start_matches("r#").chars();
        characters
            .next()
            .is_some_and(|first| first.is_alphabetic() || first == '_')
            && characters.all(|character| character.is_alphanumeric() || character == '_')
    };
    if !ty.split("::").all(is_name) {
        let message = format!("`{ty}` is neither a name nor a path of a type");
        let help = "write a name such as `Container`, or a path such as `k8s_openapi::api::core::v1::Container`";
        report.push(Diagnostic::error("invalid-config", span, message).help(help));
    }
    ty
}

fn syntax_error(error: &toml::de::Error, file: FileId) -> Diagnostic {
    let message = error.message().lines().next().unwrap_or("").to_owned();
    let range = error.span().unwrap_or(0..0);
    Diagnostic::error("invalid-config", span(file, &range), message)
}

/// A path that stays inside of the crate.
fn inner_path(path: Spanned<PathBuf>, file: FileId, report: &mut Report) -> PathBuf {
    let span = span(file, &path.span());
    let path = path.into_inner();
    let is_inner = path
        .components()
        .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !is_inner || path.as_os_str().is_empty() {
        let message = format!("`{}` is no path inside of the crate", path.display());
        let help = "write it relative to the folder of `kgen.toml`, without `..`";
        report.push(Diagnostic::error("invalid-config", span, message).help(help));
    }
    path.components()
        .filter(|part| matches!(part, Component::Normal(_)))
        .collect()
}

fn known_generator(name: Spanned<String>, known: &[&str], file: FileId, report: &mut Report) -> String {
    let span = span(file, &name.span());
    let name = name.into_inner();
    if !known.contains(&name.as_str()) {
        let diagnostic = Diagnostic::error("unknown-generator", span, format!("unknown generator `{name}`"));
        report.push(match closest(&name, known.iter().copied()) {
            Some(meant) => diagnostic
                .suggest(span, format!("{meant:?}"))
                .help(format!("did you mean `{meant}`?")),
            None => diagnostic.help(format!("the generators are {}", listed(known))),
        });
    }
    name
}

fn span(file: FileId, range: &std::ops::Range<usize>) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(file, offset(range.start), offset(range.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Config, Vec<(String, String)>) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join(FILE_NAME);
        std::fs::write(&path, text).expect("the folder can be written");
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let config = Config::read(&path, &["types"], &mut sources, &mut report);
        let found = report.diagnostics().iter().map(|diagnostic| {
            let at = diagnostic
                .span
                .map_or("", |span| &text[span.start as usize..span.end as usize]);
            (at.to_owned(), diagnostic.message.clone())
        });
        (config, found.collect())
    }

    #[test]
    fn an_empty_file_says_nothing() {
        assert_eq!(read(""), (Config::default(), vec![]));
    }

    #[test]
    fn everything_can_be_said() {
        let (config, found) = read(
            "source = './src/api'\nkube = 'feature'\nserver = 'always'\n[output]\nrust = 'a'\ncrds = 'b'\nopenapi = 'c/d'\nmanifests = 'e'\n\
             [deployment]\nimage = 'f:1'\netcd-servers = ['g']\n\
             [crd-source]\nfiles = ['v/crds']\nenums = 'closed'\nkubernetes-types = false\n\
             [types]\nA = 'crate::own::B'\n",
        );
        assert_eq!(found, []);
        let wanted = Config {
            source: Some("src/api".into()),
            generators: None,
            kube: Some(Support::Feature),
            server: Some(Support::Always),
            rust: Some("a".into()),
            crds: Some("b".into()),
            openapi: Some("c/d".into()),
            manifests: Some("e".into()),
            deployment: DeploymentConfig {
                image: Some("f:1".to_owned()),
                etcd_servers: vec!["g".to_owned()],
                ..DeploymentConfig::default()
            },
            crds_in: CrdsIn {
                files: vec!["v/crds".into()],
                enums: Enums::Closed,
                kubernetes_types: false,
            },
            types: BTreeMap::from([("A".to_owned(), "crate::own::B".to_owned())]),
        };
        assert_eq!(config, wanted);
    }

    #[test]
    fn an_unknown_key_is_an_error_at_the_key() {
        let (_, found) = read("[output]\nrusty = 'a'\n");
        assert_eq!(found[0].0, "rusty");
        assert!(found[0].1.contains("unknown field `rusty`"), "{found:?}");
    }

    #[test]
    fn a_value_of_the_wrong_type_is_an_error_at_the_value() {
        assert_eq!(read("source = 1\n").1[0].0, "1");
        assert_eq!(read("kube = 'often'\n").1[0].0, "'often'");
    }

    #[test]
    fn broken_syntax_is_an_error() {
        assert_eq!(read("source = \n").1.len(), 1);
    }

    #[test]
    fn paths_stay_inside_of_the_crate() {
        let found = read("source = '../a'\n[output]\ncrds = '/etc'\n").1;
        assert_eq!(
            found.iter().map(|(at, _)| at.as_str()).collect::<Vec<_>>(),
            ["'../a'", "'/etc'"]
        );
    }

    #[test]
    fn types_are_names_or_paths() {
        let (_, found) = read("[types]\nA = 'not a type'\nB = 'C'\n");
        assert_eq!(found[0].0, "'not a type'");
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn generators_must_be_known() {
        let (_, found) = read("generators = ['no-such']\n");
        assert_eq!(
            found,
            [("'no-such'".to_owned(), "unknown generator `no-such`".to_owned())]
        );
    }

    #[test]
    fn a_missing_file_is_an_error() {
        let mut report = Report::default();
        Config::read(
            Path::new("no/such/kgen.toml"),
            &[],
            &mut Sources::default(),
            &mut report,
        );
        assert_eq!(report.diagnostics()[0].code, "unreadable-file");
    }
}
