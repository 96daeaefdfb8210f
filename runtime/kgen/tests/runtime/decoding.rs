//! What decoding accepts, fills in and refuses.

use kgen::codec::from_slice;
use kgen::serde_json::{self, json};

use crate::fixture::*;

fn order(json: serde_json::Value) -> Order {
    serde_json::from_value(json).expect("an order")
}

fn message<T: kgen::serde::de::DeserializeOwned + std::fmt::Debug>(json: serde_json::Value) -> String {
    serde_json::from_value::<T>(json).expect_err("an error").to_string()
}

#[test]
fn absent_fields_hold_their_declared_default() {
    let spec = order(json!({})).spec;
    assert_eq!(
        (spec.replicas, spec.payment, spec.retry.limit),
        (1, PaymentMethod::Invoice, 3)
    );
    assert_eq!((spec.customer.as_str(), spec.priority), ("", None));
}

#[test]
fn null_is_absent() {
    let spec = order(json!({"spec": {
        "customer": null, "lines": null, "replicas": null, "labels": null, "payment": null, "budget": null,
        "draft": null, "email": null, "phone": null, "retry": null, "priority": null, "bundles": null, "type": null
    }}));
    assert_eq!(spec, order(json!({"metadata": null, "spec": null, "status": null})));
}

#[test]
fn null_in_a_struct_that_is_assembled_is_absent() {
    let line: Line = serde_json::from_value(json!({
        "sku": null, "count": null, "carrier": "Post", "note": null, "shipment": "PickUp", "parcel": null, "tags": null
    }))
    .expect("a line");
    assert_eq!((line.count, line.shipment), (1, Shipment::PickUp));
}

#[test]
fn unknown_fields_are_skipped() {
    let order = order(json!({"metadata": {"name": "a"}, "extra": {"deep": [1, {"x": null}]}, "spec": {"more": 1}}));
    assert_eq!(order.metadata.name.as_deref(), Some("a"));
}

#[test]
fn fields_are_found_in_any_order() {
    let spec: OrderSpec =
        from_slice(br#"{"type": "t", "customer": "c", "phone": "p", "replicas": 7, "email": "e"}"#).expect("a spec");
    assert_eq!(
        (spec.r#type.as_deref(), spec.customer.as_str(), spec.replicas),
        (Some("t"), "c", 7)
    );
    assert_eq!(
        spec.contact,
        Contact {
            email: "e".to_owned(),
            phone: Some("p".to_owned())
        }
    );
}

#[test]
fn the_last_of_two_fields_wins() {
    let spec: OrderSpec = from_slice(br#"{"replicas": 2, "replicas": 3}"#).expect("a spec");
    assert_eq!(spec.replicas, 3);
}

#[test]
fn a_header_may_be_absent_empty_or_right() {
    order(json!({}));
    order(json!({"apiVersion": "", "kind": null}));
    order(json!({"apiVersion": "shop.example.com/v1", "kind": "Order"}));
}

#[test]
fn a_wrong_header_is_refused() {
    assert_eq!(
        message::<Order>(json!({"apiVersion": "apps/v1"})),
        r#"apiVersion is "apps/v1", expected "shop.example.com/v1""#
    );
    assert_eq!(
        message::<Parcel>(json!({"kind": "Order"})),
        r#"kind is "Order", expected "Parcel""#
    );
}

#[test]
fn a_struct_that_is_no_kind_has_no_header() {
    serde_json::from_value::<Shelf>(json!({"kind": "Order"})).expect("a shelf");
}

#[test]
fn a_missing_field_without_default_is_refused() {
    assert_eq!(
        message::<Line>(json!({"shipment": "PickUp"})),
        r#"missing field "carrier""#
    );
    assert_eq!(message::<Parcel>(json!({})), r#"missing field "source""#);
}

#[test]
fn a_wrong_shape_names_the_type_and_the_place() {
    let error = from_slice::<OrderSpec>(b"{\n  \"lines\": [\"x\"]}").expect_err("an error");
    assert_eq!(
        error.to_string(),
        r#"invalid type: string "x", expected an object (Line) at line 2 column 15"#
    );
}

#[test]
fn text_that_is_not_utf8_is_refused() {
    let error = from_slice::<OrderSpec>(b"{\"customer\": \"\xff\"}").expect_err("an error");
    assert!(error.to_string().contains("at line 1"), "{error}");
}

#[test]
fn depth_is_limited() {
    let deep = format!("{}{}", r#"{"outer":"#.repeat(200), "{}".to_owned() + &"}".repeat(200));
    let error = from_slice::<Bundle>(deep.as_bytes()).expect_err("an error");
    assert!(error.to_string().contains("recursion limit"), "{error}");
}

#[test]
fn an_unknown_name_of_a_closed_enum_is_refused() {
    assert_eq!(
        message::<PaymentMethod>(json!("Barter")),
        r#"unsupported value "Barter" for PaymentMethod, supported values: "Invoice", "Credit-Card""#
    );
}

#[test]
fn an_unknown_name_of_an_open_enum_is_kept() {
    let phase: Phase = serde_json::from_value(json!("Lost")).expect("a phase");
    assert_eq!(phase, Phase::Other("Lost".to_owned()));
    assert_eq!(serde_json::to_value(&phase).expect("JSON"), json!("Lost"));
    assert_eq!(
        serde_json::from_value::<Phase>(json!("Done")).expect("a phase"),
        Phase::Done
    );
}

#[test]
fn lists_are_read_and_written() {
    let json = json!({
        "apiVersion": "shop.example.com/v1", "kind": "OrderList", "metadata": {"resourceVersion": "7"},
        "items": [{
            "apiVersion": "shop.example.com/v1", "kind": "Order", "metadata": {"name": "a"},
            "spec": {"customer": "c", "lines": [], "replicas": 1, "payment": "Invoice", "email": ""}
        }]
    });
    let list: OrderList = serde_json::from_value(json.clone()).expect("a list");
    assert_eq!(list.items[0].spec.customer, "c");
    assert_eq!(serde_json::to_value(&list).expect("JSON"), json);
    assert!(message::<OrderList>(json!({"kind": "ParcelList"})).contains("OrderList"));
}

#[test]
fn yaml_is_read_as_json_is() {
    let yaml = "
apiVersion: shop.example.com/v1
kind: Order
metadata: {name: a}
spec:
  customer: c
  replicas: null
  unknown: {x: [1]}
  payment: Credit-Card
  lines:
  - carrier: Post
    parcel: {grams: 3}
    shipment: Parcel
";
    let order: Order = serde_saphyr::from_str(yaml).expect("an order");
    assert_eq!(
        (order.spec.replicas, order.spec.payment),
        (1, PaymentMethod::CreditCard)
    );
    assert!(matches!(&order.spec.lines[0].shipment, Shipment::Parcel(parcel) if parcel.grams == 3));
    let again: Order = serde_saphyr::from_str(&serde_saphyr::to_string(&order).expect("YAML")).expect("an order");
    assert_eq!(again, order);
}
