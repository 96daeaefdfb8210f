//! What is wrong with definitions, with the line and the pointer to the place.

use kgen_source::crd::CrdOptions;

use crate::common::Run;
use crate::with_spec;

/// The errors of a text.
fn errors(text: &str) -> Vec<String> {
    Run::of(text, &CrdOptions::default()).check().errors()
}

/// The errors of the properties of a spec, with pointers below them.
#[track_caller]
fn of_properties(properties: &str, wanted: &[&str]) {
    const BELOW: &str = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties";
    let found: Vec<String> = errors(&with_spec(properties))
        .iter()
        .map(|error| error.replace(BELOW, ""))
        .collect();
    assert_eq!(found, wanted);
}

#[test]
fn broken_yaml() {
    for (text, wanted) in [
        ("a: [", "bad-yaml:1"),
        ("a: b\n c: d", "bad-yaml:2"),
        ("a: 1\nb: 2\na: 3\n", "bad-yaml:3: the key `a` stands here twice "),
        ("a: .nan", "bad-yaml:1: JSON has no such number "),
        ("? [a]\n: b", "bad-yaml:1: the key of this member is no string "),
        ("a: *b", "bad-yaml:1"),
        ("\u{feff}a: {b: 1, b: 2}", "bad-yaml:1: the key `b` stands here twice "),
    ] {
        let found = errors(text);
        assert!(found.len() == 1 && found[0].starts_with(wanted), "{text}: {found:?}");
    }
}

#[test]
fn aliases_and_depth_have_an_end() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let before = format!("*a{}, ", level - 1).repeat(10);
        bomb.push_str(&format!("a{level}: &a{level} [{}]\n", before.trim_end_matches(", ")));
    }
    let found = errors(&bomb);
    assert!(
        found.len() == 1 && found[0].contains("aliases add more than"),
        "{found:?}"
    );
    let deep = format!("a: {}{}", "[".repeat(10_000), "]".repeat(10_000));
    let found = errors(&deep);
    assert!(found.len() == 1 && found[0].starts_with("bad-yaml"), "{found:?}");
}

#[test]
fn aliases_and_merges_are_read() {
    let text = with_spec("{a: &string {type: string}, b: *string, c: {<<: *string, maxLength: 3}}");
    assert_eq!(errors(&text), Vec::<String>::new());
    assert!(
        Run::of(&text, &CrdOptions::default()).definitions()[0]
            .to_string()
            .contains("\"maxLength\":3,\"type\":\"string\"")
    );
}

#[test]
fn definitions_that_are_none() {
    assert_eq!(
        errors("a: b"),
        ["bad-crd:1: this is no object of Kubernetes: `apiVersion` or `kind` is missing "]
    );
    let old = "apiVersion: apiextensions.k8s.io/v1beta1\nkind: CustomResourceDefinition\n";
    let wanted = "old-crd:1: this definition is of the version `apiextensions.k8s.io/v1beta1`, which servers do not offer any more /apiVersion";
    assert_eq!(errors(old), [wanted]);
    let bare = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n";
    assert_eq!(errors(bare), ["bad-crd:1: `spec` is missing "]);
    let wanted = [
        "bad-crd:3: `group` is missing /spec",
        "bad-crd:3: `names` is missing /spec",
    ];
    assert_eq!(errors(&format!("{bare}spec: {{}}")), wanted);
}

#[test]
fn members_of_definitions() {
    let text = with_spec("{}");
    for (from, to, wanted) in [
        (
            "group: shop.example.com",
            "group: ''",
            "bad-crd:6: the group is empty /spec/group",
        ),
        (
            "group: shop",
            "group: shops",
            "bad-crd:4: the name of this definition is `orders.shop.example.com`, but its plural and group make `orders.shops.example.com` /metadata/name",
        ),
        (
            "scope: Namespaced",
            "scope: Namespace",
            "bad-crd:8: there is no scope `Namespace` /spec/scope",
        ),
        (
            "served: true",
            "serve: true",
            "unknown-keyword:11: a definition has no `serve` here /spec/versions/0/serve",
        ),
        (
            "served: true",
            "served: 'yes'",
            "bad-schema:11: `true` or `false` belongs here, and this is a string /spec/versions/0/served",
        ),
        (
            "plural: orders",
            "plural: orders, shortNames: ord",
            "bad-schema:7: a list of strings belongs here, and this is a string /spec/names/shortNames",
        ),
        (
            "scope: Namespaced",
            "scope: Namespaced\n  preserveUnknownFields: true",
            "not-structural:9: servers refuse `preserveUnknownFields: true` in a definition of v1 /spec/preserveUnknownFields",
        ),
        (
            "scope: Namespaced",
            "scope: Namespaced\n  conversion: {strategy: Webhook}",
            "bad-crd:9: `webhook` is missing /spec/conversion",
        ),
        (
            "served: true",
            "served: true\n      deprecationWarning: x",
            "bad-crd:12: this version has a warning of deprecation, but is not deprecated /spec/versions/0/deprecationWarning",
        ),
        (
            "      schema:\n        openAPIV3Schema:",
            "      schema:\n        openAPISchema:",
            "bad-crd:13: `openAPIV3Schema` is missing /spec/versions/0/schema",
        ),
        (
            "          type: object\n          properties:\n            api",
            "          type: string\n          properties:\n            api",
            "not-structural:14: the schema of an object is no object /spec/versions/0/schema/openAPIV3Schema",
        ),
    ] {
        let text = text.replace(from, to);
        assert_eq!(errors(&text).first().map(String::as_str), Some(wanted), "{text}");
    }
}

