//! A draft as the Rust source that it could have been read from: what a person goes on working with when types begin as
//! schemas. Functions, implementations and constants have contents that a draft does not hold; they are left out.

mod imports;
mod items;
mod markers;
mod prose;
#[cfg(test)]
mod tests;

use std::fmt::Write;
use std::path::PathBuf;

use kgen_model::Draft;
use kgen_model::draft::{DraftModule, DraftUse, DraftVersion};

use crate::rust::ident;

pub use imports::with_imports;

/// The width that rustfmt keeps to when nothing else is said.
const WIDTH: usize = 100;

/// Why lints of docs are off.
const WORDS: &str = "the docs are the descriptions of the schema, word for word";

/// Why clippy's lint about equal attributes is off.
const REPETITION: &str = "annotations of one type may have equal parts";

/// A Rust file of hand-written source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The module that it is.
    pub module: Vec<String>,
    /// The path below the folder of the crate's root module: `lib.rs`, `v1.rs`, `shop/v1.rs`.
    pub path: PathBuf,
    /// The text as rustfmt would lay it out.
    pub text: String,
    /// The modules that it declares, as identifiers.
    pub modules: Vec<String>,
    /// Whether it holds more than declarations of modules.
    pub holds_items: bool,
}

/// The files of all modules, in their order. The module `crate` is `lib.rs`.
#[must_use]
pub fn files(draft: &Draft) -> Vec<SourceFile> {
    let file = |module: &DraftModule| SourceFile {
        module: module.path.clone(),
        path: path(&module.path),
        text: text(draft, module),
        modules: below(draft, module).map(|name| ident(name).to_string()).collect(),
        holds_items: !(module.types.is_empty() && module.aliases.is_empty() && module.versions.is_empty()),
    };
    draft.modules.iter().map(file).collect()
}

fn path(module: &[String]) -> PathBuf {
    match module {
        [] | [_] => PathBuf::from("lib.rs"),
        [_, inner @ ..] => PathBuf::from(inner.join("/") + ".rs"),
    }
}

/// One module without those below it, which it declares.
fn text(draft: &Draft, module: &DraftModule) -> String {
    let mut blocks = vec![head(module), declarations(draft, module), uses(&module.uses)];
    blocks.extend(module.versions.iter().map(version));
    blocks.extend(module.aliases.iter().map(items::alias));
    blocks.extend(module.types.iter().map(|ty| items::ty(ty, module)));
    blocks.retain(|block| !block.is_empty());
    if blocks.is_empty() {
        blocks.push("\n".to_owned());
    }
    blocks.join("\n")
}

/// The docs of a module and the lints that the docs in it call for.
fn head(module: &DraftModule) -> String {
    let mut head = prose::comment("//!", &module.docs, 0);
    let of_docs = prose::lints(items::docs(module)).into_iter().collect();
    let of_markers = if items::markers(module).any(markers::has_repetition) {
        vec!["clippy::duplicated_attributes"]
    } else {
        Vec::new()
    };
    for (lints, reason) in [(of_docs, WORDS), (of_markers, REPETITION)] {
        let lines: String = lints.iter().map(|lint| format!("    {lint},\n")).collect();
        if !lints.is_empty() {
            let gap = if head.is_empty() || head.ends_with(")]\n") {
                ""
            } else {
                "\n"
            };
            let _ = writeln!(head, "{gap}#![allow(\n{lines}    reason = \"{reason}\"\n)]");
        }
    }
    head
}

/// The names of the modules in a module.
fn below<'d>(draft: &'d Draft, module: &'d DraftModule) -> impl Iterator<Item = &'d String> {
    draft.modules.iter().filter_map(|child| match child.path.split_last() {
        Some((name, parent)) if parent == module.path => Some(name),
        Some(_) | None => None,
    })
}

fn declarations(draft: &Draft, module: &DraftModule) -> String {
    below(draft, module)
        .map(|name| {
            let is_private = module.private_modules.contains(name);
            format!("{}mod {};\n", if is_private { "" } else { "pub " }, ident(name))
        })
        .collect()
}

/// The imports in the order of rustfmt, those of one module together.
fn uses(uses: &[DraftUse]) -> String {
    let mut groups: Vec<(bool, &[String], Vec<String>)> = Vec::new();
    for leaf in uses {
        let (parent, item) = leaf_of(leaf);
        match groups
            .iter_mut()
            .find(|(public, path, _)| *public == leaf.public && *path == parent)
        {
            Some((_, _, items)) => items.push(item),
            None => groups.push((leaf.public, parent, vec![item])),
        }
    }
    let mut lines: Vec<String> = groups
        .into_iter()
        .flat_map(|(public, path, items)| use_items(public, path, items))
        .collect();
    lines.sort_by_key(|line| {
        let path = line.trim_start_matches("pub ").trim_start_matches("use ");
        let roots = ["self", "super", "crate"].into_iter();
        let rank = roots
            .zip(0..)
            .find(|(root, _)| path.starts_with(root))
            .map_or(3, |(_, rank)| rank);
        (rank, path.replace('{', "\u{7f}").replace(';', ""))
    });
    lines.concat()
}

/// The path that an import stands in, and the import as it stands in braces there.
fn leaf_of(leaf: &DraftUse) -> (&[String], String) {
    let (last, parent) = match leaf.path.split_last() {
        _ if leaf.name == "*" => return (&leaf.path, "*".to_owned()),
        Some(split) => split,
        None => return (&[], raw(&leaf.name)),
    };
    let item = if *last == leaf.name {
        raw(last)
    } else {
        format!("{} as {}", raw(last), raw(&leaf.name))
    };
    (parent, item)
}

fn use_items(public: bool, path: &[String], mut items: Vec<String>) -> Vec<String> {
    let visibility = if public { "pub " } else { "" };
    if path.is_empty() {
        return items.iter().map(|item| format!("{visibility}use {item};\n")).collect();
    }
    let path: Vec<String> = path.iter().map(|segment| raw(segment)).collect();
    let path = path.join("::");
    items.sort();
    items.dedup();
    let line = match items.as_slice() {
        [only] => format!("{visibility}use {path}::{only};\n"),
        several => format!("{visibility}use {path}::{{{}}};\n", several.join(", ")),
    };
    if line.len() <= WIDTH + 1 {
        return vec![line];
    }
    let mut broken = format!("{visibility}use {path}::{{\n");
    let mut row = String::from("   ");
    for item in &items {
        if row.len() + item.len() + 2 > WIDTH {
            broken.push_str(&row);
            broken.push('\n');
            row = String::from("   ");
        }
        let _ = write!(row, " {item},");
    }
    vec![broken + &row + "\n};\n"]
}

/// A segment of a path. Not all keywords can be raw.
fn raw(segment: &str) -> String {
    match segment {
        "crate" | "self" | "super" | "Self" | "_" => segment.to_owned(),
        name => ident(name).to_string(),
    }
}

fn version(version: &DraftVersion) -> String {
    let items: Vec<String> = version.markers.iter().map(markers::flat).collect();
    let line = format!("kgen::version! {{ {} }}\n", items.join(", "));
    if line.len() <= WIDTH + 1 {
        return line;
    }
    let mut block = String::from("kgen::version! {\n");
    for item in &version.markers {
        let _ = writeln!(block, "    {},", markers::laid(item, 4));
    }
    block + "}\n"
}
