//! The variants of an enum or of a union, by direction.

use kgen_model::{Model, Shape, TypeId};

use super::{Arm, Outcome, Side};
use crate::pairs::VariantLink;

/// What is known of a variant.
struct Variant<'m> {
    name: &'m str,
    wire: &'m str,
    holds: bool,
}

/// The arms, in the order of the source's variants.
pub(super) fn arms(model: &Model, links: &[VariantLink], source: TypeId, target: TypeId, side: Side) -> Vec<Arm> {
    let (from, to) = (variants(model, source), variants(model, target));
    let (from_other, to_other) = (other(model, source), other(model, target));
    let ends = |link: &VariantLink| match side {
        Side::ToHub => (link.version, link.hub),
        Side::FromHub => (link.hub, link.version),
    };
    let arm = |(index, variant): (usize, &Variant<'_>)| {
        let link = links.iter().find(|link| ends(link).0 == Some(index));
        let counterpart = link.and_then(|link| Some((link, &to[ends(link).1?])));
        let to = match (counterpart, to_other) {
            (Some((link, counterpart)), _) => {
                let held = link.held.as_ref().map(|(to_hub, from_hub)| match side {
                    Side::ToHub => to_hub.clone(),
                    Side::FromHub => from_hub.clone(),
                });
                Outcome::Variant(counterpart.name.to_owned(), held)
            }
            (None, Some(other)) => Outcome::Named(other.to_owned(), variant.wire.to_owned()),
            (None, None) => Outcome::Refused(variant.wire.to_owned()),
        };
        Arm {
            from: variant.name.to_owned(),
            holds: variant.holds,
            to,
        }
    };
    let named = from.iter().enumerate().map(arm);
    let rest = from_other.map(|other| Arm {
        from: other.to_owned(),
        holds: true,
        to: Outcome::FromText,
    });
    named.chain(rest).collect()
}

fn variants(model: &Model, ty: TypeId) -> Vec<Variant<'_>> {
    match &model.ty(ty).shape {
        Shape::Enum(def) => {
            let variants = def.variants.iter();
            variants
                .map(|variant| Variant {
                    name: &variant.name,
                    wire: &variant.wire,
                    holds: false,
                })
                .collect()
        }
        Shape::Union(def) => {
            let variants = def.variants.iter();
            variants
                .map(|variant| Variant {
                    name: &variant.name,
                    wire: &variant.wire,
                    holds: variant.ty.is_some(),
                })
                .collect()
        }
        Shape::Struct(_) | Shape::Newtype(_) => Vec::new(),
    }
}

/// The variant that keeps unknown names.
fn other(model: &Model, ty: TypeId) -> Option<&str> {
    match &model.ty(ty).shape {
        Shape::Enum(def) => def.other.as_deref(),
        Shape::Struct(_) | Shape::Newtype(_) | Shape::Union(_) => None,
    }
}
