use case::{v1, v1beta1};
use kgen::conversion::{ConvertFrom, convert};

#[test]
fn one_function_serves_both_directions() {
    let old = v1beta1::Order {
        spec: v1beta1::OrderSpec {
            customer: "Ada Lovelace".to_owned(),
            closed: false,
            amount: 3,
            address: v1beta1::Address("Ockham".to_owned()),
        },
        ..Default::default()
    };
    let new: v1::Order = convert(old.clone()).expect("it can be converted");
    assert_eq!((new.spec.first_name.as_str(), new.spec.last_name.as_str()), ("Ada", "Lovelace"));
    assert_eq!((new.spec.open, new.spec.amount), (true, 3));
    assert_eq!(new.spec.address.line, "Ockham");
    assert_eq!(v1beta1::Order::convert_from(new), Ok(old));
}
