use case::{v1, v1beta1};
use kgen::conversion::ConvertFrom;

#[test]
fn values_have_other_names() {
    assert_eq!(v1::Phase::convert_from(v1beta1::Phase::Waiting), Ok(v1::Phase::Pending));
    assert_eq!(v1beta1::Phase::convert_from(v1::Phase::Pending), Ok(v1beta1::Phase::Waiting));
}

#[test]
fn a_value_of_one_version_is_refused() {
    let order = v1::Order {
        spec: v1::OrderSpec { phase: v1::Phase::Lost, ..Default::default() },
        ..Default::default()
    };
    let error = v1beta1::Order::convert_from(order).expect_err("there is no such phase");
    assert_eq!(error.to_string(), "spec.phase: the other version has no \"Lost\"");
}

#[test]
fn an_open_enum_keeps_what_it_does_not_know() {
    let huge = v1::Size::convert_from(v1beta1::Size::Huge).expect("the stored enum is open");
    assert_eq!(huge, v1::Size::Other("Huge".to_owned()));
    assert_eq!(v1beta1::Size::convert_from(huge), Ok(v1beta1::Size::Huge));
    assert_eq!(v1::Colour::convert_from(v1beta1::Colour::Other("Blue".to_owned())), Ok(v1::Colour::Blue));
    assert!(v1::Colour::convert_from(v1beta1::Colour::Other("Pink".to_owned())).is_err());
}
