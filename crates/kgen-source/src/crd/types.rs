//! The types of one version of a group: what schemas become, each distinct one once. Schemas are looked at level by level,
//! from the kinds down, so that a type belongs to the place that lies highest, and what is below it is looked at once.

use std::collections::HashMap;

use kgen_model::{Expr, Literal, Report, Span};

use super::CrdOptions;
use super::at::At;
use super::definition::Version;
use super::hash::Hash;
use super::known::{Copy, Known};
use super::schema::{Additional, JsonType, Schema, is_of_place};
use super::ty::Ty;
use super::yaml::{Entry, Kind, Node};
use super::{fields, logic, mark, shape, words};

/// A type that is made here.
#[derive(Debug)]
pub(super) struct Part<'n, 't> {
    /// Where its schema stands first.
    pub(super) at: At<'n, 't>,
    pub(super) docs: &'n str,
    pub(super) role: Role<'n>,
    pub(super) body: Body<'n>,
    pub(super) markers: Vec<Expr>,
    /// The types that hold it, the one that it belongs to first.
    pub(super) holders: Vec<usize>,
}

/// What a type is for.
#[derive(Debug)]
pub(super) enum Role<'n> {
    /// The kind of this name.
    Kind(&'n str),
    /// A part of another type, by the property in the words of Rust.
    Part(String),
}

/// What a type consists of.
#[derive(Debug)]
pub(super) enum Body<'n> {
    Struct(Vec<Member<'n>>),
    /// Named strings with their places.
    Enum(Vec<(&'n str, Span)>),
}

/// A field.
#[derive(Debug)]
pub(super) struct Member<'n> {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) docs: &'n str,
    pub(super) ty: Ty,
    pub(super) markers: Vec<Expr>,
}

/// Where a value stands, for the name of its type.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holder<'h> {
    pub(super) part: usize,
    /// The property in the words of Rust.
    pub(super) stem: &'h str,
    /// The same for one of several.
    pub(super) singular: &'h str,
}

/// A value: its type, and what is said of it.
#[derive(Debug)]
pub(super) struct Value<'n> {
    pub(super) ty: Ty,
    pub(super) docs: &'n str,
    pub(super) markers: Vec<Expr>,
    pub(super) nullable: bool,
    pub(super) has_default: bool,
}

/// The types of one version of a group, as they are found.
pub(super) struct Types<'n, 't, 'o> {
    pub(super) options: &'o CrdOptions,
    pub(super) parts: Vec<Part<'n, 't>>,
    /// The schemas of parts that wait to be looked into.
    waiting: Vec<Option<Schema<'n, 't>>>,
    made: HashMap<Hash, Vec<usize>>,
    known: Known<'n, 't>,
}

