//! Lists, members and cases.

use super::*;

#[test]
fn keys_of_list_maps_are_scalars_that_are_there() {
    let wrong = [("list-map-key", 1)];
    assert_eq!(lines([field("sku", STRING)], by("sku")), []);
    assert_eq!(lines([field("sku", STRING).default(Literal::from("a"))], by("sku")), []);
    assert_eq!(lines([field("sku", STRING)], by("skuu")), wrong);
    assert_eq!(lines([field("sku", option(STRING))], by("sku")), wrong);
    assert_eq!(lines([field("sku", list(STRING))], by("sku")), wrong);
    assert_eq!(
        lines(
            [field("sku", STRING)],
            Facts {
                list: Some(ListType::Map(Vec::new())),
                ..Facts::default()
            }
        ),
        wrong
    );
    assert_eq!(of_facts(list(STRING), by("sku")), wrong);
}

#[test]
fn a_list_may_require_the_key_of_its_elements() {
    let sku = ("sku".to_owned(), rules([RuleKind::Required]));
    let facts = Facts {
        each: Some(Box::new(Facts {
            subfields: vec![sku],
            ..Facts::default()
        })),
        ..by("sku")
    };
    assert_eq!(lines([field("sku", option(STRING))], facts), []);
}

#[test]
fn sets_hold_scalars_or_atoms() {
    let set = || Facts {
        list: Some(ListType::Set),
        ..Facts::default()
    };
    assert_eq!(of_facts(list(STRING), set()), []);
    assert_eq!(lines([field("sku", STRING)], set()), [("set-of-objects", 1)]);
    let atomic = Facts {
        map: Some(MapType::Atomic),
        ..Facts::default()
    };
    assert_eq!(
        lines(
            [field("sku", STRING)],
            Facts {
                each: Some(Box::new(atomic)),
                ..set()
            }
        ),
        []
    );
    let mut nullable = Facts::default();
    nullable.schema.nullable = true;
    assert_eq!(
        of_facts(
            list(STRING),
            Facts {
                each: Some(Box::new(nullable)),
                ..set()
            }
        ),
        [("nullable-element", 1)]
    );
}

#[test]
fn members_that_rules_name_are_there() {
    let wrong = [("unknown-member", 100)];
    let one = |kind| {
        of_spec([
            field("a", option(STRING)).facts(rules([kind])),
            field("b", option(STRING)),
        ])
    };
    assert_eq!(one(RuleKind::DependentRequired("b".to_owned())), []);
    assert_eq!(one(RuleKind::DependentRequired("c".to_owned())), wrong);
    assert_eq!(one(RuleKind::DependentForbidden("c".to_owned())), wrong);
    let subfield = Facts {
        subfields: vec![("skuu".to_owned(), Facts::default())],
        ..Facts::default()
    };
    assert_eq!(lines([field("sku", STRING)], each(subfield)), [("unknown-member", 1)]);
}

#[test]
fn a_choice_is_among_members_that_may_be_absent() {
    let choice = |members: [Field; 2]| {
        let mut build = Build::default();
        let spec = build.spec(members);
        build.ty(spec).facts = rules([RuleKind::ExactlyOneOf(vec!["a".to_owned(), "b".to_owned()])]);
        codes(&build)
    };
    assert_eq!(
        choice([field("a", option(STRING)), field("b", option(STRING))]),
        [""; 0]
    );
    assert_eq!(
        choice([field("a", option(STRING)), field("c", option(STRING))]),
        ["unknown-member"]
    );
    assert_eq!(
        choice([field("a", option(STRING)), field("b", STRING)]),
        ["contradictory-rules"]
    );
}

#[test]
fn what_is_forbidden_is_not_required() {
    assert_eq!(
        of_facts(STRING, rules([RuleKind::Forbidden])),
        [("contradictory-rules", 100)]
    );
    assert_eq!(of_facts(option(STRING), rules([RuleKind::Forbidden])), []);
}

#[test]
fn cases_hold_limits() {
    let any_of = |case| of_facts(STRING, rules([RuleKind::AnyOf(vec![case])]));
    assert_eq!(
        any_of(rules([RuleKind::MaxLength(3), RuleKind::Neq(Literal::from("a"))])),
        []
    );
    assert_eq!(any_of(rules([cel("self != ''")])), [("not-in-case", 100)]);
    assert_eq!(
        any_of(Facts {
            default: Some(Literal::from("a")),
            ..Facts::default()
        }),
        [("not-in-case", 100)]
    );
}
