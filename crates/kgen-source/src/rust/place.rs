//! From spans of the parser, which count from where parsing began, to our own, which count from the file's first byte.

use kgen_model::{FileId, Span};

/// A file, and where in it parsing began.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The file.
    pub(crate) file: FileId,
    /// What stands before the parsed text: a byte order mark, a shebang line.
    pub(crate) offset: usize,
}

impl Place {
    /// The span of a token, or of several that the parser joined.
    pub(crate) fn span(self, span: proc_macro2::Span) -> Span {
        let range = span.byte_range();
        self.range(range.start + self.offset, range.end + self.offset)
    }

    /// From the first byte of one token to the last of another.
    pub(crate) fn between(self, first: proc_macro2::Span, last: proc_macro2::Span) -> Span {
        self.span(first).to(self.span(last))
    }

    /// From offsets in the whole file.
    pub(crate) fn range(self, start: usize, end: usize) -> Span {
        // Files are at most `files::LIMIT` long, so that the offsets fit.
        let small = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Span::new(self.file, small(start), small(end))
    }
}
