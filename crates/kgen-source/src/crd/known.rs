//! Objects that are copies of types of Kubernetes, as definitions hold them in place of references. A copy is recognised
//! when nothing is lost by it: it has the members of the type, no more and no fewer, each of the same form, and what it
//! says further (words, limits) can be said beside the type.

use std::collections::HashMap;

use kgen_model::facts::{ListType, Number};
use kgen_model::known;
use kgen_model::model::TypeDef;
use kgen_model::{Builtin, Expr, ExprKind, Facts, Field, Literal, Presence, Report, RuleKind, Shape, TypeId, TypeRef};

use super::at::At;
use super::hash::Hash;
use super::mark;
use super::schema::{Additional, JsonType, Schema};
use super::shape;
use super::types::{rules, same_type};
use super::words;
use super::yaml::Node;

/// How few members make no certain copy: a word must speak for the type, and limits of their own speak against it.
const FEW: usize = 3;

/// A type of Kubernetes behind a schema.
#[derive(Clone, Debug)]
pub(super) struct Copy {
    /// Its Rust path.
    pub(super) path: Vec<String>,
    pub(super) has_default: bool,
    /// What the schema says further.
    pub(super) markers: Vec<Expr>,
}

/// The types of Kubernetes as far as they have been asked for, and the schemas that have been looked at.
#[derive(Default)]
pub(super) struct Known<'n, 't> {
    names: Vec<&'static str>,
    definitions: HashMap<&'static str, Option<TypeDef>>,
    seen: HashMap<Hash, Vec<(&'n Node<'t>, Option<Copy>)>>,
}

impl<'n, 't> Known<'n, 't> {
    /// The type of Kubernetes that a schema is a copy of. `stem` is the property that holds it.
    pub(super) fn copy(&mut self, schema: &Schema<'n, 't>, hash: Hash, stem: &str) -> Option<Copy> {
        let hash = hash.and(Hash::of_text(stem).0);
        let node = schema.at.node;
        let seen = self
            .seen
            .get(&hash)
            .and_then(|seen| seen.iter().find(|(other, _)| same_type(other, node)));
        if let Some((_, copy)) = seen {
            return copy.clone();
        }
        let copy = self.find(schema, stem);
        self.seen.entry(hash).or_default().push((node, copy.clone()));
        copy
    }

    fn find(&mut self, schema: &Schema<'n, 't>, stem: &str) -> Option<Copy> {
        let entries = schema.properties.as_ref()?.node.entries()?;
        let members: Vec<&str> = entries.iter().map(|entry| entry.key.as_ref()).collect();
        let candidates = known::with_members(&members);
        let mut copies: Vec<(bool, Copy)> = Vec::new();
        for name in candidates {
            let speaks = speaks(schema, stem, name);
            if members.len() <= FEW && !speaks {
                continue;
            }
            let is_likely = |markers: &Vec<Expr>| members.len() > FEW || markers.iter().all(is_of_words);
            let copy = self.difference(schema, name).filter(is_likely).map(|markers| Copy {
                path: known::exported_path(name),
                has_default: self.definition(name).is_some_and(|def| def.has_trait("Default")),
                markers,
            });
            copies.extend(copy.map(|copy| (speaks, copy)));
        }
        if copies.len() > 1 {
            copies.retain(|(speaks, _)| *speaks);
        }
        // Of several that fit equally well none is meant for certain.
        (copies.len() == 1).then(|| copies.pop())?.map(|(_, copy)| copy)
    }

    /// What a schema says beyond a type. `None` if it is not a copy of it.
    fn difference(&mut self, schema: &Schema<'n, 't>, name: &'static str) -> Option<Vec<Expr>> {
        let def = self.definition(name)?.clone();
        let mut markers = Vec::new();
        self.of_struct(schema, &def, &Facts::default(), &mut markers)?;
        if schema.description.is_none() && def.facts.description.is_some() {
            markers.push(mark::assign("description", "", schema.at.span));
        }
        Some(markers)
    }

