//! `email`: an address of mail.

use std::net::IpAddr;

use super::type_invalid;
use crate::validation::{Errors, Path};

/// `user@example.com`, `Name <user@example.com>` and what else Go's `mail.ParseAddress` reads. Unlike there, words of
/// a name that are encoded in an unknown set of characters (`=?x?q?Bob?=`) are just words.
pub fn email(errors: &mut Errors, path: &Path<'_>, value: &str) {
    if !is_email(value) {
        type_invalid(errors, path, value, "email");
    }
}

fn is_email(value: &str) -> bool {
    let mut reader = Reader(value);
    reader.addresses(true) == Some(1) && reader.comments() && reader.0.is_empty()
}

/// Reads a text from its start; what returns `None` or `false` could not be read.
#[derive(Clone, Copy)]
struct Reader<'a>(&'a str);

impl<'a> Reader<'a> {
    /// One address, or a group; how many addresses there are.
    fn addresses(&mut self, may_be_group: bool) -> Option<usize> {
        self.blanks();
        if self.plain_address().is_some() {
            self.blanks();
            return (!self.eat('(') || self.comment()).then_some(1);
        }
        if !self.0.starts_with('<') {
            self.phrase()?;
        }
        self.blanks();
        if may_be_group && self.eat(':') {
            return self.group();
        }
        self.eat('<').then_some(())?;
        self.plain_address()?;
        self.eat('>').then_some(1)
    }

    /// Addresses between commas, up to a semicolon.
    fn group(&mut self) -> Option<usize> {
        self.blanks();
        if self.eat(';') {
            return self.comments().then_some(0);
        }
        let mut count = 0;
        loop {
            self.blanks();
            count += self.addresses(false)?;
            self.comments().then_some(())?;
            if self.eat(';') {
                return self.comments().then_some(count);
            }
            self.eat(',').then_some(())?;
        }
    }

    /// `user@example.com`; reads nothing if it is none.
    fn plain_address(&mut self) -> Option<()> {
        let mut reader = *self;
        reader.blanks();
        if reader.0.starts_with('"') {
            reader.quoted().filter(|text| !text.is_empty())?;
        } else {
            reader.dotted()?;
        }
        reader.eat('@').then_some(())?;
        reader.blanks();
        if reader.eat('[') {
            let (literal, rest) = reader.0.split_once(']')?;
            literal.parse::<IpAddr>().ok()?;
            reader.0 = rest;
        } else {
            reader.dotted()?;
        }
        *self = reader;
        Some(())
    }

    /// Words between blanks and comments.
    fn phrase(&mut self) -> Option<()> {
        let mut count = 0;
        loop {
            if count > 0 {
                self.comments().then_some(())?;
            }
            self.blanks();
            let word = if self.0.starts_with('"') {
                self.quoted()
            } else {
                self.atom()
            };
            match word {
                Some(_) => count += 1,
                None if self.0.is_empty() || count > 0 => return Some(()),
                None => return None,
            }
        }
    }

    /// A text in quotes.
    fn quoted(&mut self) -> Option<&'a str> {
        let text = self.0.strip_prefix('"')?;
        let mut escaped = false;
        for (index, c) in text.char_indices() {
            match c {
                _ if !(is_visible(c) || matches!(c, ' ' | '\t')) => return None,
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => {
                    self.0 = &text[index + 1..];
                    return Some(&text[..index]);
                }
                _ => {}
            }
        }
        None
    }

    /// Words between single dots.
    fn dotted(&mut self) -> Option<&'a str> {
        let atom = self.atom()?;
        (!atom.starts_with('.') && !atom.ends_with('.') && !atom.contains("..")).then_some(atom)
    }

    /// Visible characters, dots among them.
    fn atom(&mut self) -> Option<&'a str> {
        let is_part = |c: char| is_visible(c) && !"()<>[]:;@\\,\"".contains(c);
        let (atom, rest) = self.0.split_at(self.0.find(|c| !is_part(c)).unwrap_or(self.0.len()));
        self.0 = rest;
        (!atom.is_empty()).then_some(atom)
    }

    /// Blanks, and comments in parentheses.
    fn comments(&mut self) -> bool {
        self.blanks();
        while self.eat('(') {
            if !self.comment() {
                return false;
            }
            self.blanks();
        }
        true
    }

    /// The rest of a comment whose parenthesis has been read.
    fn comment(&mut self) -> bool {
        let mut depth = 1;
        let mut escaped = false;
        for (index, c) in self.0.char_indices() {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                self.0 = &self.0[index + 1..];
                return true;
            }
        }
        false
    }

    fn blanks(&mut self) {
        self.0 = self.0.trim_start_matches([' ', '\t']);
    }

    fn eat(&mut self, c: char) -> bool {
        let rest = self.0.strip_prefix(c);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }
}

fn is_visible(c: char) -> bool {
    c.is_ascii_graphic() || !c.is_ascii()
}
