//! What holds for all lists: the fast ways find what the plain ways find.

use kgen::validation::{Errors, Operation, Path, each_by_key, each_in_set, rules};
use proptest::prelude::*;

use crate::types::Port;

/// Lists on both sides of the length from which on they are indexed, with and without repetitions.
fn lists() -> impl Strategy<Value = Vec<Port>> {
    let port = (0..60_u32, 0..2_i32).prop_map(|(name, container)| Port::new(&name.to_string(), container));
    prop::collection::vec(port, 0..70)
}

/// Lists without repeated names.
fn keyed_lists() -> impl Strategy<Value = Vec<Port>> {
    lists().prop_map(|mut list| {
        let mut names = std::collections::HashSet::new();
        list.retain(|port| names.insert(port.name.clone()));
        list
    })
}

/// The paths of all errors.
fn fields(rule: impl FnOnce(&mut Errors, &Path<'_>)) -> Vec<String> {
    let mut errors = Errors::new();
    rule(&mut errors, &Path::ROOT.child("x"));
    errors.into_iter().map(|error| error.field).collect()
}

/// The paths of items that are the same as one before them.
fn repeated(list: &[Port], same: impl Fn(&Port, &Port) -> bool) -> Vec<String> {
    let is_repeated = |index: &usize| list[..*index].iter().any(|before| same(before, &list[*index]));
    (0..list.len())
        .filter(is_repeated)
        .map(|index| format!("x[{index}]"))
        .collect()
}

proptest! {
    #[test]
    fn repetitions_are_found(list in lists()) {
        prop_assert_eq!(fields(|e, p| rules::unique_set(e, p, &list)), repeated(&list, PartialEq::eq));
        prop_assert_eq!(
            fields(|e, p| rules::unique_map(e, p, &list, |port| port.name.as_str())),
            repeated(&list, |a, b| a.name == b.name)
        );
    }

    #[test]
    fn stored_items_are_found(new in keyed_lists(), old in keyed_lists()) {
        let update = Operation::update();
        let mut checked = Vec::new();
        each_by_key(&update, &new, Some(&old), |port| port.name.as_str(), |index, _, old| {
            checked.push((index, old.map(|old| old.container)));
        });
        let mut wanted = Vec::new();
        for (index, port) in new.iter().enumerate() {
            let old = old.iter().find(|old| old.name == port.name);
            if old != Some(port) {
                wanted.push((index, old.map(|old| old.container)));
            }
        }
        prop_assert_eq!(checked, wanted);
    }

    #[test]
    fn stored_values_are_found(new in lists(), old in lists()) {
        let mut checked = Vec::new();
        each_in_set(&Operation::update(), &new, Some(&old), |index, _| checked.push(index));
        let wanted: Vec<usize> = (0..new.len()).filter(|index| !old.contains(&new[*index])).collect();
        prop_assert_eq!(checked, wanted);
    }

    #[test]
    fn items_are_added_and_removed(new in lists(), old in lists()) {
        use rules::Constraint::{NoAddItem, NoRemoveItem};
        let check = |constraint| {
            fields(|e, p| rules::update_set(e, p, &Operation::update(), &[constraint], (&new, &old)))
        };
        let added = (0..new.len()).filter(|index| !old.contains(&new[*index]));
        prop_assert_eq!(check(NoAddItem), added.map(|index| format!("x[{index}]")).collect::<Vec<_>>());
        prop_assert_eq!(check(NoRemoveItem).len(), old.iter().filter(|port| !new.contains(port)).count());
    }
}
