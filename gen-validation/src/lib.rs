//! Generates defaulting for API types.

pub mod defaults;

pub use defaults::Defaults;
