//! The generator `register`: which kinds there are, and what can be done with objects whose type is not known.

mod check;
mod plan;
mod render;
#[cfg(test)]
mod tests;

pub use plan::{ColumnPlan, KindPlan, Plan, ScalePlan, plan};
pub(crate) use plan::{modules, served};

use kgen_emit::{File, Generator, Layout, Part};
use kgen_model::{Model, Report};

/// The word of this generator.
const NAME: &str = "register";

/// The generator of registrations.
#[derive(Clone, Copy, Debug, Default)]
pub struct Register;

impl Generator for Register {
    fn name(&self) -> &'static str {
        NAME
    }

    fn about(&self) -> &'static str {
        "the scheme: kinds by name, for servers and generic clients"
    }

    fn check(&self, model: &Model, report: &mut Report) {
        check::check(model, report);
    }

    /// The modules that hold types, then what gathers them.
    fn parts(&self, model: &Model) -> Vec<Part> {
        (0..=model.modules().len()).map(Part).collect()
    }

    fn generate(&self, model: &Model, layout: &Layout, part: Part) -> Vec<File> {
        let modules = model.modules();
        let file = match modules.get(part.0) {
            Some(module) => render::file(&plan(model, module), model, layout),
            None => render::scheme(&plan::modules(model), layout),
        };
        file.into_iter().collect()
    }
}
