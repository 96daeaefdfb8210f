//! What generated conversions do. The cases of the corpus that are called `conversion..` and the chapter of the book become
//! packages of one workspace in the target folder, with the tests that kgen generates for them and those beside this
//! file: `conversion/<case>.rs`.

use std::fs;
use std::path::Path;
use std::process::Command;

use kgen_build::{Request, Style, generators, render, run};
use kgen_tests::{bless, corpus, entries, root, write};

const MEMBER: &str = r#"
[package]
name = "NAME"
version = "0.0.0"
edition = "2024"

[dependencies]
kgen.workspace = true

[dev-dependencies]
kgen-testing.workspace = true
"#;

#[test]
fn objects_are_converted_there_and_back() {
    assert!(!bless(), "nothing of this test is written down");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("conversion");
    let mut names = vec![book(&folder)];
    for (case, input) in corpus() {
        let name = case
            .file_name()
            .expect("cases have names")
            .to_string_lossy()
            .into_owned();
        if name.starts_with("conversion") {
            let behaviour = fs::read_to_string(root().join(format!("tests/conversion/{name}.rs"))).ok();
            let api = fs::read_to_string(input).expect("cases can be read");
            member(&folder, &name, &api, behaviour.as_deref());
            names.push(name);
        }
    }
    for stale in entries(&folder.join("cases")) {
        if !names.iter().any(|name| stale.ends_with(name)) {
            fs::remove_dir_all(stale).expect("stale cases can be removed");
        }
    }
    write_changed(&folder.join("Cargo.toml"), &workspace());
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("the workspace has a lock");
    write_changed(&folder.join("Cargo.lock"), &lock);
    let output = Command::new(env!("CARGO"))
        .args([
            "test",
            "--workspace",
            "--quiet",
            "--offline",
            "--no-fail-fast",
            "--target-dir",
            "target",
        ])
        .env("RUSTFLAGS", "-D warnings")
        .env("K8S_OPENAPI_ENABLED_VERSION", kubernetes_version())
        .current_dir(&folder)
        .output()
        .expect("cargo runs");
    let text = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    assert!(output.status.success(), "{}", text.concat());
}

/// The chapter of the book: its first block of Rust is an API, the second one tests it.
fn book(folder: &Path) -> String {
    let page = fs::read_to_string(root().join("docs/conversion.md")).expect("the chapter is there");
    let mut blocks = page
        .split("```rust\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next());
    let api = blocks.next().expect("the chapter has an API");
    let behaviour = blocks.next().expect("the chapter shows what it does");
    let test = format!(
        "#[test]\nfn what_the_chapter_says() -> Result<(), kgen::conversion::ConversionError> {{\n{behaviour}Ok(())\n}}\n"
    );
    member(folder, "book", api, Some(&test));
    "book".to_owned()
}

/// Makes the package of a case, as a person would: with a run of kgen.
fn member(folder: &Path, name: &str, api: &str, behaviour: Option<&str>) {
    let folder = folder.join("cases").join(name);
    write_changed(&folder.join("Cargo.toml"), &MEMBER.replace("NAME", name));
    write_changed(&folder.join("src/lib.rs"), &format!("{api}\npub mod generated;\n"));
    let tests = folder.join("tests/behaviour.rs");
    match behaviour {
        Some(text) => write_changed(
            &tests,
            &text.replace("case::", &format!("{}::", name.replace('-', "_"))),
        ),
        None if tests.exists() => fs::remove_file(&tests).expect("stale files can be removed"),
        None => {}
    }
    let mut outcome = run(&Request::new(&folder), &generators(), &|_| {});
    outcome.plan.apply(&mut outcome.report);
    let report = render(&outcome.report, &outcome.sources, Style::default());
    assert!(!outcome.report.has_errors(), "{name}:\n{report}");
}

/// Cargo looks at times: what has not changed is not touched.
fn write_changed(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        write(path, text);
    }
}

/// The workspace of the packages, with the dependencies of the real one.
fn workspace() -> String {
    let real = fs::read_to_string(root().join("Cargo.toml")).expect("the workspace has a manifest");
    let dependencies: String = real
        .lines()
        .filter(|line| ["kgen ", "kgen-testing "].iter().any(|name| line.starts_with(name)))
        .map(|line| line.replace("path = \"", &format!("path = \"{}/", root().display())) + "\n")
        .collect();
    format!("[workspace]\nresolver = \"3\"\nmembers = [\"cases/*\"]\n\n[workspace.dependencies]\n{dependencies}")
}

fn kubernetes_version() -> String {
    let config = fs::read_to_string(root().join(".cargo/config.toml")).expect("the workspace has a configuration");
    let line = config
        .lines()
        .find_map(|line| line.strip_prefix("K8S_OPENAPI_ENABLED_VERSION = "));
    line.expect("the workspace chooses a version of Kubernetes")
        .trim_matches('"')
        .to_owned()
}
