//! Rules against their values.

use super::*;

#[test]
fn rules_fit_their_values() {
    assert_eq!(
        of_facts(I32, rules([RuleKind::MinLength(1)])),
        [("rule-does-not-fit", 100)]
    );
    assert_eq!(of_facts(STRING, rules([minimum(1)])), [("rule-does-not-fit", 100)]);
    assert_eq!(
        of_facts(map(STRING), rules([RuleKind::MaxItems(1)])),
        [("rule-does-not-fit", 100)]
    );
    assert_eq!(
        of_facts(STRING, rules([RuleKind::AtMostOneOf(Vec::new())])),
        [("rule-does-not-fit", 100)]
    );
    assert_eq!(
        of_facts(list(I32), each(rules([RuleKind::MaxLength(1)]))),
        [("rule-does-not-fit", 100)]
    );
    let int_or_string = TypeRef::Builtin(Builtin::IntOrString);
    assert_eq!(of_facts(int_or_string, rules([minimum(1), RuleKind::MaxLength(3)])), []);
    let mut text = rules([RuleKind::MinLength(1)]);
    text.schema.type_ = Some("string".to_owned());
    assert_eq!(of_facts(I32, text), []);
}

#[test]
fn scopes_fit_their_values() {
    let one = |facts: Facts, ty| of_facts(ty, facts);
    assert_eq!(one(each(Facts::default()), STRING), [("rule-does-not-fit", 1)]);
    assert_eq!(
        one(
            Facts {
                list: Some(ListType::Set),
                ..Facts::default()
            },
            map(STRING)
        ),
        [("rule-does-not-fit", 1)]
    );
    assert_eq!(
        one(
            Facts {
                map: Some(MapType::Atomic),
                ..Facts::default()
            },
            list(STRING)
        ),
        [("rule-does-not-fit", 1)]
    );
    let keys = Facts {
        each_key: Some(Box::default()),
        ..Facts::default()
    };
    assert_eq!(one(keys, list(STRING)), [("rule-does-not-fit", 1)]);
}

#[test]
fn constants_fit_their_values() {
    let wrong = [("constant-does-not-fit", 100)];
    assert_eq!(of_facts(STRING, rules([RuleKind::Enum(vec![Literal::Int(1)])])), wrong);
    assert_eq!(of_facts(I32, rules([RuleKind::Neq(Literal::from("a"))])), wrong);
    assert_eq!(
        of_facts(
            I32,
            rules([RuleKind::MultipleOf(kgen_model::facts::Number::Float(0.5))])
        ),
        wrong
    );
}

#[test]
fn patterns_and_formats_that_servers_do_not_know() {
    assert_eq!(
        of_facts(STRING, rules([RuleKind::Pattern("^(?!a)".to_owned())])),
        [("bad-pattern", 100)]
    );
    let mut build = Build::default();
    build.spec([field("a", STRING).facts(rules([RuleKind::Format("k8s-shortname".to_owned())]))]);
    assert_eq!(findings(&build), [("unknown-format", 100)]);
    assert_eq!(help(&build), "did you mean `k8s-short-name`?");
    assert_eq!(
        of_facts(list(STRING), rules([RuleKind::UniqueItems])),
        [("unique-items", 100)]
    );
}

#[test]
fn limits_that_no_value_meets() {
    let wrong = |place| [("contradictory-rules", place)];
    assert_eq!(of_facts(I32, rules([minimum(3), maximum(2)])), wrong(101));
    assert_eq!(
        of_facts(STRING, rules([RuleKind::MinLength(3), RuleKind::MaxLength(2)])),
        wrong(101)
    );
    assert_eq!(of_facts(TypeRef::Int(Int::U8), rules([minimum(256)])), wrong(100));
    assert_eq!(of_facts(list(I32), each(rules([minimum(3), maximum(2)]))), wrong(101));
    assert_eq!(of_facts(I32, rules([minimum(2), maximum(2)])), []);
}

#[test]
fn limits_of_type_and_field_together() {
    let mut build = Build::default();
    let name = build.add("Name", Shape::Newtype(STRING));
    build.ty(name).facts = rules([RuleKind::MinLength(4)]);
    let method = build.add("Method", Shape::Enum(string_enum(&["A", "B"])));
    build.spec([
        field("name", named(name)).facts(rules([RuleKind::MaxLength(3)])),
        field("method", named(method)).facts(rules([RuleKind::Enum(vec![Literal::from("C")])])),
    ]);
    assert_eq!(codes(&build), ["contradictory-rules", "contradictory-rules"]);
}

