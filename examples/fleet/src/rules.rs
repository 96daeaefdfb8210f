//! Rules that no marker says. Each function says what is wrong with a value.

use std::collections::BTreeSet;

use crate::shared::{Capability, DockName};
use crate::v1::{HouseRule, RobotSpec};

/// A robot that goes backwards needs room to turn.
pub fn robot(spec: &RobotSpec) -> Result<(), String> {
    if spec.drive.reversible || spec.drive.gear >= 0 {
        return Ok(());
    }
    Err("a drive that is not reversible has no gear below 0".to_owned())
}

/// No two docks of a robot stand in the same row.
pub fn docks(docks: &[DockName]) -> Result<(), String> {
    let rows: BTreeSet<Option<char>> = docks.iter().map(|dock| dock.0.0.chars().next()).collect();
    if rows.len() == docks.len() {
        Ok(())
    } else {
        Err("each dock stands in a row of its own".to_owned())
    }
}

/// A capability is words that are joined by dots.
pub fn capability(capability: &Capability) -> Result<(), String> {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
    if capability.0.split('.').all(is_word) {
        Ok(())
    } else {
        Err("write words in lower case, joined by dots".to_owned())
    }
}

/// Barcodes are unique without their leading zeros.
pub fn barcodes(barcodes: &[String]) -> Result<(), String> {
    let unique: BTreeSet<&str> = barcodes.iter().map(|barcode| barcode.trim_start_matches('0')).collect();
    if unique.len() == barcodes.len() {
        Ok(())
    } else {
        Err("each barcode is given once".to_owned())
    }
}

/// A zone has no more rules than fit on its sign.
pub fn house(rules: &[HouseRule]) -> Result<(), String> {
    let letters: usize = rules.iter().map(|rule| rule.text.chars().count()).sum();
    if letters <= 500 {
        Ok(())
    } else {
        Err("the sign of a zone has room for 500 letters".to_owned())
    }
}

/// Persons are unique whatever the case of their names.
pub fn persons(persons: &[String]) -> Result<(), String> {
    let unique: BTreeSet<String> = persons.iter().map(|person| person.to_lowercase()).collect();
    if unique.len() == persons.len() {
        Ok(())
    } else {
        Err("each person is named once".to_owned())
    }
}
