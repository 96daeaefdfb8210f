//! Types that attributes name in strings: `with = "Vec<String>"`.

use crate::draft::{DraftSegment, DraftTypeKind, DraftTypeRef};
use crate::span::Span;

/// The type that the text names. `None` if it is none of those that have a schema.
pub(super) fn parse(text: &str, span: Span) -> Option<DraftTypeRef> {
    let mut parser = Parser {
        rest: text.trim(),
        span,
    };
    let ty = parser.ty()?;
    parser.rest.is_empty().then_some(ty)
}

struct Parser<'t> {
    rest: &'t str,
    span: Span,
}

impl Parser<'_> {
    fn eat(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        if let Some(rest) = rest {
            self.rest = rest.trim_start();
        }
        rest.is_some()
    }

    fn ty(&mut self) -> Option<DraftTypeRef> {
        let kind = if self.eat("(") {
            match self.list(")")? {
                elements if elements.is_empty() => DraftTypeKind::Unsupported("the unit type"),
                elements => DraftTypeKind::Tuple(elements),
            }
        } else if self.eat("[") {
            let element = Box::new(self.ty()?);
            let length = self.eat(";").then(|| self.word()).flatten();
            self.eat("]").then_some(())?;
            DraftTypeKind::Array(element, Some(length?.parse().ok()?))
        } else {
            self.path()?
        };
        Some(DraftTypeRef { span: self.span, kind })
    }

    fn path(&mut self) -> Option<DraftTypeKind> {
        let global = self.eat("::");
        let mut segments = Vec::new();
        loop {
            let name = self.word()?;
            let args = if self.eat("<") { self.list(">")? } else { Vec::new() };
            segments.push(DraftSegment { name, args });
            if !self.eat("::") {
                return Some(DraftTypeKind::Path { segments, global });
            }
        }
    }

    fn list(&mut self, end: &str) -> Option<Vec<DraftTypeRef>> {
        let mut elements = Vec::new();
        while !self.eat(end) {
            elements.push(self.ty()?);
            if !self.eat(",") && !self.rest.starts_with(end) {
                return None;
            }
        }
        Some(elements)
    }

    fn word(&mut self) -> Option<String> {
        let end = self
            .rest
            .find(|character: char| !character.is_alphanumeric() && character != '_')
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest.trim_start();
        (!word.is_empty()).then(|| word.to_owned())
    }
}
