//! Flattened fields, and `null` beside other values, as schemars merges them.

use kgen_model::Literal;

use super::derive::null;
use super::transform::immediate;
use super::{Members, get, has_type, members, object, strings};

/// The schema of an `Option` of what this is the schema of.
pub(super) fn or_null(mut schema: Literal) -> Literal {
    match &schema {
        Literal::Bool(true) => return schema,
        Literal::Bool(false) => return null(),
        _ => {}
    }
    let is_null_already =
        matches!(get(&schema, "anyOf"), Some(Literal::List(any)) if any.iter().any(|one| has_type(one, "null")));
    let of_schema = members(&mut schema);
    if of_schema.len() == 1 && is_null_already {
        return schema;
    }
    if has_branches(of_schema) {
        return object([("anyOf", Literal::List(vec![schema, null()]))]);
    }
    match of_schema.get_mut("type") {
        Some(Literal::List(types)) => {
            if !types.iter().any(|type_| type_.as_str() == Some("null")) {
                types.push(Literal::from("null"));
            }
        }
        Some(type_) if type_.as_str() != Some("null") => {
            *type_ = Literal::List(vec![type_.clone(), Literal::from("null")]);
        }
        Some(_) | None => {}
    }
    if let Some(constant) = of_schema.remove("const") {
        if constant != Literal::Null {
            of_schema.insert("enum".to_owned(), Literal::List(vec![constant, Literal::Null]));
        }
    } else if let Some(Literal::List(values)) = of_schema.get_mut("enum")
        && !values.contains(&Literal::Null)
    {
        values.push(Literal::Null);
    }
    schema
}

fn has_branches(schema: &Members) -> bool {
    ["if", "allOf", "anyOf", "oneOf", "$ref"]
        .iter()
        .any(|keyword| schema.contains_key(*keyword))
}

/// The schema of a flattened value, before it is merged into the struct that holds it.
pub(super) fn prepared(mut schema: Literal, optional: bool) -> Literal {
    if let Some(names) = take_names(&mut schema) {
        let cases = names.iter().filter_map(Literal::as_str).map(|name| {
            object([
                ("type", Literal::from("object")),
                ("properties", object([(name, null())])),
                ("required", strings([name])),
            ])
        });
        let one_of = members(&mut schema)
            .entry("oneOf".to_owned())
            .or_insert_with(|| Literal::List(Vec::new()));
        if let Literal::List(one_of) = one_of {
            one_of.extend(cases);
        }
    }
    if optional && let Literal::Object(of_schema) = &mut schema {
        of_schema.remove("required");
        if let Some(one_of) = of_schema.remove("oneOf") {
            let either = Literal::List(vec![object([("oneOf", one_of)]), object([])]);
            into(&mut schema, object([("anyOf", either)]));
        }
        if let Some(Literal::List(any_of)) = members(&mut schema).get_mut("anyOf")
            && !any_of.contains(&object([]))
        {
            any_of.push(object([]));
        }
    }
    open(&mut schema);
    schema
}

/// The names of variants without data, which become members.
fn take_names(schema: &mut Literal) -> Option<Vec<Literal>> {
    let Literal::Object(of_schema) = schema else {
        return None;
    };
    if of_schema.get("type").and_then(Literal::as_str) == Some("string")
        && let Some(Literal::List(names)) = of_schema.remove("enum")
    {
        of_schema.remove("type");
        return Some(names);
    }
    let Some(Literal::List(one_of)) = of_schema.get_mut("oneOf") else {
        return None;
    };
    let Some(Literal::Object(first)) = one_of.first_mut() else {
        return None;
    };
    if first.get("type").and_then(Literal::as_str) == Some("string")
        && let Some(Literal::List(names)) = first.remove("enum")
    {
        one_of.remove(0);
        return Some(names);
    }
    None
}

/// Lets unknown members pass, here and in each branch.
fn open(schema: &mut Literal) {
    if let Literal::Object(of_schema) = schema {
        for keyword in ["additionalProperties", "unevaluatedProperties"] {
            if of_schema.get(keyword) == Some(&Literal::Bool(false)) {
                of_schema.remove(keyword);
            }
        }
    }
    immediate(schema, &mut open);
}

/// Lets unknown members pass in each branch.
pub(super) fn open_branches(schema: &mut Literal) {
    immediate(schema, &mut open);
}

/// Merges a flattened schema into that of the struct.
pub(super) fn into(schema: &mut Literal, other: Literal) {
    match other {
        Literal::Bool(true) => {
            let ours = members(schema);
            if !ours.contains_key("additionalProperties") && !ours.contains_key("unevaluatedProperties") {
                let keyword = match has_branches(ours) {
                    true => "unevaluatedProperties",
                    false => "additionalProperties",
                };
                ours.insert(keyword.to_owned(), Literal::Bool(true));
            }
        }
        Literal::Object(mut theirs) => {
            let ours = members(schema);
            unevaluated(ours, &theirs);
            unevaluated(&mut theirs, ours);
            theirs
                .into_iter()
                .for_each(|(keyword, value)| merge(ours, keyword, value));
        }
        _ => {}
    }
}

fn unevaluated(ours: &mut Members, theirs: &Members) {
    if (theirs.contains_key("unevaluatedProperties") || has_branches(theirs))
        && let Some(additional) = ours.remove("additionalProperties")
    {
        ours.insert("unevaluatedProperties".to_owned(), additional);
    }
}

fn merge(ours: &mut Members, keyword: String, theirs: Literal) {
    let Some(own) = ours.get_mut(&keyword) else {
        ours.insert(keyword, theirs);
        return;
    };
    match (keyword.as_str(), own, theirs) {
        ("required" | "allOf", Literal::List(own), Literal::List(theirs)) => own.extend(theirs),
        ("properties" | "patternProperties", Literal::Object(own), Literal::Object(theirs)) => own.extend(theirs),
        ("oneOf" | "anyOf", own, theirs) => {
            let own = own.clone();
            ours.remove(&keyword);
            let both = vec![object([(keyword.as_str(), own)]), object([(keyword.as_str(), theirs)])];
            merge(ours, "allOf".to_owned(), Literal::List(both));
        }
        _ => {}
    }
}
