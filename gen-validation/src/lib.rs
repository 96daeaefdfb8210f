//! Generates defaulting and validation for API types.

pub mod defaults;
#[cfg(test)]
mod testing;
pub mod validation;

pub use defaults::Defaults;
pub use validation::Validation;
