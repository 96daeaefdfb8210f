//! Validation: what an object may hold, as functions that say what is wrong with it and where.

mod plan;

pub use plan::*;
