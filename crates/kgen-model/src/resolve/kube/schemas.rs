//! The types of a kind that kube-derive makes, as schemars' derive reads them.

use super::super::Resolver;
use super::attributes::{arguments, effective, find, items, named, reading, says, value};
use super::checks::checks;
use super::types::{Looking, Params, STATE_IT};
use super::values::At;
use super::{DefaultFrom, PendingDefault, rules, type_text};
use crate::draft::{DraftBody, DraftField, DraftForeign, DraftPayload, DraftType, DraftUnnamed, DraftVariant};
use crate::expr::{Expr, ExprKind};
use crate::facts::Facts;
use crate::literal::Literal;
use crate::markers::Place;
use crate::names::Case;
use crate::report::{Diagnostic, Report};
use crate::schemars::{About, Body, Checks, Definition, DefinitionId, Field, Members, Tag, Type, Union, Variant};
use crate::span::Span;

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

/// What a field with or without a name has in common.
struct Raw<'a> {
    name: &'a str,
    span: Span,
    docs: &'a str,
    ty: &'a crate::draft::DraftTypeRef,
    serde: &'a [Expr],
    foreign: Option<&'a DraftForeign>,
    markers: &'a [Expr],
    deprecated: bool,
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
        let is_plain = |field: &Field| field.about == About::default() && field.checks == Checks::default();
        let transparent = match &body {
            Body::Type(_) => true,
            Body::Newtype(field) => is_plain(field),
            Body::Unit | Body::Tuple(_) | Body::Struct(_) | Body::Enum(_) | Body::Unknown => false,
        };
        Definition {
            transparent: transparent && stands_for && about == About::default() && !owner.kube,
            name: renamed
                .and_then(super::attributes::text)
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

    fn no_schema(&mut self, owner: &mut Owner<'_>) -> Body {
        let draft = owner.draft;
        let by_hand = self.draft.modules[owner.module]
            .impls
            .iter()
            .any(|(of, path)| of == "JsonSchema" && path.last() == Some(&draft.name));
        let (message, help) = match by_hand {
            true => (
                format!(
                    "`JsonSchema` of `{}` is written by hand, so the source does not tell its schema",
                    draft.name
                ),
                STATE_IT,
            ),
            false => (
                format!("`{}` has no schema", draft.name),
                "derive `schemars::JsonSchema` for it",
            ),
        };
        owner
            .unknown
            .push(Diagnostic::error("unknown-schema", draft.span, message).help(help));
        Body::Unknown
    }

    fn body(&mut self, owner: &mut Owner<'_>) -> Body {
        let draft = owner.draft;
        let schemars = items(draft.foreign.as_deref(), "schemars");
        if let Some(item) = find(&schemars, "schema_with") {
            owner.opaque(
                item.span,
                "`schema_with` names a function, whose schema the source does not tell",
            );
            return Body::Unknown;
        }
        let with = find(&schemars, "with").and_then(value);
        let from = || {
            let from = ["from", "try_from"];
            from.iter().find_map(|word| {
                owner
                    .serde
                    .iter()
                    .find(|item| item.name().is_some_and(|name| name.text == *word))
            })
        };
        if let Some(text) = with.or_else(|| from().and_then(value)).cloned() {
            return Body::Type(self.named_type(owner, &text));
        }
        let unnamed = draft.foreign.as_deref().map_or(&[][..], |foreign| &foreign.unnamed);
        match &draft.body {
            DraftBody::Struct(fields) if says(&owner.serde, "transparent") => match fields.first() {
                Some(field) => Body::Newtype(Box::new(self.schema_field(owner, &Raw::of(field), None))),
                None => Body::Unit,
            },
            DraftBody::Struct(fields) => {
                let case = reading(&owner.serde, "rename_all");
                let container = default_from(&owner.serde);
                Body::Struct(self.schema_members(owner, fields, case.as_deref(), container.as_ref()))
            }
            DraftBody::Newtype(_) | DraftBody::Tuple => self.unnamed_body(owner, unnamed),
            DraftBody::Unit => Body::Unit,
            DraftBody::Enum(variants) => Body::Enum(self.schema_union(owner, variants)),
            DraftBody::CUnion => Body::Unknown,
        }
    }

    fn unnamed_body(&mut self, owner: &mut Owner<'_>, unnamed: &[DraftUnnamed]) -> Body {
        let names: Vec<String> = (0..unnamed.len()).map(|index| index.to_string()).collect();
        let kept = unnamed
            .iter()
            .zip(&names)
            .filter(|(field, _)| !skipped(&effective(&field.serde, field.foreign.as_deref())));
        let mut fields: Vec<Field> = kept
            .map(|(field, name)| self.schema_field(owner, &Raw::unnamed(field, name), None))
            .collect();
        match unnamed.len() {
            1 if fields.len() == 1 => Body::Newtype(Box::new(fields.remove(0))),
            _ => Body::Tuple(fields),
        }
    }

    fn schema_union(&mut self, owner: &mut Owner<'_>, variants: &[DraftVariant]) -> Union {
        let tag = match (reading(&owner.serde, "tag"), reading(&owner.serde, "content")) {
            (Some(tag), Some(content)) => Tag::Adjacent { tag, content },
            (Some(tag), None) => Tag::Internal(tag),
            (None, _) if says(&owner.serde, "untagged") => Tag::Untagged,
            (None, _) => Tag::External,
        };
        let variants = variants.iter();
        let variants: Vec<Variant> = variants
            .filter_map(|variant| self.schema_variant(owner, variant))
            .collect();
        Union {
            tag,
            variants,
            closed: says(&owner.serde, "deny_unknown_fields"),
        }
    }

    fn schema_variant(&mut self, owner: &mut Owner<'_>, draft: &DraftVariant) -> Option<Variant> {
        let foreign = draft.foreign.as_deref();
        let serde = effective(&draft.serde, foreign);
        if skipped(&serde) {
            return None;
        }
        let case = reading(&owner.serde, "rename_all").and_then(|case| Case::parse(&case));
        let wire = reading(&serde, "rename")
            .unwrap_or_else(|| case.map_or_else(|| draft.name.clone(), |case| case.of_variant(&draft.name)));
        let about = self.about(owner, &draft.docs, foreign, draft.deprecated.is_some());
        let schemars = items(foreign, "schemars");
        let with = find(&schemars, "with").and_then(value).cloned();
        let with = with.or_else(|| reading_expr(&draft.serde, "with"));
        let unnamed = foreign.map_or(&[][..], |foreign| &foreign.unnamed);
        let is_with = with.is_some() || find(&schemars, "schema_with").is_some();
        let body = if let Some(item) = find(&schemars, "schema_with") {
            owner.opaque(
                item.span,
                "`schema_with` names a function, whose schema the source does not tell",
            );
            Body::Unknown
        } else if let Some(text) = with {
            Body::Type(self.named_type(owner, &text))
        } else {
            match &draft.payload {
                DraftPayload::Unit => Body::Unit,
                DraftPayload::Newtype(_) | DraftPayload::Tuple => self.unnamed_body(owner, unnamed),
                DraftPayload::Struct(fields) => {
                    let own = reading(&serde, "rename_all");
                    let case = own.or_else(|| reading(&owner.serde, "rename_all_fields"));
                    Body::Struct(self.schema_members(owner, fields, case.as_deref(), None))
                }
            }
        };
        let plain = about == About::default() && !is_with;
        Some(Variant {
            name: draft.name.clone(),
            wire,
            untagged: says(&serde, "untagged"),
            plain: plain && draft.docs.is_empty(),
            about,
            body,
        })
    }

    fn schema_members(
        &mut self,
        owner: &mut Owner<'_>,
        fields: &[DraftField],
        case: Option<&str>,
        container: Option<&DefaultFrom>,
    ) -> Members {
        let case = case.and_then(Case::parse);
        let kept = fields
            .iter()
            .filter(|field| !skipped(&effective(&field.serde, field.foreign.as_deref())));
        let fields = kept.map(|draft| {
            let mut field = self.schema_field(owner, &Raw::of(draft), container);
            let serde = effective(&draft.serde, draft.foreign.as_deref());
            field.wire = reading(&serde, "rename")
                .unwrap_or_else(|| case.map_or_else(|| draft.name.clone(), |case| case.of_field(&draft.name)));
            field
        });
        Members {
            fields: fields.collect(),
            closed: says(&owner.serde, "deny_unknown_fields"),
        }
    }

    fn schema_field(&mut self, owner: &mut Owner<'_>, raw: &Raw<'_>, container: Option<&DefaultFrom>) -> Field {
        let serde = effective(raw.serde, raw.foreign);
        let stated = self.stated(owner.module, raw.markers, Place::Field);
        let unknown_before = owner.unknown.len();
        let (ty, other_type) = self.field_type(owner, raw);
        if replaces(&stated) {
            owner.unknown.truncate(unknown_before);
        }
        let about = self.about(owner, raw.docs, raw.foreign, raw.deprecated);
        let x_kube = items(raw.foreign.filter(|_| owner.kube), "x_kube");
        let validations = named(&x_kube, "validation").into_iter();
        let rules = validations.filter_map(|item| self.rule(owner, item)).collect();
        let merge = find(&x_kube, "merge_strategy").and_then(|item| self.merge_strategy(owner, item));
        let own = default_from(&serde);
        let (checks, required) = self.field_checks(owner, raw, &stated);
        let writes = ["serialize_with", "with"].iter().any(|word| says(raw.serde, word));
        let field = Field {
            name: raw.name.to_owned(),
            wire: raw.name.to_owned(),
            ty,
            about,
            checks,
            required,
            defaulted: own.is_some() || container.is_some(),
            flatten: says(&serde, "flatten"),
            default: None,
            skip_if: reading(&serde, "skip_serializing_if"),
            read_only: says(&serde, "skip_serializing"),
            rules,
            merge,
            stated,
            span: raw.span,
        };
        let from = own.or_else(|| container.map(DefaultFrom::container));
        let ty = match other_type {
            true => self.own_type(owner, raw),
            false => field.ty.clone(),
        };
        if let Some(from) = from.filter(|_| !field.read_only && !field.flatten && field.stated.default.is_none()) {
            self.kube.pending.push(PendingDefault {
                definition: owner.id,
                module: owner.module,
                span: raw.span,
                from,
                ty,
                exact: !writes,
            });
        }
        field
    }

    /// The type whose schema counts, and whether it is another than the field's own.
    fn field_type(&mut self, owner: &mut Owner<'_>, raw: &Raw<'_>) -> (Type, bool) {
        let schemars = items(raw.foreign, "schemars");
        if let Some(item) = find(&schemars, "schema_with") {
            owner.opaque(
                item.span,
                "`schema_with` names a function, whose schema the source does not tell",
            );
            return (Type::Unknown, true);
        }
        let with = find(&schemars, "with").and_then(value).cloned();
        match with.or_else(|| reading_expr(raw.serde, "with")) {
            Some(text) => (self.named_type(owner, &text), true),
            None => {
                let mut looking = Looking {
                    module: owner.module,
                    params: owner.params,
                    unknown: &mut owner.unknown,
                    depth: 0,
                };
                (self.schema_type(raw.ty, &mut looking), false)
            }
        }
    }

    /// The field's own type, where the schema is of another.
    fn own_type(&mut self, owner: &Owner<'_>, raw: &Raw<'_>) -> Type {
        let mut looking = Looking {
            module: owner.module,
            params: owner.params,
            unknown: &mut Vec::new(),
            depth: 0,
        };
        self.schema_type(raw.ty, &mut looking)
    }

    /// A type that an attribute names in a string.
    fn named_type(&mut self, owner: &mut Owner<'_>, text: &Expr) -> Type {
        let parsed = super::attributes::text(text).and_then(|name| type_text::parse(&name, text.span));
        let Some(ty) = parsed else {
            owner.opaque(text.span, "this names no type whose schema kgen could know");
            return Type::Unknown;
        };
        let mut looking = Looking {
            module: owner.module,
            params: owner.params,
            unknown: &mut owner.unknown,
            depth: 0,
        };
        self.schema_type(&ty, &mut looking)
    }

    fn field_checks(&mut self, owner: &mut Owner<'_>, raw: &Raw<'_>, stated: &Facts) -> (Checks, bool) {
        let before = owner.unknown.len();
        let garde = if owner.kube { "" } else { "garde" };
        let sources = [
            items(raw.foreign, "schemars"),
            items(raw.foreign, "validate"),
            items(raw.foreign, garde),
        ];
        let constant = |expr: &Expr| self.constant(owner.module, expr);
        let mut unknown = Vec::new();
        let found = checks(&sources, &constant, &mut unknown);
        owner.unknown.extend(unknown);
        if !stated.rules.is_empty() {
            owner.unknown.truncate(before);
        }
        let required = sources.iter().any(|items| find(items, "required").is_some());
        (found, required)
    }

    fn about(&mut self, owner: &mut Owner<'_>, docs: &str, foreign: Option<&DraftForeign>, deprecated: bool) -> About {
        let schemars = items(foreign, "schemars");
        let verbatim = foreign.and_then(|foreign| foreign.docs.as_deref());
        let (title, description) = title_and_description(verbatim.unwrap_or(docs));
        let mut said = |name: &str| {
            let item = find(&schemars, name)?;
            let text = value(item).and_then(|value| self.constant(owner.module, value));
            let text = text.and_then(|text| text.as_str().map(str::to_owned));
            if text.is_none() {
                owner.not_constant(item.span, name);
            }
            text
        };
        let title = said("title").map(Some).unwrap_or(title);
        let description = said("description").map(Some).unwrap_or(description);
        if let Some(item) = find(&schemars, "transform") {
            owner.opaque(
                item.span,
                "`transform` names a function, and what it makes of the schema the source does not tell",
            );
        }
        let mut values = |name: &str, items: Vec<&Expr>| -> Vec<(String, Literal)> {
            let mut found = Vec::new();
            for item in items {
                let key = item.name().map(|name| name.text).unwrap_or_default();
                match value(item).and_then(|value| self.constant(owner.module, value)) {
                    Some(literal) => found.push((key, literal)),
                    None => owner.not_constant(item.span, name),
                }
            }
            found
        };
        let examples = values("example", named(&schemars, "example"));
        let extend = named(&schemars, "extend").into_iter().flat_map(arguments).collect();
        let extensions = values("extend", extend);
        About {
            title: title.filter(|title| !title.is_empty()),
            description: description.filter(|text| !text.is_empty()),
            deprecated: deprecated && !owner.kube,
            examples: examples.into_iter().map(|(_, example)| example).collect(),
            extensions,
        }
    }

    fn rule(&mut self, owner: &mut Owner<'_>, item: &Expr) -> Option<crate::facts::CelRule> {
        let module = owner.module;
        let constant = |expr: &Expr| self.constant(module, expr)?.as_str().map(str::to_owned);
        let rule = value(item).and_then(|value| rules::rule(value, &constant));
        if rule.is_none() {
            owner.not_constant(item.span, "validation");
        }
        rule
    }

    fn merge_strategy(&mut self, owner: &mut Owner<'_>, item: &Expr) -> Option<crate::schemars::Merge> {
        let module = owner.module;
        let constant = |expr: &Expr| self.constant(module, expr)?.as_str().map(str::to_owned);
        let merge = value(item).and_then(|value| rules::merge(value, &constant));
        if merge.is_none() {
            owner.not_constant(item.span, "merge_strategy");
        }
        merge
    }

    /// The value of an expression in an attribute.
    pub(super) fn constant(&self, module: usize, expr: &Expr) -> Option<Literal> {
        self.values().value(expr, At::module(module))
    }
}

