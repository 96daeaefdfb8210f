//! The generator writes what the tests of the runtime have by hand: what those find out holds for generated code.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kgen_emit::{Generator, Layout};
use kgen_gen_types::Types;
use kgen_model::{Report, Sources};
use syn::Item;

/// A union by member has no variants without data; the runtime knows them all the same.
const WITHOUT_DATA: &str = "    Nowhere,\n";

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/kgen/tests/runtime/fixture")
}

fn read(path: &str) -> String {
    fs::read_to_string(fixture().join(path)).expect("the runtime has a fixture")
}

/// The generated items, each laid out alike.
fn generated() -> BTreeSet<String> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let types = read("types.rs").replace(WITHOUT_DATA, "");
    let types = types.replace("storage }", "storage, allow_float }");
    fs::write(folder.path().join("types.rs"), types).expect("the file can be written");
    let input = kgen_source::Input {
        root: folder.path().join("types.rs"),
        module_path: ["crate", "fixture", "types"].map(str::to_owned).into(),
        skip: Vec::new(),
    };
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let draft = kgen_source::load(&input, &mut sources, &mut report);
    let model = kgen_model::resolve(&draft, &mut report);
    Types.check(&model, &mut report);
    assert!(!report.has_errors(), "{report:?}");
    let parts = Types.parts(&model).into_iter();
    let files = parts.flat_map(|part| Types.generate(&model, &Layout::default(), part));
    let wanted = files.filter(|file| {
        ["serde.rs", "resources.rs"]
            .iter()
            .any(|name| file.path.ends_with(name))
    });
    wanted.flat_map(|file| items(&file.text)).collect()
}

/// The items of a file, but for imports and aliases, which are not the same where types are private.
fn items(text: &str) -> Vec<String> {
    let file = syn::parse_file(text).expect("the file is Rust");
    let items = file
        .items
        .into_iter()
        .filter(|item| !matches!(item, Item::Use(_) | Item::Type(_)));
    let shown = items.map(|item| {
        prettyplease::unparse(&syn::File {
            shebang: None,
            frontmatter: None,
            attrs: Vec::new(),
            items: vec![item],
        })
    });
    shown.collect()
}

/// What one has and the other has not.
fn lacking(have: &BTreeSet<String>, wanted: &BTreeSet<String>) -> String {
    let lacking = wanted.difference(have).filter(|item| !item.contains(" for Source {"));
    lacking.cloned().collect::<Vec<_>>().join("\n")
}

#[test]
fn generated_code_is_that_of_the_runtime() {
    let files = ["codec/structs.rs", "codec/parts.rs", "codec/enums.rs", "resources.rs"];
    let by_hand: BTreeSet<String> = files.iter().flat_map(|path| items(&read(path))).collect();
    let generated = generated();
    let (missing, added) = (lacking(&generated, &by_hand), lacking(&by_hand, &generated));
    assert!(
        missing.is_empty() && added.is_empty(),
        "missing:\n{missing}\nadded:\n{added}"
    );
}
