//! The documents that are generated for a kind, as schemas.

use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use super::Example;
use super::defaulting::properties;

/// Members that hold, or have items or values that are, objects like the one that they are members of.
const RECURSIVE: &[&str] = &["branches", "onFailure", "second", "then"];

/// The version that has no OpenAPI document, since it says so.
const WITHOUT_OPENAPI: &str = "fleet.example.com/v1alpha1";

/// How the names of the schemas begin that are Kubernetes' own.
const KUBERNETES: &str = "io.k8s.api";

/// How deep objects lie in their like in random objects.
const DEPTH: usize = 2;

/// The schemas of a kind.
pub(crate) struct Documents {
    /// The schema in the definition of the custom resource.
    pub(crate) crd: Value,
    /// The same, with the schema of the metadata and with that of members which hold their like.
    pub(crate) complete: Value,
    /// The OpenAPI document, with a reference to the schema of the kind, if its version has one.
    openapi: Option<Value>,
}

/// One of the schemas of a kind.
pub(crate) struct Document {
    /// What it stands in.
    pub(crate) name: &'static str,
    /// The schema without references.
    pub(crate) schema: Value,
    pub(crate) validator: Validator,
}

impl Documents {
    /// What is generated for a kind.
    pub(crate) fn of<T: Example>() -> Self {
        let crd = crd_schema(&crd::<T>(), T::VERSION);
        let mut whole = crd.clone();
        whole["properties"]["metadata"] = object_meta();
        let required = crd["required"].as_array().into_iter().flatten().cloned();
        whole["required"] = required.chain(["metadata".into()]).collect();
        Self {
            complete: expanded(&whole, None, DEPTH).expect("the root is no member"),
            crd,
            openapi: (T::API_VERSION != WITHOUT_OPENAPI).then(openapi::<T>),
        }
    }

    /// The schema of what the crate itself defines: it says nothing of what lies in types of Kubernetes.
    pub(crate) fn own(&self) -> Value {
        let openapi = self.openapi.as_ref().expect("the version has an OpenAPI document");
        let mut schemas = openapi["components"]["schemas"].clone();
        for (name, schema) in schemas.as_object_mut().into_iter().flatten() {
            if name.starts_with(KUBERNETES) {
                *schema = json!({});
            }
        }
        inlined(&schemas, &json!({"$ref": openapi["$ref"]}))
    }

    /// All schemas of the kind.
    pub(crate) fn all(&self) -> Vec<Document> {
        let crd = Document {
            name: "CRD",
            schema: self.crd.clone(),
            validator: validator(&self.crd),
        };
        let openapi = self.openapi.as_ref().map(|openapi| Document {
            name: "OpenAPI",
            schema: inlined(&openapi["components"]["schemas"], openapi),
            validator: validator(openapi),
        });
        [crd].into_iter().chain(openapi).collect()
    }
}

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The generated definition of a kind.
pub(crate) fn crd<T: Example>() -> Value {
    let file = format!("crds/{}_{}.yaml", T::GROUP, T::URL_PATH_SEGMENT);
    yaml(&root().join("examples").join(T::FOLDER).join(file))
}

/// A YAML file as data.
pub(crate) fn yaml(file: &Path) -> Value {
    serde_saphyr::from_str(&text(file)).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn text(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn crd_schema(crd: &Value, version: &str) -> Value {
    let versions = crd["spec"]["versions"].as_array().expect("definitions have versions");
    let version = versions.iter().find(|wanted| wanted["name"] == version);
    version.expect("the definition has the version")["schema"]["openAPIV3Schema"].clone()
}

fn openapi<T: Example>() -> Value {
    let mut document = openapi_document(T::FOLDER, T::API_VERSION);
    let wanted = json!([{"group": T::GROUP, "version": T::VERSION, "kind": T::KIND}]);
    let is_wanted = |schema: &Value| schema["x-kubernetes-group-version-kind"] == wanted;
    let mut schemas = document["components"]["schemas"].as_object().into_iter().flatten();
    let (name, _) = schemas
        .find(|(_, schema)| is_wanted(schema))
        .expect("the kind has a schema");
    let reference = format!("#/components/schemas/{name}");
    json!({"$ref": reference, "components": document["components"].take()})
}

fn openapi_document(folder: &str, api_version: &str) -> Value {
    let file = root().join(format!("examples/{folder}/openapi/v3/apis/{api_version}.json"));
    serde_json::from_str(&text(&file)).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The schema of metadata, which definitions of custom resources do not say.
fn object_meta() -> Value {
    let document = openapi_document("wardle", "wardle.example.com/v1alpha1");
    let schemas = &document["components"]["schemas"];
    inlined(schemas, &schemas["io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"])
}

/// A schema without references.
fn inlined(schemas: &Value, schema: &Value) -> Value {
    let target = |reference: &Value| {
        let name = reference["$ref"].as_str()?.rsplit('/').next()?;
        Some(inlined(schemas, &schemas[name]))
    };
    if let Some(schema) = target(schema).or_else(|| target(&schema["allOf"][0])) {
        return schema;
    }
    match schema {
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, schema)| (name.clone(), inlined(schemas, schema)));
            Value::Object(members.collect())
        }
        other => other.clone(),
    }
}

