//! Fields with and without names.

use super::{Owner, default_from, reading_expr, replaces};
use crate::draft::{DraftField, DraftForeign, DraftTypeRef, DraftUnnamed};
use crate::expr::Expr;
use crate::facts::Facts;
use crate::markers::Place;
use crate::resolve::Resolver;
use crate::resolve::kube::attributes::{self, effective, find, items, named, reading, says, value};
use crate::resolve::kube::checks::checks;
use crate::resolve::kube::types::Looking;
use crate::resolve::kube::{DefaultFrom, PendingDefault, type_text};
use crate::schemars::{Checks, Field, Type};
use crate::span::Span;

/// What a field with or without a name has in common.
pub(super) struct Raw<'a> {
    name: &'a str,
    span: Span,
    docs: &'a str,
    ty: &'a DraftTypeRef,
    serde: &'a [Expr],
    foreign: Option<&'a DraftForeign>,
    markers: &'a [Expr],
    deprecated: bool,
}

impl Resolver<'_> {
    pub(super) fn schema_field(
        &mut self,
        owner: &mut Owner<'_>,
        raw: &Raw<'_>,
        container: Option<&DefaultFrom>,
    ) -> Field {
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
        let ty = match other_type {
            true => self.own_type(owner, raw),
            false => field.ty.clone(),
        };
        if let Some(from) = own.or_else(|| container.map(DefaultFrom::container)) {
            self.default_later(owner, raw, &field, from, ty);
        }
        field
    }

    /// Defaults are computed when all definitions are known.
    fn default_later(&mut self, owner: &Owner<'_>, raw: &Raw<'_>, field: &Field, from: DefaultFrom, ty: Type) {
        if field.read_only || field.flatten || field.stated.default.is_some() {
            return;
        }
        let writes = ["serialize_with", "with"].iter().any(|word| says(raw.serde, word));
        self.kube.pending.push(PendingDefault {
            definition: owner.id,
            module: owner.module,
            span: raw.span,
            from,
            ty,
            exact: !writes,
        });
    }

    /// The type whose schema counts, and whether it is another than the field's own.
    fn field_type(&mut self, owner: &mut Owner<'_>, raw: &Raw<'_>) -> (Type, bool) {
        let schemars = items(raw.foreign, "schemars");
        if owner.schema_with(&schemars) {
            return (Type::Unknown, true);
        }
        let with = find(&schemars, "with").and_then(value).cloned();
        match with.or_else(|| reading_expr(raw.serde, "with")) {
            Some(text) => (self.named_type(owner, &text), true),
            None => (self.schema_type(raw.ty, &mut owner.looking()), false),
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
    pub(super) fn named_type(&mut self, owner: &mut Owner<'_>, text: &Expr) -> Type {
        let parsed = attributes::text(text).and_then(|name| type_text::parse(&name, text.span));
        let Some(ty) = parsed else {
            owner.opaque(text.span, "this names no type whose schema kgen could know");
            return Type::Unknown;
        };
        self.schema_type(&ty, &mut owner.looking())
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
}

impl<'a> Raw<'a> {
    pub(super) fn of(field: &'a DraftField) -> Self {
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

    pub(super) fn unnamed(field: &'a DraftUnnamed, name: &'a str) -> Self {
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
