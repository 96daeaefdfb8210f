//! Generates declarations of types that come from schemas, serde, the traits of k8s-openapi and lists for API types.

mod check;
pub mod codec;
pub mod declarations;
mod generator;
pub mod kube;
mod merge;
pub mod resources;
#[cfg(test)]
mod testing;

pub use generator::Types;

/// The word of this generator.
const NAME: &str = "types";
