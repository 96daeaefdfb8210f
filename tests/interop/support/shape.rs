//! What values of a schema look like, as random values are made of it.

use jsonschema::Validator;
use serde_json::Value;

use super::defaulting::{defaulted, properties};
use super::documents::validator;

/// Strings of all sorts, of which those are taken that a schema accepts.
const STRINGS: &[&str] = &[
    "a",
    "A1",
    "A23",
    "B7",
    "Ready",
    "example.com",
    "example.com/controller",
    "*.example.com",
    "https://example.com/pictures/1",
    "https://example.com",
    "http://example.com:8080",
    "/a/path",
    "GET",
    "10.0.0.1",
    "10.1.2.1",
    "2001:db8::1",
    "1h30m",
    "100m",
    "1.5Gi",
    "2024-02-29T12:30:00Z",
    "2024-02-29T12:30:00.250000Z",
    "12-24",
    "4.2",
    "00c0ffee",
    "c2VhbA==",
    "",
    "a text of several words, with \"quotes\", a\\backslash, a\nline feed, \u{0}, ß, 漢 and 🦀",
];

/// What the schemas do not say: the strings that are legal for a member, or the keys of it.
const LEGAL: &[(&str, &[&str])] = &[
    ("timeout", DURATIONS),
    ("patience", DURATIONS),
    ("wait", DURATIONS),
    ("creationTimestamp", SECONDS),
    ("deletionTimestamp", SECONDS),
    ("lastTransitionTime", SECONDS),
    ("time", SECONDS),
    ("lastSeen", SECONDS),
    ("deadline", SECONDS),
    ("begin", MICROSECONDS),
    ("lastSent", MICROSECONDS),
    ("proxies", &["MQTT", "RTP", "HTTP"]),
];
const DURATIONS: &[&str] = &["0s", "1h0m0s", "1m30.5s"];
const SECONDS: &[&str] = &["2024-02-29T12:30:00Z", "1970-01-01T00:00:00Z"];
const MICROSECONDS: &[&str] = &["2024-02-29T12:30:00.250000Z", "1970-01-01T00:00:00.000000Z"];

/// Keys of maps.
const KEYS: &[&str] = &["A1", "B7", "app.kubernetes.io/name", "x", "two words, ß"];

/// Keywords that combine schemas, or that depend on more than one choice.
const LOGIC: &[&str] = &["oneOf", "anyOf", "allOf", "not", "minProperties", "uniqueItems"];

/// A schema, prepared for making values of it.
pub(crate) struct Shape {
    /// What stands in messages.
    pub(super) path: String,
    pub(super) schema: Value,
    pub(super) members: Vec<Member>,
    pub(super) items: Option<Box<Shape>>,
    pub(super) values: Option<Box<Shape>>,
    /// The keys of a map.
    pub(super) keys: &'static [&'static str],
    /// The strings to choose from, if not every string is legal.
    pub(super) strings: Option<Vec<String>>,
    /// What tells whether a value is legal, where single choices cannot.
    check: Option<Validator>,
}

/// A member of an object.
pub(super) struct Member {
    pub(super) name: String,
    pub(super) is_required: bool,
    pub(super) shape: Shape,
}

impl Shape {
    /// Prepares a schema.
    pub(crate) fn of(schema: &Value) -> Self {
        Self::new(schema, String::new(), None)
    }

    fn new(schema: &Value, path: String, name: Option<&str>) -> Self {
        let says = |keyword: &str| schema.get(keyword).is_some();
        let is_logical = !is_int_or_string(schema) && LOGIC.iter().any(|keyword| says(keyword));
        let legal = LEGAL
            .iter()
            .find(|(member, _)| Some(*member) == name)
            .map(|(_, legal)| *legal);
        let below = |keyword: &str, step: &str, name| {
            let below = schema.get(keyword).filter(|below| below.is_object())?;
            Some(Box::new(Self::new(below, format!("{path}{step}"), name)))
        };
        Self {
            members: properties(schema)
                .map(|(name, member)| Member::new(schema, &path, name, member))
                .collect(),
            items: below("items", "[]", name),
            values: below("additionalProperties", ".*", None),
            keys: legal.unwrap_or(KEYS),
            strings: strings(schema, legal),
            check: is_logical.then(|| validator(schema)),
            schema: schema.clone(),
            path,
        }
    }

    /// Whether a value is legal once defaults are set, as far as one has to look.
    pub(super) fn accepts(&self, value: &Value) -> bool {
        let is_valid = |check: &Validator| check.is_valid(&defaulted(&self.schema, value));
        self.check.as_ref().is_none_or(is_valid)
    }
}

impl Member {
    fn new(owner: &Value, path: &str, name: &str, schema: &Value) -> Self {
        let required = owner["required"].as_array();
        Self {
            is_required: required.is_some_and(|required| required.iter().any(|wanted| wanted == name)),
            shape: Shape::new(schema, format!("{path}.{name}"), Some(name)),
            name: name.to_owned(),
        }
    }
}

pub(super) fn is_int_or_string(schema: &Value) -> bool {
    schema["x-kubernetes-int-or-string"] == true
}

/// Whether int-or-string is a quantity, of which k8s-openapi reads only the string.
pub(super) fn is_quantity(schema: &Value) -> bool {
    is_int_or_string(schema) && schema.get("pattern").is_some()
}

fn strings(schema: &Value, legal: Option<&[&str]>) -> Option<Vec<String>> {
    let is_string = schema["type"] == "string" || is_quantity(schema);
    let is_restricted = ["pattern", "format", "not", "anyOf", "allOf", "oneOf"]
        .iter()
        .any(|word| schema.get(word).is_some());
    if !is_string || (!is_restricted && legal.is_none()) {
        return None;
    }
    let validator = validator(schema);
    let known = legal
        .unwrap_or(STRINGS)
        .iter()
        .filter(|text| validator.is_valid(&Value::from(**text)));
    let known: Vec<String> = known.map(|text| (*text).to_owned()).collect();
    assert!(!known.is_empty(), "none of the strings is legal: {schema:#}");
    Some(known)
}
