//! Comparison with the documents that Kubernetes publishes for kinds of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;

use kgen_model::model::{Scope, Subresources};
use kgen_model::{Model, VersionId};
use serde_json::{Value, json};

use super::super::{V2, V3, of_all, of_version};
use super::fixture::{Fixture, scale};

/// A published document, unless there is no corpus.
fn published(name: &str) -> Option<Value> {
    let folder = std::env::var_os("KGEN_CORPUS").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus")),
        PathBuf::from,
    );
    let path = folder.join("kubernetes").join(name);
    let Ok(text) = std::fs::read(&path) else {
        // Straight to the terminal, past what the test harness swallows.
        let message = format!("\nNOT TESTED: no corpus at {}; set KGEN_CORPUS\n", path.display());
        std::io::stderr().write_all(message.as_bytes()).expect("stderr is open");
        return None;
    };
    Some(serde_json::from_slice(&text).expect("the corpus is JSON"))
}

/// What there is to compare about an operation.
#[derive(Debug, PartialEq)]
struct Facts {
    id: Value,
    tags: Value,
    action: Value,
    kind: Value,
    /// Parameters of the path or the query as `name in type required`, those of the path included.
    parameters: BTreeSet<String>,
    /// The body's definition and media types.
    body: Option<(String, BTreeSet<String>)>,
    /// Definitions and media types of answers, by code.
    responses: BTreeMap<String, (String, BTreeSet<String>)>,
}

/// The operations below paths with one of these segments, by path and method.
fn operations(document: &Value, segments: &[&str]) -> BTreeMap<(String, String), Facts> {
    let paths = document["paths"].as_object().expect("it has paths");
    let wanted = paths
        .iter()
        .filter(|(path, _)| path.split('/').any(|segment| segments.contains(&segment)));
    let mut found = BTreeMap::new();
    for (path, item) in wanted {
        for (method, operation) in item.as_object().expect("a path is an object") {
            if method != "parameters" {
                found.insert((path.clone(), method.clone()), facts(document, item, operation));
            }
        }
    }
    found
}

fn facts(document: &Value, item: &Value, operation: &Value) -> Facts {
    let parameters: Vec<&Value> = [&item["parameters"], &operation["parameters"]]
        .into_iter()
        .flat_map(|list| list.as_array().into_iter().flatten())
        .map(|parameter| resolved(document, parameter))
        .collect();
    let (bodies, others): (Vec<&Value>, Vec<&Value>) =
        parameters.into_iter().partition(|parameter| parameter["in"] == "body");
    let answer = |response: &Value| match response["content"].as_object() {
        Some(content) => (definition(&content["application/json"]), media(content.keys())),
        None if response["schema"].is_object() => (definition(response), media(texts(&operation["produces"]))),
        None => (String::new(), BTreeSet::new()),
    };
    let responses = operation["responses"].as_object().expect("it has responses").iter();
    Facts {
        id: operation["operationId"].clone(),
        tags: operation["tags"].clone(),
        action: operation["x-kubernetes-action"].clone(),
        kind: operation["x-kubernetes-group-version-kind"].clone(),
        parameters: others.into_iter().map(parameter).collect(),
        body: match operation["requestBody"]["content"].as_object() {
            Some(content) => content
                .values()
                .next()
                .map(|typed| (definition(typed), media(content.keys()))),
            None => bodies
                .first()
                .map(|body| (definition(body), media(texts(&operation["consumes"])))),
        },
        responses: responses
            .map(|(code, response)| (code.clone(), answer(response)))
            .collect(),
    }
}

fn resolved<'a>(document: &'a Value, parameter: &'a Value) -> &'a Value {
    match parameter["$ref"].as_str() {
        Some(pointer) => document
            .pointer(pointer.trim_start_matches('#'))
            .expect("the parameter exists"),
        None => parameter,
    }
}

fn parameter(parameter: &Value) -> String {
    let schema = parameter.get("schema").unwrap_or(parameter);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let parts = [text(&parameter["name"]), text(&parameter["in"]), text(&schema["type"])];
    format!(
        "{} required={} unique={}",
        parts.join(" "),
        parameter["required"] == true,
        schema["uniqueItems"]
    )
}

fn definition(holder: &Value) -> String {
    let pointer = holder["schema"]["$ref"].as_str().unwrap_or_default();
    pointer.rsplit('/').next().unwrap_or_default().to_owned()
}

fn texts(list: &Value) -> impl Iterator<Item = &String> {
    list.as_array().into_iter().flatten().filter_map(|text| match text {
        Value::String(text) => Some(text),
        _ => None,
    })
}

/// Media types but those that only Go types have. A server that reads any type reads these two.
fn media<'a>(names: impl Iterator<Item = &'a String>) -> BTreeSet<String> {
    let mut media = BTreeSet::new();
    for name in names.filter(|name| !["protobuf", "cbor", "strategic"].iter().any(|word| name.contains(word))) {
        match name.as_str() {
            "*/*" => media.extend(["application/json", "application/yaml"].map(str::to_owned)),
            _ => drop(media.insert(name.clone())),
        }
    }
    media
}

