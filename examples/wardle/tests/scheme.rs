//! Flunders by the name of their kind, as a server handles them.

use kgen::conversion;
use kgen::scheme::Scheme;
use kgen::serde_json::{Value, json};
use kgen::validation::Operation;
use kgen::{GroupVersionKind, Object};
use wardle::{v1alpha1, v1beta1};

fn flunder(version: &str, spec: Value) -> Vec<u8> {
    let flunder = json!({
        "apiVersion": format!("wardle.example.com/{version}"), "kind": "Flunder",
        "metadata": {"name": "a", "namespace": "default"}, "spec": spec,
    });
    flunder.to_string().into_bytes()
}

fn decoded(scheme: &Scheme, version: &str, spec: Value) -> Box<dyn Object> {
    scheme.decode(&flunder(version, spec)).expect("a flunder")
}

#[test]
fn the_scheme_has_all_kinds() {
    let scheme = wardle::generated::scheme();
    let kinds: Vec<String> = scheme.kinds().map(|kind| kind.gvk.to_string()).collect();
    assert_eq!(
        kinds,
        [
            "wardle.example.com/v1alpha1, Kind=Fischer",
            "wardle.example.com/v1alpha1, Kind=Flunder",
            "wardle.example.com/v1beta1, Kind=Flunder",
        ]
    );
    let stored = scheme
        .storage_version("wardle.example.com", "Flunder")
        .expect("one is stored");
    assert_eq!(stored.gvk, GroupVersionKind::of::<v1alpha1::Flunder>());
    assert_eq!(
        stored.warning.as_deref(),
        Some("wardle.example.com/v1alpha1 Flunder is deprecated in v1.3+, unavailable in v1.10+")
    );
}

#[test]
fn a_flunder_goes_through_the_storage_version_and_back() {
    let scheme = wardle::generated::scheme();
    let spec = json!({"fischerReference": "f", "referenceType": "Fischer"});
    let stored = scheme
        .to_storage_version(decoded(&scheme, "v1beta1", spec))
        .expect("it converts");
    let old = stored
        .downcast_ref::<v1alpha1::Flunder>()
        .expect("it is stored as v1alpha1");
    assert_eq!(old.spec.reference, "f");
    assert_eq!(old.spec.reference_type, Some(v1alpha1::ReferenceType::Fischer));

    let new = scheme.convert(stored, "v1beta1").expect("it converts back");
    let new = new.downcast::<v1beta1::Flunder>().expect("it is of v1beta1");
    assert_eq!(new.spec.fischer_reference, "f");
    assert_eq!(new.metadata.name.as_deref(), Some("a"));
}

#[test]
fn typed_code_converts_without_the_scheme() {
    let mut old = v1alpha1::Flunder::default();
    old.spec.reference = "b".to_owned();
    old.spec.reference_type = Some(v1alpha1::ReferenceType::Flunder);
    let new: v1beta1::Flunder = conversion::convert(old.clone()).expect("it converts");
    assert_eq!(new.spec.flunder_reference, "b");
    assert_eq!(
        conversion::convert::<_, v1alpha1::Flunder>(new).expect("it converts back"),
        old
    );
}

#[test]
fn defaults_and_rules_are_those_of_the_version() {
    let scheme = wardle::generated::scheme();
    let mut old = decoded(&scheme, "v1alpha1", json!({"reference": "b"}));
    scheme.set_defaults(&mut *old).expect("a flunder");
    let old = old.downcast::<v1alpha1::Flunder>().expect("it is of v1alpha1");
    assert_eq!(old.spec.reference_type, Some(v1alpha1::ReferenceType::Flunder));

    let new = decoded(
        &scheme,
        "v1beta1",
        json!({"fischerReference": "f", "referenceType": "Flunder"}),
    );
    let errors = scheme.validate(&*new, None, &Operation::create()).expect("a flunder");
    assert_eq!(
        errors.to_string(),
        "[spec.flunderReference: Invalid value: \"\": must be specified when `referenceType` is \"Flunder\", \
         spec.fischerReference: Invalid value: \"\": may only be specified when `referenceType` is \"Fischer\"]"
    );
}

#[test]
fn what_a_flunder_does_not_have_is_found() {
    let scheme = wardle::generated::scheme();
    let text = flunder("v1beta1", json!({"reference": "b"}));
    let (_, findings) = scheme.decode_strict(&text).expect("a flunder");
    assert_eq!(findings[0].to_string(), r#"unknown field "spec.reference""#);
}