impl Owner<'_> {
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

impl<'a> Raw<'a> {
    fn of(field: &'a DraftField) -> Self {
        Self {
            name: &field.name,
            span: field.span,
            docs: &field.docs,
            ty: &field.ty,
            serde: &field.serde,
            foreign: field.foreign.as_deref(),
            markers: &field.markers,
            deprecated: field.deprecated.is_some(),
        }
    }

    fn unnamed(field: &'a DraftUnnamed, name: &'a str) -> Self {
        Self {
            name,
            span: field.ty.span,
            docs: &field.docs,
            ty: &field.ty,
            serde: &field.serde,
            foreign: field.foreign.as_deref(),
            markers: &[],
            deprecated: false,
        }
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
        ExprKind::Assign { value, .. } => DefaultFrom::Function(super::attributes::text(value).unwrap_or_default()),
        _ => DefaultFrom::Type,
    })
}

/// Documentation that begins with a heading has it as its title.
pub(super) fn title_and_description(docs: &str) -> (Option<String>, Option<String>) {
    let docs = docs.trim_matches(|character: char| character.is_ascii_whitespace());
    if !docs.starts_with('#') {
        return (None, Some(docs.to_owned()));
    }
    let (title, rest) = docs.split_once('\n').unwrap_or((docs, ""));
    let title = title.trim_start_matches('#').trim();
    (Some(title.to_owned()), Some(rest.trim().to_owned()))
}