    fn definition(&mut self, name: &'static str) -> Option<&TypeDef> {
        let Self { names, definitions, .. } = self;
        let definition = definitions.entry(name).or_insert_with(|| {
            known::definition(name, &mut |other| {
                let at = names.iter().position(|have| *have == other).unwrap_or_else(|| {
                    names.push(other);
                    names.len() - 1
                });
                TypeId(u32::try_from(at).unwrap_or(u32::MAX))
            })
        });
        definition.as_ref()
    }

    fn of_struct(
        &mut self,
        schema: &Schema<'n, 't>,
        def: &TypeDef,
        place: &Facts,
        markers: &mut Vec<Expr>,
    ) -> Option<()> {
        let Shape::Struct(fields) = &def.shape else { return None };
        let is_plain = schema.type_ == Some(JsonType::Object)
            && schema.additional.is_none()
            && schema.preserve_unknown_fields.is_none()
            && schema.embedded_resource.is_none()
            && schema.int_or_string.is_none();
        let properties = schema.properties.as_ref().filter(|_| is_plain)?;
        let entries = properties.node.entries()?;
        let is_required = |field: &Field| field.presence == Presence::Required;
        let required = |wire: &str| schema.required.iter().any(|(name, _)| *name == wire);
        let agrees = |field: &Field| is_required(field) == required(&field.wire);
        if entries.len() != fields.len() || !fields.iter().all(agrees) {
            return None;
        }
        said(schema, &[&def.facts, place], markers)?;
        for entry in entries {
            let field = fields.iter().find(|field| field.wire == entry.key)?;
            let member = properties.member(entry);
            let span = member.span;
            let inner = self.value(member, &field.ty, &field.facts)?;
            if !inner.is_empty() {
                let name = mark::literal(entry.key.as_ref(), span);
                markers.push(mark::call(
                    "subfield",
                    std::iter::once(name).chain(inner).collect(),
                    span,
                ));
            }
        }
        Some(())
    }

    /// What the schema of a member says beyond the type of a field.
    fn value(&mut self, at: At<'n, 't>, ty: &TypeRef, facts: &Facts) -> Option<Vec<Expr>> {
        let mut report = Report::default();
        let schema = Schema::read(at, &mut report)?;
        if report.has_errors() || schema.nullable {
            return None;
        }
        let mut markers = Vec::new();
        let usual = self.value_of(&schema, ty, facts, &mut markers)?;
        let usual = facts.description.clone().or(usual);
        if schema.description != usual.as_deref() {
            markers.push(mark::assign(
                "description",
                schema.description.unwrap_or_default(),
                schema.at.span,
            ));
        }
        Some(markers)
    }

    /// The same without words. What the type says of itself comes back.
    fn value_of(
        &mut self,
        schema: &Schema<'n, 't>,
        ty: &TypeRef,
        facts: &Facts,
        markers: &mut Vec<Expr>,
    ) -> Option<Option<String>> {
        match ty {
            TypeRef::Option(inner) | TypeRef::Boxed(inner) => return self.value_of(schema, inner, facts, markers),
            TypeRef::Named(id) => return self.named(schema, *id, facts, markers),
            TypeRef::List(inner) => {
                let at = schema.items.clone().filter(|_| is(schema, JsonType::Array, None))?;
                self.elements(at, inner, facts, markers)?;
            }
            TypeRef::Map { value, .. } => {
                let Some(Additional::Each(at)) = schema.additional.clone() else {
                    return None;
                };
                if !is(schema, JsonType::Object, None) || schema.properties.is_some() {
                    return None;
                }
                self.elements(at, value, facts, markers)?;
            }
            TypeRef::Bool => is(schema, JsonType::Boolean, None).then_some(())?,
            TypeRef::Int(kgen_model::model::Int::I32) => is(schema, JsonType::Integer, Some("int32")).then_some(())?,
            TypeRef::Int(kgen_model::model::Int::I64) => is(schema, JsonType::Integer, Some("int64")).then_some(())?,
            TypeRef::Float(_) => is(schema, JsonType::Number, None).then_some(())?,
            TypeRef::String => is(schema, JsonType::String, None).then_some(())?,
            TypeRef::Builtin(builtin) => is_builtin(schema, *builtin).then_some(())?,
            TypeRef::Int(_) | TypeRef::Array(..) => return None,
        }
        said(schema, &[facts], markers)?;
        Some(None)
    }

