//! Values of JSON as an engine for CEL takes them.

use std::collections::HashMap;

use cel::Value as CelValue;
use serde_json::Value;

/// Words of CEL that rules write between underscores where they are names of members.
///
/// Source: k8s.io/apiserver/pkg/cel/escaping.go.
const RESERVED: &[&str] = &[
    "true",
    "false",
    "null",
    "in",
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];

/// A value as servers give it to rules: whole numbers have a sign, and members have the names that rules can write.
pub(crate) fn cel_value(value: &Value) -> CelValue {
    match value {
        Value::Null => CelValue::Null,
        Value::Bool(value) => CelValue::Bool(*value),
        Value::Number(number) => match number.as_i64() {
            Some(number) => CelValue::Int(number),
            None => CelValue::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Value::String(text) => CelValue::from(text.as_str()),
        Value::Array(items) => CelValue::from(items.iter().map(cel_value).collect::<Vec<_>>()),
        Value::Object(members) => {
            let members = members.iter().map(|(name, member)| (escaped(name), cel_value(member)));
            CelValue::from(members.collect::<HashMap<_, _>>())
        }
    }
}

fn escaped(name: &str) -> String {
    match RESERVED.contains(&name) {
        true => format!("__{name}__"),
        false => name.to_owned(),
    }
}
