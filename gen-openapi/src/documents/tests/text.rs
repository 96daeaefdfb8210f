//! The files.

use kgen_emit::{File, Generator, Layout};
use kgen_model::Model;
use serde_json::Value;

use super::super::OpenApi;
use super::fixture::{Fixture, wardle};

fn files(model: &Model) -> Vec<File> {
    let parts = OpenApi.parts(model).into_iter();
    parts
        .flat_map(|part| OpenApi.generate(model, &Layout::default(), part))
        .collect()
}

fn paths(model: &Model) -> Vec<String> {
    files(model)
        .iter()
        .map(|file| file.path.to_string_lossy().into_owned())
        .collect()
}

#[test]
fn a_file_for_each_version_and_one_for_all() {
    let mut fixture = Fixture::new("", "v1", "io.k8s.api.core.v1");
    fixture.version("a.b", "v1", "b.a.v1");
    assert_eq!(
        paths(&fixture.finish()),
        [
            "openapi/v3/api/v1.json",
            "openapi/v3/apis/a.b/v1.json",
            "openapi/v2.json"
        ]
    );
}

#[test]
fn without_versions_there_is_no_file() {
    assert!(paths(&Model::default()).is_empty());
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    assert_eq!(files(&wardle()), files(&wardle()));
}

#[test]
fn version_3_is_what_readers_of_openapi_expect() {
    let file = &files(&wardle())[0];
    assert_eq!(file.problem, None);
    let document: openapiv3::OpenAPI = serde_json::from_str(&file.text).expect("it is OpenAPI 3.0");
    assert_eq!(
        (document.info.title.as_str(), document.info.version.as_str()),
        ("wardle.example.com", "v1")
    );
    let components = document.components.expect("it has components");
    assert!(components.schemas.contains_key("com.example.wardle.v1.Flunder"));
    assert!(components.security_schemes.contains_key("BearerToken"));
    for (path, item) in &document.paths.paths {
        let item = item.as_item().expect("paths stand in their places");
        assert!(item.iter().next().is_some(), "{path}");
    }
}

#[test]
fn version_2_says_parameters_once() {
    let document: Value = serde_json::from_str(&files(&wardle())[1].text).expect("it is JSON");
    assert_eq!(document["swagger"], "2.0");
    let delete = &document["paths"]["/apis/wardle.example.com/v1/fischers/{name}"]["delete"];
    assert_eq!(delete["parameters"][0]["in"], "body");
    assert_eq!(delete["parameters"][1]["$ref"], "#/parameters/dryRun");
    assert_eq!(document["parameters"]["dryRun"]["type"], "string");
    assert_eq!(document["security"], serde_json::json!([{ "BearerToken": [] }]));
}
