//! Deep merges (`k8s_openapi::DeepMerge`): what a second value says wins, lists and maps by the strategies of the API.

mod check;
mod keys;
mod plan;
mod render;
#[cfg(test)]
mod tests;

pub(crate) use check::check;

use kgen_emit::{File, Layout};
use kgen_model::Model;

/// The stem of the files.
const STEM: &str = "merge";

/// The file of one module; none if nothing is merged there.
pub(crate) fn file(model: &Model, layout: &Layout, module: &[String]) -> Option<File> {
    let plans = plan::plan(model, module);
    (!plans.is_empty()).then(|| render::file(&plans, model, layout, module))
}
