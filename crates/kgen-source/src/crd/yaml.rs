//! YAML (and JSON, which is YAML too) as a tree with places. It knows nothing of definitions. A file may ask for no more
//! than its size deserves: aliases and depth are limited, and keys do not repeat.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError, Span as Range, StrInput, Tag};
use kgen_model::{Diagnostic, FileId, Literal, Report, Span};

use super::hash::Hash;
use super::scalar;

/// How many nodes aliases may add to a file.
const MOST_COPIES: usize = 100_000;
/// How deep nodes may lie in one another.
const DEEPEST: usize = 256;

/// A value with its place.
#[derive(Clone, Debug)]
pub(super) struct Node<'t> {
    pub(super) span: Span,
    pub(super) kind: Kind<'t>,
    /// The same for values that are equal as data.
    pub(super) hash: Hash,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(super) enum Kind<'t> {
    Null,
    Bool(bool),
    Int(i128),
    Float(f64),
    Text(Cow<'t, str>),
    List(Vec<Node<'t>>),
    Map(Vec<Entry<'t>>),
}

/// A member of a mapping.
#[derive(Clone, Debug)]
pub(super) struct Entry<'t> {
    pub(super) key: Cow<'t, str>,
    pub(super) key_span: Span,
    pub(super) value: Node<'t>,
}

/// Equal as data: places, and the order of members, make no difference.
impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        if self.hash != other.hash {
            return false;
        }
        match (&self.kind, &other.kind) {
            (Kind::Null, Kind::Null) => true,
            (Kind::Bool(a), Kind::Bool(b)) => a == b,
            (Kind::Int(a), Kind::Int(b)) => a == b,
            (Kind::Float(a), Kind::Float(b)) => a == b,
            (Kind::Text(a), Kind::Text(b)) => a == b,
            (Kind::List(a), Kind::List(b)) => a == b,
            (Kind::Map(a), Kind::Map(b)) => {
                let same = |entry: &Entry<'_>| {
                    b.iter()
                        .any(|other| other.key == entry.key && other.value == entry.value)
                };
                a.len() == b.len() && a.iter().all(same)
            }
            _ => false,
        }
    }
}

impl<'t> Node<'t> {
    fn new(span: Span, kind: Kind<'t>) -> Self {
        let hash = Hash::of(&kind);
        Self { span, kind, hash }
    }

    /// The text, if this is one.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The members, if this is a mapping.
    pub(super) fn entries(&self) -> Option<&[Entry<'t>]> {
        match &self.kind {
            Kind::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// A member by its name. `null` is as good as absent.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let entry = self.entries()?.iter().find(|entry| entry.key == key)?;
        Some(&entry.value).filter(|value| !matches!(value.kind, Kind::Null))
    }

    /// The value without its places.
    pub(super) fn literal(&self) -> Literal {
        match &self.kind {
            Kind::Null => Literal::Null,
            Kind::Bool(value) => Literal::Bool(*value),
            Kind::Int(value) => Literal::Int(*value),
            Kind::Float(value) => Literal::Float(*value),
            Kind::Text(text) => Literal::from(text.as_ref()),
            Kind::List(items) => Literal::List(items.iter().map(Self::literal).collect()),
            Kind::Map(entries) => {
                let members = entries.iter();
                Literal::Object(
                    members
                        .map(|entry| (entry.key.as_ref().to_owned(), entry.value.literal()))
                        .collect(),
                )
            }
        }
    }

    /// What it is, in words.
    pub(super) fn noun(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a bool",
            Kind::Int(_) => "an integer",
            Kind::Float(_) => "a number",
            Kind::Text(_) => "a string",
            Kind::List(_) => "a list",
            Kind::Map(_) => "an object",
        }
    }

    fn count(&self) -> usize {
        match &self.kind {
            Kind::List(items) => 1 + items.iter().map(Self::count).sum::<usize>(),
            Kind::Map(entries) => 1 + entries.iter().map(|entry| entry.value.count()).sum::<usize>(),
            _ => 1,
        }
    }
}

/// The documents of a text up to the first error, which goes to the report.
pub(super) fn documents<'t>(text: &'t str, file: FileId, report: &mut Report) -> Vec<Node<'t>> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut options = Options::default();
    options.emit_comments = false;
    let mut reader = Reader {
        parser: Parser::new_from_str_with_options(body, options),
        file,
        offset: text.len() - body.len(),
        length: text.len(),
        anchors: BTreeMap::new(),
        copies: 0,
    };
    let mut documents = Vec::new();
    loop {
        match reader.document() {
            Ok(Some(document)) => documents.push(document),
            Ok(None) => return documents,
            Err(found) => {
                report.push(*found);
                return documents;
            }
        }
    }
}

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

struct Reader<'t> {
    parser: Parser<'t, StrInput<'t>>,
    file: FileId,
    /// The length of a byte order mark, which the parser does not see.
    offset: usize,
    length: usize,
    anchors: BTreeMap<usize, Node<'t>>,
    /// How many nodes aliases have added.
    copies: usize,
}

