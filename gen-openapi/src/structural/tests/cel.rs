//! Rules that become CEL.

use super::*;

#[test]
fn keys_are_checked_by_cel() {
    let keys = rules([RuleKind::MaxLength(9), RuleKind::Pattern("^a".to_owned())]);
    let pattern = |text: String| rules([RuleKind::Pattern(text)]);
    let facts = |bounds| Facts {
        each_key: Some(Box::new(keys.clone())),
        ..rules(bounds)
    };
    let rules = |facts| {
        SchemaOf::inline(&Build::default().model)
            .place(&map(STRING), &facts)
            .kubernetes
            .validations
    };
    let bounded = texts(&rules(facts(vec![RuleKind::MaxProperties(8)])));
    assert_eq!(
        bounded,
        ["self.all(key, size(key) <= 9)", "self.all(key, key.matches('^a'))"]
    );
    assert_eq!(texts(&rules(facts(Vec::new()))), bounded, "keys are short");
    let long = pattern("a".repeat(400));
    let facts = Facts {
        each_key: Some(Box::new(long)),
        ..Facts::default()
    };
    assert_eq!(texts(&rules(facts)), [""; 0], "a long pattern would be too dear");
}

#[test]
fn key_types_speak_of_keys() {
    let mut build = Build::default();
    let names = build.add("Name", Shape::Enum(string_enum(&["a", "b"])));
    let newtype = build.add("Key", Shape::Newtype(STRING));
    build.ty(newtype).facts = rules([RuleKind::MaxLength(9)]);
    let of_map = |of: TypeId| {
        let mut ty = map(STRING);
        if let TypeRef::Map { key, .. } = &mut ty {
            **key = named(of);
        }
        let schema = SchemaOf::inline(&build.model).place(&ty, &Facts::default());
        texts(&schema.kubernetes.validations)
    };
    assert_eq!(of_map(names), ["self.all(key, key in ['a', 'b'])"]);
    assert_eq!(of_map(newtype), ["self.all(key, size(key) <= 9)"]);
}

#[test]
fn an_immutable_field_says_so_itself_and_in_its_struct() {
    let field = |ty| field("a", ty).facts(rules([RuleKind::Immutable]));
    let value_rule = json!([{"rule": "self == oldSelf", "message": "field is immutable"}]);
    assert_eq!(of_field(&field(STRING))["x-kubernetes-validations"], value_rule);
    assert!(imposed([field(STRING)]).is_empty());
    assert_eq!(imposed([field(option(STRING))]), ["has(self.a) == has(oldSelf.a)"]);
}

#[test]
fn rules_of_members_come_before_those_of_the_struct() {
    let mut build = Build::default();
    let id = build.strukt("A", [field("a", option(STRING)).facts(rules([RuleKind::Immutable]))]);
    build.ty(id).facts = rules([cel("self.a != ''"), RuleKind::AtLeastOneOf(vec!["a".to_owned()])]);
    let rules = SchemaOf::inline(&build.model).definition(id).kubernetes.validations;
    assert_eq!(
        texts(&rules),
        ["has(self.a) == has(oldSelf.a)", "self.a != ''", "has(self.a)"]
    );
}

#[test]
fn rules_without_a_keyword_become_cel() {
    let rule = |ty: TypeRef, kind| of_rules(ty, [kind])["x-kubernetes-validations"][0]["rule"].clone();
    assert_eq!(rule(STRING, RuleKind::MaxBytes(9)), json!("size(bytes(self)) <= 9"));
    assert_eq!(
        rule(STRING, RuleKind::Neq(Literal::from("it's"))),
        json!(r"self != 'it\'s'")
    );
    assert_eq!(rule(I32, RuleKind::Monotonic), json!("self >= oldSelf"));
    assert_eq!(
        rule(map(STRING), RuleKind::Update(vec![UpdateConstraint::NoAddItem])),
        json!("self.all(x, x in oldSelf)")
    );
    assert_eq!(
        rule(map(STRING), RuleKind::Update(vec![UpdateConstraint::NoRemoveItem])),
        json!("oldSelf.all(x, x in self)")
    );
}

