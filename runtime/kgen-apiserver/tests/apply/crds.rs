//! CRDs and documents as types: those of the examples, and of Kubernetes.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kgen_apiserver::apply::{Duplicates, ObjectType, PathElement, Schema};
use serde_json::{Map, Value, json};

use crate::things::{Store, main_endpoint};

/// Every version of every CRD: its name and its schema.
fn schemas() -> Vec<(String, Value)> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut schemas = Vec::new();
    for example in ["fleet", "gateway", "wardle"] {
        let folder = examples.join(example).join("crds");
        for file in fs::read_dir(&folder).expect("the example has CRDs") {
            let path = file.expect("a file").path();
            let text = fs::read_to_string(&path).expect("a text");
            let crd: Value = serde_saphyr::from_str(&text).expect("a CRD is YAML");
            for version in crd["spec"]["versions"].as_array().expect("versions") {
                let name = format!("{} {}", crd["metadata"]["name"], version["name"]);
                schemas.push((name, version["schema"]["openAPIV3Schema"].clone()));
            }
        }
    }
    assert!(schemas.len() > 10, "the examples have more CRDs");
    schemas
}

/// A value that a schema describes, with everything that it may have.
fn sample(schema: &Value) -> Value {
    let field = |name: &str| schema.get(name).cloned().unwrap_or_default();
    if let Some(value) = field("enum").as_array().and_then(|values| values.first()) {
        return value.clone();
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("object") => {
            let mut object = Map::new();
            for (name, property) in field("properties").as_object().into_iter().flatten() {
                object.insert(name.clone(), sample(property));
            }
            if let Some(members) = schema.get("additionalProperties").filter(|members| members.is_object()) {
                object.insert("key".to_owned(), sample(members));
            }
            Value::Object(object)
        }
        Some("array") => json!([sample(&field("items"))]),
        Some("integer" | "number") => json!(1),
        Some("boolean") => json!(true),
        Some("string") | None | Some(_) => json!("text"),
    }
}

#[test]
fn objects_of_all_crds_can_be_applied() {
    for (name, schema) in schemas() {
        let ty = ObjectType::from_crd(&schema).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut object = sample(&schema);
        object["apiVersion"] = "example.com/v1".into();
        object["kind"] = "Thing".into();
        object["metadata"] = json!({"name": "t", "labels": {"k": "v"}});
        ty.validate(&object, Duplicates::Refused)
            .unwrap_or_else(|error| panic!("{name}: {error}"));

        let mut store = Store::of(&ty).through(main_endpoint(&ty));
        store
            .try_apply_object("a", &object, false)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut applied = store.live.clone();
        if let Some(metadata) = applied["metadata"].as_object_mut() {
            metadata.remove("managedFields");
            metadata.remove("uid");
        }
        assert_eq!(applied, object, "{name}");

        let managed = store.managed();
        let fields = managed.applied_by("a", "").expect("an applier");
        let mut names = object.clone();
        for name in ["apiVersion", "kind"] {
            names.as_object_mut().map(|names| names.remove(name));
        }
        names["metadata"]
            .as_object_mut()
            .map(|metadata| metadata.remove("name"));
        assert_eq!(ty.extract(&store.live, fields), names, "{name}");

        let nothing = json!({"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": "t"}});
        store
            .try_apply_object("a", &nothing, false)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(store.managed().is_empty(), "{name}");
        assert!(
            store.live.get("spec").is_none_or(Value::is_null),
            "{name}: {}",
            store.live
        );
    }
}

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).expect("a document is JSON")
}

#[test]
fn kinds_of_the_documents_of_the_examples_have_types() {
    let documents = [
        (
            "fleet/openapi/v3/apis/fleet.example.com/v1.json",
            "fleet.example.com/v1",
            "Robot",
        ),
        (
            "gateway/openapi/v3/apis/gateway.networking.k8s.io/v1.json",
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
        ),
        (
            "wardle/openapi/v3/apis/wardle.example.com/v1beta1.json",
            "wardle.example.com/v1beta1",
            "Flunder",
        ),
    ];
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    for (file, api_version, kind) in documents {
        let schema =
            Schema::from_openapi(&read(&examples.join(file))).unwrap_or_else(|error| panic!("{file}: {error}"));
        let ty = ObjectType::of_kind(&Arc::new(schema), api_version, kind).expect("the document has the kind");
        let object = json!({"apiVersion": api_version, "kind": kind, "metadata": {"name": "a", "finalizers": ["x"]}});
        ty.validate(&object, Duplicates::Refused)
            .unwrap_or_else(|error| panic!("{file}: {error}"));
        let fields = ty.field_set(&object).below(&PathElement::field("metadata")).to_json();
        assert_eq!(fields, r#"{"f:finalizers":{"v:\"x\"":{}},"f:name":{}}"#, "{file}");
    }
}

#[test]
fn kinds_of_kubernetes_have_types() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let corpus = std::env::var_os("KGEN_CORPUS").map_or_else(|| corpus.join("../shared/corpus"), PathBuf::from);
    let file = corpus.join("kubernetes/openapi-v3-apps-v1.json");
    if !file.exists() {
        eprintln!(
            "NOT TESTED: {} is missing; KGEN_CORPUS says where the corpus is",
            file.display()
        );
        return;
    }
    let schema = Arc::new(Schema::from_openapi(&read(&file)).expect("a document of Kubernetes"));
    let deployment = ObjectType::of_kind(&schema, "apps/v1", "Deployment").expect("the document has the kind");
    let object = json!({
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "spec": {
            "selector": {"matchLabels": {"app": "web"}},
            "template": {"spec": {"containers": [{
                "name": "web",
                "ports": [{"containerPort": 80}],
                "resources": {"limits": {"cpu": 1, "memory": "1Gi"}},
                "livenessProbe": {"httpGet": {"port": "http"}},
            }]}},
        },
    });
    deployment.validate(&object, Duplicates::Refused).expect("a deployment");
    let paths = deployment.field_set(&object);
    assert_eq!(
        paths.below(&PathElement::field("spec")).to_json(),
        concat!(
            r#"{"f:selector":{},"f:template":{"f:spec":{"f:containers":{"k:{\"name\":\"web\"}":{".":{},"#,
            r#""f:livenessProbe":{"f:httpGet":{"f:port":{}}},"f:name":{},"#,
            r#""f:ports":{"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{}}},"#,
            r#""f:resources":{"f:limits":{"f:cpu":{},"f:memory":{}}}}}}}}"#,
        )
    );
}
