//! Reads the two tables into an index by name. What a line says is not looked at here.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What Kubernetes publishes.
pub(super) static PUBLISHED: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("kubernetes.txt")));

/// What it leaves out.
pub(super) static OVERLAY: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("overlay.txt")));

/// Definitions by their full names.
pub(super) struct Table {
    entries: BTreeMap<String, Entry>,
}

/// The lines of one definition.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    /// The package, such as `io.k8s.api.core.v1`.
    pub(super) package: &'static str,
    /// The line that begins it.
    pub(super) head: Line,
    /// The lines of its fields, as they stand.
    fields: &'static str,
}

/// One line, taken apart into words.
#[derive(Clone, Copy)]
pub(super) struct Line {
    /// The first word.
    pub(super) name: &'static str,
    /// The further words.
    words: &'static str,
    /// What stands behind ` | `.
    pub(super) description: Option<&'static str>,
}

impl Table {
    /// `package x.y` holds for the definitions below it, which begin at the margin; their fields are indented.
    fn read(text: &'static str) -> Self {
        let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
        let mut package = "";
        for block in blocks(text) {
            let (head, fields) = block.split_once('\n').unwrap_or((block, ""));
            if let Some(name) = head.strip_prefix("package ") {
                package = name;
            } else if !head.is_empty() && !head.starts_with('#') {
                let head = Line::read(head);
                entries.insert(format!("{package}.{}", head.name), Entry { package, head, fields });
            }
        }
        Self { entries }
    }

    pub(super) fn entry(&self, name: &str) -> Option<Entry> {
        self.entries.get(name).copied()
    }

    pub(super) fn name(&'static self, name: &str) -> Option<&'static str> {
        self.entries.get_key_value(name).map(|(name, _)| name.as_str())
    }

    pub(super) fn names(&'static self) -> impl Iterator<Item = &'static str> {
        self.entries.keys().map(String::as_str)
    }

    /// The full name behind `core.v1.PodSpec`, by which one package refers to another.
    pub(super) fn expand(&'static self, short: &str) -> Option<&'static str> {
        self.names()
            .find(|name| name.strip_suffix(short).is_some_and(|package| package.ends_with('.')))
    }
}

impl Entry {
    pub(super) fn fields(self) -> impl Iterator<Item = Line> {
        self.fields
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(Line::read)
    }

    /// The line of one field.
    pub(super) fn field(self, name: &str) -> Option<Line> {
        self.fields().find(|line| line.name == name)
    }
}

impl Line {
    fn read(line: &'static str) -> Self {
        let (line, description) = line
            .split_once(" | ")
            .map_or((line, None), |(line, text)| (line, Some(text.trim())));
        let (name, words) = line.split_once(' ').unwrap_or((line, ""));
        Self {
            name,
            words,
            description,
        }
    }

    pub(super) fn words(self) -> impl Iterator<Item = &'static str> {
        self.words.split_ascii_whitespace()
    }
}

/// Cuts a text before each line that begins at the margin.
fn blocks(text: &'static str) -> impl Iterator<Item = &'static str> {
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let margins: Vec<usize> = starts.filter(|&at| !text[at..].starts_with([' ', '\n'])).collect();
    let ends: Vec<usize> = margins.iter().skip(1).copied().chain([text.len()]).collect();
    margins
        .into_iter()
        .zip(ends)
        .map(|(start, end)| text[start..end].trim_end())
}
