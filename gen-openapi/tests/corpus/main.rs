//! Every definition of the shared corpus goes through the model and comes out again. The corpus is no part of the project:
//! `KGEN_CORPUS` names its folder. Where it is missing the cases count as ignored.

#[path = "../definitions/common.rs"]
mod common;
mod facts;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use kgen_source::crd::CrdOptions;
use libtest_mimic::{Arguments, Trial};
use serde_json::Value;

use crate::common::{Run, differences, documents, meaning};
use crate::facts::{Facts, page};

/// The corpora, by their folders.
const CORPORA: [&str; 4] = [
    "cert-manager",
    "gateway-api/experimental",
    "gateway-api/standard",
    "prometheus-operator",
];

/// The folder of the corpora, from `KGEN_CORPUS` or beside the project.
fn folder() -> PathBuf {
    let usual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    std::env::var_os("KGEN_CORPUS")
        .map_or(usual, PathBuf::from)
        .join("crds")
}

fn main() -> ExitCode {
    let is_missing = !folder().is_dir();
    if is_missing {
        eprintln!(
            "NOT TESTED: there is no corpus at {}; set KGEN_CORPUS",
            folder().display()
        );
    }
    let cases: [(&str, fn()); 2] = [
        (
            "every_definition_comes_out_as_it_went_in",
            every_definition_comes_out_as_it_went_in,
        ),
        (
            "the_same_comes_out_twice_and_without_recognition",
            the_same_comes_out_twice_and_without_recognition,
        ),
    ];
    let trial = |(name, case): (&str, fn())| {
        let run = move || {
            case();
            Ok(())
        };
        Trial::test(name, run).with_ignored_flag(is_missing)
    };
    libtest_mimic::run(&Arguments::from_args(), cases.map(trial).into()).exit_code()
}

/// The definitions' files of one corpus.
fn files(corpus: &str) -> Vec<PathBuf> {
    let folder = folder().join(corpus);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("`{}`: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    files
}

fn every_definition_comes_out_as_it_went_in() {
    let mut wrong = Vec::new();
    let mut tables = Vec::new();
    for corpus in CORPORA {
        let mut facts = Facts::default();
        for path in files(corpus) {
            let text = std::fs::read_to_string(&path).expect("the corpus is text");
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let pairs = round_trip(&name, &text, &mut wrong);
            pairs.iter().for_each(|(wanted, have)| facts.add(wanted, have));
        }
        tables.push((corpus, facts));
    }
    assert!(
        wrong.is_empty(),
        "{} differences:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(60)].join("\n")
    );
    compare_page(&page(&tables));
}

/// The definitions of a file with those that come out.
fn round_trip(name: &str, text: &str, wrong: &mut Vec<String>) -> Vec<(Value, Value)> {
    let run = Run::of(text, &CrdOptions::default()).check();
    let errors = run.errors();
    wrong.extend(errors.iter().map(|error| format!("{name}: {error}")));
    if !errors.is_empty() {
        return Vec::new();
    }
    let of_kind = |document: &Value| document["kind"] == "CustomResourceDefinition";
    let wanted = documents(text).into_iter().filter(of_kind).map(meaning);
    let pairs: Vec<(Value, Value)> = wanted.zip(run.definitions().into_iter().map(meaning)).collect();
    assert_eq!(
        pairs.len(),
        documents(text).iter().filter(|document| of_kind(document)).count(),
        "{name}"
    );
    for (wanted, have) in &pairs {
        let found = differences(wanted, have);
        wrong.extend(found.into_iter().map(|difference| format!("{name}{difference}")));
    }
    pairs
}

/// The page of the book is made from the corpus: `KGEN_BLESS=1` writes it.
fn compare_page(page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/fidelity.md");
    if std::env::var_os("KGEN_BLESS").is_some() {
        std::fs::write(&path, page).expect("the book can be written");
    }
    let have = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        have == page,
        "docs/fidelity.md is out of date: run this test with KGEN_BLESS=1"
    );
}

fn the_same_comes_out_twice_and_without_recognition() {
    let path = files("cert-manager").remove(2);
    let text = std::fs::read_to_string(&path).expect("the corpus is text");
    let of = |recognise_kubernetes| {
        let options = CrdOptions {
            recognise_kubernetes,
            ..CrdOptions::default()
        };
        let run = Run::of(&text, &options);
        (format!("{:?}", run.model.types), run.definitions())
    };
    assert_eq!(of(true), of(true));
    assert_eq!(of(true).1, of(false).1);
}
