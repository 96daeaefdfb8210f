//! Every definition of the shared corpus.

use std::path::{Path, PathBuf};

use kgen_source::crd::CrdOptions;
use serde_json::Value;

use crate::common::{Run, differences, documents, meaning};

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

/// The definitions' files of one corpus.
fn files(corpus: &str) -> Vec<PathBuf> {
    let folder = folder().join(corpus);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| {
        panic!(
            "cannot read `{}`: {error}; set KGEN_CORPUS to the shared corpus",
            folder.display()
        )
    });
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    files
}

#[test]
fn every_definition_comes_out_as_it_went_in() {
    let mut wrong = Vec::new();
    for path in CORPORA.into_iter().flat_map(files) {
        let text = std::fs::read_to_string(&path).expect("the corpus is text");
        let run = Run::of(&text, &CrdOptions::default()).check();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let errors = run.errors();
        wrong.extend(errors.iter().map(|error| format!("{name}: {error}")));
        if !errors.is_empty() {
            continue;
        }
        let of_kind = |document: &Value| document["kind"] == "CustomResourceDefinition";
        let wanted: Vec<Value> = documents(&text).into_iter().filter(of_kind).collect();
        let have = run.definitions();
        assert_eq!(wanted.len(), have.len(), "{name}");
        for (wanted, have) in wanted.into_iter().zip(have) {
            let found = differences(&meaning(wanted), &meaning(have));
            wrong.extend(found.into_iter().map(|difference| format!("{name}{difference}")));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differences:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(60)].join("\n")
    );
}
