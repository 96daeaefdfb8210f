//! What an update may do: the matrix of constraints, values that stay, and values that only grow.

use std::collections::{BTreeMap, HashMap};

use kgen::validation::rules;
use kgen::validation::rules::Constraint::{self, NoAddItem, NoModify, NoRemoveItem, NoSet, NoUnset};
use kgen::validation::{Errors, Operation, Path};

use crate::types::Port;
use crate::{assert_finds, found};

const UPDATE: Operation<'_> = Operation::update();
const SET: &str = "spec.x: Invalid value: null: field cannot be set once created";
const UNSET: &str = "spec.x: Invalid value: null: field cannot be cleared once set";
const MODIFIED: &str = "spec.x: Invalid value: null: field cannot be modified once set";

/// A constraint, and what it says.
type Cell = (Constraint, Option<&'static str>);

/// Whether it was set, whether it is, and what each constraint says about that.
const MATRIX: [(bool, bool, [Cell; 3]); 4] = [
    (false, false, [(NoSet, None), (NoUnset, None), (NoModify, None)]),
    (false, true, [(NoSet, Some(SET)), (NoUnset, None), (NoModify, None)]),
    (true, false, [(NoSet, None), (NoUnset, Some(UNSET)), (NoModify, None)]),
    (true, true, [(NoSet, None), (NoUnset, None), (NoModify, Some(MODIFIED))]),
];

#[test]
fn constraints_of_values() {
    for (was_set, is_set, cells) in MATRIX {
        for (constraint, wanted) in cells {
            let wanted: Vec<_> = wanted.into_iter().map(|text| ("update", text)).collect();
            assert_finds(&wanted, |e, p| {
                rules::update(e, p, &UPDATE, &[constraint], is_set, Some(was_set))
            });
            assert_finds(&[], |e, p| rules::update(e, p, &UPDATE, &[constraint], is_set, None));
            let create = Operation::create();
            assert_finds(&[], |e, p| {
                rules::update(e, p, &create, &[constraint], is_set, Some(was_set))
            });
        }
        // All three together are as strict as immutable.
        let all = found(|e, p| rules::update(e, p, &UPDATE, &[NoSet, NoUnset, NoModify], is_set, Some(was_set)));
        assert_eq!(all.len(), usize::from(was_set || is_set));
    }
}

#[test]
fn constraints_of_lists() {
    const ALL: [Constraint; 4] = [NoSet, NoUnset, NoAddItem, NoRemoveItem];
    let (a, b) = (Port::new("a", 1), Port::new("b", 1));
    let (old, empty) = ([a.clone(), b.clone()], []);
    let new = [Port::new("b", 9), Port::new("c", 1)];
    fn by_name<'a>(new: &'a [Port], old: &'a [Port]) -> impl FnOnce(&mut Errors, &Path<'_>) {
        move |e, p| rules::update_list_map(e, p, &UPDATE, &ALL, (new, old), |port| port.name.as_str())
    }
    let wanted = [
        ("update", "spec.x[1]: Forbidden: item may not be added"),
        ("update", "spec.x: Forbidden: item may not be removed"),
    ];
    assert_finds(&wanted, by_name(&new, &old));
    let wanted = [
        ("update", SET),
        ("update", "spec.x[0]: Forbidden: item may not be added"),
        ("update", "spec.x[1]: Forbidden: item may not be added"),
    ];
    assert_finds(&wanted, by_name(&old, &empty));
    assert_finds(&wanted, |e, p| rules::update_set(e, p, &UPDATE, &ALL, (&old, &empty)));
    let wanted = [
        ("update", UNSET),
        ("update", "spec.x: Forbidden: item may not be removed"),
        ("update", "spec.x: Forbidden: item may not be removed"),
    ];
    assert_finds(&wanted, by_name(&empty, &old));
    // By value, a changed item is another one.
    let wanted = [
        ("update", "spec.x[0]: Forbidden: item may not be added"),
        ("update", "spec.x[1]: Forbidden: item may not be added"),
        ("update", "spec.x: Forbidden: item may not be removed"),
        ("update", "spec.x: Forbidden: item may not be removed"),
    ];
    assert_finds(&wanted, |e, p| rules::update_set(e, p, &UPDATE, &ALL, (&new, &old)));
    let turned = [b, a];
    assert_finds(&[], |e, p| rules::update_set(e, p, &UPDATE, &ALL, (&turned, &old)));
    assert_finds(&[], |e, p| {
        rules::update_set(e, p, &Operation::create(), &ALL, (&new, &old))
    });
}

#[test]
fn constraints_of_maps() {
    const ALL: [Constraint; 5] = [NoSet, NoUnset, NoModify, NoAddItem, NoRemoveItem];
    let old = BTreeMap::from([("a", 1), ("b", 1)]);
    let new = BTreeMap::from([("b", 2), ("c", 1)]);
    let wanted = [
        ("update", MODIFIED),
        ("update", "spec.x[c]: Forbidden: item may not be added"),
        ("update", "spec.x[a]: Forbidden: item may not be removed"),
    ];
    assert_finds(&wanted, |e, p| rules::update_map(e, p, &UPDATE, &ALL, &new, Some(&old)));
    let wanted = [
        ("update", SET),
        ("update", "spec.x[k]: Forbidden: item may not be added"),
    ];
    assert_finds(&wanted, |e, p| {
        rules::update_map(e, p, &UPDATE, &ALL, &HashMap::from([("k".to_owned(), 1)]), None)
    });
    assert_finds(&[], |e, p| {
        rules::update_map(e, p, &Operation::create(), &ALL, &new, Some(&old))
    });
}

#[test]
fn values_that_stay() {
    let wanted = [("immutable", "spec.x: Invalid value: null: field is immutable")];
    assert_finds(&wanted, |e, p| rules::immutable(e, p, &UPDATE));
    assert_finds(&[], |e, p| rules::immutable(e, p, &Operation::create()));
}

#[test]
fn values_that_only_grow() {
    let create = Operation::create();
    for (operation, value, old) in [
        (UPDATE, 2, Some(2)),
        (UPDATE, 3, Some(2)),
        (UPDATE, 1, None),
        (create, 1, Some(2)),
    ] {
        assert_finds(&[], |e, p| rules::monotonic(e, p, &operation, value, old));
    }
    let wanted = [("monotonic", "spec.x: Invalid value: -1: may not be decreased from 0")];
    assert_finds(&wanted, |e, p| rules::monotonic(e, p, &UPDATE, -1, Some(0)));
}
