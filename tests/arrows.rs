//! The dependencies between the rooms, and what no room may hold, as ARCHITECTURE.md says it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kgen_tests::{files_below, root, without_tests};
use serde_json::Value;

/// Which rooms a room may depend on, by folder. A `*` stands for any name.
const ARROWS: &[(&str, &[&str])] = &[
    ("crates/kgen-model", &[]),
    ("crates/kgen-source", &["crates/kgen-model"]),
    ("crates/kgen-emit", &["crates/kgen-model"]),
    (
        "crates/kgen-build",
        &["crates/kgen-model", "crates/kgen-source", "crates/kgen-emit", "gen-*"],
    ),
    ("crates/kgen-cli", &["crates/kgen-build", "crates/kgen-model"]),
    ("gen-*", &["crates/kgen-model", "crates/kgen-emit"]),
    ("runtime/kgen-derive", &[]),
    ("runtime/kgen", &["runtime/kgen-derive"]),
    ("runtime/*", &["runtime/kgen"]),
    ("examples/build-script", &["runtime/*", "crates/kgen-build"]),
    ("examples/wardle-server", &["runtime/*", "examples/*"]),
    ("examples/*", &["runtime/*"]),
    ("tests/e2e", &["runtime/*", "examples/*"]),
    ("tests", &["crates/*"]),
];

/// Crates that a room must not name, in words that a person would search for.
const FOREIGN: &[(&str, &[&str])] = &[
    ("crates/kgen-model", &["syn", "proc-macro2", "quote", "serde_json"]),
    ("crates/kgen-emit", &["heck", "k8s-openapi"]),
    ("gen-*", &["heck", "syn", "k8s-openapi"]),
    ("runtime/*", &["syn", "quote", "heck"]),
];

/// What the rooms between reading and writing must not do.
const PURE: &[&str] = &["crates/kgen-model", "crates/kgen-emit", "gen-*"];
const IMPURE: &[&str] = &[
    "println!",
    "eprintln!",
    "print!(",
    "std::env",
    "env::var",
    "std::fs",
    "fs::read",
    "SystemTime::",
    "Instant::",
];

/// One dependency that Cargo knows.
struct Arrow {
    from: String,
    /// The folder of a crate of this workspace, or the name of any other crate.
    to: Result<String, String>,
    is_dev: bool,
}

fn arrows() -> Vec<Arrow> {
    let output = cargo(&["metadata", "--format-version", "1", "--no-deps"]);
    let metadata: Value = serde_json::from_str(&output).expect("cargo writes JSON");
    let mut arrows = Vec::new();
    for package in list(&metadata["packages"]) {
        let from = room(
            Path::new(text(&package["manifest_path"]))
                .parent()
                .expect("a manifest lies in a folder"),
        );
        for dependency in list(&package["dependencies"]) {
            let to = match dependency["path"].as_str() {
                Some(path) => Ok(room(Path::new(path))),
                None => Err(text(&dependency["name"]).to_owned()),
            };
            arrows.push(Arrow {
                from: from.clone(),
                to,
                is_dev: dependency["kind"] == "dev",
            });
        }
    }
    assert!(!arrows.is_empty(), "cargo knows no dependency");
    arrows
}

fn cargo(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(args)
        .arg("--offline")
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo writes UTF-8")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("cargo writes a string here")
}

fn room(folder: &Path) -> String {
    let inside = folder.strip_prefix(root()).expect("all crates lie in the workspace");
    inside.to_string_lossy().replace('\\', "/")
}

fn is_like(room: &str, pattern: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => room.starts_with(start),
        None => room == pattern,
    }
}

