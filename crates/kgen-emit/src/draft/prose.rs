//! Descriptions as doc comments. They stay word for word where a comment can carry them; where it cannot, the comment
//! holds what it can, and the marker `description` the text itself.

use std::collections::BTreeSet;

use crate::docs::{is_hidden, lines, unbroken_lines};

/// The comment for a text.
pub(super) fn comment(mark: &str, text: &str, indent: usize) -> String {
    let lines = if is_carried(text) { verbatim(text) } else { lines(text) };
    let line = |line: &String| format!("{:indent$}{mark}{line}\n", "");
    lines.iter().map(line).collect()
}

/// Whether a comment says exactly this and no test becomes of it.
pub(super) fn is_carried(text: &str) -> bool {
    let is_whole = text.trim() == text.trim_end() && text.trim_end() == text && !text.starts_with(char::is_whitespace);
    let is_shown = text
        .chars()
        .all(|character| matches!(character, '\n' | '\t') || !is_hidden(character));
    is_whole && is_shown && !may_run(text)
}

fn verbatim(text: &str) -> Vec<String> {
    let line = |line: &str| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    };
    match text {
        "" => Vec::new(),
        text => text.split('\n').map(line).collect(),
    }
}

/// Whether rustdoc might take a part of it for Rust code. What remains in doubt counts.
fn may_run(text: &str) -> bool {
    let mut after_blank = true;
    text.split('\n').any(|line| {
        let runs = begins_code(line, after_blank);
        // What holds nothing but markers leaves what is behind it without a paragraph to go on with.
        let is_mark = |it: char| it.is_whitespace() || it.is_ascii_digit() || ">-*+.)".contains(it);
        after_blank = line.chars().all(is_mark);
        runs
    })
}

fn begins_code(line: &str, after_blank: bool) -> bool {
    let line = line.replace('\t', "    ");
    let mut rest = line.as_str();
    let mut is_inside = after_blank;
    loop {
        let inner = rest.trim_start_matches(' ');
        if inner.is_empty() {
            return false;
        }
        if is_inside && rest.len() - inner.len() >= 4 {
            return true;
        }
        if inner.starts_with("```") || inner.starts_with("~~~") {
            return true;
        }
        let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
        let marker = match inner[digits..].chars().next() {
            Some('.' | ')') if digits > 0 => digits + 1,
            Some('-' | '*' | '+' | '>') if digits == 0 => 1,
            Some(_) | None => return false,
        };
        rest = &inner[marker..];
        is_inside = true;
    }
}

/// The lints that warn of these texts as they stand.
pub(super) fn lints<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeSet<&'static str> {
    let mut lints = BTreeSet::new();
    for text in texts.filter(|text| is_carried(text)) {
        if verbatim(text) != unbroken_lines(text) {
            lints.extend(of_text(text));
        }
    }
    lints
}

fn of_text(text: &str) -> Vec<&'static str> {
    let mut lints = Vec::new();
    if text.contains('[') {
        lints.push("rustdoc::broken_intra_doc_links");
    }
    if text.contains('<') {
        lints.push("rustdoc::invalid_html_tags");
    }
    if text.contains("://") {
        lints.push("rustdoc::bare_urls");
    }
    if text.contains('\t') {
        lints.push("clippy::tabs_in_doc_comments");
    }
    if text.contains('\n') && text.lines().any(is_entry) {
        lints.extend(["clippy::doc_lazy_continuation", "clippy::doc_overindented_list_items"]);
    }
    lints
}

/// Whether a line begins an entry of a list, or a quotation.
fn is_entry(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with(['-', '*', '+', '>']) || line.starts_with(|first: char| first.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rustdoc_would_run_is_not_carried() {
        for text in [
            "```\na\n```",
            "a\n\n    b",
            "> \n    b",
            "- a\n\n      b",
            "-     a",
            " a",
            "a\n",
            "a\rb",
            "a\u{202e}",
        ] {
            assert!(!is_carried(text), "{text:?}");
        }
        for text in ["", "a\n    b", "- a\n  - b", "See [a] <b> https://c.", "a\tb"] {
            assert!(is_carried(text), "{text:?}");
        }
    }
}
