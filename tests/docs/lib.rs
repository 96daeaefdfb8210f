//! A crate whose types stand in one module.

pub mod v1;
