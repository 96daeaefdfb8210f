//! The index files (`mod.rs`) that make modules of the generated files. They follow from the set of files alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::File;
use crate::rust::is_keyword;

/// The generator that headers of index files name.
pub const NAME: &str = "index";

const FILE_NAME: &str = "mod.rs";

/// How the root of the generated modules reaches the compiler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root {
    /// As a module of its own (`pub mod generated;`), which can have docs.
    Module,
    /// Through `include!`, which allows no `//!`.
    Included,
}

/// The index files for the Rust files below `rust_root`, given as path and text. Without a file there is no index.
#[must_use]
pub fn index(rust_root: &Path, root: Root, files: &BTreeMap<&Path, &str>) -> Vec<File> {
    folders(rust_root, files)
        .into_iter()
        .map(|(path, folder)| {
            let docs = match root {
                Root::Module if path == rust_root => "//! What kgen generates for this crate.\n\n",
                Root::Module | Root::Included => "",
            };
            let text = format!("{docs}{}", folder.text());
            File::text(NAME, "the files beside it", path.join(FILE_NAME), "//", &text)
        })
        .collect()
}

#[derive(Default)]
struct Folder {
    modules: BTreeSet<String>,
    files: BTreeMap<String, Contents>,
}

/// What the index has to know of a file.
struct Contents {
    condition: Option<String>,
    has_public_items: bool,
    /// Whether other files of the crate use something of it, by its path.
    has_shared_items: bool,
}

fn folders(rust_root: &Path, files: &BTreeMap<&Path, &str>) -> BTreeMap<PathBuf, Folder> {
    let mut folders = BTreeMap::<PathBuf, Folder>::new();
    for (path, text) in files {
        let is_rust = path.extension().is_some_and(|extension| extension == "rs");
        let (Some(mut at), true) = (path.parent(), is_rust && path.starts_with(rust_root)) else {
            continue;
        };
        if path.file_name().is_some_and(|name| name == FILE_NAME) {
            continue;
        }
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        folders
            .entry(at.to_owned())
            .or_default()
            .files
            .insert(stem, contents(text));
        while at != rust_root
            && let (Some(parent), Some(name)) = (at.parent(), at.file_name())
        {
            folders
                .entry(parent.to_owned())
                .or_default()
                .modules
                .insert(name.to_string_lossy().into_owned());
            at = parent;
        }
    }
    folders
}

fn contents(text: &str) -> Contents {
    let mut head = text
        .lines()
        .take_while(|line| line.is_empty() || line.starts_with("//") || line.starts_with("#!"));
    let condition = head.find_map(|line| line.strip_prefix("#![cfg(")?.strip_suffix(")]"));
    let begins_line = |words: &str| text.starts_with(&words[1..]) || text.contains(words);
    Contents {
        condition: condition.map(str::to_owned),
        has_public_items: begins_line("\npub "),
        has_shared_items: begins_line("\npub(crate) "),
    }
}

impl Folder {
    fn text(&self) -> String {
        let mut blocks = Vec::new();
        for module in &self.modules {
            blocks.push(format!(
                "/// What kgen generates for `{module}`.\npub mod {};\n",
                ident(module)
            ));
        }
        let mut modules = String::new();
        let mut exports = String::new();
        for (stem, contents) in &self.files {
            let cfg = contents
                .condition
                .as_ref()
                .map(|cfg| format!("#[cfg({cfg})]\n"))
                .unwrap_or_default();
            let name = ident(stem);
            let shared = if contents.has_shared_items { "pub(crate) " } else { "" };
            let _ = writeln!(modules, "{cfg}#[rustfmt::skip]\n{shared}mod {name};");
            if contents.has_public_items {
                let _ = writeln!(exports, "{cfg}pub use self::{name}::*;");
            }
        }
        blocks.extend([modules, exports].into_iter().filter(|block| !block.is_empty()));
        blocks.join("\n")
    }
}

/// The module's name as an identifier, raw where it is a keyword.
fn ident(name: &str) -> String {
    let raw = if is_keyword(name) { "r#" } else { "" };
    format!("{raw}{name}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::slashed;

    fn indexes(root: Root, files: &[(&str, &str)]) -> BTreeMap<String, String> {
        let files = files.iter().map(|(path, text)| (Path::new(*path), *text)).collect();
        let body = |text: String| {
            text.split_once('\n')
                .map(|(_, body)| body.to_owned())
                .unwrap_or_default()
        };
        index(Path::new("gen"), root, &files)
            .into_iter()
            .map(|file| (slashed(&file.path), body(file.text)))
            .collect()
    }

    #[test]
    fn files_are_private_modules_and_folders_public_ones() {
        let indexes = indexes(
            Root::Module,
            &[
                ("gen/v1/serde.rs", "impl A {}\n"),
                ("gen/v1/types.rs", "pub struct A;\n"),
            ],
        );
        let root = "//! What kgen generates for this crate.\n\n/// What kgen generates for `v1`.\npub mod v1;\n";
        let v1 = "#[rustfmt::skip]\nmod serde;\n#[rustfmt::skip]\nmod types;\n\npub use self::types::*;\n";
        assert_eq!(
            indexes,
            [("gen/mod.rs", root), ("gen/v1/mod.rs", v1)]
                .map(|(a, b)| (a.to_owned(), b.to_owned()))
                .into()
        );
    }

    #[test]
    fn folders_without_files_of_their_own_have_an_index() {
        let indexes = indexes(Root::Included, &[("gen/shop/v1/serde.rs", "")]);
        assert_eq!(
            indexes.keys().collect::<Vec<_>>(),
            ["gen/mod.rs", "gen/shop/mod.rs", "gen/shop/v1/mod.rs"]
        );
        assert_eq!(
            indexes["gen/mod.rs"],
            "/// What kgen generates for `shop`.\npub mod shop;\n"
        );
    }

    #[test]
    fn a_condition_of_a_file_is_one_of_its_module() {
        let text = "// header\n#![cfg(feature = \"kube\")]\n\npub fn f() {}\n";
        let wanted = "#[cfg(feature = \"kube\")]\n#[rustfmt::skip]\nmod kube;\n\n#[cfg(feature = \"kube\")]\npub use self::kube::*;\n";
        assert_eq!(indexes(Root::Included, &[("gen/kube.rs", text)])["gen/mod.rs"], wanted);
    }

    #[test]
    fn files_with_items_for_the_crate_are_its_modules() {
        let text = "// header\npub(crate) struct LineParts;\n";
        let wanted = "#[rustfmt::skip]\npub(crate) mod serde;\n";
        assert_eq!(indexes(Root::Included, &[("gen/serde.rs", text)])["gen/mod.rs"], wanted);
    }

    #[test]
    fn keywords_are_raw() {
        assert!(indexes(Root::Included, &[("gen/type/serde.rs", "")])["gen/mod.rs"].ends_with("pub mod r#type;\n"));
    }

    #[test]
    fn without_files_there_is_no_index() {
        assert!(
            indexes(
                Root::Module,
                &[("gen/mod.rs", ""), ("crds/a.yaml", ""), ("other/a.rs", "")]
            )
            .is_empty()
        );
    }
}
