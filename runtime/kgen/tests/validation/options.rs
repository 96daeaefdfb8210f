//! Rules under options, and what an operation knows.

use std::collections::{BTreeMap, HashMap};

use kgen::validation::{Action, Errors, Operation, Path};

#[test]
fn options_are_on_off_or_an_error() {
    let path = Path::ROOT.child("x");
    let operation = Operation::update().options(&[("On", true), ("Off", false)]);
    let mut errors = Errors::new();
    assert!(operation.if_enabled(&mut errors, &path, "On") && !operation.if_disabled(&mut errors, &path, "On"));
    assert!(!operation.if_enabled(&mut errors, &path, "Off") && operation.if_disabled(&mut errors, &path, "Off"));
    assert!(errors.is_empty());
    assert!(!operation.if_enabled(&mut errors, &path, "x") && !operation.if_disabled(&mut errors, &path, "y"));
    let texts: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            r#"x: Internal error: undefined validation option "x""#,
            r#"x: Internal error: undefined validation option "y""#,
        ]
    );
}

#[test]
fn options_come_from_any_map() {
    let sorted = BTreeMap::from([("A".to_owned(), true)]);
    let hashed = HashMap::from([("A".to_owned(), false)]);
    let listed = [("A", true)];
    assert_eq!(Operation::create().options(&sorted).is_on("A"), Some(true));
    assert_eq!(Operation::create().options(&hashed).is_on("A"), Some(false));
    assert_eq!(Operation::create().options(&listed).is_on("B"), None);
    assert_eq!(Operation::create().is_on("A"), None);
}

#[test]
fn an_operation_knows_what_is_done_where() {
    let operation = Operation::new(Action::Update).subresource("status");
    assert_eq!((operation.action(), operation.is_update()), (Action::Update, true));
    assert_eq!(
        (operation.subresource_name(), operation.subresource_path().as_str()),
        ("status", "/status")
    );
    assert_eq!(Operation::create().subresource_path(), "/");
    assert!(!Operation::create().is_update());
}

#[test]
fn only_what_was_stored_and_is_the_same_is_unchanged() {
    let (create, update) = (Operation::create(), Operation::update());
    assert!(update.unchanged(&1, Some(&1)));
    assert!(!update.unchanged(&1, Some(&2)) && !update.unchanged(&1, None) && !create.unchanged(&1, Some(&1)));
    assert!(update.unchanged("a", Some("a")));
}
