use case::{v1, v1beta1};
use kgen::conversion::ConvertFrom;
use kgen::k8s::{Duration, Quantity};

fn old() -> v1beta1::OrderSpec {
    v1beta1::OrderSpec {
        volume: "1.50Gi".to_owned(),
        wait: "1h30m0s".to_owned(),
        due: Some("2024-02-29T12:00:00Z".to_owned()),
        steps: vec!["2024-02-29T12:00:00.000001Z".to_owned()],
        colour: "Blue".to_owned(),
        weights: vec![Quantity("1".to_owned())],
    }
}

#[test]
fn texts_become_values_and_come_back() {
    let new = v1::OrderSpec::convert_from(old()).expect("it can be converted");
    assert_eq!((new.volume.0.as_str(), new.wait), ("1.50Gi", Duration::from_nanos(5_400_000_000_000)));
    assert_eq!(v1beta1::OrderSpec::convert_from(new), Ok(old()));
}

#[test]
fn other_spellings_come_back_in_the_usual_one() {
    let due = Some("2024-02-29T13:00:00+01:00".to_owned());
    let other = v1beta1::OrderSpec { wait: "1.5h".to_owned(), due, ..old() };
    let new = v1::OrderSpec::convert_from(other).expect("it can be converted");
    assert_eq!(v1beta1::OrderSpec::convert_from(new), Ok(old()));
}

#[test]
fn what_is_no_such_text_is_an_error_with_its_path() {
    let refused = |old: v1beta1::OrderSpec| {
        let error = v1::OrderSpec::convert_from(old).expect_err("it is none");
        (error.path().to_owned(), error.message().to_owned())
    };
    let volume = v1beta1::OrderSpec { volume: "much".to_owned(), ..old() };
    assert_eq!(refused(volume), ("volume".to_owned(), "\"much\" is no quantity".to_owned()));
    let wait = v1beta1::OrderSpec { wait: "long".to_owned(), ..old() };
    assert_eq!(refused(wait).0, "wait");
    let due = v1beta1::OrderSpec { due: Some("soon".to_owned()), ..old() };
    assert_eq!(refused(due).0, "due");
    let steps = [old().steps, vec![String::new()]].concat();
    assert_eq!(refused(v1beta1::OrderSpec { steps, ..old() }).0, "steps[1]");
    let new = v1::OrderSpec::convert_from(old()).expect("it can be converted");
    let error = v1beta1::OrderSpec::convert_from(v1::OrderSpec { weights: vec!["a".to_owned()], ..new });
    assert_eq!(error.expect_err("it is none").to_string(), "weights[0]: \"a\" is no quantity");
}
