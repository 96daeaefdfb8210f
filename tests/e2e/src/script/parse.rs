//! From text to requests.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::client::{Answer, Request};

/// One request of a script, with its variables not filled in.
#[derive(Clone, Debug, Default)]
pub(super) struct Step {
    pub(super) name: String,
    pub(super) captures: Vec<(String, String)>,
    pub(super) fills: Vec<(String, String)>,
    pub(super) picks: Vec<String>,
    pub(super) method: String,
    pub(super) path: String,
    headers: Vec<(String, String)>,
    body: String,
}

/// All requests of a text. What stands before the first `###` is a comment.
pub(super) fn steps(text: &str) -> Result<Vec<Step>, String> {
    let mut all: Vec<Step> = Vec::new();
    for section in text.split("\n### ").skip(1) {
        let step = step(section)?;
        if all.iter().any(|other| other.name == step.name) {
            return Err(format!("there are two requests named {:?}", step.name));
        }
        all.push(step);
    }
    Ok(all)
}

fn step(section: &str) -> Result<Step, String> {
    let mut lines = section.lines();
    let mut step = Step {
        name: lines.next().unwrap_or_default().trim().to_owned(),
        ..Step::default()
    };
    let wrong = |line: &str| {
        format!(
            "{:?}: not understood: {line}",
            section.lines().next().unwrap_or_default()
        )
    };
    for line in lines.by_ref() {
        if let Some(directive) = line.strip_prefix("# @") {
            direct(&mut step, directive).ok_or_else(|| wrong(line))?;
        } else if !line.starts_with('#') && !line.is_empty() {
            let (method, path) = line.split_once(' ').ok_or_else(|| wrong(line))?;
            (step.method, step.path) = (method.to_owned(), path.trim().to_owned());
            break;
        }
    }
    for line in lines.by_ref() {
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| wrong(line))?;
        step.headers.push((name.to_owned(), value.trim().to_owned()));
    }
    step.body = lines.collect::<Vec<_>>().join("\n").trim_end().to_owned();
    let has_type = step.headers.iter().any(|(name, _)| name == "Content-Type");
    if !step.body.is_empty() && !has_type {
        step.headers
            .push(("Content-Type".to_owned(), "application/json".to_owned()));
    }
    Ok(step)
}

fn direct(step: &mut Step, directive: &str) -> Option<()> {
    let (word, rest) = directive.split_once(' ')?;
    match word {
        "capture" => {
            let (name, pointer) = rest.split_once(' ')?;
            step.captures.push((name.to_owned(), pointer.trim().to_owned()));
        }
        "fill" => {
            let mut parts = rest.splitn(3, ' ');
            let name = parts.next()?;
            let count = parts.next()?.parse().ok()?;
            step.fills.push((name.to_owned(), parts.next()?.repeat(count)));
        }
        "pick" => step.picks.extend(rest.split_whitespace().map(str::to_owned)),
        _ => return None,
    }
    Some(())
}

impl Step {
    /// Whether it waits for events and can be sent beside others.
    pub(super) fn is_watch(&self) -> bool {
        self.path.contains("watch") && self.method == "GET" && self.captures.is_empty() && self.fills.is_empty()
    }

    /// The variables that its answer sets. What is not in the answer gets a value that is none, so that the requests
    /// that need it go on and the comparison tells what is wrong.
    pub(super) fn captured(&self, answer: &Answer) -> Vec<(String, String)> {
        let json = answer.json();
        let value = |name: &str, pointer: &str| match json.pointer(pointer) {
            Some(Value::String(value)) => value.clone(),
            Some(value) => value.to_string(),
            None => format!("no-{name}"),
        };
        let captures = self.captures.iter();
        captures
            .map(|(name, pointer)| (name.clone(), value(name, pointer)))
            .collect()
    }

    /// The request with its variables filled in.
    pub(super) fn request(&self, variables: &BTreeMap<String, String>) -> Result<Request, String> {
        let mut request = Request::new(&self.method, &fill(&self.path, variables)?).body(fill(&self.body, variables)?);
        for (name, value) in &self.headers {
            // A header that is said to be empty is not sent.
            if !value.is_empty() {
                request = request.header(name, &fill(value, variables)?);
            }
        }
        Ok(request)
    }
}

/// Replaces `{{name}}` by what it stands for, also in what was filled in.
fn fill(text: &str, variables: &BTreeMap<String, String>) -> Result<String, String> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        // Two brackets of JSON are no variable.
        let variable = after
            .split_once("}}")
            .filter(|(name, _)| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
        filled.push_str(before);
        match variable {
            Some((name, after)) => {
                let value = variables.get(name).ok_or_else(|| format!("no variable {name}"))?;
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push_str("{{");
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    Ok(filled)
}
