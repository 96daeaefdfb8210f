//! The pipeline as a build script uses it.

use std::fmt;
use std::path::{Path, PathBuf};

use kgen_emit::index;
use kgen_model::{Diagnostic, Report, Severity};

use crate::disk::ChangeKind;
use crate::generators;
use crate::pipeline::{self, Outcome, Request};
use crate::render::{Style, line, render};
use crate::stamp::{Stamps, source_folders};

/// Generates code in a build script.
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), kgen_build::Error> {
///     kgen_build::Build::new("src/v1.rs").generate()?;
///     Ok(())
/// }
/// ```
///
/// ```text
/// // src/lib.rs
/// pub mod v1;
/// pub mod generated {
///     include!(concat!(env!("OUT_DIR"), "/generated/mod.rs"));
/// }
/// ```
///
/// Files go to `OUT_DIR` unless [`Build::in_source`] is called. A run whose input and output have not changed since the
/// last one ends at once.
#[derive(Clone, Debug)]
pub struct Build {
    request: Request,
    output: Output,
}

#[derive(Clone, Debug)]
enum Output {
    OutDir,
    InSource,
    Folder(PathBuf),
}

/// What a run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were created or changed.
    pub written: usize,
    /// Files that were there already.
    pub unchanged: usize,
    /// Files that were stale.
    pub removed: usize,
    /// Whether the stamp of the last run said that there is nothing to do; nothing was counted then.
    pub up_to_date: bool,
}

impl Build {
    /// Reads a folder or file of the crate that is being built, such as `src/api`; `.` for all of its sources.
    #[must_use]
    pub fn new(source: impl Into<PathBuf>) -> Self {
        Self {
            request: Request::new(source),
            output: Output::OutDir,
        }
    }

    /// Runs these generators only.
    #[must_use]
    pub fn generators<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.request.generators = names.into_iter().map(Into::into).collect();
        self
    }

    /// Puts files where the command `kgen` puts them: into the crate.
    #[must_use]
    pub fn in_source(mut self) -> Self {
        self.output = Output::InSource;
        self
    }

    /// Puts files below `OUT_DIR`, as is the default: `generated/mod.rs`, `crds` and `openapi`.
    #[must_use]
    pub fn out_dir(mut self) -> Self {
        self.output = Output::OutDir;
        self
    }

    /// Puts files below another folder, in the same way as below `OUT_DIR`.
    #[must_use]
    pub fn output(mut self, folder: impl Into<PathBuf>) -> Self {
        self.output = Output::Folder(folder.into());
        self
    }

    /// Generates and tells Cargo what the result depends on. Warnings become warnings of Cargo.
    ///
    /// # Errors
    ///
    /// When the input is wrong or the output cannot be written. The error shows the report, both as `Display` and as
    /// `Debug`, so that it can be returned from `main`.
    pub fn generate(&self) -> Result<Summary, Error> {
        self.generate_with(std::env::var_os("OUT_DIR").map(PathBuf::from))
    }

    fn generate_with(&self, out_dir: Option<PathBuf>) -> Result<Summary, Error> {
        let request = self.request(out_dir.as_deref())?;
        let stamps = out_dir.map(Stamps::in_folder);
        if let Some(last) = stamps.as_ref().and_then(|stamps| stamps.last(&request)) {
            print_dependencies(&last.inputs);
            return Ok(Summary {
                up_to_date: true,
                ..Summary::default()
            });
        }
        let generators = generators();
        let (loaded, mut outcome) = pipeline::start(&request, &generators);
        let Some(loaded) = loaded else {
            return Err(Error::new(&outcome));
        };
        print_dependencies(&outcome.inputs);
        pipeline::finish(loaded, &request, &generators, &mut outcome, &|_| {});
        let summary = write(&mut outcome)?;
        if let Some(stamps) = stamps {
            stamps.remember(&request, &outcome);
        }
        Ok(summary)
    }

    /// Like [`Build::generate`], for a `main` without a result: shows the report and ends the build script.
    pub fn generate_or_exit(&self) -> Summary {
        self.generate().unwrap_or_else(|error| {
            error.lines.iter().for_each(|line| println!("cargo::error={line}"));
            eprintln!("{error}");
            std::process::exit(1)
        })
    }

    fn request(&self, out_dir: Option<&Path>) -> Result<Request, Error> {
        let mut request = self.request.clone();
        let folder = match &self.output {
            Output::InSource => return Ok(request),
            Output::Folder(folder) => folder.clone(),
            Output::OutDir => out_dir.map(Path::to_owned).ok_or_else(no_out_dir)?,
        };
        request.output = Some(folder);
        request.rust = Some("generated".into());
        request.index = index::Root::Included;
        Ok(request)
    }
}

