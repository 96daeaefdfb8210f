//! Where the source does not tell a schema, or schemars has no word for it, a marker says it. Behind `cfg_attr(any(), ..)`
//! no compiler sees the marker, so that it needs no derive and no dependency.

use kgen_build::{Request, generators, run};
use kgen_tests::write;
use serde_json::{Value, json};

const KIND: &str = r#"
#[derive(CustomResource, Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[kube(group = "shop.example.com", version = "v1", kind = "Order", namespaced)]
"#;

/// The schemas of the spec's members, and the codes of what was reported.
fn spec(code: &str) -> (Value, Vec<&'static str>) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    write(&folder.path().join("Cargo.toml"), "[package]\nname = \"case\"\n");
    write(
        &folder.path().join("src/lib.rs"),
        format!("{KIND}pub struct OrderSpec {{ {code} }}"),
    );
    let outcome = run(&Request::new(folder.path()), &generators(), &|_| {});
    let codes = outcome.report.diagnostics().iter().map(|found| found.code).collect();
    let definition = outcome
        .files
        .iter()
        .find(|file| file.path.extension().is_some_and(|end| end == "yaml"));
    let schema = definition.map(|file| {
        let value: Value = serde_saphyr::from_str(&file.text).expect("a definition is YAML");
        value["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"]["properties"].clone()
    });
    (schema.unwrap_or_default(), codes)
}

#[test]
fn a_schema_that_a_function_makes_is_stated() {
    let (schema, codes) = spec(
        r#"
        #[schemars(schema_with = "quantity")]
        #[cfg_attr(any(), kgen(schema(type = "string"), pattern = "^[0-9]+$"))]
        pub a: Amount,
        #[schemars(schema_with = "anything")]
        #[cfg_attr(any(), kgen(schemaless, preserve_unknown_fields))]
        pub b: Value,
        "#,
    );
    assert_eq!(codes, Vec::<&str>::new());
    let wanted = json!({
        "a": {"type": "string", "pattern": "^[0-9]+$"},
        "b": {"x-kubernetes-preserve-unknown-fields": true},
    });
    assert_eq!(schema, wanted);
}

#[test]
fn a_default_that_a_function_computes_is_stated() {
    let (schema, codes) = spec(
        r#"
        #[serde(default = "now")]
        #[cfg_attr(any(), kgen(default = "never"))]
        pub a: String,
        #[serde(default, skip_serializing_if = "is_dull")]
        #[cfg_attr(any(), kgen(default = null))]
        pub b: i32,
        "#,
    );
    assert_eq!(codes, Vec::<&str>::new());
    assert_eq!(schema["a"], json!({"type": "string", "default": "never"}));
    assert_eq!(schema["b"], json!({"type": "integer", "format": "int32"}));
}

#[test]
fn a_marker_says_more_than_schemars_can() {
    let (schema, codes) = spec(
        r#"
        #[cfg_attr(any(), kgen(list = set, max_items = 5, each(max_length = 63)))]
        pub names: Vec<String>,
        #[cfg_attr(any(), kgen(minimum = 1, multiple_of = 2))]
        pub even: Option<i32>,
        #[cfg_attr(any(), kgen(cel("self == oldSelf", message = "fixed")))]
        pub fixed: String,
        "#,
    );
    assert_eq!(codes, Vec::<&str>::new());
    let wanted = json!({
        "names": {
            "type": "array",
            "items": {"type": "string", "maxLength": 63},
            "maxItems": 5,
            "x-kubernetes-list-type": "set",
        },
        "even": {"type": "integer", "format": "int32", "nullable": true, "minimum": 1, "multipleOf": 2},
        "fixed": {
            "type": "string",
            "x-kubernetes-validations": [{"rule": "self == oldSelf", "message": "fixed"}],
        },
    });
    assert_eq!(schema, wanted);
}

#[test]
fn a_definition_may_be_left_to_kube() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    write(&folder.path().join("Cargo.toml"), "[package]\nname = \"case\"\n");
    let code = r#"
        #[derive(CustomResource, Clone, Debug, Serialize, Deserialize)]
        #[kube(group = "shop.example.com", version = "v1", kind = "Order", schema = "manual")]
        #[cfg_attr(any(), kgen(generate(crd = false)))]
        pub struct OrderSpec { pub a: i32 }
    "#;
    write(&folder.path().join("src/lib.rs"), code);
    let outcome = run(&Request::new(folder.path()), &generators(), &|_| {});
    assert!(outcome.report.diagnostics().is_empty());
    assert!(
        !outcome
            .files
            .iter()
            .any(|file| file.path.extension().is_some_and(|end| end == "yaml"))
    );
}
