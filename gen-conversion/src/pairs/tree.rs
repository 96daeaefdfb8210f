//! Which pairs lie below which, and the places where they stand in a kind.

use std::collections::{BTreeMap, BTreeSet};

use kgen_model::model::UnionRepr;
use kgen_model::{Model, Shape, TypeId, TypeRef};

use super::how::{Absent, Found, Looseness, both};
use super::place::{At, Steps, last, struct_in, wire_path};
use super::{By, FieldLink, Link, Pair, Pairs, VariantLink};

/// Pairs by their types.
type Index = BTreeMap<(TypeId, TypeId), usize>;

/// The pairs below each pair.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    index: Index,
    children: Vec<Vec<Child>>,
}

/// A pair at one place of a kind.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    pub(super) pair: usize,
    /// The ways from the kind on both sides, unless they lead through a list or the like.
    pub(super) ways: Option<(Steps, Steps)>,
    /// The paths on both sides.
    pub(super) paths: (String, String),
    /// The pairs above with their ways, from the root on.
    pub(super) above: Vec<(usize, Option<(Steps, Steps)>)>,
}

impl Tree {
    /// That of all pairs.
    pub(super) fn of(model: &Model, pairs: &Pairs) -> Self {
        let numbered = pairs.pairs.iter().enumerate();
        let index: Index = numbered.map(|(at, pair)| ((pair.version, pair.hub), at)).collect();
        let children = pairs.pairs.iter().map(|pair| children(model, &index, pair)).collect();
        Self { index, children }
    }

    /// The places of a kind whose pairs are wanted, or that have such pairs below. A pair inside of itself ends the walk.
    pub(super) fn visits(
        &self,
        pairs: &Pairs,
        version: TypeId,
        hub: TypeId,
        wanted: &dyn Fn(&Pair) -> bool,
    ) -> Vec<Visit> {
        let reaching = self.reaching(pairs, wanted);
        let root = self.index.get(&(version, hub)).map(|pair| Visit {
            pair: *pair,
            ways: Some(Default::default()),
            paths: Default::default(),
            above: Vec::new(),
        });
        let (mut visits, mut queue): (Vec<Visit>, Vec<Visit>) = (Vec::new(), root.into_iter().collect());
        while let Some(visit) = queue.pop() {
            if !reaching.contains(&visit.pair) {
                continue;
            }
            if !visit.above.iter().any(|(above, _)| *above == visit.pair) {
                queue.extend(self.children[visit.pair].iter().rev().map(|child| visit.down(child)));
            }
            visits.push(visit);
        }
        visits
    }

    /// The pairs that are wanted, and those above them.
    fn reaching(&self, pairs: &Pairs, wanted: &dyn Fn(&Pair) -> bool) -> BTreeSet<usize> {
        let mut above: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, children) in self.children.iter().enumerate() {
            children
                .iter()
                .for_each(|child| above.entry(child.pair).or_default().push(at));
        }
        let numbered = pairs.pairs.iter().enumerate();
        let mut queue: Vec<usize> = numbered.filter(|(_, pair)| wanted(pair)).map(|(at, _)| at).collect();
        let mut reaching = BTreeSet::new();
        while let Some(at) = queue.pop() {
            if reaching.insert(at) {
                queue.extend(above.get(&at).into_iter().flatten());
            }
        }
        reaching
    }
}

impl Visit {
    fn down(&self, child: &Child) -> Self {
        let ways = self.ways.as_ref().zip(child.steps.as_ref());
        let join = |above: &[At], below: &[At]| [above, below].concat();
        Self {
            pair: child.pair,
            ways: ways.map(|(above, below)| (join(&above.0, &below.0), join(&above.1, &below.1))),
            paths: (
                format!("{}{}", self.paths.0, child.paths.0),
                format!("{}{}", self.paths.1, child.paths.1),
            ),
            above: [self.above.as_slice(), &[(self.pair, self.ways.clone())]].concat(),
        }
    }
}

/// A pair directly below another.
#[derive(Clone, Debug)]
struct Child {
    pair: usize,
    steps: Option<(Steps, Steps)>,
    paths: (String, String),
}

fn children(model: &Model, index: &Index, pair: &Pair) -> Vec<Child> {
    match &pair.link {
        Link::Struct(link) => link
            .fields
            .iter()
            .chain(&link.moved)
            .flat_map(|link| of_field(model, index, link))
            .collect(),
        Link::Newtype { .. } => match (&model.ty(pair.version).shape, &model.ty(pair.hub).shape) {
            (Shape::Newtype(version), Shape::Newtype(hub)) => {
                below(model, index, version, hub, (String::new(), String::new()))
            }
            _ => Vec::new(),
        },
        Link::Variants(links) => links
            .iter()
            .flat_map(|link| of_variant(model, index, pair, link))
            .collect(),
        Link::Function(_) => Vec::new(),
    }
}

fn of_field(model: &Model, index: &Index, link: &FieldLink) -> Vec<Child> {
    if matches!(link.by, By::Function(_)) {
        return Vec::new();
    }
    let (version, hub) = (last(model, &link.version), last(model, &link.hub));
    let paths = (wire_path(model, &link.version), wire_path(model, &link.hub));
    let structs = struct_in(model, &version.ty).zip(struct_in(model, &hub.ty));
    let mut found = below(model, index, &version.ty, &hub.ty, paths);
    for child in &mut found {
        if structs.and_then(|ids| index.get(&ids)) == Some(&child.pair) {
            child.steps = Some((link.version.clone(), link.hub.clone()));
        }
    }
    found
}

fn of_variant(model: &Model, index: &Index, pair: &Pair, link: &VariantLink) -> Vec<Child> {
    let held = |ty: TypeId, index: Option<usize>| match &model.ty(ty).shape {
        Shape::Union(union) => {
            let variant = union.variants.get(index?)?;
            let path = match union.repr {
                UnionRepr::External | UnionRepr::Discriminated { .. } => format!(".{}", variant.wire),
                UnionRepr::Internal { .. } | UnionRepr::Untagged => String::new(),
                UnionRepr::Adjacent { ref content, .. } => format!(".{content}"),
            };
            Some((variant.ty.as_ref()?, path))
        }
        Shape::Struct(_) | Shape::Newtype(_) | Shape::Enum(_) => None,
    };
    match (held(pair.version, link.version), held(pair.hub, link.hub)) {
        (Some((version, version_path)), Some((hub, hub_path))) => {
            below(model, index, version, hub, (version_path, hub_path))
        }
        _ => Vec::new(),
    }
}

/// The pairs that values of two types hold.
fn below(model: &Model, index: &Index, version: &TypeRef, hub: &TypeRef, paths: (String, String)) -> Vec<Child> {
    let mut found = Found::default();
    let loose = Looseness {
        version: Absent::Empty,
        hub: Absent::Empty,
    };
    if both(model, version, hub, loose, &mut found).is_none() {
        return Vec::new();
    }
    let child = |(version, hub, is_below): (TypeId, TypeId, bool)| {
        let suffix = if is_below { "[]" } else { "" };
        Some(Child {
            pair: *index.get(&(version, hub))?,
            steps: None,
            paths: (format!("{}{suffix}", paths.0), format!("{}{suffix}", paths.1)),
        })
    };
    found.pairs.into_iter().filter_map(child).collect()
}
