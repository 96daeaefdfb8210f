//! From spans of the parser, which count from where parsing began, to our own, which count from the file's first byte.

use kgen_model::{FileId, Span};
use proc_macro2::LineColumn;

/// A file, and where in it parsing began.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    /// The file.
    pub(crate) file: FileId,
    /// What stands before the parsed text: a byte order mark, a shebang line.
    pub(crate) offset: usize,
    /// The lines of the parsed text.
    pub(crate) lines: &'a Lines<'a>,
}

/// Where the lines of a text begin. The parser knows offsets in bytes too, but each that it is asked for makes the next
/// one dearer.
#[derive(Clone, Debug)]
pub(crate) struct Lines<'a> {
    text: &'a str,
    is_ascii: bool,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Of a text.
    pub(crate) fn new(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self {
            text,
            is_ascii: text.is_ascii(),
            starts: std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect(),
        }
    }

    /// The offset in bytes of a place that is given in characters.
    fn offset(&self, place: LineColumn) -> usize {
        let start = self.starts.get(place.line - 1).copied().unwrap_or(self.text.len());
        if self.is_ascii {
            return start + place.column;
        }
        let mut characters = self.text[start..].char_indices();
        characters
            .nth(place.column)
            .map_or(self.text.len(), |(at, _)| start + at)
    }
}

impl Place<'_> {
    /// The span of a token, or of several that the parser joined.
    pub(crate) fn span(self, span: proc_macro2::Span) -> Span {
        let [start, end] = [span.start(), span.end()].map(|place| self.lines.offset(place) + self.offset);
        self.range(start, end)
    }

    /// From the first byte of one token to the last of another.
    pub(crate) fn between(self, first: proc_macro2::Span, last: proc_macro2::Span) -> Span {
        let [start, end] = [first.start(), last.end()].map(|place| self.lines.offset(place) + self.offset);
        self.range(start, end)
    }

    /// From offsets in the whole file.
    pub(crate) fn range(self, start: usize, end: usize) -> Span {
        // Files are at most `files::LIMIT` long, so that the offsets fit.
        let small = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Span::new(self.file, small(start), small(end))
    }
}
