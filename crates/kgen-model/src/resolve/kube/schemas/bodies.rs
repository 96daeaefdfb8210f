//! What types and variants consist of.

use super::fields::Raw;
use super::{Owner, default_from, reading_expr, skipped};
use crate::draft::{DraftBody, DraftField, DraftPayload, DraftUnnamed, DraftVariant};
use crate::expr::Expr;
use crate::names::Case;
use crate::report::Diagnostic;
use crate::resolve::Resolver;
use crate::resolve::kube::DefaultFrom;
use crate::resolve::kube::attributes::{effective, find, items, reading, says, value};
use crate::resolve::kube::types::STATE_IT;
use crate::schemars::{About, Body, Field, Members, Tag, Union, Variant};

impl Resolver<'_> {
    pub(super) fn body(&mut self, owner: &mut Owner<'_>) -> Body {
        let draft = owner.draft;
        let schemars = items(draft.foreign.as_deref(), "schemars");
        if owner.schema_with(&schemars) {
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
        let (body, is_own) = self.variant_body(owner, draft, &serde);
        let plain = about == About::default() && is_own;
        Some(Variant {
            name: draft.name.clone(),
            wire,
            untagged: says(&serde, "untagged"),
            plain: plain && draft.docs.is_empty(),
            about,
            body,
        })
    }

    /// What a variant holds, and whether that is its own content rather than what an attribute names.
    fn variant_body(&mut self, owner: &mut Owner<'_>, draft: &DraftVariant, serde: &[Expr]) -> (Body, bool) {
        let foreign = draft.foreign.as_deref();
        let schemars = items(foreign, "schemars");
        if owner.schema_with(&schemars) {
            return (Body::Unknown, false);
        }
        let with = find(&schemars, "with").and_then(value).cloned();
        if let Some(text) = with.or_else(|| reading_expr(&draft.serde, "with")) {
            return (Body::Type(self.named_type(owner, &text)), false);
        }
        let body = match &draft.payload {
            DraftPayload::Unit => Body::Unit,
            DraftPayload::Newtype(_) | DraftPayload::Tuple => {
                self.unnamed_body(owner, foreign.map_or(&[], |foreign| &foreign.unnamed))
            }
            DraftPayload::Struct(fields) => {
                let own = reading(serde, "rename_all");
                let case = own.or_else(|| reading(&owner.serde, "rename_all_fields"));
                Body::Struct(self.schema_members(owner, fields, case.as_deref(), None))
            }
        };
        (body, true)
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

    pub(super) fn no_schema(&mut self, owner: &mut Owner<'_>) -> Body {
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
}
