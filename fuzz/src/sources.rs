//! What people write: Rust with markers, custom resource definitions, `kgen.toml`. Whatever stands there, the whole
//! pipeline ends with files or with a report that can be shown; a fault of kgen is none that may be reported.

use std::fs;
use std::path::Path;

use kgen_build::{Import, Outcome, Request, Style, generators, json_lines, line, render, run};
use kgen_model::{Report, Sources};

/// A function, by the name of its target.
pub type Target = (&'static str, fn(&[u8]));

/// All functions.
pub const TARGETS: &[Target] = &[
    ("config", config),
    ("definitions", definitions),
    ("rust_source", rust_source),
];

const MANIFEST: &str = "[package]\nname = \"shop\"\nedition = \"2024\"\n\n[dependencies]\nkgen = \"0.1\"\n";

const SOURCE: &str = r#"kgen::version! { group = "shop.example.com", version = "v1" }

/// An order.
#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]
#[kgen(kind, namespaced)]
pub struct Order {
    pub metadata: kgen::k8s::ObjectMeta,
    pub lines: Option<Vec<String>>,
}
"#;

/// The only module of a crate.
pub fn rust_source(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        pipeline(&[("src/lib.rs", text)]);
    }
}

/// A file of definitions. What is imported is a source that can be resolved.
pub fn definitions(data: &[u8]) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let path = folder.path().join("definitions.yaml");
    fs::write(&path, data).expect("the folder is ours");
    let import = Import {
        inputs: vec![path],
        ..Import::default()
    };
    // Parsers leave places behind in their threads.
    let imported = own_thread(|| import.run());
    show(&imported.report, &imported.sources);
    if imported.report.has_errors() {
        return;
    }
    let names = imported.files.iter().filter_map(|file| file.path.to_str());
    let top = names
        .filter_map(|path| path.strip_suffix(".rs"))
        .filter(|path| !path.contains('/'));
    let mut modules: Vec<String> = top
        .filter(|name| *name != "lib")
        .map(|name| format!("pub mod {name};\n"))
        .collect();
    modules.dedup();
    let root = modules.concat();
    let paths: Vec<String> = imported
        .files
        .iter()
        .map(|file| format!("src/{}", file.path.display()))
        .collect();
    let mut files: Vec<(&str, &str)> = paths
        .iter()
        .zip(&imported.files)
        .map(|(path, file)| (path.as_str(), file.text.as_str()))
        .filter(|(path, _)| *path != "src/lib.rs")
        .collect();
    files.push(("src/lib.rs", &root));
    let outcome = pipeline(&files);
    // Generators may have something to refuse, such as fields that no version of them is converted to.
    let faults = || render(&outcome.report, &outcome.sources, Style::default());
    assert!(
        outcome.model.is_some(),
        "{}what was imported is refused: {files:?}",
        faults()
    );
}

/// The configuration of a small crate.
pub fn config(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        pipeline(&[("kgen.toml", text), ("src/lib.rs", SOURCE)]);
    }
}

fn pipeline(files: &[(&str, &str)]) -> Outcome {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    write(folder.path(), "Cargo.toml", MANIFEST);
    files.iter().for_each(|(path, text)| write(folder.path(), path, text));
    let outcome = own_thread(|| run(&Request::new(folder.path()), &generators(), &|_| ()));
    show(&outcome.report, &outcome.sources);
    outcome
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    let parent = path.parent().expect("files lie in the folder");
    fs::create_dir_all(parent).expect("the folder is ours");
    fs::write(path, text).expect("the folder is ours");
}

fn own_thread<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join()).unwrap_or_else(|cause| std::panic::resume_unwind(cause))
}

/// All ways to show a report.
fn show(report: &Report, sources: &Sources) {
    for color in [false, true] {
        drop(render(report, sources, Style { color, width: 100 }));
    }
    drop(json_lines(report, sources));
    for diagnostic in report.diagnostics() {
        drop(line(diagnostic, sources));
        assert_ne!(diagnostic.code, "generator-fault", "{diagnostic:?}");
    }
}