    fn named(
        &mut self,
        schema: &Schema<'n, 't>,
        id: TypeId,
        facts: &Facts,
        markers: &mut Vec<Expr>,
    ) -> Option<Option<String>> {
        let name = *self.names.get(id.0 as usize)?;
        let def = self.definition(name)?.clone();
        if let Shape::Newtype(inner) = &def.shape {
            let usual = self.value_of(schema, inner, facts, markers)?;
            return (def.facts.rules.is_empty() && def.facts.schema == Facts::default().schema)
                .then_some(def.facts.description.clone().or(usual));
        }
        if name.ends_with(".ObjectMeta") {
            // Of the metadata of objects inside of others, definitions say no more than that it is an object.
            let is_bare = is(schema, JsonType::Object, None) && schema.properties.is_none() && schema.rules.is_empty();
            let type_ = mark::assign("type", JsonType::Object.name(), schema.at.span);
            markers.push(mark::call("schema", vec![type_], schema.at.span));
            markers.extend(schema.of_place.iter().cloned());
            return (is_bare && schema.additional.is_none()).then_some(None);
        }
        self.of_struct(schema, &def, facts, markers)?;
        Some(def.facts.description.clone())
    }

    fn elements(&mut self, at: At<'n, 't>, ty: &TypeRef, facts: &Facts, markers: &mut Vec<Expr>) -> Option<()> {
        let span = at.span;
        let each = facts.each.as_deref().cloned().unwrap_or_default();
        let inner = self.value(at, ty, &each)?;
        if !inner.is_empty() {
            markers.push(mark::call("each", inner, span));
        }
        Some(())
    }
}

/// Whether the schema is of this type and format, and of nothing else.
fn is(schema: &Schema<'_, '_>, type_: JsonType, format: Option<&str>) -> bool {
    schema.type_ == Some(type_)
        && schema.format.map(|(format, _)| format) == format
        && schema.int_or_string.is_none()
        && schema.preserve_unknown_fields.is_none()
        && schema.embedded_resource.is_none()
}

fn is_builtin(schema: &Schema<'_, '_>, builtin: Builtin) -> bool {
    match builtin {
        Builtin::Time | Builtin::MicroTime => is(schema, JsonType::String, Some("date-time")),
        Builtin::ByteString => is(schema, JsonType::String, Some("byte")),
        Builtin::Quantity => shape::is_quantity(schema) && schema.preserve_unknown_fields.is_none(),
        Builtin::IntOrString => {
            schema.int_or_string.is_some() && shape::is_spelled(schema) && schema.preserve_unknown_fields.is_none()
        }
        Builtin::Duration | Builtin::RawExtension | Builtin::Json | Builtin::EmbeddedObject | Builtin::FieldsV1 => {
            false
        }
    }
}

/// What a schema says beside its type. `None` if the facts of the type say something else, or something more.
fn said(schema: &Schema<'_, '_>, facts: &[&Facts], markers: &mut Vec<Expr>) -> Option<()> {
    let mut report = Report::default();
    let mut all = schema.of_place.clone();
    rules(schema, &mut all, &mut report);
    if super::types::named_strings(schema).is_some() {
        all.extend(schema.enum_marker(&mut report));
    }
    let known: Vec<Expr> = facts
        .iter()
        .map(|facts| expected(facts))
        .collect::<Option<Vec<_>>>()?
        .concat();
    for marker in &known {
        // What the type says the schema must say too, in the same words.
        let at = all.iter().position(|have| bare(have) == bare(marker))?;
        all.remove(at);
    }
    // Defaults inside of types of somebody else cannot be applied.
    let says_default = mark::says(&all, "default");
    markers.extend(all);
    (!says_default && !report.has_errors()).then_some(())
}

