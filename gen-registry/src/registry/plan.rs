//! Decides what is handed to a server.

use std::path::{Component, Path};

use kgen_emit::{Layout, Support, slashed};
use kgen_model::Model;

use crate::register;

/// What is handed to a server.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan<'m> {
    /// Whether all of it is there only with the feature `server`.
    pub is_feature: bool,
    /// The function that gives the scheme, by its absolute path.
    pub scheme: String,
    /// The document of OpenAPI 2.0, relative to the generated file; none if no version has a document.
    pub swagger: Option<String>,
    /// The documents of OpenAPI 3.0, in the order of the model's versions.
    pub documents: Vec<DocumentPlan>,
    /// The features that rules depend on, which are off unless a server is told otherwise.
    pub features: Vec<&'m str>,
    /// Hand-written behaviour, as the absolute paths of values, in the order of the kinds.
    pub strategies: Vec<&'m str>,
}

/// A document of OpenAPI 3.0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentPlan {
    /// What it is about, such as `apis/shop.example.com/v1`.
    pub path: String,
    /// The file, relative to the generated file.
    pub file: String,
}

/// What is handed to a server; none if there are no kinds.
#[must_use]
pub fn plan<'m>(model: &'m Model, layout: &Layout) -> Option<Plan<'m>> {
    if register::modules(model).is_empty() {
        return None;
    }
    let folder = relative(&layout.rust_root, &layout.openapi);
    let versions = model.documented_versions();
    let documents = versions.iter().map(|id| {
        let path = model.version(*id).url_path();
        let file = format!("{folder}/v3/{path}.json");
        DocumentPlan { path, file }
    });
    let strategies = model.resources.iter().filter(|resource| resource.storage);
    Some(Plan {
        is_feature: layout.server == Support::Feature,
        scheme: format!("{}::scheme", layout.module_root.join("::")),
        swagger: (!versions.is_empty()).then(|| format!("{folder}/v2.json")),
        documents: documents.collect(),
        features: model.features().into_iter().collect(),
        strategies: strategies.filter_map(|resource| resource.strategy.as_deref()).collect(),
    })
}

/// The way from one folder to another, both relative to the same one.
fn relative(from: &Path, to: &Path) -> String {
    let up = from.components().filter(|part| matches!(part, Component::Normal(_)));
    let up: String = up.map(|_| "../").collect();
    format!("{up}{}", slashed(to))
}
