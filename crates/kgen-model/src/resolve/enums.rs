//! Enums: of names, and with data.

use std::collections::BTreeMap;

use super::constants::{assigned, says, variant_wire};
use super::type_refs::Params;
use super::types::describe;
use super::{Resolver, serde_attributes};
use crate::draft::{DraftBody, DraftPayload, DraftType, DraftVariant};
use crate::facts::{Facts, Rule, RuleKind};
use crate::literal::Literal;
use crate::markers::{Place, Use, Uses};
use crate::model::{
    EnumDef, EnumVariant, Exclusion, SerdeOwner, Shape, TypeRef, UnionDef, UnionRepr, UnionVariant, VariantConversion,
};
use crate::names;
use crate::report::Diagnostic;
use crate::span::Span;

impl Resolver<'_> {
    pub(super) fn enum_shape(
        &mut self,
        module: usize,
        draft: &DraftType,
        variants: &[DraftVariant],
        params: &Params,
        serde: SerdeOwner,
        discriminator: Option<String>,
    ) -> Shape {
        if variants.is_empty() {
            self.unsupported(
                draft,
                "an enum without variants",
                "add variants, or use `serde_json::Value`",
            );
        }
        let open = |variant: &&DraftVariant| says(&variant.markers, "other");
        let plain =
            |variant: &DraftVariant| matches!(variant.payload, DraftPayload::Unit) || says(&variant.markers, "other");
        if variants.iter().all(plain)
            && discriminator.is_none()
            && !(serde == SerdeOwner::Own && serde_attributes::tagged(&draft.serde))
        {
            let other = variants.iter().find(open);
            if let Some(other) = other {
                self.other_variant(module, other, params);
            }
            let named = variants.iter().filter(|variant| !open(variant));
            let variants: Vec<_> = named.map(|variant| self.enum_variant(module, draft, variant)).collect();
            self.unique(variants.iter().map(|variant| (variant.wire.as_str(), variant.span)));
            return Shape::Enum(EnumDef {
                variants,
                other: other.map(|variant| variant.name.clone()),
            });
        }
        self.union_shape(module, draft, variants, params, serde, discriminator)
    }

    fn other_variant(&mut self, module: usize, variant: &DraftVariant, params: &Params) {
        let string = match &variant.payload {
            DraftPayload::Newtype(ty) => self.type_ref(module, ty, params) == Some(TypeRef::String),
            DraftPayload::Unit | DraftPayload::Tuple | DraftPayload::Struct(_) => false,
        };
        if !string {
            self.report.push(
                Diagnostic::error(
                    "bad-variant",
                    variant.span,
                    format!("`{}` keeps unknown values, so it carries a `String`", variant.name),
                )
                .help(format!("write `{}(String)`", variant.name)),
            );
        }
    }

    fn enum_variant(&mut self, module: usize, draft: &DraftType, variant: &DraftVariant) -> EnumVariant {
        let (mut facts, uses) = self.facts(module, &variant.markers, &[Place::Variant]);
        describe(&mut facts, &variant.docs);
        let uses = Uses(&uses);
        let conditional = |marker: &Use<'_>| {
            marker
                .text("enabled")
                .map(Exclusion::IfEnabled)
                .or_else(|| marker.text("disabled").map(Exclusion::IfDisabled))
        };
        EnumVariant {
            name: variant.name.clone(),
            wire: variant_wire(draft, variant),
            description: facts.description,
            excluded: match uses.says("excluded") {
                true => Some(Exclusion::Always),
                false => uses.find("excluded_if").and_then(conditional),
            },
            default: variant.default,
            conversion: conversion(uses),
            deprecated: variant.deprecated.clone(),
            span: variant.span,
        }
    }

    fn union_shape(
        &mut self,
        module: usize,
        draft: &DraftType,
        variants: &[DraftVariant],
        params: &Params,
        serde: SerdeOwner,
        discriminator: Option<String>,
    ) -> Shape {
        let repr = match serde {
            SerdeOwner::Own => serde_attributes::union_repr(&draft.serde),
            SerdeOwner::Generated => match discriminator {
                Some(tag) => UnionRepr::Discriminated { tag },
                None => UnionRepr::External,
            },
        };
        let mut members = Vec::new();
        for variant in variants {
            if says(&variant.markers, "other") {
                let message = format!(
                    "`{}` keeps unknown values, which only an enum of names can",
                    variant.name
                );
                self.report.push(
                    Diagnostic::error("bad-variant", variant.span, message)
                        .help("remove `other`, or let no variant carry a value"),
                );
            }
            let ty = match &variant.payload {
                DraftPayload::Unit => None,
                DraftPayload::Newtype(ty) => match self.type_ref(module, ty, params) {
                    Some(ty) => Some(ty),
                    None => continue,
                },
                DraftPayload::Tuple | DraftPayload::Struct(_) => {
                    let message = format!("the variant `{}` carries more than one value", variant.name);
                    self.report
                        .push(Diagnostic::error("bad-variant", variant.span, message).help(format!(
                            "move its fields into a struct and write `{}(TheStruct)`",
                            variant.name
                        )));
                    continue;
                }
            };
            members.push(self.union_variant(module, draft, variant, ty, serde));
        }
        self.unique(members.iter().map(|member| (member.wire.as_str(), member.span)));
        Shape::Union(UnionDef {
            repr,
            variants: members,
        })
    }

    fn unique<'n>(&mut self, variants: impl Iterator<Item = (&'n str, Span)>) {
        let mut seen = BTreeMap::new();
        for (wire, span) in variants {
            if let Some(first) = seen.insert(wire, span) {
                self.report.push(
                    Diagnostic::error(
                        "duplicate-name",
                        span,
                        format!("two variants are called `{wire}` in JSON"),
                    )
                    .related(first, "first here")
                    .help("give one of them another name: `name = \"..\"`"),
                );
            }
        }
    }

    /// What servers accept of an enum whose Rust type keeps more than that.
    pub(super) fn closed(&mut self, marker: &Use<'_>, draft: &DraftType, shape: &Shape, facts: &mut Facts) {
        match shape {
            Shape::Enum(enum_) if enum_.other.is_some() => {
                let is_legal = |variant: &&EnumVariant| variant.excluded != Some(Exclusion::Always);
                let legal = enum_.variants.iter().filter(is_legal);
                facts.rules.push(Rule {
                    kind: RuleKind::Enum(legal.map(|variant| Literal::from(variant.wire.as_str())).collect()),
                    span: marker.span,
                });
            }
            Shape::Enum(_) => self.report.push(
                Diagnostic::warning(
                    "needless-marker",
                    marker.name_span,
                    format!("`{}` is closed as it stands", draft.name),
                )
                .help("`closed` is for enums with a variant that says `other`"),
            ),
            Shape::Struct(_) | Shape::Newtype(_) | Shape::Union(_) => self.report.push(
                Diagnostic::error(
                    "misplaced-marker",
                    marker.name_span,
                    format!("`closed` has no meaning on `{}`, which is no enum of names", draft.name),
                )
                .help("`closed` is for enums with a variant that says `other`"),
            ),
        }
    }

    /// That an open enum is none of the values that are never legal, unless it is closed: then it is one of the others.
    pub(super) fn excluded(shape: &Shape, facts: &mut Facts) {
        let Shape::Enum(enum_) = shape else { return };
        if enum_.other.is_none() || facts.rule_kinds().any(|rule| matches!(rule, RuleKind::Enum(_))) {
            return;
        }
        let never = enum_
            .variants
            .iter()
            .filter(|variant| variant.excluded == Some(Exclusion::Always));
        facts.rules.extend(never.map(|variant| Rule {
            kind: RuleKind::Neq(Literal::from(variant.wire.as_str())),
            span: variant.span,
        }));
    }

    /// A discriminator is for enums whose serde kgen writes.
    pub(super) fn discriminator(&mut self, marker: &Use<'_>, draft: &DraftType, serde: SerdeOwner) {
        let diagnostic = match (&draft.body, serde) {
            (DraftBody::Enum(_), SerdeOwner::Generated) => return,
            (DraftBody::Enum(_), SerdeOwner::Own) => {
                let message = format!(
                    "`{}` derives serde itself, which does not know `discriminator`",
                    draft.name
                );
                Diagnostic::error("serde-says-it", marker.name_span, message)
                    .help("write `#[serde(tag = \"..\")]`, or let kgen write serde: remove the derives")
            }
            _ => Diagnostic::error(
                "misplaced-marker",
                marker.name_span,
                "`discriminator` has no meaning on a struct",
            )
            .help("`discriminator` may stand on an enum; a field of a struct says `union_discriminator`"),
        };
        self.report.push(diagnostic);
    }

    fn union_variant(
        &mut self,
        module: usize,
        draft: &DraftType,
        variant: &DraftVariant,
        ty: Option<TypeRef>,
        serde: SerdeOwner,
    ) -> UnionVariant {
        let (mut facts, uses) = self.facts(module, &variant.markers, &[Place::Variant]);
        let conversion = conversion(Uses(&uses));
        describe(&mut facts, &variant.docs);
        let (wire, tag) = match serde {
            SerdeOwner::Own => (variant_wire(draft, variant), variant_wire(draft, variant)),
            SerdeOwner::Generated => {
                let wire = assigned(&variant.markers, "name").unwrap_or_else(|| names::member_name(&variant.name));
                (wire, variant.name.clone())
            }
        };
        UnionVariant {
            name: variant.name.clone(),
            wire,
            tag,
            ty,
            facts,
            default: variant.default,
            conversion,
            deprecated: variant.deprecated.clone(),
            span: variant.span,
        }
    }
}

/// What the markers of a variant say about other versions.
fn conversion(uses: Uses<'_, '_>) -> VariantConversion {
    VariantConversion {
        renamed: uses.text("renamed"),
        dropped: uses.says("dropped"),
        added: uses.says("added"),
    }
}
