//! Custom resource definitions: one YAML file for each kind, and for kube's users the same definition in Rust.

mod check;
mod kube;
mod manifest;
mod plan;
mod root;
#[cfg(test)]
mod tests;

pub use plan::{CrdPlan, Names, VersionPlan, plan};

use std::path::PathBuf;

use kgen_emit::{File, Generator, Layout, Part, Support};
use kgen_model::{Model, Report};

/// The word of this generator.
const NAME: &str = "crd";

/// The generator of custom resource definitions.
#[derive(Clone, Copy, Debug, Default)]
pub struct Crd;

impl Generator for Crd {
    fn name(&self) -> &'static str {
        NAME
    }

    fn about(&self) -> &'static str {
        "custom resource definitions, and kube's `CustomResourceExt`"
    }

    fn check(&self, model: &Model, report: &mut Report) {
        check::check(model, report);
    }

    /// The definitions, then the modules that hold kinds.
    fn parts(&self, model: &Model) -> Vec<Part> {
        let count = plan::groups(model).len() + kube::modules(model).len();
        (0..count).map(Part).collect()
    }

    fn generate(&self, model: &Model, layout: &Layout, part: Part) -> Vec<File> {
        let groups = plan::groups(model);
        if let Some(resources) = groups.get(part.0) {
            return files(&plan::of_kind(model, resources), layout);
        }
        let modules = kube::modules(model);
        let module = modules
            .get(part.0 - groups.len())
            .filter(|_| layout.kube != Support::Off);
        module
            .map(|module| kube::file(&kube::plan_module(model, module), layout))
            .into_iter()
            .collect()
    }
}

/// The manifest, and what Rust code includes of it.
fn files(plan: &CrdPlan<'_>, layout: &Layout) -> Vec<File> {
    let input = input(plan, layout);
    let manifest = manifest::of(plan);
    let path = layout.crds.join(format!("{}_{}.yaml", plan.group, plan.names.plural));
    let yaml = File::yaml(NAME, &input, path, &manifest);
    let json = match layout.kube {
        Support::Off => None,
        _ if plan.is_derived => None,
        Support::Feature | Support::Always => Some(File::json(NAME, &input, json_path(plan, layout), &manifest)),
    };
    std::iter::once(yaml).chain(json).collect()
}

/// What headers call the files that declare the versions.
fn input(plan: &CrdPlan<'_>, layout: &Layout) -> String {
    let mut inputs: Vec<&str> = plan.versions.iter().map(|version| layout.input(version.span)).collect();
    inputs.dedup();
    inputs.join(", ")
}

/// The definition lies beside the Rust code of its storage version.
fn json_path(plan: &CrdPlan<'_>, layout: &Layout) -> PathBuf {
    layout
        .rust_file(plan.storage_module, NAME)
        .with_file_name(kube::included(&plan.name))
}
