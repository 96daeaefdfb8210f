//! Fields of structs, by name and by what their markers say.

use std::collections::{BTreeMap, BTreeSet};

use kgen_emit::rust::Value;
use kgen_model::model::{FieldLayout, Lost};
use kgen_model::{Diagnostic, Field, Model, Presence, TypeDef, TypeId, TypeRef};

use super::how::{Absent, Found, Looseness, both};
use super::place::{At, Steps, last};
use super::{By, FieldLink, Link, Loose, Pairs, StructLink, is_optional, problems};

/// Links the fields of two structs. Fields that are moved, and those that only the hub has, are left for later.
pub(super) fn link(
    model: &Model,
    version: TypeId,
    hub: TypeId,
    found: &mut Found,
    problems: &mut Vec<Diagnostic>,
) -> StructLink {
    let mut linker = Linker {
        model,
        version,
        hub,
        of_version: members(model, version, &names(model, hub)),
        of_hub: members(model, hub, &names(model, version)),
        link: StructLink::default(),
        found,
        problems,
    };
    linker.function();
    linker.fields();
    linker.link
}

struct Linker<'a> {
    model: &'a Model,
    version: TypeId,
    hub: TypeId,
    of_version: Vec<Steps>,
    of_hub: Vec<Steps>,
    link: StructLink,
    found: &'a mut Found,
    problems: &'a mut Vec<Diagnostic>,
}

impl Linker<'_> {
    /// A person's own function and its fields.
    fn function(&mut self) {
        let (version, hub) = (self.model.ty(self.version), self.model.ty(self.hub));
        let converts = &version.converts;
        let says_fields = !converts.fields.is_empty() || !converts.storage.is_empty();
        match (&version.convert_with, says_fields) {
            (None, false) => return,
            (Some(_), true) => {}
            (Some(_), false) | (None, true) => {
                self.problems.push(problems::converts_nothing(version, hub));
                return;
            }
        }
        self.link.function.clone_from(&version.convert_with);
        self.link.of_function = (
            self.named(&converts.fields, version, version),
            self.named(&converts.storage, hub, version),
        );
        for ty in [self.version, self.hub] {
            if !self.model.type_has_default(ty) {
                self.problems.push(problems::no_default(version, self.model.ty(ty)));
            }
        }
    }

    fn named(&mut self, names: &[String], ty: &TypeDef, said_at: &TypeDef) -> Vec<usize> {
        let fields = ty.fields().unwrap_or_default();
        let mut indices = Vec::new();
        for name in names {
            match fields.iter().position(|field| field.name == *name) {
                Some(index) => indices.push(index),
                None => self
                    .problems
                    .push(problems::unknown_field(said_at, "converts", name, ty)),
            }
        }
        indices
    }

    fn fields(&mut self) {
        let mut used: BTreeMap<usize, &Field> = BTreeMap::new();
        for steps in self.of_version.clone() {
            let field = last(self.model, &steps);
            let conversion = &field.conversion;
            if steps.len() == 1 && self.link.of_function.0.contains(&steps[0].index) || conversion.moved.is_some() {
                continue;
            }
            if conversion.dropped.is_some() {
                self.lost(&steps);
                continue;
            }
            let wanted = conversion.renamed.as_ref().unwrap_or(&field.name);
            match self.counterpart(wanted) {
                None => self.without_counterpart(field, wanted),
                Some(at) => match used.insert(at, field) {
                    None => self.pair(steps, at),
                    Some(first) => {
                        let hub = last(self.model, &self.of_hub[at]);
                        self.problems.push(problems::twice(field, first, hub));
                    }
                },
            }
        }
    }

    fn lost(&mut self, steps: &[At]) {
        let field = last(self.model, steps);
        self.link.version_only.push(steps[steps.len() - 1]);
        if !has_source(self.model, field) {
            self.problems.push(problems::not_total(field, "dropped"));
        }
    }

    /// The hub's field of this name, unless a person's own function converts it.
    fn counterpart(&self, name: &str) -> Option<usize> {
        self.of_hub.iter().position(|steps| {
            let is_of_function = steps.len() == 1 && self.link.of_function.1.contains(&steps[0].index);
            !is_of_function && last(self.model, steps).name == name
        })
    }

    fn without_counterpart(&mut self, field: &Field, wanted: &str) {
        let (version, hub) = (self.model.ty(self.version), self.model.ty(self.hub));
        let likely = self.likely(field, wanted);
        let hub_field = likely.as_ref().map(|steps| last(self.model, steps));
        self.problems.push(if field.conversion.renamed.is_some() {
            problems::unknown_field_at(field, "renamed", wanted, hub)
        } else {
            problems::unmapped(field, version, hub, hub_field)
        });
        self.link.refused.extend(likely);
    }

    /// A field of the hub that nobody claims, of like name or alone of its type.
    fn likely(&self, field: &Field, wanted: &str) -> Option<Steps> {
        let claimed: BTreeSet<&String> = self
            .of_version
            .iter()
            .map(|steps| last(self.model, steps))
            .map(|field| field.conversion.renamed.as_ref().unwrap_or(&field.name))
            .collect();
        let is_free = |steps: &&Steps| {
            let hub = last(self.model, steps);
            !claimed.contains(&hub.name) && hub.conversion.added.is_none() && !self.link.refused.contains(steps)
        };
        let free: Vec<(&Steps, &Field)> = self
            .of_hub
            .iter()
            .filter(is_free)
            .map(|steps| (steps, last(self.model, steps)))
            .collect();
        let close = kgen_model::names::closest(wanted, free.iter().map(|(_, hub)| hub.name.as_str()));
        let by_name = free.iter().find(|(_, hub)| Some(hub.name.as_str()) == close);
        let alike = || free.iter().find(|(_, hub)| is_alike(&hub.name, wanted));
        let of_type = || {
            let mut of_type = free.iter().filter(|(_, hub)| hub.ty == field.ty);
            of_type.next().filter(|_| of_type.next().is_none())
        };
        let likely = by_name.or_else(alike).or_else(of_type);
        likely.map(|(steps, _)| (*steps).clone())
    }

    fn pair(&mut self, version: Steps, at: usize) {
        let hub = self.of_hub[at].clone();
        if let Some(by) = by(self.model, &version, &hub, self.found, self.problems) {
            self.link.fields.push(FieldLink { version, hub, by });
        } else {
            self.link.refused.push(hub);
        }
    }
}

