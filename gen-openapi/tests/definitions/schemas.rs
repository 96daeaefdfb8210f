//! What a schema can say, one thing at a time: it comes out as it went in.

use kgen_source::crd::CrdOptions;

use crate::common::{Run, differences, documents, meaning};
use crate::with_spec;

/// Asserts that the properties of a spec come out as they went in.
#[track_caller]
fn same(properties: &str) {
    for closed_enums in [false, true] {
        let options = CrdOptions {
            closed_enums,
            ..CrdOptions::default()
        };
        let text = with_spec(properties);
        let run = Run::of(&text, &options).check();
        assert_eq!(run.errors(), Vec::<String>::new(), "{text}");
        let have = run.definitions().remove(0);
        let found = differences(&meaning(documents(&text).remove(0)), &meaning(have));
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}

#[test]
fn scalars_with_and_without_formats() {
    same(
        "{a: {type: string}, b: {type: boolean}, c: {type: integer}, d: {type: integer, format: int32}, e: {type: integer, format: int64}}",
    );
    same("{a: {type: number}, b: {type: number, format: double}, c: {type: array, items: {type: number}}}");
    same("{a: {type: string, format: date-time}, b: {type: string, format: byte}, c: {type: string, format: uri}}");
    same(
        "{a: {type: string, format: duration}, b: {type: string, format: k8s-short-name}, c: {type: integer, format: int16}}",
    );
}

#[test]
fn words_with_any_text() {
    same(
        "{a: {type: string, title: A title, description: \"*/ /// ```\\n\\tlet x = 1;\\n```\\n \\\"#[kgen]\\\" \\\\ é 🦀\"}}",
    );
    same("{a: {type: string, example: {b: [1, null]}, externalDocs: {url: https://example.com, description: more}}}");
    same("{a: {type: array, description: outer, items: {type: string, description: inner, title: t, example: x}}}");
    same("{a: {type: string, description: ' blanks at both ends '}}");
}

#[test]
fn bounds_beyond_doubles() {
    same("{a: {type: integer, minimum: -9223372036854775808, maximum: 9223372036854775807}}");
    same("{a: {type: integer, minimum: 0, maximum: 18446744073709551615}}");
    same(
        "{a: {type: integer, format: int32, minimum: 0, exclusiveMinimum: true, maximum: 10, exclusiveMaximum: true, multipleOf: 2}}",
    );
    same("{a: {type: number, minimum: 0.5, maximum: 1.5e300, multipleOf: 0.25}}");
}

#[test]
fn limits_of_strings_lists_and_maps() {
    same("{a: {type: string, minLength: 0, maxLength: 63, pattern: '^[a-z]\\d+$'}}");
    same("{a: {type: array, minItems: 1, maxItems: 3, items: {type: string, minLength: 1}}}");
    same(
        "{a: {type: object, minProperties: 1, maxProperties: 3, additionalProperties: {type: integer, format: int32, minimum: 1}}}",
    );
    same("{a: {type: object, properties: {b: {type: string}}, minProperties: 1}}");
    same("{a: {type: object, additionalProperties: {type: string}, required: [b]}}");
}

#[test]
fn defaults_of_every_type() {
    same(
        "{a: {type: string, default: x}, b: {type: boolean, default: false}, c: {type: integer, format: int32, default: 0}, d: {type: number, default: 0.5}}",
    );
    same(
        "{a: {type: array, items: {type: string}, default: []}, b: {type: object, additionalProperties: {type: string}, default: {x: z}}}",
    );
    same("{a: {type: object, default: {}, properties: {b: {type: string, default: x}}}}");
    same("{a: {type: string, enum: [A, B], default: A}, b: {x-kubernetes-int-or-string: true, default: 80%}}");
    same("{a: {type: string, default: '', nullable: true}, b: {type: integer, default: 9007199254740993}}");
}

#[test]
fn a_required_member_with_a_default() {
    same(
        "{a: {type: object, properties: {b: {type: string, default: x}, c: {type: integer, format: int32}}, required: [b, c]}}",
    );
}

#[test]
fn null() {
    same("{a: {type: string, nullable: true}, b: {type: object, nullable: true, properties: {c: {type: string}}}}");
    same(
        "{a: {type: array, items: {type: string, nullable: true}}, b: {type: object, additionalProperties: {type: integer, nullable: true}}}",
    );
    same("{a: {type: object, properties: {b: {type: string, nullable: true}}, required: [b]}}");
}

#[test]
fn an_integer_or_a_string() {
    same("{a: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}}");
    same("{a: {x-kubernetes-int-or-string: true}}");
    same("{a: {x-kubernetes-int-or-string: true, enum: [1, '2', 80%]}}");
    same(
        "{a: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}], pattern: '^x', minimum: 1}}",
    );
    same("{a: {x-kubernetes-int-or-string: true, allOf: [{anyOf: [{type: integer}, {type: string}]}, {pattern: ^x}]}}");
    same("{a: {type: array, items: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}}}");
}

#[test]
fn a_quantity() {
    let pattern = r"'^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$'";
    same(&format!(
        "{{a: {{x-kubernetes-int-or-string: true, anyOf: [{{type: integer}}, {{type: string}}], pattern: {pattern}}}}}"
    ));
    same(&format!(
        "{{a: {{x-kubernetes-int-or-string: true, pattern: {pattern}}}, b: {{type: string, pattern: {pattern}}}}}"
    ));
}

#[test]
fn unknown_members_that_are_kept() {
    same(
        "{a: {x-kubernetes-preserve-unknown-fields: true}, b: {type: object, x-kubernetes-preserve-unknown-fields: true}}",
    );
    same("{a: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {b: {type: string}}}}");
    same("{a: {type: array, x-kubernetes-preserve-unknown-fields: true, items: {type: string}}}");
    same(
        "{a: {type: string, x-kubernetes-preserve-unknown-fields: true}, b: {type: integer, x-kubernetes-preserve-unknown-fields: true}}",
    );
    same(
        "{a: {type: array, items: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {other: {type: string}}}}}",
    );
}

#[test]
fn objects_without_form() {
    same("{a: {type: object}, b: {type: object, additionalProperties: true}, c: {type: object, maxProperties: 0}}");
    same("{a: {type: object, additionalProperties: {x-kubernetes-preserve-unknown-fields: true}}}");
    same(
        "{a: {type: object, additionalProperties: {type: object, additionalProperties: {type: array, items: {type: string}}}}}",
    );
}

#[test]
fn whole_objects_inside() {
    same("{a: {type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}}");
    same(
        "{a: {type: object, x-kubernetes-embedded-resource: true, properties: {apiVersion: {type: string}, kind: {type: string}, metadata: {type: object}, spec: {type: object, properties: {b: {type: string}}}}, required: [apiVersion, kind, metadata]}}",
    );
}

#[test]
fn logic_is_kept_as_rules() {
    same(
        "{a: {type: object, properties: {b: {type: string}, c: {type: string}}, oneOf: [{required: [b]}, {required: [c]}], not: {required: [b, c]}}}",
    );
    same(
        "{a: {type: string, anyOf: [{format: ipv4}, {format: ipv6}, {pattern: ^x, minLength: 2}], allOf: [{maxLength: 9}]}}",
    );
    same(
        "{a: {type: object, properties: {b: {type: string}, c: {type: array, items: {type: integer}}}, anyOf: [{properties: {b: {enum: [x]}}}, {properties: {c: {items: {minimum: 1}}}, not: {required: [b]}}]}}",
    );
    same("{a: {type: string, not: {enum: [x, z]}}}");
    same(
        "{a: {type: array, items: {type: object, properties: {b: {type: string}}, oneOf: [{required: [b]}, {not: {required: [b]}}]}}}",
    );
}

#[test]
fn rules_in_cel() {
    same(
        "{a: {type: integer, x-kubernetes-validations: [{rule: self > 0, message: positive, reason: FieldValueInvalid}, {rule: 'self >= oldSelf.orValue(0)', messageExpression: \"'no'\", optionalOldSelf: true}]}}",
    );
    same(
        "{a: {type: object, properties: {b: {type: string}}, x-kubernetes-validations: [{rule: 'has(self.b)', fieldPath: .b}]}}",
    );
}

#[test]
fn lists_and_maps_merge() {
    same(
        "{a: {type: array, x-kubernetes-list-type: set, items: {type: string}}, b: {type: array, x-kubernetes-list-type: atomic, items: {type: string}}}",
    );
    same(
        "{a: {type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [b, c], items: {type: object, properties: {b: {type: string}, c: {type: string, default: x}}, required: [b]}}}",
    );
    same(
        "{a: {type: object, x-kubernetes-map-type: atomic, properties: {b: {type: string}}}, b: {type: object, x-kubernetes-map-type: granular, additionalProperties: {type: string}}}",
    );
}

#[test]
fn enums_of_any_values() {
    same("{a: {type: string, enum: [replace, Replace, REPLACE, '', a b, '=', Other, 'true', '1', Self, 'ünï', '\"']}}");
    same(
        "{a: {type: integer, enum: [3, 1, 2]}, b: {type: string, nullable: true, enum: [x, null]}, c: {type: boolean, enum: [true]}}",
    );
    same(
        "{a: {type: array, items: {type: string, enum: [x, z]}}, b: {type: object, additionalProperties: {type: string, enum: [x, z]}}}",
    );
    same("{a: {type: string, enum: [x, z], minLength: 1, description: words}, b: {type: string, enum: [x, x]}}");
}

#[test]
fn names_of_any_form() {
    same(
        "{-Xmx: {type: string}, self: {type: string}, ref: {type: string}, $ref: {type: string}, a_b: {type: string}, aB: {type: string}, crate: {type: string}, '2fa': {type: string}, podIPs: {type: string}, URL: {type: string}, 'a/b~c': {type: string}, 日本: {type: string}, type: {type: string}, _: {type: string}}",
    );
}

#[test]
fn schemas_that_describe_schemas() {
    same(
        "{properties: {type: object, properties: {properties: {type: string}, not: {type: string}, enum: {type: array, items: {type: string}}, type: {type: string}, required: {type: boolean}, description: {type: object, properties: {default: {type: string}}}, items: {type: string}, x-kubernetes-list-type: {type: string}}, required: [type, required]}}",
    );
}

#[test]
fn equal_types_with_other_words() {
    let tls = "type: object, properties: {cert: {type: string, description: The certificate.}}";
    same(&format!(
        "{{a: {{{tls}, description: One.}}, b: {{{tls}, description: Two.}}, c: {{{tls}}}, d: {{type: array, items: {{{tls}}}}}, e: {{type: array, items: {{{tls}, description: Three.}}}}, f: {{type: object, additionalProperties: {{{tls}, description: One.}}}}}}"
    ));
    let other = tls.replace("The certificate.", "Another.");
    same(&format!("{{a: {{{tls}}}, b: {{{other}}}}}"));
}
