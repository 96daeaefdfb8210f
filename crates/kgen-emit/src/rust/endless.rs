//! Defaults without end: the default of a field holds a value in which the same field is absent, and so on. Rust's
//! compiler permits them; whoever reads such a value would never be done.

use std::collections::{BTreeMap, BTreeSet};

use kgen_model::analysis::unboxed;
use kgen_model::model::FieldLayout;
use kgen_model::{Field, Literal, Model, Shape, TypeId, TypeRef};

use super::Misfit;
use super::fit::INEXPRESSIBLE;

/// A field by its type and its index.
type Place = (TypeId, usize);

/// Why the default of a field cannot be, if it has no end.
pub(super) fn endless(model: &Model, place: Place) -> Option<Misfit> {
    let mut search = Search {
        model,
        open: BTreeSet::new(),
        done: BTreeSet::new(),
    };
    let problem = "never ends: it holds a value in which the same field is absent";
    let misfit = || Misfit::new(INEXPRESSIBLE, problem).help("give the field in that value, or remove the default");
    search.finds_circle(place).then(misfit)
}

/// A search in depth over the defaults that one default brings along.
struct Search<'m> {
    model: &'m Model,
    open: BTreeSet<Place>,
    done: BTreeSet<Place>,
}

impl Search<'_> {
    fn finds_circle(&mut self, place: Place) -> bool {
        if self.done.contains(&place) {
            return false;
        }
        if !self.open.insert(place) {
            return true;
        }
        let found = brings_along(self.model, place)
            .into_iter()
            .any(|next| self.finds_circle(next));
        self.open.remove(&place);
        self.done.insert(place);
        found
    }
}

/// The fields whose defaults a default brings along.
fn brings_along(model: &Model, (id, index): Place) -> Vec<Place> {
    let mut walk = Walk {
        model,
        absent: Vec::new(),
        above: BTreeSet::new(),
    };
    let field = model.ty(id).fields().and_then(|fields| fields.get(index));
    if let Some(field) = field
        && let Some(default) = model.default_of(field)
    {
        walk.value(&field.ty, default);
    }
    walk.absent
}

/// A walk through a constant, with the types that it is a value of.
struct Walk<'m> {
    model: &'m Model,
    /// Fields that are absent and have a default.
    absent: Vec<Place>,
    /// Structs that are there without anything given.
    above: BTreeSet<TypeId>,
}

impl Walk<'_> {
    fn value(&mut self, ty: &TypeRef, literal: &Literal) {
        match (ty, literal) {
            (TypeRef::Option(inner) | TypeRef::Boxed(inner), _) => self.value(inner, literal),
            (TypeRef::List(inner) | TypeRef::Array(inner, _), Literal::List(items)) => {
                items.iter().for_each(|item| self.value(inner, item));
            }
            (TypeRef::Map { value, .. }, Literal::Object(members)) => {
                members.values().for_each(|member| self.value(value, member));
            }
            (TypeRef::Named(id), _) => self.named(*id, literal),
            _ => {}
        }
    }

    fn named(&mut self, id: TypeId, literal: &Literal) {
        match (&self.model.ty(id).shape, literal) {
            (Shape::Newtype(inner), _) => self.value(inner, literal),
            (Shape::Struct(_), Literal::Object(members)) => self.members(id, members),
            (Shape::Union(def), Literal::Object(members)) => {
                let given = def
                    .variants
                    .iter()
                    .filter_map(|it| Some((it.ty.as_ref()?, members.get(&it.wire)?)));
                given.for_each(|(ty, member)| self.value(ty, member));
            }
            _ => {}
        }
    }

    fn members(&mut self, id: TypeId, members: &BTreeMap<String, Literal>) {
        let fields = self.model.ty(id).generated_fields().unwrap_or_default();
        for (index, field) in fields.iter().enumerate() {
            match (field.layout, members.get(&field.wire)) {
                (FieldLayout::Skipped, _) => {}
                (FieldLayout::Flattened, _) => self.value(&field.ty, &Literal::Object(members.clone())),
                (FieldLayout::Member, Some(member)) => self.value(&field.ty, member),
                (FieldLayout::Member, None) => self.absent(id, index, field),
            }
        }
    }

    fn absent(&mut self, id: TypeId, index: usize, field: &Field) {
        if self.model.default_of(field).is_some() {
            self.absent.push((id, index));
        } else if let TypeRef::Named(child) = unboxed(&field.ty)
            && self.above.insert(*child)
        {
            self.named(*child, &Literal::Object(BTreeMap::new()));
        }
    }
}
