//! What generated serde does with values.

use kgen::k8s::{IntOrString, ListableResource, Quantity, Resource};
use serde_json::{Value, from_value, json, to_value};
use shapes::generated::shapes::OrderList;
use shapes::shapes::*;

fn spec(value: Value) -> OrderSpec {
    from_value(value).expect("the value is a spec")
}

fn message<T: serde::de::DeserializeOwned>(value: Value) -> String {
    from_value::<T>(value)
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default()
}

fn line() -> Value {
    json!({
        "sku": "x", "carrier": "Post", "shipment": "PickUp", "slow": "Post", "pair": ["Post", "Post"],
        "condition": {
            "type": "A", "status": "True", "reason": "", "message": "", "lastTransitionTime": "1970-01-01T00:00:00Z"
        }
    })
}

#[test]
fn what_is_absent_is_not_written() {
    let written = to_value(spec(json!({}))).expect("specs can be written");
    let names: Vec<_> = written.as_object().into_iter().flat_map(|spec| spec.keys()).collect();
    // What is required is written, and what has a default.
    let wanted = [
        "email",
        "firstAndLast",
        "null",
        "pages",
        "phone",
        "port",
        "result",
        "word",
        "wrapper",
    ];
    assert_eq!(names, wanted);
    let order = json!({"apiVersion": "shop.example.com/v1", "kind": "Order", "metadata": {}});
    let read: Order = from_value(order.clone()).expect("all is optional");
    assert_eq!(to_value(read).ok(), Some(order));
}

#[test]
fn an_empty_object_is_as_good_as_none() {
    for name in ["constants", "retry", "boxed", "pod", "byHand"] {
        assert_eq!(spec(json!({name: {}})), spec(json!({})), "{name}");
    }
    assert_ne!(spec(json!({"retry": {"limit": 0}})), spec(json!({})));
}

#[test]
fn what_differs_from_an_absent_value_is_written() {
    let changes = [
        json!({"retry": {"limit": 0}}),
        json!({"boxed": {"on": false}}),
        json!({"boxed": {"names": []}}),
        json!({"boxed": {"contact": 1, "phone": ""}}),
        json!({"boxed": {"wrapped": {"limit": 0}}}),
        json!({"phase": "Done"}),
        json!({"own": {"ok": true}}),
        json!({"byHand": {"b": 0}}),
        json!({"byHand": {"a": 1}}),
        json!({"place": {"type": "There", "there": {"url": "x"}}}),
        json!({"port": 0}),
        json!({"timeout": "1s"}),
        json!({"constants": {"near": 0.0}}),
    ];
    for change in changes {
        let read = spec(change.clone());
        assert_ne!(read, spec(json!({})), "{change}");
        let written = to_value(&read).expect("specs can be written");
        assert_eq!(spec(written), read, "{change}");
    }
}

#[test]
fn declared_defaults_are_what_they_say() {
    let constants: Constants = from_value(json!({})).expect("all have defaults");
    assert_eq!(
        (constants.small, constants.big, constants.least),
        (-3, u64::MAX, i64::MIN)
    );
    assert_eq!((constants.far, constants.near, constants.minus), (1e300, 0.1, -1.5));
    assert_eq!(constants.value["a"][2], json!(3_000_000_000_u64));
    assert_eq!(constants.raw.0, json!({"x": 1}));
    assert_eq!(
        (constants.number, constants.quantity),
        (IntOrString::Int(80), Quantity("500m".to_owned()))
    );
    assert_eq!(constants.timeout.to_string(), "1h30m0s");
    assert_eq!((constants.retry.limit, constants.retry.mode.as_str()), (7, "linear"));
    assert_eq!(
        (constants.boxed.limit, constants.odd),
        (3, Phase::Other("odd".to_owned()))
    );
    assert_eq!(constants.lines[0].condition.type_, "Ready");
    assert_eq!(constants.lines[0].handling.slow, Carrier::Courier);
    assert_eq!((constants.lines[0].count, constants.lines[0].retry.limit), (1, 3));
}

#[test]
fn a_default_by_hand_holds_where_none_is_declared() {
    let by_hand: ByHand = from_value(json!({})).expect("nothing is required");
    assert_eq!((by_hand.a, by_hand.b), (3, 2));
}

