//! The rules of validation: what they find, in which words, and that they allocate nothing when there is nothing to find.

mod allocations;
mod combinators;
mod correlation;
mod errors;
mod formats;
mod objects;
mod options;
mod patterns;
mod properties;
mod rules;
mod types;
mod unions;
mod uniqueness;
mod updates;

use kgen::validation::{Errors, Path};

/// What a rule finds at `spec.x`: origin and text of every error.
fn found(rule: impl FnOnce(&mut Errors, &Path<'_>)) -> Vec<(&'static str, String)> {
    let mut errors = Errors::new();
    rule(&mut errors, &Path::ROOT.child("spec").child("x"));
    errors
        .into_iter()
        .map(|error| (error.origin, error.to_string()))
        .collect()
}

/// The same with texts to compare with.
#[track_caller]
fn assert_finds(wanted: &[(&str, &str)], rule: impl FnOnce(&mut Errors, &Path<'_>)) {
    let found = found(rule);
    let found: Vec<(&str, &str)> = found.iter().map(|(origin, text)| (*origin, text.as_str())).collect();
    assert_eq!(found, wanted);
}
