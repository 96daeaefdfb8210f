//! Variants of enums and unions, by name.

use kgen_model::model::{EnumDef, UnionDef, VariantConversion};
use kgen_model::names::closest;
use kgen_model::{Diagnostic, Model, Shape, Span, TypeDef, TypeRef};

use super::VariantLink;
use super::how::{Found, Looseness, both};
use super::problems::{self, Variant};

/// One of the two types.
struct Side<'m> {
    def: &'m TypeDef,
    variants: Vec<Variant<'m>>,
    /// Whether it keeps values that it does not know.
    is_open: bool,
}

/// The variants of two enums or two unions. `None` if the types are of different sorts.
pub(super) fn link(
    model: &Model,
    version: &TypeDef,
    hub: &TypeDef,
    found: &mut Found,
    problems: &mut Vec<Diagnostic>,
) -> Option<Vec<VariantLink>> {
    let Some((version, hub)) = sides(version, hub) else {
        problems.push(problems::types_differ(model, version, hub));
        return None;
    };
    let link = |version, hub, held| VariantLink { version, hub, held };
    let (mut links, mut refused): (Vec<VariantLink>, Vec<usize>) = (Vec::new(), Vec::new());
    for (index, variant) in version.variants.iter().enumerate() {
        let Some(at) = hub.variants.iter().position(|hub| hub.name == wanted(variant)) else {
            match problem_alone(variant, &version, &hub) {
                None => links.push(link(Some(index), None, None)),
                Some(problem) => problems.push(problem),
            }
            continue;
        };
        let counterpart = &hub.variants[at];
        if links.iter().any(|link| link.hub == Some(at)) {
            problems.push(problems::variant_twice(variant, counterpart));
            continue;
        }
        match held(model, variant, counterpart, found) {
            Ok(held) => links.push(link(Some(index), Some(at), held)),
            Err(()) => {
                refused.push(at);
                problems.push(problems::payloads_differ(model, variant, counterpart));
            }
        }
    }
    for (index, variant) in hub.variants.iter().enumerate() {
        let is_linked = links.iter().any(|link| link.hub == Some(index)) || refused.contains(&index);
        if !is_linked && (variant.conversion.added || version.is_open) {
            links.push(link(None, Some(index), None));
        } else if !is_linked {
            problems.push(problems::variant_alone(variant, hub.def, version.def, "added"));
        }
    }
    Some(links)
}

/// Both types with their variants, if they are of one sort.
fn sides<'m>(version: &'m TypeDef, hub: &'m TypeDef) -> Option<(Side<'m>, Side<'m>)> {
    let side = |def, variants, is_open| Side { def, variants, is_open };
    let of_enum = |def, shape: &'m EnumDef| side(def, of_enum(shape), shape.other.is_some());
    let of_union = |def, shape: &'m UnionDef| side(def, of_union(shape), false);
    match (&version.shape, &hub.shape) {
        (Shape::Enum(a), Shape::Enum(b)) => Some((of_enum(version, a), of_enum(hub, b))),
        (Shape::Union(a), Shape::Union(b)) => Some((of_union(version, a), of_union(hub, b))),
        _ => None,
    }
}

/// The name of the counterpart.
fn wanted<'m>(variant: &Variant<'m>) -> &'m str {
    variant.conversion.renamed.as_deref().unwrap_or(variant.name)
}

/// What is wrong with a variant of the version that has no counterpart, unless that is on purpose.
fn problem_alone(variant: &Variant<'_>, version: &Side<'_>, hub: &Side<'_>) -> Option<Diagnostic> {
    if variant.conversion.renamed.is_some() {
        let close = closest(wanted(variant), hub.variants.iter().map(|hub| hub.name));
        return Some(problems::unknown_variant(variant, wanted(variant), hub.def, close));
    }
    let is_meant = variant.conversion.dropped || hub.is_open;
    (!is_meant).then(|| problems::variant_alone(variant, version.def, hub.def, "dropped"))
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
