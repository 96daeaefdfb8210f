//! Small edits of Rust sources that leave everything else as a person wrote it, and writing them all or none.

use std::fs;
use std::ops::Range;
use std::path::PathBuf;

use kgen_model::Diagnostic;

/// Files with their new texts.
pub(crate) type Edits = Vec<(PathBuf, String)>;

/// Writes files, with their folders. When one cannot be written, those before it stay: they are new or say more than
/// before.
pub(crate) fn carry_out(edits: &Edits) -> Result<(), Box<Diagnostic>> {
    for (path, text) in edits {
        let written = path
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(path, text));
        written.map_err(|error| {
            let message = format!("`{}` cannot be written: {error}", path.display());
            Box::new(Diagnostic::error_without_span("unwritable-file", message))
        })?;
    }
    Ok(())
}

/// The text of another version: the facts in `kgen::version!` at `macro_range` and paths to the version's own module.
pub(crate) fn with_version(text: &str, macro_range: Range<usize>, group: &str, from: &str, to: &str) -> String {
    let head = text.get(macro_range.clone()).unwrap_or("");
    let head = without_word(&with_fact(head, "version", from, to), "storage");
    let before = text.get(..macro_range.start).unwrap_or("");
    let after = text.get(macro_range.end..).unwrap_or(text);
    [
        with_paths(before, group, from, to),
        head,
        with_paths(after, group, from, to),
    ]
    .concat()
}

/// The text with paths to the module and mentions of the version turned to the other one.
pub(crate) fn with_paths(text: &str, group: &str, from: &str, to: &str) -> String {
    let text = replace_words(text, &format!("crate::{from}"), &format!("crate::{to}"));
    replace_words(&text, &format!("{group}/{from}"), &format!("{group}/{to}"))
}

/// Replaces `name = "from"` by `name = "to"`.
fn with_fact(head: &str, name: &str, from: &str, to: &str) -> String {
    let quoted = format!("\"{from}\"");
    for (at, _) in head.match_indices(&quoted) {
        let is_fact = head[..at]
            .trim_end()
            .strip_suffix('=')
            .is_some_and(|before| before.trim_end().ends_with(name));
        if is_fact {
            return format!("{}\"{to}\"{}", &head[..at], &head[at + quoted.len()..]);
        }
    }
    head.to_owned()
}

/// Takes a bare word out of a list, with one comma.
fn without_word(list: &str, word: &str) -> String {
    let Some(at) = find_word(list, word) else {
        return list.to_owned();
    };
    let (before, after) = (&list[..at], &list[at + word.len()..]);
    match after.trim_start().strip_prefix(',') {
        Some(rest) => format!("{before}{}", rest.trim_start_matches(' ')),
        None => format!("{}{after}", before.trim_end().strip_suffix(',').unwrap_or(before)),
    }
}

fn find_word(text: &str, word: &str) -> Option<usize> {
    text.match_indices(word)
        .map(|(at, _)| at)
        .find(|at| stands_alone(text, *at, word.len()))
}

fn stands_alone(text: &str, at: usize, len: usize) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    !text[..at].ends_with(is_part) && !text[at + len..].starts_with(is_part)
}

fn replace_words(text: &str, from: &str, to: &str) -> String {
    let mut replaced = String::new();
    let mut rest = 0;
    for (at, _) in text
        .match_indices(from)
        .filter(|(at, _)| stands_alone(text, *at, from.len()))
    {
        replaced.push_str(&text[rest..at]);
        replaced.push_str(to);
        rest = at + from.len();
    }
    replaced + &text[rest..]
}

/// Declares a module behind the declaration of another, with the same visibility. `None` if that is not declared.
pub(crate) fn declare_beside(text: &str, sibling: &str, module: &str) -> Option<String> {
    let is_declaration = |line: &str| {
        let line = line.trim().strip_suffix(';').unwrap_or("");
        line.strip_suffix(sibling)
            .is_some_and(|before| before == "mod " || before.ends_with(" mod "))
    };
    let mut edited = String::new();
    let mut lines = text.split_inclusive('\n');
    for line in lines.by_ref() {
        edited.push_str(line);
        if is_declaration(line) {
            let declaration = line
                .trim_end()
                .replace(&format!("mod {sibling}"), &format!("mod {module}"));
            let break_ = if line.ends_with('\n') { "" } else { "\n" };
            edited.push_str(&format!("{break_}{declaration}\n"));
            edited.extend(lines);
            return Some(edited);
        }
    }
    None
}

/// Declares a public module behind `at`, as a paragraph of its own or together with those that stand there.
pub(crate) fn declare_behind(text: &str, at: usize, module: &str) -> String {
    let (before, after) = text.split_at(at.min(text.len()));
    let rest = after.trim_start_matches(['\n', '\r', ' ']);
    let end = if rest.starts_with("pub mod ") || rest.is_empty() {
        "\n"
    } else {
        "\n\n"
    };
    format!("{before}\n\npub mod {module};{end}{rest}")
}

