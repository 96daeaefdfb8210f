//! What kgen makes of types as kube-derive takes them is what kube-derive makes of them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kgen_build::{Outcome, Request, Style, generators, render, run};
use kgen_kube_derive as operator;
use kube::CustomResourceExt;
use kube::core::crd::merge_crds;
use serde_json::{Number, Value};

/// The definitions that kgen makes of this very crate, by name.
static OF_KGEN: LazyLock<BTreeMap<String, Value>> = LazyLock::new(|| {
    let output = tempfile::tempdir().expect("a temporary folder can be made");
    let request = Request {
        output: Some(output.path().to_owned()),
        generators: vec!["crd".to_owned()],
        ..Request::new(Path::new(env!("CARGO_MANIFEST_DIR")))
    };
    let Outcome {
        report, sources, files, ..
    } = run(&request, &generators(), &|_| {});
    assert!(!report.has_errors(), "{}", render(&report, &sources, Style::default()));
    let definitions = files
        .iter()
        .filter(|file| file.path.extension().is_some_and(|end| end == "yaml"));
    definitions
        .map(|file| {
            let value: Value = serde_saphyr::from_str(&file.text).expect("a definition is YAML");
            let name = value["metadata"]["name"].as_str().unwrap_or_default().to_owned();
            (name, value)
        })
        .collect()
});

/// Numbers as data: `1` and `1.0` are one.
fn normal(value: &mut Value) {
    match value {
        Value::Number(number) => {
            if let Some(float) = number.as_f64() {
                *number = Number::from_f64(float).unwrap_or_else(|| number.clone());
            }
        }
        Value::Array(values) => values.iter_mut().for_each(normal),
        Value::Object(members) => members.values_mut().for_each(normal),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// The places where two values differ.
fn differences(path: &str, wanted: &Value, have: &Value, found: &mut Vec<String>) {
    match (wanted, have) {
        (Value::Object(wanted), Value::Object(have)) => {
            let names: std::collections::BTreeSet<&String> = wanted.keys().chain(have.keys()).collect();
            for name in names {
                let [wanted, have] = [wanted, have].map(|members| members.get(name).unwrap_or(&Value::Null));
                differences(&format!("{path}.{name}"), wanted, have, found);
            }
        }
        (Value::Array(wanted), Value::Array(have)) if wanted.len() == have.len() => {
            for (index, (wanted, have)) in wanted.iter().zip(have).enumerate() {
                differences(&format!("{path}[{index}]"), wanted, have, found);
            }
        }
        _ if wanted == have => {}
        _ => found.push(format!("{path}:\n    kube {wanted}\n    kgen {have}")),
    }
}

fn same(definition: CustomResourceDefinition) -> Vec<String> {
    let mut wanted = serde_json::to_value(&definition).expect("definitions can be written");
    let name = definition.metadata.name.unwrap_or_default();
    let Some(mut have) = OF_KGEN.get(&name).cloned() else {
        return vec![format!("kgen has no definition {name}")];
    };
    normal(&mut wanted);
    normal(&mut have);
    let mut found = Vec::new();
    differences(&name, &wanted, &have, &mut found);
    found
}

macro_rules! alike {
    ($($test:ident: $ty:path,)*) => {$(
        #[test]
        fn $test() {
            let found = same(<$ty>::crd());
            assert!(found.is_empty(), "{}", found.join("\n"));
        }
    )*};
}

alike! {
    arguments_of_kube: operator::arguments::WorkloadObject,
    few_arguments: operator::arguments::Policy,
    no_schema: operator::arguments::Box,
    attributes_of_schemars: operator::attributes::Attributed,
    checks_of_values: operator::checks::Checked,
    containers_and_foreign_types: operator::containers::Container,
    defaults_of_serde: operator::defaults::Defaulted,
    documentation: operator::documentation::Documented,
    enums_of_names: operator::enums::Enumerated,
    enums_with_data: operator::unions::United,
    a_spec_that_is_an_enum: operator::unions::Choice,
    flattened_fields: operator::flattened::Flat,
    generic_types: operator::generics::Generic,
    types_of_kubernetes: operator::kubernetes::Embedding,
    merge_strategies: operator::merging::Merged,
    numbers: operator::numbers::Numbered,
    members_at_the_root: operator::rootless::Rootless,
    rules_in_cel: operator::rules::Ruled,
    names_of_serde: operator::serde_names::PolicyBox,
}

#[test]
fn versions_of_one_kind() {
    use operator::versions::{v1, v1beta1};
    let both = vec![v1::Versioned::crd(), v1beta1::Versioned::crd()];
    let found = same(merge_crds(both, "v1").expect("they are of one kind"));
    assert!(found.is_empty(), "{}", found.join("\n"));
}
