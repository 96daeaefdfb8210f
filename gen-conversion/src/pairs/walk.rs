//! Walks through each kind from its root down, for all that depends on where a type stands in the object: moved fields,
//! values kept in annotations, and what a round trip does not bring back.

use kgen_model::analysis::unboxed;
use kgen_model::model::Lost;
use kgen_model::{Model, TypeId};

use super::how::Found;
use super::place::{At, Steps, last, resolve, struct_in, wire_path};
use super::structs::by;
use super::tree::{Tree, Visit};
use super::{By, FieldLink, Kept, Link, Loose, Loss, Pair, Pairs, StructLink, problems};

/// Adds what is moved to the pairs that both ends of the move have in common, and what is kept to the kinds.
pub(super) fn moves(model: &Model, tree: &Tree, pairs: &mut Pairs) {
    for kind in pairs.kinds.clone() {
        let is_moved = |pair: &Pair| !moved_fields(model, pair.version).is_empty();
        for visit in tree.visits(pairs, kind.version, kind.hub, &is_moved) {
            moves_at(model, pairs, &visit, kind.hub);
        }
    }
}

/// Tells what a round trip does not bring back, and keeps in annotations what shall be.
pub(super) fn losses(model: &Model, tree: &Tree, pairs: &mut Pairs) {
    for index in 0..pairs.kinds.len() {
        let kind = pairs.kinds[index].clone();
        let mut losses = (Loss::default(), Loss::default());
        for visit in tree.visits(pairs, kind.version, kind.hub, &loses) {
            let pair = pairs.pairs[visit.pair].clone();
            if visit.above.iter().any(|(above, _)| *above == visit.pair) {
                losses.0.lost.push(visit.paths.0);
                losses.1.lost.push(visit.paths.1);
                continue;
            }
            loss(model, &pair, &visit, &mut losses);
            kept(model, pairs, &pair, &visit, &mut losses, (kind.version, kind.hub));
        }
        (pairs.kinds[index].version_loss, pairs.kinds[index].hub_loss) = losses;
    }
}

/// The ways to the fields of a struct that are moved, through those that have no counterpart themselves.
fn moved_fields(model: &Model, owner: TypeId) -> Vec<Steps> {
    let mut found = Vec::new();
    collect_moved(model, owner, &[], &mut found);
    found
}

fn collect_moved(model: &Model, owner: TypeId, above: &[At], found: &mut Vec<Steps>) {
    for at in fields(model, owner) {
        let (field, steps) = (at.field(model), [above, &[at]].concat());
        let inner = struct_in(model, &field.ty).filter(|inner| steps.iter().all(|step| step.owner != *inner));
        match (&field.conversion.moved, field.conversion.dropped, inner) {
            (Some(_), ..) => found.push(steps),
            (None, Some(_), Some(inner)) => collect_moved(model, inner, &steps, found),
            (None, ..) => {}
        }
    }
}

fn fields(model: &Model, owner: TypeId) -> impl Iterator<Item = At> {
    let count = model.ty(owner).fields().unwrap_or_default().len();
    (0..count).map(move |index| At { owner, index })
}

fn moves_at(model: &Model, pairs: &mut Pairs, visit: &Visit, hub_root: TypeId) {
    let version = pairs.pairs[visit.pair].version;
    for steps in moved_fields(model, version) {
        let field = last(model, &steps);
        let Some(path) = &field.conversion.moved else { continue };
        let Some((way, _)) = &visit.ways else {
            pairs.problems.push(problems::below_list(field, "moved"));
            continue;
        };
        let target = match resolve(model, hub_root, path) {
            Ok(target) => target,
            Err((name, owner)) => {
                let owner = owner.map(|owner| model.ty(owner));
                pairs.problems.push(problems::unknown_path(field, path, name, owner));
                continue;
            }
        };
        let source = [way.as_slice(), &steps].concat();
        place_move(model, pairs, visit, (source, target), path);
    }
}

/// Gives a move to the innermost pair that both of its ends lie in.
fn place_move(model: &Model, pairs: &mut Pairs, visit: &Visit, (source, target): (Steps, Steps), path: &str) {
    let own = (visit.pair, visit.ways.clone());
    let chain = visit.above.iter().chain([&own]).rev();
    let common = chain.filter_map(|(pair, ways)| Some((*pair, ways.as_ref()?)));
    let mut common = common.filter(|(_, ways)| target.starts_with(&ways.1) && target.len() > ways.1.len());
    let Some((index, ways)) = common.next() else { return };
    let (version, hub) = (source[ways.0.len()..].to_vec(), target[ways.1.len()..].to_vec());
    check_ways(model, pairs, &version, &hub);
    let mut found = Found::default();
    let Some(by) = by(model, &version, &hub, &mut found, &mut pairs.problems) else {
        return;
    };
    let moved = FieldLink { version, hub, by };
    found
        .pairs
        .iter()
        .for_each(|(version, hub, _)| pairs.want(*version, *hub));
    let Link::Struct(link) = &mut pairs.pairs[index].link else {
        return;
    };
    if link.moved.contains(&moved) {
        return;
    }
    let is_taken = |other: &&FieldLink| other.hub == moved.hub || other.version == moved.version;
    if let Some(first) = link.moved.iter().chain(&link.fields).find(is_taken) {
        let first = last(model, &first.version);
        pairs
            .problems
            .push(problems::moved_twice(last(model, &moved.version), path, first));
        return;
    }
    link.moved.push(moved);
}

