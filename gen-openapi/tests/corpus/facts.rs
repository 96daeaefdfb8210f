//! The facts of definitions, counted by kind: what went in, what came out, and what was lost on the way.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

/// What may differ between a definition and what comes out of the model, because it means nothing: what
/// `common::meaning` takes away.
const MEANS_NOTHING: [&str; 8] = [
    "`status`, and what servers write into `metadata` (`creationTimestamp`, `generation`, `uid` and the like)",
    "what servers fill in: `names.listKind`, `names.singular`, `conversion.strategy: None`, `preserveUnknownFields: false`",
    "the order of members, and of `versions`, which servers order by their names",
    "the order of `required`",
    "members that are `null`, except for `default` and `example`",
    "empty texts, lists and objects where absent means the same (`description`, `shortNames`, `properties`, `subresources` …)",
    "flags that are `false` (`nullable`, `uniqueItems`, `exclusiveMinimum`, `deprecated`, `optionalOldSelf` …), and the `priority` 0",
    "the notation of numbers: `1.0` is `1`",
];

/// Facts by kind: how many went in, came out, and were lost.
#[derive(Default)]
pub(crate) struct Facts {
    definitions: usize,
    kinds: BTreeMap<String, [usize; 3]>,
}

impl Facts {
    /// Counts the facts of a definition and of what came of it.
    pub(crate) fn add(&mut self, wanted: &Value, have: &Value) {
        self.definitions += 1;
        let (wanted, have) = (facts(wanted), facts(have));
        for ((kind, at), value) in &wanted {
            let counts = self.kinds.entry(kind.clone()).or_default();
            counts[0] += 1;
            let is_lost = have.get(&(kind.clone(), at.clone())) != Some(value);
            counts[2] += usize::from(is_lost);
        }
        for (kind, _) in have.keys() {
            self.kinds.entry(kind.clone()).or_default()[1] += 1;
        }
    }
}

/// Facts by kind and place.
type Found<'v> = BTreeMap<(String, String), &'v Value>;

fn facts(document: &Value) -> Found<'_> {
    let mut found = Found::new();
    below(&document["metadata"], "metadata", "/metadata", &mut found);
    for (name, value) in document["spec"].as_object().into_iter().flatten() {
        let at = format!("/spec/{name}");
        match (name.as_str(), value) {
            ("names" | "conversion", value) => below(value, &format!("spec.{name}"), &at, &mut found),
            ("versions", Value::Array(versions)) => {
                for (index, value) in versions.iter().enumerate() {
                    of_version(value, &format!("{at}/{index}"), &mut found);
                }
            }
            (name, value) => add(&mut found, &format!("spec.{name}"), &at, value),
        }
    }
    found
}

fn add<'v>(found: &mut Found<'v>, kind: &str, at: &str, value: &'v Value) {
    found.insert((kind.to_owned(), at.to_owned()), value);
}

fn below<'v>(value: &'v Value, kind: &str, at: &str, found: &mut Found<'v>) {
    for (name, value) in value.as_object().into_iter().flatten() {
        add(found, &format!("{kind}.{name}"), &format!("{at}/{name}"), value);
    }
}

fn of_version<'v>(version: &'v Value, at: &str, found: &mut Found<'v>) {
    for (name, value) in version.as_object().into_iter().flatten() {
        let at = format!("{at}/{name}");
        match (name.as_str(), value) {
            ("schema", schema) => of_schema(&schema["openAPIV3Schema"], &at, found),
            ("subresources", value) => below(value, "version.subresources", &at, found),
            ("additionalPrinterColumns" | "selectableFields", Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    add(found, &format!("version.{name}"), &format!("{at}/{index}"), item);
                }
            }
            (name, value) => add(found, &format!("version.{name}"), &at, value),
        }
    }
}

fn of_schema<'v>(schema: &'v Value, at: &str, found: &mut Found<'v>) {
    for (name, value) in schema.as_object().into_iter().flatten() {
        let at = format!("{at}/{name}");
        match (name.as_str(), value) {
            ("properties", Value::Object(members)) => {
                for (member, schema) in members {
                    let at = format!("{at}/{member}");
                    add(found, "properties", &at, &Value::Null);
                    of_schema(schema, &at, found);
                }
            }
            ("items" | "not", schema) | ("additionalProperties", schema @ Value::Object(_)) => {
                add(found, name, &at, &Value::Null);
                of_schema(schema, &at, found);
            }
            ("allOf" | "anyOf" | "oneOf", Value::Array(cases)) => {
                for (index, case) in cases.iter().enumerate() {
                    let at = format!("{at}/{index}");
                    add(found, name, &at, &Value::Null);
                    of_schema(case, &at, found);
                }
            }
            ("required" | "enum" | "x-kubernetes-validations", Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    add(found, name, &format!("{at}/{index}"), item);
                }
            }
            (name, value) => add(found, name, &at, value),
        }
    }
}

/// The page of the book.
pub(crate) fn page(tables: &[(&str, Facts)]) -> String {
    let mut page = "<!-- Made by `KGEN_BLESS=1 cargo test -p kgen-gen-openapi --test definitions`. Do not edit. -->\n\n\
        # Fidelity\n\n\
        A custom resource definition that is a source becomes types, and the types give the definition back. For each definition \
        of three projects both documents are compared as data, fact by fact: a fact is a keyword of a schema at its place, \
        a property, a value of an enum, a rule, a column, a name.\n\n\
        | corpus | definitions | facts in | facts out | lost |\n|---|--:|--:|--:|--:|\n"
        .to_owned();
    for (corpus, facts) in tables {
        let sum = |column: usize| facts.kinds.values().map(|counts| counts[column]).sum::<usize>();
        let _ = writeln!(
            page,
            "| {corpus} | {} | {} | {} | {} |",
            facts.definitions,
            sum(0),
            sum(1),
            sum(2)
        );
    }
    page.push_str("\nBy kind of fact, in and out alike:\n\n| fact |");
    tables
        .iter()
        .for_each(|(corpus, _)| page.push_str(&format!(" {corpus} |")));
    page.push_str(" lost |\n|---|");
    page.push_str(&"--:|".repeat(tables.len() + 1));
    page.push('\n');
    let mut kinds: Vec<&String> = tables.iter().flat_map(|(_, facts)| facts.kinds.keys()).collect();
    kinds.sort();
    kinds.dedup();
    for kind in kinds {
        let counts: Vec<[usize; 3]> = tables
            .iter()
            .map(|(_, facts)| facts.kinds.get(kind).copied().unwrap_or_default())
            .collect();
        let _ = write!(page, "| `{kind}` |");
        for [wanted, have, _] in &counts {
            let cell = if wanted == have {
                format!("{wanted}")
            } else {
                format!("{wanted} → {have}")
            };
            let _ = write!(page, " {cell} |");
        }
        let _ = writeln!(page, " {} |", counts.iter().map(|counts| counts[2]).sum::<usize>());
    }
    page.push_str("\n## What means nothing\n\nTwo definitions are the same although these differ:\n\n");
    MEANS_NOTHING
        .iter()
        .for_each(|line| page.push_str(&format!("- {line}\n")));
    page
}
