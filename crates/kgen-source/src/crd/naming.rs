//! What the types of a version are called.
//!
//! A type is called after the type that holds it and the property: the `tls` of `OrderSpec` is an `OrderSpecTls`, and
//! each of its `lines` an `OrderSpecLine`. Where several places have one type, the highest place counts, and the first of
//! them in the order of names. A type that several kinds hold, but no type that they share, is called after the property
//! alone: `Tls`. So a name follows from the places of its own type: what a schema gains elsewhere does not change it.

use std::collections::BTreeSet;

use super::types::{Part, Role};
use super::words;

/// The names of the types, in their order.
pub(super) fn names(parts: &[Part<'_, '_>]) -> Vec<String> {
    let kinds = kinds(parts);
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut names: Vec<String> = Vec::with_capacity(parts.len());
    // Kinds come first, and their names are their own.
    for (index, part) in parts.iter().enumerate() {
        let name = match &part.role {
            Role::Kind(kind) if words::is_type_name(kind) => words::unlike(kind, "", &used),
            Role::Kind(kind) => words::unlike(&format!("{}Object", words::pascal(kind)), "", &used),
            Role::Part(stem) => {
                let holder = part.holders[0];
                let is_shared = kinds[index].count() > 1 && kinds[holder].count() == 1;
                let is_free = words::is_type_name(stem) && !used.contains(stem);
                match is_shared && is_free {
                    true => stem.clone(),
                    false => words::unlike(&format!("{}{stem}", names[holder]), "", &used),
                }
            }
        };
        used.insert(name.clone());
        names.push(name);
    }
    names
}

/// Which kinds hold each type, whatever lies between.
fn kinds(parts: &[Part<'_, '_>]) -> Vec<Kinds> {
    let mut kinds = vec![Kinds::default(); parts.len()];
    // A type lies below all that hold it, but need not come after all of them: it is enough to go round until
    // nothing changes, which is soon.
    let mut is_changing = true;
    while is_changing {
        is_changing = false;
        for (index, part) in parts.iter().enumerate() {
            let mut of_part = kinds[index].clone();
            match part.role {
                Role::Kind(_) => of_part.add(index),
                Role::Part(_) => part.holders.iter().for_each(|holder| of_part.add_all(&kinds[*holder])),
            }
            if of_part.count() > kinds[index].count() {
                kinds[index] = of_part;
                is_changing = true;
            }
        }
    }
    kinds
}

/// A set of kinds, by their places among the types.
#[derive(Clone, Debug, Default)]
struct Kinds(BTreeSet<usize>);

impl Kinds {
    fn add(&mut self, kind: usize) {
        self.0.insert(kind);
    }

    fn add_all(&mut self, others: &Self) {
        self.0.extend(&others.0);
    }

    fn count(&self) -> usize {
        self.0.len()
    }
}