impl<'n, 't, 'o> Types<'n, 't, 'o> {
    /// The types of these kinds, which come in the order of their names.
    pub(super) fn of(
        kinds: Vec<(&'n str, Version<'n, 't>)>,
        options: &'o CrdOptions,
        report: &mut Report,
    ) -> Vec<Part<'n, 't>> {
        let mut types = Self {
            options,
            parts: Vec::new(),
            waiting: Vec::new(),
            made: HashMap::new(),
            known: Known::default(),
        };
        for (kind, version) in kinds {
            types.kind(kind, version, report);
        }
        let mut next = 0;
        while next < types.parts.len() {
            if let Some(schema) = types.waiting[next].take() {
                fields::fill(&mut types, next, schema, report);
            }
            next += 1;
        }
        types.parts
    }

    fn kind(&mut self, kind: &'n str, version: Version<'n, 't>, report: &mut Report) {
        let Some(schema) = Schema::read(version.schema, report) else {
            return;
        };
        if schema.type_ != Some(JsonType::Object) {
            let message = "the schema of an object is no object";
            report.push(schema.at.error("not-structural", message).help("write `type: object`"));
            return;
        }
        let mut markers = vec![match words::is_type_name(kind) {
            true => mark::flag("kind", version.name.1),
            false => mark::assign("kind", kind, version.name.1),
        }];
        markers.extend(version.markers);
        markers.extend(schema.of_place.iter().cloned());
        self.add(schema, Role::Kind(kind), Body::Struct(Vec::new()), markers, Vec::new());
    }

    /// Adds a type whose schema is looked into later.
    fn add(
        &mut self,
        schema: Schema<'n, 't>,
        role: Role<'n>,
        body: Body<'n>,
        markers: Vec<Expr>,
        holders: Vec<usize>,
    ) -> usize {
        self.parts.push(Part {
            at: schema.at.clone(),
            docs: schema.description.unwrap_or_default(),
            role,
            body,
            markers,
            holders,
        });
        self.waiting.push(Some(schema));
        self.parts.len() - 1
    }

    /// What stands at a place. `None` after a finding.
    pub(super) fn value(&mut self, at: At<'n, 't>, holder: Holder<'_>, report: &mut Report) -> Option<Value<'n>> {
        let schema = Schema::read(at, report)?;
        let docs = schema.description.unwrap_or_default();
        let (nullable, has_default) = (schema.nullable, schema.has_default);
        let mut markers = schema.of_place.clone();
        if let Some(copy) = self.copy(&schema, holder) {
            markers.extend(copy.markers);
            return Some(Value {
                ty: Ty::Foreign(copy.path, copy.has_default),
                docs,
                markers,
                nullable,
                has_default,
            });
        }
        let ty = match self.own(&schema, holder, report) {
            Some(own) => {
                if matches!(self.parts[own].body, Body::Enum(_)) {
                    // An enum is its values; what else is said of a string belongs to the place.
                    rules(&schema, &mut markers, report);
                    markers.extend(preserves(&schema));
                }
                Ty::Own(own)
            }
            None => self.foreign(&schema, holder, &mut markers, report)?,
        };
        Some(Value {
            ty,
            docs,
            markers,
            nullable,
            has_default,
        })
    }

    /// The type of Kubernetes that a schema is a copy of, if it is one and that is wanted.
    fn copy(&mut self, schema: &Schema<'n, 't>, holder: Holder<'_>) -> Option<Copy> {
        let is_wanted = self.options.recognise_kubernetes && shape::is_struct(schema);
        let entries = schema.properties.as_ref().filter(|_| is_wanted)?;
        self.known.copy(schema, entries.node.hash, holder.stem)
    }

    /// The type that is made for a schema, if one is: for objects with known members, and for named strings.
    fn own(&mut self, schema: &Schema<'n, 't>, holder: Holder<'_>, report: &mut Report) -> Option<usize> {
        if let Some(values) = named_strings(schema) {
            let hash = Hash::of_text(holder.stem).and(schema.enum_.as_ref()?.node.hash.0);
            let same = |part: &Part<'n, 't>| matches!(&part.body, Body::Enum(have) if same_values(have, &values));
            return Some(self.shared(schema, hash, holder, Body::Enum(values.clone()), same));
        }
        if !shape::is_struct(schema) {
            return None;
        }
        refuse_both(schema, report);
        let entries = schema.at.node.entries()?;
        let hash = Hash::of_entries(entries.iter().filter(|entry| !is_of_place(&entry.key)));
        // Objects without members are alike, but mean different things.
        let is_empty = schema.properties.is_none();
        let hash = if is_empty {
            hash.and(Hash::of_text(holder.stem).0)
        } else {
            hash
        };
        let node = schema.at.node;
        let same = |part: &Part<'n, 't>| matches!(part.role, Role::Part(_)) && same_type(part.at.node, node);
        Some(self.shared(schema, hash, holder, Body::Struct(Vec::new()), same))
    }

    /// The type with this hash that is the same, or a new one.
    fn shared(
        &mut self,
        schema: &Schema<'n, 't>,
        hash: Hash,
        holder: Holder<'_>,
        body: Body<'n>,
        same: impl Fn(&Part<'n, 't>) -> bool,
    ) -> usize {
        let candidates = self.made.entry(hash).or_default();
        if let Some(&found) = candidates.iter().find(|at| same(&self.parts[**at])) {
            self.parts[found].holders.push(holder.part);
            return found;
        }
        candidates.push(self.parts.len());
        let role = Role::Part(holder.stem.to_owned());
        self.add(schema.clone(), role, body, Vec::new(), vec![holder.part])
    }

    /// The type of a value for which none is made. What the schema says further is added to the markers.
    fn foreign(
        &mut self,
        schema: &Schema<'n, 't>,
        holder: Holder<'_>,
        markers: &mut Vec<Expr>,
        report: &mut Report,
    ) -> Option<Ty> {
        let one = Holder {
            stem: holder.singular,
            ..holder
        };
        let ty = match (schema.int_or_string, schema.type_) {
            (None, Some(JsonType::Array)) => {
                let Some(at) = schema.items.clone() else {
                    let message = "this list does not say what its elements are";
                    report.push(schema.at.error("not-structural", message).help("add `items`"));
                    return None;
                };
                markers.extend(preserves(schema));
                self.elements(at, one, markers, report)?.list()
            }
            (None, Some(JsonType::Object)) => match &schema.additional {
                Some(Additional::Each(at)) => {
                    markers.extend(preserves(schema));
                    self.elements(at.clone(), one, markers, report)?.map()
                }
                additional => shape::free_form(schema, additional.as_ref(), markers),
            },
            _ => shape::scalar(schema, markers, report)?,
        };
        rules(schema, markers, report);
        Some(ty)
    }

    /// What each element of a list or value of a map is.
    fn elements(
        &mut self,
        at: At<'n, 't>,
        holder: Holder<'_>,
        markers: &mut Vec<Expr>,
        report: &mut Report,
    ) -> Option<Ty> {
        let span = at.span;
        let Value {
            ty,
            docs,
            markers: mut inner,
            nullable,
            has_default: _,
        } = self.value(at, holder, report)?;
        if docs != self.docs_of(&ty) {
            inner.insert(0, mark::assign("description", docs, span));
        }
        if !inner.is_empty() {
            markers.push(mark::call("each", inner, span));
        }
        Some(if nullable { ty.option() } else { ty })
    }

    /// What the type says of itself.
    pub(super) fn docs_of(&self, ty: &Ty) -> &'n str {
        match ty {
            Ty::Own(own) => self.parts[*own].docs,
            Ty::Plain(_) | Ty::Builtin(_) | Ty::Foreign(..) | Ty::Option(_) | Ty::List(_) | Ty::Map(_) => "",
        }
    }
}

/// What a schema says of its values beside what they are made of.
pub(super) fn rules(schema: &Schema<'_, '_>, markers: &mut Vec<Expr>, report: &mut Report) {
    markers.extend(schema.rules.iter().cloned());
    markers.extend(schema.pattern_marker().filter(|_| !shape::is_quantity(schema)));
    if named_strings(schema).is_none() {
        markers.extend(schema.enum_marker(report));
    }
    if let Some(at) = schema.any_of.as_ref().filter(|_| !shape::is_spelled(schema)) {
        markers.extend(logic::cases(at, "any_of", report));
    }
    markers.extend(
        schema
            .embedded_resource
            .map(|span| mark::flag("embedded_resource", span)),
    );
    if schema.properties.is_none() && !schema.required.is_empty() {
        markers.push(fields_required(&schema.required));
    }
}

/// That unknown members of the value are kept, as a marker.
pub(super) fn preserves(schema: &Schema<'_, '_>) -> Option<Expr> {
    schema
        .preserve_unknown_fields
        .map(|span| mark::flag("preserve_unknown_fields", span))
}

/// `fields_required("a", "b")`
pub(super) fn fields_required(names: &[(&str, Span)]) -> Expr {
    let span = names.first().map_or_else(Span::default, |(_, span)| *span);
    let args = names.iter().map(|(name, span)| mark::literal(*name, *span)).collect();
    mark::call("fields_required", args, span)
}

/// The values of a string that is one of several, each with its place.
pub(super) fn named_strings<'n>(schema: &Schema<'n, '_>) -> Option<Vec<(&'n str, Span)>> {
    if schema.type_ != Some(JsonType::String) || schema.int_or_string.is_some() || schema.format.is_some() {
        return None;
    }
    let Kind::List(values) = &schema.enum_.as_ref()?.node.kind else {
        return None;
    };
    let values: Vec<(&str, Span)> = values
        .iter()
        .map(|value| Some((value.text()?, value.span)))
        .collect::<Option<_>>()?;
    let is_repeated = |at: usize| values[..at].iter().any(|(have, _)| *have == values[at].0);
    let is_fine = !values.is_empty() && !(0..values.len()).any(is_repeated);
    is_fine.then_some(values)
}

