//! One definition through the model, and what of the documents means something.

use kgen_emit::{Generator, Layout};
use kgen_gen_openapi::Crd;
use kgen_model::{Model, Report, Severity, Sources};
use kgen_source::crd::{CrdOptions, load_text};
use serde_json::{Map, Value};

/// A run over one text.
pub(crate) struct Run {
    pub(crate) model: Model,
    pub(crate) report: Report,
    sources: Sources,
}

impl Run {
    /// Loads and resolves a text.
    pub(crate) fn of(text: &str, options: &CrdOptions) -> Self {
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let root = ["crate".to_owned()];
        let draft = load_text("crd.yaml", text, &root, options, &mut sources, &mut report);
        let model = kgen_model::resolve(&draft, &mut report);
        Self { model, report, sources }
    }

    /// Asks the generator of definitions what it refuses.
    pub(crate) fn check(mut self) -> Self {
        if !self.report.has_errors() {
            Crd.check(&self.model, &mut self.report);
        }
        self
    }

    /// The errors, as a person would see them.
    pub(crate) fn errors(&self) -> Vec<String> {
        let errors = self
            .report
            .diagnostics()
            .iter()
            .filter(|found| found.severity == Severity::Error);
        let shown = errors.map(|found| {
            let line = found
                .span
                .and_then(|span| Some(self.sources.file(span.file)?.line_column(span.start).0));
            let (line, label) = (line.unwrap_or_default(), found.label.as_deref().unwrap_or_default());
            format!("{}:{line}: {} {label}", found.code, found.message)
        });
        shown.collect()
    }

    /// The definitions that the model gives.
    pub(crate) fn definitions(&self) -> Vec<Value> {
        let layout = Layout::default();
        let parts = Crd.parts(&self.model).into_iter();
        let files = parts.flat_map(|part| Crd.generate(&self.model, &layout, part));
        let manifests = files.filter(|file| file.path.extension().is_some_and(|extension| extension == "yaml"));
        manifests.flat_map(|file| documents(&file.text)).collect()
    }
}

/// The documents of a text, read by a reader that is not ours.
pub(crate) fn documents(text: &str) -> Vec<Value> {
    let documents: Vec<Value> = serde_saphyr::from_multiple(text).expect("the text is YAML");
    documents.into_iter().filter(|document| !document.is_null()).collect()
}

/// The document without what means nothing. This is the list of all that may differ between a definition and what comes
/// out of the model; `MEANS_NOTHING` beside the corpus says it in words.
pub(crate) fn meaning(mut document: Value) -> Value {
    let Some(object) = document.as_object_mut() else {
        return document;
    };
    // What a server says about a definition.
    object.remove("status");
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.retain(|name, _| matches!(name.as_str(), "annotations" | "labels" | "name"));
        drop_empty(metadata, &["annotations", "labels"]);
    }
    if let Some(spec) = object.get_mut("spec").and_then(Value::as_object_mut) {
        of_spec(spec);
    }
    document
}

fn of_spec(spec: &mut Map<String, Value>) {
    // What servers fill in.
    if spec.get("preserveUnknownFields") == Some(&Value::Bool(false)) {
        spec.remove("preserveUnknownFields");
    }
    if spec
        .get("conversion")
        .is_some_and(|conversion| conversion["strategy"] == "None")
    {
        spec.remove("conversion");
    }
    if let Some(names) = spec.get_mut("names").and_then(Value::as_object_mut) {
        let kind = names.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned();
        names
            .entry("listKind")
            .or_insert_with(|| Value::from(format!("{kind}List")));
        names
            .entry("singular")
            .or_insert_with(|| Value::from(kind.to_lowercase()));
        drop_empty(names, &["categories", "shortNames"]);
    }
    let Some(versions) = spec.get_mut("versions").and_then(Value::as_array_mut) else {
        return;
    };
    // The order of versions: servers order them by their names.
    versions.sort_by_key(|version| version["name"].as_str().map(str::to_owned));
    for version in versions.iter_mut().filter_map(Value::as_object_mut) {
        of_version(version);
    }
}

