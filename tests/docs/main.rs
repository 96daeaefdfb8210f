//! What the book says is so: the reference is that of the tables, examples are legal, reports are real, links lead
//! somewhere, and the tutorial works.
#![cfg(unix)]

mod markdown;
mod server;
mod tutorial;
mod workspace;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kgen_build::{Outcome, Request, Style, config, generators, json_lines, render};
use kgen_model::explain::reference;
use kgen_model::markers;
use kgen_model::{Report, Sources};
use kgen_tests::{Crate, assert_none, compare, files_below, root, write};

use markdown::{Block, anchors, blocks, links};
use workspace::Workspace;

/// The pages whose first block of Rust is an API.
const EXAMPLES: [&str; 2] = ["README.md", "docs/vocabulary.md"];

fn page(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("the page is there")
}

/// The first block of a page in a language.
fn first(path: &str, language: &str) -> Block {
    let found = blocks(&page(path)).into_iter().find(|block| block.language == language);
    found.unwrap_or_else(|| panic!("{path} has no block of {language}"))
}

/// A crate with one version.
fn api(text: &str) -> Crate {
    let krate = Crate::of(&root().join("tests/docs/lib.rs"));
    krate.write("src/v1.rs", text);
    krate
}

fn report(krate: &Crate, outcome: &Outcome) -> String {
    let style = Style {
        color: false,
        width: 100,
    };
    krate.relative(&render(&outcome.report, &outcome.sources, style))
}

#[test]
fn references_are_those_of_the_tables() {
    let pages = [
        ("docs/vocabulary.md", reference::markers()),
        ("docs/errors.md", reference::codes()),
    ];
    let differences = pages.iter().filter_map(|(path, made)| {
        let text = page(path);
        let (head, _) = text.split_once("-->\n").expect("a comment stands before what is made");
        compare(&root().join(path), &format!("{head}-->\n\n{made}")).err()
    });
    assert_none(&differences.collect::<Vec<_>>());
}

#[test]
fn links_lead_somewhere() {
    let is_page = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "md");
    let docs = files_below(&root().join("docs"))
        .into_iter()
        .map(|path| Path::new("docs").join(path));
    let front = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(PathBuf::from);
    for path in docs.chain(front).filter(is_page) {
        let text = page(&path.to_string_lossy());
        for link in links(&text) {
            let (target, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = if target.is_empty() {
                path.clone()
            } else {
                path.with_file_name(target)
            };
            assert!(
                root().join(&target).exists(),
                "{}: `{link}` leads nowhere",
                path.display()
            );
            let has_anchor = || {
                anchors(&page(&target.to_string_lossy()))
                    .iter()
                    .any(|found| found == anchor)
            };
            assert!(
                anchor.is_empty() || has_anchor(),
                "{}: `{link}` has no heading",
                path.display()
            );
        }
    }
}

#[test]
fn examples_are_apis_without_a_finding() {
    for path in EXAMPLES {
        let krate = api(&first(path, "rust").text);
        let outcome = krate.run(None);
        assert_eq!(report(&krate, &outcome), "", "{path}");
        assert!(!outcome.files.is_empty(), "{path}");
    }
}

#[test]
fn examples_compile_with_what_is_generated() {
    let workspace = Workspace::new("examples");
    let run = |script: &str| {
        let mut shell = Command::new("sh");
        shell.args(["-e", "-c", script]).current_dir(&workspace.folder);
        let output = workspace.surround(&mut shell).output().expect("there is a shell");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    run("kgen new api --group shop.example.com --version v1 --kind Order --quiet; rm api/tests/roundtrip.rs");
    for path in EXAMPLES {
        write(&workspace.folder.join("api/src/v1.rs"), first(path, "rust").text);
        run("cd api; kgen all --quiet; cargo check --quiet --all-features");
    }
}

/// The API of the readme with a mistake.
fn mistaken() -> (Crate, Outcome) {
    let types = first("README.md", "rust").text;
    let krate = api(&types.replace("default = 1, minimum", "default = 1, minimun"));
    let outcome = krate.run(None);
    (krate, outcome)
}

#[test]
fn reports_that_are_shown_are_real() {
    let (krate, outcome) = mistaken();
    for path in ["README.md", "docs/errors.md"] {
        let shown = blocks(&page(path))
            .into_iter()
            .find(|block| block.text.starts_with("error["));
        assert_eq!(shown.map(|block| block.text), Some(report(&krate, &outcome)), "{path}");
    }
    let message = krate.relative(&json_lines(&outcome.report, &outcome.sources));
    assert_eq!(first("docs/configuration.md", "json").text, message);
}

#[test]
fn the_readme_lists_the_generators() {
    let page = page("README.md");
    let rows = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    let listed: Vec<(&str, &str)> = rows
        .filter_map(|(name, rest)| Some((name, rest.split_once(" | ")?.0)))
        .collect();
    let all = generators();
    let wanted: Vec<(&str, &str)> = all
        .iter()
        .map(|generator| (generator.name(), generator.about()))
        .collect();
    assert_eq!(listed, wanted);
}

#[test]
fn the_configuration_is_legal() {
    let toml = first("docs/configuration.md", "toml").text;
    let krate = api("");
    krate.write("kgen.toml", toml);
    let known: Vec<&str> = generators().iter().map(|generator| generator.name()).collect();
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let config = config::Config::read(&krate.path().join("kgen.toml"), &known, &mut sources, &mut report);
    assert_eq!(json_lines(&report, &sources), "");
    assert_eq!(config.source.as_deref(), Some(Path::new("src/api")));
    assert_eq!(config.crds_in.files, [Path::new("vendor/crds")]);
}

/// What can stand around the example of a marker: only its form is looked at, so what it names need not exist.
fn around(example: &str) -> Vec<String> {
    let version = "kgen::version! { group = \"shop.example.com\", version = \"v1\" }\n";
    let derive = "#[derive(Clone, Debug, Default, PartialEq, kgen::Api)]\n";
    let typed = [
        format!("{example}\npub struct Order {{}}\n"),
        format!("#[kgen(kind, namespaced)]\n{example}\npub struct Order {{}}\n"),
        format!("{example}\npub enum Order {{ A, B }}\n"),
        format!("{example}\npub enum Order {{ A(Data), B(Data) }}\n{derive}pub struct Data {{}}\n"),
        format!("pub struct Order {{\n{example}\npub a: String }}\n"),
        format!("pub struct Order {{\n{example}\npub a: Option<String> }}\n"),
        format!("pub enum Order {{ A,\n{example}\nB }}\n"),
        format!("pub enum Order {{ A,\n{example}\nB(String) }}\n"),
    ];
    let typed = typed.into_iter().map(|text| format!("{version}{derive}{text}"));
    typed.chain([format!("{example}\n")]).collect()
}

#[test]
fn examples_of_markers_have_the_right_form() {
    for def in markers::all() {
        let places = around(def.example);
        let is_legal = places.iter().any(|text| complaint(text).is_none());
        let complaints = || places.iter().filter_map(|text| complaint(text)).collect::<Vec<_>>();
        assert!(is_legal, "`{}`: {:#?}", def.name, complaints());
    }
}

/// What is said about the form of markers.
fn complaint(text: &str) -> Option<String> {
    let krate = api(text);
    let outcome = kgen_build::model(&Request::new(krate.path()), &generators());
    let is_form = |code: &str| ["argument", "marker", "syntax"].iter().any(|part| code.contains(part));
    let mut found = outcome.report.diagnostics().iter();
    found
        .find(|found| is_form(found.code))
        .map(|found| found.message.clone())
}
