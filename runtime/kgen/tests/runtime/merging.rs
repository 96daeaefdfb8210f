//! Deep merges follow the list and map types.

use std::collections::BTreeMap;

use kgen::k8s::DeepMerge;

use crate::fixture::*;

fn line(sku: &str, count: u16) -> Line {
    Line {
        sku: Sku(sku.to_owned()),
        count,
        carrier: Carrier::Courier,
        note: None,
        shipment: Shipment::Pallet(Shelf {
            number: i64::from(count),
        }),
        tags: vec![count.to_string()],
    }
}

#[test]
fn lists_merge_by_key_and_maps_by_value() {
    let mut order = Order::default();
    order.spec.lines = vec![line("a", 1), line("b", 2)];
    order.spec.labels = BTreeMap::from([("x".to_owned(), "1".to_owned())]);
    order.status = Some(OrderStatus {
        hosts: vec!["h".to_owned()],
        ..OrderStatus::default()
    });

    let mut other = order.clone();
    other.spec.lines = vec![line("b", 3), line("c", 4)];
    other.spec.labels = BTreeMap::from([("y".to_owned(), "2".to_owned())]);
    other.status = Some(OrderStatus {
        hosts: vec!["h".to_owned(), "i".to_owned()],
        ..OrderStatus::default()
    });

    order.merge_from(other);
    assert_eq!(order.spec.lines, [line("a", 1), line("b", 3), line("c", 4)]);
    assert_eq!(order.spec.labels.len(), 2);
    assert_eq!(
        order.status.map(|status| status.hosts),
        Some(vec!["h".to_owned(), "i".to_owned()])
    );
}
