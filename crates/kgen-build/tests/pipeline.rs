//! Whole runs over small crates on disk, with generators that only show what they were given.

use std::fs;
use std::path::Path;

use kgen_build::disk::ChangeKind;
use kgen_build::{Generator, Outcome, Request, run};
use kgen_emit::{File, Layout, Part};
use kgen_model::{Diagnostic, Model, Report};
use tempfile::TempDir;

/// Makes an empty Rust file for each version, and one document for all of them.
struct Fake(&'static str);

impl Generator for Fake {
    fn name(&self) -> &'static str {
        self.0
    }

    fn about(&self) -> &'static str {
        "Shows what it was given."
    }

    fn check(&self, model: &Model, report: &mut Report) {
        for version in model.versions.iter().filter(|version| version.version == "v13") {
            report.push(Diagnostic::error("unlucky", version.span, "`v13` is refused"));
        }
    }

    fn parts(&self, model: &Model) -> Vec<Part> {
        (0..model.versions.len()).map(Part).collect()
    }

    fn generate(&self, model: &Model, layout: &Layout, Part(index): Part) -> Vec<File> {
        let version = &model.versions[index];
        let path = layout.rust_file(&version.module, self.0);
        let text = format!("pub const {}: &str = \"{:?}\";\n", self.0.to_uppercase(), layout.kube);
        vec![File::text(self.0, layout.input(version.span), path, "//", &text)]
    }
}

const A: &[&dyn Generator] = &[&Fake("a"), &Fake("b")];

const ROOT: &str = "pub mod v1;\npub mod v2;\npub mod generated;\n";
const ORDER: &str = "
/// An order.
#[derive(kgen::Api)]
#[kgen(kind, namespaced)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
}
";

fn version(version: &str) -> String {
    let storage = if version == "v1" { ", storage" } else { "" };
    format!("kgen::version! {{ group = \"shop.example.com\", version = \"{version}\"{storage} }}\n{ORDER}")
}

struct Crate {
    folder: TempDir,
}

/// A crate with two versions.
fn krate() -> Crate {
    let krate = Crate {
        folder: tempfile::tempdir().expect("a temporary folder"),
    };
    krate.write("Cargo.toml", "[package]\nname = 'shop'\n[features]\nkube = []\n");
    krate.write("src/lib.rs", ROOT);
    krate.write("src/v1.rs", &version("v1"));
    krate.write("src/v2.rs", &version("v2"));
    krate
}

impl Crate {
    fn path(&self, path: &str) -> std::path::PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).expect("the folder can be written");
        fs::write(path, text).expect("the folder can be written");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_default()
    }

    fn request(&self, path: &str) -> Request {
        Request::new(self.path(path))
    }

    /// Runs and writes, and says what changed.
    fn changes(&self, request: &Request) -> Vec<String> {
        let mut outcome = run(request, A, &|_| {});
        outcome.plan.apply(&mut outcome.report);
        assert_eq!(outcome.report.diagnostics(), []);
        let mark = |kind| match kind {
            ChangeKind::Create => '+',
            ChangeKind::Update => '~',
            ChangeKind::Remove => '-',
        };
        outcome
            .plan
            .changes
            .iter()
            .map(|change| format!("{}{}", mark(change.kind), kgen_emit::slashed(&change.path)))
            .collect()
    }

    fn outcome(&self) -> Outcome {
        run(&self.request(""), A, &|_| {})
    }

    fn codes(&self, request: &Request) -> Vec<&'static str> {
        let outcome = run(request, A, &|_| {});
        assert_eq!(outcome.plan.changes, []);
        outcome
            .report
            .diagnostics()
            .iter()
            .map(|diagnostic| diagnostic.code)
            .collect()
    }
}

#[test]
fn a_first_run_makes_all_files_and_a_second_one_nothing() {
    let krate = krate();
    let wanted = [
        "mod.rs",
        "v1/a.rs",
        "v1/b.rs",
        "v1/mod.rs",
        "v2/a.rs",
        "v2/b.rs",
        "v2/mod.rs",
    ];
    assert_eq!(
        krate.changes(&krate.request("")),
        wanted.map(|path| format!("+src/generated/{path}"))
    );
    assert_eq!(krate.changes(&krate.request("")), [""; 0]);
    assert_eq!(krate.outcome().plan.unchanged, 7);
}

#[test]
fn headers_name_the_input_relative_to_the_crate() {
    let krate = krate();
    krate.changes(&krate.request(""));
    let header = krate.read("src/generated/v1/a.rs");
    assert!(header.contains(" from src/v1.rs. Do not edit."), "{header}");
    assert!(header.contains("\"Feature\""), "{header}");
}

