//! The body of `json!(..)`: any JSON, with trailing commas, and nothing else.

use std::collections::BTreeMap;

use kgen_model::{Diagnostic, Literal, Span};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::Lit;

use super::cursor::Cursor;
use super::place::Place;
use super::values::literal;

const HELP: &str = "legal are `null`, `true`, `false`, numbers, strings, `[..]` and `{\"key\": value}`";

/// Reads one `json!(..)`.
pub(crate) struct Json<'a> {
    pub(crate) place: Place<'a>,
    pub(crate) errors: &'a mut Vec<Diagnostic>,
}

impl Json<'_> {
    /// The value of everything that stands between the parentheses, which are `around` it.
    pub(crate) fn whole(&mut self, tokens: TokenStream, around: proc_macro2::Span) -> Option<Literal> {
        let mut cursor = Cursor::new(tokens);
        if cursor.peek().is_none() {
            return self.error(self.place.span(around), "`json!` lacks a value");
        }
        let value = self.value(&mut cursor);
        match (value, cursor.peek()) {
            (Some(_), Some(token)) => {
                let span = self.place.span(token.span());
                self.error(span, format!("`{}` is not legal behind a JSON value", short(token)))
            }
            (value, _) => value,
        }
    }

    fn value(&mut self, cursor: &mut Cursor) -> Option<Literal> {
        let token = cursor.bump()?;
        let span = self.place.span(token.span());
        match &token {
            TokenTree::Ident(word) if word == "null" => Some(Literal::Null),
            TokenTree::Ident(word) if word == "true" => Some(Literal::Bool(true)),
            TokenTree::Ident(word) if word == "false" => Some(Literal::Bool(false)),
            TokenTree::Literal(number) => self.literal(number.clone(), span, false),
            TokenTree::Punct(minus) if minus.as_char() == '-' => match cursor.eat_literal() {
                Some(number) => {
                    let span = span.to(self.place.span(number.span()));
                    self.literal(number, span, true)
                }
                None => self.error(span, "a number is missing behind `-`"),
            },
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => self.list(group.stream()),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => self.object(group.stream()),
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Group(_) => {
                self.error(span, format!("`{}` is no JSON", short(&token)))
            }
        }
    }

    fn literal(&mut self, token: proc_macro2::Literal, span: Span, negative: bool) -> Option<Literal> {
        let text = token.to_string();
        match literal(&Lit::new(token), negative) {
            Ok(value) => Some(value),
            Err(reason) => self.error(span, format!("`{text}` {reason}")),
        }
    }

    fn list(&mut self, tokens: TokenStream) -> Option<Literal> {
        let mut cursor = Cursor::new(tokens);
        let mut values = Some(Vec::new());
        while cursor.peek().is_some() {
            let value = self.value(&mut cursor);
            let value = self.end(value, &mut cursor);
            values = values.zip(value).map(|(mut values, value)| {
                values.push(value);
                values
            });
        }
        values.map(Literal::List)
    }

    fn object(&mut self, tokens: TokenStream) -> Option<Literal> {
        let mut cursor = Cursor::new(tokens);
        let mut members = Some(BTreeMap::new());
        let mut keys = BTreeMap::new();
        while cursor.peek().is_some() {
            let member = self.member(&mut cursor, &mut keys);
            let member = self.end(member, &mut cursor);
            members = members.zip(member).map(|(mut members, (key, value))| {
                members.insert(key, value);
                members
            });
        }
        members.map(Literal::Object)
    }

    fn member(&mut self, cursor: &mut Cursor, keys: &mut BTreeMap<String, Span>) -> Option<(String, Literal)> {
        let token = cursor.bump()?;
        let span = self.place.span(token.span());
        let key = match &token {
            TokenTree::Literal(key) => match Lit::new(key.clone()) {
                Lit::Str(key) => key.value(),
                _ => return self.error(span, format!("the key `{token}` is no string")),
            },
            _ => return self.error(span, format!("the key `{}` is no string", short(&token))),
        };
        if let Some(first) = keys.insert(key.clone(), span) {
            let error = Diagnostic::error(
                "bad-marker-syntax",
                span,
                format!("the key `{token}` stands here twice"),
            );
            self.errors
                .push(error.related(first, "first here").help("remove one of them"));
            return None;
        }
        if cursor.eat(':').is_none() {
            return self.error(span, format!("`:` is missing behind the key `{token}`"));
        }
        if cursor.peek().is_none() || cursor.is_punct(',') {
            return self.error(span, format!("the key `{token}` lacks a value"));
        }
        Some((key, self.value(cursor)?))
    }

    /// Passes the comma behind an element. `None` if the element is wrong, or something else stands there.
    fn end<T>(&mut self, element: Option<T>, cursor: &mut Cursor) -> Option<T> {
        let is_whole = element.is_none() || cursor.is_punct(',');
        let element = match cursor.peek().filter(|_| !is_whole) {
            Some(token) => {
                let span = self.place.span(token.span());
                self.error(span, format!("a comma is missing before `{}`", short(token)))
            }
            None => element,
        };
        cursor.skip_comma();
        element
    }

    fn error<T>(&mut self, span: Span, message: impl Into<String>) -> Option<T> {
        self.errors
            .push(Diagnostic::error("bad-marker-syntax", span, message).help(HELP));
        None
    }
}

/// A token as text; of a group only how it begins.
fn short(token: &TokenTree) -> String {
    match token {
        TokenTree::Group(group) => match group.delimiter() {
            Delimiter::Parenthesis => "(..)".to_owned(),
            Delimiter::Brace => "{..}".to_owned(),
            Delimiter::Bracket => "[..]".to_owned(),
            Delimiter::None => "..".to_owned(),
        },
        TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => token.to_string(),
    }
}
