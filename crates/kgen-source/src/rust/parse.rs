//! One file: text to syntax tree to draft. The tree never leaves this task, since its spans belong to the thread.

use std::sync::Arc;

use kgen_model::draft::DraftModule;
use kgen_model::{Diagnostic, FileId, Report, Span};
use proc_macro2::TokenStream;

use super::folder::Folder;
use super::items::Lowering;
use super::outline::outline;
use super::place::{Lines, Place};
use super::{faults, lexemes};

/// A file to parse.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    /// Its id.
    pub(crate) file: FileId,
    /// Its whole text.
    pub(crate) text: Arc<str>,
    /// The module that it is.
    pub(crate) module: Vec<String>,
    /// Where its children lie.
    pub(crate) folder: Folder,
    /// Documentation on the declaration of the module.
    pub(crate) docs: String,
}

/// What a file gives.
#[derive(Debug, Default)]
pub(crate) struct Parsed {
    /// Its module and the inline modules in it.
    pub(crate) modules: Vec<DraftModule>,
    /// Modules that lie in other files.
    pub(crate) declared: Vec<Declared>,
    /// What is wrong with it.
    pub(crate) report: Report,
}

/// A `mod x;`.
#[derive(Debug)]
pub(crate) struct Declared {
    /// The name without `r#`.
    pub(crate) name: String,
    /// The name's place.
    pub(crate) span: Span,
    /// Documentation.
    pub(crate) docs: String,
    /// The module's absolute path.
    pub(crate) module: Vec<String>,
    /// The folder to look in.
    pub(crate) folder: Folder,
    /// What `#[path]` says.
    pub(crate) path: Option<String>,
}

/// Parses and lowers one file.
pub(crate) fn parse(job: &Job) -> Parsed {
    let offset = start(&job.text);
    let lines = Lines::new(&job.text[offset..]);
    let place = Place {
        file: job.file,
        offset,
        lines: &lines,
    };
    match tree(&job.text, place) {
        Ok(tree) => Lowering::new(place).file(job, &tree),
        Err(errors) => {
            let mut parsed = Parsed::default();
            errors.into_iter().for_each(|error| parsed.report.push(error));
            parsed
        }
    }
}

fn tree(text: &str, place: Place) -> Result<syn::File, Vec<Diagnostic>> {
    let code = &text[place.offset..];
    let tokens: TokenStream = code.parse().map_err(|error: proc_macro2::LexError| {
        let at = error.span().byte_range().start;
        vec![faults::find(code, place).unwrap_or_else(|| faults::no_token(code, at, place))]
    })?;
    let tokens = outline(tokens).map_err(|span| {
        let error = Diagnostic::error(
            "nested-too-deeply",
            place.span(span),
            "this nests too deeply to be read",
        );
        vec![error.help("move a part into an item of its own")]
    })?;
    syn::parse2(tokens).map_err(|errors| {
        errors
            .into_iter()
            .map(|error| syntax_error(&error, text, place))
            .collect()
    })
}

fn syntax_error(error: &syn::Error, text: &str, place: Place) -> Diagnostic {
    let range = error.span().byte_range();
    let span = if range.is_empty() {
        // Only the end of the file has no token to point at.
        let end = text.trim_end().len();
        place.range(end, end)
    } else {
        place.span(error.span())
    };
    Diagnostic::error("syntax-error", span, error.to_string())
}

/// Where the code begins: behind a byte order mark and a shebang line, neither of which the parser counts.
fn start(text: &str) -> usize {
    let code = text.trim_start_matches('\u{feff}');
    let mark = text.len() - code.len();
    let is_shebang = code.strip_prefix("#!").is_some_and(|rest| {
        // `#![..]` is an attribute.
        lexemes::first(rest) != Some('[')
    });
    if is_shebang {
        mark + code.find('\n').unwrap_or(code.len())
    } else {
        mark
    }
}
