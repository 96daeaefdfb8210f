//! `CustomResourceExt` against the generated files.

use kube::{CustomResourceExt, Resource};
use serde_json::Value;

use crate::support::documents::crd;
use crate::support::{Example, each_kind};

/// The definition in the crate is the one in the YAML file, as data and after a detour through kube's type.
fn definitions_equal_the_files<T: Example + CustomResourceExt + Resource<DynamicType = ()>>() {
    let file = crd::<T>();
    let code = serde_json::to_value(T::crd()).expect("definitions can be written");
    assert!(held(&code) == held(&file), "code:\n{code:#}\nfile:\n{file:#}");
    assert_eq!(T::crd_name(), file["metadata"]["name"]);

    let names = &file["spec"]["names"];
    let resource = T::api_resource();
    assert_eq!(
        (resource.group.as_str(), resource.version.as_str()),
        (
            <T as k8s_openapi::Resource>::GROUP,
            <T as k8s_openapi::Resource>::VERSION
        )
    );
    assert_eq!(
        (resource.kind.as_str(), resource.plural.as_str()),
        (text(&names["kind"]), text(&names["plural"]))
    );
    let shortnames: Vec<&str> = names["shortNames"].as_array().into_iter().flatten().map(text).collect();
    assert_eq!(T::shortnames(), shortnames);
}
each_kind! { definitions_equal_the_files }

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Definitions as k8s-openapi can hold them: all numbers of schemas are floats, and `default: null` is no default.
fn held(value: &Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().into(),
        Value::Array(items) => items.iter().map(held).collect(),
        Value::Object(members) => {
            let is_held = |(name, value): &(&String, &Value)| *name != "default" || !value.is_null();
            let members = members.iter().filter(is_held);
            members.map(|(name, value)| (name.clone(), held(value))).collect()
        }
        other => other.clone(),
    }
}
