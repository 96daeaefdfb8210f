//! Findings as JSON, one object a line, for editors and other programs. Lines and columns count from 1, columns in
//! characters; `start` and `end` are bytes from the beginning of the file.

use kgen_model::{Diagnostic, Report, Severity, Sources, Span};
use serde::Serialize;

#[derive(Serialize)]
struct Message<'a> {
    severity: &'static str,
    code: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Option<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<Suggestion<'a>>,
}

#[derive(Serialize)]
struct Place {
    file: String,
    line: usize,
    column: usize,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct Related<'a> {
    text: &'a str,
    #[serde(flatten)]
    place: Option<Place>,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    replacement: &'a str,
    #[serde(flatten)]
    place: Option<Place>,
}

/// All findings, one JSON object a line.
#[must_use]
pub fn json_lines(report: &Report, sources: &Sources) -> String {
    let line = |diagnostic| serde_json::to_string(&message(diagnostic, sources)).unwrap_or_default() + "\n";
    report.diagnostics().iter().map(line).collect()
}

fn message<'a>(diagnostic: &'a Diagnostic, sources: &Sources) -> Message<'a> {
    let Diagnostic {
        severity,
        code,
        message,
        span,
        label,
        related,
        help,
        suggestion,
    } = diagnostic;
    Message {
        severity: match severity {
            Severity::Warning => "warning",
            Severity::Error => "error",
        },
        code,
        message,
        place: span.and_then(|span| place(span, sources)),
        label: label.as_deref(),
        related: related
            .iter()
            .map(|label| Related {
                text: &label.text,
                place: place(label.span, sources),
            })
            .collect(),
        help: help.as_deref(),
        suggestion: suggestion.as_ref().map(|suggestion| Suggestion {
            replacement: &suggestion.replacement,
            place: place(suggestion.span, sources),
        }),
    }
}

fn place(span: Span, sources: &Sources) -> Option<Place> {
    let file = sources.file(span.file)?;
    let (line, column) = file.line_column(span.start);
    Some(Place {
        file: file.path.to_string_lossy().into_owned(),
        line,
        column,
        start: span.start,
        end: span.end,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_one_line() {
        let mut sources = Sources::default();
        let file = sources.add("a.rs", "fn f() {}\nfn g() {}\n");
        let span = Span::new(file, 13, 14);
        let mut report = Report::default();
        report.push(
            Diagnostic::error("x", span, "m")
                .label("l")
                .related(span, "r")
                .help("h")
                .suggest(span, "s"),
        );
        report.push(Diagnostic::error_without_span("y", "n"));
        let place = r#""file":"a.rs","line":2,"column":4,"start":13,"end":14"#;
        let first = format!(
            r#"{{"severity":"error","code":"x","message":"m",{place},"label":"l","related":[{{"text":"r",{place}}}],"help":"h","suggestion":{{"replacement":"s",{place}}}}}"#
        );
        let second = r#"{"severity":"error","code":"y","message":"n"}"#;
        assert_eq!(json_lines(&report, &sources), format!("{first}\n{second}\n"));
    }
}
