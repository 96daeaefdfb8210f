//! Writes the table of definitions from Kubernetes' published OpenAPI v2 document. Strict: a keyword that it does not
//! know stops it, so that nothing that the document says is lost unnoticed.

use std::fmt::Write as _;

use serde_json::{Map, Value};

const HEAD: &str = "\
# The object definitions of Kubernetes 1.36: names, fields, types and how they merge, without any prose.
# Taken from Kubernetes' published OpenAPI document (api/openapi-spec/swagger.json, Apache-2.0) by
# `KGEN_UPDATE=1 cargo test -p kgen-model --test known`. Do not edit.
#
# A name at the margin begins a definition of the package above it. `field: type`, or `field?: type` if it may be
# absent. Types: string bool i32 i64 f64 bytes, [element], {value of a map}, lower-case words for scalars of Kubernetes,
# the name of another definition of the same package, or package.version.Name.
";

/// Definitions without fields: scalars, which the table names by a word, and others that are described by hand.
pub(crate) const WITHOUT_FIELDS: [(&str, &str); 14] = [
    ("io.k8s.api.apiserverinternal.v1alpha1.StorageVersionSpec", ""),
    ("io.k8s.api.scheduling.v1alpha2.BasicSchedulingPolicy", ""),
    (
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceStatus",
        "",
    ),
    ("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON", "json"),
    (
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray",
        "",
    ),
    (
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool",
        "",
    ),
    (
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray",
        "",
    ),
    ("io.k8s.apimachinery.pkg.api.resource.Quantity", "quantity"),
    ("io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1", "fields"),
    ("io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime", "microtime"),
    ("io.k8s.apimachinery.pkg.apis.meta.v1.Patch", ""),
    ("io.k8s.apimachinery.pkg.apis.meta.v1.Time", "time"),
    ("io.k8s.apimachinery.pkg.runtime.RawExtension", "raw"),
    ("io.k8s.apimachinery.pkg.util.intstr.IntOrString", "int-or-string"),
];

/// The text of `kubernetes.txt` for a whole document.
pub(crate) fn table(document: &Value) -> String {
    let mut out = HEAD.to_owned();
    let mut current = "";
    let mut definitions: Vec<(&str, &str, &Value)> = members(&document["definitions"])
        .map(|(name, schema)| (package(name), simple(name), schema))
        .collect();
    definitions.sort_by_key(|(package, name, _)| (*package, *name));
    for (package, name, schema) in definitions {
        if schema.get("properties").is_none() {
            let full = format!("{package}.{name}");
            assert!(
                WITHOUT_FIELDS.iter().any(|(known, _)| *known == full),
                "`{full}` has no fields and is not known"
            );
            continue;
        }
        if package != current {
            writeln!(out, "\npackage {package}").expect("a string takes all text");
            current = package;
        }
        definition(&mut out, package, name, schema);
    }
    out
}

fn definition(out: &mut String, package: &str, name: &str, schema: &Value) {
    // Which kinds a definition is and which members exclude each other is said elsewhere; the former repeats the
    // names, and nothing that Kubernetes has today reads the latter.
    const IGNORED: [&str; 2] = ["x-kubernetes-group-version-kind", "x-kubernetes-unions"];
    let mut words = vec![name.to_owned()];
    for (keyword, value) in members(schema).filter(|(keyword, _)| !IGNORED.contains(keyword)) {
        match keyword {
            "description" | "properties" | "required" => {}
            "type" => assert_eq!(value, "object", "{name}"),
            _ => words.push(fact(keyword, value).unwrap_or_else(|| panic!("`{name}` has an unknown `{keyword}`"))),
        }
    }
    let mut lines = vec![words.join(" ")];
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().map(text).collect();
    for (field, schema) in members(&schema["properties"]) {
        let optional = if required.contains(&field) { "" } else { "?" };
        let mut words = vec![format!("  {field}{optional}:"), type_of(package, schema)];
        words.extend(members(schema).filter_map(|(keyword, value)| match keyword {
            "description"
            | "type"
            | "format"
            | "$ref"
            | "items"
            | "additionalProperties"
            | "x-kubernetes-list-map-keys" => None,
            "x-kubernetes-list-type" if value == "map" => {
                let keys: Vec<&str> = schema["x-kubernetes-list-map-keys"]
                    .as_array()
                    .expect("keys")
                    .iter()
                    .map(text)
                    .collect();
                Some(format!("list=map:{}", keys.join(",")))
            }
            _ => Some(fact(keyword, value).unwrap_or_else(|| panic!("`{name}.{field}` has an unknown `{keyword}`"))),
        }));
        lines.push(words.join(" "));
    }
    writeln!(out, "{}", lines.join("\n")).expect("a string takes all text");
}

fn fact(keyword: &str, value: &Value) -> Option<String> {
    let word = match keyword {
        "x-kubernetes-list-type" => "list",
        "x-kubernetes-map-type" => "map",
        "x-kubernetes-patch-strategy" => "patch",
        "x-kubernetes-patch-merge-key" => "key",
        _ => return None,
    };
    Some(format!("{word}={}", text(value)))
}

fn type_of(package: &str, schema: &Value) -> String {
    if let Some(reference) = schema.get("$ref") {
        return reference_to(package, text(reference).trim_start_matches("#/definitions/"));
    }
    match (text(&schema["type"]), schema.get("format").map(text)) {
        ("string", None) => "string".to_owned(),
        ("string", Some("byte")) => "bytes".to_owned(),
        ("boolean", None) => "bool".to_owned(),
        ("integer", Some("int32")) => "i32".to_owned(),
        ("integer", Some("int64")) => "i64".to_owned(),
        ("number", Some("double")) => "f64".to_owned(),
        ("array", None) => format!("[{}]", type_of(package, &schema["items"])),
        ("object", None) => format!("{{{}}}", type_of(package, &schema["additionalProperties"])),
        other => panic!("unknown type {other:?}"),
    }
}

fn reference_to(from: &str, name: &str) -> String {
    match WITHOUT_FIELDS.iter().find(|(known, _)| *known == name) {
        Some((_, word)) if !word.is_empty() => (*word).to_owned(),
        _ if package(name) == from => simple(name).to_owned(),
        _ => {
            let at = name.rmatch_indices('.').nth(2).map_or(0, |(at, _)| at + 1);
            name[at..].to_owned()
        }
    }
}

fn package(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(package, _)| package)
}

fn simple(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, simple)| simple)
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value
        .as_object()
        .into_iter()
        .flat_map(Map::iter)
        .map(|(name, value)| (name.as_str(), value))
}

fn text(value: &Value) -> &str {
    value.as_str().expect("the document has a string here")
}
