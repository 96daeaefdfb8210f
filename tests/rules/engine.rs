//! Rules in CEL, evaluated as an API server does: with the old value where it is known which one that was.

use std::sync::Arc;

use cel::{Context, Env, Value as CelValue, extensions};
use serde_json::Value;

use crate::cel_value::cel_value;
use crate::server::identity;

/// Evaluates all rules of a schema.
pub(crate) fn evaluate(schema: &Value, new: &Value, old: Option<&Value>, faults: &mut Vec<String>) {
    let mut env = Env::stdlib();
    env.add_extension(extensions::strings).expect("the functions are new");
    Walk {
        env: Arc::new(env),
        faults,
    }
    .enter(schema, new, old);
}

/// The schema of a member.
pub(crate) fn below<'s>(schema: &'s Value, name: &str) -> &'s Value {
    schema["properties"]
        .get(name)
        .unwrap_or(&schema["additionalProperties"])
}

struct Walk<'f> {
    env: Arc<Env>,
    faults: &'f mut Vec<String>,
}

impl Walk<'_> {
    fn enter(&mut self, schema: &Value, new: &Value, old: Option<&Value>) {
        // What did not change is not looked at.
        if old == Some(new) || new.is_null() {
            return;
        }
        for rule in schema["x-kubernetes-validations"].as_array().into_iter().flatten() {
            self.rule(rule["rule"].as_str().unwrap_or_default(), new, old);
        }
        match new {
            Value::Object(members) => {
                for (name, member) in members {
                    self.enter(below(schema, name), member, old.and_then(|old| old.get(name)));
                }
            }
            Value::Array(items) => {
                let is_map = schema["x-kubernetes-list-type"] == "map";
                for item in items {
                    let key = identity(schema, item);
                    let same = |other: &&Value| identity(schema, other) == key;
                    let old = old.and_then(Value::as_array).filter(|_| is_map);
                    self.enter(&schema["items"], item, old.and_then(|old| old.iter().find(same)));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn rule(&mut self, rule: &str, new: &Value, old: Option<&Value>) {
        let compares = rule.contains("oldSelf");
        if compares && old.is_none() {
            return;
        }
        let program = self.env.compile(rule).unwrap_or_else(|error| panic!("{rule}: {error}"));
        let mut context = Context::with_env(Arc::clone(&self.env));
        context.add_variable_from_value("self", cel_value(new));
        if let Some(old) = old {
            context.add_variable_from_value("oldSelf", cel_value(old));
        }
        match program.execute(&context) {
            Ok(CelValue::Bool(true)) => {}
            Ok(CelValue::Bool(false)) => self.faults.push(format!("{rule} does not hold for {new}")),
            other => panic!("{rule} of {new} and {old:?}: {other:?}"),
        }
    }
}
