//! The rules of a schema, compiled by an engine for CEL, with the values of one object that they are about.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use cel::{Context, Env, Program, Value as CelValue};
use serde_json::Value;

use crate::cel_value::cel_value;

/// The rules that an object has to follow, ready to be evaluated.
pub(crate) struct Rules {
    values: Vec<Bound>,
    /// The rules that the engine cannot compile or cannot evaluate for this object.
    left_out: BTreeSet<String>,
}

/// A value as `self`, and the rules about it.
struct Bound {
    context: Context<'static, 'static>,
    rules: Vec<Rc<Rule>>,
}

struct Rule {
    text: String,
    program: Program,
}

/// What walks a schema with an object.
struct Walk {
    env: Arc<Env>,
    /// By their texts; `None` cannot be compiled.
    compiled: BTreeMap<String, Option<Rc<Rule>>>,
    values: Vec<Bound>,
}

impl Rules {
    /// The rules of a schema about the values of an object. Those about changes are not taken, since nothing changes.
    pub(crate) fn of(schema: &Value, object: &Value) -> Self {
        let mut walk = Walk {
            env: Arc::new(Env::stdlib()),
            compiled: BTreeMap::new(),
            values: Vec::new(),
        };
        walk.enter(schema, object);
        let failed = walk
            .values
            .iter()
            .flat_map(Bound::failing)
            .map(|rule| rule.text.clone());
        let uncompiled = walk.compiled.iter().filter(|(_, rule)| rule.is_none());
        let left_out: BTreeSet<String> = failed.chain(uncompiled.map(|(text, _)| text.clone())).collect();
        let mut rules = Self {
            values: walk.values,
            left_out: BTreeSet::new(),
        };
        rules.retain(|rule| !left_out.contains(&rule.text));
        Self { left_out, ..rules }
    }

    /// These rules without those that match patterns, which the engine compiles at each evaluation.
    pub(crate) fn without_patterns(mut self) -> Self {
        self.retain(|rule| !rule.text.contains(".matches("));
        self
    }

    fn retain(&mut self, keeps: impl Fn(&Rule) -> bool) {
        for value in &mut self.values {
            value.rules.retain(|rule| keeps(rule));
        }
        self.values.retain(|value| !value.rules.is_empty());
    }

    /// Evaluates the rules, all of them if they hold.
    pub(crate) fn hold(&self) -> bool {
        self.values.iter().all(Bound::hold)
    }

    /// The texts of the rules that do not hold.
    pub(crate) fn broken(&self) -> BTreeSet<&str> {
        let broken = self.values.iter().flat_map(|value| {
            let rules = value.rules.iter();
            rules.filter(|rule| !rule.holds(&value.context))
        });
        broken.map(|rule| rule.text.as_str()).collect()
    }
}

impl fmt::Display for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let evaluated = self.values.iter().flat_map(|value| &value.rules);
        let distinct: BTreeSet<&str> = evaluated.clone().map(|rule| rule.text.as_str()).collect();
        write!(
            f,
            "{} rules about {} values, {} evaluations, {} rules left out",
            distinct.len(),
            self.values.len(),
            evaluated.count(),
            self.left_out.len()
        )
    }
}

impl Bound {
    fn hold(&self) -> bool {
        self.rules.iter().all(|rule| rule.holds(&self.context))
    }

    fn failing(&self) -> impl Iterator<Item = &Rule> {
        let rules = self.rules.iter().map(Rc::as_ref);
        rules.filter(|rule| rule.program.execute(&self.context).is_err())
    }
}

impl Rule {
    fn holds(&self, context: &Context) -> bool {
        matches!(self.program.execute(context), Ok(CelValue::Bool(true)))
    }
}

impl Walk {
    fn enter(&mut self, schema: &Value, value: &Value) {
        let rules = schema["x-kubernetes-validations"].as_array();
        let texts = rules.into_iter().flatten().filter_map(|rule| rule["rule"].as_str());
        let texts = texts.filter(|text| !text.contains("oldSelf"));
        let rules: Vec<Rc<Rule>> = texts.filter_map(|text| self.compile(text)).collect();
        if !rules.is_empty() {
            let mut context = Context::with_env(Arc::clone(&self.env));
            context.add_variable_from_value("self", cel_value(value));
            self.values.push(Bound { context, rules });
        }
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let known = schema["properties"].get(name);
                    if let Some(below) = known.or_else(|| schema.get("additionalProperties")) {
                        self.enter(below, member);
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.enter(&schema["items"], item)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn compile(&mut self, text: &str) -> Option<Rc<Rule>> {
        if let Some(rule) = self.compiled.get(text) {
            return rule.clone();
        }
        let program = self.env.compile(text).ok();
        let rule = program.map(|program| {
            let text = text.to_owned();
            Rc::new(Rule { text, program })
        });
        self.compiled.insert(text.to_owned(), rule.clone());
        rule
    }
}
