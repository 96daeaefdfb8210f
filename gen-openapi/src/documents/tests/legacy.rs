//! What becomes of a schema in OpenAPI 2.0.

use serde_json::{Value, json};

use super::super::legacy;
use crate::schema::{AdditionalProperties, JsonType, Logic, Schema};

fn lowered(schema: &Schema) -> Value {
    serde_json::to_value(legacy::schema(schema)).expect("schemas are JSON")
}

fn string() -> Schema {
    Schema::of_type(JsonType::String)
}

fn object(properties: impl IntoIterator<Item = (&'static str, Schema)>) -> Schema {
    let properties = properties
        .into_iter()
        .map(|(name, schema)| (name.to_owned(), schema))
        .collect();
    Schema {
        properties,
        ..Schema::of_type(JsonType::Object)
    }
}

fn nullable(schema: Schema) -> Schema {
    Schema {
        nullable: true,
        ..schema
    }
}

#[test]
fn a_reference_stands_beside_what_is_said_about_it() {
    let mut schema = Schema::default();
    schema.logic.all_of.push(Schema::reference("#/components/schemas/a.B"));
    schema.about.description = Some("Text.".to_owned());
    assert_eq!(
        lowered(&schema),
        json!({ "$ref": "#/definitions/a.B", "description": "Text." })
    );
}

#[test]
fn logic_and_defaults_go() {
    let mut schema = Schema {
        logic: Logic {
            not: Some(Box::new(string())),
            ..Logic::default()
        },
        ..string()
    };
    schema.logic.any_of = vec![string()];
    schema.about.default = Some("a".into());
    assert_eq!(
        lowered(&object([("a", schema)])),
        json!({ "type": "object", "properties": { "a": { "type": "string" } } })
    );
}

#[test]
fn a_nullable_value_is_any_value() {
    let mut schema = object([("a", nullable(object([("b", string())]))), ("c", string())]);
    schema.limits.required = vec!["a".to_owned(), "c".to_owned()];
    let wanted = json!({ "type": "object", "required": ["c"], "properties": { "a": {}, "c": { "type": "string" } } });
    assert_eq!(lowered(&schema), wanted);
}

#[test]
fn what_keeps_unknown_members_has_none_that_are_known() {
    let mut schema = object([("a", string())]);
    schema.kubernetes.preserve_unknown_fields = true;
    assert_eq!(
        lowered(&schema),
        json!({ "x-kubernetes-preserve-unknown-fields": true })
    );
}

#[test]
fn an_array_of_what_nobody_knows_is_no_array() {
    let mut schema = Schema::array(string());
    schema.kubernetes.preserve_unknown_fields = true;
    assert_eq!(
        lowered(&schema),
        json!({ "x-kubernetes-preserve-unknown-fields": true })
    );
}

#[test]
fn numbers_or_strings() {
    let one_of = |schema: Schema| {
        let one_of = vec![Schema::of_type(JsonType::Integer), string()];
        Schema {
            logic: Logic {
                one_of,
                ..Logic::default()
            },
            ..schema
        }
    };
    assert_eq!(
        lowered(&one_of(Schema::default().format("int-or-string"))),
        json!({ "type": "string", "format": "int-or-string" })
    );
    let mut marked = one_of(Schema::default());
    marked.kubernetes.int_or_string = true;
    assert_eq!(lowered(&marked), json!({ "x-kubernetes-int-or-string": true }));
}

#[test]
fn it_reaches_below_lists_and_maps() {
    let each = Schema {
        about: crate::schema::About {
            default: Some("a".into()),
            ..Default::default()
        },
        ..string()
    };
    let map = Schema {
        additional_properties: Some(AdditionalProperties::Each(Box::new(Schema::array(each)))),
        ..Schema::of_type(JsonType::Object)
    };
    let wanted =
        json!({ "type": "object", "additionalProperties": { "type": "array", "items": { "type": "string" } } });
    assert_eq!(lowered(&map), wanted);
}
