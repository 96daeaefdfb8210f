//! `kgen list` and `kgen explain`.

use kgen_build::Generator;
use kgen_model::{Diagnostic, explain};

use crate::terminal::Terminal;

/// Prints the generators with what they make.
pub(crate) fn list(generators: &[&dyn Generator], terminal: &Terminal) -> bool {
    let width = generators
        .iter()
        .map(|generator| generator.name().len())
        .max()
        .unwrap_or(0);
    let row = |generator: &&dyn Generator| format!("{:<width$}  {}\n", generator.name(), generator.about());
    terminal.output(&generators.iter().map(row).collect::<String>());
    true
}

/// Prints the page of a marker or code, or the index.
pub(crate) fn explain(word: Option<&str>, terminal: &Terminal) -> bool {
    let page = match word {
        None => Ok(explain::index()),
        Some(word) => explain::page(word).map_err(|meant| unknown(word, meant)),
    };
    match page {
        Ok(page) => {
            terminal.output(&page);
            true
        }
        Err(diagnostic) => {
            terminal.error(*diagnostic);
            false
        }
    }
}

fn unknown(word: &str, meant: Option<&str>) -> Box<Diagnostic> {
    let diagnostic = Diagnostic::error_without_span(
        "unknown-word",
        format!("no marker and no error code is called `{word}`"),
    );
    Box::new(match meant {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => diagnostic.help("`kgen explain` lists all of them"),
    })
}
