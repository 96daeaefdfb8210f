//! Objects without their type.

use kgen::k8s_openapi::api::core::v1::Pod;
use kgen::serde_json;
use kgen::{GroupVersionKind, Object};

use crate::fixture::*;

fn order(name: &str) -> Box<dyn Object> {
    let mut order = Order::default();
    order.metadata.name = Some(name.to_owned());
    Box::new(order)
}

#[test]
fn an_object_knows_its_kind() {
    let gvk = order("a").gvk();
    assert_eq!(gvk, GroupVersionKind::of::<Order>());
    assert_eq!(gvk.to_string(), "shop.example.com/v1, Kind=Order");
    assert_eq!(gvk.api_version(), "shop.example.com/v1");
    assert_eq!(GroupVersionKind::of::<Pod>().api_version(), "v1");
}

#[test]
fn an_object_gives_its_metadata() {
    let mut object = order("a");
    object.object_meta_mut().namespace = Some("default".to_owned());
    assert_eq!(object.object_meta().name.as_deref(), Some("a"));
    assert_eq!(
        object
            .downcast_ref::<Order>()
            .and_then(|order| order.metadata.namespace.as_deref()),
        Some("default")
    );
}

#[test]
fn an_object_is_only_what_it_is() {
    let mut object = order("a");
    assert!(object.is::<Order>() && !object.is::<Pod>());
    assert!(object.downcast_ref::<Pod>().is_none());
    object.downcast_mut::<Order>().expect("an order").spec.replicas = 3;
    let object = object.downcast::<Pod>().expect_err("no pod");
    assert_eq!(object.downcast::<Order>().expect("an order").spec.replicas, 3);
}

#[test]
fn copies_share_nothing() {
    let object = order("a");
    let mut copy = object.clone();
    copy.object_meta_mut().name = Some("b".to_owned());
    assert_eq!(object.object_meta().name.as_deref(), Some("a"));
}

#[test]
fn objects_are_written_with_their_header() {
    let object: Box<dyn Object> = Box::new(Pod::default());
    let mut text = Vec::new();
    object.write_json(&mut text).expect("JSON");
    let json = object.to_json().expect("JSON");
    assert_eq!(json["kind"], "Pod");
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&text).expect("JSON"), json);
}
