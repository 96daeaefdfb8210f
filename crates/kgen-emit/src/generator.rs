//! The trait of a generator.

use kgen_model::{Model, Report};

use crate::{File, Layout};

/// A share of a generator's work that can be made alone: the index of a version, a group or whatever else the
/// generator splits by. Only the generator knows what it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part(pub usize);

/// A back end: reads the model, returns files, touches nothing else.
pub trait Generator: Sync {
    /// The word on the command line, in `kgen.toml` and in file headers.
    fn name(&self) -> &'static str;

    /// What it makes, as one sentence for the help and the table of generators.
    fn about(&self) -> &'static str;

    /// Reports everything this generator has to refuse. Runs before anything is generated.
    fn check(&self, model: &Model, report: &mut Report) {
        let _ = (model, report);
    }

    /// Whether it makes nothing for crates that may not name `kgen-apiserver`.
    fn needs_server(&self) -> bool {
        false
    }

    /// The shares of the work. They run in parallel and in no particular order.
    fn parts(&self, model: &Model) -> Vec<Part>;

    /// Turns a part of a checked model into files. Total: what can go wrong went wrong in [`Generator::check`].
    fn generate(&self, model: &Model, layout: &Layout, part: Part) -> Vec<File>;
}
