//! What holds for all objects.

use kgen_apiserver::apply::{Duplicates, FieldSet};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::things::{Store, TYPE, thing};

fn some(values: impl Strategy<Value = Value> + 'static) -> BoxedStrategy<Option<Value>> {
    prop::option::weighted(0.4, values).boxed()
}

fn texts() -> impl Strategy<Value = Value> {
    "[ab]".prop_map(Value::from)
}

fn maps(values: impl Strategy<Value = Value> + 'static) -> impl Strategy<Value = Value> {
    prop::collection::btree_map("[ab]", values, 0..3).prop_map(|members| Value::Object(members.into_iter().collect()))
}

fn free() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![texts(), Just(Value::Null), (0..3_i64).prop_map(Value::from)];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            maps(inner.clone()),
            prop::collection::vec(inner, 0..3).prop_map(Value::from),
        ]
    })
}

fn ports() -> impl Strategy<Value = Value> {
    let port = (80..83_i64, prop::option::of("TCP|UDP"), prop::option::of("[ab]"));
    prop::collection::vec(port, 0..4).prop_map(|ports| {
        let mut out: Vec<Value> = Vec::new();
        for (port, protocol, name) in ports {
            let mut item = Map::from_iter([("port".to_owned(), json!(port))]);
            let key = |item: &Value| {
                (
                    item["port"].clone(),
                    item.get("protocol").cloned().unwrap_or(json!("TCP")),
                )
            };
            item.extend(protocol.map(|protocol| ("protocol".to_owned(), json!(protocol))));
            item.extend(name.map(|name| ("name".to_owned(), json!(name))));
            let item = Value::Object(item);
            if out.iter().all(|other| key(other) != key(&item)) {
                out.push(item);
            }
        }
        Value::from(out)
    })
}

fn specs() -> impl Strategy<Value = Value> {
    let set = prop::collection::btree_set("[abc]", 0..3).prop_map(|set| json!(set));
    let fields = (
        some((0..3_i64).prop_map(Value::from)),
        some(prop::collection::vec(texts(), 0..3).prop_map(Value::from)),
        some(set),
        some(ports()),
        some(maps(texts())),
        some(maps(maps(texts()))),
        some(maps(free())),
    );
    fields.prop_map(|(n, atomic, set, ports, texts, structs, free)| {
        let names = ["n", "atomic", "set", "ports", "texts", "structs", "free"];
        let values = [n, atomic, set, ports, texts, structs, free];
        let fields = names
            .into_iter()
            .zip(values)
            .filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Value::Object(fields.collect())
    })
}

/// Three writes by others, and the object they leave.
fn stores() -> impl Strategy<Value = Store> {
    prop::collection::vec((specs(), any::<bool>()), 0..3).prop_map(|writes| {
        writes
            .into_iter()
            .enumerate()
            .fold(Store::new(), |store, (index, (spec, is_apply))| {
                let manager = format!("other-{index}");
                if is_apply {
                    store.force(&manager, spec)
                } else {
                    store.update(&manager, spec)
                }
            })
    })
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.live)
    }
}

/// Any JSON, with the names of the kind here and there.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        texts()
    ];
    let name = prop_oneof![
        Just("spec"),
        Just("ports"),
        Just("set"),
        Just("texts"),
        Just("port"),
        Just("metadata"),
        Just("f:spec")
    ];
    leaf.prop_recursive(5, 24, 4, move |inner| {
        let map = prop::collection::btree_map(name.clone().prop_map(str::to_owned), inner.clone(), 0..4);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Value::from),
            map.prop_map(|members| json!(members))
        ]
    })
}

proptest! {
    #[test]
    fn nothing_that_is_sent_panics(spec in anything(), live in anything(), managed in anything(), fields in anything()) {
        let mut stored = thing(live.clone());
        stored["metadata"]["managedFields"] = json!([{
            "manager": "x", "operation": "Apply", "apiVersion": "example.com/v1", "fieldsType": "FieldsV1", "fieldsV1": fields,
        }]);
        for stored in [stored, live] {
            let mut store = Store::new();
            store.live = stored;
            let _outcome = store.try_apply("a", spec.clone(), true);
            let mut object = thing(spec.clone());
            object["metadata"]["managedFields"] = managed.clone();
            let now = jiff::Timestamp::UNIX_EPOCH;
            let _written = crate::things::main_endpoint(&TYPE).update(&store.live, object, "u", now);
        }
        let _outcome = kgen_apiserver::apply::ObjectType::from_crd(&spec);
        let _causes = kgen_apiserver::apply::validate_managed_fields(&managed);
    }

    #[test]
    fn applying_twice_is_applying_once(store in stores(), spec in specs()) {
        let once = store.force("a", spec.clone());
        // Where nobody is recorded, the next applier finds everything to be there before.
        prop_assume!(!once.managed().is_empty());
        let live = once.live.clone();
        prop_assert_eq!(once.apply("a", spec).live, live);
    }

    #[test]
    fn what_is_applied_can_be_extracted(store in stores(), spec in specs()) {
        let store = store.force("a", spec.clone());
        let applied = thing(spec);
        let fields = TYPE.field_set(&applied);
        let extracted = TYPE.extract(&store.live, &fields);
        prop_assert_eq!(TYPE.field_set(&extracted).intersection(&fields), fields);
    }

    #[test]
    fn an_object_is_valid_after_every_apply(store in stores(), spec in specs()) {
        let store = store.force("a", spec);
        prop_assert!(TYPE.validate(&store.live, Duplicates::Allowed).is_ok());
    }

    #[test]
    fn what_others_own_stays_unless_it_is_applied(store in stores(), first in specs(), second in specs()) {
        let store = store.force("a", first);
        let others = |store: &Store| {
            let managed = store.managed();
            managed.iter().filter(|(id, _)| id.manager != "a").fold(FieldSet::default(), |all, (_, entry)| all.union(&entry.fields))
        };
        let (before, live) = (others(&store), store.live.clone());
        let store = store.force("a", second.clone());
        let kept = before.recursive_difference(&TYPE.field_set(&thing(second)));
        let comparison = TYPE.compare(&live, &store.live);
        let touched = kept.intersection(&comparison.modified).union(&kept.intersection(&comparison.added));
        prop_assert!(touched.is_empty(), "{}", touched);
    }

    #[test]
    fn giving_up_leaves_what_others_applied(store in stores(), spec in specs(), other in specs()) {
        let store = store.force("b", other).force("a", spec);
        let (live, managed) = (store.live.clone(), store.managed());
        let store = store.apply("a", json!({}));
        let comparison = TYPE.compare(&live, &store.live);
        let changed = comparison.removed.union(&comparison.modified).union(&comparison.added);
        let touched = managed.applied_by("b", "").map(|fields| fields.intersection(&changed)).unwrap_or_default();
        prop_assert!(touched.is_empty(), "{}", touched);
    }
}