#[test]
fn assembled_structs_have_their_defaults() {
    let line: Line = from_value(line()).expect("nothing is missing");
    assert_eq!(
        (line.count, line.unit.as_str(), line.often.limit, line.boxed.limit),
        (1, "piece", 7, 3)
    );
    assert_eq!(
        (line.contact.phone.as_str(), line.page.first.int),
        ("none", Box::new(3))
    );
    assert_eq!((line.shipment, line.source), (Shipment::PickUp, None));
}

#[test]
fn assembled_structs_name_what_is_missing() {
    for name in ["carrier", "slow", "pair", "condition", "shipment"] {
        let mut line = line();
        line.as_object_mut().expect("it is an object").remove(name);
        assert_eq!(message::<Line>(line), format!("missing field \"{name}\""));
    }
}

#[test]
fn values_come_back_as_they_were() {
    let mut full = line();
    let more = json!({
        "count": 4, "note": "", "parcel": {"url": "x"}, "shipment": "Parcel", "svn": {"url": "y"}, "tags": ["a"], "hurry": null,
        "email": "e", "byName": {"a": null, "b": {"items": [{}], "next": {"plain": 3}, "first": {}}}
    });
    full.as_object_mut()
        .expect("it is an object")
        .extend(more.as_object().cloned().unwrap_or_default());
    let value = json!({
        "line": full, "nested": {"items": [{"items": [], "first": {}}], "first": {"items": [], "first": {"limit": 1}}},
        "either": {"right": {"plain": 1}}, "wrapper": {"on": false}, "null": 1, "result": {"ok": true},
        "word": {"fn": 1, "loop": "", "mod": "t"}, "times": ["2026-01-02T03:04:05Z"], "tags": {"vcs": "Svn"},
        "only": {"svn": {"url": ""}}, "onlyTagged": {"type": "Git", "git": {"url": ""}}, "unit": {}, "old": {"former": "Past"},
        "mixed": {"outer": 0, "count": 1, "vcs": "Git", "email": "", "phone": ""}, "firstAndLast": "o"
    });
    let read = spec(value);
    let written = to_value(&read).expect("specs can be written");
    assert_eq!(written["line"]["byName"]["b"]["next"]["plain"], 3);
    assert_eq!(
        written["mixed"],
        json!({"outer": 0, "count": 1, "vcs": "Git", "email": "", "phone": ""})
    );
    assert_eq!(spec(written), read);
}

#[test]
fn parts_of_parts_have_their_defaults() {
    let mixed: Mixed = from_value(json!({})).expect("nothing is required");
    assert_eq!(
        (mixed.outer, mixed.inner.count, mixed.inner.contact.phone.as_str()),
        (2, 2, "none")
    );
}

#[test]
fn kinds_say_what_they_are() {
    let written = shapes::crossing(r#"{"out": "Post", "shipment": "PickUp"}"#).expect("nothing is missing");
    let start = r#"{"apiVersion":"shop.example.com/v1","kind":"HTTPCrossing","metadata":{},"spec":{"limit":3"#;
    assert!(written.starts_with(start), "{written}");
    let wrong = shapes::crossing(r#"{"kind": "Order", "out": "Post"}"#)
        .err()
        .map(|error| error.to_string());
    assert!(wrong.is_some_and(|wrong| wrong.starts_with("kind is \"Order\"")));
    assert_eq!(
        (<Order as ListableResource>::LIST_KIND, Scale::URL_PATH_SEGMENT),
        ("OrderList", "scale")
    );
    let list: OrderList =
        from_value(json!({"kind": "OrderList", "metadata": {}, "items": [{}]})).expect("it is a list");
    assert_eq!(list.items.len(), 1);
}

#[cfg(feature = "kube")]
#[test]
fn kube_finds_spec_and_status() {
    use kube_core::object::{HasSpec, HasStatus};

    let mut order = Order::default();
    order.spec_mut().null = Some(1);
    *order.status_mut() = Some(Box::default());
    assert_eq!(
        (order.spec().null, order.status().map(|status| status.limit)),
        (Some(1), Some(0))
    );
}