fn same_values(a: &[(&str, Span)], b: &[(&str, Span)]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|((a, _), (b, _))| a == b)
}

/// Whether two schemas make one type: they differ at most in what they say of their places.
pub(super) fn same_type(a: &Node<'_>, b: &Node<'_>) -> bool {
    let (Some(a), Some(b)) = (a.entries(), b.entries()) else {
        return false;
    };
    let of_type = |entry: &&Entry<'_>| !is_of_place(&entry.key);
    let same = |entry: &Entry<'_>| {
        b.iter()
            .any(|other| other.key == entry.key && other.value == entry.value)
    };
    a.iter().filter(of_type).count() == b.iter().filter(of_type).count() && a.iter().filter(of_type).all(same)
}

fn refuse_both(schema: &Schema<'_, '_>, report: &mut Report) {
    if schema.properties.is_some() && schema.additional.is_some() {
        let message = "an object has either `properties` or `additionalProperties`";
        let help = "keep one of them; `x-kubernetes-preserve-unknown-fields: true` keeps further members";
        report.push(schema.at.error("not-structural", message).help(help));
    }
}

/// The type and format of a schema, as the marker that replaces those of Rust.
pub(super) fn schema_marker(schema: &Schema<'_, '_>) -> Expr {
    let span = schema.at.span;
    let type_ = schema.type_.map(|type_| mark::assign("type", type_.name(), span));
    let format = schema
        .format
        .map(|(format, span)| mark::assign("format", Literal::from(format), span));
    mark::call("schema", type_.into_iter().chain(format).collect(), span)
}
