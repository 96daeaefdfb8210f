use case::{v1, v1beta1};
use kgen::conversion::{ConvertFrom, ConvertInto};

#[test]
fn values_stand_where_they_were_moved_to() {
    let old = v1beta1::OrderSpec {
        account: "a".to_owned(),
        terms: v1beta1::Terms { due: Some(3) },
        street: "b".to_owned(),
        days: None,
        address: Some(v1beta1::Address { line: "c".to_owned() }),
    };
    let new = v1::OrderSpec {
        billing: v1::Billing { account: "a".to_owned(), due: Some(3), address: Some(v1::Address { street: "c".to_owned() }) },
        shipping: Some(v1::Shipping { street: "b".to_owned(), days: None }),
    };
    assert_eq!(old.clone().convert_into().as_ref(), Ok(&new));
    assert_eq!(v1beta1::OrderSpec::convert_from(new), Ok(old));
}

#[test]
fn nothing_is_made_for_what_says_nothing() {
    let new = v1::OrderSpec::convert_from(v1beta1::OrderSpec::default()).expect("it can be converted");
    assert_eq!(new.shipping, None);
}

#[test]
fn what_does_not_fit_is_an_error_at_its_place() {
    let shipping = Some(v1::Shipping { days: Some(1 << 40), ..Default::default() });
    let order = v1::Order {
        spec: v1::OrderSpec { shipping, ..Default::default() },
        ..Default::default()
    };
    let error = v1beta1::Order::convert_from(order).expect_err("it is too large");
    assert_eq!(error.to_string(), "spec.days: 1099511627776 does not fit into i32");
}
