//! `kgen model`: prints the resolved model.

use std::path::PathBuf;

use kgen_build::{Generator, Request};
use serde_json::Value;

use crate::terminal::Terminal;

pub(crate) fn run(path: PathBuf, config: Option<PathBuf>, generators: &[&dyn Generator], terminal: &Terminal) -> bool {
    let request = Request {
        config,
        ..Request::new(path)
    };
    let outcome = kgen_build::model(&request, generators);
    terminal.report(&outcome.report, &outcome.sources);
    let Some(model) = outcome.model else { return false };
    let mut value = serde_json::to_value(&model).expect("all keys of the model are strings");
    prune(&mut value);
    terminal.output(&format!("{value:#}\n"));
    true
}

/// Takes out what is not said: without this, most of the text would be empty facts.
fn prune(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(prune);
            members.retain(|_, member| !is_nothing(member));
        }
        Value::Array(items) => items.iter_mut().for_each(prune),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Object(members) => members.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Bool(true) | Value::Number(_) | Value::String(_) => false,
    }
}
