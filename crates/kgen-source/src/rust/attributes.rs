//! Attributes, also those behind `cfg_attr`: documentation, markers and what Rust itself says.

use kgen_model::draft::DraftForeign;
use kgen_model::{Diagnostic, Expr, ExprKind, Literal, Report};
use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::{Attribute, ExprLit, Lit, Meta, MetaList, MetaNameValue};

use super::place::Place;
use super::values::name;
use super::{cfg, docs, foreign, markers};

/// What the attributes of one item say.
#[derive(Debug, Default)]
pub(crate) struct Attributes {
    /// Documentation as plain text.
    pub(crate) docs: String,
    /// What stands in `#[kgen(..)]`.
    pub(crate) markers: Vec<Expr>,
    /// What stands in `#[serde(..)]`, as far as it is of serde's syntax.
    pub(crate) serde: Vec<Expr>,
    /// Last segments of the derived traits.
    pub(crate) derives: Vec<String>,
    /// `#[deprecated]`, with its note.
    pub(crate) deprecated: Option<String>,
    /// Whether `#[default]` is there.
    pub(crate) default: bool,
    /// `#[path = ".."]`
    pub(crate) path: Option<String>,
    /// What attributes of other derives say.
    pub(crate) foreign: Option<Box<DraftForeign>>,
}

/// Reads the attributes of an item.
pub(crate) fn attributes(list: &[Attribute], place: Place, report: &mut Report) -> Attributes {
    let mut reader = Reader {
        place,
        report,
        lines: Vec::new(),
        found: Attributes::default(),
    };
    for attribute in list {
        reader.meta(&attribute.meta, Condition::Always);
    }
    reader.found.docs = docs::join(&reader.lines);
    if reader.lines.iter().any(|line| line.contains('\n')) {
        reader.foreign().docs = Some(docs::verbatim(&reader.lines));
    }
    reader.found
}

/// Reports markers where nothing could read them.
pub(crate) fn misplaced(list: &[Attribute], help: &str, place: Place, report: &mut Report) {
    let attributes = attributes(list, place, report);
    if let Some((first, last)) = attributes.markers.first().zip(attributes.markers.last()) {
        let message = "markers have no effect on an unnamed field";
        report.push(Diagnostic::error("misplaced-marker", first.span.to(last.span), message).help(help));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Condition {
    Always,
    Sometimes,
}

struct Reader<'a> {
    place: Place<'a>,
    report: &'a mut Report,
    lines: Vec<String>,
    found: Attributes,
}

impl Reader<'_> {
    fn meta(&mut self, meta: &Meta, condition: Condition) {
        let Some(word) = meta.path().get_ident() else { return };
        match (name(word).as_str(), meta) {
            // What holds only under some condition is no description of the API.
            ("doc", Meta::NameValue(pair)) if condition == Condition::Always => self.lines.extend(string(pair)),
            ("deprecated", meta) if condition == Condition::Always => self.found.deprecated = Some(self.note(meta)),
            ("path", Meta::NameValue(pair)) => self.found.path = self.found.path.take().or_else(|| string(pair)),
            ("default", Meta::Path(_)) => self.found.default = true,
            ("derive", Meta::List(list)) => self.derives(list.tokens.clone()),
            ("serde", Meta::List(list)) => {
                // What is wrong in serde's attributes serde itself reports.
                let items = markers::items(list.tokens.clone(), self.place, &mut Vec::new());
                self.found.serde.extend(items);
            }
            ("kgen", meta) => self.kgen(meta),
            (word, Meta::List(list)) if foreign::attribute(word).is_some() => {
                let name = foreign::attribute(word).unwrap_or_default();
                let items = foreign::items(list.tokens.clone(), self.place);
                self.foreign().items.extend(items.into_iter().map(|item| (name, item)));
            }
            ("cfg_attr", Meta::List(list)) => self.conditional(list),
            _ => {}
        }
    }

    fn conditional(&mut self, list: &MetaList) {
        for meta in cfg::conditional(list.tokens.clone()) {
            self.meta(&meta, Condition::Sometimes);
        }
    }

    fn foreign(&mut self) -> &mut DraftForeign {
        self.found.foreign.get_or_insert_default()
    }

    fn kgen(&mut self, meta: &Meta) {
        let Meta::List(list) = meta else {
            let message = "`kgen` lacks its parentheses";
            let error = Diagnostic::error("bad-marker-syntax", self.place.span(meta.span()), message);
            self.report.push(error.help("write `#[kgen(..)]`"));
            return;
        };
        let mut errors = Vec::new();
        self.found
            .markers
            .extend(markers::items(list.tokens.clone(), self.place, &mut errors));
        errors.into_iter().for_each(|error| self.report.push(error));
    }

    fn derives(&mut self, tokens: TokenStream) {
        let last_words = cfg::split(tokens)
            .into_iter()
            .filter_map(|path| match path.into_iter().last() {
                Some(TokenTree::Ident(word)) => Some(name(&word)),
                Some(_) | None => None,
            });
        self.found.derives.extend(last_words);
    }

    fn note(&self, meta: &Meta) -> String {
        match meta {
            Meta::Path(_) => String::new(),
            Meta::NameValue(pair) => string(pair).unwrap_or_default(),
            Meta::List(list) => {
                let items = markers::items(list.tokens.clone(), self.place, &mut Vec::new());
                items.into_iter().find_map(note_of).unwrap_or_default()
            }
        }
    }
}

fn note_of(item: Expr) -> Option<String> {
    match item.kind {
        ExprKind::Assign { name, value } if name.text == "note" => match value.kind {
            ExprKind::Literal(Literal::String(note)) => Some(note),
            _ => None,
        },
        _ => None,
    }
}

fn string(pair: &MetaNameValue) -> Option<String> {
    match &pair.value {
        syn::Expr::Lit(ExprLit {
            lit: Lit::Str(text), ..
        }) => Some(text.value()),
        _ => None,
    }
}
