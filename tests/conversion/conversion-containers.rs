use std::collections::BTreeMap;

use case::{v1, v1beta1};
use kgen::conversion::ConvertFrom;

#[test]
fn everything_is_converted_item_by_item() {
    let line = v1beta1::Line { sku: "a".to_owned() };
    let old = v1beta1::OrderSpec {
        lines: vec![line.clone()],
        by_sku: BTreeMap::from([("s".to_owned(), vec![line.clone()])]),
        edges: [1, 2],
        names: vec![v1beta1::Name("n".to_owned())],
        nested: Some(vec![None, Some(line)]),
        hashed: BTreeMap::from([("h".to_owned(), 5)]),
        ..Default::default()
    };
    let new = v1::OrderSpec::convert_from(old.clone()).expect("it can be converted");
    assert_eq!(new.by_sku[&v1::Sku("s".to_owned())], [v1::Line { sku: "a".to_owned() }]);
    assert_eq!((new.edges.as_slice(), new.names.as_slice()), ([1, 2].as_slice(), ["n".to_owned()].as_slice()));
    assert_eq!(new.hashed["h"], 5);
    assert_eq!(v1beta1::OrderSpec::convert_from(new), Ok(old));
}

#[test]
fn errors_tell_the_key_and_the_length() {
    let mut new = v1::OrderSpec { edges: vec![0; 2], ..Default::default() };
    new.hashed.insert("big".to_owned(), 1 << 40);
    let error = v1beta1::OrderSpec::convert_from(new).expect_err("it is too large");
    assert_eq!(error.to_string(), "hashed[big]: 1099511627776 does not fit into i32");
    let error = v1beta1::OrderSpec::convert_from(v1::OrderSpec::default()).expect_err("there are no edges");
    assert_eq!(error.to_string(), "edges: the other version has 2 items, not 0");
}
