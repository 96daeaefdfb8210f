//! What holds for every value.

use kgen::DeepCopy;
use kgen::codec::{from_slice, from_slice_strict};
use kgen::k8s::Quantity;
use kgen::serde_json;
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;

use crate::fixture::*;

fn text() -> impl Strategy<Value = String> {
    vec(any::<char>(), 0..6).prop_map(String::from_iter)
}

fn shipment() -> impl Strategy<Value = Shipment> {
    prop_oneof![
        (any::<i64>(), any::<bool>()).prop_map(|(grams, fragile)| Shipment::Parcel(Box::new(ParcelSpec {
            grams,
            fragile,
            insured: None
        }))),
        any::<i64>().prop_map(|number| Shipment::Pallet(Shelf { number })),
        Just(Shipment::PickUp),
    ]
}

fn line() -> impl Strategy<Value = Line> {
    let carrier = prop_oneof![Just(Carrier::Post), Just(Carrier::Courier)];
    (text(), any::<u16>(), carrier, of(text()), shipment(), vec(text(), 0..3)).prop_map(
        |(sku, count, carrier, note, shipment, tags)| Line {
            sku: Sku(sku),
            count,
            carrier,
            note,
            shipment,
            tags,
        },
    )
}

fn bundle() -> impl Strategy<Value = Bundle> {
    let leaf = text().prop_map(|name| Bundle {
        name,
        ..Bundle::default()
    });
    leaf.prop_recursive(3, 12, 3, |bundle| {
        (text(), of(bundle.clone()), vec(bundle, 0..3), of(any::<i32>())).prop_map(|(name, outer, inner, weight)| {
            Bundle {
                name,
                outer: outer.map(Box::new),
                inner,
                weight,
                color: None,
            }
        })
    })
}

fn spec() -> impl Strategy<Value = OrderSpec> {
    let payment = prop_oneof![Just(PaymentMethod::Invoice), Just(PaymentMethod::CreditCard)];
    let plain = (
        text(),
        any::<i32>(),
        payment,
        any::<bool>(),
        any::<u32>(),
        any::<i32>().prop_map(f64::from),
    );
    let maps = (
        btree_map(text(), text(), 0..3),
        btree_map(text(), bundle(), 0..2),
        vec(line(), 0..3),
    );
    let optional = (of(text()), of(text()), of(any::<i32>()), of(text()));
    (plain, maps, optional).prop_map(|(plain, (labels, bundles, lines), (phone, budget, priority, r#type))| {
        let (customer, replicas, payment, draft, limit, seconds) = plain;
        OrderSpec {
            contact: Contact {
                email: customer.clone(),
                phone,
            },
            retry: Retry {
                limit,
                seconds,
                mode: "linear".to_owned(),
            },
            budget: budget.map(Quantity),
            customer,
            lines,
            replicas,
            labels,
            payment,
            draft,
            priority,
            bundles,
            r#type,
        }
    })
}

fn status() -> impl Strategy<Value = OrderStatus> {
    let phase = prop_oneof![
        Just(Phase::Pending),
        Just(Phase::Done),
        Just(Phase::Other("Lost".to_owned()))
    ];
    (phase, vec(text(), 0..3)).prop_map(|(phase, hosts)| OrderStatus {
        phase,
        hosts,
        ..OrderStatus::default()
    })
}

fn order() -> impl Strategy<Value = Order> {
    (spec(), of(status())).prop_map(|(spec, status)| Order {
        spec,
        status,
        ..Order::default()
    })
}

/// JSON that is nearly an order: names that there are, and values that fit or do not.
fn json() -> impl Strategy<Value = serde_json::Value> {
    let names = [
        "apiVersion",
        "kind",
        "metadata",
        "spec",
        "status",
        "lines",
        "carrier",
        "shipment",
        "parcel",
        "pallet",
        "number",
        "grams",
        "retry",
        "limit",
        "mode",
        "bundles",
        "outer",
        "inner",
        "labels",
        "conditions",
        "hosts",
        "other",
    ];
    let values = vec!["Order", "shop.example.com/v1", "Post", "Parcel", "PickUp", ""];
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        (0..9).prop_map(Into::into),
        proptest::sample::select(values).prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 40, 6, move |value| {
        let name = proptest::sample::select(names.to_vec()).prop_map(str::to_owned);
        prop_oneof![
            1 => vec(value.clone(), 0..3).prop_map(serde_json::Value::Array),
            4 => btree_map(name, value, 0..6).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn json_text_round_trips(order in order()) {
        let text = serde_json::to_vec(&order).expect("JSON");
        prop_assert_eq!(from_slice::<Order>(&text).expect("an order"), order);
    }

    #[test]
    fn json_values_round_trip(order in order()) {
        let value = serde_json::to_value(&order).expect("JSON");
        prop_assert_eq!(serde_json::from_value::<Order>(value).expect("an order"), order);
    }

    #[test]
    fn what_is_written_is_clean_when_read_strictly(order in order()) {
        let text = serde_json::to_vec(&order).expect("JSON");
        let (read, findings) = from_slice_strict::<Order>(&text).expect("an order");
        prop_assert_eq!(read, order);
        prop_assert_eq!(findings, []);
    }

    #[test]
    fn a_deep_copy_into_anything_is_the_source(mut target in order(), source in order()) {
        target.deep_copy_from(&source);
        prop_assert_eq!(&target, &source);
        prop_assert_eq!(source.deep_copy(), target);
    }

    #[test]
    fn strict_and_lenient_decoding_agree(spec in json()) {
        let text = serde_json::json!({"spec": spec}).to_string();
        let lenient = from_slice::<Order>(text.as_bytes()).map_err(|error| error.to_string());
        let strict = from_slice_strict::<Order>(text.as_bytes()).map_err(|error| error.to_string());
        prop_assert_eq!(strict.map(|(order, _)| order), lenient);
    }

    #[test]
    fn what_is_read_comes_back(spec in json()) {
        if let Ok(order) = serde_json::from_value::<Order>(serde_json::json!({"spec": spec})) {
            let text = serde_json::to_vec(&order).expect("JSON");
            prop_assert_eq!(from_slice::<Order>(&text).expect("an order"), order);
        }
    }
}
