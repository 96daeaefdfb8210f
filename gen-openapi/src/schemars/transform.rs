//! schemars' transforms to OpenAPI 3, in its order.

use std::collections::BTreeSet;

use kgen_model::Literal;

use super::{has_type, members, object};

/// Applies all of them, and kube's second pass of `null`.
pub(super) fn openapi3(schema: &mut Literal) {
    unevaluated_properties(schema);
    bool_schemas(schema);
    nullable(schema);
    single_example(schema);
    const_value(schema);
    prefix_items(schema);
    nullable(schema);
}

/// Visits the schemas right below this one.
pub(super) fn below(schema: &mut Literal, visit: &mut dyn FnMut(&mut Literal)) {
    steps(schema, &mut |_, schema| visit(schema));
}

/// Visits the schemas right below this one, with the step that leads from a value to the part that each describes.
pub(super) fn steps(schema: &mut Literal, visit: &mut dyn FnMut(&str, &mut Literal)) {
    let Literal::Object(of_schema) = schema else { return };
    for (keyword, value) in of_schema {
        match (keyword.as_str(), value) {
            ("not" | "if" | "then" | "else", value @ (Literal::Object(_) | Literal::Bool(_))) => visit("", value),
            ("additionalProperties" | "propertyNames", value @ (Literal::Object(_) | Literal::Bool(_))) => {
                visit("{}", value);
            }
            ("items" | "contains" | "additionalItems", value @ (Literal::Object(_) | Literal::Bool(_))) => {
                visit("[]", value);
            }
            ("allOf" | "anyOf" | "oneOf", Literal::List(values)) => {
                values.iter_mut().for_each(|value| visit("", value));
            }
            ("prefixItems" | "items", Literal::List(values)) => {
                values.iter_mut().for_each(|value| visit("[]", value));
            }
            ("properties" | "patternProperties" | "$defs" | "definitions", Literal::Object(values)) => {
                for (name, value) in values {
                    visit(&format!(".{name}"), value);
                }
            }
            _ => {}
        }
    }
}

/// Visits the branches of this schema, which describe the same value.
pub(super) fn immediate(schema: &mut Literal, visit: &mut dyn FnMut(&mut Literal)) {
    let Literal::Object(of_schema) = schema else { return };
    for (keyword, value) in of_schema {
        match (keyword.as_str(), value) {
            ("if" | "then" | "else", value) => visit(value),
            ("allOf" | "anyOf" | "oneOf", Literal::List(values)) => values.iter_mut().for_each(&mut *visit),
            _ => {}
        }
    }
}

fn unevaluated_properties(schema: &mut Literal) {
    below(schema, &mut unevaluated_properties);
    let Literal::Object(of_schema) = schema else { return };
    let Some(unevaluated) = of_schema.remove("unevaluatedProperties") else {
        return;
    };
    of_schema.insert("additionalProperties".to_owned(), unevaluated);
    let mut names = BTreeSet::new();
    property_names(schema, &mut names);
    if names.is_empty() {
        return;
    }
    let properties = members(schema)
        .entry("properties".to_owned())
        .or_insert_with(|| object([]));
    for name in names {
        members(properties).entry(name).or_insert(Literal::Bool(true));
    }
}

fn property_names(schema: &mut Literal, names: &mut BTreeSet<String>) {
    if let Some(Literal::Object(properties)) = super::get(schema, "properties") {
        names.extend(properties.keys().cloned());
    }
    immediate(schema, &mut |branch| property_names(branch, names));
}

/// `true` and `false` become objects, but not as or below `additionalProperties`.
fn bool_schemas(schema: &mut Literal) {
    let Literal::Object(of_schema) = schema else {
        members(schema);
        return;
    };
    let additional = of_schema.remove("additionalProperties");
    below(schema, &mut bool_schemas);
    if let Some(additional) = additional {
        members(schema).insert("additionalProperties".to_owned(), additional);
    }
}

fn nullable(schema: &mut Literal) {
    if has_type(schema, "null") {
        let of_schema = members(schema);
        of_schema.insert("nullable".to_owned(), Literal::Bool(true));
        let others: Vec<Literal> = match of_schema.get("type") {
            Some(Literal::List(types)) => {
                let others = types.iter().filter(|type_| type_.as_str() != Some("null"));
                others.cloned().collect()
            }
            _ => Vec::new(),
        };
        match others.as_slice() {
            [] => {
                of_schema.insert("const".to_owned(), Literal::Null);
                of_schema.remove("type");
            }
            [only] => {
                of_schema.insert("type".to_owned(), only.clone());
            }
            _ => {
                of_schema.insert("type".to_owned(), Literal::List(others));
            }
        }
    }
    below(schema, &mut nullable);
}

fn single_example(schema: &mut Literal) {
    below(schema, &mut single_example);
    if let Literal::Object(of_schema) = schema
        && let Some(Literal::List(examples)) = of_schema.remove("examples")
        && let Some(first) = examples.into_iter().next()
    {
        of_schema.insert("example".to_owned(), first);
    }
}

fn const_value(schema: &mut Literal) {
    below(schema, &mut const_value);
    if let Literal::Object(of_schema) = schema
        && let Some(value) = of_schema.remove("const")
    {
        of_schema.insert("enum".to_owned(), Literal::List(vec![value]));
    }
}

fn prefix_items(schema: &mut Literal) {
    below(schema, &mut prefix_items);
    if let Literal::Object(of_schema) = schema
        && let Some(prefix) = of_schema.remove("prefixItems")
        && let Some(items) = of_schema.insert("items".to_owned(), prefix)
    {
        of_schema.insert("additionalItems".to_owned(), items);
    }
}