#[test]
fn a_removed_version_takes_its_files_along() {
    let krate = krate();
    krate.changes(&krate.request(""));
    krate.write("src/lib.rs", "pub mod v1;\npub mod generated;\n");
    let wanted = [
        "~src/generated/mod.rs",
        "-src/generated/v2/a.rs",
        "-src/generated/v2/b.rs",
        "-src/generated/v2/mod.rs",
    ];
    assert_eq!(krate.changes(&krate.request("")), wanted);
}

#[test]
fn a_run_of_one_generator_leaves_the_others_alone() {
    let krate = krate();
    krate.changes(&krate.request(""));
    let only_a = Request {
        generators: vec!["a".to_owned()],
        ..krate.request("")
    };
    assert_eq!(krate.changes(&only_a), [""; 0]);
    assert!(krate.read("src/generated/v1/mod.rs").contains("mod b;"));
}

#[test]
fn a_run_over_one_file_leaves_the_others_alone() {
    let krate = krate();
    krate.changes(&krate.request(""));
    assert_eq!(krate.changes(&krate.request("src/v1.rs")), [""; 0]);
}

#[test]
fn the_root_module_is_the_whole_crate() {
    let krate = krate();
    krate.changes(&krate.request("src"));
    krate.write("src/lib.rs", "pub mod v1;\npub mod generated;\n");
    assert!(
        krate
            .changes(&krate.request("src/lib.rs"))
            .contains(&"-src/generated/v2/a.rs".to_owned())
    );
}

#[test]
fn the_configuration_chooses_generators_and_folders() {
    let krate = krate();
    krate.write("src/lib.rs", "pub mod v1;\npub mod v2;\npub mod made;\n");
    krate.write(
        "kgen.toml",
        "generators = ['b']\nkube = 'off'\n[output]\nrust = 'src/made'\n",
    );
    let wanted = ["mod.rs", "v1/b.rs", "v1/mod.rs", "v2/b.rs", "v2/mod.rs"];
    assert_eq!(
        krate.changes(&krate.request("")),
        wanted.map(|path| format!("+src/made/{path}"))
    );
    assert!(krate.read("src/made/v1/b.rs").contains("\"Off\""));
}

#[test]
fn a_mistake_in_the_configuration_stops_the_run() {
    let krate = krate();
    krate.write("kgen.toml", "generator = ['b']\n");
    assert_eq!(krate.codes(&krate.request("")), ["invalid-config"]);
}

#[test]
fn an_unknown_generator_stops_the_run() {
    let krate = krate();
    let request = Request {
        generators: vec!["c".to_owned()],
        ..krate.request("")
    };
    assert_eq!(krate.codes(&request), ["unknown-generator"]);
}

#[test]
fn what_a_generator_refuses_stops_the_run() {
    let krate = krate();
    krate.write("src/v2.rs", &version("v13"));
    assert_eq!(krate.codes(&krate.request("")), ["unlucky"]);
}

#[test]
fn a_crate_without_a_version_is_an_error() {
    let krate = krate();
    krate.write("src/lib.rs", "");
    assert_eq!(krate.codes(&krate.request("")), ["no-version"]);
}

#[test]
fn a_foreign_file_stops_the_run() {
    let krate = krate();
    krate.write("src/generated/v1/a.rs", "fn by_hand() {}\n");
    assert_eq!(krate.codes(&krate.request("")), ["foreign-file"]);
    assert_eq!(krate.read("src/generated/mod.rs"), "");
}

#[test]
fn a_plan_shows_as_a_diff() {
    let krate = krate();
    krate.changes(&krate.request(""));
    krate.write(
        "src/generated/v1/a.rs",
        &krate.read("src/generated/v1/a.rs").replace("Feature", "Always"),
    );
    let diffs: Vec<String> = krate
        .outcome()
        .plan
        .changes
        .iter()
        .map(|change| change.diff())
        .collect();
    assert_eq!(diffs.len(), 1);
    assert!(
        diffs[0].starts_with("--- a/src/generated/v1/a.rs\n+++ b/src/generated/v1/a.rs\n"),
        "{}",
        diffs[0]
    );
}

#[test]
fn output_can_go_elsewhere() {
    let krate = krate();
    let request = Request {
        output: Some(krate.path("out")),
        rust: Some("gen".into()),
        ..krate.request("")
    };
    assert!(krate.changes(&request).contains(&"+gen/v1/a.rs".to_owned()));
    assert!(krate.read("out/gen/v1/a.rs").contains("pub const A"));
}
