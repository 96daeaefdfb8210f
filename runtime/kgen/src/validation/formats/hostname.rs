//! `hostname`: the name of a host.

use super::type_invalid;
use crate::validation::{Errors, Path};

/// Labels of letters, digits and symbols between dots, the last one of letters only, or one label with at most one dash.
///
/// Of what is not ASCII, upstream lets only letters and symbols pass. Here punctuation and marks do, too.
pub fn hostname(errors: &mut Errors, path: &Path<'_>, value: &str) {
    if !is_hostname(value) {
        type_invalid(errors, path, value, "hostname");
    }
}

fn is_hostname(value: &str) -> bool {
    let has_sizes = value.len() <= 255 && value.split('.').all(|label| label.len() <= 63);
    has_sizes
        && match value.rsplit_once('.') {
            None => is_single(value),
            Some((labels, top)) => labels.split('.').all(is_label) && is_top(top),
        }
}

/// A letter, digit or symbol.
fn is_part(c: char) -> bool {
    match c {
        _ if c.is_ascii() => {
            c.is_ascii_alphanumeric() || matches!(c, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~')
        }
        _ => !c.is_control() && !c.is_whitespace() && !c.is_numeric(),
    }
}

/// One character, and then up to 62 after at most one dash.
fn is_single(value: &str) -> bool {
    let mut rest = value.chars();
    rest.next().is_some_and(is_part) && {
        let rest = rest.as_str();
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        rest.chars().count() <= 62 && rest.chars().all(is_part)
    }
}

fn is_label(label: &str) -> bool {
    !label.starts_with('-')
        && !label.ends_with('-')
        && (1..=63).contains(&label.chars().count())
        && label.chars().all(|c| is_part(c) || c == '-')
}

fn is_top(label: &str) -> bool {
    (2..=63).contains(&label.chars().count()) && label.chars().all(char::is_alphabetic)
}
