//! Models and files of small texts, for tests.

use std::collections::BTreeMap;
use std::fs;

use kgen_emit::{Generator, Layout, Support, slashed};
use kgen_model::{Draft, Model, Report, Sources};

use crate::Types;

/// The model of a crate that consists of one file.
pub(crate) fn model(text: &str) -> Model {
    resolved(&draft(text))
}

/// The model of a draft.
pub(crate) fn resolved(draft: &Draft) -> Model {
    let mut report = Report::default();
    let model = kgen_model::resolve(draft, &mut report);
    assert!(!report.has_errors(), "{report:?}");
    model
}

/// The draft of a crate that consists of one file.
pub(crate) fn draft(text: &str) -> Draft {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let root = folder.path().join("lib.rs");
    let version = "kgen::version! { group = \"shop.example.com\", version = \"v1\", allow_float }\n";
    fs::write(&root, format!("{version}{text}")).expect("the file can be written");
    let input = kgen_source::Input {
        root,
        module_path: vec!["crate".to_owned()],
        skip: Vec::new(),
    };
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let draft = kgen_source::load(&input, &mut sources, &mut report);
    assert!(!report.has_errors(), "{report:?}");
    draft
}

/// All files without their headers, by path.
pub(crate) fn files(text: &str, kube: Support) -> BTreeMap<String, String> {
    let (model, layout) = (
        model(text),
        Layout {
            kube,
            ..Layout::default()
        },
    );
    let parts = Types.parts(&model).into_iter();
    let files = parts.flat_map(|part| Types.generate(&model, &layout, part));
    let body = |file: kgen_emit::File| {
        assert_eq!(file.problem, None);
        let (_, body) = file.text.split_once('\n').expect("files have headers");
        (slashed(&file.path), body.to_owned())
    };
    files.map(body).collect()
}

/// The file of the root module.
pub(crate) fn file(text: &str, name: &str) -> String {
    let files = files(text, Support::Feature);
    files.get(&format!("src/generated/{name}")).cloned().unwrap_or_default()
}

/// What the check finds.
pub(crate) fn found(text: &str) -> Vec<String> {
    let mut report = Report::default();
    Types.check(&model(text), &mut report);
    let found = report.diagnostics().iter();
    found
        .map(|found| format!("{}: {}", found.code, found.message))
        .collect()
}
