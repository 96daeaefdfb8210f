//! A coarse lexer: delimiters, and what is never closed. The parser's own lexer says only that something
//! is wrong; this one finds out what. It never fails, since whatever it does not know is one character of something.

use std::ops::Range;

/// A piece of Rust text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lexeme {
    /// What it is.
    pub(crate) kind: Kind,
    /// Where it stands, in bytes.
    pub(crate) range: Range<usize>,
}

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `(`, `[`, `{`
    Open(char),
    /// `)`, `]`, `}`
    Close(char),
    /// Anything else that is whole.
    Other,
    /// The beginning of something that the end of the file cuts off, named such as `string`.
    Unclosed(&'static str),
    /// A backslash in a string with a character that cannot stand behind it.
    BadEscape,
}

/// The first character that is neither space nor comment.
pub(crate) fn first(text: &str) -> Option<char> {
    let mut lexemes = Lexemes::new(text);
    lexemes.skip_blank();
    lexemes.peek()
}

/// The pieces of a text.
#[derive(Clone, Debug)]
pub(crate) struct Lexemes<'a> {
    text: &'a str,
    at: usize,
    /// A finding inside of the last lexeme, which comes after it.
    inner: Option<Lexeme>,
}

impl Iterator for Lexemes<'_> {
    type Item = Lexeme;

    fn next(&mut self) -> Option<Lexeme> {
        if let Some(inner) = self.inner.take() {
            return Some(inner);
        }
        if let Some(unclosed) = self.skip_blank() {
            return Some(unclosed);
        }
        let start = self.at;
        let kind = match self.bump()? {
            open @ ('(' | '[' | '{') => Kind::Open(open),
            close @ (')' | ']' | '}') => Kind::Close(close),
            '"' => return Some(self.string(start)),
            '\'' => self.quote(),
            letter if is_word(letter) => return Some(self.word(start)),
            _ => Kind::Other,
        };
        Some(Lexeme {
            kind,
            range: start..self.at,
        })
    }
}

