//! Copies of Kubernetes' types in definitions.

use kgen_model::TypeRef;
use kgen_source::crd::CrdOptions;

use crate::common::{Run, differences, documents, meaning};
use crate::with_spec;

const TOLERATION: &str = "type: object, properties: {effect: {type: string, description: The effect.}, key: {type: string}, operator: {type: string}, tolerationSeconds: {type: integer, format: int64}, value: {type: string}}";
const SELECTOR: &str = "type: object, x-kubernetes-map-type: atomic, properties: {key: {type: string, description: The key of the secret.}, name: {type: string, default: ''}, optional: {type: boolean}}, required: [key]";

/// The type of Kubernetes that the property `a` has, by its name in OpenAPI, and the whole run.
#[track_caller]
fn of(property: &str, recognise_kubernetes: bool) -> Option<String> {
    let text = with_spec(&format!("{{a: {{{property}}}}}"));
    let options = CrdOptions {
        recognise_kubernetes,
        ..CrdOptions::default()
    };
    let run = Run::of(&text, &options).check();
    assert_eq!(run.errors(), Vec::<String>::new());
    let have = run.definitions().remove(0);
    let found = differences(&meaning(documents(&text).remove(0)), &meaning(have));
    assert!(found.is_empty(), "{}", found.join("\n"));
    let spec = run.model.types().find(|(_, ty)| ty.name == "OrderSpec")?.1;
    let TypeRef::Named(id) = run.model.wire_type(&spec.fields()?[0].ty) else {
        return None;
    };
    let name = &run.model.ty(*id).schema_name;
    name.starts_with("io.k8s").then(|| name.clone())
}

#[test]
fn a_copy_is_recognised_with_its_own_words() {
    assert_eq!(of(TOLERATION, true).as_deref(), Some("io.k8s.api.core.v1.Toleration"));
    assert_eq!(
        of(SELECTOR, true).as_deref(),
        Some("io.k8s.api.core.v1.SecretKeySelector")
    );
    let of_map = SELECTOR.replace("secret", "ConfigMap");
    assert_eq!(
        of(&of_map, true).as_deref(),
        Some("io.k8s.api.core.v1.ConfigMapKeySelector")
    );
}

#[test]
fn a_copy_may_say_more() {
    let more = TOLERATION.replace("value: {type: string}", "value: {type: string, maxLength: 63}");
    assert_eq!(
        of(&format!("{more}, description: Some words, minProperties: 1"), true).as_deref(),
        Some("io.k8s.api.core.v1.Toleration")
    );
}

#[test]
fn what_says_less_or_has_other_members_is_no_copy() {
    for other in [
        TOLERATION.replace("value: {type: string}", "values: {type: string}"),
        TOLERATION.replace("key: {type: string}, ", ""),
        TOLERATION.replace("int64", "int32"),
        format!("{TOLERATION}, required: [key]"),
        SELECTOR.replace("x-kubernetes-map-type: atomic, ", ""),
        SELECTOR.replace("secret", "thing"),
        SELECTOR.replace("{type: boolean}", "{type: boolean, nullable: true}"),
    ] {
        assert_eq!(of(&other, true), None, "{other}");
    }
}

#[test]
fn it_can_be_switched_off() {
    assert_eq!(of(TOLERATION, false), None);
}