fn no_out_dir() -> Error {
    let message = "the variable `OUT_DIR` is not set";
    let help = "call this in a build script, or choose a folder with `Build::output`";
    let mut report = Report::default();
    report.push(Diagnostic::error_without_span("no-out-dir", message).help(help));
    Error::new(&Outcome {
        report,
        ..Outcome::default()
    })
}

fn write(outcome: &mut Outcome) -> Result<Summary, Error> {
    if !outcome.report.has_errors() {
        outcome.plan.apply(&mut outcome.report);
    }
    if outcome.report.has_errors() {
        return Err(Error::new(outcome));
    }
    for warning in outcome.report.diagnostics() {
        println!("cargo::warning={}", line(warning, &outcome.sources));
    }
    let plan = &outcome.plan;
    Ok(Summary {
        written: plan.count(ChangeKind::Create) + plan.count(ChangeKind::Update),
        unchanged: plan.unchanged,
        removed: plan.count(ChangeKind::Remove),
        up_to_date: false,
    })
}

/// Folders of sources are named beside the files, so that a new file is noticed. Cargo would always run the script
/// again for a file that does not exist.
fn print_dependencies(inputs: &[PathBuf]) {
    let existing = inputs.iter().map(PathBuf::as_path).filter(|path| path.exists());
    for path in source_folders(inputs)
        .into_iter()
        .chain(existing)
        .filter(|path| !path.as_os_str().is_empty())
    {
        println!("cargo::rerun-if-changed={}", path.display());
    }
}

/// Why nothing was generated. Shows the whole report.
#[derive(Clone)]
pub struct Error {
    text: String,
    lines: Vec<String>,
}