#[test]
fn versions_and_kinds_stand_once() {
    let text = with_spec("{}");
    let wanted = "duplicate-kind:33: `shop.example.com` has the kind `Order` twice in version `v1` ";
    assert_eq!(errors(&format!("{text}---\n{text}")), [wanted]);
}

#[test]
fn schemas_that_are_not_structural() {
    of_properties("{a: {}}", &["not-structural:22: this schema does not say its type /a"]);
    of_properties(
        "{a: {description: x}}",
        &["not-structural:22: this schema does not say its type /a"],
    );
    of_properties(
        "{a: {type: array}}",
        &["not-structural:22: this list does not say what its elements are /a"],
    );
    of_properties(
        "{a: {type: object, properties: {b: {type: string}}, additionalProperties: {type: string}}}",
        &["not-structural:22: an object has either `properties` or `additionalProperties` /a"],
    );
    of_properties(
        "{a: {type: string, x-kubernetes-int-or-string: true}}",
        &["not-structural:22: a value that is an integer or a string is not of the type `string` alone /a"],
    );
    of_properties(
        "{a: {type: string, anyOf: [{description: x, minLength: 1}]}}",
        &["not-structural:22: `description` stands inside of `allOf`, `anyOf`, `oneOf` or `not` /a/anyOf/0"],
    );
    of_properties(
        "{a: {$ref: '#/definitions/x'}}",
        &[
            "not-structural:22: servers refuse `$ref` in the schema of a definition /a/$ref",
            "not-structural:22: this schema does not say its type /a",
        ],
    );
}

#[test]
fn keywords_that_are_wrong() {
    of_properties(
        "{a: {type: string, minLenght: 1}}",
        &["unknown-keyword:22: a schema has no keyword `minLenght` /a/minLenght"],
    );
    of_properties(
        "{a: {type: string, x-foo: 1}}",
        &["unknown-keyword:22: a schema has no keyword `x-foo` /a/x-foo"],
    );
    of_properties(
        "{a: {type: strin}}",
        &[
            "bad-schema:22: `strin` is no type of a schema /a/type",
            "not-structural:22: this schema does not say its type /a",
        ],
    );
    of_properties(
        "{a: {type: string, maxLength: -1}}",
        &["bad-schema:22: a whole number from 0 belongs here, and this is an integer /a/maxLength"],
    );
    of_properties(
        "{a: {type: string, enum: x}}",
        &["bad-schema:22: a list of values belongs here, and this is a string /a/enum"],
    );
    of_properties(
        "{a: string}",
        &["bad-schema:22: a schema is an object, and this is a string /a"],
    );
    of_properties(
        "{a/b: {type: array, items: {type: object, properties: {'~': {type: x}}}}}",
        &[
            "bad-schema:22: `x` is no type of a schema /a~1b/items/properties/~0/type",
            "not-structural:22: this schema does not say its type /a~1b/items/properties/~0",
        ],
    );
    of_properties(
        "{a: {type: array, x-kubernetes-list-type: map, items: {type: string}}}",
        &["bad-schema:22: the list type `map` does not go with these keys /a"],
    );
    of_properties(
        "{a: {type: object, properties: []}}",
        &["bad-schema:22: an object with a schema for each member belongs here, and this is a list /a/properties"],
    );
    of_properties(
        "{a: {type: string, x-kubernetes-validations: [{message: x}]}}",
        &["bad-schema:22: this rule has no `rule` /a/x-kubernetes-validations/0"],
    );
}

#[test]
fn names_that_mean_nothing() {
    let options = CrdOptions {
        types: [("OrderSpecLine".to_owned(), "Line".to_owned())].into(),
        ..CrdOptions::default()
    };
    let run = Run::of(&with_spec("{a: {type: string}}"), &options);
    assert_eq!(
        run.errors(),
        ["unknown-type:0: `[types]` names `OrderSpecLine`, but no type has this name "]
    );
}