impl<'t> Reader<'t> {
    /// The next document that is not empty.
    fn document(&mut self) -> Result<Option<Node<'t>>> {
        while let Some((event, range)) = self.event()? {
            match event {
                Event::StreamStart | Event::DocumentEnd => {}
                Event::DocumentStart(..) => self.anchors.clear(),
                Event::StreamEnd => return Ok(None),
                event => {
                    let node = self.node(event, range, 0)?;
                    if !matches!(node.kind, Kind::Null) {
                        return Ok(Some(node));
                    }
                }
            }
        }
        Ok(None)
    }

    fn event(&mut self) -> Result<Option<(Event<'t>, Range)>> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(Some(event)),
            Some(Err(error)) => Err(self.broken(&error)),
            None => Ok(None),
        }
    }

    /// The next event inside of a node.
    fn inner(&mut self) -> Result<(Event<'t>, Range)> {
        match self.event()? {
            Some(event) => Ok(event),
            None => {
                let end = self.at(self.length, self.length);
                Err(fault(end, "this YAML ends in the middle of a value", "complete it"))
            }
        }
    }

    fn node(&mut self, event: Event<'t>, range: Range, depth: usize) -> Result<Node<'t>> {
        let span = self.span(&range);
        if depth > DEEPEST {
            let message = format!("values lie in one another more than {DEEPEST} times");
            return Err(fault(span, message, "a definition needs no such depth"));
        }
        let (anchor, node) = match event {
            Event::Alias(id) => (0, self.alias(id, span)?),
            Event::Scalar(text, style, anchor, tag) => (anchor, scalar_node(text, style, tag.as_deref(), span)?),
            Event::SequenceStart(_, anchor, _) => (anchor, self.list(span, depth)?),
            Event::MappingStart(_, anchor, _) => (anchor, self.map(span, depth)?),
            _ => return Err(fault(span, "no value stands here", "write a value")),
        };
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    /// Each alias is a copy: that copies of copies grow without end is a known trick.
    fn alias(&mut self, id: usize, span: Span) -> Result<Node<'t>> {
        let Some(node) = self.anchors.get(&id) else {
            let message = "this alias stands inside of what it is an alias of";
            return Err(fault(span, message, "write the value"));
        };
        self.copies += node.count();
        if self.copies > MOST_COPIES {
            let message = format!("aliases add more than {MOST_COPIES} values to this file");
            return Err(fault(span, message, "write the values that are meant"));
        }
        Ok(node.clone())
    }

    fn list(&mut self, span: Span, depth: usize) -> Result<Node<'t>> {
        let mut items = Vec::new();
        loop {
            let (event, range) = self.inner()?;
            if event == Event::SequenceEnd {
                return Ok(Node::new(span, Kind::List(items)));
            }
            items.push(self.node(event, range, depth + 1)?);
        }
    }

    fn map(&mut self, span: Span, depth: usize) -> Result<Node<'t>> {
        let mut entries: Vec<Entry<'t>> = Vec::new();
        let mut merged = Vec::new();
        loop {
            let (event, range) = self.inner()?;
            let key_span = self.span(&range);
            let (key, is_plain) = match event {
                Event::MappingEnd => break,
                Event::Scalar(text, style, ..) => (text, style == ScalarStyle::Plain),
                _ => return Err(fault(key_span, "the key of this member is no string", "write a string")),
            };
            let (event, range) = self.inner()?;
            let value = self.node(event, range, depth + 1)?;
            if key == "<<" && is_plain {
                merged.push(value);
            } else {
                entries.push(Entry { key, key_span, value });
            }
        }
        if let Some((key, again, first)) = repeated(&entries) {
            let message = format!("the key `{key}` stands here twice");
            return Err(Box::new(
                fault(again, message, "keep one of them").related(first, "first here"),
            ));
        }
        for value in merged {
            merge(&mut entries, value)?;
        }
        Ok(Node::new(span, Kind::Map(entries)))
    }

    fn broken(&self, error: &ScanError) -> Box<Diagnostic> {
        let at = error.marker().byte_offset().unwrap_or(self.length) + self.offset;
        let at = at.min(self.length);
        let message = format!("this is no YAML: {}", error.info().to_lowercase());
        fault(self.at(at, at), message, "mend the syntax, and mind indentation")
    }

    fn span(&self, range: &Range) -> Span {
        let range = range.byte_range().unwrap_or_default();
        self.at(range.start + self.offset, range.end + self.offset)
    }

    fn at(&self, start: usize, end: usize) -> Span {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span::new(self.file, offset(start), offset(end))
    }
}

fn fault(span: Span, message: impl Into<String>, help: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::error("bad-yaml", span, message).help(help))
}

fn scalar_node<'t>(text: Cow<'t, str>, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Result<Node<'t>> {
    let is_text = style != ScalarStyle::Plain || tag.is_some_and(|tag| tag.is_yaml_core_schema_tag("str"));
    let kind = if is_text { Kind::Text(text) } else { scalar::plain(text) };
    match kind {
        Kind::Float(value) if !value.is_finite() => {
            let message = "JSON has no such number";
            Err(fault(span, message, "write a finite number, or quotes around a string"))
        }
        kind => Ok(Node::new(span, kind)),
    }
}

/// The first key that stands twice, with both places.
fn repeated<'e>(entries: &'e [Entry<'_>]) -> Option<(&'e str, Span, Span)> {
    let mut seen = HashSet::with_capacity(entries.len());
    let again = entries.iter().find(|entry| !seen.insert(entry.key.as_ref()))?;
    let first = entries.iter().find(|entry| entry.key == again.key)?;
    Some((again.key.as_ref(), again.key_span, first.key_span))
}

/// `<<: *defaults`: the members that are not there yet.
fn merge<'t>(entries: &mut Vec<Entry<'t>>, value: Node<'t>) -> Result<()> {
    match value.kind {
        Kind::Map(more) => {
            for entry in more {
                if entries.iter().all(|have| have.key != entry.key) {
                    entries.push(entry);
                }
            }
            Ok(())
        }
        Kind::List(values) => values.into_iter().try_for_each(|value| merge(entries, value)),
        _ => Err(fault(
            value.span,
            "`<<` merges objects, and this is none",
            "write an alias of an object",
        )),
    }
}
