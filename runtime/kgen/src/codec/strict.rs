//! Strict decoding of JSON: what lenient decoding passes over in silence is reported beside the value.

use std::collections::HashSet;
use std::fmt;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_ignored::Path;

/// The number of findings after which no more are collected, as in Kubernetes.
const LIMIT: usize = 100;

/// Something that lenient decoding passes over. Holds the path of the field, such as `spec.lines[0].sku`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finding {
    /// The type has no such field; its value was skipped.
    Unknown(String),
    /// The field is there more than once; the last value counts.
    Duplicate(String),
}

/// Worded as in Kubernetes: `unknown field "spec.x"`.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(path) => write!(f, "unknown field {path:?}"),
            Self::Duplicate(path) => write!(f, "duplicate field {path:?}"),
        }
    }
}

/// Decodes JSON text as [`from_slice`](super::from_slice) does, and reports unknown and duplicate fields.
///
/// Unknown fields come first. No field is reported twice, no more than a hundred are reported, and nothing is said of
/// what lies inside of an unknown field.
pub fn from_slice_strict<T: DeserializeOwned>(json: &[u8]) -> serde_json::Result<(T, Vec<Finding>)> {
    let mut findings = Findings::default();
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let value = serde_ignored::deserialize(&mut deserializer, |path| findings.unknown(&path))?;
    deserializer.end()?;

    let mut deserializer = serde_json::Deserializer::from_slice(json);
    Duplicates {
        path: &mut String::new(),
        findings: &mut findings,
    }
    .deserialize(&mut deserializer)?;
    Ok((value, findings.list))
}

#[derive(Default)]
struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    fn unknown(&mut self, path: &Path<'_>) {
        let mut text = String::new();
        append(path, &mut text);
        self.add(Finding::Unknown(text));
    }

    fn add(&mut self, finding: Finding) {
        if self.list.len() < LIMIT && !self.list.contains(&finding) {
            self.list.push(finding);
        }
    }

    fn is_unknown(&self, path: &str) -> bool {
        self.list
            .iter()
            .any(|finding| matches!(finding, Finding::Unknown(unknown) if unknown == path))
    }
}

fn append(path: &Path<'_>, text: &mut String) {
    match path {
        Path::Root => {}
        Path::Seq { parent, index } => {
            append(parent, text);
            push_index(text, *index);
        }
        Path::Map { parent, key } => {
            append(parent, text);
            push_key(text, key);
        }
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => {
            append(parent, text);
        }
    }
}

fn push_index(path: &mut String, index: usize) {
    path.push_str(&format!("[{index}]"));
}

fn push_key(path: &mut String, key: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(key);
}

/// Walks a value of any type and looks for names that an object has twice.
struct Duplicates<'a> {
    path: &'a mut String,
    findings: &'a mut Findings,
}

impl Duplicates<'_> {
    /// The same for what lies below, after `extend` has made the path longer.
    fn below<T>(&mut self, extend: impl FnOnce(&mut String), walk: impl FnOnce(Duplicates<'_>) -> T) -> T {
        let length = self.path.len();
        extend(self.path);
        let result = walk(Duplicates {
            path: self.path,
            findings: self.findings,
        });
        self.path.truncate(length);
        result
    }
}

impl<'de> DeserializeSeed<'de> for Duplicates<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Duplicates<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        for index in 0.. {
            let next = self.below(|path| push_index(path, index), |item| items.next_element_seed(item))?;
            if next.is_none() {
                break;
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        let mut seen = HashSet::new();
        while let Some(key) = members.next_key::<String>()? {
            self.below(
                |path| push_key(path, &key),
                |member| {
                    if member.findings.is_unknown(member.path) {
                        return members.next_value().map(|serde::de::IgnoredAny| ());
                    }
                    if seen.contains(&key) {
                        member.findings.add(Finding::Duplicate(member.path.clone()));
                    }
                    members.next_value_seed(member)
                },
            )?;
            seen.insert(key);
        }
        Ok(())
    }
}
