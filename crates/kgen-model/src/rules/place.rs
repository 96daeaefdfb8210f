//! The places of a type where something is said about a value, each with its type and its span.

use crate::facts::{Patch, SchemaFacts};
use crate::model::FieldLayout;
use crate::{Facts, Field, ListType, Model, RuleKind, Shape, Span, TypeId, TypeRef};

use crate::analysis::member;

/// A place where something is said about a value.
#[derive(Clone, Debug)]
pub struct Place<'m> {
    /// What to call it: `OrderSpec`, `lines`, `lines[*].sku`.
    pub name: String,
    /// The type of the value; `None` where something is said about a member that is not there.
    pub ty: Option<TypeRef>,
    /// What is said.
    pub facts: &'m Facts,
    /// The type or field that says it.
    pub span: Span,
    /// The type that declares it.
    pub owner: TypeId,
    /// What the place lies in.
    pub inside: Inside,
}

impl Place<'_> {
    /// Where a marker of this place stands; the whole place if nobody wrote it.
    pub fn at(&self, marker: &str) -> Span {
        self.facts.places.of(marker).unwrap_or(self.span)
    }

    /// The same for one of several markers of a name.
    pub fn at_nth(&self, marker: &str, index: usize) -> Span {
        self.facts.places.nth(marker, index).unwrap_or(self.span)
    }
}

/// What a place lies in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inside {
    /// What the place is part of besides the value itself.
    pub scope: Scope,
    /// The declaration of a type, rather than of a member.
    pub declaration: bool,
    /// A list, declared by the same field, whose elements have no identity.
    pub unordered: bool,
}

/// Which values a place speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All of them, always.
    #[default]
    All,
    /// In a case of `all_of`, `any_of`, `one_of` or `not`.
    Case,
    /// The keys of a map.
    Keys,
    /// Some of them, or at times; a schema does not say it.
    Sometimes,
}

/// All places of one type where something is said about values, those below others included.
pub fn places(model: &Model, id: TypeId) -> Vec<Place<'_>> {
    let def = model.ty(id);
    let mut places = Places {
        model,
        owner: id,
        found: Vec::new(),
    };
    let of_type = match &def.shape {
        Shape::Newtype(inner) => inner.clone(),
        Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) => TypeRef::Named(id),
    };
    let declaration = Inside {
        declaration: true,
        ..Inside::default()
    };
    if !is_silent(&def.facts) {
        places.add(&def.name, Some(of_type), &def.facts, def.span, declaration);
    }
    match &def.shape {
        Shape::Struct(fields) => {
            let speaks = |field: &&Field| field.layout != FieldLayout::Skipped && !is_silent(&field.facts);
            for field in fields.iter().filter(speaks) {
                let name = if field.layout == FieldLayout::Flattened {
                    &field.name
                } else {
                    &field.wire
                };
                places.add(
                    name,
                    Some(field.ty.clone()),
                    &field.facts,
                    field.span,
                    Inside::default(),
                );
            }
        }
        Shape::Union(union) => {
            for variant in union.variants.iter().filter(|variant| !is_silent(&variant.facts)) {
                places.add(
                    &variant.wire,
                    variant.ty.clone(),
                    &variant.facts,
                    variant.span,
                    Inside::default(),
                );
            }
        }
        Shape::Newtype(_) | Shape::Enum(_) => {}
    }
    places.found
}

/// Whether nothing is said that could be wrong. That is so of most places.
fn is_silent(facts: &Facts) -> bool {
    let Facts {
        description: _,
        title: _,
        external_docs: _,
        example: _,
        default: _,
        schema,
        list,
        map,
        patch,
        rules,
        each,
        each_key,
        subfields,
        items,
        extensions: _,
        places: _,
    } = facts;
    let merges = list.is_some() || map.is_some() || *patch != Patch::default();
    let below = each.is_some() || each_key.is_some() || !subfields.is_empty() || !items.is_empty();
    rules.is_empty() && !merges && !below && *schema == SchemaFacts::default()
}