/// Whether one name is most of the other.
fn is_alike(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
    long.contains(short) && short.len() * 2 >= long.len()
}

/// What converts a field of the version into one of the hub.
pub(super) fn by(
    model: &Model,
    version: &[At],
    hub: &[At],
    found: &mut Found,
    problems: &mut Vec<Diagnostic>,
) -> Option<By> {
    let (from, to) = (last(model, version), last(model, hub));
    if let Some(function) = &from.conversion.convert_with {
        for field in [from, to] {
            if !model.has_default(&field.ty) {
                problems.push(problems::field_without_default(from, field));
            }
        }
        return Some(By::Function(function.clone()));
    }
    let looseness = Looseness {
        version: absent(model, version, to),
        hub: absent(model, hub, from),
    };
    let loose = match (from.ty.is_option(), to.ty.is_option()) {
        (true, false) if matches!(looseness.hub, Absent::Value(_)) => Loose::DefaultOfHub,
        (false, true) if matches!(looseness.version, Absent::Value(_)) => Loose::DefaultOfVersion,
        (is_option, is_option_in_hub) if is_option != is_option_in_hub => Loose::Empty,
        _ => Loose::No,
    };
    match both(model, &from.ty, &to.ty, looseness, found) {
        Some((to_hub, from_hub)) => Some(By::Types {
            to_hub,
            from_hub,
            loose,
        }),
        None => {
            problems.push(problems::fields_differ(model, from, to));
            None
        }
    }
}

