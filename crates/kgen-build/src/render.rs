//! Reports as text: for people as rustc shows them, and in one line each for build scripts.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use kgen_model::{Diagnostic, FileId, Report, Severity, SourceFile, Sources, Span};

/// How a report looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether it has colours.
    pub color: bool,
    /// The width of the terminal.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            color: false,
            width: 140,
        }
    }
}

/// All findings with the source text they point at, with a blank line between them.
#[must_use]
pub fn render(report: &Report, sources: &Sources, style: Style) -> String {
    let renderer = if style.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.term_width(style.width);
    let texts = report
        .diagnostics()
        .iter()
        .map(|diagnostic| renderer.render(&groups(diagnostic, sources)) + "\n");
    texts.collect::<Vec<_>>().join("\n")
}

fn groups<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code);
    let help = diagnostic.help.as_deref();
    let mut group = Group::with_title(title).elements(snippets(diagnostic, sources));
    let patch = diagnostic.suggestion.as_ref().and_then(|suggestion| {
        let file = sources.file(suggestion.span.file)?;
        let patch = Patch::new(range(file, suggestion.span), suggestion.replacement.as_str());
        Some(snippet(file).patch(patch))
    });
    let Some(patch) = patch else {
        if let Some(help) = help {
            group = group.element(Level::HELP.message(help));
        }
        return vec![group];
    };
    let help = Level::HELP.secondary_title(help.unwrap_or("write this instead"));
    vec![group, help.element(patch)]
}

/// One snippet a file: that of the primary span first.
fn snippets<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Snippet<'a, Annotation<'a>>> {
    let primary = diagnostic
        .span
        .map(|span| (span, AnnotationKind::Primary, diagnostic.label.as_deref()));
    let related = diagnostic.related.iter();
    let related = related.map(|label| (label.span, AnnotationKind::Context, Some(label.text.as_str())));
    let mut snippets: Vec<(FileId, Snippet<'a, Annotation<'a>>)> = Vec::new();
    for (span, kind, label) in primary.into_iter().chain(related) {
        let Some(file) = sources.file(span.file) else { continue };
        let annotation = kind.span(range(file, span)).label(label);
        match snippets.iter().position(|(id, _)| *id == span.file) {
            Some(at) => {
                let (id, snippet) = snippets.remove(at);
                snippets.insert(at, (id, snippet.annotation(annotation)));
            }
            None => snippets.push((span.file, snippet(file).annotation(annotation))),
        }
    }
    snippets.into_iter().map(|(_, snippet)| snippet).collect()
}

fn snippet<'a, T: Clone>(file: &'a SourceFile) -> Snippet<'a, T> {
    Snippet::source(&*file.text).path(file.path.to_string_lossy())
}

/// The span as a range that lies in the text and on borders of characters.
fn range(file: &SourceFile, span: Span) -> Range<usize> {
    let border = |offset: u32| (0..=offset as usize).rev().find(|at| file.text.is_char_boundary(*at));
    let cut = |offset: u32| {
        if offset as usize >= file.text.len() {
            Some(file.text.len())
        } else {
            border(offset)
        }
    };
    let start = cut(span.start).unwrap_or(0);
    start..cut(span.end).unwrap_or(0).max(start)
}

/// A finding in one line, as `src/v1.rs:3:7: unknown marker …`, for channels that take no more.
#[must_use]
pub fn line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = diagnostic.span.and_then(|span| {
        let file = sources.file(span.file)?;
        let (line, column) = file.line_column(span.start);
        Some(format!("{}:{line}:{column}: ", file.path.display()))
    });
    let Diagnostic { message, code, .. } = diagnostic;
    format!("{}{} [{code}]", place.unwrap_or_default(), message.replace('\n', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const V1: &str = "struct Order {\n    #[kgen(minmum = 3)]\n    täg: u8,\n}\n";

    fn shown(diagnostic: impl FnOnce(FileId, FileId) -> Diagnostic) -> String {
        let mut sources = Sources::default();
        let (v1, v2) = (sources.add("src/v1.rs", V1), sources.add("src/v2.rs", "struct Line;\n"));
        let mut report = Report::default();
        report.push(diagnostic(v1, v2));
        render(&report, &sources, Style::default())
    }

    fn unknown(file: FileId) -> Diagnostic {
        Diagnostic::error("unknown-marker", Span::new(file, 26, 32), "unknown marker `minmum`")
    }

    #[test]
    fn a_finding_shows_its_source() {
        let text = shown(|v1, v2| {
            let label = unknown(v1)
                .label("no such marker")
                .related(Span::new(v2, 0, 6), "used here");
            label.related(Span::new(v1, 0, 6), "in this type").help("see the index")
        });
        let wanted = "\
error[unknown-marker]: unknown marker `minmum`
 --> src/v1.rs:2:12
  |
1 | struct Order {
  | ------ in this type
2 |     #[kgen(minmum = 3)]
  |            ^^^^^^ no such marker
  |
 ::: src/v2.rs:1:1
  |
1 | struct Line;
  | ------ used here
  |
  = help: see the index
";
        assert_eq!(text, wanted);
    }

    #[test]
    fn a_suggestion_shows_the_edit() {
        let text = shown(|v1, _| {
            unknown(v1)
                .suggest(Span::new(v1, 26, 32), "minimum")
                .help("did you mean `minimum`?")
        });
        let wanted = "\
error[unknown-marker]: unknown marker `minmum`
 --> src/v1.rs:2:12
  |
2 |     #[kgen(minmum = 3)]
  |            ^^^^^^
  |
help: did you mean `minimum`?
  |
2 |     #[kgen(minimum = 3)]
  |               +
";
        assert_eq!(text, wanted);
    }

    #[test]
    fn a_finding_without_a_place() {
        let text = shown(|_, _| Diagnostic::error_without_span("unreadable", "cannot read `a`").help("mend it"));
        assert_eq!(
            text,
            "error[unreadable]: cannot read `a`\n  |\n  = help: mend it\n".replace("  ", " ")
        );
    }

    #[test]
    fn spans_outside_of_the_text_are_cut() {
        let inside_of_a_character = u32::try_from(V1.find('ä').unwrap_or(0) + 1).unwrap_or(0);
        for span in [
            (inside_of_a_character, 9_999),
            (9_999, 9_999),
            (30, 20),
            (inside_of_a_character, 0),
        ] {
            assert!(
                shown(|v1, _| Diagnostic::warning("x", Span::new(v1, span.0, span.1), "m")).starts_with("warning[x]")
            );
        }
        assert!(shown(|_, _| Diagnostic::warning("x", Span::new(FileId(9), 0, 1), "m")).starts_with("warning[x]: m"));
    }

    #[test]
    fn a_line_names_place_and_code() {
        let mut sources = Sources::default();
        let v1 = sources.add("src/v1.rs", V1);
        assert_eq!(
            line(&unknown(v1), &sources),
            "src/v1.rs:2:12: unknown marker `minmum` [unknown-marker]"
        );
    }
}
