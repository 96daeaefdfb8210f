//! Enums with data.

use kgen::serde_json::{self, json};

use crate::fixture::*;

fn read<T: kgen::serde::de::DeserializeOwned>(json: serde_json::Value) -> Result<T, String> {
    serde_json::from_value(json).map_err(|error| error.to_string())
}

fn refused<T: kgen::serde::de::DeserializeOwned>(json: serde_json::Value) -> String {
    read::<T>(json).err().expect("an error")
}

#[test]
fn one_member_tells_the_variant() {
    for (json, source) in [
        (json!({"shelf": {"number": 1}}), Source::Shelf(Shelf { number: 1 })),
        (json!({"supplier": "s"}), Source::Supplier("s".to_owned())),
        (json!({"nowhere": {}}), Source::Nowhere),
    ] {
        assert_eq!(read::<Source>(json.clone()), Ok(source.clone()));
        assert_eq!(serde_json::to_value(source).expect("JSON"), json);
    }
}

#[test]
fn null_and_unknown_members_do_not_count() {
    let source = read::<Source>(json!({"shelf": null, "new": {"x": 1}, "supplier": "s"}));
    assert_eq!(source, Ok(Source::Supplier("s".to_owned())));
}

#[test]
fn exactly_one_member_is_wanted() {
    assert_eq!(
        refused::<Source>(json!({})),
        r#"one of "shelf", "supplier", "nowhere" must be set"#
    );
    assert_eq!(
        refused::<Source>(json!({"shelf": {}, "supplier": "s"})),
        r#""shelf" and "supplier" exclude each other"#
    );
}

#[test]
fn the_same_member_twice_is_one_member() {
    let source: Source = serde_json::from_str(r#"{"supplier": "a", "supplier": "b"}"#).expect("a source");
    assert_eq!(source, Source::Supplier("b".to_owned()));
}

#[test]
fn the_discriminator_may_stand_anywhere() {
    let parcel = Shipment::Parcel(Box::new(ParcelSpec {
        grams: 3,
        fragile: true,
        insured: None,
    }));
    for json in [
        r#"{"shipment": "Parcel", "parcel": {"grams": 3, "fragile": true}}"#,
        r#"{"parcel": {"grams": 3, "fragile": true}, "pallet": null, "other": 1, "shipment": "Parcel"}"#,
    ] {
        assert_eq!(serde_json::from_str::<Shipment>(json).expect("a shipment"), parcel);
    }
    assert_eq!(
        serde_json::to_string(&parcel).expect("JSON"),
        r#"{"shipment":"Parcel","parcel":{"grams":3,"fragile":true}}"#
    );
}

#[test]
fn a_variant_without_data_is_its_discriminator() {
    assert_eq!(read(json!({"shipment": "PickUp"})), Ok(Shipment::PickUp));
    assert_eq!(
        serde_json::to_value(Shipment::PickUp).expect("JSON"),
        json!({"shipment": "PickUp"})
    );
}

#[test]
fn discriminator_and_member_must_agree() {
    for (json, message) in [
        (json!({}), r#"missing field "shipment""#),
        (json!({"shipment": ""}), r#"missing field "shipment""#),
        (json!({"pallet": {}}), r#"missing field "shipment""#),
        (json!({"shipment": "Parcel"}), r#"missing field "parcel""#),
        (
            json!({"shipment": "Parcel", "pallet": {}}),
            r#""pallet" is set, which does not go with "shipment" being "Parcel""#,
        ),
        (
            json!({"shipment": "PickUp", "pallet": {}}),
            r#""pallet" is set, which does not go with "shipment" being "PickUp""#,
        ),
        (
            json!({"shipment": "Pallet", "pallet": {}, "parcel": {}}),
            r#""pallet" and "parcel" exclude each other"#,
        ),
        (
            json!({"shipment": "Drone"}),
            r#"unsupported value "Drone" for "shipment", supported values: "Parcel", "Pallet", "PickUp""#,
        ),
    ] {
        assert_eq!(refused::<Shipment>(json), message);
    }
}

#[test]
fn a_flattened_union_stands_among_the_fields() {
    let json = json!({"sku": "a", "count": 1, "carrier": "Post", "shipment": "Pallet", "pallet": {"number": 2}});
    let line = read::<Line>(json.clone()).expect("a line");
    assert_eq!(line.shipment, Shipment::Pallet(Shelf { number: 2 }));
    assert_eq!(serde_json::to_value(line).expect("JSON"), json);
    assert_eq!(
        refused::<Line>(json!({"carrier": "Post"})),
        r#"missing field "shipment""#
    );
}

#[test]
fn a_flattened_optional_union_may_be_absent() {
    let parcel = read::<Parcel>(json!({"source": {"nowhere": {}}, "carrier": "Post"})).expect("a parcel");
    assert_eq!(parcel.extra, None);
    let parcel =
        read::<Parcel>(json!({"source": {"nowhere": {}}, "carrier": "Post", "shipment": "PickUp"})).expect("a parcel");
    assert_eq!(parcel.extra, Some(Shipment::PickUp));
}

#[test]
fn a_flattened_struct_without_default_stands_among_the_fields() {
    let json = json!({
        "apiVersion": "shop.example.com/v1", "kind": "Parcel", "metadata": {}, "spec": {"grams": 0},
        "source": {"supplier": "s"}, "carrier": "Courier", "hurry": null, "shipment": "PickUp"
    });
    let parcel = read::<Parcel>(json.clone()).expect("a parcel");
    assert_eq!(
        parcel.handling,
        Handling {
            carrier: Carrier::Courier,
            hurry: None
        }
    );
    assert_eq!(serde_json::to_value(parcel).expect("JSON"), json);
    assert_eq!(
        refused::<Parcel>(json!({"source": {"nowhere": {}}})),
        r#"missing field "carrier""#
    );
}
