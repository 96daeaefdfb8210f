//! What the sample API server of Kubernetes makes of flunders of either version.

use kgen::Defaults;
use kgen::conversion::{ConvertFrom, convert};
use wardle::{v1alpha1, v1beta1};

fn stored(reference: &str, reference_type: Option<v1alpha1::ReferenceType>) -> v1alpha1::Flunder {
    v1alpha1::Flunder {
        spec: v1alpha1::FlunderSpec {
            reference: reference.to_owned(),
            reference_type,
        },
        ..Default::default()
    }
}

fn spec(flunder: &str, fischer: &str, reference_type: Option<v1beta1::ReferenceType>) -> v1beta1::FlunderSpec {
    v1beta1::FlunderSpec {
        flunder_reference: flunder.to_owned(),
        fischer_reference: fischer.to_owned(),
        reference_type,
    }
}

#[test]
fn each_sort_of_reference_has_a_field() {
    let cases = [
        (
            Some(v1alpha1::ReferenceType::Flunder),
            spec("a", "", Some(v1beta1::ReferenceType::Flunder)),
        ),
        (
            Some(v1alpha1::ReferenceType::Fischer),
            spec("", "a", Some(v1beta1::ReferenceType::Fischer)),
        ),
    ];
    for (reference_type, spec) in cases {
        let flunder = stored("a", reference_type);
        let converted = v1beta1::Flunder::convert_from(flunder.clone()).expect("flunders can be converted");
        assert_eq!(converted.spec, spec);
        assert_eq!(convert(converted), Ok(flunder));
    }
}

#[test]
fn a_reference_has_a_type_once_defaults_are_set() {
    let mut flunder = stored("a", None);
    flunder.set_defaults();
    let converted = v1beta1::Flunder::convert_from(flunder).expect("flunders can be converted");
    assert_eq!(converted.spec, spec("a", "", Some(v1beta1::ReferenceType::Flunder)));
}

#[test]
fn what_is_no_reference_stays_none() {
    let converted = v1beta1::Flunder::convert_from(stored("", None)).expect("flunders can be converted");
    assert_eq!(converted, v1beta1::Flunder::default());
}
