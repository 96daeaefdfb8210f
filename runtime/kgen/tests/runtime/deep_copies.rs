//! Deep copies are equal, and reuse what the target holds.

use std::collections::{BTreeMap, HashMap};

use kgen::DeepCopy;
use kgen::k8s::ObjectMeta;
use kgen::serde_json::{self, json};

use crate::fixture::*;

fn line(sku: &str) -> Line {
    Line {
        sku: Sku(sku.to_owned()),
        count: 1,
        carrier: Carrier::Post,
        note: Some("a note".to_owned()),
        shipment: Shipment::Parcel(Box::default()),
        tags: vec!["tag".to_owned()],
    }
}

fn order(name: &str) -> Order {
    let mut order = Order::default();
    order.metadata.name = Some(name.to_owned());
    order.metadata.labels = Some(BTreeMap::from([("app".to_owned(), name.to_owned())]));
    order.spec.lines = vec![line("a"), line("b")];
    order.spec.labels = BTreeMap::from([("key".to_owned(), name.to_owned())]);
    order.status = Some(OrderStatus {
        hosts: vec![name.to_owned()],
        ..OrderStatus::default()
    });
    order
}

#[test]
fn a_copy_is_equal() {
    assert_eq!(order("a").deep_copy(), order("a"));
}

#[test]
fn a_copy_into_an_object_reuses_its_memory() {
    let (mut target, source) = (order("aaaa"), order("bbbb"));
    let memory = |order: &Order| {
        let labels = order.metadata.labels.as_ref().expect("labels");
        let Shipment::Parcel(parcel) = &order.spec.lines[1].shipment else {
            panic!("a parcel")
        };
        [
            order.metadata.name.as_ref().expect("a name").as_ptr(),
            labels["app"].as_ptr(),
            order.spec.lines.as_ptr().cast(),
            order.spec.lines[1].sku.0.as_ptr(),
            order.spec.lines[1].tags[0].as_ptr(),
            std::ptr::from_ref(&**parcel).cast(),
            order.spec.labels["key"].as_ptr(),
            order.status.as_ref().expect("a status").hosts[0].as_ptr(),
        ]
    };
    let before = memory(&target);
    target.deep_copy_from(&source);
    assert_eq!(target, source);
    assert_eq!(memory(&target), before);
    assert_ne!(memory(&source), before);
}

#[test]
fn metadata_is_copied_whole() {
    let json = json!({
        "annotations": {"a": "b"}, "creationTimestamp": "2024-01-01T00:00:00Z", "deletionGracePeriodSeconds": 1,
        "deletionTimestamp": "2024-01-02T00:00:00Z", "finalizers": ["f"], "generateName": "g", "generation": 2,
        "labels": {"l": "m"}, "managedFields": [{"manager": "m"}], "name": "n", "namespace": "ns",
        "ownerReferences": [{"apiVersion": "v1", "kind": "Pod", "name": "o", "uid": "u"}], "resourceVersion": "3",
        "selfLink": "s", "uid": "u"
    });
    let source: ObjectMeta = serde_json::from_value(json.clone()).expect("metadata");
    let mut target = ObjectMeta::default();
    target.deep_copy_from(&source);
    assert_eq!(serde_json::to_value(target).expect("JSON"), json);
}

#[test]
fn lists_shrink_and_grow() {
    let mut target = vec![line("a"), line("b"), line("c")];
    let (items, first) = (target.as_ptr(), target[0].sku.0.as_ptr());
    target.deep_copy_from(&vec![line("d")]);
    assert_eq!(target, [line("d")]);
    target.deep_copy_from(&vec![line("e"), line("f")]);
    assert_eq!(target, [line("e"), line("f")]);
    assert_eq!(
        (target.as_ptr(), target[0].sku.0.as_ptr(), target.capacity()),
        (items, first, 3)
    );
}

#[test]
fn maps_with_other_keys_keep_the_values_of_the_common_ones() {
    let map = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(key, value)| (key.to_string(), value.to_string()))
            .collect()
    };
    let (mut target, source) = (map(&[("a", "1"), ("b", "2")]), map(&[("b", "3"), ("c", "4")]));
    let kept = target["b"].as_ptr();
    target.deep_copy_from(&source);
    assert_eq!(target, source);
    assert_eq!(target["b"].as_ptr(), kept);

    let mut target: HashMap<_, _> = map(&[("a", "1"), ("b", "2")]).into_iter().collect();
    let source: HashMap<_, _> = source.into_iter().collect();
    let kept = target["b"].as_ptr();
    target.deep_copy_from(&source);
    assert_eq!(target, source);
    assert_eq!((target["b"].as_ptr(), target.deep_copy()), (kept, source));
}

#[test]
fn json_values_reuse_their_memory() {
    let mut target = json!({"a": ["text", 1], "b": null});
    let kept = target["a"][0].as_str().expect("text").as_ptr();
    let source = json!({"a": ["word", {"x": 2}], "c": true});
    target.deep_copy_from(&source);
    assert_eq!(target, source);
    assert_eq!(target["a"][0].as_str().expect("text").as_ptr(), kept);
}

#[test]
fn another_variant_replaces_the_old_one() {
    let mut target = Shipment::Parcel(Box::default());
    target.deep_copy_from(&Shipment::PickUp);
    assert_eq!(target, Shipment::PickUp);
    let mut target = Source::Supplier("a".to_owned());
    target.deep_copy_from(&Source::Supplier("b".to_owned()));
    assert_eq!(target, Source::Supplier("b".to_owned()));
}

#[test]
fn recursive_types_and_lists_of_objects_are_copied() {
    let inner = Bundle {
        name: "inner".to_owned(),
        ..Bundle::default()
    };
    let bundle = Bundle {
        outer: Some(Box::new(inner.clone())),
        inner: vec![inner],
        ..Bundle::default()
    };
    let mut target = Bundle::default();
    target.deep_copy_from(&bundle);
    assert_eq!(target, bundle);

    let list = OrderList {
        items: vec![order("a")],
        ..OrderList::default()
    };
    let mut target = list.deep_copy();
    target.deep_copy_from(&list);
    assert_eq!(target, list);
}

#[test]
fn arrays_reuse_the_memory_of_their_items() {
    let mut names = ["a long name".to_owned(), "another".to_owned()];
    let buffer = names[0].as_ptr();
    let source = ["short".to_owned(), String::new()];
    names.deep_copy_from(&source);
    assert_eq!((&names, names[0].as_ptr()), (&source, buffer));
    assert_eq!(source.deep_copy(), source);
}
