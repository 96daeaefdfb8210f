//! One schema of a definition, taken apart: every keyword is either kept or refused. Schemas below stay as they are; the
//! keywords that say which values are legal are markers already.

mod values;

pub(in crate::crd) use values::{switch, text, texts, wrong};

use kgen_model::names::closest;
use kgen_model::{Expr, Report, Span};

use super::at::At;
use super::yaml::{Entry, Kind, Node};
use super::{logic, mark};
use values::{count, external_docs, map_type, number};

/// The keywords of a structural schema.
const KEYWORDS: [&str; 37] = [
    "additionalProperties",
    "allOf",
    "anyOf",
    "default",
    "description",
    "enum",
    "example",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "required",
    "title",
    "type",
    "uniqueItems",
    "x-kubernetes-embedded-resource",
    "x-kubernetes-int-or-string",
    "x-kubernetes-list-map-keys",
    "x-kubernetes-list-type",
    "x-kubernetes-map-type",
    "x-kubernetes-preserve-unknown-fields",
    "x-kubernetes-validations",
];

/// Keywords that say something about one place rather than about the type of the value.
const OF_PLACE: [&str; 6] = ["default", "description", "example", "externalDocs", "nullable", "title"];

/// Keywords of JSON schema that servers refuse in a definition.
const REFUSED: [&str; 7] = [
    "$ref",
    "$schema",
    "additionalItems",
    "definitions",
    "dependencies",
    "id",
    "patternProperties",
];

/// The value of `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JsonType {
    Array,
    Boolean,
    Integer,
    Number,
    Object,
    String,
}

/// The value of `additionalProperties`.
#[derive(Clone, Debug)]
pub(super) enum Additional<'n, 't> {
    Allowed(bool, Span),
    Each(At<'n, 't>),
}