struct Places<'m> {
    model: &'m Model,
    owner: TypeId,
    found: Vec<Place<'m>>,
}

impl<'m> Places<'m> {
    fn add(&mut self, name: &str, ty: Option<TypeRef>, facts: &'m Facts, span: Span, inside: Inside) {
        let wire = ty.as_ref().map(|ty| self.model.wire_type(ty).clone());
        self.add_elements(name, wire.as_ref(), facts, span, inside);
        for (wire_name, below) in &facts.subfields {
            let member = wire
                .as_ref()
                .and_then(|ty| member(self.model, ty, wire_name))
                .map(|member| member.ty.clone());
            let inside = Inside {
                declaration: false,
                ..inside
            };
            self.add(&format!("{name}.{wire_name}"), member, below, span, inside);
        }
        for item in &facts.items {
            let inside = Inside {
                scope: Scope::Sometimes,
                declaration: false,
                ..inside
            };
            self.add(
                &format!("{name}[..]"),
                wire.as_ref().and_then(element),
                &item.facts,
                span,
                inside,
            );
        }
        for rule in &facts.rules {
            for (below, scope) in nested(&rule.kind) {
                let inside = Inside {
                    scope,
                    declaration: false,
                    ..inside
                };
                self.add(name, ty.clone(), below, rule.span, inside);
            }
        }
        self.found.push(Place {
            name: name.to_owned(),
            ty,
            facts,
            span,
            owner: self.owner,
            inside,
        });
    }

    fn add_elements(&mut self, name: &str, wire: Option<&TypeRef>, facts: &'m Facts, span: Span, inside: Inside) {
        if let Some(each) = &facts.each {
            let is_list = matches!(wire, Some(TypeRef::List(_) | TypeRef::Array(..)));
            let unordered = inside.unordered || (is_list && !matches!(facts.list, Some(ListType::Map(_))));
            let inside = Inside {
                unordered,
                declaration: false,
                ..inside
            };
            self.add(&format!("{name}[*]"), wire.and_then(element), each, span, inside);
        }
        if let Some(each_key) = &facts.each_key {
            let key = match wire {
                Some(TypeRef::Map { key, .. }) => Some(key.as_ref().clone()),
                _ => None,
            };
            let inside = Inside {
                scope: Scope::Keys,
                declaration: false,
                ..inside
            };
            self.add(&format!("the keys of {name}"), key, each_key, span, inside);
        }
    }
}

/// What a list or map consists of.
fn element(wire: &TypeRef) -> Option<TypeRef> {
    match wire {
        TypeRef::List(inner) | TypeRef::Array(inner, _) => Some(inner.as_ref().clone()),
        TypeRef::Map { kind: _, key: _, value } => Some(value.as_ref().clone()),
        TypeRef::Bool
        | TypeRef::Int(_)
        | TypeRef::Float(_)
        | TypeRef::String
        | TypeRef::Builtin(_)
        | TypeRef::Named(_)
        | TypeRef::Option(_)
        | TypeRef::Boxed(_) => None,
    }
}

/// The facts that a rule holds about the same value.
fn nested(rule: &RuleKind) -> Vec<(&Facts, Scope)> {
    match rule {
        RuleKind::AllOf(cases) | RuleKind::AnyOf(cases) | RuleKind::OneOf(cases) => {
            cases.iter().map(|case| (case, Scope::Case)).collect()
        }
        RuleKind::Not(case) => vec![(case, Scope::Case)],
        RuleKind::IfMode { facts, .. } | RuleKind::IfFeature { facts, .. } | RuleKind::Maturity { facts, .. } => {
            vec![(facts, Scope::Sometimes)]
        }
        RuleKind::OnUpdate(facts) => vec![(facts, Scope::Sometimes)],
        _ => Vec::new(),
    }
}
