//! What defaulting fills in.

use std::collections::BTreeMap;

use kgen::Defaults;

use crate::fixture::*;

#[test]
fn optional_fields_and_everything_below_are_defaulted() {
    let inner = Bundle {
        outer: Some(Box::default()),
        inner: vec![Bundle::default()],
        ..Bundle::default()
    };
    let mut order = Order::default();
    order.spec.bundles = BTreeMap::from([("a".to_owned(), inner)]);
    order.set_defaults();
    assert_eq!((order.spec.priority, order.spec.customer.as_str()), (Some(5), "nobody"));
    let bundle = &order.spec.bundles["a"];
    assert_eq!((bundle.weight, bundle.inner[0].weight), (Some(1), Some(1)));
    assert_eq!(bundle.outer.as_ref().and_then(|outer| outer.weight), Some(1));
    assert_eq!(bundle.color.as_deref(), Some("brown"));
    assert_eq!(order.status, None);
}

#[test]
fn what_is_set_stays() {
    let mut spec = OrderSpec {
        priority: Some(0),
        ..OrderSpec::default()
    };
    spec.set_defaults();
    assert_eq!((spec.priority, spec.replicas), (Some(0), 0));
}

#[test]
fn the_chosen_variant_is_defaulted() {
    let mut shipment = Shipment::Parcel(Box::default());
    shipment.set_defaults();
    assert!(matches!(shipment, Shipment::Parcel(parcel) if parcel.insured == Some(true)));
}

#[test]
fn all_items_of_an_array_are_defaulted() {
    let mut pair = [Bundle::default(), Bundle::default()];
    pair.set_defaults();
    assert_eq!(pair.map(|bundle| bundle.weight), [Some(1), Some(1)]);
}