fn of_version(version: &mut Map<String, Value>) {
    drop_empty(
        version,
        &["additionalPrinterColumns", "selectableFields", "subresources"],
    );
    drop_false(version, &["deprecated"]);
    let columns = version
        .get_mut("additionalPrinterColumns")
        .and_then(Value::as_array_mut);
    for column in columns.into_iter().flatten().filter_map(Value::as_object_mut) {
        drop_empty(column, &["description", "format"]);
        if column.get("priority") == Some(&Value::from(0)) {
            column.remove("priority");
        }
    }
    let schema = version
        .get_mut("schema")
        .and_then(|schema| schema.get_mut("openAPIV3Schema"));
    schema.into_iter().for_each(of_schema);
}

/// Keywords that say what is so without them, and the order of `required`. Names of properties are no keywords.
fn of_schema(schema: &mut Value) {
    let Some(schema) = schema.as_object_mut() else { return };
    schema.retain(|name, value| !value.is_null() || matches!(name.as_str(), "default" | "example"));
    drop_empty(
        schema,
        &[
            "allOf",
            "anyOf",
            "description",
            "enum",
            "format",
            "oneOf",
            "properties",
            "required",
            "title",
        ],
    );
    drop_false(
        schema,
        &[
            "exclusiveMaximum",
            "exclusiveMinimum",
            "nullable",
            "uniqueItems",
            "x-kubernetes-embedded-resource",
            "x-kubernetes-int-or-string",
            "x-kubernetes-preserve-unknown-fields",
        ],
    );
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.sort_by_key(|name| name.as_str().map(str::to_owned));
    }
    for rule in schema
        .get_mut("x-kubernetes-validations")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        rule.as_object_mut()
            .into_iter()
            .for_each(|rule| drop_false(rule, &["optionalOldSelf"]));
    }
    let members = schema.get_mut("properties").and_then(Value::as_object_mut);
    members.into_iter().flat_map(Map::values_mut).for_each(of_schema);
    for name in ["additionalProperties", "items", "not"] {
        schema.get_mut(name).into_iter().for_each(of_schema);
    }
    for name in ["allOf", "anyOf", "oneOf"] {
        let cases = schema.get_mut(name).and_then(Value::as_array_mut);
        cases.into_iter().flatten().for_each(of_schema);
    }
}

/// Takes members away that are empty.
fn drop_empty(object: &mut Map<String, Value>, names: &[&str]) {
    object.retain(|name, value| {
        let is_empty = match value {
            Value::String(text) => text.is_empty(),
            Value::Array(values) => values.is_empty(),
            Value::Object(members) => members.is_empty(),
            Value::Null => true,
            Value::Bool(_) | Value::Number(_) => false,
        };
        !(is_empty && names.contains(&name.as_str()))
    });
}

/// Takes flags away that are `false`.
fn drop_false(object: &mut Map<String, Value>, names: &[&str]) {
    object.retain(|name, value| *value != Value::Bool(false) || !names.contains(&name.as_str()));
}

/// Where two documents differ, by pointers.
pub(crate) fn differences(a: &Value, b: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare(a, b, "", &mut found);
    found
}

fn compare(a: &Value, b: &Value, at: &str, found: &mut Vec<String>) {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            for (name, value) in a {
                let at = format!("{at}/{name}");
                match b.get(name) {
                    Some(other) => compare(value, other, &at, found),
                    None => found.push(format!("{at} is lost: {value:.200}")),
                }
            }
            let new = b.iter().filter(|(name, _)| !a.contains_key(*name));
            found.extend(new.map(|(name, value)| format!("{at}/{name} is new: {value:.200}")));
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                compare(a, b, &format!("{at}/{index}"), found);
            }
        }
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() && (a.is_f64() || b.is_f64()) => {}
        (a, b) if a == b => {}
        (a, b) => found.push(format!("{at} was {a:.200} and is {b:.200}")),
    }
}
