//! Small inputs and all files that are made of them: `corpus/<case>/input.rs` or the crate `corpus/<case>/input`, and
//! `corpus/<case>/want`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use kgen_build::diff::unified;
use kgen_build::{Style, generators, render};
use kgen_emit::{File, Layout};
use kgen_model::{Draft, Report, Sources};
use kgen_tests::{Crate, assert_none, bless, corpus, root};

#[test]
fn files_are_as_wanted() {
    let mut differences = Vec::new();
    for (case, input) in corpus() {
        let krate = Crate::of(&input);
        let mut outcome = krate.run(Some(&case.join("want")));
        if bless() {
            outcome.plan.apply(&mut outcome.report);
        }
        let name = case.strip_prefix(root()).unwrap_or(&case);
        if !outcome.report.diagnostics().is_empty() {
            let report = render(&outcome.report, &outcome.sources, Style::default());
            differences.push(format!("{}:\n{}", name.display(), krate.relative(&report)));
        } else if !bless() {
            let diffs = outcome
                .plan
                .changes
                .iter()
                .map(|change| format!("{}:\n{}", name.display(), change.diff()));
            differences.extend(diffs);
        }
    }
    assert_none(&differences);
}

#[test]
fn a_second_run_makes_the_same_bytes() {
    for (case, input) in corpus() {
        let krate = Crate::of(&input);
        let [first, second] = [(), ()].map(|()| krate.run(None).files);
        assert_same(&case, &texts(first), &texts(second));
    }
}

#[test]
fn the_order_of_modules_does_not_show() {
    for (case, input) in corpus() {
        let krate = Crate::of(&input);
        // Definitions are put beside Rust sources by the pipeline, which orders the modules itself.
        if krate.path().join("kgen.toml").exists() {
            continue;
        }
        let mut sources = Sources::default();
        let input = kgen_source::Input {
            root: krate.path().join("src"),
            module_path: vec!["crate".to_owned()],
            skip: vec![krate.path().join("src/generated")],
        };
        let mut draft = kgen_source::load(&input, &mut sources, &mut Report::default());
        let in_order = generate(&draft, &sources);
        draft.modules.reverse();
        assert_same(&case, &in_order, &generate(&draft, &sources));
    }
}

fn assert_same(case: &Path, first: &BTreeMap<PathBuf, String>, second: &BTreeMap<PathBuf, String>) {
    let paths: BTreeSet<&PathBuf> = first.keys().chain(second.keys()).collect();
    for path in paths {
        let [first, second] = [first, second].map(|files| files.get(path).map(String::as_str));
        let diff = unified(&path.to_string_lossy(), first, second);
        assert!(diff.is_empty(), "{}:\n{diff}", case.display());
    }
}

/// The files of all generators, without what the pipeline adds.
fn generate(draft: &Draft, sources: &Sources) -> BTreeMap<PathBuf, String> {
    let mut report = Report::default();
    let model = kgen_model::resolve(draft, &mut report);
    assert!(!report.has_errors(), "{}", render(&report, sources, Style::default()));
    let inputs = sources.iter().map(|_| "src/lib.rs".to_owned()).collect();
    let layout = Layout {
        inputs,
        ..Layout::default()
    };
    let files = generators().into_iter().flat_map(|generator| {
        let parts = generator.parts(&model).into_iter();
        parts
            .flat_map(|part| generator.generate(&model, &layout, part))
            .collect::<Vec<_>>()
    });
    texts(files.collect())
}

fn texts(files: Vec<File>) -> BTreeMap<PathBuf, String> {
    files.into_iter().map(|file| (file.path, file.text)).collect()
}

#[test]
fn no_wanted_file_says_where_or_when_it_was_made() {
    let temp = std::env::temp_dir();
    let is_bare = |text: &str, path: &Path| {
        assert!(!text.contains(&*temp.to_string_lossy()), "{}", path.display());
        assert!(!text.contains(&*root().to_string_lossy()), "{}", path.display());
    };
    for (case, input) in corpus() {
        let files = Crate::of(&input).run(None).files;
        files
            .iter()
            .for_each(|file| is_bare(&file.text, &case.join(&file.path)));
    }
}