#[test]
fn defaults_are_legal_values() {
    let default = |ty, value: Literal, facts: Facts| of_spec([field("a", ty).facts(facts).default(value)]);
    let wrong = [("default-type", 1)];
    assert_eq!(default(I32, Literal::from("1"), Facts::default()), wrong);
    assert_eq!(default(I32, Literal::Int(3_000_000_000), Facts::default()), wrong);
    assert_eq!(default(I32, Literal::Int(5), rules([maximum(4)])), [("bad-default", 1)]);
    assert_eq!(default(STRING, Literal::Null, Facts::default()), wrong);
    assert_eq!(
        default(list(STRING), Literal::List(vec![Literal::Int(1)]), Facts::default()),
        wrong
    );
    assert_eq!(
        default(
            TypeRef::Builtin(Builtin::Quantity),
            Literal::Bool(true),
            Facts::default()
        ),
        wrong
    );
    assert_eq!(
        default(
            TypeRef::Builtin(Builtin::Quantity),
            Literal::from("1Gi"),
            Facts::default()
        ),
        []
    );
    assert_eq!(default(I32, Literal::Int(4), rules([maximum(4)])), []);
}

#[test]
fn defaults_of_structs_and_enums() {
    let mut build = Build::default();
    let inner = build.strukt("Inner", [field("x", I32), field("y", option(I32))]);
    let method = build.add("Method", Shape::Enum(string_enum(&["A"])));
    let object = |name: &str| Literal::Object([(name.to_owned(), Literal::Int(1))].into());
    build.spec([
        field("fine", named(inner)).default(object("x")),
        field("incomplete", named(inner)).default(object("y")).at(2),
        field("unknown", option(map(STRING))).default(object("z")).at(3),
        field("method", named(method)).default(Literal::from("B")).at(4),
    ]);
    assert_eq!(
        findings(&build),
        [("bad-default", 2), ("default-type", 3), ("default-type", 4)]
    );
}

#[test]
fn limits_lie_within_the_type() {
    let wrong = [("limit-outside-of-type", 100)];
    assert_eq!(of_facts(TypeRef::Int(Int::U8), rules([minimum(-1)])), wrong);
    assert_eq!(of_facts(TypeRef::Int(Int::U8), rules([maximum(256)])), wrong);
    assert_eq!(of_facts(TypeRef::Int(Int::U8), rules([maximum(255)])), []);
}

#[test]
fn more_facts_that_do_not_fit() {
    let with = |ty: TypeRef, change: fn(&mut Facts)| {
        let mut facts = Facts::default();
        change(&mut facts);
        of_facts(ty, facts)
    };
    let wrong = [("rule-does-not-fit", 1)];
    assert_eq!(
        with(list(STRING), |facts| facts.schema.int_or_string =
            Some(kgen_model::facts::IntOrString::Spelled)),
        wrong
    );
    assert_eq!(
        with(STRING, |facts| facts.schema.int_or_string =
            Some(kgen_model::facts::IntOrString::Spelled)),
        []
    );
    assert_eq!(with(STRING, |facts| facts.schema.preserve_unknown_fields = true), []);
    assert_eq!(with(STRING, |facts| facts.schema.embedded_resource = true), wrong);
    assert_eq!(
        with(STRING, |facts| facts.subfields =
            vec![("a".to_owned(), Facts::default())]),
        wrong
    );
    let item = |facts: &mut Facts| {
        facts.items = vec![ItemFacts {
            keys: Vec::new(),
            facts: Facts::default(),
        }]
    };
    assert_eq!(with(list(STRING), item), wrong);
    let update = RuleKind::Update(vec![UpdateConstraint::NoAddItem]);
    assert_eq!(of_facts(STRING, rules([update])), [("rule-does-not-fit", 100)]);
}

#[test]
fn keys_of_patches() {
    let key = |text: &str| Facts {
        patch: Patch {
            strategy: None,
            merge_key: Some(text.to_owned()),
        },
        ..Facts::default()
    };
    assert_eq!(lines([field("sku", STRING)], key("sku")), []);
    assert_eq!(lines([field("sku", STRING)], key("skuu")), [("unknown-member", 1)]);
}

#[test]
fn rules_that_are_too_dear_without_bounds() {
    let warned = |build: &Build| {
        let report = report(build);
        assert!(!report.has_errors(), "{report:?}");
        report
            .diagnostics()
            .iter()
            .filter(|found| found.severity == Severity::Warning)
            .count()
    };
    let one = |ty, facts| {
        let mut build = Build::default();
        build.spec([field("a", ty).facts(facts)]);
        warned(&build)
    };
    assert_eq!(one(list(STRING), rules([RuleKind::Unique(ListType::Set)])), 1);
    let update = || RuleKind::Update(vec![UpdateConstraint::NoAddItem]);
    assert_eq!(
        one(
            list(STRING),
            Facts {
                list: Some(ListType::Set),
                ..rules([update()])
            }
        ),
        1
    );
    assert_eq!(
        one(
            list(STRING),
            Facts {
                list: Some(ListType::Set),
                ..rules([update(), RuleKind::MaxItems(9)])
            }
        ),
        0
    );
    let keys = || Some(Box::new(rules([RuleKind::Pattern(format!("^{}", "[a-z]".repeat(40)))])));
    assert_eq!(
        one(
            map(STRING),
            Facts {
                each_key: keys(),
                ..Facts::default()
            }
        ),
        1
    );
    assert_eq!(
        one(
            map(STRING),
            Facts {
                each_key: keys(),
                ..rules([RuleKind::MaxProperties(9)])
            }
        ),
        0
    );
}
