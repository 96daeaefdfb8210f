//! The generator `registry`: what an API server serves, for crates that depend on `kgen-apiserver`.

mod check;
mod plan;
mod render;
#[cfg(test)]
mod tests;

pub use plan::{DocumentPlan, Plan, plan};

use kgen_emit::{File, Generator, Layout, Part, Support};
use kgen_model::{Model, Report};

/// The word of this generator.
const NAME: &str = "registry";

/// The generator of what an API server serves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Registry;

impl Generator for Registry {
    fn name(&self) -> &'static str {
        NAME
    }

    fn about(&self) -> &'static str {
        "what an API server serves, for crates that depend on kgen-apiserver"
    }

    fn check(&self, model: &Model, report: &mut Report) {
        check::check(model, report);
    }

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
        wanted.iter().map(|plan| render::file(plan, layout)).collect()
    }
}
