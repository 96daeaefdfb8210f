//! Variants of enums and unions, by name.

use kgen_model::model::{EnumDef, UnionDef, VariantConversion};
use kgen_model::names::closest;
use kgen_model::{Diagnostic, Model, Shape, Span, TypeDef, TypeRef};

use super::VariantLink;
use super::how::{Found, Looseness, both};
use super::problems::{self, Variant};

/// The variants of two enums or two unions. `None` if the types are of different sorts.
pub(super) fn link(
    model: &Model,
    version: &TypeDef,
    hub: &TypeDef,
    found: &mut Found,
    problems: &mut Vec<Diagnostic>,
) -> Option<Vec<VariantLink>> {
    let (of_version, of_hub, is_open) = match (&version.shape, &hub.shape) {
        (Shape::Enum(version), Shape::Enum(hub)) => (
            of_enum(version),
            of_enum(hub),
            (version.other.is_some(), hub.other.is_some()),
        ),
        (Shape::Union(version), Shape::Union(hub)) => (of_union(version), of_union(hub), (false, false)),
        _ => {
            problems.push(problems::types_differ(model, version, hub));
            return None;
        }
    };
    let (mut links, mut refused): (Vec<VariantLink>, Vec<usize>) = (Vec::new(), Vec::new());
    for (index, variant) in of_version.iter().enumerate() {
        let wanted = variant.conversion.renamed.as_deref().unwrap_or(variant.name);
        let counterpart = of_hub.iter().position(|hub| hub.name == wanted);
        let alone = VariantLink {
            version: Some(index),
            hub: None,
            held: None,
        };
        match counterpart {
            Some(at) if links.iter().any(|link| link.hub == Some(at)) => {
                problems.push(problems::variant_twice(variant, &of_hub[at]));
            }
            Some(at) => match held(model, variant, &of_hub[at], found) {
                Ok(held) => links.push(VariantLink {
                    hub: Some(at),
                    held,
                    ..alone
                }),
                Err(()) => {
                    refused.push(at);
                    problems.push(problems::payloads_differ(model, variant, &of_hub[at]));
                }
            },
            None if variant.conversion.renamed.is_some() => {
                let close = closest(wanted, of_hub.iter().map(|hub| hub.name));
                problems.push(problems::unknown_variant(variant, wanted, hub, close));
            }
            None if variant.conversion.dropped || is_open.1 => links.push(alone),
            None => problems.push(problems::variant_alone(variant, version, hub, "dropped")),
        }
    }
    for (index, variant) in of_hub.iter().enumerate() {
        let is_linked = links.iter().any(|link| link.hub == Some(index)) || refused.contains(&index);
        if !is_linked && (variant.conversion.added || is_open.0) {
            links.push(VariantLink {
                version: None,
                hub: Some(index),
                held: None,
            });
        } else if !is_linked {
            problems.push(problems::variant_alone(variant, hub, version, "added"));
        }
    }
    Some(links)
}

/// How what two variants carry is converted.
fn held(
    model: &Model,
    version: &Variant<'_>,
    hub: &Variant<'_>,
    found: &mut Found,
) -> Result<Option<(super::How, super::How)>, ()> {
    match (version.ty, hub.ty) {
        (None, None) => Ok(None),
        (Some(version), Some(hub)) => both(model, version, hub, Looseness::default(), found)
            .map(Some)
            .ok_or(()),
        (None, Some(_)) | (Some(_), None) => Err(()),
    }
}

fn of_enum(def: &EnumDef) -> Vec<Variant<'_>> {
    let variants = def.variants.iter();
    variants
        .map(|variant| variant_of(&variant.name, None, &variant.conversion, variant.span))
        .collect()
}

fn of_union(def: &UnionDef) -> Vec<Variant<'_>> {
    let variants = def.variants.iter();
    variants
        .map(|variant| variant_of(&variant.name, variant.ty.as_ref(), &variant.conversion, variant.span))
        .collect()
}

fn variant_of<'m>(
    name: &'m str,
    ty: Option<&'m TypeRef>,
    conversion: &'m VariantConversion,
    span: Span,
) -> Variant<'m> {
    Variant {
        name,
        ty,
        conversion,
        span,
    }
}