impl Error {
    fn new(outcome: &Outcome) -> Self {
        let mut report = outcome.report.clone();
        report.sort();
        let errors = report
            .diagnostics()
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error);
        Self {
            text: render(&report, &outcome.sources, Style::default()),
            lines: errors.map(|diagnostic| line(diagnostic, &outcome.sources)).collect(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text.trim_end())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What a build script returns from `main` is shown by `Debug`, behind the word `Error:`.
        write!(f, "the API cannot be generated\n\n{self}")
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const V1: &str = "kgen::version! { group = \"shop.example.com\", version = \"v1\", storage }\n\n\
                      #[derive(Clone, Debug, Default, kgen::Api)]\n#[kgen(kind, namespaced)]\n\
                      pub struct Order {\n    pub metadata: kgen::k8s::ObjectMeta,\n}\n";

    struct Crate {
        folder: tempfile::TempDir,
    }

    fn krate() -> Crate {
        let krate = Crate {
            folder: tempfile::tempdir().expect("a temporary folder"),
        };
        fs::create_dir_all(krate.path("src")).expect("the folder can be written");
        fs::create_dir_all(krate.path("out")).expect("the folder can be written");
        krate.write("Cargo.toml", "[package]\nname = 'shop'\n");
        krate.write("src/lib.rs", "pub mod v1;\n");
        krate.write("src/v1.rs", V1);
        krate
    }

    impl Crate {
        fn path(&self, path: &str) -> PathBuf {
            self.folder.path().join(path)
        }

        fn write(&self, path: &str, text: &str) {
            fs::write(self.path(path), text).expect("the folder can be written");
        }

        fn generate(&self) -> Result<Summary, Error> {
            Build::new(self.path("")).generate_with(Some(self.path("out")))
        }
    }

    #[test]
    fn files_go_below_the_out_dir_and_a_second_run_does_nothing() {
        let krate = krate();
        let first = krate.generate().expect("the input is right");
        assert!(first.written > 0 && !first.up_to_date);
        assert!(krate.path("out/crds/shop.example.com_orders.yaml").exists());
        assert!(krate.generate().expect("the input is right").up_to_date);
    }

    #[test]
    fn a_change_of_input_or_output_is_noticed() {
        let krate = krate();
        assert_eq!(krate.generate().expect("the input is right").removed, 0);
        krate.write("src/v1.rs", &V1.replace("namespaced", "cluster"));
        assert!(krate.generate().expect("the input is right").written > 0);
        fs::remove_dir_all(krate.path("out/crds")).expect("the folder can be removed");
        assert_eq!(krate.generate().expect("the input is right").written, 1);
        krate.write("kgen.toml", "generators = ['crd']\n");
        assert!(krate.generate().expect("the input is right").removed > 0);
    }

    #[test]
    fn an_error_shows_the_whole_report() {
        let krate = krate();
        krate.write("src/v1.rs", &V1.replace("namespaced", "namespace"));
        let error = krate.generate().expect_err("the input is wrong");
        let shown = format!("{error:?}");
        assert!(
            shown.starts_with("the API cannot be generated\n\nerror[unknown-marker]"),
            "{shown}"
        );
        assert!(error.lines[0].ends_with("[unknown-marker]"), "{:?}", error.lines);
    }

    #[test]
    fn outside_of_a_build_script_a_folder_must_be_chosen() {
        let krate = krate();
        let build = Build::new(krate.path("src/v1.rs"));
        let error = build.generate_with(None).expect_err("there is no `OUT_DIR`");
        assert!(error.to_string().starts_with("error[no-out-dir]"));
        assert!(build.output(krate.path("made")).generate_with(None).is_ok());
        assert!(krate.path("made/crds").exists());
    }

    #[test]
    fn a_server_depends_on_what_servers_are_made_of() {
        let krate = krate();
        let build = Build::new(krate.path("src/v1.rs")).generators(["registry"]);
        let run = || build.generate_with(Some(krate.path("out")));
        let error = run().expect_err("the crate is no server");
        assert!(error.to_string().starts_with("error[no-server]"), "{error}");
        krate.write(
            "Cargo.toml",
            "[package]\nname = 'shop'\n[dependencies]\nkgen-apiserver = '0.1'\n",
        );
        assert!(run().is_ok() && krate.path("out/generated/registry.rs").exists());
    }

    #[test]
    fn definitions_become_what_the_crate_of_the_script_is() {
        let krate = krate();
        let definition = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n\
            metadata: {name: as.a.example.com}\nspec:\n  group: a.example.com\n  names: {kind: A, plural: as}\n  scope: Cluster\n  \
            versions:\n  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}\n";
        krate.write("a.yaml", definition);
        krate.write(
            "Cargo.toml",
            "[package]\nname = 'shop'\n[dependencies]\nkgen-apiserver = '0.1'\n",
        );
        let summary = Build::new(krate.path("a.yaml")).generate_with(Some(krate.path("out")));
        summary.expect("the input is right");
        assert!(krate.path("out/generated/registry.rs").exists());
        assert!(!krate.path("src/generated").exists());
    }

    #[test]
    fn in_source_files_go_into_the_crate() {
        let krate = krate();
        let build = Build::new(krate.path("src/v1.rs")).generators(["crd"]).in_source();
        assert_eq!(
            build
                .generate_with(Some(krate.path("out")))
                .map(|summary| summary.written)
                .ok(),
            Some(1)
        );
        assert!(krate.path("crds/shop.example.com_orders.yaml").exists());
    }
}
