//! Checking what is valid allocates nothing, on create and on update, once patterns are compiled.

use allocation_counter::measure;
use kgen::validation::rules::{self, Constraint, Discriminated, Exclusion};
use kgen::validation::{Errors, Operation, Path, Validate, each_by_key, each_in_set};

use crate::formats::FORMATS;
use crate::objects::{invalid, valid};
use crate::types::Port;

fn count(check: impl FnMut()) -> u64 {
    measure(check).count_total
}

#[test]
fn valid_objects_cost_no_allocation() {
    let (spec, old) = (valid(), valid());
    let mut errors = Errors::new();
    let mut check = |old: Option<&_>, operation: &Operation<'_>| {
        count(|| spec.validate(old, operation, &Path::ROOT.child("spec"), &mut errors))
    };
    // The first time the pattern is compiled.
    check(None, &Operation::create());
    assert_eq!(check(None, &Operation::create()), 0);
    assert_eq!(check(Some(&old), &Operation::update()), 0);
    assert!(errors.is_empty());
}

#[test]
fn invalid_objects_cost_what_they_report() {
    let spec = invalid();
    let mut errors = Errors::new();
    spec.validate(None, &Operation::create(), &Path::ROOT, &mut errors);
    let mut errors = Errors::new();
    assert!(count(|| spec.validate(None, &Operation::create(), &Path::ROOT, &mut errors)) > 0);
    let mut errors = Errors::counting();
    let counting = count(|| rules::minimum(&mut errors, &Path::ROOT, 0, 1));
    assert_eq!((errors.len(), counting), (1, 0));
}

#[test]
fn valid_texts_of_every_format_cost_no_allocation() {
    const VALUES: [&str; 24] = [
        "a",
        "example.com",
        "example.com/name",
        "a.example.com/b.example.com",
        "0f8fad5b-d9cb-469f-a165-70867728950e",
        "0f8fad5b-d9cb-369f-a165-70867728950e",
        "0f8fad5b-d9cb-569f-a165-70867728950e",
        "0123456789abcdef01234567",
        "http://user@example.com:80/path?query",
        "Name <user@example.com>",
        "192.0.2.1",
        "2001:db8::1",
        "192.0.2.0/24",
        "00:00:5e:00:53:01",
        "978-4-87311-368-5",
        "3 423 21412 0",
        "4220 8554 2622 2389",
        "191-60-2869",
        "#ffffff",
        "rgb(1, 2, 3)",
        "YQ==",
        "2006-01-02",
        "2006-01-02T15:04:05.9Z",
        "3 weeks",
    ];
    let path = Path::ROOT.child("x");
    for (name, format) in FORMATS {
        let mut accepted = 0;
        for value in VALUES {
            let mut errors = Errors::counting();
            format(&mut errors, &path, value);
            if errors.is_empty() {
                accepted += 1;
                let mut errors = Errors::new();
                assert_eq!(count(|| format(&mut errors, &path, value)), 0, "{name} of {value}");
            }
        }
        assert!(accepted > 0, "no value for {name}");
    }
}

#[test]
fn rules_that_hold_cost_no_allocation() {
    let path = Path::ROOT.child("x");
    let options = [("Gate", true)];
    let operation = Operation::update().options(&options);
    let (ports, texts) = ([Port::new("a", 1), Port::new("b", 2)], ["a", "b"]);
    let mut errors = Errors::new();
    let e = &mut errors;
    let total = count(|| {
        rules::required(e, &path, true);
        rules::enum_values(e, &path, "b", &["a", "b"]);
        let exclusions = [Exclusion {
            value: "a",
            option: "Gate",
            when: true,
        }];
        rules::enum_values_except(e, &path, &operation, "b", &["a", "b"], &exclusions);
        rules::neq(e, &path, "a", "b");
        rules::multiple_of(e, &path, 0.3, 0.1);
        rules::max_length(e, &path, "日本語", 5);
        rules::unique_set(e, &path, &texts);
        rules::unique_items(e, &path, &ports);
        rules::unique_map(e, &path, &ports, |port| port.name.as_str());
        rules::union(e, &path, &operation, &["a", "b"], [true, false], None);
        let union = Discriminated {
            discriminator: "type",
            members: &[("a", "A"), ("b", "B")],
        };
        rules::discriminated_union(
            e,
            &path,
            &operation,
            &union,
            ("A", [true, false]),
            Some(("B", [true, true])),
        );
        rules::dependent_required(e, &path, &operation, [("a", true), ("b", true)], None);
        let (good, bad) = (
            |_: &mut Errors| (),
            |errors: &mut Errors| rules::required(errors, &path, false),
        );
        rules::any_of(e, &path, &[&bad, &good]);
        rules::one_of(e, &path, &[&bad, &good, &bad]);
        rules::all_of(e, &path, &[&good]);
        rules::not(e, &path, &bad);
        let constraints = [Constraint::NoAddItem, Constraint::NoRemoveItem];
        rules::update_list_map(e, &path, &operation, &constraints, (&ports, &ports), |port| {
            port.name.as_str()
        });
        rules::update_set(e, &path, &operation, &constraints, (&texts, &texts));
    });
    assert_eq!((total, errors.len()), (0, 0));
}

/// Long lists are indexed only if their order changed.
#[test]
fn long_lists_in_their_order_cost_no_allocation() {
    let list: Vec<Port> = (0..1000).map(|index| Port::new(&index.to_string(), index)).collect();
    let mut changed = list.clone();
    changed[999].container = -1;
    let update = Operation::update();
    let mut checked = 0;
    let total = count(|| {
        each_by_key(
            &update,
            &changed,
            Some(&list),
            |port| port.name.as_str(),
            |_, _, _| checked += 1,
        );
        each_in_set(&update, &list, Some(&list), |_, _| checked += 1);
    });
    assert_eq!((total, checked), (0, 1));
}
