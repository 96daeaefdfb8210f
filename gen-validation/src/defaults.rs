//! Defaulting: functions that complete an object as a server would, with what the API declares and with what a person
//! wrote. What decoding has filled in already is left alone.

mod check;
mod imposed;
mod plan;
mod render;
#[cfg(test)]
mod tests;

pub use imposed::Imposed;
pub use plan::{Body, FieldPlan, Function, ImplPlan, Plan, VariantPlan, plan};

use kgen_emit::{File, Generator, Layout, Part};
use kgen_model::{Model, Report};

/// The word of this generator.
const NAME: &str = kgen_model::analysis::Capability::Defaults.word();

/// The generator of defaulting.
#[derive(Clone, Copy, Debug, Default)]
pub struct Defaults;

impl Generator for Defaults {
    fn name(&self) -> &'static str {
        NAME
    }

    fn about(&self) -> &'static str {
        "defaulting of what a caller left out"
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
