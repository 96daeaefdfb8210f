//! Finds the pairs, from the kinds down.

use kgen_model::{Model, Resource, Shape, TypeDef, TypeId};

use super::how::{Found, Looseness, both, is_by_hand};
use super::{KindPair, Link, Loss, Pair, Pairs, problems, structs, variants};
use crate::NAME;

/// The versions of kinds that are not stored. Their types have to be pairs.
pub(super) fn kinds(model: &Model) -> Pairs {
    let mut pairs = Pairs::default();
    let kinds = model.resources.iter().filter(|resource| !resource.storage);
    for (version, hub) in kinds.filter_map(|version| Some((version, hub_of(model, version)?))) {
        if model.ty(version.ty).generates(NAME) {
            pairs.want(version.ty, hub.ty);
            pairs.kinds.push(KindPair {
                version: version.ty,
                hub: hub.ty,
                version_loss: Loss::default(),
                hub_loss: Loss::default(),
            });
        }
    }
    pairs
}

/// Makes pairs of the types that have to be pairs, and of those below. Where types stand elsewhere is not known yet.
pub(super) fn link_pending(model: &Model, pairs: &mut Pairs) {
    while let Some((version, hub)) = pairs.pending.pop() {
        if is_by_hand(model.ty(version)) || is_by_hand(model.ty(hub)) {
            continue;
        }
        let mut found = Found::default();
        if let Some(link) = link(model, version, hub, &mut found, pairs) {
            pairs.pairs.push(Pair { version, hub, link });
        }
        let found = found.pairs.into_iter().rev();
        found.for_each(|(version, hub, _)| pairs.want(version, hub));
    }
}

/// The stored version of a kind.
pub(crate) fn hub_of<'m>(model: &'m Model, of: &Resource) -> Option<&'m Resource> {
    let group = &model.version(of.version).group;
    let is_hub = |hub: &&Resource| hub.storage && hub.kind == of.kind && model.version(hub.version).group == *group;
    model.resources.iter().find(is_hub)
}

fn link(model: &Model, version: TypeId, hub: TypeId, found: &mut Found, pairs: &mut Pairs) -> Option<Link> {
    let (version_ty, hub_ty) = (model.ty(version), model.ty(hub));
    match (&version_ty.shape, &hub_ty.shape) {
        (Shape::Struct(_), Shape::Struct(_)) => Some(Link::Struct(structs::link(
            model,
            version,
            hub,
            found,
            &mut pairs.problems,
        ))),
        _ if version_ty.convert_with.is_some() => by_function(model, version, hub, pairs),
        (Shape::Newtype(from), Shape::Newtype(to)) => {
            let Some((to_hub, from_hub)) = both(model, from, to, Looseness::default(), found) else {
                pairs.problems.push(problems::types_differ(model, version_ty, hub_ty));
                return None;
            };
            Some(Link::Newtype { to_hub, from_hub })
        }
        _ => variants::link(model, version_ty, hub_ty, found, &mut pairs.problems).map(Link::Variants),
    }
}

fn by_function(model: &Model, version: TypeId, hub: TypeId, pairs: &mut Pairs) -> Option<Link> {
    let function = model.ty(version).convert_with.clone()?;
    let without = [version, hub].into_iter().filter(|id| !model.type_has_default(*id));
    let without: Vec<&TypeDef> = without.map(|id| model.ty(id)).collect();
    let problems = without.iter().map(|ty| problems::no_default(model.ty(version), ty));
    pairs.problems.extend(problems);
    Some(Link::Function(function))
}
