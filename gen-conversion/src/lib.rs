//! Generates conversion between the versions of API types, through the version that is stored.

mod pairs;
mod plan;
mod render;
mod round_trip;
#[cfg(test)]
mod tests;

pub use pairs::How;
pub use plan::{Arm, Body, Call, Fill, ImplPlan, Outcome, Placed, Plan, Side, StructPlan, Taken, plan};

use kgen_emit::{File, Generator, Layout, Part};
use kgen_model::{Model, Report};

use crate::pairs::Pairs;

/// The word of this generator.
const NAME: &str = kgen_model::analysis::Capability::Conversion.word();

/// The generator of conversion.
#[derive(Clone, Copy, Debug, Default)]
pub struct Conversion;

impl Generator for Conversion {
    fn name(&self) -> &'static str {
        NAME
    }

    fn about(&self) -> &'static str {
        "conversion between the versions of a kind"
    }

    fn check(&self, model: &Model, report: &mut Report) {
        report.extend(model.once(Pairs::of).problems.iter().cloned());
    }

    /// The modules that hold types.
    fn parts(&self, model: &Model) -> Vec<Part> {
        (0..model.modules().len()).map(Part).collect()
    }

    fn generate(&self, model: &Model, layout: &Layout, part: Part) -> Vec<File> {
        let modules = model.modules();
        let plan = plan(model, modules[part.0]);
        let tests = round_trip::file(model, layout, modules[part.0]);
        render::file(&plan, model, layout).into_iter().chain(tests).collect()
    }
}
