//! What types become.

use super::*;

#[test]
fn scalars() {
    assert_eq!(of_type(TypeRef::Bool), json!({"type": "boolean"}));
    assert_eq!(of_type(STRING), json!({"type": "string"}));
    assert_eq!(of_type(TypeRef::Float(Float::F64)), json!({"type": "number"}));
}

#[test]
fn integers_have_the_bounds_that_their_format_does_not_say() {
    let int = |int| of_type(TypeRef::Int(int));
    assert_eq!(int(Int::I32), json!({"type": "integer", "format": "int32"}));
    assert_eq!(int(Int::I64), json!({"type": "integer", "format": "int64"}));
    assert_eq!(
        int(Int::U8),
        json!({"type": "integer", "format": "int32", "minimum": 0, "maximum": 255})
    );
    assert_eq!(
        int(Int::I16),
        json!({"type": "integer", "format": "int32", "minimum": -32768, "maximum": 32767})
    );
    assert_eq!(
        int(Int::U32),
        json!({"type": "integer", "format": "int64", "minimum": 0, "maximum": 4_294_967_295_u32})
    );
    assert_eq!(
        int(Int::U64),
        json!({"type": "integer", "format": "int64", "minimum": 0})
    );
}

#[test]
fn lists_maps_options_and_boxes() {
    assert_eq!(
        of_type(list(STRING)),
        json!({"type": "array", "items": {"type": "string"}})
    );
    assert_eq!(
        of_type(map(TypeRef::Bool)),
        json!({"type": "object", "additionalProperties": {"type": "boolean"}})
    );
    assert_eq!(
        of_type(option(TypeRef::Boxed(Box::new(STRING)))),
        json!({"type": "string"})
    );
}

#[test]
fn arrays_have_as_many_items_as_their_type_says() {
    let array = TypeRef::Array(Box::new(STRING), 3);
    assert_eq!(
        of_type(array),
        json!({"type": "array", "items": {"type": "string"}, "minItems": 3, "maxItems": 3})
    );
}

#[test]
fn builtins() {
    let builtin = |builtin| of_type(TypeRef::Builtin(builtin));
    let int_or_string = json!({"anyOf": [{"type": "integer"}, {"type": "string"}], "x-kubernetes-int-or-string": true});
    assert_eq!(builtin(Builtin::IntOrString), int_or_string);
    assert_eq!(builtin(Builtin::Quantity)["x-kubernetes-int-or-string"], json!(true));
    assert_eq!(builtin(Builtin::Time), json!({"type": "string", "format": "date-time"}));
    assert_eq!(builtin(Builtin::Duration), json!({"type": "string"}));
    assert_eq!(
        builtin(Builtin::ByteString),
        json!({"type": "string", "format": "byte"})
    );
    assert_eq!(
        builtin(Builtin::Json),
        json!({"x-kubernetes-preserve-unknown-fields": true})
    );
    assert_eq!(
        builtin(Builtin::EmbeddedObject),
        json!({"type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true})
    );
}

#[test]
fn required_is_sorted_and_holds_what_has_no_default() {
    let mut build = Build::default();
    let fields = [
        field("b", STRING),
        field("a", STRING),
        field("c", option(STRING)),
        field("d", I32).default(Literal::Int(1)),
        field("e", STRING).optional(),
        field("f", STRING).layout(FieldLayout::Skipped),
    ];
    let id = build.strukt("A", fields);
    let string = json!({"type": "string"});
    let wanted = json!({
        "type": "object",
        "required": ["a", "b"],
        "properties": {
            "a": string, "b": string, "c": string, "d": {"type": "integer", "format": "int32", "default": 1}, "e": string,
        },
    });
    assert_eq!(of_def(&build, id), wanted);
}

#[test]
fn flattened_members_stand_in_the_parent() {
    let mut build = Build::default();
    let inner = build.strukt("Inner", [field("b", STRING)]);
    build.ty(inner).facts = rules([cel("self.b != ''")]);
    build.ty(inner).facts.description = Some("The inner one.".to_owned());
    let outer = build.strukt(
        "A",
        [
            field("a", STRING),
            field("", named(inner)).layout(FieldLayout::Flattened),
        ],
    );
    let schema = of_def(&build, outer);
    assert_eq!(schema["required"], json!(["a", "b"]));
    assert_eq!(schema["x-kubernetes-validations"], json!([{"rule": "self.b != ''"}]));
    assert_eq!(schema["description"], Value::Null);
}

#[test]
fn what_an_optional_flattened_struct_requires_is_not_required_of_the_parent() {
    let mut build = Build::default();
    let inner = build.strukt("Inner", [field("b", STRING)]);
    let outer = build.strukt("A", [field("", option(named(inner))).layout(FieldLayout::Flattened)]);
    assert_eq!(of_def(&build, outer)["required"], Value::Null);
}

#[test]
fn an_enum_lists_its_legal_values_as_declared() {
    let mut build = Build::default();
    let mut values = string_enum(&["B", "A", "Old"]);
    values.variants[2].excluded = Some(Exclusion::Always);
    let id = build.add("A", Shape::Enum(values));
    assert_eq!(of_def(&build, id), json!({"type": "string", "enum": ["B", "A"]}));
}

#[test]
fn an_open_enum_names_its_values_in_words() {
    let mut build = Build::default();
    let id = build.add(
        "A",
        Shape::Enum(EnumDef {
            other: Some("Other".to_owned()),
            ..string_enum(&["A", "B"])
        }),
    );
    build.ty(id).facts.description = Some("How to pay.".to_owned());
    let wanted = json!({"type": "string", "description": "How to pay.\n\nKnown values: `A`, `B`."});
    assert_eq!(of_def(&build, id), wanted);
}

#[test]
fn metadata_of_a_template_keeps_what_a_person_sets() {
    let mut build = Build::default();
    let metadata = build.object_meta();
    let names = of_def_use(&build, metadata)["properties"]
        .as_object()
        .map(|members| members.keys().cloned().collect());
    let wanted = ["annotations", "finalizers", "labels", "name", "namespace"].map(str::to_owned);
    assert_eq!(names, Some(wanted.to_vec()));
}
