//! Wrong input and the report that it gets, as a person reads it: `errors/<topic>/<case>.rs` or a folder that is a
//! crate, and beside it `<case>.stderr`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use kgen_build::{Outcome, Style, render};
use kgen_model::codes::CODES;
use kgen_tests::{Crate, assert_none, compare, entries, files_below, root, without_tests};

/// Codes that no small crate gets: a fault of kgen's own, the disk, the command line, the variables of a build script; and
/// those of definitions, which have their cases in `gen-openapi/tests/definitions/errors.rs`.
const WITHOUT_CASE: &[&str] = &[
    "bad-crd",
    "bad-schema",
    "bad-yaml",
    "file-exists",
    "folder-not-empty",
    "generator-fault",
    "missing-path",
    "narrowed-file",
    "no-crd",
    "no-out-dir",
    "no-output",
    "not-structural",
    "old-crd",
    "out-of-date",
    "unknown-keyword",
    "unknown-word",
    "unwritable-file",
];

/// All cases with what came out: those of the folder, and one that is too large to lie in it.
fn outcomes() -> Vec<(PathBuf, Crate, Outcome)> {
    let topics = entries(&root().join("tests/errors"));
    let cases = topics.iter().flat_map(|topic| entries(topic));
    let mut crates: Vec<(PathBuf, Crate)> = cases
        .filter(|case| case.extension().is_none_or(|extension| extension == "rs"))
        .map(|case| (case.with_extension("stderr"), Crate::of(&case)))
        .collect();
    crates.push(too_large());
    let run = |(wanted, krate): (PathBuf, Crate)| {
        let outcome = krate.run(None);
        (wanted, krate, outcome)
    };
    crates.into_iter().map(run).collect()
}

fn too_large() -> (PathBuf, Crate) {
    let wanted = root().join("tests/errors/sources/file-too-large.stderr");
    let krate = Crate::of(&root().join("tests/errors/sources/no-version.rs"));
    krate.write("src/lib.rs", vec![b'\n'; (16 << 20) + 1]);
    (wanted, krate)
}

#[test]
fn reports_are_as_wanted() {
    let style = Style {
        color: false,
        width: 100,
    };
    let mut differences = Vec::new();
    for (wanted, krate, outcome) in outcomes() {
        let report = krate.relative(&render(&outcome.report, &outcome.sources, style));
        differences.extend(compare(&wanted, &report).err());
        if report.is_empty() {
            differences.push(format!("{} has no report", wanted.display()));
        }
    }
    assert_none(&differences);
}

#[test]
fn no_wanted_report_lacks_its_case() {
    for topic in entries(&root().join("tests/errors")) {
        for wanted in entries(&topic)
            .iter()
            .filter(|path| path.extension().is_some_and(|end| end == "stderr"))
        {
            let is_case = wanted.with_extension("rs").is_file() || wanted.with_extension("").is_dir();
            assert!(
                is_case || wanted.ends_with("file-too-large.stderr"),
                "{}",
                wanted.display()
            );
        }
    }
}

#[test]
fn each_code_has_a_case_and_a_page() {
    let mut cases: BTreeMap<&str, PathBuf> = BTreeMap::new();
    for (wanted, _, outcome) in outcomes() {
        for diagnostic in outcome.report.diagnostics() {
            cases.entry(diagnostic.code).or_insert_with(|| wanted.clone());
        }
    }
    let pages: BTreeSet<&str> = CODES.iter().map(|code| code.code).collect();
    let without_page: Vec<_> = cases.iter().filter(|(code, _)| !pages.contains(*code)).collect();
    let without_case: Vec<_> = pages
        .iter()
        .filter(|code| !cases.contains_key(*code) && !WITHOUT_CASE.contains(code))
        .collect();
    assert!(without_page.is_empty(), "missing in codes.rs: {without_page:?}");
    assert!(without_case.is_empty(), "no case has these codes: {without_case:?}");
}

#[test]
fn the_table_of_codes_is_that_of_the_sources() {
    let words: Vec<&str> = CODES.iter().map(|code| code.code).collect();
    assert!(words.is_sorted(), "codes.rs is not in order");
    let mut used = BTreeSet::new();
    let mut texts = String::new();
    for file in sources() {
        let text = fs::read_to_string(file).expect("sources can be read");
        let code = without_tests(&text);
        used.extend(codes_in(code).map(str::to_owned));
        texts.push_str(code);
    }
    let unknown: Vec<_> = used.iter().filter(|code| !words.contains(&code.as_str())).collect();
    let unused: Vec<_> = words
        .iter()
        .filter(|code| !texts.contains(&format!("\"{code}\"")))
        .collect();
    assert!(unknown.is_empty(), "missing in codes.rs: {unknown:?}");
    assert!(unused.is_empty(), "in codes.rs, but nothing reports them: {unused:?}");
}

/// The Rust files of all rooms that report, but for the table itself and for tests.
fn sources() -> impl Iterator<Item = PathBuf> {
    let rooms = entries(&root().join("crates")).into_iter().chain(entries(root()));
    let folders = rooms.map(|room| room.join("src")).filter(|folder| folder.is_dir());
    let files = folders.flat_map(|folder| files_below(&folder).into_iter().map(move |file| folder.join(file)));
    let is_source = |file: &PathBuf| file.extension().is_some_and(|end| end == "rs");
    files.filter(move |file| is_source(file) && !file.ends_with("codes.rs") && !file.ends_with("tests.rs"))
}

/// The first arguments of the constructors of diagnostics.
fn codes_in(code: &str) -> impl Iterator<Item = &str> {
    let constructors = [
        "Diagnostic::error(",
        "Diagnostic::warning(",
        "Diagnostic::error_without_span(",
    ];
    let calls = constructors
        .into_iter()
        .flat_map(|constructor| code.split(constructor).skip(1));
    calls.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
}
