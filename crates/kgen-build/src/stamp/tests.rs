use kgen_emit::{File, Generator, Layout, Part};
use kgen_model::{Diagnostic, Model, Report, Severity};

use super::*;
use crate::run;

/// Makes one file; warns about the versions that are called so.
struct Fake;

impl Generator for Fake {
    fn name(&self) -> &'static str {
        "fake"
    }

    fn about(&self) -> &'static str {
        "Makes what the tests want."
    }

    fn check(&self, model: &Model, report: &mut Report) {
        for version in model.versions.iter().filter(|version| version.version == "v13") {
            let mut warning = Diagnostic::error("unlucky", version.span, "`v13` brings bad luck");
            warning.severity = Severity::Warning;
            report.push(warning);
        }
    }

    fn parts(&self, _: &Model) -> Vec<Part> {
        vec![Part(0)]
    }

    fn generate(&self, model: &Model, layout: &Layout, _: Part) -> Vec<File> {
        let path = layout.rust_file(&model.versions[0].module, "fake");
        vec![File::text("fake", "src", path, "//", "pub const A: u8 = 1;\n")]
    }
}

struct Crate {
    folder: tempfile::TempDir,
}

fn krate() -> Crate {
    let krate = Crate {
        folder: tempfile::tempdir().expect("a temporary folder"),
    };
    krate.write("Cargo.toml", "[package]\nname = 'shop'\n");
    krate.write("target/CACHEDIR.TAG", "");
    krate.write("src/lib.rs", "pub mod v1;\n");
    krate.write(
        "src/v1.rs",
        "kgen::version! { group = \"shop.example.com\", version = \"v1\" }\n",
    );
    krate
}

impl Crate {
    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        let folder = path.parent().expect("a file lies in a folder");
        fs::create_dir_all(folder).expect("the folder can be written");
        fs::write(path, text).expect("the folder can be written");
    }

    fn request(&self) -> Request {
        Request::new(self.path(""))
    }

    fn stamps(&self) -> Stamps {
        Stamps::in_target(&self.path("src"), None).expect("the crate has a target folder")
    }

    fn run(&self) {
        let mut outcome = run(&self.request(), &[&Fake], &|_| {});
        assert!(!outcome.report.has_errors(), "{:?}", outcome.report);
        outcome.plan.apply(&mut outcome.report);
        self.stamps().remember(&self.request(), &outcome);
    }

    fn holds(&self) -> bool {
        self.stamps().last(&self.request()).is_some()
    }

    /// Whether a stamp still holds after something happened to the crate.
    fn holds_after(&self, change: impl Fn(&Self)) -> bool {
        self.run();
        assert!(self.holds());
        change(self);
        self.holds()
    }
}

#[test]
fn a_stamp_names_what_was_read_and_made() {
    let krate = krate();
    krate.run();
    let stamp = krate.stamps().last(&krate.request()).expect("nothing has changed");
    let paths = |paths: &[&str]| -> Vec<PathBuf> { paths.iter().map(|path| krate.path(path)).collect() };
    assert_eq!(
        stamp.inputs,
        paths(&["Cargo.toml", "kgen.toml", "src/lib.rs", "src/v1.rs"])
    );
    let outputs = [
        "src/generated/mod.rs",
        "src/generated/v1/fake.rs",
        "src/generated/v1/mod.rs",
    ];
    assert_eq!(stamp.outputs, paths(&outputs));
}

#[test]
fn a_changed_input_is_noticed() {
    assert!(!krate().holds_after(|krate| krate.write("src/lib.rs", "pub mod v1;\n\n")));
    assert!(!krate().holds_after(|krate| krate.write("Cargo.toml", "[package]\nname = 'store'\n")));
    assert!(!krate().holds_after(|krate| krate.write("kgen.toml", "")));
}

#[test]
fn a_new_module_file_is_noticed() {
    assert!(!krate().holds_after(|krate| krate.write("src/v2.rs", "")));
    assert!(!krate().holds_after(|krate| krate.write("src/v1/mod.rs", "")));
    assert!(krate().holds_after(|krate| krate.write("src/notes.txt", "")));
}

#[test]
fn a_changed_removed_or_stale_output_is_noticed() {
    let generated = "src/generated/v1/fake.rs";
    assert!(!krate().holds_after(|krate| krate.write(generated, "changed")));
    assert!(!krate().holds_after(|krate| fs::remove_file(krate.path(generated)).expect("it is there")));
    assert!(!krate().holds_after(|krate| krate.write("crds/stale.yaml", "")));
}

#[test]
fn line_breaks_of_a_checkout_are_no_change() {
    assert!(krate().holds_after(|krate| {
        let path = "src/generated/mod.rs";
        let text = fs::read_to_string(krate.path(path)).expect("it is there");
        krate.write(path, &text.replace('\n', "\r\n"));
    }));
}

#[test]
fn another_request_has_another_stamp() {
    let krate = krate();
    krate.run();
    let other = Request {
        generators: vec!["fake".to_owned()],
        ..krate.request()
    };
    assert_eq!(krate.stamps().last(&other), None);
    assert!(krate.holds());
}

#[test]
fn a_run_with_warnings_is_not_remembered() {
    let krate = krate();
    krate.write(
        "src/v1.rs",
        "kgen::version! { group = \"shop.example.com\", version = \"v13\" }\n",
    );
    krate.run();
    assert!(!krate.holds());
}

#[test]
fn stamps_lie_in_the_target_folder() {
    let krate = krate();
    assert_eq!(krate.stamps(), Stamps::in_folder(krate.path("target/kgen")));
    let named = |path: &str| Stamps::in_target(&krate.path("src"), Some(&krate.path(path)));
    assert_eq!(named("src"), Some(Stamps::in_folder(krate.path("src/kgen"))));
    assert_eq!(named("elsewhere"), None);
}
