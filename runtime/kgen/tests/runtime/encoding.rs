//! What encoding writes and leaves out.

use std::collections::HashMap;

use kgen::codec::{Decode, Empty};
use kgen::serde_json;

use crate::fixture::*;

fn json<T: kgen::serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("JSON")
}

#[test]
fn a_kind_begins_with_its_header() {
    assert_eq!(
        json(&Order::start()),
        concat!(
            r#"{"apiVersion":"shop.example.com/v1","kind":"Order","metadata":{},"#,
            r#""spec":{"customer":"","lines":[],"replicas":1,"payment":"Invoice","email":""}}"#,
        )
    );
}

#[test]
fn a_field_that_differs_from_what_absent_means_is_written() {
    let mut spec = OrderSpec::start();
    spec.retry.limit = 0;
    assert!(json(&spec).contains(r#""retry":{"limit":0,"mode":"linear"}"#));
    assert!(json(&OrderSpec::default()).contains(r#""replicas":0"#));
}

#[test]
fn an_empty_struct_is_an_empty_object() {
    assert_eq!(json(&OrderStatus::default()), "{}");
}

#[test]
fn a_newtype_is_what_it_holds() {
    assert_eq!(json(&Sku("a".to_owned())), r#""a""#);
}

#[test]
fn minus_zero_is_not_empty() {
    assert!(0.0.is_empty() && !(-0.0).is_empty());
    let retry = Retry {
        seconds: -0.0,
        ..Retry::start()
    };
    assert_eq!(json(&retry), r#"{"limit":3,"seconds":-0.0,"mode":"linear"}"#);
}

#[test]
fn containers_are_empty_without_items() {
    assert!(Empty::is_empty(&Vec::<Line>::new()) && !Empty::is_empty(&vec![0]));
    assert!(Empty::is_empty(&HashMap::<String, Line>::new()));
    assert!(Empty::is_empty(&None::<i32>) && !Empty::is_empty(&Some(0)));
    assert!(Empty::is_empty(&Box::new(String::new())));
}
