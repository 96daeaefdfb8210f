//! What markers of kgen say on top of what schemars reads: a schema where the source tells none, and rules that schemars
//! has no attribute for.

use kgen_model::Literal;
use kgen_model::facts::{Facts, ListType, MapType, Number, RuleKind};

use super::{Members, about, members, object, strings};

/// The schema that markers state in place of the type's own.
pub(super) fn replacement(facts: &Facts) -> Option<Literal> {
    let schema = &facts.schema;
    if schema.int_or_string.is_some() {
        return Some(object([("x-kubernetes-int-or-string", Literal::Bool(true))]));
    }
    if schema.schemaless || schema.type_.is_some() {
        let words = [("type", &schema.type_), ("format", &schema.format)];
        let words = words
            .into_iter()
            .filter_map(|(word, text)| Some((word, Literal::from(text.as_deref()?))));
        return Some(object(words));
    }
    None
}

/// Adds what markers say. Of two that say the same, the marker counts.
pub(super) fn add(schema: &mut Literal, facts: &Facts) {
    if facts.is_empty() {
        return;
    }
    let mut said = Members::new();
    for (keyword, value) in words(facts) {
        said.insert(keyword.to_owned(), value);
    }
    for rule in facts.rule_kinds() {
        if let Some((keyword, value)) = keyword(rule) {
            said.insert(keyword.to_owned(), value);
        }
    }
    said.extend(
        facts
            .extensions
            .iter()
            .map(|(name, value)| (name.clone(), value.clone())),
    );
    members(schema).extend(said);
    let rules: Vec<_> = facts
        .rule_kinds()
        .filter_map(|rule| match rule {
            RuleKind::Cel(rule) => Some(rule.clone()),
            _ => None,
        })
        .collect();
    about::validate(schema, &rules);
    if let Some(each) = &facts.each {
        for keyword in ["items", "additionalProperties"] {
            if let Some(inner @ Literal::Object(_)) = members(schema).get_mut(keyword) {
                add(inner, each);
            }
        }
    }
}

fn words(facts: &Facts) -> Vec<(&'static str, Literal)> {
    let on = |keyword: &'static str, on: bool| on.then_some((keyword, Literal::Bool(true)));
    let text = |keyword: &'static str, text: &Option<String>| Some((keyword, Literal::from(text.as_deref()?)));
    let schema = &facts.schema;
    let list = facts.list.as_ref().map(|list| {
        let word = match list {
            ListType::Atomic => "atomic",
            ListType::Set => "set",
            ListType::Map(_) => "map",
        };
        ("x-kubernetes-list-type", Literal::from(word))
    });
    let keys = match &facts.list {
        Some(ListType::Map(keys)) => Some(("x-kubernetes-list-map-keys", strings(keys.iter().map(String::as_str)))),
        Some(ListType::Atomic | ListType::Set) | None => None,
    };
    let map = facts.map.map(|map| match map {
        MapType::Atomic => ("x-kubernetes-map-type", Literal::from("atomic")),
        MapType::Granular => ("x-kubernetes-map-type", Literal::from("granular")),
    });
    let all = [
        text("title", &facts.title),
        text("description", &facts.description),
        facts.example.clone().map(|example| ("example", example)),
        facts.default.clone().map(|default| ("default", default)),
        on("nullable", schema.nullable),
        on("x-kubernetes-embedded-resource", schema.embedded_resource),
        on("x-kubernetes-preserve-unknown-fields", schema.preserve_unknown_fields),
        list,
        keys,
        map,
    ];
    all.into_iter().flatten().collect()
}

fn keyword(rule: &RuleKind) -> Option<(&'static str, Literal)> {
    let count = |count: &u64| Literal::Int(i128::from(*count));
    Some(match rule {
        RuleKind::Minimum { value, .. } => ("minimum", number(*value)),
        RuleKind::Maximum { value, .. } => ("maximum", number(*value)),
        RuleKind::MultipleOf(value) => ("multipleOf", number(*value)),
        RuleKind::MinLength(length) => ("minLength", count(length)),
        RuleKind::MaxLength(length) => ("maxLength", count(length)),
        RuleKind::MinItems(length) => ("minItems", count(length)),
        RuleKind::MaxItems(length) => ("maxItems", count(length)),
        RuleKind::MinProperties(length) => ("minProperties", count(length)),
        RuleKind::MaxProperties(length) => ("maxProperties", count(length)),
        RuleKind::Pattern(pattern) => ("pattern", Literal::from(pattern.as_str())),
        RuleKind::Format(format) => ("format", Literal::from(format.as_str())),
        RuleKind::Enum(values) => ("enum", Literal::List(values.clone())),
        _ => return None,
    })
}

fn number(number: Number) -> Literal {
    match number {
        Number::Int(value) => Literal::Int(value),
        Number::Float(value) => Literal::Float(value),
    }
}
