//! OpenAPI documents of version 3 and 2, as a Kubernetes API server publishes them for its resources: paths with their
//! operations, and schemas that refer to each other. kubectl, clients and the aggregation layer read them.

mod common;
mod definitions;
mod document;
mod json;
mod legacy;
mod parameters;
mod paths;
mod plan;
mod v2;
mod v3;
mod verb;

#[cfg(test)]
mod tests;

pub use document::{Body, Document, Method, Operation, Path, Response, Target};
pub use parameters::{Parameter, Place};
pub use plan::{Documents, of_all, of_version, plan};
pub use v2::V2;
pub use v3::V3;

use kgen_emit::{File, Generator, Layout, Part};
use kgen_model::analysis::OPENAPI;
use kgen_model::{Model, Report};

/// The generator's word.
const NAME: &str = OPENAPI;

/// The generator of OpenAPI documents.
#[derive(Clone, Copy, Debug, Default)]
pub struct OpenApi;

impl Generator for OpenApi {
    fn name(&self) -> &'static str {
        NAME
    }

    fn about(&self) -> &'static str {
        "OpenAPI v3 and v2 documents, as an API server publishes them"
    }

    fn check(&self, model: &Model, report: &mut Report) {
        definitions::check(model, report);
    }

    /// The versions that are served, then the document of all of them.
    fn parts(&self, model: &Model) -> Vec<Part> {
        let versions = model.documented_versions().len();
        (0..versions + usize::from(versions > 0)).map(Part).collect()
    }

    fn generate(&self, model: &Model, layout: &Layout, part: Part) -> Vec<File> {
        let versions = model.documented_versions();
        let file = match versions.get(part.0) {
            Some(id) => {
                let version = model.version(*id);
                let path = layout.openapi.join(format!("v3/{}.json", version.url_path()));
                File::json(NAME, layout.input(version.span), path, &V3(&of_version(model, *id)))
            }
            None => {
                let path = layout.openapi.join("v2.json");
                File::json(NAME, &layout.source, path, &V2(&of_all(model)))
            }
        };
        vec![file]
    }
}
