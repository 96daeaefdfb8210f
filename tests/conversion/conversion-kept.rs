use std::collections::BTreeMap;

use case::{v1, v1beta1};
use kgen::conversion::ConvertFrom;

#[test]
fn values_travel_in_annotations() {
    let old = v1beta1::Order {
        spec: v1beta1::OrderSpec {
            customer: "a".to_owned(),
            colour: Some("red".to_owned()),
            wrapping: Some(v1beta1::Wrapping { ribbon: true, paper: String::new() }),
        },
        ..Default::default()
    };
    let new = v1::Order::convert_from(old.clone()).expect("it can be converted");
    let kept = BTreeMap::from([
        ("shop.example.com/v1beta1.spec.colour".to_owned(), "\"red\"".to_owned()),
        ("shop.example.com/v1beta1.spec.wrapping.ribbon".to_owned(), "true".to_owned()),
    ]);
    assert_eq!(new.metadata.annotations, Some(kept));
    assert_eq!(v1beta1::Order::convert_from(new), Ok(old));
}

#[test]
fn values_of_the_stored_version_travel_too() {
    let new = v1::Order {
        spec: v1::OrderSpec { priority: 7, ..Default::default() },
        ..Default::default()
    };
    let old = v1beta1::Order::convert_from(new.clone()).expect("it can be converted");
    assert_eq!(old.metadata.annotations.as_ref().map(BTreeMap::len), Some(1));
    assert_eq!(v1::Order::convert_from(old), Ok(new));
}

#[test]
fn usual_values_need_no_annotation() {
    let new = v1::Order {
        spec: v1::OrderSpec { priority: 5, ..Default::default() },
        ..Default::default()
    };
    let old = v1beta1::Order::convert_from(new).expect("it can be converted");
    assert_eq!(old.metadata.annotations, None);
}
