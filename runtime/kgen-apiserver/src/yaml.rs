//! YAML bodies as JSON values, read as the Go servers read them: by the words and numbers of YAML 1.1, the first document
//! only, the last of two equal keys. A text may ask for no more than its size deserves: depth and aliases are limited.

mod json;
mod scalar;

use std::borrow::Cow;
use std::collections::BTreeMap;

use granit_parser::{Event, Options, Parser, ScalarStyle, Span, StrInput, Tag};
use serde_json::{Map, Value};

/// How deep values may lie in one another. `serde_json` reads no deeper text.
pub(super) const DEEPEST: usize = 127;

/// How many bytes anchors and aliases may add, as copies of copies grow without end.
const MOST_COPIED: usize = 4 * 1024 * 1024;

/// Where the tags of YAML itself are, such as `!!str`.
const STANDARD: &str = "tag:yaml.org,2002:";

/// The first document of a text.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Document {
    /// What it says.
    pub(crate) value: Value,
    /// The keys that a map has twice, in the words of Go: `line 5: key "a" already set in map`.
    pub(crate) repeated: Vec<String>,
    /// Whether another document follows.
    pub(crate) is_first_of_many: bool,
}

/// Reads the first document.
///
/// # Errors
/// Says what is wrong.
pub(crate) fn document(text: &str) -> Result<Document, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(value) = json::distinct(text) {
        return Ok(Document {
            value,
            ..Document::default()
        });
    }
    let mut options = Options::default();
    options.emit_comments = false;
    let mut reader = Reader {
        parser: Parser::new_from_str_with_options(text, options),
        anchors: BTreeMap::new(),
        copied: 0,
        repeated: Vec::new(),
    };
    let value = reader.first()?;
    let is_first_of_many = reader.has_another();
    Ok(Document {
        value,
        repeated: reader.repeated,
        is_first_of_many,
    })
}

struct Reader<'t> {
    parser: Parser<'t, StrInput<'t>>,
    anchors: BTreeMap<usize, Value>,
    /// How many bytes anchors and aliases have added.
    copied: usize,
    repeated: Vec<String>,
}

impl<'t> Reader<'t> {
    fn first(&mut self) -> Result<Value, String> {
        loop {
            match self.event()? {
                (Event::StreamStart | Event::DocumentStart(..), _) => {}
                (Event::StreamEnd, _) => return Ok(Value::Null),
                (event, span) => return self.node(event, &span, 0),
            }
        }
    }

    /// Whether a second document begins. What is wrong behind the first one is not looked at.
    fn has_another(&mut self) -> bool {
        while let Some(Ok((event, _))) = self.parser.next_event() {
            match event {
                Event::DocumentStart(..) => return true,
                Event::StreamEnd => return false,
                _ => {}
            }
        }
        false
    }

    fn event(&mut self) -> Result<(Event<'t>, Span), String> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(format!("yaml: {error}")),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(&mut self, event: Event<'t>, span: &Span, depth: usize) -> Result<Value, String> {
        if depth > DEEPEST {
            return Err(at(span, "exceeded max depth"));
        }
        let (anchor, value) = match event {
            Event::Alias(id) => (0, self.alias(id, span)?),
            Event::Scalar(text, style, anchor, tag) => (anchor, scalar(text, style, tag.as_deref(), span)?),
            Event::SequenceStart(_, anchor, _) => (anchor, self.list(depth)?),
            Event::MappingStart(_, anchor, _) => (anchor, self.map(depth)?),
            _ => return Err(at(span, "did not find expected node content")),
        };
        if anchor > 0 {
            self.copy(&value)?;
            self.anchors.insert(anchor, value.clone());
        }
        Ok(value)
    }

    fn alias(&mut self, id: usize, span: &Span) -> Result<Value, String> {
        let Some(value) = self.anchors.get(&id).cloned() else {
            return Err(at(span, "anchor value contains itself"));
        };
        self.copy(&value)?;
        Ok(value)
    }

    fn copy(&mut self, value: &Value) -> Result<(), String> {
        self.copied = self.copied.saturating_add(size(value));
        if self.copied > MOST_COPIED {
            return Err("yaml: document contains excessive aliasing".to_owned());
        }
        Ok(())
    }

