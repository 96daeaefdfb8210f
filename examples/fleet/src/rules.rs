//! Rules that no marker says. Each function adds what is wrong with a value.

use std::collections::BTreeSet;

use kgen::validation::{BadValue, Error, Errors, Operation, Path};

use crate::shared::{Capability, DockName, Persons};
use crate::v1::{HouseRule, RobotSpec};

/// A robot that goes backwards needs room to turn.
pub fn robot(
    spec: &RobotSpec,
    _old: Option<&RobotSpec>,
    _operation: &Operation<'_>,
    path: &Path<'_>,
    errors: &mut Errors,
) {
    if !spec.drive.reversible && spec.drive.gear < 0 {
        let detail = "a drive that is not reversible has no gear below 0";
        let gear = i64::from(spec.drive.gear);
        errors.push(Error::invalid(&path.child("drive").child("gear"), gear, detail));
    }
}

/// No two docks of a robot stand in the same row.
pub fn docks(
    docks: &[DockName],
    _old: Option<&[DockName]>,
    _operation: &Operation<'_>,
    path: &Path<'_>,
    errors: &mut Errors,
) {
    let mut rows = BTreeSet::new();
    for (index, dock) in docks.iter().enumerate() {
        if !rows.insert(dock.0.0.chars().next()) {
            errors.push(Error::duplicate(&path.index(index), dock.0.0.as_str()));
        }
    }
}

/// A capability is words that are joined by dots.
pub fn capability(
    capability: &Capability,
    _old: Option<&Capability>,
    _operation: &Operation<'_>,
    path: &Path<'_>,
    errors: &mut Errors,
) {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
    if !capability.0.split('.').all(is_word) {
        let detail = "must be words in lower case, joined by dots";
        errors.push(Error::invalid(path, capability.0.as_str(), detail));
    }
}

/// Barcodes are unique without their leading zeros.
pub fn barcodes(
    barcodes: &[String],
    _old: Option<&[String]>,
    _operation: &Operation<'_>,
    path: &Path<'_>,
    errors: &mut Errors,
) {
    unique(
        barcodes,
        |barcode| barcode.trim_start_matches('0').to_owned(),
        path,
        errors,
    );
}

/// A zone has no more rules than fit on its sign.
pub fn house(
    rules: &[HouseRule],
    _old: Option<&[HouseRule]>,
    _operation: &Operation<'_>,
    path: &Path<'_>,
    errors: &mut Errors,
) {
    let letters: usize = rules.iter().map(|rule| rule.text.chars().count()).sum();
    if letters > 500 {
        let detail = "the sign of a zone has room for 500 letters";
        errors.push(Error::invalid(path, BadValue::Omitted, detail));
    }
}

/// Persons are unique whatever the case of their names.
pub fn persons(
    persons: &[String],
    _old: Option<&[String]>,
    _operation: &Operation<'_>,
    path: &Path<'_>,
    errors: &mut Errors,
) {
    unique(persons, |person| person.to_lowercase(), path, errors);
}

/// The same for all who are told.
pub fn told(told: &Persons, old: Option<&Persons>, operation: &Operation<'_>, path: &Path<'_>, errors: &mut Errors) {
    persons(&told.0, old.map(|old| old.0.as_slice()), operation, path, errors);
}

/// Reports texts that are like one before them.
fn unique(texts: &[String], like: fn(&String) -> String, path: &Path<'_>, errors: &mut Errors) {
    let mut seen = BTreeSet::new();
    for (index, text) in texts.iter().enumerate() {
        if !seen.insert(like(text)) {
            errors.push(Error::duplicate(&path.index(index), text.as_str()));
        }
    }
}
