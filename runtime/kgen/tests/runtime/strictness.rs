//! What strict decoding reports.

use kgen::codec::{Finding, from_slice_strict};

use crate::fixture::*;

fn findings(json: &str) -> Vec<String> {
    let (_, findings) = from_slice_strict::<Order>(json.as_bytes()).expect("an order");
    findings.iter().map(Finding::to_string).collect()
}

#[test]
fn a_clean_object_has_no_findings() {
    let json = r#"{"apiVersion": "shop.example.com/v1", "kind": "Order", "spec": {"labels": {"a": "b"}}}"#;
    assert!(findings(json).is_empty());
}

#[test]
fn unknown_fields_have_their_path() {
    let json = r#"{
        "metadata": {"nme": "a"},
        "spec": {
            "lines": [{"carrier": "Post", "shipment": "Parcel", "foo": 1, "parcel": {"kg": 1}, "drone": {}}],
            "bundles": {"b": {"outer": {"bar": {"deep": {}}}}}
        },
        "x": null
    }"#;
    assert_eq!(
        findings(json),
        [
            r#"unknown field "metadata.nme""#,
            r#"unknown field "spec.lines[0].foo""#,
            r#"unknown field "spec.lines[0].parcel.kg""#,
            r#"unknown field "spec.lines[0].drone""#,
            r#"unknown field "spec.bundles.b.outer.bar""#,
            r#"unknown field "x""#,
        ]
    );
}

#[test]
fn duplicate_fields_have_their_path() {
    let json = r#"{
        "kind": "Order", "kind": "Order", "kind": "Order",
        "spec": {
            "replicas": 1, "replicas": 2,
            "labels": {"a": "1", "a": "2"},
            "lines": [
                {"carrier": "Post", "shipment": "PickUp"},
                {"carrier": "Post", "carrier": "Post", "shipment": "PickUp"}
            ]
        }
    }"#;
    assert_eq!(
        findings(json),
        [
            r#"duplicate field "kind""#,
            r#"duplicate field "spec.replicas""#,
            r#"duplicate field "spec.labels.a""#,
            r#"duplicate field "spec.lines[1].carrier""#,
        ]
    );
}

#[test]
fn the_inside_of_an_unknown_field_is_not_looked_at() {
    assert_eq!(findings(r#"{"x": {"a": 1, "a": 2}, "x": 3}"#), [r#"unknown field "x""#]);
}

#[test]
fn the_value_is_the_lenient_one() {
    let (order, findings) =
        from_slice_strict::<Order>(br#"{"spec": {"replicas": 1, "replicas": 2}}"#).expect("an order");
    assert_eq!(order.spec.replicas, 2);
    assert_eq!(findings, [Finding::Duplicate("spec.replicas".to_owned())]);
}

#[test]
fn a_hundred_findings_are_enough() {
    let fields: Vec<_> = (0..300).map(|index| format!(r#""x{index}": 1"#)).collect();
    assert_eq!(findings(&format!("{{{}}}", fields.join(","))).len(), 100);
}

#[test]
fn errors_stay_errors() {
    assert!(from_slice_strict::<Order>(b"{} trailing").is_err());
    assert!(from_slice_strict::<Order>(br#"{"spec": []}"#).is_err());
}
