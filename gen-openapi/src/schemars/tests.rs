//! Tests of rules that are easier seen here than in a whole definition.

use kgen_model::Literal;

use super::{Fault, Place, flatten, kubernetes, object, rewrite, strings, transform};

fn string() -> Literal {
    object([("type", Literal::from("string"))])
}

#[test]
fn what_may_be_null_says_so_once() {
    let mut schema = flatten::or_null(flatten::or_null(string()));
    transform::openapi3(&mut schema);
    let wanted = object([("type", Literal::from("string")), ("nullable", Literal::Bool(true))]);
    assert_eq!(schema, wanted);
}

#[test]
fn words_of_values_are_forgotten_and_values_gathered() {
    let case = |name: &str| object([("type", Literal::from("string")), ("enum", strings([name]))]);
    let mut schema = object([("oneOf", Literal::List(vec![case("a"), case("b")]))]);
    let mut faults = Vec::new();
    rewrite::structural(&mut schema, "", &mut faults);
    let wanted = object([("type", Literal::from("string")), ("enum", strings(["a", "b"]))]);
    assert_eq!((schema, faults), (wanted, Vec::new()));
}

#[test]
fn members_of_two_variants_agree() {
    let case = |type_: &str| {
        let member = object([("type", Literal::from(type_))]);
        object([
            ("type", Literal::from("object")),
            ("properties", object([("a", member)])),
        ])
    };
    let mut schema = object([("anyOf", Literal::List(vec![case("string"), case("integer")]))]);
    let mut faults = Vec::new();
    rewrite::structural(&mut schema, ".spec", &mut faults);
    let places: Vec<&Place> = faults.iter().map(|Fault { place, .. }| place).collect();
    assert_eq!(places, [&Place::Path(".spec".to_owned())]);
}

#[test]
fn a_type_that_the_table_lacks_is_a_fault() {
    let mut faults = Vec::new();
    let schema = kubernetes::schema("io.k8s.api.core.v1.Nothing", &mut |fault| faults.push(fault));
    assert_eq!((schema, faults.len()), (Literal::Bool(true), 1));
}
