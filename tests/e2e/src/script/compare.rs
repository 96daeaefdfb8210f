//! Two lists of answers to the same requests, and where they differ.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::Recorded;

/// One place where two answers differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// `script/request`.
    pub request: String,
    /// A JSON pointer into the recorded answer: `/status`, `/headers/…`, `/body/…`.
    pub at: String,
    /// What was wanted; absent if nothing was.
    pub wanted: Option<Value>,
    /// What was answered; absent if nothing was.
    pub got: Option<Value>,
}

/// Compares the answers of one script: ids and versions have to be the same where they were the same in the other one.
#[derive(Default)]
pub struct Comparison {
    forth: HashMap<String, String>,
    back: HashMap<String, String>,
    differences: Vec<Difference>,
}

impl Comparison {
    /// All differences of the answers to the requests of a script.
    pub fn of(script: &str, wanted: &[Recorded], got: &[Recorded]) -> Vec<Difference> {
        let mut comparison = Self::default();
        for got in got {
            let request = format!("{script}/{}", got.request);
            let value = |recorded: &Recorded| serde_json::to_value(recorded).ok();
            let wanted = wanted.iter().find(|wanted| wanted.request == got.request);
            match (wanted.and_then(value), value(got)) {
                (Some(wanted), Some(got)) => comparison.compare(&request, "", &wanted, &got),
                (wanted, got) => comparison.differ(&request, "", wanted.as_ref(), got.as_ref()),
            }
        }
        for wanted in wanted {
            if !got.iter().any(|got| got.request == wanted.request) {
                let request = format!("{script}/{}", wanted.request);
                comparison.differ(&request, "", serde_json::to_value(wanted).ok().as_ref(), None);
            }
        }
        comparison.differences
    }

    fn compare(&mut self, request: &str, at: &str, wanted: &Value, got: &Value) {
        match (wanted, got) {
            (Value::Object(wanted), Value::Object(got)) => {
                for (key, wanted) in wanted {
                    let at = format!("{at}/{}", escaped(key));
                    match got.get(key) {
                        Some(got) => self.compare(request, &at, wanted, got),
                        None => self.differ(request, &at, Some(wanted), None),
                    }
                }
                for (key, got) in got.iter().filter(|(key, _)| !wanted.contains_key(*key)) {
                    self.differ(request, &format!("{at}/{}", escaped(key)), None, Some(got));
                }
            }
            (Value::Array(wanted), Value::Array(got)) if wanted.len() == got.len() => {
                for (index, (wanted, got)) in wanted.iter().zip(got).enumerate() {
                    self.compare(request, &format!("{at}/{index}"), wanted, got);
                }
            }
            (Value::String(wanted_text), Value::String(got_text)) => {
                if !self.same_text(wanted_text, got_text) {
                    self.differ(request, at, Some(wanted), Some(got));
                }
            }
            _ if wanted == got => {}
            _ => self.differ(request, at, Some(wanted), Some(got)),
        }
    }

    /// Whether two texts are the same once each id of the one is taken for that of the other.
    fn same_text(&mut self, wanted: &str, got: &str) -> bool {
        static ID: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"<(rv|uid):\d+>").expect("the pattern is well-formed"));
        if ID.replace_all(wanted, "<$1>") != ID.replace_all(got, "<$1>") {
            return false;
        }
        let pairs: Vec<_> = ID
            .find_iter(wanted)
            .zip(ID.find_iter(got))
            .map(|(wanted, got)| (wanted.as_str().to_owned(), got.as_str().to_owned()))
            .collect();
        pairs.into_iter().all(|(wanted, got)| self.same_id(wanted, got))
    }

    fn same_id(&mut self, wanted: String, got: String) -> bool {
        let forth = self.forth.insert(wanted.clone(), got.clone());
        let back = self.back.insert(got.clone(), wanted.clone());
        forth.is_none_or(|known| known == got) && back.is_none_or(|known| known == wanted)
    }

    fn differ(&mut self, request: &str, at: &str, wanted: Option<&Value>, got: Option<&Value>) {
        self.differences.push(Difference {
            request: request.to_owned(),
            at: at.to_owned(),
            wanted: wanted.cloned(),
            got: got.cloned(),
        });
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |value: &Option<Value>| value.as_ref().map_or("(nothing)".to_owned(), Value::to_string);
        writeln!(f, "{} at {}", self.request, self.at)?;
        writeln!(f, "    wanted {}", shown(&self.wanted))?;
        write!(f, "    got    {}", shown(&self.got))
    }
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
