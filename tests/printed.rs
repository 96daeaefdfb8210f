//! Drafts printed as Rust source say the same when they are read again, and rustfmt would not lay them out otherwise.

use std::path::{Path, PathBuf};
use std::process::Command;

use kgen_emit::draft::{SourceFile, files};
use kgen_model::draft::{DraftBody, DraftField, DraftPayload};
use kgen_model::{Draft, Expr, ExprKind, Literal, Report, Sources};
use kgen_tests::{Crate, corpus, entries, root, write};

fn load(folder: &Path, skip: PathBuf) -> Draft {
    let input = kgen_source::Input {
        root: folder.to_owned(),
        module_path: vec!["crate".to_owned()],
        skip: vec![skip],
    };
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let draft = kgen_source::load(&input, &mut sources, &mut report);
    assert!(!report.has_errors(), "{}: {report:?}", folder.display());
    draft
}

/// What is printed of a draft, without places: functions, implementations, constants and what is read for other derives
/// are not.
fn said(mut draft: Draft) -> String {
    draft
        .modules
        .retain(|module| !module.path.iter().any(|name| name == "generated"));
    for module in &mut draft.modules {
        module.functions.clear();
        module.values.clear();
        module.impls.clear();
        module.consts.clear();
        module.uses.sort_by(|a, b| (&a.path, &a.name).cmp(&(&b.path, &b.name)));
        module.types.iter_mut().for_each(|ty| {
            describe(&mut ty.docs, &mut ty.markers);
            ty.foreign = None;
            match &mut ty.body {
                DraftBody::Struct(fields) => fields.iter_mut().for_each(describe_field),
                DraftBody::Enum(variants) => variants.iter_mut().for_each(|variant| {
                    describe(&mut variant.docs, &mut variant.markers);
                    variant.foreign = None;
                    if let DraftPayload::Struct(fields) = &mut variant.payload {
                        fields.iter_mut().for_each(describe_field);
                    }
                }),
                DraftBody::Newtype(_) | DraftBody::Unit | DraftBody::Tuple | DraftBody::CUnion => {}
            }
        });
    }
    without_places(&format!("{draft:#?}"))
}

fn describe_field(field: &mut DraftField) {
    field.foreign = None;
    describe(&mut field.docs, &mut field.markers);
}

/// Where the marker `description` stands, docs do not count.
fn describe(docs: &mut String, markers: &mut Vec<Expr>) {
    let at = markers
        .iter()
        .position(|marker| marker.name().is_some_and(|name| name.text == "description"));
    if let Some(at) = at
        && let ExprKind::Assign { value, .. } = markers.remove(at).kind
        && let Some(Literal::String(text)) = value.literal()
    {
        *docs = text;
    }
}

/// The text of a debug output without spans and files.
fn without_places(debug: &str) -> String {
    let mut lines = Vec::new();
    let mut hidden = None;
    for line in debug.lines() {
        let indent = line.len() - line.trim_start().len();
        let is_place = |line: &str| {
            ["span: ", "file: ", "other_generics: "]
                .iter()
                .any(|name| line.trim_start().starts_with(name))
        };
        match hidden {
            Some(depth) if indent > depth => continue,
            Some(_) => hidden = None,
            None if is_place(line) => {
                hidden = line.ends_with(['{', '(']).then_some(indent);
                continue;
            }
            None => {}
        }
        if !is_place(line) {
            lines.push(line);
        }
    }
    lines.join("\n")
}

fn crates() -> Vec<(String, Crate)> {
    let cases = corpus()
        .into_iter()
        .map(|(case, input)| (case.display().to_string(), Crate::of(&input)));
    let examples = entries(&root().join("examples"))
        .into_iter()
        .filter(|path| path.join("src").is_dir());
    let examples = examples.map(|path| (path.display().to_string(), Crate::of(&path)));
    cases.chain(examples).collect()
}

fn printed(files: &[SourceFile]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    for file in files {
        write(&folder.path().join(&file.path), &file.text);
    }
    folder
}

#[test]
fn what_is_printed_reads_as_it_was() {
    let crates = crates();
    assert!(crates.len() > 40, "the corpus is missing");
    for (name, krate) in crates {
        let draft = load(&krate.path().join("src"), krate.path().join("src/generated"));
        let folder = printed(&files(&draft));
        let again = load(folder.path(), folder.path().join("generated"));
        let (first, second) = (said(draft), said(again));
        let text = kgen_build::diff::unified("draft", Some(&first), Some(&second));
        assert!(text.is_empty(), "{name}:\n{text}");
    }
}

#[test]
fn rustfmt_agrees_with_what_is_printed() {
    if Command::new("rustfmt").arg("--version").output().is_err() {
        eprintln!("rustfmt is missing: nothing was compared with it");
        return;
    }
    for (name, krate) in crates() {
        let draft = load(&krate.path().join("src"), krate.path().join("src/generated"));
        let folder = printed(&files(&draft));
        write(&folder.path().join("rustfmt.toml"), "");
        let command = ["--check", "--edition", "2024"];
        let output = Command::new("rustfmt")
            .args(command)
            .arg(folder.path().join("lib.rs"))
            .output();
        let output = output.expect("rustfmt runs");
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success(),
            "{name}:\n{text}{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
