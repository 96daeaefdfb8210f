//! Types that were written for kube-derive may hold what the model has no form for. Whoever holds such a value in a field
//! has a field that only Rust sees; the schema knows better, since it follows schemars.

use super::super::Resolver;
use super::super::type_refs::Params;
use crate::draft::{DraftBody, DraftField, DraftPayload, DraftType, DraftTypeRef};
use crate::facts::{Facts, ListType, Number, Rule, RuleKind};
use crate::literal::Literal;
use crate::model::TypeRef;
use crate::report::Report;
use crate::schemars::{Body, Checks, Merge};
use crate::span::Span;

impl Resolver<'_> {
    /// Whether a type belongs to a kind that kube-derive makes.
    pub(in crate::resolve) fn is_lenient(&self, module: usize, draft: &DraftType) -> bool {
        self.kube.lenient.contains(&(module, draft.name.clone()))
    }

    /// The type of a field, if the model has a form for it. Nothing is reported.
    pub(in crate::resolve) fn type_ref_or_none(
        &mut self,
        module: usize,
        ty: &DraftTypeRef,
        params: &Params,
    ) -> Option<TypeRef> {
        let mut silent = Report::default();
        std::mem::swap(self.report, &mut silent);
        let found = self.type_ref(module, ty, params);
        std::mem::swap(self.report, &mut silent);
        found
    }

    /// Whether the model has no form for a type that belongs to a kind of kube-derive.
    pub(in crate::resolve) fn is_formless(&mut self, home: usize, index: usize) -> bool {
        let draft = self.scopes.ty(home, index);
        if !self.is_lenient(home, draft) || self.kube.open.contains(&(home, index)) {
            return false;
        }
        let is_spec = self
            .kube
            .specs
            .iter()
            .any(|spec| (spec.module, spec.index) == (home, index));
        if draft.other_generics.is_some() || !(is_spec || self.is_within_reach(home, index)) {
            return true;
        }
        self.kube.open.push((home, index));
        let params: Params = draft
            .generics
            .iter()
            .map(|name| (name.clone(), TypeRef::String))
            .collect();
        let formless = match &draft.body {
            DraftBody::Struct(_) | DraftBody::Unit => false,
            DraftBody::Newtype(ty) => self.type_ref_or_none(home, ty, &params).is_none(),
            DraftBody::Tuple | DraftBody::CUnion => true,
            DraftBody::Enum(variants) => {
                variants.is_empty()
                    || variants.iter().any(|variant| match &variant.payload {
                        DraftPayload::Unit => !variant.serde.iter().all(is_name),
                        DraftPayload::Newtype(ty) => {
                            !variant.serde.iter().all(is_name) || self.type_ref_or_none(home, ty, &params).is_none()
                        }
                        DraftPayload::Tuple | DraftPayload::Struct(_) => true,
                    })
            }
        };
        self.kube.open.pop();
        formless
    }

    /// Whether generated code can name a type and all of its fields.
    fn is_within_reach(&self, home: usize, index: usize) -> bool {
        let draft = self.scopes.ty(home, index);
        let fields = match &draft.body {
            DraftBody::Struct(fields) => fields.as_slice(),
            DraftBody::Newtype(_) | DraftBody::Unit | DraftBody::Tuple | DraftBody::Enum(_) | DraftBody::CUnion => &[],
        };
        draft.public && fields.iter().all(|field| field.public) && self.scopes.open_home(home, index).is_some()
    }

    /// What the attributes of other derives say of a field, as facts of the model.
    pub(in crate::resolve) fn foreign_facts(
        &self,
        module: usize,
        owner: &DraftType,
        draft: &DraftField,
        facts: &mut Facts,
    ) {
        let index = self.draft.modules[module]
            .types
            .iter()
            .position(|ty| ty.name == owner.name);
        let home = self
            .kube
            .homes
            .iter()
            .position(|home| Some(home.1) == index && home.0 == module);
        let Some(definition) = home.and_then(|home| self.kube.definitions[home].as_ref()) else {
            return;
        };
        let Body::Struct(members) = &definition.body else {
            return;
        };
        let Some(field) = members.fields.iter().find(|field| field.span == draft.span) else {
            return;
        };
        let cel = field.rules.iter().cloned().map(RuleKind::Cel);
        facts.rules.extend(cel.map(|kind| at(kind, draft.span)));
        match &field.merge {
            // Merging sets compares their elements, and nothing tells whether these can be compared.
            Some(Merge::List(ListType::Set)) if !matches!(shape(&field.ty), Form::List(element) if *element != Form::Other) =>
                {}
            Some(Merge::List(list)) if facts.list.is_none() => facts.list = Some(list.clone()),
            Some(Merge::Map(map) | Merge::Struct(map)) if facts.map.is_none() => facts.map = Some(*map),
            Some(_) | None => {}
        }
        facts.title = facts.title.take().or_else(|| field.about.title.clone());
        if let Some(description) = &field.about.description {
            facts.description.get_or_insert_with(|| description.clone());
        }
        add_checks(&field.checks, facts, draft.span, &shape(&field.ty));
    }
}

