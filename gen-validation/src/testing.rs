//! What the tests of both generators share.

use std::fs;

use kgen_model::{Model, Report, Sources};

/// The model of a crate that consists of one file.
pub(crate) fn model(text: &str) -> Model {
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
    let model = kgen_model::resolve(&kgen_source::load(&input, &mut sources, &mut report), &mut report);
    assert!(!report.has_errors(), "{report:?}");
    model
}
