//! `kgen model`: prints the resolved model.

use std::path::PathBuf;

use kgen_build::{Generator, Request};

use crate::terminal::Terminal;

pub(crate) fn run(path: PathBuf, config: Option<PathBuf>, generators: &[&dyn Generator], terminal: &Terminal) -> bool {
    let request = Request {
        config,
        ..Request::new(path)
    };
    let outcome = kgen_build::model(&request, generators);
    terminal.report(&outcome.report, &outcome.sources);
    let Some(model) = outcome.model else { return false };
    let text = serde_json::to_string_pretty(&model).expect("all keys of the model are strings");
    terminal.output(&format!("{text}\n"));
    true
}
