//! Generates CRDs and OpenAPI v3 and v2 documents for API types.

pub mod crd;
pub mod documents;
pub mod schema;
mod schemars;
pub mod structural;
#[cfg(test)]
mod testing;

pub use crd::Crd;
pub use documents::OpenApi;
