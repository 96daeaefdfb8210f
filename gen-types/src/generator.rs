//! The generator: up to five files a module.

use kgen_emit::{File, Generator, Layout, Part, Support};
use kgen_model::{Model, Report};

use crate::{NAME, check, codec, declarations, kube, merge, resources};

/// The generator of what makes Rust types those of an API.
#[derive(Clone, Copy, Debug, Default)]
pub struct Types;

impl Generator for Types {
    fn name(&self) -> &'static str {
        NAME
    }

    fn about(&self) -> &'static str {
        "the types of definitions, serde, the traits of k8s-openapi and kube, and lists"
    }

    fn check(&self, model: &Model, report: &mut Report) {
        check::check(model, report);
        merge::check(model, report);
    }

    /// The modules.
    fn parts(&self, model: &Model) -> Vec<Part> {
        (0..model.modules().len()).map(Part).collect()
    }

    fn generate(&self, model: &Model, layout: &Layout, part: Part) -> Vec<File> {
        let modules = model.modules();
        let Some(module) = modules.get(part.0) else {
            return Vec::new();
        };
        let declarations = declarations::file(&declarations::plan(model, module), model, layout);
        let serde = codec::file(&codec::plan(model, layout, module), model, layout);
        let resources = resources::plan(model, module);
        let kube = match layout.kube {
            Support::Off => None,
            Support::Feature | Support::Always => kube::file(&kube::plan(model, module), model, layout),
        };
        let resources = resources::file(&resources, model, layout);
        let merge = merge::file(model, layout, module);
        [declarations, serde, resources, kube, merge]
            .into_iter()
            .flatten()
            .collect()
    }
}
