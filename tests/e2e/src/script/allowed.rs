//! The differences that are wanted, each with its reason.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::{Difference, Recorded};

/// One reason, and where it holds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowed {
    /// Why ours differs.
    pub reason: String,
    /// The requests, as `script/request`; `*` stands for any text.
    pub requests: Vec<String>,
    /// The places in their answers; `*` stands for any text.
    pub at: Vec<String>,
    /// What the Go server has there, if it has to be that for the reason to hold.
    pub go: Option<Value>,
    /// What ours has there, likewise.
    pub got: Option<Value>,
    /// On which stores, if not on all.
    #[serde(default)]
    pub stores: Vec<String>,
    /// What is answered instead, by place.
    #[serde(default)]
    pub ours: BTreeMap<String, Value>,
}

/// All of them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AllowedDifferences {
    /// In the order of the file.
    #[serde(default)]
    pub allowed: Vec<Allowed>,
}

impl AllowedDifferences {
    /// Reads them from TOML.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// Those that hold on a store.
    #[must_use]
    pub fn on(&self, store: &str) -> Self {
        let holds = |allowed: &&Allowed| allowed.stores.is_empty() || allowed.stores.iter().any(|on| on == store);
        Self {
            allowed: self.allowed.iter().filter(holds).cloned().collect(),
        }
    }

    /// Leaves only the differences that nothing allows.
    pub fn filter(&self, differences: Vec<Difference>) -> Vec<Difference> {
        let mut left = differences;
        left.retain(|difference| !self.allowed.iter().any(|allowed| allowed.covers(difference)));
        left
    }

    /// The entries that no difference needs, as texts that say so; `differences` are those of all scripts.
    pub fn needless(&self, differences: &[Difference]) -> Vec<String> {
        let mut needless = Vec::new();
        for allowed in &self.allowed {
            for request in &allowed.requests {
                let one = Allowed {
                    requests: vec![request.clone()],
                    ..allowed.clone()
                };
                if !differences.iter().any(|difference| one.covers(difference)) {
                    needless.push(format!("{request} does not differ any more: {}", allowed.reason));
                }
            }
        }
        needless
    }

    /// Where ours is not what the reason says that it is.
    pub fn broken(&self, script: &str, got: &[Recorded]) -> Vec<String> {
        let mut broken = Vec::new();
        for got in got {
            let request = format!("{script}/{}", got.request);
            let value = serde_json::to_value(got).unwrap_or_default();
            let allowed = self.allowed.iter().filter(|allowed| allowed.names(&request));
            for (at, wanted) in allowed.flat_map(|allowed| &allowed.ours) {
                let found = value.pointer(at).unwrap_or(&Value::Null);
                if found != wanted {
                    broken.push(format!(
                        "{request} at {at}: allowed.toml promises {wanted}, got {found}"
                    ));
                }
            }
        }
        broken
    }
}

impl Allowed {
    fn names(&self, request: &str) -> bool {
        self.requests.iter().any(|pattern| matches(pattern, request))
    }

    fn covers(&self, difference: &Difference) -> bool {
        let is_so = |said: &Option<Value>, seen: &Option<Value>| said.is_none() || said == seen;
        self.names(&difference.request)
            && is_so(&self.go, &difference.wanted)
            && is_so(&self.got, &difference.got)
            && self.at.iter().any(|pattern| matches(pattern, &difference.at))
    }
}

/// Whether a text is what a pattern says, in which `*` stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else {
        return pattern == text;
    };
    text.strip_prefix(before).is_some_and(|rest| {
        rest.char_indices()
            .map(|(index, _)| &rest[index..])
            .chain([""])
            .any(|rest| matches(after, rest))
    })
}