#[test]
fn rules_that_could_become_too_dear_are_left_to_code() {
    let set = |kinds| Facts {
        list: Some(ListType::Set),
        ..rules(kinds)
    };
    let update = || RuleKind::Update(vec![UpdateConstraint::NoAddItem]);
    let count = |facts| {
        SchemaOf::inline(&Build::default().model)
            .place(&list(STRING), &facts)
            .kubernetes
            .validations
            .len()
    };
    assert_eq!(count(set(vec![update()])), 0);
    assert_eq!(count(set(vec![update(), RuleKind::MaxItems(16)])), 1);
    assert_eq!(
        count(rules([RuleKind::Unique(ListType::Set), RuleKind::MaxItems(16)])),
        0
    );
    let small = Some(Box::new(rules([RuleKind::MaxLength(16)])));
    assert_eq!(
        count(Facts {
            each: small,
            ..rules([RuleKind::Unique(ListType::Set), RuleKind::MaxItems(16)])
        }),
        1
    );
}

#[test]
fn what_fields_say_about_each_other() {
    let with = |kind| {
        [
            field("a", option(STRING)).facts(rules([kind])),
            field("b", option(STRING)),
        ]
    };
    assert_eq!(imposed(with(RuleKind::Forbidden)), ["!has(self.a)"]);
    assert_eq!(
        imposed(with(RuleKind::DependentRequired("b".to_owned()))),
        ["!has(self.a) || has(self.b)"]
    );
    assert_eq!(
        imposed(with(RuleKind::DependentForbidden("b".to_owned()))),
        ["!has(self.a) || !has(self.b)"]
    );
    let update = RuleKind::Update(vec![UpdateConstraint::NoSet, UpdateConstraint::NoUnset]);
    assert_eq!(
        imposed(with(update)),
        ["has(oldSelf.a) || !has(self.a)", "!has(oldSelf.a) || has(self.a)"]
    );
}

#[test]
fn unions_of_fields() {
    let member = |wire: &str| field(wire, option(STRING)).facts(rules([RuleKind::UnionMember(UnionMember::default())]));
    assert_eq!(
        imposed([member("a"), member("b")]),
        ["(has(self.a)?1:0)+(has(self.b)?1:0) == 1"]
    );

    let tag = field("type", STRING).facts(rules([RuleKind::UnionDiscriminator(None)]));
    let named = UnionMember {
        union: None,
        name: Some("B".to_owned()),
    };
    let b = field("b", option(STRING)).facts(rules([RuleKind::UnionMember(named)]));
    assert_eq!(
        imposed([tag, member("a"), b]),
        [
            "self.type == 'a' ? has(self.a) : !has(self.a)",
            "self.type == 'B' ? has(self.b) : !has(self.b)"
        ]
    );

    let one =
        |wire: &str| field(wire, option(STRING)).facts(rules([RuleKind::ZeroOrOneOfMember(UnionMember::default())]));
    assert_eq!(
        imposed([one("a"), one("b")]),
        ["(has(self.a)?1:0)+(has(self.b)?1:0) <= 1"]
    );
}

#[test]
fn modes() {
    let mode = field("mode", option(STRING)).facts(rules([RuleKind::ModeDiscriminator(None)]));
    let in_mode = RuleKind::IfMode {
        modality: None,
        mode: "Fast".to_owned(),
        facts: Box::new(rules([RuleKind::Required, minimum(1)])),
    };
    let count = field("count", option(I32)).facts(rules([in_mode]));
    let is_fast = "(has(self.mode) && self.mode == 'Fast')";
    assert_eq!(
        imposed([mode, count]),
        [
            format!("{is_fast} || !has(self.count)"),
            format!("!({is_fast}) || has(self.count)"),
            format!("!({is_fast}) || !has(self.count) || self.count >= 1"),
        ]
    );
}

#[test]
fn on_update_keeps_what_is_about_a_change() {
    let later = rules([cel("self != oldSelf"), cel("self != ''"), RuleKind::MaxLength(3)]);
    let schema = of_rules(STRING, [RuleKind::OnUpdate(Box::new(later))]);
    assert_eq!(
        schema,
        json!({"type": "string", "x-kubernetes-validations": [{"rule": "self != oldSelf"}]})
    );
}

#[test]
fn what_only_code_checks_leaves_no_trace() {
    let fast = || Box::new(rules([RuleKind::MaxLength(3)]));
    let item = ItemFacts {
        keys: vec![("name".to_owned(), Literal::from("a"))],
        facts: *fast(),
    };
    let facts = rules([
        RuleKind::ValidateWith("crate::f".to_owned()),
        RuleKind::IfFeature {
            feature: "F".to_owned(),
            enabled: true,
            facts: fast(),
        },
        RuleKind::Maturity {
            level: kgen_model::facts::Maturity::Alpha,
            since: None,
            facts: fast(),
        },
    ]);
    let facts = Facts {
        items: vec![item],
        ..facts
    };
    assert_eq!(of_field(&field("a", STRING).facts(facts)), json!({"type": "string"}));
}
