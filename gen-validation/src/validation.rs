//! Validation: what is wrong with an object, found by what the API declares and by what a person wrote. The checks are
//! those of an API server; on updates, what did not change is not looked at again.

mod check;
mod plan;
mod render;
#[cfg(test)]
mod tests;

pub use plan::*;

use kgen_emit::{File, Generator, Layout, Part};
use kgen_model::analysis::Capability;
use kgen_model::{Model, Report};

/// The generator of validation.
#[derive(Clone, Copy, Debug, Default)]
pub struct Validation;

impl Generator for Validation {
    fn name(&self) -> &'static str {
        Capability::Validation.word()
    }

    fn about(&self) -> &'static str {
        "validation of objects by the rules of their types"
    }

    fn check(&self, model: &Model, report: &mut Report) {
        check::check(model, report);
    }

    /// The modules that hold types.
    fn parts(&self, model: &Model) -> Vec<Part> {
        (0..model.modules().len()).map(Part).collect()
    }

    fn generate(&self, model: &Model, layout: &Layout, part: Part) -> Vec<File> {
        let plan = plan(model, model.modules()[part.0]);
        render::file(&plan, model, layout).into_iter().collect()
    }
}