/// Parameters that releases between the published document and today added.
const LATER: [&str; 3] = [
    "fieldValidation",
    "ignoreStoreReadErrorWithClusterBreakingPotential",
    "sendInitialEvents",
];

/// Asserts that both have the same operations, but for some parameters that only one side has.
fn compare(ours: &Value, theirs: &Value, segments: &[&str], only_ours: &[&str], only_theirs: &[&str]) {
    let (mut ours, mut theirs) = (operations(ours, segments), operations(theirs, segments));
    assert!(!theirs.is_empty());
    assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
    let without = |facts: &mut Facts, names: &[&str]| {
        facts
            .parameters
            .retain(|parameter| !names.iter().any(|name| parameter.starts_with(&format!("{name} "))));
    };
    ours.values_mut().for_each(|facts| without(facts, only_ours));
    theirs.values_mut().for_each(|facts| without(facts, only_theirs));
    for (path, theirs) in &theirs {
        assert_eq!(&ours[path], theirs, "{path:?}");
    }
}

fn cron_jobs() -> Model {
    let mut fixture = Fixture::new("batch", "v1", "io.k8s.api.batch.v1");
    let resource = fixture.kind("CronJob", Scope::Namespaced, Vec::new());
    resource.subresources = Subresources {
        status: true,
        ..Subresources::default()
    };
    fixture.finish()
}

fn v3(model: &Model) -> Value {
    serde_json::to_value(V3(&of_version(model, VersionId(0)))).expect("documents are JSON")
}

fn v2(model: &Model) -> Value {
    serde_json::to_value(V2(&of_all(model))).expect("documents are JSON")
}

#[test]
fn cron_jobs_in_version_3() {
    if let Some(theirs) = published("openapi-v3-batch-v1.json") {
        compare(&v3(&cron_jobs()), &theirs, &["cronjobs"], &LATER, &[]);
    }
}

#[test]
fn cron_jobs_in_version_2() {
    if let Some(theirs) = published("swagger.json") {
        compare(&v2(&cron_jobs()), &theirs, &["cronjobs"], &[], &["shardSelector"]);
    }
}

#[test]
fn deployments_with_scale() {
    let mut fixture = Fixture::new("apps", "v1", "io.k8s.api.apps.v1");
    let resource = fixture.kind("Deployment", Scope::Namespaced, Vec::new());
    resource.subresources = Subresources {
        status: true,
        scale: Some(scale()),
        ..Subresources::default()
    };
    let model = fixture.finish();
    if let Some(theirs) = published("openapi-v3-apps-v1.json") {
        compare(&v3(&model), &theirs, &["deployments"], &LATER[1..], &[]);
    }
    if let Some(theirs) = published("swagger.json") {
        compare(&v2(&model), &theirs, &["deployments"], &[], &["shardSelector"]);
    }
}

#[test]
fn a_kind_of_the_cluster_in_a_group_of_kubernetes() {
    let prefix = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1";
    let mut fixture = Fixture::new("apiextensions.k8s.io", "v1", prefix);
    fixture
        .kind("CustomResourceDefinition", Scope::Cluster, Vec::new())
        .subresources
        .status = true;
    if let Some(theirs) = published("swagger.json") {
        compare(
            &v2(&fixture.finish()),
            &theirs,
            &["customresourcedefinitions"],
            &[],
            &["shardSelector"],
        );
    }
}

#[test]
fn config_maps_of_the_core_group() {
    let mut fixture = Fixture::new("", "v1", "io.k8s.api.core.v1");
    fixture.kind("ConfigMap", Scope::Namespaced, Vec::new());
    if let Some(theirs) = published("swagger.json") {
        compare(
            &v2(&fixture.finish()),
            &theirs,
            &["configmaps"],
            &[],
            &["shardSelector"],
        );
    }
}

/// The definitions that every document has are those of Kubernetes, words aside.
#[test]
fn common_definitions() {
    let Some(theirs) = published("swagger.json") else {
        return;
    };
    let ours = v2(&cron_jobs());
    let mut compared = 0;
    for (name, ours) in ours["definitions"].as_object().expect("it has definitions") {
        if name.starts_with("io.k8s.apimachinery.") {
            assert_eq!(structure(ours), structure(&theirs["definitions"][name]), "{name}");
            compared += 1;
        }
    }
    assert!(compared > 15, "{compared}");
}

/// A schema without words and kinds, and with lists of names in order.
fn structure(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let kept = members.iter().filter(|(name, value)| {
                !(name.as_str() == "description" && value.is_string())
                    && name.as_str() != "x-kubernetes-group-version-kind"
            });
            kept.map(|(name, value)| (name.clone(), structure(value))).collect()
        }
        Value::Array(items) if items.iter().all(Value::is_string) => json!(texts(schema).collect::<BTreeSet<_>>()),
        Value::Array(items) => json!(items.iter().map(structure).collect::<Vec<_>>()),
        scalar => scalar.clone(),
    }
}
