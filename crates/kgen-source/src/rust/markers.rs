//! The grammar of what stands in `#[kgen(..)]` and `kgen::version! { .. }`, from tokens to neutral expressions. An item
//! that is wrong is reported and passed over, so that all of them are found.

use kgen_model::{Diagnostic, Expr, ExprKind, Literal, Name, Span};
use proc_macro2::{Delimiter, Group, Ident, Punct, TokenStream, TokenTree};
use syn::Lit;

use super::cursor::Cursor;
use super::json::Json;
use super::place::Place;
use super::values::{literal, name};

const HELP: &str = "legal are `word`, `word = value` and `word(..)`; a value is a string, a number, a bool, `null`, a \
                    path, `[..]`, `json!(..)` or `word(..)`";

const LITERALS: &str = "legal are strings, numbers of at most 128 bits, `true` and `false`";

/// The items of a comma-separated list. What is wrong goes to `errors`.
pub(crate) fn items(tokens: TokenStream, place: Place, errors: &mut Vec<Diagnostic>) -> Vec<Expr> {
    Markers { place, errors }.list(tokens, Element::Item)
}

/// The value of what stands in a `json!(..)`, whose parentheses are `around`.
pub(crate) fn json(
    tokens: TokenStream,
    around: proc_macro2::Span,
    place: Place,
    errors: &mut Vec<Diagnostic>,
) -> Option<Literal> {
    Json { place, errors }.whole(tokens, around)
}

/// What a list holds.
#[derive(Clone, Copy)]
enum Element {
    /// `word`, `word = value`, or a value.
    Item,
    /// A value alone.
    Value,
}

struct Markers<'a> {
    place: Place<'a>,
    errors: &'a mut Vec<Diagnostic>,
}

