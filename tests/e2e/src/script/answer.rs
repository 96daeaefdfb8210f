//! Answers without what differs from run to run: times, ports, hashes, and numbers and ids that are the server's choice.
//!
//! Resource versions and uids become `<rv:1>`, `<rv:2>`, … in the order in which a script sees them, so that it can be
//! compared whether two answers name the same one.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use regex::{Captures, Regex};
use serde_json::{Map, Value};

use super::Recorded;
use super::parse::Step;
use crate::client::Answer;

/// The headers that clients look at.
const HEADERS: &[&str] = &[
    "allow",
    "cache-control",
    "content-encoding",
    "content-type",
    "etag",
    "location",
    "retry-after",
    "vary",
    "warning",
    "www-authenticate",
    "x-content-type-options",
];

/// Gives names to the ids and numbers of one server.
#[derive(Default)]
pub(super) struct Normalizer {
    versions: HashMap<String, usize>,
    uids: HashMap<String, usize>,
}

impl Normalizer {
    pub(super) fn record(&mut self, step: &Step, answer: &Answer) -> Recorded {
        let mut headers = BTreeMap::new();
        for &name in HEADERS {
            let values = answer.headers.get_all(name).iter();
            let values: Vec<_> = values
                .map(|value| self.text(&String::from_utf8_lossy(value.as_bytes())))
                .collect();
            if !values.is_empty() {
                headers.insert(name.to_owned(), values);
            }
        }
        let mut body = self.body(step, answer);
        if !step.picks.is_empty() {
            let picked = step.picks.iter().map(|pointer| {
                let value = body.pointer(pointer).cloned();
                (pointer.clone(), value.unwrap_or(Value::Null))
            });
            body = Value::Object(picked.collect());
        }
        Recorded {
            request: step.name.clone(),
            status: answer.status,
            headers,
            body,
        }
    }

    fn body(&mut self, step: &Step, answer: &Answer) -> Value {
        let Ok(text) = std::str::from_utf8(&answer.body) else {
            return Value::from("<bytes>");
        };
        let kind = answer
            .headers
            .get("content-type")
            .map(|kind| kind.to_str().unwrap_or_default());
        let kind = kind.unwrap_or_default();
        let is_watch = step.path.contains("watch") && answer.status == 200;
        if kind.starts_with("application/json") && is_watch {
            let frames = serde_json::Deserializer::from_str(text).into_iter::<Value>();
            let mut frames: Vec<_> = frames
                .map(|frame| self.value("", frame.unwrap_or(Value::Null)))
                .collect();
            // It said `watch=false`.
            let is_list = frames.len() == 1 && frames[0].get("items").is_some();
            return if is_list {
                frames.remove(0)
            } else {
                Value::Array(frames)
            };
        }
        let parsed = if kind.starts_with("application/json") {
            serde_json::from_str(text).ok()
        } else if kind.starts_with("application/yaml") {
            serde_saphyr::from_str(text).ok()
        } else {
            None
        };
        match parsed {
            Some(value) => self.value("", value),
            None => Value::String(self.text(text)),
        }
    }

    /// `key` is the name of the member that the value is.
    fn value(&mut self, key: &str, value: Value) -> Value {
        match value {
            Value::Object(members) => Value::Object(self.members(members)),
            Value::Array(items) => {
                let mut items: Vec<Value> = items.into_iter().map(|item| self.value(key, item)).collect();
                if key == "managedFields" {
                    // Sorted by seconds, which are not the same on every run.
                    items.sort_by_key(|item| {
                        ["operation", "manager", "apiVersion", "subresource"].map(|key| item[key].to_string())
                    });
                }
                if key == "causes" && items.iter().all(|item| item["reason"] == "FieldManagerConflict") {
                    // Go tells of managers in any order.
                    items.sort_by_key(Value::to_string);
                }
                Value::Array(items)
            }
            Value::String(text) => Value::String(match key {
                "resourceVersion" if !text.is_empty() && text != "0" => self.version(&text),
                "continue" => self.token(&text),
                "serverAddress" => "<host>".to_owned(),
                _ => self.text(&text),
            }),
            Value::Null | Value::Bool(_) | Value::Number(_) => value,
        }
    }

    fn members(&mut self, members: Map<String, Value>) -> Map<String, Value> {
        members
            .into_iter()
            .map(|(key, value)| {
                let value = self.value(&key, value);
                (key, value)
            })
            .collect()
    }

    fn version(&mut self, text: &str) -> String {
        let next = self.versions.len() + 1;
        format!("<rv:{}>", self.versions.entry(text.to_owned()).or_insert(next))
    }

    /// A continue token shows what is in it.
    fn token(&mut self, text: &str) -> String {
        let decoded = URL_SAFE_NO_PAD.decode(text).ok();
        let Some(Value::Object(mut inside)) = decoded.and_then(|bytes| serde_json::from_slice(&bytes).ok()) else {
            return text.to_owned();
        };
        if let Some(version) = inside.get("rv").filter(|version| **version != -1) {
            let version = self.version(&version.to_string());
            inside.insert("rv".to_owned(), Value::String(version));
        }
        Value::Object(inside).to_string()
    }

    fn text(&mut self, text: &str) -> String {
        static TIME: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"));
        static DATE: LazyLock<Regex> =
            LazyLock::new(|| pattern(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT"));
        static HASH: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b[0-9A-F]{128}\b"));
        static HOST: LazyLock<Regex> =
            LazyLock::new(|| pattern(r"(localhost|127\.0\.0\.1|10\.\d+\.\d+\.\d+|\[::1\]):\d+"));
        static SUFFIX: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(gen-|k{58})[bcdfghjklmnpqrstvwxz2456789]{5}\b"));
        // Go repeats the whole object where a patch made what it cannot decode.
        static OBJECT: LazyLock<Regex> = LazyLock::new(|| pattern(r#"Invalid value: "\{.*\}""#));
        static UID: LazyLock<Regex> =
            LazyLock::new(|| pattern(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"));
        static VERSION: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(current: |resource version: |old resource version: \d+ \(|ResourceVersion in record \()(\d{1,8})\b",
            )
        });
        let text = OBJECT.replace_all(text, "Invalid value: <object>");
        let text = TIME.replace_all(&text, "<time>");
        let text = DATE.replace_all(&text, "<date>");
        let text = HASH.replace_all(&text, "<hash>");
        let text = HOST.replace_all(&text, "<host>");
        let text = SUFFIX.replace_all(&text, "$1<suffix>");
        let text = UID.replace_all(&text, |found: &Captures<'_>| {
            let next = self.uids.len() + 1;
            format!("<uid:{}>", self.uids.entry(found[0].to_owned()).or_insert(next))
        });
        VERSION
            .replace_all(&text, |found: &Captures<'_>| {
                let (before, number) = (&found[1], &found[2]);
                // Those that the script itself names stay.
                if self.versions.contains_key(number) || before == "current: " || before.ends_with('(') {
                    format!("{before}{}", self.version(number))
                } else {
                    found[0].to_owned()
                }
            })
            .into_owned()
    }
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns above are well-formed")
}