impl<'a> Lexemes<'a> {
    /// The pieces of `text`, which begins outside of any string or comment.
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            inner: None,
        }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += character.len_utf8();
        Some(character)
    }

    fn bump_while(&mut self, wanted: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|character| !wanted(character)).unwrap_or(rest.len());
    }

    /// Passes space and comments. Returns a comment that never ends.
    fn skip_blank(&mut self) -> Option<Lexeme> {
        loop {
            self.bump_while(char::is_whitespace);
            let rest = self.rest();
            if rest.starts_with("//") {
                self.bump_while(|character| character != '\n');
            } else if rest.starts_with("/*") {
                let start = self.at;
                if !self.block_comment() {
                    return Some(Lexeme {
                        kind: Kind::Unclosed("comment"),
                        range: start..start + 2,
                    });
                }
            } else {
                return None;
            }
        }
    }

    fn block_comment(&mut self) -> bool {
        let mut depth = 0_usize;
        while let Some(at) = self.rest().find(['/', '*']) {
            self.at += at;
            let rest = self.rest();
            match rest.get(..2) {
                Some("/*") => depth += 1,
                Some("*/") => depth -= 1,
                _ => {
                    self.at += 1;
                    continue;
                }
            }
            self.at += 2;
            if depth == 0 {
                return true;
            }
        }
        self.at = self.text.len();
        false
    }

    /// The rest of a string whose opening quote was passed.
    fn string(&mut self, start: usize) -> Lexeme {
        let opened = self.at;
        while let Some(at) = self.rest().find(['"', '\\']) {
            self.at += at;
            let escape = self.at;
            if self.bump() == Some('"') {
                return Lexeme {
                    kind: Kind::Other,
                    range: start..self.at,
                };
            }
            let escaped = self.bump();
            if escaped.is_some_and(|escaped| !"nrt\\0'\"xu\n\r".contains(escaped)) && self.inner.is_none() {
                self.inner = Some(Lexeme {
                    kind: Kind::BadEscape,
                    range: escape..self.at,
                });
            }
        }
        self.at = self.text.len();
        self.inner = None;
        Lexeme {
            kind: Kind::Unclosed("string"),
            range: start..opened,
        }
    }

    /// A word, or a literal that begins with one: `r"`, `b"`, `br#"`, `b'`.
    fn word(&mut self, start: usize) -> Lexeme {
        self.bump_while(is_word);
        let word = &self.text[start..self.at];
        let is_raw = matches!(word, "r" | "br" | "cr");
        if is_raw && let Some(raw) = self.raw_string(start) {
            return raw;
        }
        let kind = match self.peek() {
            Some('"') if matches!(word, "b" | "c") => {
                self.at += 1;
                return self.string(start);
            }
            Some('\'') if word == "b" => {
                self.at += 1;
                self.quote()
            }
            _ => Kind::Other,
        };
        Lexeme {
            kind,
            range: start..self.at,
        }
    }

    fn raw_string(&mut self, start: usize) -> Option<Lexeme> {
        let rest = self.rest();
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        let body = rest[hashes..].strip_prefix('"')?;
        let opened = self.at + hashes + 1;
        let end = format!("\"{}", "#".repeat(hashes));
        let Some(at) = body.find(&end) else {
            self.at = self.text.len();
            return Some(Lexeme {
                kind: Kind::Unclosed("raw string"),
                range: start..opened,
            });
        };
        self.at = opened + at + end.len();
        Some(Lexeme {
            kind: Kind::Other,
            range: start..self.at,
        })
    }

    /// A character, or the quote of a lifetime.
    fn quote(&mut self) -> Kind {
        let rest = self.rest();
        let mut characters = rest.char_indices();
        match characters.next() {
            Some((_, '\\')) => {
                characters.next();
                let end = characters.find(|(_, character)| matches!(character, '\'' | '\n'));
                self.at += end.map_or(rest.len(), |(at, character)| at + character.len_utf8());
            }
            Some(_) if matches!(characters.clone().next(), Some((_, '\''))) => {
                self.at += characters.next().map_or(0, |(at, _)| at + 1);
            }
            Some(_) | None => {}
        }
        Kind::Other
    }
}

fn is_word(character: char) -> bool {
    character == '_' || character.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(Kind, &str)> {
        Lexemes::new(text)
            .map(|lexeme| (lexeme.kind, &text[lexeme.range]))
            .collect()
    }

    #[test]
    fn delimiters_in_literals_and_comments_are_none() {
        let text =
            "a \"}\\\"{\" 'x '}' '\\'' '\\u{7d}' b'}' b\"}\" r#\"\"}\"# br\"}\" 1.0 // }\n/* } /* } */ } */ r#type";
        assert!(
            kinds(text).iter().all(|(kind, _)| *kind == Kind::Other),
            "{:?}",
            kinds(text)
        );
        assert_eq!(kinds(text).last(), Some(&(Kind::Other, "type")));
    }

    #[test]
    fn delimiters_are_found() {
        use Kind::{Close, Open, Other};
        let wanted = [
            (Open('{'), "{"),
            (Other, "a"),
            (Other, ","),
            (Close(')'), ")"),
            (Other, ";"),
        ];
        assert_eq!(kinds("{a,);"), wanted);
    }

    #[test]
    fn what_never_ends_is_named_by_its_beginning() {
        for (text, name, beginning) in [
            ("a \"b\\\"", "string", "\""),
            ("b\"", "string", "b\""),
            ("r##\"b\"# c", "raw string", "r##\""),
            ("a /* /* */", "comment", "/*"),
        ] {
            assert_eq!(kinds(text).last(), Some(&(Kind::Unclosed(name), beginning)), "{text}");
        }
    }

    #[test]
    fn bad_escapes_are_found() {
        assert_eq!(kinds(r#""\d \q""#).last(), Some(&(Kind::BadEscape, "\\d")));
    }
}