/// What it means where a field is absent, for an `Option` of the other version that is `None`.
fn absent(model: &Model, steps: &[At], other: &Field) -> Absent {
    let field = last(model, steps);
    let owner = model.ty(steps[steps.len() - 1].owner);
    let (own, others) = (model.default_of(field), model.default_of(other));
    // Where `None` has a default of its own, it says that, and nothing else.
    if !owner.is_generated() || others.is_some() && others != own {
        return Absent::Unknown;
    }
    // Where the default would have to be put into something that is absent itself, that would have to be made.
    let is_certain = !steps.iter().rev().skip(1).any(|at| is_optional(model, *at));
    match own {
        Some(default) if is_certain => Value::of(model, &field.ty, default).map_or(Absent::Unknown, Absent::Value),
        None if field.presence == Presence::Optional => Absent::Empty,
        Some(_) | None => Absent::Unknown,
    }
}

/// The fields that are looked for by name on the other side. Flattened structs are looked through unless the other side
/// has a field of their name.
fn members(model: &Model, owner: TypeId, other: &BTreeSet<&str>) -> Vec<Steps> {
    let fields = model.ty(owner).fields().unwrap_or_default();
    let mut found = Vec::new();
    for (index, field) in fields.iter().enumerate() {
        let at = At { owner, index };
        let counterpart = field.conversion.renamed.as_ref().unwrap_or(&field.name);
        match (field.layout, &field.ty) {
            (FieldLayout::Skipped, _) => {}
            (FieldLayout::Flattened, TypeRef::Named(id))
                if model.ty(*id).fields().is_some() && !other.contains(counterpart.as_str()) && says_nothing(field) =>
            {
                let inner = members(model, *id, other).into_iter();
                found.extend(inner.map(|steps| [vec![at], steps].concat()));
            }
            (FieldLayout::Flattened | FieldLayout::Member, _) => found.push(vec![at]),
        }
    }
    found
}

fn says_nothing(field: &Field) -> bool {
    field.conversion == Default::default()
}

/// The names by which the fields of a struct look for their counterparts.
fn names(model: &Model, ty: TypeId) -> BTreeSet<&str> {
    let fields = model.ty(ty).fields().unwrap_or_default().iter();
    fields
        .map(|field| field.conversion.renamed.as_deref().unwrap_or(&field.name))
        .collect()
}

/// Whether a field holds something sensible without a source.
pub(super) fn has_source(model: &Model, field: &Field) -> bool {
    field.ty.is_option()
        || model.default_of(field).is_some()
        || (field.presence == Presence::Optional && model.has_default(&field.ty))
}

/// Looks at the fields that only the hub has, once it is known where fields were moved to.
pub(super) fn leftovers(model: &Model, pairs: &mut Pairs) {
    let targets: Vec<At> = pairs.pairs.iter().flat_map(moved_to).collect();
    let versions: BTreeSet<TypeId> = pairs.pairs.iter().map(|pair| pair.version).collect();
    let (mut told, mut problems) = (BTreeSet::new(), Vec::new());
    for pair in &mut pairs.pairs {
        let Link::Struct(link) = &mut pair.link else { continue };
        if !versions.contains(&pair.hub) && model.ty(pair.hub).version.is_some() && told.insert(pair.hub) {
            problems.extend(problems::on_storage(model.ty(pair.hub)));
        }
        for steps in members(model, pair.hub, &names(model, pair.version)) {
            let at = steps[steps.len() - 1];
            let field = at.field(model);
            let is_linked = link.fields.iter().any(|link| link.hub == steps)
                || link.refused.contains(&steps)
                || targets.contains(&at);
            let is_of_function = steps.len() == 1 && link.of_function.1.contains(&at.index);
            match field.conversion.added {
                _ if is_linked || is_of_function => {}
                Some(Lost::ForGood | Lost::Kept) => {
                    link.hub_only.push(at);
                    if !has_source(model, field) {
                        problems.push(problems::not_total(field, "added"));
                    }
                }
                None => problems.push(problems::only_in_hub(field, model.ty(pair.version), model.ty(pair.hub))),
            }
        }
    }
    pairs.problems.extend(problems);
}

/// The fields of the hub that others are moved to.
fn moved_to(pair: &super::Pair) -> Vec<At> {
    match &pair.link {
        Link::Struct(link) => link.moved.iter().map(|moved| moved.hub[moved.hub.len() - 1]).collect(),
        Link::Newtype { .. } | Link::Variants(_) | Link::Function(_) => Vec::new(),
    }
}