/// What is taken out of the middle of an object leaves a default there, and what is put there may have to be made.
fn check_ways(model: &Model, pairs: &mut Pairs, version: &[At], hub: &[At]) {
    let field = last(model, version);
    for steps in [version, hub] {
        let end = last(model, steps);
        if steps.len() > 1 && !model.has_default(&end.ty) {
            pairs.problems.push(problems::field_without_default(field, end));
        }
        for through in steps[..steps.len() - 1].iter().map(|at| at.field(model)) {
            if through.ty.is_option() && !model.has_default(through.ty.without_option()) {
                pairs.problems.push(problems::way_without_default(field, through));
            }
        }
    }
}

/// Whether a round trip through a pair loses anything.
fn loses(pair: &Pair) -> bool {
    match &pair.link {
        Link::Struct(link) => {
            let is_so = |by: &By| match by {
                By::Types { loose, .. } => *loose != Loose::No,
                By::Function(_) => true,
            };
            link.function.is_some()
                || !link.version_only.is_empty()
                || !link.hub_only.is_empty()
                || link.fields.iter().chain(&link.moved).any(|link| is_so(&link.by))
        }
        Link::Function(_) => true,
        Link::Newtype { .. } | Link::Variants(_) => false,
    }
}

fn loss(model: &Model, pair: &Pair, visit: &Visit, (version, hub): &mut (Loss, Loss)) {
    let of_version = |steps: &[At]| format!("{}{}", visit.paths.0, wire_path(model, steps));
    let of_hub = |steps: &[At]| format!("{}{}", visit.paths.1, wire_path(model, steps));
    let link = match &pair.link {
        Link::Struct(link) => link,
        Link::Function(_) => {
            version.by_hand.push(visit.paths.0.clone());
            hub.by_hand.push(visit.paths.1.clone());
            return;
        }
        Link::Newtype { .. } | Link::Variants(_) => return,
    };
    let owned = |owner, indices: &[usize]| -> Vec<At> { indices.iter().map(|&index| At { owner, index }).collect() };
    version.by_hand.extend(
        owned(pair.version, &link.of_function.0)
            .iter()
            .map(|at| of_version(&[*at])),
    );
    hub.by_hand
        .extend(owned(pair.hub, &link.of_function.1).iter().map(|at| of_hub(&[*at])));
    for link in link.fields.iter().chain(&link.moved) {
        match &link.by {
            By::Function(_) => {
                version.by_hand.push(of_version(&link.version));
                hub.by_hand.push(of_hub(&link.hub));
            }
            By::Types { loose, .. } => match loose {
                Loose::No => {}
                Loose::Empty => {
                    version.loose.push(of_version(&link.version));
                    hub.loose.push(of_hub(&link.hub));
                }
                Loose::DefaultOfHub => version.defaulted.push(of_version(&link.version)),
                Loose::DefaultOfVersion => hub.defaulted.push(of_hub(&link.hub)),
            },
        }
    }
}

/// Values that only one side has: they are lost, or travel in annotations.
fn kept(
    model: &Model,
    pairs: &mut Pairs,
    pair: &Pair,
    visit: &Visit,
    losses: &mut (Loss, Loss),
    root: (TypeId, TypeId),
) {
    let Link::Struct(StructLink {
        version_only, hub_only, ..
    }) = &pair.link
    else {
        return;
    };
    let ways = visit.ways.clone();
    let (of_version, of_hub) = ways.map_or((None, None), |(version, hub)| (Some(version), Some(hub)));
    for (is_of_hub, only, way) in [(false, version_only, of_version), (true, hub_only, of_hub)] {
        for at in only {
            let field = at.field(model);
            let (lost, marker) = match is_of_hub {
                false => (field.conversion.dropped, "dropped"),
                true => (field.conversion.added, "added"),
            };
            let path = if is_of_hub { &visit.paths.1 } else { &visit.paths.0 };
            let path = format!("{path}{}", wire_path(model, &[*at]));
            match (lost, &way) {
                (Some(Lost::Kept), Some(way)) => {
                    let steps = [way.as_slice(), &[*at]].concat();
                    keep(model, pairs, root, is_of_hub, steps, &path, marker);
                }
                (Some(Lost::Kept), None) => {
                    let marker = if is_of_hub { "added(keep)" } else { "dropped(keep)" };
                    pairs.problems.push(problems::below_list(field, marker));
                }
                (Some(Lost::ForGood) | None, _) if is_of_hub => losses.1.lost.push(path),
                (Some(Lost::ForGood) | None, _) => losses.0.lost.push(path),
            }
        }
    }
}

fn keep(
    model: &Model,
    pairs: &mut Pairs,
    (version, hub): (TypeId, TypeId),
    is_of_hub: bool,
    steps: Steps,
    path: &str,
    marker: &str,
) {
    let field = last(model, &steps);
    let Some(resource) = model.resource_of(if is_of_hub { hub } else { version }) else {
        return;
    };
    let of = model.version(resource.version);
    let name = format!("{}{path}", of.version);
    let key = if of.group.is_empty() {
        name.clone()
    } else {
        format!("{}/{name}", of.group)
    };
    if name.len() > 63 {
        pairs.problems.push(problems::long_annotation(field, marker, &key));
    }
    if !model.has_default(&field.ty) {
        pairs.problems.push(problems::field_without_default(field, field));
    }
    let is_root = |pair: &&mut Pair| (pair.version, pair.hub) == (version, hub);
    if let Some(Pair {
        link: Link::Struct(link),
        ..
    }) = pairs.pairs.iter_mut().find(is_root)
    {
        link.kept.push(Kept { is_of_hub, steps, key });
    }
}

/// Whether a type holds itself only behind an option, so that it may be absent.
pub(crate) fn is_optional(model: &Model, at: At) -> bool {
    unboxed(&at.field(model).ty).is_option()
}
