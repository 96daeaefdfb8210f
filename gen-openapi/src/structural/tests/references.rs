//! Schemas that refer to each other.

use super::*;

#[test]
fn references_stand_alone_or_beside_what_is_said() {
    let mut build = Build::default();
    let inner = build.strukt("Inner", [field("b", STRING)]);
    let id = build.strukt(
        "A",
        [
            field("a", named(inner)),
            field("b", option(named(inner))).docs("The inner one."),
        ],
    );
    let members = |siblings| {
        let schema = SchemaOf::reference(&build.model, references(siblings)).definition(id);
        value(&schema)["properties"].clone()
    };
    let lone = json!({"$ref": "#/Inner"});
    let beside = json!({"$ref": "#/Inner", "description": "The inner one."});
    assert_eq!(members(Siblings::Beside), json!({"a": lone, "b": beside}));
    let wrapped = json!({"allOf": [lone], "description": "The inner one."});
    assert_eq!(members(Siblings::Wrapped), json!({"a": lone, "b": wrapped}));
}

#[test]
fn documents_have_patch_facts_and_no_rules_but_written_ones() {
    let mut build = Build::default();
    let mut a = field("a", option(list(STRING))).facts(rules([RuleKind::Immutable, cel("self != []")]));
    a.facts.patch.strategy = Some("merge".to_owned());
    a.facts.extensions.insert("x-example".to_owned(), Literal::Int(1));
    let id = build.strukt("A", [a]);
    let schema = SchemaOf::reference(&build.model, references(Siblings::Wrapped)).definition(id);
    let wanted = json!({
        "type": "array",
        "items": {"type": "string"},
        "x-example": 1,
        "x-kubernetes-patch-strategy": "merge",
        "x-kubernetes-validations": [{"rule": "self != []"}],
    });
    assert_eq!(value(&schema)["properties"]["a"], wanted);
    assert_eq!(of_def(&build, id)["properties"]["a"]["x-example"], Value::Null);
}

#[test]
fn a_flattened_struct_is_not_referred_to() {
    let mut build = Build::default();
    let inner = build.strukt("Inner", [field("b", STRING)]);
    let id = build.strukt("A", [field("", named(inner)).layout(FieldLayout::Flattened)]);
    let schema = SchemaOf::reference(&build.model, references(Siblings::Wrapped)).definition(id);
    assert_eq!((schema.reference, schema.properties.len()), (None, 1));
}