#[test]
fn rooms_depend_on_what_the_table_permits() {
    let mut wrong = Vec::new();
    for arrow in arrows().iter().filter(|arrow| !arrow.is_dev) {
        let Ok(to) = &arrow.to else { continue };
        match ARROWS.iter().find(|(room, _)| is_like(&arrow.from, room)) {
            Some((_, legal)) if legal.iter().any(|room| is_like(to, room)) => {}
            Some(_) => wrong.push(format!("{} → {to} is not permitted", arrow.from)),
            None => wrong.push(format!("{} has no row in the table", arrow.from)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_runtime_knows_nothing_of_the_generators() {
    let is_wrong = |arrow: &Arrow| {
        // What is served in tests are the kinds of the examples, which generated code has made servable.
        let is_known = |to: &String| to.starts_with("runtime/") || (arrow.is_dev && to.starts_with("examples/"));
        arrow.from.starts_with("runtime/") && arrow.to.as_ref().is_ok_and(|to| !is_known(to))
    };
    let wrong: Vec<String> = arrows()
        .into_iter()
        .filter(is_wrong)
        .map(|arrow| format!("{} → {:?}", arrow.from, arrow.to))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rooms_leave_foreign_crates_alone() {
    let mut wrong = Vec::new();
    for arrow in arrows().iter().filter(|arrow| !arrow.is_dev) {
        let Err(krate) = &arrow.to else { continue };
        for (_, foreign) in FOREIGN.iter().filter(|(room, _)| is_like(&arrow.from, room)) {
            if foreign.contains(&krate.as_str()) {
                wrong.push(format!("{} must not depend on {krate}", arrow.from));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn api_crates_build_without_syn() {
    for krate in ["kgen", "kgen-derive"] {
        let tree = cargo(&["tree", "-p", krate, "-e", "normal", "--prefix", "none"]);
        let names: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
        assert!(names.contains(&krate), "{tree}");
        assert!(!names.contains(&"syn"), "{krate} builds syn:\n{tree}");
        assert!(krate == "kgen" || names == [krate], "{krate} has dependencies:\n{tree}");
    }
}

#[test]
fn what_decides_and_emits_touches_nothing_else() {
    let mut wrong = Vec::new();
    for file in sources(PURE) {
        let text = fs::read_to_string(root().join(&file)).expect("sources can be read");
        let code = without_tests(&text);
        for (line, code) in code
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            let found = IMPURE.iter().filter(|word| code.contains(*word));
            wrong.extend(found.map(|word| format!("{}:{}: `{word}`", file.display(), line + 1)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The Rust files of rooms, without their tests.
fn sources(rooms: &[&str]) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = Vec::new();
    for arrow in arrows() {
        if rooms.iter().any(|room| is_like(&arrow.from, room)) {
            folders.push(Path::new(&arrow.from).join("src"));
        }
    }
    folders.dedup();
    let files = folders.iter().flat_map(|folder| {
        files_below(&root().join(folder))
            .into_iter()
            .map(|file| folder.join(file))
            .collect::<Vec<_>>()
    });
    let is_code = |file: &PathBuf| {
        let is_test = file
            .with_extension("")
            .iter()
            .any(|part| part == "tests" || part == "testing");
        file.extension().is_some_and(|extension| extension == "rs") && !is_test
    };
    files.filter(is_code).collect()
}

#[test]
fn templates_only_look_and_repeat() {
    let mut wrong = Vec::new();
    for file in files_below(&root().join("templates")) {
        let text = fs::read_to_string(root().join("templates").join(&file)).expect("templates can be read");
        let tags = between(&text, "{%", "%}").into_iter().filter(|tag| !is_plain_tag(tag));
        let values = between(&text, "{{", "}}").into_iter().filter(|value| !is_field(value));
        wrong.extend(tags.chain(values).map(|code| format!("{}: `{code}`", file.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The contents of all pairs of brackets, without the signs that trim blanks.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let inside = text.split(open).skip(1).filter_map(|rest| rest.split(close).next());
    inside.map(|code| code.trim_matches(['-', '+', '~']).trim()).collect()
}

fn is_plain_tag(tag: &str) -> bool {
    let words: Vec<&str> = tag.split_whitespace().collect();
    match words.as_slice() {
        ["else" | "endif" | "endfor"] | ["include", _] => true,
        ["for", _, "in", list] => is_field(list),
        ["if", condition] | ["else", "if", condition] | ["elif", condition] => {
            is_field(condition.trim_start_matches('!'))
        }
        ["if", "let", _, "=", value] => is_field(value.trim_start_matches('&')),
        _ => false,
    }
}

fn is_field(code: &str) -> bool {
    code.split('.')
        .all(|name| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_'))
}
