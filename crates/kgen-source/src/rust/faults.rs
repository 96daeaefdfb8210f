//! Why a text is no sequence of tokens.

use std::ops::Range;

use kgen_model::Diagnostic;

use super::lexemes::{Kind, Lexeme, Lexemes};
use super::place::Place;

/// The first delimiter, string or comment that does not fit.
pub(crate) fn find(code: &str, place: Place) -> Option<Diagnostic> {
    let mut open: Vec<(char, Range<usize>)> = Vec::new();
    let mut odd: Option<Range<usize>> = None;
    for Lexeme { kind, range } in Lexemes::new(code) {
        match kind {
            Kind::Open(delimiter) => open.push((delimiter, range)),
            Kind::Close(delimiter) => match open.pop() {
                None => return Some(error(place, &range, format!("`{delimiter}` closes nothing"))),
                Some((opened, at)) if closing(opened) != delimiter => {
                    return Some(mismatch(place, (opened, &at), (delimiter, &range)));
                }
                Some((_, at)) => odd = odd.or_else(|| is_odd(code, &at, &range).then_some(at)),
            },
            Kind::Unclosed(name) => return Some(error(place, &range, format!("this {name} is never closed"))),
            Kind::BadEscape => {
                let message = format!("`{}` is no escape", &code[range.clone()]);
                return Some(
                    error(place, &range, message).help("write `\\\\` for a backslash, or a raw string `r\"..\"`"),
                );
            }
            Kind::Other => {}
        }
    }
    let (delimiter, at) = open.pop()?;
    let found = error(place, &at, format!("`{delimiter}` is never closed")).label("opened here");
    Some(match odd {
        Some(odd) if odd.start > at.start => {
            found.related(place.span_of(&odd), "what closes this one is indented differently")
        }
        Some(_) | None => found,
    })
}

/// The finding for a token that no rule above explains.
pub(crate) fn no_token(code: &str, at: usize, place: Place) -> Diagnostic {
    let rest = code.get(at..).unwrap_or_default();
    let word = rest
        .find(|character: char| !character.is_alphanumeric() && character != '_')
        .unwrap_or(rest.len());
    let length = if word == 0 {
        rest.chars().next().map_or(0, char::len_utf8)
    } else {
        word
    };
    let range = at..at + length;
    let message = format!(
        "`{}` is no part of Rust",
        code.get(range.clone()).unwrap_or_default().escape_debug()
    );
    error(place, &range, message)
}

fn mismatch(place: Place, (open, opened): (char, &Range<usize>), (close, closed): (char, &Range<usize>)) -> Diagnostic {
    error(place, closed, format!("`{close}` does not close `{open}`"))
        .label(format!("expected `{}`", closing(open)))
        .related(place.span_of(opened), "opened here")
}

fn error(place: Place, range: &Range<usize>, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("syntax-error", place.span_of(range), message)
}

fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// Whether a closing delimiter that begins its line is indented unlike the line of the opening one: people indent well,
/// so that the pair is likely not meant as one.
fn is_odd(code: &str, open: &Range<usize>, close: &Range<usize>) -> bool {
    let before = code[..close.start].trim_end_matches([' ', '\t']);
    if !before.ends_with('\n') || before.len() <= open.start {
        return false;
    }
    let line = &code[code[..open.start].rfind('\n').map_or(0, |newline| newline + 1)..];
    let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
    close.start - before.len() != indentation
}

impl Place<'_> {
    /// A range of the code, which begins at the place's offset.
    fn span_of(self, range: &Range<usize>) -> kgen_model::Span {
        self.range(range.start + self.offset, range.end + self.offset)
    }
}
