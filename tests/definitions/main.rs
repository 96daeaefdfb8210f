//! The definitions of the corpus as types: they compile without warnings, say the same when they are imported, and lose
//! nothing of the objects that their schemas allow.
//!
//! `KGEN_CORPUS` names the folder of the corpus, by default `../shared/corpus` beside the workspace.

mod krate;
mod objects;

use std::fs;
use std::path::{Path, PathBuf};

use kgen_build::{Import, Outcome, Request, generators, run};
use kgen_tests::{entries, files_below, root};

use krate::{Crates, Origin};

/// The sets of definitions: each is one API.
const SETS: &[&str] = &[
    "cert-manager",
    "gateway-api/experimental",
    "gateway-api/standard",
    "prometheus-operator",
];

/// The folders of definitions, or nothing where the corpus is missing, which is said.
fn sets() -> Vec<(String, PathBuf)> {
    let named = std::env::var_os("KGEN_CORPUS").map(PathBuf::from);
    let corpus = named.unwrap_or_else(|| root().join("../shared/corpus")).join("crds");
    let sets = SETS.iter().map(|set| (set.replace('/', "-"), corpus.join(set)));
    let found: Vec<_> = sets.filter(|(_, folder)| folder.is_dir()).collect();
    if found.is_empty() {
        eprintln!(
            "NOTHING WAS TESTED: there are no definitions in {}; set KGEN_CORPUS",
            corpus.display()
        );
    }
    found
}

fn generated(input: &Path, output: &Path) -> Outcome {
    let request = Request {
        output: Some(output.to_owned()),
        ..Request::new(input)
    };
    let mut outcome = run(&request, &generators(), &|_| {});
    if !outcome.report.has_errors() {
        outcome.plan.apply(&mut outcome.report);
    }
    assert!(
        !outcome.report.has_errors(),
        "{}: {:#?}",
        input.display(),
        outcome.report
    );
    outcome
}

/// The definitions below a folder without their headers, by file.
fn definitions(krate: &Path) -> Vec<(PathBuf, String)> {
    let read = |file: &PathBuf| {
        let text = fs::read_to_string(krate.join("crds").join(file)).expect("definitions were written");
        let (_, body) = text.split_once('\n').expect("definitions have headers");
        (file.clone(), body.to_owned())
    };
    files_below(&krate.join("crds")).iter().map(read).collect()
}

#[test]
fn types_of_definitions_compile_and_lose_nothing() {
    let sets = sets();
    if sets.is_empty() {
        return;
    }
    let mut crates = Crates::new("definitions");
    let mut tried = Vec::new();
    for (name, input) in &sets {
        let krate = crates.add(name, Origin::Generated);
        let outcome = generated(input, &krate);
        let model = outcome.model.as_ref().expect("a run without errors has a model");
        crates.add_round_trip(name, model);
        tried.push((name.clone(), objects::of(&krate, model)));

        let imported = Import {
            inputs: vec![input.clone()],
            ..Import::default()
        };
        let imported = imported.run();
        assert!(!imported.report.has_errors(), "{name}: {:#?}", imported.report);
        let by_hand = crates.add(&format!("{name}-imported"), Origin::Imported(&imported.files));
        let _ = generated(&by_hand, &by_hand);
        let (direct, indirect) = (definitions(&krate), definitions(&by_hand));
        assert!(
            direct.len() == indirect.len() && !direct.is_empty(),
            "{name}: {} files",
            direct.len()
        );
        for (direct, indirect) in direct.iter().zip(&indirect) {
            assert_eq!(direct, indirect, "{name}");
        }
    }
    crates.finish();
    crates.clippy();
    crates.docs();
    for (name, objects) in tried {
        assert!(objects.len() > 50, "{name} has no objects to try");
        let after = crates.round_trip(&name, &objects);
        for (object, after) in objects.iter().zip(after) {
            let found = objects::differences(&object.schema, &object.value, &after);
            assert!(found.is_empty(), "{}:\n{:#}\n{found:#?}", object.path, object.value);
        }
    }
}

#[test]
fn the_small_definitions_of_the_corpus_say_the_same_when_they_are_imported() {
    let cases = entries(&root().join("tests/corpus"));
    let cases: Vec<PathBuf> = cases
        .into_iter()
        .filter(|case| case.join("input/vendor").is_dir())
        .collect();
    assert!(cases.len() > 3, "the corpus is missing");
    for case in cases {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let (direct, by_hand) = (folder.path().join("direct"), folder.path().join("by-hand"));
        let vendor = case.join("input/vendor");
        let _ = generated(&vendor, &direct);
        let imported = Import {
            inputs: vec![vendor],
            ..Import::default()
        };
        let imported = imported.run();
        assert!(
            !imported.report.has_errors(),
            "{}: {:#?}",
            case.display(),
            imported.report
        );
        krate::write_imported(&by_hand, &imported.files);
        kgen_tests::write(&by_hand.join("Cargo.toml"), "[package]\nname = \"case\"\n");
        let _ = generated(&by_hand, &by_hand);
        assert_eq!(definitions(&direct), definitions(&by_hand), "{}", case.display());
    }
}
