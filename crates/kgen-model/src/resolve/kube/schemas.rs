//! The types of a kind that kube-derive makes, as schemars' derive reads them.

mod bodies;
mod fields;
mod said;

use super::super::Resolver;
use super::DefaultFrom;
use super::attributes::{self, effective, find, items, named, reading, says, value};
use super::types::{Looking, Params, STATE_IT};
use super::values::At;
use crate::draft::DraftType;
use crate::expr::{Expr, ExprKind};
use crate::facts::Facts;
use crate::literal::Literal;
use crate::markers::Place;
use crate::report::{Diagnostic, Report};
use crate::schemars::{About, Body, Checks, Definition, DefinitionId, Type};
use crate::span::Span;

pub(super) use said::title_and_description;

/// What is known of the type whose parts are read.
struct Owner<'a> {
    id: DefinitionId,
    module: usize,
    draft: &'a DraftType,
    params: &'a Params,
    /// Serde's attributes as schemars takes them.
    serde: Vec<Expr>,
    /// Whether `KubeSchema` reads it, which passes on fewer attributes and adds rules.
    kube: bool,
    unknown: Vec<Diagnostic>,
}

impl Resolver<'_> {
    /// The definition of a type with these arguments.
    pub(super) fn definition(&mut self, module: usize, index: usize, args: Vec<Type>) -> DefinitionId {
        let key = (module, index, format!("{args:?}"));
        if let Some(id) = self.kube.ids.get(&key) {
            return *id;
        }
        let id = DefinitionId(u32::try_from(self.kube.definitions.len()).unwrap_or(u32::MAX));
        self.kube.ids.insert(key, id);
        self.kube.definitions.push(None);
        self.kube.homes.push((module, index));
        let draft = self.scopes.ty(module, index);
        self.kube.lenient.insert((module, draft.name.clone()));
        let params: Params = draft.generics.iter().cloned().zip(args).collect();
        let definition = self.defined(id, module, draft, &params);
        self.kube.definitions[id.0 as usize] = Some(definition);
        id
    }

    fn defined(&mut self, id: DefinitionId, module: usize, draft: &DraftType, params: &Params) -> Definition {
        let foreign = draft.foreign.as_deref();
        let derives = |name: &str| draft.derives.iter().any(|have| have == name);
        let mut owner = Owner {
            id,
            module,
            draft,
            params,
            serde: effective(&draft.serde, foreign),
            kube: derives("KubeSchema") || derives("CELSchema"),
            unknown: Vec::new(),
        };
        let stated = self.stated(module, &draft.markers, Place::Type);
        let about = self.about(&mut owner, &draft.docs, foreign, draft.deprecated.is_some());
        let body = if owner.kube || derives("JsonSchema") {
            self.body(&mut owner)
        } else {
            self.no_schema(&mut owner)
        };
        let validations = named(&items(foreign, "x_kube"), "validation");
        let kube = owner.kube;
        let rules = validations.into_iter().filter(|_| kube);
        let rules = rules.filter_map(|item| self.rule(&mut owner, item)).collect();
        if replaces(&stated) {
            owner.unknown.clear();
        }
        let schemars = items(foreign, "schemars");
        let renamed = find(&schemars, "rename").and_then(value);
        let stands_for = says(&owner.serde, "transparent") || find(&schemars, "with").is_some();
        Definition {
            transparent: is_other_type(&body) && stands_for && about == About::default() && !owner.kube,
            name: renamed
                .and_then(attributes::text)
                .or_else(|| reading(&owner.serde, "rename"))
                .unwrap_or_else(|| draft.name.clone()),
            about,
            body,
            rules,
            stated,
            span: draft.span,
            unknown: owner.unknown,
        }
    }

    /// What markers say, without reporting what is wrong with them: resolving the type does.
    fn stated(&mut self, module: usize, markers: &[Expr], place: Place) -> Facts {
        if markers.is_empty() {
            return Facts::default();
        }
        let mut silent = Report::default();
        std::mem::swap(self.report, &mut silent);
        let (facts, _) = self.facts(module, markers, &[place]);
        std::mem::swap(self.report, &mut silent);
        facts
    }

    /// The value of an expression in an attribute.
    pub(super) fn constant(&self, module: usize, expr: &Expr) -> Option<Literal> {
        self.values().value(expr, At::module(module))
    }
}

impl Owner<'_> {
    fn looking(&mut self) -> Looking<'_> {
        Looking {
            module: self.module,
            params: self.params,
            unknown: &mut self.unknown,
            depth: 0,
        }
    }

    /// Whether a function makes the schema, which is reported.
    fn schema_with(&mut self, schemars: &[&Expr]) -> bool {
        let item = find(schemars, "schema_with");
        if let Some(item) = item {
            let message = "`schema_with` names a function, whose schema the source does not tell";
            self.opaque(item.span, message);
        }
        item.is_some()
    }

    fn opaque(&mut self, span: Span, message: &str) {
        self.unknown
            .push(Diagnostic::error("unknown-schema", span, message).help(STATE_IT));
    }

    fn not_constant(&mut self, span: Span, what: &str) {
        let message = format!("the value of `{what}` is none that kgen can read");
        self.unknown.push(
            Diagnostic::error("unknown-schema", span, message)
                .help("write it as a literal or a constant of this crate, or state the schema with a marker of kgen"),
        );
    }
}

/// Whether a type is another one, of which it says nothing.
fn is_other_type(body: &Body) -> bool {
    match body {
        Body::Type(_) => true,
        Body::Newtype(field) => field.about == About::default() && field.checks == Checks::default(),
        Body::Unit | Body::Tuple(_) | Body::Struct(_) | Body::Enum(_) | Body::Unknown => false,
    }
}

/// Whether markers state the schema in place of the type.
fn replaces(stated: &Facts) -> bool {
    stated.schema.schemaless || stated.schema.type_.is_some() || stated.schema.int_or_string.is_some()
}

/// Fields that are never read have no schema.
fn skipped(serde: &[Expr]) -> bool {
    says(serde, "skip") || says(serde, "skip_deserializing")
}

fn reading_expr(serde: &[Expr], wanted: &str) -> Option<Expr> {
    let all: Vec<&Expr> = serde.iter().collect();
    find(&all, wanted).and_then(value).cloned()
}

fn default_from(serde: &[Expr]) -> Option<DefaultFrom> {
    let all: Vec<&Expr> = serde.iter().collect();
    let item = find(&all, "default")?;
    Some(match &item.kind {
        ExprKind::Assign { value, .. } => DefaultFrom::Function(attributes::text(value).unwrap_or_default()),
        _ => DefaultFrom::Type,
    })
}
