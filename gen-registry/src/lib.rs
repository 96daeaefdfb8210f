//! Generates what servers and generic clients need of an API: the scheme of its kinds.

pub mod register;

pub use register::Register;
