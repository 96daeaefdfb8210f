//! What documents there are: one of version 3 for each served version of the API, and one of version 2 for all.

use kgen_model::{Model, Resource, VersionId};

use super::definitions::definitions;
use super::document::Document;
use super::paths::paths;

/// The documents of an API.
#[derive(Clone, Debug, PartialEq)]
pub struct Documents {
    /// The documents of OpenAPI 3.0, in the order of the model's versions.
    pub versions: Vec<(VersionId, Document)>,
    /// The document of OpenAPI 2.0, unless no version is served.
    pub swagger: Option<Document>,
}

/// The documents of a model.
#[must_use]
pub fn plan(model: &Model) -> Documents {
    let versions = model.documented_versions();
    let documents = versions.iter().map(|id| (*id, of_version(model, *id))).collect();
    Documents {
        versions: documents,
        swagger: (!versions.is_empty()).then(|| of_all(model)),
    }
}

/// The document of OpenAPI 3.0 for one version.
#[must_use]
pub fn of_version(model: &Model, id: VersionId) -> Document {
    let version = model.version(id);
    let title = if version.group.is_empty() {
        "core"
    } else {
        version.group.as_str()
    };
    document(model, &[id], title.to_owned(), version.version.clone())
}

/// The document of OpenAPI 2.0 for all versions.
#[must_use]
pub fn of_all(model: &Model) -> Document {
    let versions = model.documented_versions();
    let mut groups: Vec<&str> = versions.iter().map(|id| model.version(*id).group.as_str()).collect();
    groups.dedup();
    let title = groups
        .iter()
        .map(|group| if group.is_empty() { "core" } else { group })
        .collect::<Vec<_>>()
        .join(", ");
    // Its versions are those of its paths.
    document(model, &versions, title, "unversioned".to_owned())
}

fn document(model: &Model, versions: &[VersionId], title: String, version: String) -> Document {
    let mut paths: Vec<_> = versions.iter().flat_map(|id| paths(model, *id)).collect();
    paths.sort_by(|a, b| a.path.cmp(&b.path));
    let definitions = definitions(model, versions, &paths);
    Document {
        title,
        version,
        paths,
        definitions,
    }
}

/// The kinds of a version that a server offers under a path of their own.
pub(super) fn served(model: &Model, version: VersionId) -> impl Iterator<Item = &Resource> {
    let has_path = move |resource: &&Resource| {
        resource.served && resource.subresources.is.is_none() && model.ty(resource.ty).generates(super::NAME)
    };
    model
        .resources
        .iter()
        .filter(move |resource| resource.version == version)
        .filter(has_path)
}
