use case::{v1, v1beta1};
use kgen::conversion::ConvertFrom;

fn empty() -> v1beta1::OrderSpec {
    v1beta1::OrderSpec::default()
}

#[test]
fn absent_becomes_the_default() {
    let new = v1::OrderSpec::convert_from(empty()).expect("it can be converted");
    assert_eq!((new.priority, new.size.as_str(), new.retry.limit), (5, "small", 3));
    let new = v1::OrderSpec { lines: vec![v1::Line::default()], ..new };
    let old = v1beta1::OrderSpec::convert_from(new).expect("it can be converted");
    assert_eq!(old.lines[0].unit, "kg");
}

#[test]
fn what_is_said_comes_back_even_if_it_is_empty_or_the_default() {
    for (priority, size) in [(0, ""), (5, "small"), (9, "large")] {
        let old = v1beta1::OrderSpec {
            priority: Some(priority),
            size: Some(size.to_owned()),
            retry: Some(v1beta1::Retry { limit: 0 }),
            lines: vec![v1beta1::Line::default()],
        };
        let new = v1::OrderSpec::convert_from(old.clone()).expect("it can be converted");
        assert_eq!((new.priority, new.size.as_str(), new.retry.limit), (i64::from(priority), size, 0));
        assert_eq!(v1beta1::OrderSpec::convert_from(new), Ok(old));
    }
}

#[test]
fn a_default_is_said_on_the_way_back() {
    let new = v1::OrderSpec::convert_from(empty()).expect("it can be converted");
    let old = v1beta1::OrderSpec::convert_from(new).expect("it can be converted");
    assert_eq!((old.priority, old.size.as_deref()), (Some(5), Some("small")));
}
