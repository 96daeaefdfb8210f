//! Names that a person gives on the command line: checked, and in the forms that the scaffold needs.

use kgen_model::Diagnostic;
use kgen_model::names::{is_dns_subdomain, snake};

/// Names that the scaffold uses itself, or that every Rust file has.
const TAKEN: &[&str] = &[
    "BTreeMap",
    "Box",
    "Condition",
    "Default",
    "ObjectMeta",
    "Option",
    "Result",
    "Self",
    "String",
    "Vec",
];

/// Module names that a generated or empty crate has already.
const TAKEN_MODULES: &[&str] = &["crate", "generated", "lib", "main", "mod", "self", "super"];

/// A kind: the name of a Rust type that begins with a capital letter.
pub(crate) fn check_kind(kind: &str) -> Result<(), Box<Diagnostic>> {
    let is_name = kind.starts_with(|c: char| c.is_ascii_uppercase()) && kind.chars().all(|c| c.is_ascii_alphanumeric());
    if !is_name {
        return wrong(
            "kind",
            kind,
            "kinds are nouns in the singular that begin with a capital letter, such as `Order`",
        );
    }
    if TAKEN.contains(&kind) || kind.len() > 63 {
        return wrong(
            "kind",
            kind,
            "choose another name: this one is taken in Rust or too long",
        );
    }
    Ok(())
}

/// A version: a name such as `v1` or `v2beta1`.
pub(crate) fn check_version(version: &str) -> Result<(), Box<Diagnostic>> {
    let is_name = version.starts_with(|c: char| c.is_ascii_lowercase())
        && version.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        && version.len() <= 63;
    if !is_name || TAKEN_MODULES.contains(&version) {
        return wrong("version", version, "versions look like `v1`, `v1beta1` or `v2alpha1`");
    }
    Ok(())
}

/// A group: a domain name.
pub(crate) fn check_group(group: &str) -> Result<(), Box<Diagnostic>> {
    if !is_dns_subdomain(group) || !group.contains('.') {
        return wrong(
            "group",
            group,
            "groups are domain names of yours, such as `shop.example.com`",
        );
    }
    Ok(())
}

/// The name of a crate.
pub(crate) fn check_crate(name: &str) -> Result<(), Box<Diagnostic>> {
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if !is_name {
        return wrong(
            "crate",
            name,
            "choose one with `--name`: letters, digits, `-` and `_`, such as `shop-api`",
        );
    }
    Ok(())
}

fn wrong(what: &str, name: &str, help: &str) -> Result<(), Box<Diagnostic>> {
    Err(Box::new(
        Diagnostic::error_without_span("bad-name", format!("`{name}` is no name of a {what}")).help(help),
    ))
}

/// The module of a kind: `HttpRoute` is `http_route`.
pub(crate) fn module(kind: &str) -> String {
    snake(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        assert!(
            ["Order", "HTTPRoute", "A1"]
                .into_iter()
                .all(|kind| check_kind(kind).is_ok())
        );
        assert!(
            ["order", "My-Order", "", "Ordér", "Option", "1A"]
                .into_iter()
                .all(|kind| check_kind(kind).is_err())
        );
    }

    #[test]
    fn versions() {
        assert!(
            ["v1", "v2beta1"]
                .into_iter()
                .all(|version| check_version(version).is_ok())
        );
        assert!(
            ["V1", "1", "v1-a", "", "lib", "v1.2"]
                .into_iter()
                .all(|version| check_version(version).is_err())
        );
    }

    #[test]
    fn groups_and_crates() {
        assert!(check_group("shop.example.com").is_ok());
        assert!(
            ["shop", "Shop.example.com", "", "a..b"]
                .into_iter()
                .all(|group| check_group(group).is_err())
        );
        assert!(check_crate("shop-api").is_ok());
        assert!(["", "1a", "a b"].into_iter().all(|name| check_crate(name).is_err()));
    }
}
