//! Generates defaulting and validation for API types.

pub mod defaults;
pub mod validation;

pub use defaults::Defaults;
pub use validation::Validation;
