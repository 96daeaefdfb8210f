//! What has no structural schema.

use super::*;

/// A type that holds itself in a field with these facts.
fn node(ty: impl Fn(TypeRef) -> TypeRef, facts: Facts) -> Build {
    let mut build = Build::default();
    build.strukt("Node", [field("next", ty(named(TypeId(0)))).facts(facts).at(7)]);
    build.kind("v1", [field("spec", named(TypeId(0)))]);
    build
}

#[test]
fn a_recursive_type_is_refused_at_the_field_that_closes_the_circle() {
    let build = node(option, Facts::default());
    assert_eq!(findings(&build), [("recursive-type", 7)]);
    assert_eq!(
        report(&build).diagnostics()[0].message,
        "`Node` holds itself: Node -> Node"
    );
}

#[test]
fn a_circle_is_named_from_its_beginning() {
    let mut build = Build::default();
    build.strukt("A", [field("b", named(TypeId(1))).at(7)]);
    build.strukt("B", [field("a", option(named(TypeId(0)))).at(8)]);
    build.kind("v1", [field("spec", named(TypeId(0)))]);
    assert_eq!(report(&build).diagnostics()[0].message, "`A` holds itself: A -> B -> A");
}

#[test]
fn a_circle_may_be_cut() {
    assert_eq!(codes(&node(option, preserved())), [""; 0]);
    assert_eq!(codes(&node(option, schemaless())), [""; 0]);
    assert_eq!(codes(&node(list, each(preserved()))), [""; 0]);
    assert_eq!(codes(&node(list, preserved())), ["recursive-type"]);
}

#[test]
fn types_that_no_definition_uses_may_be_recursive() {
    let mut build = node(option, Facts::default());
    build.model.resources[0].in_crd = false;
    assert_eq!(codes(&build), [""; 0]);
}

#[test]
fn unions_without_a_structural_schema() {
    let mut build = Build::default();
    let a = build.strukt("A", [field("x", STRING)]);
    let b = build.strukt("B", [field("x", list(I32))]);
    let variants = [("A", Some(named(a))), ("B", Some(named(b)))];
    let shape = union(UnionRepr::Internal { tag: "type".to_owned() }, &variants);
    let id = build.add("Either", shape);
    build.spec([field("either", named(id))]);
    assert_eq!(codes(&build), ["union-not-structural"]);
    build.ty(id).facts = schemaless();
    assert_eq!(codes(&build), [""; 0]);

    let mut build = Build::default();
    let id = build.add(
        "Either",
        union(UnionRepr::Untagged, &[("A", Some(STRING)), ("B", Some(list(STRING)))]),
    );
    build.spec([field("either", named(id))]);
    assert_eq!(codes(&build), ["union-not-structural"]);
}

#[test]
fn a_flattened_map_beside_members() {
    let rest = || field("rest", map(STRING)).layout(FieldLayout::Flattened);
    assert_eq!(of_spec([field("a", STRING), rest()]), [("flattened-map", 1)]);
    assert_eq!(of_spec([field("a", STRING), rest().facts(schemaless())]), []);
}

#[test]
fn schemas_that_a_person_gives_are_structural() {
    let with = |change: fn(&mut Facts)| {
        let mut facts = Facts::default();
        change(&mut facts);
        of_facts(STRING, facts)
    };
    let wrong = [("bad-schema-type", 1)];
    assert_eq!(with(|facts| facts.schema.type_ = Some("strng".to_owned())), wrong);
    assert_eq!(with(|facts| facts.schema.type_ = Some("array".to_owned())), wrong);
    assert_eq!(with(|facts| facts.schema.schemaless = true), wrong);
    assert_eq!(of_facts(STRING, schemaless()), []);
}

fn union_member(wire: &str, ty: TypeRef) -> Field {
    field(wire, ty).facts(rules([RuleKind::UnionMember(UnionMember::default())]))
}

#[test]
fn unions_of_fields_are_complete() {
    assert_eq!(
        of_spec([union_member("a", option(STRING)), union_member("b", option(STRING))]),
        []
    );
    assert_eq!(
        of_spec([union_member("a", option(STRING))]),
        [("incomplete-union", 100)]
    );
    let tag = field("kind", STRING).facts(rules([RuleKind::UnionDiscriminator(None)]));
    assert_eq!(of_spec([tag]), [("incomplete-union", 100)]);
    let wrong = [("contradictory-rules", 100)];
    assert_eq!(
        of_spec([union_member("a", STRING), union_member("b", option(STRING))]),
        wrong
    );
}

#[test]
fn discriminators_have_the_values_that_are_asked_of_them() {
    let with = |rule: RuleKind, of_field: RuleKind| {
        let mut build = Build::default();
        let method = build.add("Method", Shape::Enum(string_enum(&["a", "Manual"])));
        let tag = field("kind", named(method)).facts(rules([rule]));
        build.spec([tag, field("a", option(I32)).facts(rules([of_field]))]);
        codes(&build)
    };
    let in_mode = |mode: &str| RuleKind::IfMode {
        modality: None,
        mode: mode.to_owned(),
        facts: Box::default(),
    };
    assert_eq!(with(RuleKind::ModeDiscriminator(None), in_mode("Manual")), [""; 0]);
    assert_eq!(
        with(RuleKind::ModeDiscriminator(None), in_mode("Manul")),
        ["unknown-discriminator-value"]
    );
    assert_eq!(with(RuleKind::Immutable, in_mode("Manual")), ["incomplete-union"]);
    let member = |name: &str| {
        RuleKind::UnionMember(UnionMember {
            union: None,
            name: Some(name.to_owned()),
        })
    };
    assert_eq!(with(RuleKind::UnionDiscriminator(None), member("a")), [""; 0]);
    assert_eq!(
        with(RuleKind::UnionDiscriminator(None), member("b")),
        ["unknown-discriminator-value"]
    );
}

#[test]
fn flattened_members_have_names_of_their_own() {
    let mut build = Build::default();
    let inner = build.strukt("Inner", [field("a", STRING)]);
    build.spec([
        field("a", STRING),
        field("inner", named(inner)).layout(FieldLayout::Flattened),
    ]);
    assert_eq!(codes(&build), ["duplicate-name"]);
}
