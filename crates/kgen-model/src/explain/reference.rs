//! The reference in the book: the same facts as the pages of `kgen explain`, in Markdown.

use std::fmt::Write as _;

use crate::codes;
use crate::markers::{self, Form, MarkerDef, Param, ParamKind, Place};

/// All markers by family: a table with links, then a section for each.
#[must_use]
pub fn markers() -> String {
    let mut text = String::new();
    for (family, rows) in markers::FAMILIES {
        let _ = write!(
            text,
            "## Markers: {}\n\n| marker | what it says |\n|---|---|\n",
            lower_first(family)
        );
        for def in *rows {
            let _ = writeln!(text, "| [`{0}`](#{0}) | {1} |", def.name, def.summary());
        }
        text.push('\n');
        rows.iter().for_each(|def| marker(def, &mut text));
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

/// All diagnostic codes, a section each.
#[must_use]
pub fn codes() -> String {
    let sections = codes::CODES
        .iter()
        .map(|code| format!("## `{}`\n\n{}\n", code.code, code.docs));
    sections.collect::<Vec<_>>().join("\n")
}

fn marker(def: &MarkerDef, text: &mut String) {
    let _ = write!(
        text,
        "### `{}`\n\n{}\n\n```rust\n{}\n```\n\n",
        def.name, def.docs, def.example
    );
    let places: Vec<String> = def.places.iter().map(|place| link(*place)).collect();
    let _ = writeln!(text, "- Stands on: {}", places.join(", "));
    let _ = writeln!(
        text,
        "- Form: {}{}",
        form(def),
        if def.repeat { "; may be repeated" } else { "" }
    );
    for param in params(def) {
        let _ = writeln!(text, "  - {}", parameter(param));
    }
    if !def.conflicts.is_empty() {
        let _ = writeln!(text, "- Not with: {}", quoted(def.conflicts));
    }
    if !def.upstream.is_empty() {
        let _ = writeln!(text, "- Elsewhere: {}", quoted(def.upstream));
    }
    text.push('\n');
}

/// The place in words, with a link where the words are explained by other markers.
fn link(place: Place) -> String {
    match place {
        Place::Kind => "a struct with [`kind`](#kind)".to_owned(),
        Place::Value => "[a scope of values](#markers-scopes-and-logic)".to_owned(),
        Place::Key => "[`each_key`](#each_key)".to_owned(),
        Place::Case => "[schema logic](#markers-scopes-and-logic)".to_owned(),
        Place::Version | Place::Type | Place::Field | Place::Variant => place.noun().to_owned(),
    }
}

fn form(def: &MarkerDef) -> String {
    let name = def.name;
    match def.form {
        Form::Flag => format!("`{name}`"),
        Form::Value(arg) => format!("`{name} = ..`, {}", arg.noun()),
        Form::FlagOrValue(arg) => format!("`{name}`, or `{name} = ..`, {}", arg.noun()),
        Form::Call(_) => format!("`{name}(..)`"),
        Form::FlagOrCall(_) => format!("`{name}`, or `{name}(..)`"),
        Form::Scope([], inner) => format!("`{name}(..)`, with markers of {}", link(inner)),
        Form::Scope(_, inner) => format!("`{name}(.., ..)`, arguments and then markers of {}", link(inner)),
        Form::Item => format!("`{name}(key = value, ..)`, then markers of {}", link(Place::Value)),
        Form::Cases => format!("`{name}(case(..), case(..))`, with markers of schema logic"),
        Form::Switches => format!("`{name}(generator = true or false, ..)`"),
    }
}

fn params(def: &MarkerDef) -> &'static [Param] {
    match def.form {
        Form::Call(params) | Form::FlagOrCall(params) | Form::Scope(params, _) => params,
        Form::Flag | Form::Value(_) | Form::FlagOrValue(_) | Form::Item | Form::Cases | Form::Switches => &[],
    }
}

/// In the notation of `kgen explain`: `<by its place>`, `[may be left out]`.
fn parameter(param: &Param) -> String {
    let (name, noun) = (param.name, param.arg.noun());
    match param.kind {
        ParamKind::Positional => format!("`<{name}>`: {noun}"),
        ParamKind::Rest => format!("`<{name}>..`: {noun} each"),
        ParamKind::Named => format!("`{name} = ..`: {noun}"),
        ParamKind::Optional => format!("`[{name} = ..]`: {noun}"),
        ParamKind::Switch => format!("`[{name}]`"),
    }
}

fn quoted(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_is_a_section_with_all_that_the_table_says() {
        let text = markers();
        let section = text
            .split("### `scale`\n")
            .nth(1)
            .and_then(|rest| rest.split("\n### ").next());
        let section = section.expect("`scale` has a section");
        for part in [
            "a struct with [`kind`](#kind)",
            "`[selector = ..]`: a string",
            "+kubebuilder:subresource:scale",
        ] {
            assert!(section.contains(part), "{section}");
        }
    }

    #[test]
    fn every_word_has_a_section() {
        let (markers_text, codes_text) = (markers(), codes());
        assert!(markers::all().all(|def| markers_text.contains(&format!("\n### `{}`\n", def.name))));
        assert!(
            codes::CODES
                .iter()
                .all(|code| codes_text.contains(&format!("## `{}`\n", code.code)))
        );
    }
}