/// What a schema says of a value with these facts. `None` if they say what no keyword does.
fn expected(facts: &Facts) -> Option<Vec<Expr>> {
    let span = kgen_model::Span::default();
    let mut markers = Vec::new();
    markers.extend(facts.default.clone().map(|value| mark::assign("default", value, span)));
    markers.extend(facts.map.map(|map| {
        let word = match map {
            kgen_model::MapType::Atomic => "atomic",
            kgen_model::MapType::Granular => "granular",
        };
        mark::assign_word("map", word, span)
    }));
    markers.extend(facts.list.as_ref().map(|list| match list {
        ListType::Atomic => mark::assign_word("list", "atomic", span),
        ListType::Set => mark::assign_word("list", "set", span),
        ListType::Map(keys) => {
            let keys = keys.iter().map(|key| mark::assign("key", key.as_str(), span));
            mark::assign_expr("list", mark::call("map", keys.collect(), span), span)
        }
    }));
    for rule in facts.rule_kinds() {
        let count = |count: &u64| Literal::Int((*count).into());
        markers.push(match rule {
            RuleKind::Minimum {
                value: Number::Int(value),
                exclusive: false,
            } => mark::assign("minimum", Literal::Int(*value), span),
            RuleKind::MinLength(length) => mark::assign("min_length", count(length), span),
            RuleKind::MaxLength(length) => mark::assign("max_length", count(length), span),
            RuleKind::Pattern(pattern) => mark::assign("pattern", pattern.as_str(), span),
            RuleKind::Enum(values) => mark::assign_expr("enum_values", mark::list(values.clone(), span), span),
            _ => return None,
        });
    }
    Some(markers)
}

/// Whether a marker says nothing but descriptions, here or below.
fn is_of_words(marker: &Expr) -> bool {
    match &marker.kind {
        ExprKind::Assign { name, .. } => matches!(name.text.as_str(), "description" | "title"),
        ExprKind::Call { name, args } => {
            let is_scope = matches!(name.text.as_str(), "subfield" | "each");
            is_scope && args.iter().all(is_of_words)
        }
        ExprKind::Literal(_) => true,
        ExprKind::Path(_) | ExprKind::List(_) => false,
    }
}

/// A marker without its places.
fn bare(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Literal(literal) => literal.to_string(),
        ExprKind::Path(path) => path.clone(),
        ExprKind::Assign { name, value } => format!("{} = {}", name.text, bare(value)),
        ExprKind::Call { name, args } => {
            let args: Vec<String> = args.iter().map(bare).collect();
            format!("{}({})", name.text, args.join(", "))
        }
        ExprKind::List(items) => {
            let items: Vec<String> = items.iter().map(bare).collect();
            format!("[{}]", items.join(", "))
        }
    }
}

/// Whether the property or the words of a schema name the type by its first word, such as `secret`.
fn speaks(schema: &Schema<'_, '_>, stem: &str, name: &str) -> bool {
    let short = name.rsplit('.').next().unwrap_or_default();
    let word = words::first(short);
    let mut texts = vec![
        stem.to_lowercase(),
        schema.description.unwrap_or_default().to_lowercase(),
    ];
    let entries = schema
        .properties
        .as_ref()
        .and_then(|at| at.node.entries())
        .unwrap_or_default();
    let of_members = entries
        .iter()
        .filter_map(|entry| entry.value.get("description")?.text());
    texts.extend(of_members.map(str::to_lowercase));
    texts.iter().any(|text| text.contains(&word))
}
