//! The crate of the types: written, generated, linted, compiled and run.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use kgen_emit::index::{Root, index};
use kgen_emit::{File, Generator, Layout};
use kgen_gen_types::Types;
use kgen_gen_validation::Validation;
use kgen_model::{Report, Sources};
use serde_json::{Value, json};

use crate::cases::Case;

const MANIFEST: &str = r#"
[package]
name = "behaviour"
version = "0.0.0"
edition = "2024"

[workspace]

[dependencies]
kgen = { path = "KGEN" }
serde_json = "1"
"#;

const VERSION: &str = "K8S_OPENAPI_ENABLED_VERSION";

const HEAD: &str = r#"//! Types with rules.

pub mod generated;

kgen::version! { group = "shop.example.com", version = "v1", allow_float, generate(openapi = false) }

use std::collections::{BTreeMap, HashMap};

use kgen::k8s::{ConfigMapKeySelector, IntOrString};
use kgen::validation::{Error, Errors, Operation, Path};
"#;

const MAIN: &str = r#"//! Validates objects.

use std::io::{Read, stdin};

use behaviour::*;
use kgen::codec::from_slice;
use kgen::validation::{Level, Operation, Validate, validate};
use serde_json::Value;

fn main() {
    let mut text = String::new();
    stdin().read_to_string(&mut text).expect("there is input");
    let cases: Vec<Value> = serde_json::from_str(&text).expect("the input is JSON");
    let found: Vec<Vec<String>> = cases.iter().map(found).collect();
    println!("{}", serde_json::to_string(&found).expect("texts can be written"));
}

fn errors<T: Validate + for<'de> kgen::serde::Deserialize<'de>>(case: &Value) -> Vec<String> {
    let read = |value: &Value| from_slice::<T>(value.to_string().as_bytes()).expect("the object can be read");
    let new = read(&case["new"]);
    let old = Some(&case["old"]).filter(|old| !old.is_null()).map(read);
    let options: Vec<(String, bool)> = serde_json::from_value(case["options"].clone()).expect("options are pairs");
    let options: std::collections::BTreeMap<String, bool> = options.into_iter().collect();
    let operation = if old.is_some() { Operation::update() } else { Operation::create() };
    let operation = operation.options(&options);
    let shown = |error: &kgen::validation::Error| match error.level {
        Level::Alpha => format!("{error} (alpha)"),
        Level::Beta => format!("{error} (beta)"),
        Level::Stable => error.to_string(),
    };
    match validate(&new, old.as_ref(), &operation) {
        Ok(()) => Vec::new(),
        Err(errors) => errors.iter().map(shown).collect(),
    }
}
"#;

/// The errors of all cases.
pub(crate) fn validate(types: &[String], cases: &[Case]) -> Vec<Vec<String>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("behaviour");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the crate lies in the workspace");
    write(&folder.join("src/lib.rs"), &format!("{HEAD}\n{}", types.join("\n")));
    let mut names: Vec<&str> = cases.iter().map(|case| case.ty.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let arms: Vec<String> = names
        .iter()
        .map(|name| format!("        {name:?} => errors::<{name}>(case),\n"))
        .collect();
    let dispatch = format!(
        "\nfn found(case: &Value) -> Vec<String> {{\n    match case[\"ty\"].as_str().unwrap_or_default() {{\n{}        other => panic!(\"no type {{other}}\"),\n    }}\n}}\n",
        arms.concat()
    );
    write(&folder.join("src/main.rs"), &format!("{MAIN}{dispatch}"));
    let _ = fs::remove_dir_all(folder.join("src/generated"));
    for (path, text) in generated(&folder) {
        write(&folder.join(path), &text);
    }
    let kgen = root.join("runtime/kgen");
    write(
        &folder.join("Cargo.toml"),
        &MANIFEST.replace("KGEN", &kgen.to_string_lossy()),
    );
    let lock = fs::read_to_string(root.join("Cargo.lock")).expect("the workspace has a lock");
    write(&folder.join("Cargo.lock"), &lock);
    cargo(
        &folder,
        &["clippy", "--quiet", "--offline", "--lib", "--", "-D", "warnings"],
        "",
    );
    let input: Vec<Value> = cases.iter().map(json).collect();
    let input = Value::from(input).to_string();
    let output = cargo(&folder, &["run", "--quiet", "--offline"], &input);
    serde_json::from_str(&output).expect("the program writes JSON")
}

/// A case as the program reads it.
fn json(case: &Case) -> Value {
    let Case {
        ty,
        new,
        old,
        options,
        wanted: _,
    } = case;
    json!({"ty": ty, "new": new, "old": old, "options": options})
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("files lie in folders")).expect("the folder can be made");
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).expect("the file can be written");
    }
}

/// The files of the generators, and the indexes that make modules of them.
fn generated(folder: &Path) -> BTreeMap<PathBuf, String> {
    let input = kgen_source::Input {
        root: folder.join("src/lib.rs"),
        module_path: vec!["crate".to_owned()],
        skip: vec![folder.join("src/generated")],
    };
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let model = kgen_model::resolve(&kgen_source::load(&input, &mut sources, &mut report), &mut report);
    let layout = Layout {
        inputs: sources.iter().map(|_| "src/lib.rs".to_owned()).collect(),
        ..Layout::default()
    };
    let generators: [&dyn Generator; 2] = [&Types, &Validation];
    for generator in generators {
        generator.check(&model, &mut report);
    }
    assert!(!report.has_errors(), "{report:#?}");
    let mut files = BTreeMap::new();
    for generator in generators {
        for part in generator.parts(&model) {
            for File {
                path, text, problem, ..
            } in generator.generate(&model, &layout, part)
            {
                assert_eq!(problem, None, "{}", path.display());
                files.insert(path, text);
            }
        }
    }
    let listed = files
        .iter()
        .map(|(path, text)| (path.as_path(), text.as_str()))
        .collect();
    let indexes = index(&layout.rust_root, Root::Module, &listed);
    files.extend(indexes.into_iter().map(|file| (file.path, file.text)));
    files
}

fn cargo(folder: &Path, args: &[&str], input: &str) -> String {
    let mut child = Command::new(env!("CARGO"))
        .args(args)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env(
            VERSION,
            std::env::var(VERSION).expect("the workspace chooses a version of Kubernetes"),
        )
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("cargo runs");
    child
        .stdin
        .take()
        .expect("the input is piped")
        .write_all(input.as_bytes())
        .expect("the input can be written");
    let output = child.wait_with_output().expect("cargo ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the output is text")
}