/// What a check means for a type.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    String,
    Number,
    List(Box<Form>),
    Other,
}

fn shape(ty: &crate::schemars::Type) -> Form {
    use crate::schemars::Type;
    match ty {
        Type::Fixed(fixed) => match &fixed.schema {
            Literal::Object(members) => match members.get("type").and_then(Literal::as_str) {
                Some("string") => Form::String,
                Some("integer" | "number") => Form::Number,
                _ => Form::Other,
            },
            _ => Form::Other,
        },
        Type::Option(inner) => shape(inner),
        Type::List(inner) | Type::Set(inner) | Type::Array(inner, _) => Form::List(Box::new(shape(inner))),
        Type::Any
        | Type::Null
        | Type::Map(..)
        | Type::Tuple(_)
        | Type::Kubernetes(_)
        | Type::Defined(_)
        | Type::Unknown => Form::Other,
    }
}

fn add_checks(checks: &Checks, facts: &mut Facts, span: Span, form: &Form) {
    let Checks {
        length: (shortest, longest),
        range: (least, greatest),
        pattern,
        format,
        inner,
    } = checks;
    let count = |literal: &Option<Literal>| match literal {
        Some(Literal::Int(value)) => u64::try_from(*value).ok(),
        _ => None,
    };
    let number = |literal: &Option<Literal>| match literal {
        Some(Literal::Int(value)) => Some(Number::Int(*value)),
        Some(Literal::Float(value)) => Some(Number::Float(*value)),
        _ => None,
    };
    let exclusive = false;
    let found: Vec<Option<RuleKind>> = match form {
        Form::String => vec![
            count(shortest).map(RuleKind::MinLength),
            count(longest).map(RuleKind::MaxLength),
            pattern.clone().map(RuleKind::Pattern),
        ],
        Form::Number => vec![
            number(least).map(|value| RuleKind::Minimum { value, exclusive }),
            number(greatest).map(|value| RuleKind::Maximum { value, exclusive }),
        ],
        Form::List(_) => vec![
            count(shortest).map(RuleKind::MinItems),
            count(longest).map(RuleKind::MaxItems),
        ],
        Form::Other => Vec::new(),
    };
    facts
        .rules
        .extend(found.into_iter().flatten().map(|kind| at(kind, span)));
    if let Some(format) = format.filter(|_| *form == Form::String) {
        facts.rules.push(at(RuleKind::Format((*format).to_owned()), span));
    }
    if let (Some(inner), Form::List(element)) = (inner, form) {
        add_checks(inner, facts.each.get_or_insert_default(), span, element);
    }
}

fn at(kind: RuleKind, span: Span) -> Rule {
    Rule { kind, span }
}

/// Whether an attribute of a variant says no more than what it is called.
fn is_name(expr: &crate::Expr) -> bool {
    expr.name()
        .is_some_and(|name| matches!(name.text.as_str(), "rename" | "alias"))
}
