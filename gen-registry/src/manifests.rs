//! The generator `manifests`: what a cluster has to be told to run the server of an API behind its main API server.

mod access;
mod plan;
mod serving;
#[cfg(test)]
mod tests;
mod workload;

pub use plan::{Plan, plan};

use kgen_emit::{File, Generator, Layout, Part, Support};
use kgen_model::{Model, Report};
use serde_json::Value;

/// The word of this generator.
const NAME: &str = "manifests";

/// The generator of manifests.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manifests;

impl Generator for Manifests {
    fn name(&self) -> &'static str {
        NAME
    }

    fn about(&self) -> &'static str {
        "manifests that deploy the server, for crates that depend on kgen-apiserver"
    }

    fn check(&self, _: &Model, _: &mut Report) {}

    fn needs_server(&self) -> bool {
        true
    }

    fn parts(&self, _: &Model) -> Vec<Part> {
        vec![Part(0)]
    }

    fn generate(&self, model: &Model, layout: &Layout, _: Part) -> Vec<File> {
        let wanted = match layout.server {
            Support::Off => None,
            Support::Feature | Support::Always => plan(model, layout),
        };
        wanted.iter().map(|plan| file(plan, layout)).collect()
    }
}

/// All of it, in the order in which a cluster takes it.
fn file(plan: &Plan, layout: &Layout) -> File {
    let path = layout.manifests.join(format!("{}.yaml", plan.deployment.name));
    File::yaml_stream(NAME, &layout.source, path, &documents(plan))
}

fn documents(plan: &Plan) -> Vec<Value> {
    [
        access::documents(plan),
        workload::documents(plan),
        serving::documents(plan),
    ]
    .concat()
}
