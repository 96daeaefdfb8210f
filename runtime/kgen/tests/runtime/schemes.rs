//! Kinds by name: paths of columns and selectable fields, and what can be done with objects.

use kgen::scheme::{Column, DecodeError, JsonPath, KindVersion, Scheme, header};
use kgen::serde_json::{Value, json};
use kgen::validation::Operation;
use kgen::{GroupVersionKind, Object};

use crate::fixture::*;

fn found(path: &str, object: &Value) -> Vec<Value> {
    let path: JsonPath = path.parse().expect("a path");
    path.all(object).into_iter().cloned().collect()
}

#[test]
fn paths_lead_to_values() {
    let object = json!({
        "spec": {"a": 1, "b.c": 2, "list": [10, 20, 30], "parts": [{"n": "x", "v": 1}, {"n": "y", "v": 2}, {"v": 3}]},
        "v": 4,
    });
    for (path, wanted) in [
        (".spec.a", json!([1])),
        (".spec['b.c']", json!([2])),
        (r".spec.b\.c", json!([2])),
        (".spec[\"a\"]", json!([1])),
        (".spec.list[0]", json!([10])),
        (".spec.list[-1]", json!([30])),
        (".spec.list[-4]", json!([])),
        (".spec.list[3]", json!([])),
        (".spec.list[*]", json!([10, 20, 30])),
        (".spec.list[1:]", json!([20, 30])),
        (".spec.list[:-1]", json!([10, 20])),
        (".spec.list[2:1]", json!([])),
        (".spec.parts[*].v", json!([1, 2, 3])),
        (r#".spec.parts[?(@.n=="y")].v"#, json!([2])),
        (".spec.parts[?(@.n=='y')].v", json!([2])),
        (".spec.parts[?(@.n != 'y')].v", json!([1])),
        (".spec.parts[?(@.n)].v", json!([1, 2])),
        (".spec.parts[?(@.v>1)].v", json!([2, 3])),
        (".spec.parts[?(@.v<=1.0)].v", json!([1])),
        ("..v", json!([4, 1, 2, 3])),
        (".spec.absent.a", json!([])),
        (".v.a", json!([])),
        (".v[0]", json!([])),
    ] {
        assert_eq!(Value::from(found(path, &object)), wanted, "{path}");
    }
}

#[test]
fn what_is_no_path_says_why() {
    for (path, reason) in [
        ("", "it has no steps"),
        ("spec", "a step begins with `.` or `[`"),
        (".spec.", "a member has no name"),
        (".a[0", "a bracket is not closed"),
        (".a['b", "a quote is not closed"),
        (".a[b]", "an index is a number or `*`"),
        (".a[?(b)]", "a filter begins with `@`"),
        (".a[?(@.b==c)]", "a filter compares with a string, a number or a bool"),
        (".a[?(@.b[0]==1)]", "a filter looks at a member"),
        (".a[?(@.b", "a filter ends with `)]`"),
    ] {
        let error = path.parse::<JsonPath>().expect_err(path);
        assert_eq!(error.to_string(), format!("`{path}` is no path: {reason}"));
    }
    let deep = ".a".repeat(33);
    assert!(deep.parse::<JsonPath>().is_err());
}

#[test]
fn cells_have_the_type_of_their_column() {
    let cell = |type_, value: Value| Column::new("A", type_, ".a").cell(&json!({ "a": value }));
    assert_eq!(cell("integer", json!(3)), json!(3));
    assert_eq!(cell("integer", json!(3.7)), json!(3));
    assert_eq!(cell("integer", json!("3")), Value::Null);
    assert_eq!(cell("number", json!(1.5)), json!(1.5));
    assert_eq!(cell("boolean", json!(true)), json!(true));
    assert_eq!(cell("boolean", json!("true")), Value::Null);
    assert_eq!(cell("string", json!("x")), json!("x"));
    assert_eq!(cell("string", json!(true)), json!("true"));
    assert_eq!(cell("string", json!(["x"])), json!(r#"["x"]"#));
    assert_eq!(cell("string", Value::Null), Value::Null);
    assert_eq!(
        cell("date", json!("2026-01-01T00:00:00Z")),
        json!("2026-01-01T00:00:00Z")
    );
    assert_eq!(Column::new("A", "string", ".b").cell(&json!({})), Value::Null);
}

fn scheme() -> Scheme {
    let mut scheme = Scheme::new();
    let order = KindVersion::namespaced::<Order>("order")
        .short_names(["ord"])
        .categories(["all"])
        .storage()
        .status()
        .scale(".spec.replicas", ".status.replicas", None)
        .column(Column::new("Customer", "string", ".spec.customer").description("Who ordered."))
        .column(Column::new("Copies", "integer", ".spec.replicas").priority(1))
        .selectable(".spec.customer")
        .selectable(".spec.draft")
        .defaulted()
        .build();
    assert!(scheme.add(order).is_none());
    scheme
}

const ORDER: &[u8] = br#"{
    "apiVersion": "shop.example.com/v1", "kind": "Order", "metadata": {"name": "a"},
    "spec": {"customer": "", "lines": [], "email": "a@example.com", "colour": "red"}
}"#;

#[test]
fn a_kind_tells_what_it_is() {
    let scheme = scheme();
    let kind = scheme.kind(&GroupVersionKind::of::<Order>()).expect("it is registered");
    assert_eq!(
        (&*kind.plural, &*kind.singular, &*kind.list_kind),
        ("orders", "order", "OrderList")
    );
    assert!(kind.namespaced && kind.served && kind.storage && kind.subresources.status);
    assert_eq!(kind.short_names, ["ord"]);
    let stored = scheme.storage_version("shop.example.com", "Order");
    assert_eq!(stored.map(|kind| &kind.gvk), Some(&kind.gvk));
    assert_eq!(scheme.versions("shop.example.com", "Order").count(), 1);
    assert_eq!(scheme.kinds().count(), 1);
}

#[test]
fn objects_are_read_and_filled_in_by_name() {
    let scheme = scheme();
    let mut order = scheme.decode(ORDER).expect("an order");
    scheme.set_defaults(&mut *order).expect("an order");
    assert_eq!(order.downcast_ref::<Order>().expect("an order").spec.customer, "nobody");

    let (_, findings) = scheme.decode_strict(ORDER).expect("an order");
    let findings: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(findings, [r#"unknown field "spec.colour""#]);

    let found = scheme.validate(&*order, None, &Operation::create()).expect("an order");
    assert!(found.is_empty(), "the kind has no rules");
}

#[test]
fn tables_and_selectors_look_into_objects() {
    let scheme = scheme();
    let kind = scheme.kind(&GroupVersionKind::of::<Order>()).expect("it is registered");
    let order = json!({"spec": {"customer": "c", "replicas": 2, "draft": true}});
    assert_eq!(kind.cells(&order), [json!("c"), json!(2)]);
    let values: Vec<_> = kind.selectable_values(&order).collect();
    assert_eq!(values, [("spec.customer", "c".into()), ("spec.draft", "true".into())]);
    assert!(kind.selectable_values(&json!({})).all(|(_, value)| value.is_empty()));
}

#[test]
fn what_is_not_registered_is_refused() {
    let scheme = scheme();
    let error = |json: &str| scheme.decode(json.as_bytes()).expect_err(json).to_string();
    assert_eq!(
        error(r#"{"apiVersion": "shop.example.com/v2", "kind": "Order"}"#),
        r#"no kind "Order" is registered for version "shop.example.com/v2""#
    );
    assert_eq!(error(r#"{"kind": "Order"}"#), "Object 'apiVersion' is missing");
    assert_eq!(error(r#"{"apiVersion": "v1"}"#), "Object 'Kind' is missing");
    assert!(matches!(scheme.decode(b"[]"), Err(DecodeError::Json(_))));
    assert!(matches!(scheme.decode(b"{"), Err(DecodeError::Json(_))));

    let order: Box<dyn Object> = Box::new(Order::default());
    let error = scheme.convert(order, "v2").expect_err("there is no such version");
    assert_eq!(
        error.to_string(),
        r#"no kind "Order" is registered for version "shop.example.com/v2""#
    );
}

#[test]
fn objects_stay_in_their_version_where_there_is_no_other() {
    let scheme = scheme();
    let order: Box<dyn Object> = Box::new(Order::default());
    let order = scheme.convert(order, "v1").expect("it is of that version");
    assert!(scheme.to_storage_version(order).expect("it is stored so").is::<Order>());
}

#[test]
fn the_header_of_the_core_group_has_no_slash() {
    let gvk = header(br#"{"kind": "Pod", "apiVersion": "v1", "spec": {}}"#).expect("a header");
    assert_eq!(gvk.to_string(), "/v1, Kind=Pod");
}

#[test]
fn the_status_is_written_apart() {
    let by_json = KindVersion::namespaced::<Order>("order").storage().status();
    let typed = KindVersion::namespaced::<Order>("order")
        .storage()
        .status()
        .status_field(|order| &order.status, |order| &mut order.status)
        .compared(|one, other| one.spec == other.spec);
    for kind in [by_json.build(), typed.build()] {
        let behaviour = kind.behaviour;
        let mut order = behaviour.decode(ORDER).expect("an order");
        let mut done = order.clone();
        let done = done.downcast_mut::<Order>().expect("an order");
        done.status = Some(OrderStatus {
            hosts: vec!["a".to_owned()],
            ..OrderStatus::default()
        });
        done.metadata.name = Some("another".to_owned());
        assert!(behaviour.wants_same(&*order, done).expect("both are orders"));
        behaviour.copy_status(Some(done), &mut *order).expect("both are orders");
        let copy = order.downcast_ref::<Order>().expect("an order");
        assert_eq!((&copy.status, copy.metadata.name.as_deref()), (&done.status, Some("a")));
        behaviour.copy_status(None, &mut *order).expect("it is an order");
        assert_eq!(order.downcast_ref::<Order>().expect("an order").status, None);
        done.spec.customer = "somebody".to_owned();
        assert!(!behaviour.wants_same(&*order, done).expect("both are orders"));
    }
}

/// The check of markers is held against the same table.
#[test]
fn paths_are_those_of_the_table() {
    for line in include_str!("../../../../tests/paths.txt").lines() {
        let Some((sign, path)) = line.split_once(' ').filter(|(sign, _)| *sign != "#") else {
            continue;
        };
        assert_eq!(path.parse::<JsonPath>().is_ok(), sign == "+", "{path}");
    }
}
