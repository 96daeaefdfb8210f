//! Generates deep copies that reuse allocations for API types.

mod check;
mod plan;
mod render;
mod reuse;
#[cfg(test)]
mod tests;

pub use plan::{Body, FieldPlan, How, ImplPlan, Plan, VariantPlan, plan};

use kgen_emit::{File, Generator, Layout, Part};
use kgen_model::{Model, Report};

/// The word of this generator.
const NAME: &str = "deepcopy";

/// The generator of deep copies.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeepCopy;

impl Generator for DeepCopy {
    fn name(&self) -> &'static str {
        NAME
    }

    fn about(&self) -> &'static str {
        "deep copies that reuse what the target holds"
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
