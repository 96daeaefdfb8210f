//! Rust names for names of JSON, which may be anything.

use std::collections::BTreeSet;

use kgen_model::names::{capitalized, wire_name};

/// What a name without a letter or digit is called, by its first sign.
const SIGNS: [(char, &str); 24] = [
    ('=', "equal"),
    ('!', "not"),
    ('~', "tilde"),
    ('*', "star"),
    ('/', "slash"),
    ('\\', "backslash"),
    ('+', "plus"),
    ('-', "minus"),
    ('.', "dot"),
    (',', "comma"),
    (':', "colon"),
    (';', "semicolon"),
    ('<', "less"),
    ('>', "greater"),
    ('&', "and"),
    ('|', "or"),
    ('%', "percent"),
    ('$', "dollar"),
    ('#', "hash"),
    ('@', "at"),
    ('?', "question"),
    ('^', "caret"),
    ('_', "underscore"),
    (' ', "blank"),
];

/// Names of types and traits that every module knows, and that derives and generated code mean by them.
const RESERVED: [&str; 26] = [
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "From",
    "Hash",
    "Into",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Some",
    "String",
    "Sync",
    "Vec",
];

/// The words of a name in lower case: `podIPs` is `pod` and `ips`, `tls_config` is `tls` and `config`.
fn words(name: &str) -> Vec<String> {
    let characters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut is_open = false;
    for (at, &character) in characters.iter().enumerate() {
        if !character.is_alphanumeric() {
            is_open = false;
            continue;
        }
        if !is_open || begins_word(&characters, at) {
            words.push(String::new());
            is_open = true;
        }
        if let Some(word) = words.last_mut() {
            word.extend(character.to_lowercase());
        }
    }
    if words.is_empty() {
        let named = |sign| {
            SIGNS
                .iter()
                .find(|(have, _)| *have == sign)
                .map(|(_, name)| (*name).to_owned())
        };
        words.extend(characters.iter().filter_map(|sign| named(*sign)));
    }
    words
}

/// Whether a capital begins a word: after a small letter, or before one, unless that is the `s` of several acronyms or
/// the `v` of `IPv6`.
fn begins_word(characters: &[char], at: usize) -> bool {
    if !characters[at].is_uppercase() {
        return false;
    }
    if !characters[at - 1].is_uppercase() {
        return true;
    }
    match characters[at + 1..] {
        [next, ..] if !next.is_lowercase() => false,
        ['s'] => false,
        ['s', after, ..] => after.is_lowercase(),
        ['v', after, ..] => !after.is_ascii_digit(),
        [_, ..] => true,
        [] => false,
    }
}

/// The name of a type or variant: `tlsConfig` becomes `TlsConfig`. Empty if nothing of the name can be said.
pub(super) fn pascal(name: &str) -> String {
    let mut pascal = String::new();
    for word in words(name) {
        // `1.2` and `12` are not the same.
        let meets = |text: &str| text.starts_with(|first: char| first.is_ascii_digit());
        if meets(&word) && pascal.ends_with(|last: char| last.is_ascii_digit()) {
            pascal.push('_');
        }
        pascal.push_str(&capitalized(&word));
    }
    if is_identifier(&format!("X{pascal}")) {
        pascal
    } else {
        escaped(name)
    }
}

/// The name of one of several: `containers` is `container`.
pub(super) fn singular(name: &str) -> String {
    let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| name.ends_with(suffix));
    let without = |count: usize| name[..name.len() - count].to_owned();
    if ends(&["ies"]) && name.len() > 4 {
        return without(3) + "y";
    }
    if ends(&[
        "sses", "shes", "ches", "xes", "zes", "Aliases", "aliases", "Statuses", "statuses",
    ]) {
        return without(2);
    }
    if ends(&["ss", "us", "is", "ws"]) || !ends(&["s"]) || name.len() < 3 {
        return name.to_owned();
    }
    without(1)
}

/// The names of fields, in the order of their names in JSON: the same for the same set of names, and unlike each other.
/// Names from which the name in JSON follows come first.
pub(super) fn fields(wires: &[&str], taken: &[&str]) -> Vec<String> {
    let plain: Vec<String> = wires.iter().map(|wire| field(wire)).collect();
    let follows = |at: &usize| wire_name(&plain[*at]) == wires[*at];
    let (first, rest): (Vec<usize>, Vec<usize>) = (0..wires.len()).partition(follows);
    let mut used: BTreeSet<String> = taken.iter().map(ToString::to_string).collect();
    let mut names = vec![String::new(); wires.len()];
    for at in first.into_iter().chain(rest) {
        let name = unlike(&plain[at], "_", &used);
        used.insert(name.clone());
        names[at] = name;
    }
    names
}

fn field(wire: &str) -> String {
    let name = words(wire).join("_");
    let name = if name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("_{name}")
    } else {
        name
    };
    match name.as_str() {
        // These cannot be made identifiers.
        "self" | "super" | "crate" => format!("{name}_"),
        "" => "empty".to_owned(),
        _ if is_identifier(&name) => name,
        _ => format!("x{}", escaped(wire).to_lowercase()),
    }
}

