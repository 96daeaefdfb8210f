//! The syntax of RE2 in the syntax of `regex`, where the two differ.

use std::fmt::Write;
use std::iter::Peekable;
use std::str::Chars;

/// What `\s` is in RE2: without the vertical tab.
const BLANKS: &str = r"\t\n\f\r ";
/// What `\d` and `\w` are in RE2: ASCII.
const DIGITS: &str = "0-9";
const NO_DIGITS: &str = r"\x00-/:-\x{10FFFF}";
const OF_WORDS: &str = "0-9A-Z_a-z";
const NOT_OF_WORDS: &str = r"\x00-/:-@\[-\^`\{-\x{10FFFF}";
/// Everything that is no blank.
const NO_BLANKS: &str = r"\x00-\x08\x0B\x0E-\x1F!-\x{10FFFF}";

/// Rewrites a pattern. What cannot be rewritten stays as it is, for the compiler to refuse.
pub(super) fn rewrite(pattern: &str) -> String {
    let mut rewriter = Rewriter {
        rest: pattern.chars().peekable(),
        out: String::with_capacity(pattern.len()),
    };
    while let Some(c) = rewriter.rest.next() {
        match c {
            '\\' => rewriter.escape(false),
            '[' => rewriter.class(),
            '{' if !rewriter.is_count() => rewriter.out.push_str("\\{"),
            c => rewriter.out.push(c),
        }
    }
    rewriter.out
}

struct Rewriter<'a> {
    rest: Peekable<Chars<'a>>,
    out: String,
}

impl Rewriter<'_> {
    /// What follows a backslash.
    fn escape(&mut self, in_class: bool) {
        let Some(c) = self.rest.next() else {
            return self.out.push('\\');
        };
        match (c, in_class) {
            ('s', _) => self.set(BLANKS, in_class),
            ('S', _) => self.set(NO_BLANKS, in_class),
            ('d', _) => self.set(DIGITS, in_class),
            ('D', _) => self.set(NO_DIGITS, in_class),
            ('w', _) => self.set(OF_WORDS, in_class),
            ('W', _) => self.set(NOT_OF_WORDS, in_class),
            ('b' | 'B', false) => self.out.extend([r"(?-u:\", c.encode_utf8(&mut [0; 4]), ")"]),
            ('Q', false) => self.quoted(),
            ('0'..='7', _) => self.octal(c),
            // Not the start and the end of a word.
            ('<' | '>', _) => self.out.push(c),
            ('x' | 'p' | 'P', _) => {
                self.out.extend(['\\', c]);
                self.braces();
            }
            _ => self.out.extend(['\\', c]),
        }
    }

    /// A set of characters, which may be part of a class.
    fn set(&mut self, characters: &str, in_class: bool) {
        match in_class {
            true => self.out.push_str(characters),
            false => self.out.extend(["[", characters, "]"]),
        }
    }

    /// What stands in braces, if they follow.
    fn braces(&mut self) {
        if self.rest.peek() == Some(&'{') {
            for c in self.rest.by_ref() {
                self.out.push(c);
                if c == '}' {
                    return;
                }
            }
        }
    }

    /// Literal text up to `\E` or the end.
    fn quoted(&mut self) {
        while let Some(c) = self.rest.next() {
            if c == '\\' && self.rest.next_if_eq(&'E').is_some() {
                return;
            }
            self.literal(c);
        }
    }

    /// The number of a character in octal digits: three, or fewer after a zero.
    fn octal(&mut self, first: char) {
        let mut digits = String::from(first);
        while digits.len() < 3
            && let Some(digit) = self.rest.next_if(|digit| matches!(digit, '0'..='7'))
        {
            digits.push(digit);
        }
        match u32::from_str_radix(&digits, 8) {
            Ok(number) if first == '0' || digits.len() > 1 => {
                // Writing to a text never fails.
                let _ = write!(self.out, "\\x{{{number:x}}}");
            }
            _ => self.out.extend(["\\", &digits]),
        }
    }

    /// What follows an opening bracket, up to the closing one.
    fn class(&mut self) {
        self.out.push('[');
        if self.rest.next_if_eq(&'^').is_some() {
            self.out.push('^');
        }
        let mut is_first = true;
        while let Some(c) = self.rest.next() {
            match c {
                ']' if !is_first => return self.out.push(']'),
                '[' if self.rest.peek() == Some(&':') => self.named_class(),
                c => self.class_item(c),
            }
            is_first = false;
        }
    }

    /// A character or a range of characters.
    fn class_item(&mut self, first: char) {
        self.class_atom(first);
        let mut ahead = self.rest.clone();
        if ahead.next() == Some('-') && ahead.next().is_some_and(|end| end != ']') {
            self.rest.next();
            self.out.push('-');
            if let Some(end) = self.rest.next() {
                self.class_atom(end);
            }
        }
    }

    fn class_atom(&mut self, c: char) {
        if c == '\\' { self.escape(true) } else { self.literal(c) }
    }

    /// `[:alpha:]`, whose opening bracket has been read.
    fn named_class(&mut self) {
        self.out.push('[');
        while let Some(c) = self.rest.next_if(|c| *c == ':' || *c == '^' || c.is_ascii_alphabetic()) {
            self.out.push(c);
        }
        if self.rest.next_if_eq(&']').is_some() {
            self.out.push(']');
        }
    }

    fn literal(&mut self, c: char) {
        if c.is_ascii_punctuation() && !matches!(c, '<' | '>') {
            self.out.push('\\');
        }
        self.out.push(c);
    }

    /// Whether an opening brace begins a number of repetitions; otherwise it is a character like others.
    fn is_count(&self) -> bool {
        let mut ahead = self.rest.clone();
        let mut count = String::new();
        while let Some(c) = ahead.next_if(|c| c.is_ascii_digit() || *c == ',') {
            count.push(c);
        }
        ahead.next() == Some('}') && count.starts_with(|c: char| c.is_ascii_digit()) && count.matches(',').count() <= 1
    }
}
