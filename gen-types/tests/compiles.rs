//! What is generated for an API with every shape compiles, clippy has nothing to say about it, and it does what it is
//! meant to do (`shapes/tests/behaviour.rs`).

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kgen_emit::index::{Root, index};
use kgen_emit::{File, Generator, Layout, Support};
use kgen_gen_types::Types;
use kgen_model::{Report, Sources};

const MANIFEST: &str = r#"
[package]
name = "shapes"
version = "0.0.0"
edition = "2024"

[features]
kube = ["dep:kube-core"]

[workspace]

[dependencies]
kgen = { path = "KGEN" }
kube-core = { version = "5", default-features = false, optional = true }
serde = { version = "1", features = ["derive"] }
serde_json = "1"

[lints.rust]
missing_docs = "warn"
unreachable_pub = "warn"
"#;

const VERSION: &str = "K8S_OPENAPI_ENABLED_VERSION";

#[test]
fn every_shape_compiles_and_works() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shapes");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the crate lies in the workspace");
    for file in [
        "src/lib.rs",
        "src/shapes.rs",
        "src/shapes/other.rs",
        "src/shapes/type.rs",
        "tests/behaviour.rs",
    ] {
        let text = fs::read(root.join("gen-types/tests/shapes").join(file)).expect("the shapes can be read");
        write(&folder.join(file), &text);
    }
    let _ = fs::remove_dir_all(folder.join("src/generated"));
    for (path, text) in generated(&folder) {
        write(&folder.join(path), text.as_bytes());
    }
    let kgen = root.join("runtime/kgen");
    write(
        &folder.join("Cargo.toml"),
        MANIFEST.replace("KGEN", &kgen.to_string_lossy()).as_bytes(),
    );
    write(
        &folder.join("Cargo.lock"),
        &fs::read(root.join("Cargo.lock")).expect("the workspace has a lock"),
    );
    cargo(
        &folder,
        &["clippy", "--all-features", "--all-targets"],
        &["-D", "warnings"],
    );
    cargo(&folder, &["test", "--all-features"], &[]);
}

fn write(path: &Path, text: &[u8]) {
    fs::create_dir_all(path.parent().expect("files lie in folders")).expect("the folder can be made");
    if fs::read(path).ok().as_deref() != Some(text) {
        fs::write(path, text).expect("the file can be written");
    }
}

/// The files of the generator, and the indexes that make modules of them.
fn generated(folder: &Path) -> BTreeMap<PathBuf, String> {
    let input = kgen_source::Input {
        root: folder.join("src/lib.rs"),
        module_path: vec!["crate".to_owned()],
        skip: vec![folder.join("src/generated")],
    };
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let draft = kgen_source::load(&input, &mut sources, &mut report);
    let model = kgen_model::resolve(&draft, &mut report);
    Types.check(&model, &mut report);
    assert_eq!(report.diagnostics(), []);
    let layout = Layout {
        kube: Support::Feature,
        ..Layout::default()
    };
    let parts = Types.parts(&model).into_iter();
    let files = parts.flat_map(|part| Types.generate(&model, &layout, part));
    let text = |file: File| {
        assert_eq!(file.problem, None);
        (file.path, file.text)
    };
    let mut files: BTreeMap<_, _> = files.map(text).collect();
    let borrowed = files
        .iter()
        .map(|(path, text): (&PathBuf, &String)| (path.as_path(), text.as_str()));
    let indexes = index(&layout.rust_root, Root::Module, &borrowed.collect());
    files.extend(indexes.into_iter().map(text));
    files
}

/// Runs cargo with the artifacts of the corpus, which has the same dependencies.
fn cargo(folder: &Path, args: &[&str], of_clippy: &[&str]) {
    let version = std::env::var(VERSION).unwrap_or_else(|_| "1.37".to_owned());
    let output = Command::new(env!("CARGO"))
        .args(args)
        .args(["--quiet", "--offline", "--target-dir"])
        .arg(folder.join("../compiles/target"))
        .arg("--")
        .args(of_clippy)
        .env(VERSION, version)
        .current_dir(folder)
        .output()
        .expect("cargo runs");
    let [out, error] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    assert!(output.status.success(), "{out}\n{error}");
}
