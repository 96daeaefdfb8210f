use case::{v1, v1beta1};
use kgen::conversion::ConvertFrom;

fn old() -> v1beta1::OrderSpec {
    v1beta1::OrderSpec {
        size: "Huge".to_owned(),
        sku: "a".to_owned(),
        text: v1beta1::Sku("b".to_owned()),
        count: 3,
        weight: 0.5,
        ..Default::default()
    }
}

#[test]
fn empty_and_absent_are_the_same() {
    let new = v1::OrderSpec::convert_from(old()).expect("it can be converted");
    assert_eq!((new.absent, new.empty.as_str()), (None, ""));
    let old = v1beta1::OrderSpec { absent: "a".to_owned(), empty: Some("b".to_owned()), ..old() };
    let new = v1::OrderSpec::convert_from(old).expect("it can be converted");
    assert_eq!((new.absent.as_deref(), new.empty.as_str()), (Some("a"), "b"));
}

#[test]
fn names_become_values() {
    let new = v1::OrderSpec::convert_from(old()).expect("it can be converted");
    assert_eq!(new.size, v1::Size::Other("Huge".to_owned()));
    assert_eq!((new.sku.0.as_str(), new.text.as_str()), ("a", "b"));
    assert_eq!(v1beta1::OrderSpec::convert_from(new), Ok(old()));
}

#[test]
fn numbers_that_do_not_fit_are_errors() {
    let new = v1::OrderSpec { count: 300, ..v1::OrderSpec::convert_from(old()).expect("it can be converted") };
    let error = v1beta1::OrderSpec::convert_from(new).expect_err("it is too large");
    assert_eq!(error.to_string(), "count: 300 does not fit into u8");
}
