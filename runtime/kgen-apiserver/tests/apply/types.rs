//! Types from schemas, and what a value has of them.

use std::sync::Arc;

use kgen_apiserver::apply::{Duplicates, MAX_DEPTH, ObjectType, Schema};
use serde_json::{Value, json};

use crate::things::{TYPE, object_type, thing};

fn problem(schema: &str) -> String {
    let schema: Value = serde_saphyr::from_str(schema).expect("the schema is YAML");
    ObjectType::from_crd(&schema).expect_err("a wrong schema").to_string()
}

#[test]
fn wrong_schemas_are_refused_with_their_place() {
    let cases = [
        ("type: string", "openAPIV3Schema: must be an object"),
        (
            "{type: object, properties: {a: {type: array}}}",
            "openAPIV3Schema.a: is an array without `items`",
        ),
        (
            "{type: object, properties: {a: {type: array, items: {type: string}, x-kubernetes-list-type: map}}}",
            "openAPIV3Schema.a: is a list of type map without `x-kubernetes-list-map-keys`",
        ),
        (
            "{type: object, properties: {a: {type: array, items: {type: string}, x-kubernetes-list-type: bag}}}",
            "openAPIV3Schema.a: has the unknown list type \"bag\"",
        ),
        (
            "{type: object, properties: {a: {type: object, x-kubernetes-map-type: 5}}}",
            "openAPIV3Schema.a: has the unknown map type 5",
        ),
        (
            "{type: object, properties: {a: {type: tuple}}}",
            "openAPIV3Schema.a: has the unknown type `tuple`",
        ),
        (
            "{type: object, properties: {a: {$ref: '#/b'}}}",
            "openAPIV3Schema.a: refers to b, which the document does not have",
        ),
    ];
    for (schema, want) in cases {
        assert_eq!(problem(schema), want);
    }
}

#[test]
fn a_schema_may_not_be_nested_without_end() {
    let mut schema = json!({"type": "string"});
    for _ in 0..MAX_DEPTH + 10 {
        schema = json!({"type": "object", "properties": {"a": schema}});
    }
    assert!(
        ObjectType::from_crd(&schema)
            .expect_err("too deep")
            .problem
            .contains("too deeply")
    );
}

#[test]
fn types_of_documents_may_be_recursive() {
    let document = json!({"components": {"schemas": {
        "Tree": {
            "type": "object",
            "properties": {"kids": {
                "type": "array",
                "x-kubernetes-list-type": "map",
                "x-kubernetes-list-map-keys": ["name"],
                "items": {"allOf": [{"$ref": "#/components/schemas/Tree"}], "default": {}},
            }, "name": {"type": "string"}},
            "x-kubernetes-group-version-kind": [{"group": "", "version": "v1", "kind": "Tree"}],
        },
    }}});
    let schema = Arc::new(Schema::from_openapi(&document).expect("a document"));
    let tree = ObjectType::of_kind(&schema, "v1", "Tree").expect("the kind is there");
    assert!(ObjectType::of_kind(&schema, "v1", "Bush").is_none());
    let value = json!({"name": "a", "kids": [{"name": "b", "kids": [{"name": "c"}]}]});
    tree.validate(&value, Duplicates::Refused).expect("a tree");
    assert_eq!(
        tree.field_set(&value).to_json(),
        r#"{"f:kids":{"k:{\"name\":\"b\"}":{".":{},"f:kids":{"k:{\"name\":\"c\"}":{".":{},"f:name":{}}},"f:name":{}}},"f:name":{}}"#
    );
}

#[test]
fn a_reference_may_make_a_map_atomic() {
    let document = json!({"components": {"schemas": {
        "Thing": {
            "type": "object",
            "properties": {
                "one": {"$ref": "#/components/schemas/Map"},
                "two": {"allOf": [{"$ref": "#/components/schemas/Map"}], "x-kubernetes-map-type": "atomic"},
            },
            "x-kubernetes-group-version-kind": [{"group": "g", "version": "v1", "kind": "Thing"}],
        },
        "Map": {"type": "object", "additionalProperties": {"type": "string"}},
    }}});
    let schema = Arc::new(Schema::from_openapi(&document).expect("a document"));
    let thing = ObjectType::of_kind(&schema, "g/v1", "Thing").expect("the kind is there");
    let value = json!({"one": {"k": "v"}, "two": {"k": "v"}});
    assert_eq!(thing.field_set(&value).to_json(), r#"{"f:one":{"f:k":{}},"f:two":{}}"#);
}

#[test]
fn values_may_not_be_nested_without_end() {
    let mut free = json!({});
    for _ in 0..MAX_DEPTH + 10 {
        free = json!({"a": free});
    }
    let errors = TYPE
        .validate(&thing(json!({"free": free})), Duplicates::Refused)
        .expect_err("too deep");
    assert_eq!(errors.errors()[0].problem, "nested too deeply");
}

#[test]
fn at_most_a_hundred_errors_are_told() {
    let set: Vec<i64> = (0..1000).collect();
    let errors = TYPE
        .validate(&thing(json!({"set": set})), Duplicates::Refused)
        .expect_err("numbers are no texts");
    assert_eq!(errors.errors().len(), 100);
    assert_eq!(
        errors.errors()[7].to_string(),
        ".spec.set[=7]: expected string, got number"
    );
}

#[test]
fn differences_are_told_apart() {
    let left = thing(json!({"n": 1, "set": ["x"], "struct": {"a": "1"}, "whole": {"red": 1}, "ports": [{"port": 1}]}));
    let right = thing(
        json!({"n": 2, "set": ["y"], "texts": {"k": "v"}, "whole": {"red": 2}, "ports": [{"port": 1, "name": "x"}]}),
    );
    let comparison = TYPE.compare(&left, &right);
    assert_eq!(
        comparison.removed.to_string(),
        ".spec.struct\n.spec.set[=\"x\"]\n.spec.struct.a"
    );
    assert_eq!(comparison.modified.to_string(), ".spec.n\n.spec.whole");
    assert_eq!(
        comparison.added.to_string(),
        ".spec.texts\n.spec.ports[port=1,protocol=\"TCP\"].name\n.spec.set[=\"y\"]\n.spec.texts.k"
    );
}

#[test]
fn the_order_of_items_is_no_difference() {
    let comparison = TYPE.compare(&thing(json!({"set": ["x", "y"]})), &thing(json!({"set": ["y", "x"]})));
    assert!(comparison.removed.is_empty() && comparison.modified.is_empty() && comparison.added.is_empty());
}

#[test]
fn an_applier_gets_back_what_it_applied() {
    let applied = thing(json!({"ports": [{"port": 80, "name": "web"}], "texts": {"k": "v"}, "whole": {"red": 1}}));
    let mut live = applied.clone();
    live["spec"]["ports"][0]["tags"] = json!(["x"]);
    live["spec"]["texts"]["other"] = "w".into();
    live["spec"]["n"] = json!(5);
    assert_eq!(TYPE.extract(&live, &TYPE.field_set(&applied)), applied);
    let names = object_type("type: object").extract(&live, &TYPE.field_set(&json!({"kind": "x"})));
    assert_eq!(names, json!({"kind": "Thing"}));
}
