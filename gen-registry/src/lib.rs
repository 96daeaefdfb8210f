//! Generates what servers and generic clients need of an API: the scheme of its kinds, and what an API server serves.

pub mod manifests;
pub mod register;
pub mod registry;
#[cfg(test)]
mod testing;

pub use manifests::Manifests;
pub use register::Register;
pub use registry::Registry;