/// Puts the schema of an object in the place of its members that hold its like, which structural schemas cannot say.
/// Those at the greatest depth are left out.
fn expanded(schema: &Value, owner: Option<&Value>, depth: usize) -> Option<Value> {
    if let Some(owner) = owner.filter(|_| schema["x-kubernetes-preserve-unknown-fields"] == true) {
        return depth.checked_sub(1).and_then(|depth| expanded(owner, None, depth));
    }
    let mut result = schema.clone();
    if schema.get("properties").is_some() {
        let known = properties(schema).filter_map(|(name, member)| {
            let owner = RECURSIVE.contains(&name.as_str()).then_some(schema);
            Some((name.clone(), expanded(member, owner, depth)?))
        });
        result["properties"] = Value::Object(known.collect());
    }
    for keyword in ["items", "additionalProperties"] {
        if let Some(below) = schema.get(keyword).filter(|below| below.is_object()) {
            result[keyword] = expanded(below, owner, depth)?;
        }
    }
    Some(result)
}

/// Compiles a schema of Kubernetes.
pub(crate) fn validator(schema: &Value) -> Validator {
    jsonschema::options()
        .with_draft(Draft::Draft4)
        .should_validate_formats(true)
        .with_format("byte", is_base64)
        .build(&json_schema(schema, true))
        .unwrap_or_else(|error| panic!("{error}\n{schema:#}"))
}

fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let is_digit = |c: char| c.is_ascii_alphanumeric() || c == '+' || c == '/';
    text.len().is_multiple_of(4) && digits.len() + 2 >= text.len() && digits.chars().all(is_digit)
}

/// Says in JSON Schema what OpenAPI and Kubernetes say in words of their own. If it `closes`, members that a server would
/// prune are wrong.
fn json_schema(schema: &Value, closes: bool) -> Value {
    let Value::Object(keywords) = schema else {
        return schema.clone();
    };
    let each = |schemas: &Value, closes| match schemas {
        Value::Object(schemas) => {
            let schemas = schemas
                .iter()
                .map(|(name, schema)| (name.clone(), json_schema(schema, closes)));
            Value::Object(schemas.collect())
        }
        Value::Array(schemas) => schemas.iter().map(|schema| json_schema(schema, closes)).collect(),
        other => other.clone(),
    };
    let mut result = Map::new();
    for (keyword, value) in keywords {
        let value = match keyword.as_str() {
            "properties" | "schemas" => each(value, closes),
            "components" | "items" | "additionalProperties" => json_schema(value, closes),
            "allOf" | "anyOf" | "oneOf" => each(value, false),
            "not" => json_schema(value, false),
            _ => value.clone(),
        };
        result.insert(keyword.clone(), value);
    }
    let says = |keyword: &str| schema[keyword] == true;
    if says("x-kubernetes-int-or-string") && !keywords.contains_key("anyOf") {
        result.insert("anyOf".to_owned(), json!([{"type": "integer"}, {"type": "string"}]));
    }
    if says("x-kubernetes-embedded-resource") {
        result.insert("required".to_owned(), json!(["apiVersion", "kind"]));
    }
    let is_pruned = schema["type"] == "object"
        && keywords.contains_key("properties")
        && !keywords.contains_key("additionalProperties")
        && !says("x-kubernetes-preserve-unknown-fields");
    if closes && is_pruned {
        result.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
    match says("nullable") {
        true => json!({"anyOf": [{"type": "null"}, result]}),
        false => Value::Object(result),
    }
}