/// A schema with its keywords in their places.
#[derive(Clone, Debug)]
pub(super) struct Schema<'n, 't> {
    pub(super) at: At<'n, 't>,
    pub(super) description: Option<&'n str>,
    /// Markers about the place.
    pub(super) of_place: Vec<Expr>,
    /// Markers about the value, those below left out.
    pub(super) rules: Vec<Expr>,
    pub(super) type_: Option<JsonType>,
    pub(super) format: Option<(&'n str, Span)>,
    pub(super) pattern: Option<(&'n str, Span)>,
    pub(super) enum_: Option<At<'n, 't>>,
    pub(super) any_of: Option<At<'n, 't>>,
    pub(super) properties: Option<At<'n, 't>>,
    pub(super) required: Vec<(&'n str, Span)>,
    pub(super) additional: Option<Additional<'n, 't>>,
    pub(super) items: Option<At<'n, 't>>,
    pub(super) nullable: bool,
    pub(super) has_default: bool,
    pub(super) int_or_string: Option<Span>,
    pub(super) embedded_resource: Option<Span>,
    pub(super) preserve_unknown_fields: Option<Span>,
}

impl<'n, 't> Schema<'n, 't> {
    /// Reads a schema. What is wrong with it goes to the report.
    pub(super) fn read(at: At<'n, 't>, report: &mut Report) -> Option<Self> {
        let Some(entries) = at.node.entries() else {
            let message = format!("a schema is an object, and this is {}", at.node.noun());
            report.push(
                at.error("bad-schema", message)
                    .help("write keywords such as `type: string`"),
            );
            return None;
        };
        let mut schema = Self::empty(at.clone());
        let mut list = ListKeywords::default();
        for entry in entries.iter().filter(|entry| is_said(entry)) {
            schema.keyword(&at.member(entry), &entry.key, &mut list, report);
        }
        schema.rules.extend(list.marker(&at, report));
        Some(schema)
    }

    fn empty(at: At<'n, 't>) -> Self {
        Self {
            at,
            description: None,
            of_place: Vec::new(),
            rules: Vec::new(),
            type_: None,
            format: None,
            pattern: None,
            enum_: None,
            any_of: None,
            properties: None,
            required: Vec::new(),
            additional: None,
            items: None,
            nullable: false,
            has_default: false,
            int_or_string: None,
            embedded_resource: None,
            preserve_unknown_fields: None,
        }
    }

    fn keyword(&mut self, at: &At<'n, 't>, key: &str, list: &mut ListKeywords<'n, 't>, report: &mut Report) {
        let span = at.span;
        match key {
            "description" => self.description = text(at, report),
            "type" => self.type_ = type_(at, report),
            "format" => {
                self.format = text(at, report)
                    .filter(|text| !text.is_empty())
                    .map(|text| (text, span))
            }
            "pattern" => self.pattern = text(at, report).map(|text| (text, span)),
            "enum" => self.enum_ = Some(at.clone()),
            "anyOf" => self.any_of = Some(at.clone()),
            "properties" => self.properties = Some(at.clone()),
            "required" => self.required = texts(at, report).unwrap_or_default(),
            "items" => self.items = Some(at.clone()),
            "additionalProperties" => {
                self.additional = Some(match at.node.kind {
                    Kind::Bool(allowed) => Additional::Allowed(allowed, span),
                    _ => Additional::Each(at.clone()),
                });
            }
            "x-kubernetes-int-or-string" => self.int_or_string = switch(at, report),
            "x-kubernetes-embedded-resource" => self.embedded_resource = switch(at, report),
            "x-kubernetes-preserve-unknown-fields" => self.preserve_unknown_fields = switch(at, report),
            "x-kubernetes-list-type" => list.type_ = text(at, report).map(|text| (text, span)),
            "x-kubernetes-list-map-keys" => list.keys = Some(at.clone()),
            _ if OF_PLACE.contains(&key) => self.of_place(at, key, report),
            _ => match limit(at, key, report) {
                Some(rules) => self.rules.extend(rules),
                None => unknown(at, key, report),
            },
        }
    }

    fn of_place(&mut self, at: &At<'n, 't>, key: &str, report: &mut Report) {
        let span = at.span;
        match key {
            "title" => self
                .of_place
                .extend(text(at, report).map(|text| mark::assign("title", text, span))),
            "example" => self.of_place.push(mark::assign("example", at.node.literal(), span)),
            "default" => {
                self.has_default = true;
                self.of_place.push(mark::assign("default", at.node.literal(), span));
            }
            "nullable" => {
                self.nullable = switch(at, report).is_some();
                self.of_place
                    .extend(self.nullable.then(|| mark::flag("nullable", span)));
            }
            "externalDocs" => self.of_place.extend(external_docs(at, report)),
            _ => {}
        }
    }

    /// The enum as a rule.
    pub(super) fn enum_marker(&self, report: &mut Report) -> Option<Expr> {
        let at = self.enum_.as_ref()?;
        match &at.node.kind {
            Kind::List(values) if !values.is_empty() => Some(mark::assign_expr(
                "enum_values",
                mark::list(values.iter().map(Node::literal), at.span),
                at.span,
            )),
            // An empty list says nothing.
            Kind::List(_) => None,
            _ => {
                wrong(at, "a list of values", report);
                None
            }
        }
    }

    /// The pattern as a rule.
    pub(super) fn pattern_marker(&self) -> Option<Expr> {
        self.pattern
            .map(|(pattern, span)| mark::assign("pattern", pattern, span))
    }
}

/// Whether a keyword says anything: `null` is as good as absent, but for values.
fn is_said(entry: &Entry<'_>) -> bool {
    !matches!(entry.value.kind, Kind::Null) || matches!(entry.key.as_ref(), "default" | "example")
}

/// Whether a keyword is about one place rather than about the type of the value.
pub(super) fn is_of_place(key: &str) -> bool {
    OF_PLACE.contains(&key)
}

/// The two keywords about lists, which make one marker.
#[derive(Default)]
struct ListKeywords<'n, 't> {
    type_: Option<(&'n str, Span)>,
    keys: Option<At<'n, 't>>,
}

impl ListKeywords<'_, '_> {
    fn marker(&self, schema: &At<'_, '_>, report: &mut Report) -> Option<Expr> {
        let keys = self.keys.as_ref().map(|at| texts(at, report).unwrap_or_default());
        let keys = keys.unwrap_or_default();
        let Some((type_, span)) = self.type_ else {
            if let Some(at) = self.keys.as_ref().filter(|_| !keys.is_empty()) {
                let message = "there are keys, but the list is no map";
                report.push(
                    at.error("bad-schema", message)
                        .help("add `x-kubernetes-list-type: map`"),
                );
            }
            return None;
        };
        match type_ {
            "map" if !keys.is_empty() => {
                let keys = keys
                    .iter()
                    .map(|(key, span)| mark::assign("key", *key, *span))
                    .collect();
                Some(mark::assign_expr("list", mark::call("map", keys, span), span))
            }
            "atomic" | "set" if keys.is_empty() => Some(mark::assign_word("list", type_, span)),
            _ => {
                let message = format!("the list type `{type_}` does not go with these keys");
                let help = "write `atomic`, `set`, or `map` with `x-kubernetes-list-map-keys`";
                report.push(schema.error("bad-schema", message).help(help));
                None
            }
        }
    }
}

fn unknown(at: &At<'_, '_>, key: &str, report: &mut Report) {
    if REFUSED.contains(&key) {
        let message = format!("servers refuse `{key}` in the schema of a definition");
        let help = match key {
            "$ref" => "write the schema that it refers to in its place",
            "patternProperties" => "use `additionalProperties`, and a CEL rule about the keys",
            _ => "take it away",
        };
        report.push(at.error("not-structural", message).help(help));
        return;
    }
    let found = at.error("unknown-keyword", format!("a schema has no keyword `{key}`"));
    report.push(match closest(key, KEYWORDS) {
        Some(close) => found.help(format!("did you mean `{close}`?")).suggest(at.span, close),
        None => found.help("servers drop what they do not know: take it away"),
    });
}

/// The markers of a keyword that says which values are legal. `None` if it is no such keyword.
fn limit(at: &At<'_, '_>, key: &str, report: &mut Report) -> Option<Vec<Expr>> {
    let span = at.span;
    let one = |marker: Option<Expr>| marker.into_iter().collect();
    Some(match key {
        "minimum" | "maximum" => one(number(at, key, report)),
        "multipleOf" => one(number(at, "multiple_of", report)),
        "minLength" => one(count(at, "min_length", report)),
        "maxLength" => one(count(at, "max_length", report)),
        "minItems" => one(count(at, "min_items", report)),
        "maxItems" => one(count(at, "max_items", report)),
        "minProperties" => one(count(at, "min_properties", report)),
        "maxProperties" => one(count(at, "max_properties", report)),
        "exclusiveMinimum" => one(switch(at, report).map(|_| mark::flag("exclusive_minimum", span))),
        "exclusiveMaximum" => one(switch(at, report).map(|_| mark::flag("exclusive_maximum", span))),
        "uniqueItems" => one(switch(at, report).map(|_| mark::flag("unique_items", span))),
        "x-kubernetes-map-type" => one(map_type(at, report)),
        "x-kubernetes-validations" => logic::validations(at, report),
        "allOf" => one(logic::cases(at, "all_of", report)),
        "oneOf" => one(logic::cases(at, "one_of", report)),
        "not" => one(logic::not(at, report)),
        _ => return None,
    })
}

fn type_(at: &At<'_, '_>, report: &mut Report) -> Option<JsonType> {
    const TYPES: [(&str, JsonType); 6] = [
        ("array", JsonType::Array),
        ("boolean", JsonType::Boolean),
        ("integer", JsonType::Integer),
        ("number", JsonType::Number),
        ("object", JsonType::Object),
        ("string", JsonType::String),
    ];
    let name = text(at, report)?;
    let found = TYPES.iter().find(|(have, _)| *have == name);
    if found.is_none() {
        let message = format!("`{name}` is no type of a schema");
        let names = TYPES.map(|(name, _)| name);
        let help = match closest(name, names) {
            Some(close) => format!("did you mean `{close}`?"),
            None => format!("write one of {}", names.join(", ")),
        };
        report.push(at.error("bad-schema", message).help(help));
    }
    found.map(|(_, type_)| *type_)
}

impl JsonType {
    /// The word of the schema.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Array => "array",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Object => "object",
            Self::String => "string",
        }
    }
}
