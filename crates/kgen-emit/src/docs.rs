//! Doc comments from text that was not written for rustdoc, such as the descriptions of a schema.

use proc_macro2::TokenStream;
use quote::quote;

/// Lines longer than [`LONG`] are broken at [`WIDTH`], so that what its author broke well stays as it is.
const LONG: usize = 110;
const WIDTH: usize = 92;

/// The text as `///` lines. Long lines are broken, and no line of prose becomes a doctest: code without a language is
/// marked as text and indentation that would mean code is taken back.
#[must_use]
pub fn docs(text: &str) -> TokenStream {
    let lines = lines(text);
    quote! { #( #[doc = #lines] )* }
}

/// The contents of doc attributes: each line begins with a space unless it is empty.
fn lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut in_code = false;
    let mut after_blank = true;
    for line in text.trim_matches(['\n', '\r']).lines() {
        let line = line.trim_end();
        let begins = line.trim_start();
        if begins.starts_with("```") {
            let bare = !in_code && begins == "```";
            lines.push(format!(" {line}{}", if bare { "text" } else { "" }));
            in_code = !in_code;
        } else if in_code || line.is_empty() {
            lines.push(if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            });
        } else {
            let indent = line.len() - begins.len();
            let means_code = after_blank && (indent >= 4 || line[..indent].contains('\t'));
            lines.extend(broken(if means_code { begins } else { line }));
        }
        after_blank = line.is_empty() || (after_blank && begins.len() < line.len());
    }
    lines
}

/// The line in pieces of at most [`WIDTH`] characters, where it is too long.
fn broken(line: &str) -> Vec<String> {
    if line.chars().count() <= LONG {
        return vec![format!(" {line}")];
    }
    let begins = line.trim_start();
    let indent = &line[..line.len() - begins.len()];
    let hanging = format!("{indent}{}", " ".repeat(list_marker(begins)));
    let mut pieces = Vec::new();
    let mut piece = format!(" {indent}");
    let mut is_empty = true;
    for word in begins.split_whitespace() {
        let fits = piece.chars().count() + word.chars().count() <= WIDTH;
        if !is_empty && !fits && !begins_block(word) {
            pieces.push(std::mem::replace(&mut piece, format!(" {hanging}")));
            is_empty = true;
        }
        if !is_empty {
            piece.push(' ');
        }
        piece.push_str(word);
        is_empty = false;
    }
    pieces.push(piece);
    pieces
}

/// The width of a list marker with the space behind it, by which the lines that continue the entry are indented.
fn list_marker(line: &str) -> usize {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    let is_marker = if digits == 0 {
        rest.starts_with(['-', '*', '+'])
    } else {
        rest.starts_with(['.', ')'])
    };
    if is_marker && rest[1..].starts_with(' ') {
        digits + 2
    } else {
        0
    }
}

/// Whether Markdown would begin a list, a heading or a quotation with a line that begins with this word.
fn begins_block(word: &str) -> bool {
    let number = word.strip_suffix(['.', ')']);
    word.starts_with(['#', '>', '|', '=', '~'])
        || matches!(word, "-" | "*" | "+" | "--" | "---")
        || number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_a_doc_attribute() {
        let tokens = docs("One.\n\nTwo.\n");
        assert_eq!(
            tokens.to_string(),
            "# [doc = \" One.\"] # [doc = \"\"] # [doc = \" Two.\"]"
        );
    }

    #[test]
    fn no_text_gives_no_attribute() {
        assert!(docs("").is_empty());
    }

    #[test]
    fn code_without_a_language_is_text() {
        assert_eq!(
            lines("```\nx\n```\n```go\ny\n```"),
            [" ```text", " x", " ```", " ```go", " y", " ```"]
        );
    }

    #[test]
    fn indented_prose_is_no_code() {
        assert_eq!(
            lines("A:\n\n    kubectl get\n    more\n\nb"),
            [" A:", "", " kubectl get", " more", "", " b"]
        );
        assert_eq!(lines("- a\n    more of a"), [" - a", "     more of a"]);
    }

    #[test]
    fn long_lines_are_broken_and_hang_below_their_marker() {
        let text = format!("- {}", "word ".repeat(30));
        let lines = lines(&text);
        assert_eq!(lines.len(), 2);
        assert!(lines[0].starts_with(" - word") && lines[0].len() <= WIDTH + 1);
        assert!(lines[1].starts_with("   word"));
    }

    #[test]
    fn no_break_makes_a_list() {
        let text = format!("{} - 1. # {}", "x".repeat(90), "y".repeat(30));
        assert_eq!(
            lines(&text),
            [format!(" {} - 1. #", "x".repeat(90)), format!(" {}", "y".repeat(30))]
        );
    }
}
