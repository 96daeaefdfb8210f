//! What attributes add to a schema: words for people, checks and rules.

use kgen_model::Literal;
use kgen_model::facts::CelRule;
use kgen_model::schemars::{About, Checks};

use super::{Members, has_type, members};

/// Adds title, description, deprecation and examples.
pub(super) fn add(schema: &mut Literal, about: &About) {
    let texts = [("title", &about.title), ("description", &about.description)];
    for (keyword, text) in texts {
        if let Some(text) = text {
            members(schema).insert(keyword.to_owned(), Literal::from(text.as_str()));
        }
    }
    if about.deprecated {
        members(schema).insert("deprecated".to_owned(), Literal::Bool(true));
    }
    if !about.examples.is_empty() {
        let examples = Literal::List(about.examples.clone());
        members(schema).insert("examples".to_owned(), examples);
    }
}

/// Adds what `extend` says, after everything else that schemars adds.
pub(super) fn extend(schema: &mut Literal, about: &About) {
    if !about.extensions.is_empty() {
        members(schema).extend(about.extensions.iter().cloned());
    }
}

/// Adds checks, each where the schema has the type that it is for.
pub(super) fn check(schema: &mut Literal, checks: &Checks) {
    let (shortest, longest) = &checks.length;
    let (least, greatest) = &checks.range;
    let pattern = checks.pattern.as_deref().map(Literal::from);
    let bounds = [
        (&["string"][..], "minLength", shortest),
        (&["string"], "maxLength", longest),
        (&["array"], "minItems", shortest),
        (&["array"], "maxItems", longest),
        (&["number", "integer"], "minimum", least),
        (&["number", "integer"], "maximum", greatest),
        (&["string"], "pattern", &pattern),
    ];
    for (types, keyword, value) in bounds {
        if let Some(value) = value
            && types.iter().any(|type_| has_type(schema, type_))
        {
            members(schema).insert(keyword.to_owned(), value.clone());
        }
    }
    if let Some(format) = checks.format {
        members(schema).insert("format".to_owned(), Literal::from(format));
    }
    if let (Some(inner), Literal::Object(of_schema)) = (&checks.inner, schema)
        && let Some(items) = of_schema.get_mut("items")
    {
        check(items, inner);
    }
}

/// Adds rules in CEL.
pub(super) fn validate(schema: &mut Literal, rules: &[CelRule]) {
    if rules.is_empty() {
        return;
    }
    let all = members(schema)
        .entry("x-kubernetes-validations".to_owned())
        .or_insert_with(|| Literal::List(Vec::new()));
    if let Literal::List(all) = all {
        all.extend(rules.iter().map(rule));
    }
}

fn rule(rule: &CelRule) -> Literal {
    let texts = [
        ("rule", Some(&rule.rule)),
        ("message", rule.message.as_ref()),
        ("messageExpression", rule.message_expression.as_ref()),
        ("reason", rule.reason.as_ref()),
        ("fieldPath", rule.field_path.as_ref()),
    ];
    let texts = texts
        .into_iter()
        .filter_map(|(name, text)| Some((name, Literal::from(text?.as_str()))));
    let optional = rule
        .optional_old_self
        .map(|optional| ("optionalOldSelf", Literal::Bool(optional)));
    let all: Members = texts
        .chain(optional)
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    Literal::Object(all)
}
