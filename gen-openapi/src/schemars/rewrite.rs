//! kube's transforms to structural schemas, in its order.

use kgen_model::Literal;

use super::transform::{below, steps};
use super::{Fault, Members, Place, get, members, object};

const OBJECT: [&str; 7] = [
    "maxProperties",
    "minProperties",
    "required",
    "properties",
    "patternProperties",
    "additionalProperties",
    "propertyNames",
];
const ARRAY: [&str; 6] = [
    "items",
    "additionalItems",
    "maxItems",
    "minItems",
    "uniqueItems",
    "contains",
];

/// Moves members and values of branches up to the schema that has the branches. What kube panics at is a fault.
pub(super) fn structural(schema: &mut Literal, path: &str, faults: &mut Vec<Fault>) {
    steps(schema, &mut |step, schema| {
        structural(schema, &format!("{path}{step}"), faults)
    });
    let mut found = Vec::new();
    hoist(schema, &mut found);
    faults.extend(found.into_iter().map(|message| Fault {
        place: Place::Path(path.to_owned()),
        message,
    }));
}

fn hoist(schema: &mut Literal, faults: &mut Vec<String>) {
    let Literal::Object(of_schema) = schema else { return };
    normalise(of_schema);
    if let Some(Literal::List(mut cases)) = of_schema.remove("oneOf") {
        hoist_properties(&mut cases, of_schema, Words::ToProperty, faults);
        hoist_values(&mut cases, of_schema, faults);
        if !cases.is_empty() {
            of_schema.insert("oneOf".to_owned(), Literal::List(cases));
        }
    }
    if let Some(Literal::List(mut cases)) = of_schema.remove("anyOf") {
        hoist_properties(&mut cases, of_schema, Words::Forgotten, faults);
        of_schema.insert("anyOf".to_owned(), Literal::List(cases));
    }
    let has_properties =
        matches!(of_schema.get("properties"), Some(Literal::Object(properties)) if !properties.is_empty());
    if has_properties && let Some(Literal::Bool(open)) = of_schema.get("additionalProperties") {
        let open = *open;
        of_schema.remove("additionalProperties");
        if open {
            of_schema.insert("x-kubernetes-preserve-unknown-fields".to_owned(), Literal::Bool(true));
        }
    }
    of_schema.remove("uniqueItems");
    normalise(of_schema);
}

/// Drops what is empty, and sorts the names of required members.
fn normalise(schema: &mut Members) {
    for keyword in ["properties", "patternProperties"] {
        if schema.get(keyword) == Some(&object([])) {
            schema.remove(keyword);
        }
    }
    if let Some(Literal::List(names)) = schema.get_mut("required") {
        names.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
        names.dedup();
        if names.is_empty() {
            schema.remove("required");
        }
    }
}

/// Where the description of a branch goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    ToProperty,
    Forgotten,
}

fn has_any(schema: &Members, keywords: &[&str]) -> bool {
    keywords.iter().any(|keyword| schema.contains_key(*keyword))
}

fn hoist_properties(cases: &mut [Literal], common: &mut Members, words: Words, faults: &mut Vec<String>) {
    for case in cases {
        let Literal::Object(case) = case else { continue };
        if !has_any(case, &OBJECT) {
            if !has_any(case, &ARRAY) && !has_any(case, &["enum", "anyOf", "oneOf"]) {
                for keyword in ["type", "description", "default"] {
                    case.remove(keyword);
                }
            }
            continue;
        }
        let description = case.remove("description");
        let properties = match case.remove("properties") {
            Some(Literal::Object(properties)) => properties,
            _ => Members::new(),
        };
        let is_only = properties.len() == 1;
        for (name, mut property) in properties {
            if is_only
                && words == Words::ToProperty
                && let (Some(description), Literal::Object(property)) = (&description, &mut property)
            {
                property.insert("description".to_owned(), description.clone());
            }
            let all = members(common.entry("properties".to_owned()).or_insert_with(|| object([])));
            match all.get(&name) {
                Some(have) if *have != property => faults.push(format!(
                    "two variants have a member `{name}` of different schemas, at which `crd()` panics"
                )),
                Some(_) => {}
                None => {
                    all.insert(name, property);
                }
            }
        }
        case.remove("additionalProperties");
        let type_ = case.remove("type");
        agree(common, type_, faults);
    }
}

fn agree(common: &mut Members, type_: Option<Literal>, faults: &mut Vec<String>) {
    match (common.get("type"), type_) {
        (_, None) => {}
        (None, Some(type_)) => {
            common.insert("type".to_owned(), type_);
        }
        (Some(have), Some(type_)) if *have != type_ => {
            faults.push("the variants of an enum are of different JSON types, at which `crd()` panics".to_owned());
        }
        (Some(_), Some(_)) => {}
    }
}

fn hoist_values(cases: &mut Vec<Literal>, common: &mut Members, faults: &mut Vec<String>) {
    let mut all = Vec::new();
    cases.retain(|case| {
        let Some(Literal::List(values)) = get(case, "enum") else {
            return true;
        };
        agree(common, get(case, "type").cloned(), faults);
        all.extend(values.iter().cloned());
        false
    });
    if !all.is_empty() {
        let values = common
            .entry("enum".to_owned())
            .or_insert_with(|| Literal::List(Vec::new()));
        if let Literal::List(values) = values {
            values.extend(all);
        }
    }
}

/// `anyOf` of something and `null` becomes that something, which may be null.
pub(super) fn optional_enums(schema: &mut Literal) {
    below(schema, &mut optional_enums);
    let Literal::Object(of_schema) = schema else { return };
    let Some(Literal::List(cases)) = of_schema.get("anyOf") else {
        return;
    };
    let [Literal::Object(first), second] = cases.as_slice() else {
        return;
    };
    let is_null = get(second, "enum") == Some(&Literal::List(vec![Literal::Null]))
        && get(second, "nullable") == Some(&Literal::Bool(true));
    if is_null && !first.contains_key("nullable") {
        let first = first.clone();
        of_schema.remove("anyOf");
        of_schema.extend(first);
        of_schema.insert("nullable".to_owned(), Literal::Bool(true));
    }
}

/// Members that need not be there and are integers or strings may be null as well.
pub(super) fn optional_int_or_strings(schema: &mut Literal) {
    below(schema, &mut optional_int_or_strings);
    let Literal::Object(of_schema) = schema else { return };
    let required = of_schema.get("required").cloned();
    let is_required = |name: &str| matches!(&required, Some(Literal::List(names)) if names.iter().any(|have| have.as_str() == Some(name)));
    let Some(Literal::Object(properties)) = of_schema.get_mut("properties") else {
        return;
    };
    for (name, property) in properties {
        if let Literal::Object(property) = property
            && !is_required(name)
            && property.get("x-kubernetes-int-or-string") == Some(&Literal::Bool(true))
        {
            property.entry("nullable".to_owned()).or_insert(Literal::Bool(true));
        }
    }
}
