//! An operator as it stands, with kgen's code beside it: everything is generated and compiles without a warning.

use std::path::Path;
use std::process::Command;

use kgen_build::{Request, Style, generators, render, run};
use kgen_tests::{files_below, root, write};

const MANIFEST: &str = r#"
[package]
name = "operator"
version = "0.0.0"
edition = "2024"

[dependencies]
chrono = { version = "0.4", default-features = false, features = ["alloc", "serde"] }
k8s-openapi = { version = "0.29", default-features = false, features = ["std", "latest", "schemars"] }
kgen = { path = "ROOT/runtime/kgen" }
kube = { version = "5", default-features = false, features = ["derive"] }
schemars = { version = "1.2", features = ["chrono04"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"

[workspace]

[profile.dev]
debug = false
"#;

#[test]
fn an_operator_compiles_with_what_is_generated() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("operator");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in files_below(&source) {
        let text = std::fs::read_to_string(source.join(&file)).expect("the types can be read");
        let with_generated = match file.to_str() {
            Some("lib.rs") => format!("{text}\nmod generated;\n"),
            _ => text,
        };
        write(&folder.join("src").join(&file), with_generated);
    }
    let lock = std::fs::read(root().join("Cargo.lock")).expect("the workspace has a lock");
    write(&folder.join("Cargo.lock"), lock);
    write(
        &folder.join("Cargo.toml"),
        MANIFEST.replace("ROOT", &root().display().to_string()),
    );

    let mut outcome = run(&Request::new(&folder), &generators(), &|_| {});
    let report = render(&outcome.report, &outcome.sources, Style::default());
    assert!(!outcome.report.has_errors(), "{report}");
    outcome.plan.apply(&mut outcome.report);
    // kube-derive makes the objects and their traits; kgen makes none twice.
    assert!(!outcome.files.iter().any(|file| file.path.ends_with("resources.rs")));

    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline", "--target-dir", "target"])
        .current_dir(&folder)
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !errors.contains("warning"), "{errors}");
}