impl Markers<'_> {
    fn list(&mut self, tokens: TokenStream, element: Element) -> Vec<Expr> {
        let mut cursor = Cursor::new(tokens);
        let mut items = Vec::new();
        while cursor.peek().is_some() {
            let item = match element {
                Element::Item => self.item(&mut cursor),
                Element::Value => self.value(&mut cursor),
            };
            let is_whole = item.is_none() || cursor.is_punct(',');
            if let Some(token) = cursor.peek().filter(|_| !is_whole) {
                let error = self.illegal(token);
                self.errors.push(error);
            }
            items.extend(item);
            cursor.skip_comma();
        }
        items
    }

    /// A value, or `name = value`.
    fn item(&mut self, cursor: &mut Cursor) -> Option<Expr> {
        let left = self.value(cursor)?;
        let ExprKind::Path(text) = &left.kind else {
            return Some(left);
        };
        let Some(equals) = cursor.eat_equals() else {
            return Some(left);
        };
        if cursor.peek().is_none() || cursor.is_punct(',') {
            let message = format!("`{text} =` lacks a value");
            self.error(self.place.span(equals.span()), message);
            return None;
        }
        let value = self.value(cursor)?;
        let name = Name {
            text: text.clone(),
            span: left.span,
        };
        Some(Expr {
            span: left.span.to(value.span),
            kind: ExprKind::Assign {
                name,
                value: Box::new(value),
            },
        })
    }

    fn value(&mut self, cursor: &mut Cursor) -> Option<Expr> {
        match cursor.bump()? {
            TokenTree::Ident(word) => self.word(String::new(), &word, cursor),
            TokenTree::Literal(token) => self.literal(token, None),
            TokenTree::Punct(punct) => self.punct(&punct, cursor),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
                let kind = ExprKind::List(self.list(group.stream(), Element::Value));
                Some(Expr {
                    span: self.place.span(group.span()),
                    kind,
                })
            }
            token @ TokenTree::Group(_) => {
                let error = self.illegal(&token);
                self.errors.push(error);
                None
            }
        }
    }

    /// `-1` and `::path`.
    fn punct(&mut self, punct: &Punct, cursor: &mut Cursor) -> Option<Expr> {
        if punct.as_char() == '-'
            && let Some(token) = cursor.eat_literal()
        {
            return self.literal(token, Some(punct));
        }
        if punct.as_char() == ':'
            && let Some(second) = cursor.eat(':')
        {
            let Some(word) = cursor.eat_ident() else {
                let colons = self.place.between(punct.span(), second.span());
                self.error(colons, "a name is missing behind `::`");
                return None;
            };
            let mut path = self.word("::".to_owned(), &word, cursor)?;
            path.span = self.place.span(punct.span()).to(path.span);
            return Some(path);
        }
        let error = self.illegal(&TokenTree::Punct(punct.clone()));
        self.errors.push(error);
        None
    }

    fn literal(&mut self, token: proc_macro2::Literal, minus: Option<&Punct>) -> Option<Expr> {
        let text = token.to_string();
        let span = self.place.span(token.span());
        let span = minus.map_or(span, |minus| self.place.span(minus.span()).to(span));
        match literal(&Lit::new(token), minus.is_some()) {
            Ok(value) => Some(Expr {
                span,
                kind: ExprKind::Literal(value),
            }),
            Err(reason) => {
                let message = format!("`{text}` {reason}");
                self.errors
                    .push(Diagnostic::error("bad-marker-syntax", span, message).help(LITERALS));
                None
            }
        }
    }

    /// What begins with a word: a path, `true`, `null`, `word(..)` or `json!(..)`.
    fn word(&mut self, before: String, first: &Ident, cursor: &mut Cursor) -> Option<Expr> {
        let mut text = before + &name(first);
        let mut span = self.place.span(first.span());
        while cursor.eat_colons() {
            let next = match cursor.bump() {
                Some(TokenTree::Ident(next)) => next,
                other => {
                    let at = other.map_or(span, |token| self.place.span(token.span()));
                    self.error(at, format!("a name is missing behind `{text}::`"));
                    return None;
                }
            };
            text = format!("{text}::{}", name(&next));
            span = span.to(self.place.span(next.span()));
        }
        if let Some(group) = cursor.eat_group(Some(Delimiter::Parenthesis)) {
            let whole = span.to(self.place.span(group.span()));
            let args = self.list(group.stream(), Element::Item);
            let name = Name { text, span };
            return Some(Expr {
                span: whole,
                kind: ExprKind::Call { name, args },
            });
        }
        match cursor.eat('!') {
            Some(bang) => self.call(&text, span, &bang, cursor),
            None => Some(Expr {
                span,
                kind: plain(text),
            }),
        }
    }

    /// `json!(..)`, and what looks like it.
    fn call(&mut self, path: &str, span: Span, bang: &Punct, cursor: &mut Cursor) -> Option<Expr> {
        let upto_bang = span.to(self.place.span(bang.span()));
        let Some(group) = cursor.eat_group(None) else {
            self.error(upto_bang, format!("`{path}!` lacks its parentheses"));
            return None;
        };
        if path.rsplit("::").next() != Some("json") {
            self.error(upto_bang, format!("the macro `{path}!` is not legal in a marker"));
            return None;
        }
        let span = span.to(self.place.span(group.span()));
        let json = json(group.stream(), group.span(), self.place, self.errors)?;
        Some(Expr {
            span,
            kind: ExprKind::Literal(json),
        })
    }

    /// The finding for a token that cannot stand where it does.
    fn illegal(&self, token: &TokenTree) -> Diagnostic {
        let message = match token {
            TokenTree::Group(group) => format!("{} is not legal in a marker", noun(group)),
            TokenTree::Punct(punct) if punct.as_char() == ',' => "a marker is missing before `,`".to_owned(),
            TokenTree::Punct(punct) => format!("`{}` is not legal in a marker", punct.as_char()),
            TokenTree::Ident(_) | TokenTree::Literal(_) => format!("a comma is missing before `{token}`"),
        };
        Diagnostic::error("bad-marker-syntax", self.place.span(token.span()), message).help(HELP)
    }

    fn error(&mut self, span: Span, message: impl Into<String>) {
        self.errors
            .push(Diagnostic::error("bad-marker-syntax", span, message).help(HELP));
    }
}

/// A word that stands alone.
fn plain(text: String) -> ExprKind {
    match text.as_str() {
        "true" => ExprKind::Literal(Literal::Bool(true)),
        "false" => ExprKind::Literal(Literal::Bool(false)),
        "null" => ExprKind::Literal(Literal::Null),
        _ => ExprKind::Path(text),
    }
}

fn noun(group: &Group) -> &'static str {
    match group.delimiter() {
        Delimiter::Parenthesis => "a value in parentheses",
        Delimiter::Brace => "a block or struct literal",
        Delimiter::Bracket => "a list",
        Delimiter::None => "a macro fragment",
    }
}