/// Declares a public module among the others, in order, unless it is declared already.
pub(crate) fn declare(text: &str, module: &str) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let declared = lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| Some((at, declared(line)?)));
    let declared: Vec<(usize, &str)> = declared.collect();
    if declared.iter().any(|(_, name)| *name == module) {
        return text.to_owned();
    }
    let at = match (declared.iter().find(|(_, name)| *name > module), declared.last()) {
        (Some((next, _)), _) => head_of(&lines, *next),
        (None, Some((last, _))) => last + 1,
        (None, None) => lines.len(),
    };
    let before = lines[..at].concat();
    let gap = match (
        before.is_empty() || before.ends_with('\n'),
        declared.is_empty() && !before.is_empty(),
    ) {
        (true, false) => "",
        (false, false) | (true, true) => "\n",
        (false, true) => "\n\n",
    };
    format!("{before}{gap}pub mod {module};\n{}", lines[at..].concat())
}

/// The module that a line declares.
fn declared(line: &str) -> Option<&str> {
    let line = line.trim().strip_suffix(';')?;
    match line.strip_prefix("mod ") {
        Some(name) => Some(name),
        None => line.rsplit_once(" mod ").map(|(_, name)| name),
    }
}

/// The first line of what stands at an item, docs and attributes included.
fn head_of(lines: &[&str], item: usize) -> usize {
    let is_head = |line: &&&str| line.starts_with("///") || line.starts_with("#[");
    item - lines[..item].iter().rev().take_while(is_head).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_turned_into_another() {
        let text = "//! See shop.example.com/v1, not shop.example.com/v10.\n\
                    kgen::version! { group = \"v1\", version = \"v1\", storage }\nuse crate::v1::A;\nuse crate::v10::B;\n";
        let start = text.find("kgen::").unwrap_or(0);
        let range = start..text.find("}\n").unwrap_or(0) + 1;
        let wanted = "//! See shop.example.com/v2, not shop.example.com/v10.\n\
                      kgen::version! { group = \"v1\", version = \"v2\" }\nuse crate::v2::A;\nuse crate::v10::B;\n";
        assert_eq!(with_version(text, range, "shop.example.com", "v1", "v2"), wanted);
    }

    #[test]
    fn a_word_leaves_a_list_with_its_comma() {
        assert_eq!(without_word("{ a = 1, storage }", "storage"), "{ a = 1 }");
        assert_eq!(without_word("{ storage, a = 1 }", "storage"), "{ a = 1 }");
        assert_eq!(
            without_word("{ storage_class, a = 1 }", "storage"),
            "{ storage_class, a = 1 }"
        );
        assert_eq!(
            without_word("{\n    a = 1,\n    storage,\n}", "storage"),
            "{\n    a = 1,\n    \n}"
        );
    }

    #[test]
    fn a_module_is_declared_beside_its_sibling() {
        assert_eq!(
            declare_beside("pub mod v1;\nfn f() {}\n", "v1", "v2").as_deref(),
            Some("pub mod v1;\npub mod v2;\nfn f() {}\n")
        );
        assert_eq!(
            declare_beside("mod x;\n  pub(crate) mod v1;", "v1", "v2").as_deref(),
            Some("mod x;\n  pub(crate) mod v1;\n  pub(crate) mod v2;\n")
        );
        assert_eq!(declare_beside("pub mod v1 {}\nmod av1;\n", "v1", "v2"), None);
    }

    #[test]
    fn a_module_is_declared_behind_a_place() {
        assert_eq!(
            declare_behind("x!{}\n\nuse a;\n", 4, "m"),
            "x!{}\n\npub mod m;\n\nuse a;\n"
        );
        assert_eq!(
            declare_behind("x!{}\n\npub mod a;\n", 4, "m"),
            "x!{}\n\npub mod m;\npub mod a;\n"
        );
        assert_eq!(declare_behind("x!{}", 4, "m"), "x!{}\n\npub mod m;\n");
    }

    #[test]
    fn a_module_is_declared_once_and_in_order() {
        let declared = |text: &str| declare(text, "shop");
        assert_eq!(
            declared("//! Docs.\n\npub mod a;\nfn f() {}\n"),
            "//! Docs.\n\npub mod a;\npub mod shop;\nfn f() {}\n"
        );
        let documented = "mod a;\n/// Docs.\n#[rustfmt::skip]\npub mod z;\n";
        let wanted = "mod a;\npub mod shop;\n/// Docs.\n#[rustfmt::skip]\npub mod z;\n";
        assert_eq!(declared(documented), wanted);
        assert_eq!(declared("fn f() {}\n"), "fn f() {}\n\npub mod shop;\n");
        assert_eq!(declared(""), "pub mod shop;\n");
        assert_eq!(
            declared("mod b;\npub(crate) mod shop;\n"),
            "mod b;\npub(crate) mod shop;\n"
        );
        assert_eq!(declare("mod b;", "r#type"), "mod b;\npub mod r#type;\n");
    }
}
