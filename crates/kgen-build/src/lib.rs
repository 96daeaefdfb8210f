//! The pipeline of kgen as a library, for build scripts ([`Build`]) and the command ([`run`]).

mod build;
pub mod config;
mod crds;
pub mod diff;
mod digest;
pub mod disk;
mod import;
mod load;
mod message;
mod pipeline;
mod place;
mod render;
mod server;
mod stamp;
mod switches;
mod tasks;
mod text;
pub mod words;

pub use build::{Build, Error, Summary};
pub use crds::is_definitions;
pub use import::{Import, Imported, root_module};
pub use kgen_emit::Generator;
pub use kgen_emit::draft::SourceFile;
pub use message::json_lines;
pub use pipeline::{Outcome, Request, Step, model, run};
pub use render::{Style, line, render};
pub use stamp::{Stamp, Stamps};

/// All generators, in the order of the help.
#[must_use]
pub fn generators() -> Vec<&'static dyn Generator> {
    vec![
        &kgen_gen_types::Types,
        &kgen_gen_deepcopy::DeepCopy,
        &kgen_gen_validation::Defaults,
        &kgen_gen_conversion::Conversion,
        &kgen_gen_validation::Validation,
        &kgen_gen_registry::Register,
        &kgen_gen_registry::Registry,
        &kgen_gen_openapi::OpenApi,
        &kgen_gen_openapi::Crd,
        &kgen_gen_registry::Manifests,
    ]
}