/// The names of variants, in the order of the values.
pub(super) fn variants(values: &[&str]) -> Vec<String> {
    let mut used = BTreeSet::new();
    let mut names = vec![String::new(); values.len()];
    let plain: Vec<String> = values.iter().map(|value| variant(value)).collect();
    // A value that is its own name keeps it, whatever comes before.
    let (first, rest): (Vec<usize>, Vec<usize>) = (0..values.len()).partition(|at| plain[*at] == values[*at]);
    for at in first.into_iter().chain(rest) {
        let value = values[at];
        let cased = if used.contains(&plain[at]) && value.chars().any(char::is_alphabetic) {
            match value {
                _ if value == value.to_lowercase() => format!("{}Lower", plain[at]),
                _ if value == value.to_uppercase() => format!("{}Upper", plain[at]),
                _ => plain[at].clone(),
            }
        } else {
            plain[at].clone()
        };
        let name = unlike(&cased, "", &used);
        used.insert(name.clone());
        names[at] = name;
    }
    names
}

fn variant(value: &str) -> String {
    let name = pascal(value);
    match name.chars().next() {
        None if value.is_empty() => "Empty".to_owned(),
        None => escaped(value),
        Some(first) if first.is_ascii_digit() => format!("V{name}"),
        Some(_) if name == "Self" => "SelfValue".to_owned(),
        Some(_) => name,
    }
}

/// The variant that keeps other values than these.
pub(super) fn other(variants: &[String]) -> String {
    let used = variants.iter().cloned().collect();
    let free = ["Other", "Unknown"]
        .into_iter()
        .find(|name| variants.iter().all(|have| have != name));
    free.map_or_else(|| unlike("Other", "", &used), str::to_owned)
}

/// The name, with a number behind it if it is taken.
pub(super) fn unlike(name: &str, gap: &str, used: &BTreeSet<String>) -> String {
    if !used.contains(name) {
        return name.to_owned();
    }
    let numbered = (2..).map(|number: u32| format!("{name}{gap}{number}"));
    numbered
        .into_iter()
        .find(|name| !used.contains(name))
        .unwrap_or_default()
}

/// The first word of a name.
pub(super) fn first(name: &str) -> String {
    words(name).into_iter().next().unwrap_or_default()
}

/// Whether a type may have this name as it is.
pub(super) fn is_type_name(name: &str) -> bool {
    let is_legal = name.starts_with(|first: char| first.is_alphabetic()) && is_identifier(name);
    is_legal && !RESERVED.contains(&name)
}

fn is_identifier(name: &str) -> bool {
    let raw = if name.starts_with('_') {
        name.to_owned()
    } else {
        format!("r#{name}")
    };
    syn::parse_str::<syn::Ident>(&raw).is_ok()
}

/// What no identifier can hold, by the numbers of its characters.
fn escaped(name: &str) -> String {
    name.chars()
        .map(|character| format!("U{:X}", u32::from(character)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_named_so_that_json_follows_where_it_can() {
        let wires = [
            "podIPs",
            "caBundle",
            "tlsConfig",
            "IPv6Range",
            "-Xmx",
            "$ref",
            "ref",
            "self",
            "2fa",
            "",
            "=~",
        ];
        let names = [
            "pod_ips",
            "ca_bundle",
            "tls_config",
            "ipv6_range",
            "xmx",
            "ref_2",
            "ref",
            "self_",
            "_2fa",
            "empty",
            "equal_tilde",
        ];
        assert_eq!(fields(&wires, &[]), names);
        assert_eq!(fields(&["a_b", "aB"], &[]), ["a_b_2", "a_b"]);
        assert_eq!(fields(&["metadata"], &["metadata"]), ["metadata_2"]);
    }

    #[test]
    fn variants_differ_even_where_values_differ_in_case_only() {
        let values = [
            "replace", "Replace", "REPLACE", "", "a b", "=", "!=", "1.2", "12", "Self", "日本",
        ];
        let names = [
            "ReplaceLower",
            "Replace",
            "ReplaceUpper",
            "Empty",
            "AB",
            "Equal",
            "NotEqual",
            "V1_2",
            "V12",
            "SelfValue",
            "日本",
        ];
        assert_eq!(variants(&values), names);
        assert_eq!(other(&variants(&["Other", "x"])), "Unknown");
    }

    #[test]
    fn one_of_several_is_named_without_the_plural() {
        for (many, one) in [
            ("Containers", "Container"),
            ("Policies", "Policy"),
            ("Addresses", "Address"),
            ("Matches", "Match"),
            ("HostAliases", "HostAlias"),
            ("Releases", "Release"),
            ("Status", "Status"),
            ("Ingress", "Ingress"),
            ("Items", "Item"),
            ("Allows", "Allows"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
