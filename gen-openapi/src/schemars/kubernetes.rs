//! The schemas that k8s-openapi gives to the types of Kubernetes for schemars.
//!
//! The table was written by a test from k8s-openapi itself, for the newest Kubernetes that it knows. A line that begins
//! at the margin is a definition, one that is indented a member of the definition above; its words are its type, `!` if
//! it is required, and the description.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use kgen_model::Literal;

use super::{members, object, strings};

const TABLE: &str = include_str!("kubernetes.txt");

static DEFINITIONS: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut definitions = BTreeMap::new();
    let mut name = "";
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        if !line.starts_with(' ') {
            name = line.split('\t').next().unwrap_or_default();
        }
        definitions.entry(name).or_insert_with(Vec::new).push(line);
    }
    definitions
});

/// The schema of a definition with all that it consists of. What the table lacks is a fault.
pub(super) fn schema(name: &str, fault: &mut dyn FnMut(String)) -> Literal {
    of(name, 0, fault)
}

/// The deepest nesting of definitions. Only definitions that hold themselves nest more deeply.
const DEEPEST: usize = 24;

fn of(name: &str, depth: usize, fault: &mut dyn FnMut(String)) -> Literal {
    let Some((head, fields)) = DEFINITIONS
        .get(name)
        .and_then(|lines| lines.split_first())
        .filter(|_| depth < DEEPEST)
    else {
        fault(format!(
            "kgen does not know the schema that k8s-openapi gives to `{name}`"
        ));
        return Literal::Bool(true);
    };
    let mut words = head.split('\t').skip(1);
    let mut schema = ty(words.next().unwrap_or_default(), depth, fault);
    describe(&mut schema, words.next());
    let mut required = Vec::new();
    let mut properties = BTreeMap::new();
    for line in fields {
        let mut words = line.trim_start().split('\t');
        let (wire, word) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let mut property = ty(word.trim_end_matches('!'), depth, fault);
        describe(&mut property, words.next());
        if word.ends_with('!') {
            required.push(wire);
        }
        properties.insert(wire.to_owned(), property);
    }
    if !properties.is_empty() {
        members(&mut schema).insert("properties".to_owned(), Literal::Object(properties));
    }
    if !required.is_empty() {
        members(&mut schema).insert("required".to_owned(), strings(required));
    }
    schema
}

/// The type behind a word: `[..]` and `{..}` are lists and maps, a name with dots is a definition.
fn ty(word: &str, depth: usize, fault: &mut dyn FnMut(String)) -> Literal {
    let plain = |type_: &str| object([("type", Literal::from(type_))]);
    let formatted =
        |type_: &str, format: &str| object([("type", Literal::from(type_)), ("format", Literal::from(format))]);
    if let Some(element) = word.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return object([("type", Literal::from("array")), ("items", ty(element, depth, fault))]);
    }
    if let Some(value) = word.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        return object([
            ("type", Literal::from("object")),
            ("additionalProperties", ty(value, depth, fault)),
        ]);
    }
    match word.split_once('/') {
        Some((type_, format)) => formatted(type_, format),
        None if word == "any" => object([]),
        None if word == "int-or-string" => object([("x-kubernetes-int-or-string", Literal::Bool(true))]),
        None if word.contains('.') => of(word, depth + 1, fault),
        None => plain(word),
    }
}

fn describe(schema: &mut Literal, text: Option<&str>) {
    if let Some(text) = text {
        members(schema).insert("description".to_owned(), Literal::String(unescaped(text)));
    }
}

fn unescaped(text: &str) -> String {
    let mut characters = text.chars();
    let mut unescaped = String::with_capacity(text.len());
    while let Some(character) = characters.next() {
        unescaped.push(match character {
            '\\' => match characters.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some(other) => other,
                None => character,
            },
            _ => character,
        });
    }
    unescaped
}