    fn list(&mut self, depth: usize) -> Result<Value, String> {
        let mut items = Vec::new();
        loop {
            match self.event()? {
                (Event::SequenceEnd, _) => return Ok(Value::Array(items)),
                (event, span) => items.push(self.node(event, &span, depth + 1)?),
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<Value, String> {
        let (mut members, mut merged) = (Map::new(), Map::new());
        loop {
            let (event, span) = self.event()?;
            if event == Event::MappingEnd {
                break;
            }
            let is_merge = matches!(&event, Event::Scalar(text, ScalarStyle::Plain, _, None) if text == "<<");
            let key = self.node(event, &span, depth + 1)?;
            let (event, span) = self.event()?;
            let value = self.node(event, &span, depth + 1)?;
            if is_merge {
                merge(&mut merged, value, &span)?;
                continue;
            }
            let key = name(key, &span)?;
            if members.contains_key(&key) {
                self.repeated.push(format!(
                    "line {}: key {} already set in map",
                    span.start.line(),
                    crate::apply::quoted(&key)
                ));
            }
            members.insert(key, value);
        }
        for (name, value) in merged {
            members.entry(name).or_insert(value);
        }
        Ok(Value::Object(members))
    }
}

/// What `<<` brings along: a map, or several of which the first counts.
fn merge(merged: &mut Map<String, Value>, value: Value, span: &Span) -> Result<(), String> {
    let maps = match value {
        Value::Array(items) => items,
        one => vec![one],
    };
    for map in maps {
        let Value::Object(members) = map else {
            return Err(at(span, "map merge requires map or sequence of maps as the value"));
        };
        for (name, value) in members {
            merged.entry(name).or_insert(value);
        }
    }
    Ok(())
}

/// A key as JSON has it.
fn name(key: Value, span: &Span) -> Result<String, String> {
    match key {
        Value::String(text) => Ok(text),
        Value::Bool(value) => Ok(value.to_string()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Null => Err(at(span, "unsupported map key of type: null")),
        Value::Array(_) | Value::Object(_) => Err(at(span, "invalid map key")),
    }
}

fn scalar(text: Cow<'_, str>, style: ScalarStyle, tag: Option<&Tag>, span: &Span) -> Result<Value, String> {
    let suffix = tag.and_then(|tag| tag.suffix_in_namespace(STANDARD));
    match (suffix.as_deref(), tag) {
        (Some("str"), _) => Ok(Value::String(text.into_owned())),
        (Some("binary"), _) => {
            scalar::binary(&text).ok_or_else(|| at(span, "!!binary value contains invalid base64 data"))
        }
        (Some(suffix @ ("bool" | "int" | "float" | "null")), _) => {
            let value = scalar::plain(&text).map_err(|why| at(span, &why))?;
            match (suffix, &value) {
                ("bool", Value::Bool(_)) | ("int" | "float", Value::Number(_)) | ("null", Value::Null) => Ok(value),
                _ => Err(at(span, &format!("cannot decode `{text}` as a !!{suffix}"))),
            }
        }
        (Some(_), _) | (None, Some(_)) => Ok(Value::String(text.into_owned())),
        (None, None) if style == ScalarStyle::Plain => scalar::plain(&text).map_err(|why| at(span, &why)),
        (None, None) => Ok(Value::String(text.into_owned())),
    }
}

fn at(span: &Span, what: &str) -> String {
    format!("yaml: line {}: {what}", span.start.line())
}

/// How many bytes a value is worth, in memory or as text.
fn size(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 16,
        Value::String(text) => 16 + text.len(),
        Value::Array(items) => 16 + items.iter().map(size).sum::<usize>(),
        Value::Object(members) => {
            let members = members.iter().map(|(name, member)| 16 + name.len() + size(member));
            16 + members.sum::<usize>()
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(text: &str) -> Result<Value, String> {
        document(text).map(|document| document.value)
    }

    #[test]
    fn yaml_is_read_as_json() {
        let text = "kind: A\nlist:\n- 1\n- 'two'\n- |\n  three\nmap: {a: ~, 2: x, true: y}\n";
        let wanted = json!({"kind": "A", "list": [1, "two", "three\n"], "map": {"a": null, "2": "x", "true": true}});
        assert_eq!(read(text), Ok(wanted));
        assert_eq!(read(""), Ok(Value::Null));
        assert_eq!(read("# nothing\n"), Ok(Value::Null));
        assert_eq!(read(r#"{"a": [1.5, "x"]}"#), Ok(json!({"a": [1.5, "x"]})));
        assert_eq!(
            read("a: !!str 5\nb: !!binary YQ==\nc: !mine 7"),
            Ok(json!({"a": "5", "b": "a", "c": "7"}))
        );
    }

    #[test]
    fn the_first_document_counts() {
        let read = document("a: 1\n---\na: 2\n").expect("it is YAML");
        assert_eq!((read.value, read.is_first_of_many), (json!({"a": 1}), true));
        let read = document("---\na: 1\n...\n").expect("it is YAML");
        assert_eq!((read.value, read.is_first_of_many), (json!({"a": 1}), false));
    }

    #[test]
    fn repeated_keys_are_told_with_their_lines() {
        let read = document("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n").expect("it is YAML");
        assert_eq!(read.value, json!({"a": 3, "b": {"c": 2}}));
        let wanted = [
            r#"line 4: key "c" already set in map"#,
            r#"line 5: key "a" already set in map"#,
        ];
        assert_eq!(read.repeated, wanted);
    }

    #[test]
    fn aliases_and_merges_are_followed_as_far_as_is_sound() {
        let text = "base: &base {a: 1, b: 1}\nsame: *base\nmore: {<<: *base, b: 2}\n";
        let wanted = json!({"base": {"a": 1, "b": 1}, "same": {"a": 1, "b": 1}, "more": {"a": 1, "b": 2}});
        assert_eq!(read(text), Ok(wanted));
        let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
        for level in 1..12 {
            let last = format!("*a{}", level - 1);
            bomb += &format!("a{level}: &a{level} [{}]\n", [last.as_str(); 10].join(","));
        }
        assert_eq!(
            read(&bomb),
            Err("yaml: document contains excessive aliasing".to_owned())
        );
        assert_eq!(
            read("a: &a [*a]"),
            Err("yaml: line 1: anchor value contains itself".to_owned())
        );
    }

    #[test]
    fn depth_has_an_end() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(read(&nested(100)).is_ok());
        assert!(read(&nested(200)).is_err());
        assert!(read(&nested(1_000_000)).is_err());
        assert!(read(&"- ".repeat(200)).is_err());
    }
}
