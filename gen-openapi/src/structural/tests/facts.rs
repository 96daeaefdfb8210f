//! What facts add.

use super::*;

#[test]
fn a_rule_takes_the_place_of_the_bound_of_the_integer() {
    let wanted = json!({"type": "integer", "format": "int32", "minimum": 1, "maximum": 65535});
    assert_eq!(of_rules(TypeRef::Int(Int::U16), [minimum(1)]), wanted);
    assert_eq!(
        of_rules(TypeRef::Int(Int::U16), [minimum(1), maximum(70_000)]),
        wanted,
        "no value above fits the type"
    );
}

#[test]
fn bounds_of_type_and_field_that_differ_leave_none_of_the_integer() {
    let mut build = Build::default();
    let port = build.add("Port", Shape::Newtype(TypeRef::Int(Int::U16)));
    build.ty(port).facts = rules([minimum(1)]);
    let id = build.strukt("A", [field("port", named(port)).facts(rules([minimum(1024)]))]);
    let port =
        json!({"type": "integer", "format": "int32", "maximum": 65535, "allOf": [{"minimum": 1}, {"minimum": 1024}]});
    assert_eq!(of_def(&build, id)["properties"]["port"], port);
}

#[test]
fn facts_of_the_field_are_merged_onto_those_of_the_newtype() {
    let mut build = Build::default();
    let name = build.add("Name", Shape::Newtype(STRING));
    build.ty(name).facts = Facts {
        description: Some("A name.".to_owned()),
        ..rules([RuleKind::MinLength(4), cel("type")])
    };
    let by_type = field("a", named(name)).facts(rules([cel("field"), RuleKind::MaxLength(9)]));
    let by_field = field("b", named(name))
        .facts(rules([RuleKind::MinLength(10)]))
        .docs("Its name.");
    let id = build.strukt("A", [by_type, by_field]);
    let schema = of_def(&build, id);
    let rules = json!([{"rule": "field"}, {"rule": "type"}]);
    assert_eq!(
        schema["properties"]["a"],
        json!({"type": "string", "description": "A name.", "minLength": 4, "maxLength": 9, "x-kubernetes-validations": rules})
    );
    assert_eq!(schema["properties"]["b"]["description"], json!("Its name."));
    assert_eq!(
        schema["properties"]["b"]["allOf"],
        json!([{"minLength": 4}, {"minLength": 10}])
    );
}

#[test]
fn scopes_reach_elements_values_and_members() {
    let mut build = Build::default();
    let line = build.strukt("Line", [field("sku", STRING), field("note", option(STRING))]);
    let sku = rules([RuleKind::MaxLength(63)]);
    let note = rules([RuleKind::Required]);
    let each = Facts {
        subfields: vec![("sku".to_owned(), sku), ("note".to_owned(), note)],
        ..Facts::default()
    };
    let lines = field("lines", list(named(line))).facts(Facts {
        each: Some(Box::new(each)),
        ..Facts::default()
    });
    let id = build.strukt("A", [lines]);
    let items = json!({
        "type": "object",
        "required": ["note", "sku"],
        "properties": {"sku": {"type": "string", "maxLength": 63}, "note": {"type": "string"}},
    });
    assert_eq!(of_def(&build, id)["properties"]["lines"]["items"], items);

    let each = Facts {
        each: Some(Box::new(rules([RuleKind::MaxLength(3)]))),
        ..Facts::default()
    };
    let wanted = json!({"type": "object", "additionalProperties": {"type": "string", "maxLength": 3}});
    assert_eq!(of_field(&field("a", map(STRING)).facts(each)), wanted);
}

#[test]
fn formats_of_kubernetes_become_what_every_server_enforces() {
    let format = |name: &str| of_rules(STRING, [RuleKind::Format(name.to_owned())]);
    let short = json!({"type": "string", "format": "k8s-short-name", "maxLength": 63, "pattern": "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$"});
    assert_eq!(format("k8s-short-name"), short);
    assert_eq!(format("k8s-label-value")["format"], Value::Null);
    assert_eq!(format("hostname"), json!({"type": "string", "format": "hostname"}));
    let shorter = of_rules(
        STRING,
        [RuleKind::MaxLength(9), RuleKind::Format("k8s-uuid".to_owned())],
    );
    assert_eq!(shorter["maxLength"], json!(9));
}

#[test]
fn schema_facts_take_the_place_of_the_type() {
    let with = |change: fn(&mut Facts)| {
        let mut facts = Facts::default();
        change(&mut facts);
        of_field(&field("a", I32).facts(facts))
    };
    assert_eq!(
        with(|facts| facts.schema.type_ = Some("string".to_owned())),
        json!({"type": "string"})
    );
    assert_eq!(with(|facts| facts.schema.schemaless = true), json!({}));
    assert_eq!(
        with(|facts| facts.schema.nullable = true),
        json!({"type": "integer", "format": "int32", "nullable": true})
    );
    assert_eq!(
        with(|facts| facts.schema.int_or_string = Some(kgen_model::facts::IntOrString::Spelled)),
        of_type(TypeRef::Builtin(Builtin::IntOrString))
    );
}

#[test]
fn cases_hold_limits_only() {
    let case = |kinds: Vec<RuleKind>| rules(kinds);
    let any_of = RuleKind::AnyOf(vec![
        case(vec![RuleKind::Format("ipv4".to_owned())]),
        case(vec![RuleKind::MaxLength(3), RuleKind::MaxBytes(3)]),
    ]);
    let wanted = json!({"type": "string", "anyOf": [{"format": "ipv4"}, {"maxLength": 3}]});
    assert_eq!(of_rules(STRING, [any_of]), wanted);
    let any_of = RuleKind::AnyOf(vec![case(vec![RuleKind::Neq(Literal::from("x"))])]);
    assert_eq!(of_rules(STRING, [any_of])["anyOf"], json!([{"not": {"enum": ["x"]}}]));
    let not = RuleKind::Not(Box::new(case(vec![maximum(3)])));
    assert_eq!(
        of_rules(I32, [not]),
        json!({"type": "integer", "format": "int32", "not": {"maximum": 3}})
    );
}

#[test]
fn a_recursion_is_cut_where_unknown_fields_are_preserved() {
    let mut build = Build::default();
    let id = TypeId(0);
    let preserved = || {
        let mut facts = Facts::default();
        facts.schema.preserve_unknown_fields = true;
        facts
    };
    let each = Facts {
        each: Some(Box::new(preserved())),
        ..Facts::default()
    };
    let next = field("next", option(TypeRef::Boxed(Box::new(named(id))))).facts(preserved());
    build.strukt("Node", [next, field("children", list(named(id))).facts(each)]);
    let any = json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true});
    let schema = of_def(&build, id);
    assert_eq!(schema["properties"]["next"], any);
    assert_eq!(schema["properties"]["children"], json!({"type": "array", "items": any}));
}

#[test]
fn unknown_fields_of_a_type_that_is_not_recursive_add_to_the_known_ones() {
    let mut build = Build::default();
    let inner = build.strukt("Inner", [field("b", STRING)]);
    let mut facts = Facts::default();
    facts.schema.preserve_unknown_fields = true;
    let id = build.strukt("A", [field("a", named(inner)).facts(facts)]);
    let wanted = json!({
        "type": "object",
        "required": ["b"],
        "properties": {"b": {"type": "string"}},
        "x-kubernetes-preserve-unknown-fields": true,
    });
    assert_eq!(of_def(&build, id)["properties"]["a"], wanted);
}
